//! Mutation: a seed spoilt in the ways that scrapers, disks and attackers spoil files. The same number
//! gives the same bytes on any machine.

/// A small generator of numbers (SplitMix64), so that no version of a crate changes what is tried.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }
}

/// Bytes that parsers tend to trip over.
const AWKWARD: &[&[u8]] = &[
    b"\0",
    b"\xFF",
    b"\xFE\xFF",
    b"\xEF\xBB\xBF",
    b"\xC3",
    b"\xED\xA0\x80",
    b"\xF0\x9F",
    b"\r",
    b"\n\n",
    b"\"",
    b"\\",
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&#x110000;",
    b"]]>",
    b"<!--",
    b"-->",
    b"[[",
    b"]]",
    b"{{",
    b"}}",
    b"{|",
    b"|}",
    b"-{",
    b"}-",
    b"'''",
    b"==",
    b"<ref>",
    b"</ref>",
    b"(",
    b")",
    b"[1]",
    b"99999999999999999999",
    b"-1",
    b"0",
    b"\xE2\x80\xAE",
    b"\xE2\x80\x8B",
    b"\xC2\xA0",
    b"\xE3\x80\x80",
];

/// A seed with one to eight changes. `other` is a second seed to take parts from, `words` a dictionary.
pub fn mutated(seed: &[u8], other: &[u8], words: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(8) {
        change(&mut bytes, other, words, numbers);
        bytes.truncate(1 << 22);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, other: &[u8], words: &[Vec<u8>], numbers: &mut Numbers) {
    let at = numbers.below(bytes.len() + 1);
    let magnitude = numbers.below(12);
    let span = 1 + numbers.below(1 << magnitude);
    let end = (at + span).min(bytes.len());
    match numbers.below(11) {
        0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
        1 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            let to = numbers.below(bytes.len() + 1);
            insert(bytes, to, &copy);
        }
        4 => {
            let from = numbers.below(other.len() + 1);
            let part = other[from..(from + span).min(other.len())].to_vec();
            insert(bytes, at, &part);
        }
        5 => bytes.truncate(at),
        // One piece many times over: what is not linear shows.
        6 => {
            let piece = bytes[at..end.min(at + 24)].to_vec();
            let times = 1 << numbers.below(11);
            insert(bytes, at, &piece.repeat(times));
        }
        7 => {
            let word = AWKWARD[numbers.below(AWKWARD.len())];
            let times = if numbers.below(8) == 0 { 1 << numbers.below(12) } else { 1 };
            insert(bytes, at, &word.repeat(times));
        }
        8 => bytes[at..end].reverse(),
        _ if !words.is_empty() => {
            let word = words[numbers.below(words.len())].clone();
            insert(bytes, at, &word);
        }
        _ => bytes.truncate(at),
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

/// The words of a dictionary in the format of libFuzzer: `name="text with \x20"`, `#` before remarks.
pub fn dictionary(text: &str) -> Vec<Vec<u8>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| Some(unescaped(line.split_once('"')?.1.strip_suffix('"')?))).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(1..3).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, after.first(), code) {
            (b'\\', Some(b'x'), Some(code)) => {
                out.push(code);
                rest = &after[3..];
            }
            (b'\\', Some(&next), _) => {
                out.push(next);
                rest = &after[1..];
            }
            _ => {
                out.push(first);
                rest = after;
            }
        }
    }
    out
}
