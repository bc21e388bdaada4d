//! Whole lines of furniture: recognised by their words, believed by their place.

use super::draft::{Draft, Role};
use super::shape;
use crate::clean::furniture::Place;

/// Marks the lines that tags of a wrapper fill, and those that are furniture.
pub(super) fn mark(draft: &mut Draft) {
    wrappers(draft);
    let mut found = Vec::new();
    for i in 0..draft.lines.len() {
        if draft.is_text(i)
            && let Some(furniture) = draft.rules.furniture.line(draft.line(i))
        {
            found.push((i, furniture));
        }
    }
    let is_found = |i: usize| found.binary_search_by_key(&i, |&(at, _)| at).is_ok();
    let prose = |i: &usize| draft.is_text(*i) && !is_found(*i) && shape::is_prose(draft.line(*i));
    let first = (0..draft.lines.len()).find(prose);
    let last = (0..draft.lines.len()).rev().find(prose);
    draft.prose = first.zip(last);
    let (first, last) = draft.prose.unwrap_or((draft.lines.len(), 0));
    for (i, furniture) in found {
        let stands = match furniture.place {
            Place::Any => true,
            Place::Edge => i < first || (i > last && last > 0),
            Place::Tail => i > last,
        };
        if stands {
            draft.labels += usize::from(furniture.kind == "edit_label");
            draft.taglines += usize::from(furniture.kind == "tagline");
            draft.mirrored |= matches!(furniture.rule, "mirror-head" | "site-name");
            draft.drop_line(i, furniture.kind, furniture.rule);
        }
    }
    path_and_counters(draft, first);
    after_sort_key(draft, last);
    after_rights(draft, last);
}

/// Before the first prose: the path of the page within its site, and bare numbers such as counts of views.
fn path_and_counters(draft: &mut Draft, first: usize) {
    for i in 0..first.min(draft.lines.len()) {
        let line = draft.line(i);
        if !draft.is_text(i) {
            continue;
        }
        if is_path(line) {
            draft.drop_line(i, "navigation", "path");
        } else if line.len() >= 3 && line.bytes().all(|byte| byte.is_ascii_digit()) && !is_year(line) {
            draft.drop_line(i, "navigation", "counter");
        }
    }
}

/// Longest part of a path, in bytes.
const LONGEST_STEP: usize = 60;

/// `Home > World > Asia`: short names parted by arrows.
fn is_path(line: &str) -> bool {
    ['>', '›', '»', '→'].into_iter().any(|arrow| {
        let steps: Vec<&str> = line.split(arrow).map(str::trim).collect();
        steps.len() >= 3 && steps.iter().all(|step| !step.is_empty() && step.len() <= LONGEST_STEP)
    })
}

fn is_year(line: &str) -> bool {
    line.len() == 4 && ("1500".."2200").contains(&line)
}

fn wrappers(draft: &mut Draft) {
    for i in 0..draft.lines.len() {
        let line = draft.line(i);
        if !line.starts_with('<') {
            continue;
        }
        if let Some(title) = draft.rules.furniture.wrapper(line) {
            if let (true, Some((_, rest))) = (title, line.split_once('>')) {
                draft.title = rest.rsplit_once("</").map_or(rest, |(title, _)| title).trim().to_owned();
            }
            draft.drop_line(i, "markup", "wrapper");
        }
    }
}

/// Where a sort key is left over, what follows it at the end of the page are categories. The key itself
/// may serve as title.
fn after_sort_key(draft: &mut Draft, last: usize) {
    let key = |i: &usize| {
        draft.roles[*i] == Role::Gone
            && draft.line(*i).get(..13).is_some_and(|start| start.eq_ignore_ascii_case("{{defaultsort"))
    };
    let Some(at) = (0..draft.lines.len()).rev().find(key) else { return };
    let categories = |i: usize| draft.is_text(i) && (i > last || draft.line(i).ends_with("..."));
    let rest: Vec<usize> = (at + 1..draft.lines.len()).filter(|&i| categories(i)).collect();
    rest.into_iter().for_each(|i| draft.drop_line(i, "category", "after-sort-key"));
    if draft.title.is_empty() {
        let key = draft.line(at)[13..].trim_start_matches([':', '|', ' ']);
        draft.title = key.trim_end_matches('}').trim().to_owned();
    }
}

/// Short lines after a line on rights are the rest of the footer.
fn after_rights(draft: &mut Draft, last: usize) {
    let rights = draft.cuts.iter().filter(|cut| cut.rule == "rights").map(|cut| cut.span.start).min();
    let Some(rights) = rights else { return };
    let rest: Vec<usize> = (last + 1..draft.lines.len())
        .filter(|&i| draft.lines[i].span.start > rights && draft.is_text(i))
        .collect();
    rest.into_iter().for_each(|i| draft.drop_line(i, "footer", "after-rights"));
}
