//! Sound classes: what remains of a chunk when letters that are said alike count as one.
//!
//! They lend probability to chunks that a character was never seen with but whose sound it has:
//! `tsyn` where `chin` and `tsin` were seen.

use super::letters::Script;

/// The class of a chunk: consonants by place and manner, vowels by three colours, doubles once.
pub fn of(script: Script, chunk: &str) -> String {
    let plain = match script {
        Script::Latin => latin(chunk.as_bytes()),
        Script::Cyrillic => chunk.chars().flat_map(|c| cyrillic(c).chars()).collect(),
        Script::Han => chunk.to_string(),
    };
    let mut out = String::new();
    for c in plain.chars().filter(|_| true) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

fn latin(letters: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(b' ');
        let (class, size) = match (letters[at], next) {
            (b'p', b'h') => ('F', 2),
            (b'z' | b's', b'h') | (b't' | b'd', b's' | b'z' | b'j') | (b'c', b'h' | b'z') => ('C', 2),
            (b't' | b'd', b'h') => ('T', 2),
            (b'k' | b'g', b'h') | (b'c', b'k') => ('K', 2),
            (b'n', b'g') => ('N', 2),
            (b'c', b'e' | b'i' | b'y') => ('S', 1),
            (b'b' | b'p', _) => ('P', 1),
            (b'f' | b'v' | b'w', _) => ('F', 1),
            (b't' | b'd', _) => ('T', 1),
            (b's' | b'z', _) => ('S', 1),
            (b'j', _) => ('C', 1),
            (b'k' | b'g' | b'q' | b'c' | b'x', _) => ('K', 1),
            (b'l' | b'r', _) => ('L', 1),
            (b'm', _) => ('M', 1),
            (b'n', _) => ('N', 1),
            (b'h', _) => ('H', 1),
            (b'a', _) => ('a', 1),
            (b'e' | b'i' | b'y', _) => ('i', 1),
            _ => ('u', 1),
        };
        out.push(class);
        at += size;
    }
    out
}

fn cyrillic(c: char) -> &'static str {
    match c {
        'б' | 'п' => "P",
        'в' | 'ф' => "F",
        'д' | 'т' => "T",
        'з' | 'с' => "S",
        'ж' | 'ш' | 'щ' | 'ч' | 'ц' => "C",
        'к' | 'г' | 'ґ' | 'ѓ' => "K",
        'х' => "H",
        'л' | 'р' => "L",
        'м' => "M",
        'н' => "N",
        'а' => "a",
        'я' => "ia",
        'о' | 'у' => "u",
        'ю' => "iu",
        'ь' => "",
        _ => "i",
    }
}
