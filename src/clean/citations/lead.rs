//! What stands before the text of an entry: its number and the links back to its marks.

use super::Rules;

/// The lead of an entry line.
#[derive(Debug, PartialEq, Eq)]
pub struct Lead {
    /// As printed, or empty where the entry has none.
    pub number: String,
    /// Bytes of the line before the text of the entry.
    pub len: usize,
    /// A link back stood there: the line is an entry wherever it stands.
    pub linked: bool,
}

/// Reads the lead of a line: `1. ^ 1.0 1.1 `, `^ a b `, `↑ `, `[12] `, `12. `, `* `. An entry need not
/// have one.
pub fn read(line: &str, rules: &Rules) -> Lead {
    let mut at = blanks(line, 0);
    let number = number(&line[at..]);
    at = blanks(line, at + number.1);
    let mut linked = false;
    loop {
        let rest = &line[at..];
        let word = rules.backlinks.iter().find(|word| rest.starts_with(word.as_str()));
        let sign = rest.starts_with(['^', '↑']).then(|| rest.chars().next().map_or(0, char::len_utf8));
        match word.map(String::len).or(sign) {
            Some(len) => at = blanks(line, at + len),
            None => break,
        }
        linked = true;
    }
    if linked {
        while let Some(len) = back_label(&line[at..]) {
            at = blanks(line, at + len);
        }
    }
    Lead { number: number.0, len: at, linked }
}

fn blanks(line: &str, at: usize) -> usize {
    at + line[at..]
        .chars()
        .take_while(|c| c.is_whitespace() || *c == '\u{200b}')
        .map(char::len_utf8)
        .sum::<usize>()
}

/// `12.`, `[12]`, `12)`, `a.`, `•`: the number and the bytes it takes.
fn number(text: &str) -> (String, usize) {
    let bullet = text.chars().next().filter(|c| matches!(c, '•' | '*' | '·' | '●' | '‣' | '–' | '—' | '-'));
    if let Some(bullet) = bullet {
        return (String::new(), bullet.len_utf8());
    }
    let bracket = text.starts_with('[');
    let marks = if bracket { if text.starts_with("[^") { 2 } else { 1 } } else { 0 };
    let body = &text[marks..];
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let letters = body.bytes().take_while(u8::is_ascii_lowercase).count();
    let len = if (1..=4).contains(&digits) {
        digits
    } else if letters <= 2 {
        letters
    } else {
        0
    };
    let close = if bracket {
        body[len..].starts_with(']')
    } else {
        body[len..].starts_with(['.', ')', '．', '、'])
    };
    let closing = body[len..].chars().next().map_or(0, char::len_utf8);
    let after = body.get(len + closing..).unwrap_or("");
    let spaced = after.is_empty()
        || after.starts_with(char::is_whitespace)
        || after.starts_with(['^', '↑'])
        || bracket
        || !body.is_ascii() && !after.starts_with(|c: char| c.is_ascii_digit());
    if len == 0 || !close || !spaced {
        return (String::new(), 0);
    }
    let colon = usize::from(marks == 2 && after.starts_with(':'));
    (body[..len].to_owned(), marks + len + closing + colon)
}

/// `1.0`, `a`, `ab`, between blanks.
fn back_label(text: &str) -> Option<usize> {
    let len = text.find(char::is_whitespace)?;
    let label = &text[..len];
    let mut parts = label.split(['.', ',']);
    let digits = |part: &str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
    let decimal = label.contains(['.', ',']) && parts.all(digits);
    let letters = len <= 2 && label.bytes().all(|b| b.is_ascii_lowercase());
    (decimal || letters).then_some(len)
}
