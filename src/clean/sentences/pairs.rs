//! Stops and the brackets around them, found in one pass.

use super::is_stop;
use crate::model::Span;
use crate::text::han::is_han;

/// A longer bracket or quotation does not hold its stops: it is either not closed or a text of its own.
const LONGEST_HOLD: usize = 450;
/// Brackets left open deeper than this are forgotten.
const DEEPEST: usize = 12;

/// The places of all stops, and the outermost brackets and quotations that hold the stops in them.
pub(super) fn scan(text: &str) -> (Vec<usize>, Vec<Span>) {
    let (mut stops, mut holds): (Vec<usize>, Vec<Span>) = (Vec::new(), Vec::new());
    let mut open: Vec<(char, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Every mark begins with one of these bytes; the others are passed over unread.
        let byte = bytes[at];
        if !matches!(byte, b'.' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | 0xC2 | 0xE2 | 0xE3 | 0xEF) {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or(' ');
        if is_stop(c) {
            stops.push(at);
        } else if let Some(closing) = closing(c) {
            if open.len() == DEEPEST {
                open.remove(0);
            }
            open.push((closing, at));
        } else if let Some(depth) = open.iter().rposition(|&(closing, _)| closing == c) {
            let (_, start) = open[depth];
            open.truncate(depth);
            let end = at + c.len_utf8();
            if end - start <= LONGEST_HOLD && holds_stops(text, start, end, c) {
                while holds.last().is_some_and(|inner| inner.start > start) {
                    holds.pop();
                }
                holds.push(Span::new(start, end));
            }
        }
        at += c.len_utf8();
    }
    (stops, holds)
}

fn closing(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '【' => '】',
        '「' => '」',
        '『' => '』',
        '“' => '”',
        '«' => '»',
        _ => return None,
    })
}

/// Brackets and Chinese quotations hold their stops; a quotation in other languages holds them only
/// where the sentence goes on after it.
fn holds_stops(text: &str, start: usize, end: usize, closing: char) -> bool {
    if !matches!(closing, '”' | '»') {
        return true;
    }
    let after = text[end..].chars().next();
    let han = |c: Option<char>| c.is_some_and(is_han);
    if closing == '”' {
        return han(after) || han(text[start + 3..].chars().next()) || han(text[..start].chars().next_back());
    }
    let rest = text[end..].trim_start_matches([',', ' ', '\u{a0}', '—', '–']);
    after.is_some_and(|c| matches!(c, ',' | '.' | ';' | ':' | ')')) || rest.starts_with(char::is_lowercase)
}
