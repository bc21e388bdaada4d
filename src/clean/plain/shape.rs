//! The shape of lines and pages: what reads as prose, as a short line, as a page of wrapped lines.

use super::draft::{Draft, Role};
use crate::text::han::is_han;

/// Whether a line ends as sentences do, with marks of notes and quotations after the stop or without.
pub(super) fn ends(line: &str) -> bool {
    let closer =
        |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | '）' | '」' | '』') || c.is_whitespace();
    let mut line = line.trim_end_matches(closer);
    while let Some(open) = line.strip_suffix([']', '］']).and_then(|inner| inner.rfind(['[', '［']))
        && line.len() - open <= LONGEST_NOTE
    {
        line = line[..open].trim_end_matches(closer);
    }
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', ';', '；', ':', '：'])
}

/// Bytes of a note's mark at the end of a line.
const LONGEST_NOTE: usize = 60;

/// Whether a line breaks off: it ends with no mark at all, or one that goes on.
pub(super) fn breaks_off(line: &str) -> bool {
    !ends(line)
}

/// Columns a line takes: two for a Chinese character. Counted to a limit, so that a line of any length
/// costs little.
pub(super) fn columns(line: &str) -> usize {
    line.chars()
        .take(400)
        .map(|c| if is_han(c) || matches!(c as u32, 0x3000..=0x30FF | 0xFF00..=0xFFEF) { 2 } else { 1 })
        .sum()
}

/// Whether a line reads as prose: long, or ended as a sentence of some length.
pub(super) fn is_prose(line: &str) -> bool {
    line.len() >= 240 || {
        let width = columns(line);
        width >= 110 || (width >= 34 && ends(line))
    }
}

/// Widest heading, in columns.
const WIDEST_HEADING: usize = 84;
/// Widest heading of a page whose lines no blank lines part.
const WIDEST_DENSE: usize = 50;

/// Whether a line could be a heading by its form alone.
pub(super) fn could_head(line: &str, dense: bool) -> bool {
    let widest = if dense { WIDEST_DENSE } else { WIDEST_HEADING };
    if line.len() > widest * 3 || columns(line) > widest || ends(line) {
        return false;
    }
    let Some(first) = line.chars().next() else { return false };
    let opens = first.is_uppercase()
        || first.is_ascii_digit()
        || is_han(first)
        || matches!(first, '"' | '«' | '“' | '《' | '「' | '【');
    let listed = line.ends_with([']', ',', '，', '、', '-', '–', '—', '='])
        || line.contains(" | ")
        || line.contains('\t');
    let number = line.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
    let year = line.len() == 4 && ("1500".."2200").contains(&line);
    opens && !listed && !line.starts_with("http") && (!number || year)
}

/// How the lines of a page lie.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    /// Blank lines part the paragraphs.
    pub spaced: bool,
    /// Lines were broken at a width and have to be joined.
    pub wrapped: bool,
    /// The width they were broken at, in columns.
    pub width: usize,
}

/// Lines that are looked at to tell the shape of a page.
const SAMPLE: usize = 4000;

pub(super) fn shape(draft: &Draft) -> Shape {
    let prose: Vec<usize> =
        draft.live().filter(|&i| matches!(draft.roles[i], Role::Text)).take(SAMPLE).collect();
    let above = prose.iter().skip(1).filter(|&&i| draft.lines[i].above > 0).count();
    let width = wrapped_at(draft, &prose);
    Shape {
        spaced: 2 * above > prose.len().saturating_sub(1),
        wrapped: width.is_some(),
        width: width.unwrap_or(0),
    }
}

/// Fewest lines that can show that a page is wrapped.
const LEAST_WRAPPED: usize = 4;
/// A wrapped line is at most this wide.
const WIDEST_WRAP: usize = 130;

/// Lines with a neighbour below end at nearly one width, and more often than not in mid-sentence.
fn wrapped_at(draft: &Draft, lines: &[usize]) -> Option<usize> {
    let followed = lines
        .windows(2)
        .filter(|pair| pair[1] == pair[0] + 1 && draft.lines[pair[1]].above == 0)
        .map(|pair| draft.line(pair[0]));
    let widths: Vec<(usize, bool)> = followed.map(|line| (columns(line), breaks_off(line))).collect();
    if widths.len() < LEAST_WRAPPED {
        return None;
    }
    let mut sorted: Vec<usize> = widths.iter().map(|&(width, _)| width).collect();
    sorted.sort_unstable();
    let wide = sorted[(sorted.len() - 1) * 9 / 10];
    if !(30..=WIDEST_WRAP).contains(&wide) {
        return None;
    }
    let full = widths.iter().filter(|&&(width, _)| width * 10 >= wide * 8 && width <= wide + 12).count();
    let broken = widths.iter().filter(|&&(_, broken)| broken).count();
    (full * 10 >= widths.len() * 6 && broken * 2 > widths.len()).then_some(wide)
}

/// As [`ends`], but a colon or semicolon does not count: titles have them.
pub(super) fn ends_plainly(line: &str) -> bool {
    ends(line) && !line.trim_end().ends_with([':', '：', ';', '；', '?', '？', '!', '！'])
}
