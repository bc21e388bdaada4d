//! Bodies, places, agreements and events of Chinese text that no gazetteer lists: by the brackets of a
//! title, or by what a known name or a transliteration runs on to.

use super::Finding;
use super::han::{Found, HanText};
use super::han_persons;
use super::han_words::{HanWords, Heads, Sounding};
use super::resolutions;
use crate::model::{EntityKind, Span};
use crate::names::Rules;
use crate::names::gazetteer::Known;
use crate::text::han::is_han;

/// 《…》: agreements and media by their ending or the gazetteer.
pub fn titles(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = text.folded[from..].find(|c| words.title_open.contains(c)) {
        let start = from + open + text.folded[from + open..].chars().next().map_or(1, char::len_utf8);
        let Some(length) = text.folded[start..].find(|c| words.title_close.contains(c)) else { break };
        let span = Span::new(start, start + length);
        from = span.end;
        let title = span.of(text.folded);
        if title.chars().count() > 40 || text.entry_at(span).is_some() {
            continue;
        }
        let law = HanWords::ending(&words.title_heads, title).is_some() && title.chars().count() > 3;
        let kind = if law || HanWords::ending(&words.agreement_heads, title).is_some() {
            EntityKind::Agreement
        } else if words.media_endings.iter().any(|end| title.ends_with(end.as_str()))
            && title.chars().count() <= 10
        {
            EntityKind::Organisation
        } else {
            continue;
        };
        out.push(text.finding(span, Found { kind, key: None, method: "title", confidence: 0.8 }));
    }
    out
}
/// “…”: bodies by their ending.
pub fn quoted(text: &HanText, words: &HanWords) -> Vec<Finding> {
    let mut out = Vec::new();
    for (open, c) in text.folded.char_indices().filter(|&(_, c)| !is_han(c) && words.quote_open.contains(c)) {
        let start = open + c.len_utf8();
        let Some(length) = text.folded[start..].find(|c| words.quote_close.contains(c)) else { break };
        let span = Span::new(start, start + length);
        let name = span.of(text.folded);
        let short = (3..=10).contains(&name.chars().count());
        let plain = name.chars().all(|c| is_han(c) && !words.is_stop(c));
        if short && plain && words.organisation_heads.ending(name).is_some() {
            out.push(text.finding(span, organisation(0.65)));
        }
    }
    out
}

/// A body told by its head alone: 科技大学, 民间人权阵线. It begins where a sign, a known name or a small word ends.
fn lone(text: &HanText, words: &HanWords) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < text.folded.len() {
        let rest = &text.folded[from..];
        let Some(head) = words.lone_heads.opening(rest) else {
            from += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let end = from + head.len();
        if let Some(start) = lone_start(text, from, words)
            && text.role_across(end).is_none()
        {
            out.push(text.finding(Span::new(start, end), organisation(0.6)));
        }
        from = end;
    }
    out
}

/// Where the two to six characters before a head begin; none where they may be a sentence running on.
fn lone_start(text: &HanText, head: usize, words: &HanWords) -> Option<usize> {
    let mut start = head;
    let mut bound = false;
    for (at, c) in text.folded[..head].char_indices().rev().take(7) {
        bound = !is_han(c) || text.entry_ending(start).is_some() || text.role_ending(start).is_some();
        if let Some(verb) = words.breaking(&text.folded[at..]) {
            (start, bound) = (start.max(at + verb), true);
        }
        if bound || words.bounds_body(text.folded, at, c) {
            bound = true;
            break;
        }
        if words.word_starts(&text.folded[at..]) {
            return None;
        }
        start = at;
    }
    let count = text.folded.get(start..head)?.chars().count();
    ((bound || start == 0) && (2..=6).contains(&count) && text.entry_ending(start).is_none()).then_some(start)
}

fn organisation(confidence: f64) -> Found {
    Found { kind: EntityKind::Organisation, key: None, method: "shape", confidence }
}

/// A known place with what is built there: 香港国际机场, 维也纳科堡宫.
fn sites(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let mut out = Vec::new();
    for &(span, known) in &text.entries {
        let Known::Entry(entry) = known else { continue };
        if !matches!(rules.gazetteer.entries[entry].kind, EntityKind::State | EntityKind::Place) {
            continue;
        }
        let Some(end) = extent(text, span.end, &words.site_heads, 5, words) else { continue };
        let found = Found { kind: EntityKind::Place, key: None, method: "shape", confidence: 0.65 };
        out.push(text.finding(Span::new(span.start, end), found));
    }
    out
}

