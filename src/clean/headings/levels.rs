//! Levels for the headings of one page.

use super::{Interval, Rules, Seen, key};

/// A heading whose section is still open.
struct Open {
    level: u8,
    key: String,
    interval: Option<Interval>,
    series: bool,
}

/// No heading stands deeper.
const DEEPEST: u8 = 6;

pub(super) fn assign(headings: &[Seen], rules: &Rules) -> Vec<u8> {
    let dated: Vec<Option<Interval>> = headings.iter().map(|seen| rules.dates.of(&seen.text)).collect();
    let ordinals: Vec<Option<usize>> = headings.iter().map(|seen| rules.ordinal(&seen.text)).collect();
    let later = continued(headings, &dated, &ordinals, rules);
    let mut open: Vec<Open> = Vec::new();
    let mut out = Vec::with_capacity(headings.len());
    for (i, seen) in headings.iter().enumerate() {
        let key = key(&seen.text);
        let series = ordinals[i].is_some();
        let level = seen.level.or_else(|| numbering(&seen.text)).unwrap_or_else(|| {
            let known = rules.tail.contains_key(&key) || rules.top.contains(&key);
            if let Some(level) = under_parent(&key, &open, rules) {
                return level;
            }
            if open.is_empty() || known {
                return 1;
            }
            match dated[i] {
                Some(interval) => by_date(interval, seen.stacked, &open),
                None => by_place(headings, i, series, later[i], &open, rules),
            }
        });
        let level = level.clamp(1, DEEPEST);
        open.retain(|section| section.level < level);
        open.push(Open { level, key, interval: dated[i], series });
        out.push(level);
    }
    out
}

/// Whether a dated or numbered heading comes later, before a heading that closes the matter.
fn continued(
    headings: &[Seen],
    dated: &[Option<Interval>],
    ordinals: &[Option<usize>],
    rules: &Rules,
) -> Vec<bool> {
    let mut out = vec![false; headings.len()];
    let mut goes_on = false;
    for i in (0..headings.len()).rev() {
        out[i] = goes_on;
        if rules.is_known(&headings[i].text) {
            goes_on = false;
        }
        goes_on |= dated[i].is_some() || ordinals[i].is_some();
    }
    out
}

/// `2.1 Talks` stands at level 2.
fn numbering(text: &str) -> Option<u8> {
    let number: &str = text.split_whitespace().next()?;
    let rest = &text[number.len()..];
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let digits =
        parts.iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    (digits && parts.len() >= 2 && rest.trim_start().starts_with(char::is_alphabetic))
        .then(|| parts.len().min(6) as u8)
}

fn under_parent(key: &str, open: &[Open], rules: &Rules) -> Option<u8> {
    let parents = rules.under.iter().filter(|(_, child)| child.contains(key));
    parents
        .filter_map(|(parent, _)| open.iter().rev().find(|section| parent.contains(&section.key)))
        .map(|section| section.level + 1)
        .next()
}

/// A dated heading stands under the time it lies in, else beside the outermost other time.
fn by_date(interval: Interval, stacked: bool, open: &[Open]) -> u8 {
    let last = open.last().map_or(1, |section| section.level);
    let times = || open.iter().filter_map(|section| section.interval.map(|outer| (section.level, outer)));
    let within = times().filter(|&(_, outer)| interval.begins_in(outer)).map(|(level, _)| level).max();
    if let Some(level) = within {
        return level + 1;
    }
    let beside = times().map(|(level, _)| level).next();
    beside.unwrap_or(if stacked { last + 1 } else { last })
}

fn by_place(headings: &[Seen], i: usize, series: bool, later: bool, open: &[Open], rules: &Rules) -> u8 {
    let last = open.last().map_or(1, |section| section.level);
    if series && let Some(section) = open.iter().rev().find(|section| section.series) {
        return section.level;
    }
    let name = |seen: &Seen| rules.dates.of(&seen.text).is_none() && rules.dates.names_year(&seen.text);
    if headings[i].stacked && i > 0 && !name(&headings[i - 1]) {
        return last + 1;
    }
    let holds_others = headings.get(i + 1).is_some_and(|next| next.stacked) && !name(&headings[i]);
    if holds_others && !headings[i].stacked {
        return last.saturating_sub(1).max(1);
    }
    let counted = open.iter().find(|section| section.interval.is_some() || section.series);
    match counted {
        // What is neither dated nor numbered ends a run of such headings where none comes later.
        Some(section) if !later && !series => section.level.saturating_sub(1).max(1),
        _ => last,
    }
}
