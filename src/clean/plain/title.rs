//! The title of a page and the stamp of its day, from the lines before the text.

use super::draft::{Draft, Role};
use super::shape::{self, Shape};
use crate::clean::furniture::{self, fold};
use crate::model::Span;

/// Widest title, in columns.
const WIDEST: usize = 160;
/// Lines in which a stamp of the day is looked for.
const STAMP_WITHIN: usize = 4;

/// Takes the title and the stamps out of the first lines. Runs before headings are looked for, since the
/// title looks like one.
pub(super) fn mark(draft: &mut Draft, shape: Shape, hint: &str) {
    let first: Vec<usize> = draft.live().take(STAMP_WITHIN).collect();
    if let Some(&i) = first.first()
        && is_title(draft, i, shape, hint)
    {
        let line = draft.line(i);
        let title = line.trim_start_matches(['#', '=', ' ']).trim_end_matches(['=', ' ']);
        draft.title = if hint.is_empty() || fold(&spell(title)) != fold(&spell(hint)) {
            title.to_owned()
        } else {
            hint.to_owned()
        };
        draft.drop_line(i, "title", "title");
    }
    for i in first {
        if draft.is_text(i) && is_stamp(draft, draft.line(i)) {
            draft.published = draft.line(i).to_owned();
            draft.drop_line(i, "dateline", "day-stamp");
        }
    }
    dateline(draft);
}

/// File names stand for titles with underscores for blanks.
fn spell(title: &str) -> String {
    title.replace('_', " ")
}

fn is_title(draft: &Draft, i: usize, shape: Shape, hint: &str) -> bool {
    let line = draft.line(i);
    if !draft.is_text(i) || line.len() > 3 * WIDEST || line.starts_with("==") {
        return false;
    }
    if !hint.is_empty() && fold(&spell(line.trim_start_matches(['#', ' ']))) == fold(&spell(hint)) {
        return true;
    }
    if line.starts_with("# ") {
        return draft.live().skip(1).all(|i| !draft.line(i).starts_with("# "));
    }
    let below = draft.live().find(|&other| other > i);
    let goes_on =
        below.is_some_and(|below| !draft.is_text(below) || draft.line(below).starts_with(char::is_lowercase));
    if goes_on && draft.lines.get(i + 1).is_some_and(|next| next.above == 0) {
        return false;
    }
    let prose = draft.prose.is_some_and(|(first, _)| first > i) && !shape.wrapped;
    // a tagline or the stamp of the day right below leaves no doubt
    let vouched = i + 1 < draft.lines.len()
        && (draft.is_tagline(i + 1) || draft.is_text(i + 1) && is_stamp(draft, draft.line(i + 1)));
    let apart = !shape.spaced || vouched || draft.lines.get(i + 1).is_some_and(|next| next.above > 0);
    let wrapped =
        draft.cuts.iter().any(|cut| cut.rule == "wrapper" && cut.span.start < draft.lines[i].span.start);
    let heading = draft.rules.headings.is_known(line)
        || (wrapped && draft.title.is_empty() && hint.is_empty() && many_heads(draft));
    prose
        && apart
        && !heading
        && shape::columns(line) <= WIDEST
        && !shape::ends_plainly(line)
        && !starts_item(line)
}

/// The page has other short lines alone, so its first is one of them and no title.
fn many_heads(draft: &Draft) -> bool {
    draft
        .live()
        .skip(1)
        .filter(|&i| draft.lines[i].above > 0 && shape::could_head(draft.line(i), false))
        .count()
        >= 1
}

fn starts_item(line: &str) -> bool {
    line.starts_with(['•', '*', '-', '–', '·', '['])
}

/// Bytes of the longest line that names who reports beside the day.
const LONGEST_REPORT: usize = 120;

/// A line that is a date, with at most a time of day, or names who reports beside it.
fn is_stamp(draft: &Draft, line: &str) -> bool {
    let day = || draft.rules.citations.calendar.find(line).is_some_and(|stamp| stamp.day > 0);
    let report = line.len() <= LONGEST_REPORT && !line.contains('。') && !shape::ends_plainly(line);
    if report && day() && draft.rules.furniture.reports(line) {
        return true;
    }
    // `2015年7月14日，各方达成协议。` is a sentence, however short.
    if line.len() > 80 || line.contains('。') {
        return false;
    }
    let line = without_clock(line, &draft.rules.furniture);
    let line = line.as_str();
    let day = line
        .split([',', '，', '|', '•', '('])
        .find(|part| part.contains(|c: char| c.is_ascii_digit()))
        .unwrap_or(line);
    let stamp =
        draft.rules.citations.calendar.whole(day).or_else(|| draft.rules.citations.calendar.whole(line));
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    stamp.is_some_and(|stamp| stamp.day > 0) && letters <= 24
}

/// The line without its times of day: `14:51 13.12.2019`, `2025/03/19 08:15`, `23 July 2015 - 09:55 AM`.
fn without_clock(line: &str, rules: &furniture::Rules) -> String {
    let is_clock = |word: &str| {
        if line.contains(':') && rules.beside_clock(word) {
            return true;
        }
        let parts: Vec<&str> = word.trim_end_matches([',', ';', ')']).split(':').collect();
        let number = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        (2..=3).contains(&parts.len()) && parts.iter().all(number)
    };
    line.split_whitespace().filter(|word| !is_clock(word)).collect::<Vec<_>>().join(" ")
}

/// `【…2018年09月13日讯】` before the first sentence dates the report and not what it tells.
fn dateline(draft: &mut Draft) {
    let Some(i) = draft.live().find(|&i| draft.roles[i] == Role::Text) else { return };
    let line = draft.line(i);
    let Some(open) = line.chars().next().filter(|c| matches!(c, '【' | '[' | '（' | '(')) else { return };
    let close = match open {
        '【' => '】',
        '[' => ']',
        '（' => '）',
        _ => ')',
    };
    let Some(end) = line.find(close).filter(|&end| end <= 160).map(|end| end + close.len_utf8()) else {
        return;
    };
    let stamp = draft.rules.citations.calendar.find(&line[..end]);
    if end < line.len() && stamp.is_some_and(|stamp| stamp.day > 0) {
        draft.published = line[..end].to_owned();
        let start = draft.lines[i].span.start;
        draft.cut(Span::new(start, start + end), "dateline", "dateline");
    }
}