/// A known state, place or body that runs on to the ending of an organisation, or a transliteration to
/// that of a place, or 第…届 to that of an event.
pub fn bodies(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let mut out: Vec<Finding> = Vec::new();
    for &(span, known) in &text.entries {
        if let Known::Entry(entry) = known
            && matches!(
                rules.gazetteer.entries[entry].kind,
                EntityKind::State | EntityKind::Place | EntityKind::Organisation
            )
            && let Some(end) = extent(text, span.end, &words.organisation_heads, 9, words)
        {
            out.push(text.finding(
                Span::new(span.start, end),
                Found { kind: EntityKind::Organisation, key: None, method: "shape", confidence: 0.7 },
            ));
        }
    }
    out.extend(sites(text, rules));
    out.extend(lone(text, words));
    out.extend(places(text, words));
    out.extend(events(text, rules));
    out.extend(upheavals(text, rules));
    out.extend(numbered(text, words));
    out.extend(points(text, words));
    merge_adjacent(out, text, words)
}
/// 俄罗斯科学院 and 美国研究所 side by side are one body of bodies.
fn merge_adjacent(mut found: Vec<Finding>, text: &HanText, words: &HanWords) -> Vec<Finding> {
    found.sort_by_key(|f| f.span);
    let mut out: Vec<Finding> = Vec::new();
    for finding in found {
        let before = text.entry_ending(finding.span.start).filter(|(span, known)| {
            span.end == finding.span.start
                && matches!(known, Known::Entry(_))
                && words.body_ends.chars().any(|end| span.of(text.folded).ends_with(end))
        });
        match before {
            Some((span, _)) if finding.kind == EntityKind::Organisation => {
                let whole = Span::new(span.start, finding.span.end);
                out.push(text.finding(
                    whole,
                    Found { kind: finding.kind, key: None, method: "shape", confidence: 0.7 },
                ));
            }
            _ => out.push(finding),
        }
    }
    out
}
/// The end of the last head within `most` characters of `start`, over characters that may stand in a name.
fn extent(text: &HanText, start: usize, heads: &Heads, most: usize, words: &HanWords) -> Option<usize> {
    let mut end = None;
    let mut at = start;
    let mut count = 0;
    while count <= most && at < text.folded.len() {
        let rest = &text.folded[at..];
        // A head of one character needs two before it: 党 in 人民党, not in 俄党.
        if let Some(head) = heads.opening(rest)
            && (head.chars().count() > 1 || count >= 2)
            && text.role_across(at + head.len()).is_none_or(|role| role.start < start)
        {
            at += head.len();
            count += head.chars().count();
            end = Some(at);
            continue;
        }
        // A known name inside is passed over as a whole.
        if let Some(length) = text.entry_starting(at) {
            let name = &rest[..length];
            at += length;
            count += name.chars().count();
            if heads.ending(name).is_some() {
                end = Some(at);
            }
            continue;
        }
        let Some(c) = rest.chars().next().filter(|&c| is_han(c) || c.is_ascii_digit()) else { break };
        if words.is_stop(c) || words.breaks_name(rest) || (end.is_some() && text.role_starts(at)) {
            break;
        }
        at += c.len_utf8();
        count += 1;
    }
    end
}
/// Transliterations with the ending of a place: 苏梅州, 多尔马巴赫切宫.
fn places(text: &HanText, words: &HanWords) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.folded.len() {
        if let Some(end) = text.entry_over(at) {
            at = end;
            continue;
        }
        let c = text.folded[at..].chars().next().expect("inside the text");
        let end =
            if words.sounding(c) >= Sounding::Common { han_persons::right_part(text, at, words) } else { at };
        if end == at {
            at += c.len_utf8();
            continue;
        }
        let run = &text.folded[at..end];
        let rest = &text.folded[end..];
        let strong = run.chars().filter(|&c| words.sounding(c) == Sounding::Strong).count();
        let count = run.chars().count();
        if count >= 2
            && strong * 2 >= count
            && text.role_ending(at).is_none()
            && let Some(head) = words
                .place_heads
                .iter()
                .find(|head| rest.starts_with(head.as_str()) || run.ends_with(head.as_str()) && count > 3)
        {
            let stop = if rest.starts_with(head.as_str()) { end + head.len() } else { end };
            if text.role_across(stop).is_none() {
                out.push(text.finding(
                    Span::new(at, stop),
                    Found { kind: EntityKind::Place, key: None, method: "shape", confidence: 0.65 },
                ));
            }
        }
        at = end;
    }
    out
}
/// 第59届慕尼黑安全会议, 2023年俄非峰会.
fn events(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let mut out = Vec::new();
    for (start, mark) in text.folded.match_indices([words.session, words.year]) {
        let before = &text.folded[..start];
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || words.numerals.contains(c));
        let ordinal = digits.strip_suffix(words.ordinal.as_str());
        let year = mark.starts_with(words.year);
        let begin = match ordinal {
            Some(head) if !year => head.len(),
            None if year && start - digits.len() == 4 => digits.len(),
            _ => continue,
        };
        let from = start + mark.len();
        let Some(end) = extent(text, from, &words.event_heads, 12, words) else { continue };
        let loose = words
            .event_heads
            .ending(&text.folded[from..end])
            .is_none_or(|head| words.loose_event_heads.iter().any(|h| h == head));
        if (year && loose) || end - from < 9 {
            continue;
        }
        let number = &text.folded[digits.len()..start];
        let series = match text.entry_at(Span::new(from, end)) {
            Some(Known::Entry(entry)) => Some(&rules.gazetteer.entries[entry]),
            _ => None,
        };
        let key = series.map(|entry| format!("{}-{}", words.number(number), entry.key));
        out.push(text.finding(
            Span::new(begin, end),
            Found { kind: EntityKind::Event, key, method: "dated_event", confidence: 0.8 },
        ));
    }
    out
}

/// A state with what it went through: 缅甸政变.
fn upheavals(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let state = |known: Known| match known {
        Known::Entry(entry) => rules.gazetteer.entries[entry].kind == EntityKind::State,
        _ => false,
    };
    let named = text.entries.iter().filter(|&&(_, known)| state(known)).filter_map(|&(span, _)| {
        let head = rules.han.upheavals.opening(&text.folded[span.end..])?;
        let found = Found { kind: EntityKind::Event, key: None, method: "shape", confidence: 0.7 };
        Some(text.finding(Span::new(span.start, span.end + head.len()), found))
    });
    named.collect()
}

fn agreement(confidence: f64) -> Found {
    Found { kind: EntityKind::Agreement, key: None, method: "shape", confidence }
}

/// 第2728号决议, 第ES-11/3号决议.
fn numbered(text: &HanText, words: &HanWords) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, _) in text.folded.match_indices(words.resolution.as_str()) {
        let before = &text.folded[..at];
        let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '(' | ')');
        let head = before.trim_end_matches(sign);
        let number = &before[head.len()..];
        if let Some(start) = head.strip_suffix(words.ordinal.as_str())
            && number.contains(|c: char| c.is_ascii_digit())
        {
            let body = text.entry_ending(start.len()).map(|(span, _)| span.start);
            let span = Span::new(body.unwrap_or(start.len()), at + words.resolution.len());
            let key = Some(resolutions::key(number));
            out.push(text.finding(span, Found { key, ..agreement(0.8) }));
        }
    }
    out
}

/// Characters between the number of points and what the plan is called.
const POINTS_OF: usize = 3;

/// Plans known by the number of their points: 五点共识, 二十点和平计划.
fn points(text: &HanText, words: &HanWords) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, point) in text.folded.match_indices(words.point) {
        let before = &text.folded[..at];
        let head = before.trim_end_matches(|c: char| c.is_ascii_digit() || words.numerals.contains(c));
        let rest = &text.folded[at + point.len()..];
        let plan = (0..=POINTS_OF).find_map(|skipped| {
            let from = rest.char_indices().nth(skipped)?.0;
            let plain = rest[..from].chars().all(is_han);
            Some(from + words.point_heads.opening(&rest[from..]).filter(|_| plain)?.len())
        });
        if let Some(length) = plan.filter(|_| head.len() < at) {
            out.push(text.finding(Span::new(head.len(), at + point.len() + length), agreement(0.7)));
        }
    }
    out
}
