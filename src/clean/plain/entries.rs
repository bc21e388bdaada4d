//! What stands after the body: reference lists, which become citations, and lists of further pages,
//! which go.

use super::draft::{Draft, Role};
use super::shape;
use crate::clean::citations::{self, lead};
use crate::clean::headings::Tail;
use crate::model::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the entries of reference lists and takes the other tail sections out. An entry is known by its
/// link back wherever it stands; without one, by the heading above it.
pub(super) fn mark(draft: &mut Draft) {
    let addressed = addressed(draft);
    let mut tail: Option<Tail> = None;
    let mut counted: BTreeMap<bool, usize> = BTreeMap::new();
    let mut last: Option<usize> = None;
    for i in 0..draft.lines.len() {
        match draft.roles[i] {
            Role::Gone => continue,
            Role::Heading { span, .. } => {
                let heading = span.of(draft.text);
                // Inside a list only a known word or a mark ends it: titles look like headings.
                let opens = draft.rules.headings.tail(heading);
                if tail.is_none()
                    || opens.is_some()
                    || draft.rules.headings.is_known(heading)
                    || is_marked(draft, i)
                {
                    tail = opens;
                    last = None;
                    continue;
                }
            }
            _ => {}
        }
        let line = draft.line(i);
        let lead = lead::read(line, &draft.rules.citations);
        let listed =
            matches!(tail, Some(Tail::References | Tail::Notes)) || tail.is_none() && addressed.contains(&i);
        if lead.linked || listed {
            let new = lead.linked
                || addressed.contains(&i)
                || !lead.number.is_empty()
                || lead.len > 0
                || last.is_none()
                || draft.lines[i].above > 0
                || starts_entry(draft, i);
            if !new && let Some(entry) = last {
                extend(draft, entry, i);
            } else if lead.len < line.len() {
                let notes = tail == Some(Tail::Notes);
                last = Some(draft.citations.len());
                entry(draft, i, lead, counted.entry(notes).or_default());
            }
        } else if let Some(tail) = tail {
            draft.drop_line(i, tail.kind(), "tail-section");
        } else {
            last = None;
        }
    }
}

/// Fewest lines in a row that end in addresses and so are a list of references.
const LEAST_ADDRESSED: usize = 3;
/// Most bytes of such a line.
const LONGEST_ADDRESSED: usize = 900;

/// Lines that name a title and end in the address where it stands, several in a row: a list of references
/// whatever stands above it. An address alone is none, and a list of links has no more than a name.
fn addressed(draft: &Draft) -> BTreeSet<usize> {
    let live: Vec<usize> =
        draft.live().filter(|&i| !matches!(draft.roles[i], Role::Heading { .. })).collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < live.len() {
        let run = live[at..].iter().take_while(|&&i| ends_in_address(draft.line(i))).count();
        if run >= LEAST_ADDRESSED {
            found.extend(&live[at..at + run]);
        }
        at += run.max(1);
    }
    found
}

fn ends_in_address(line: &str) -> bool {
    let line = line.trim_end_matches(['.', ')', ']', '>', ' ', '/']);
    let Some(at) = line.rfind("http://").or_else(|| line.rfind("https://")) else { return false };
    let address = &line[at..];
    let before = line[..at].trim_end_matches(['(', '[', '<', ' ', ']']);
    let before = before.find("http").map_or(before, |first| before[..first].trim_end_matches(['[', ' ']));
    let stops = before.ends_with(['.', ',', ':', '。', '，', '"', '”', '»']);
    line.len() <= LONGEST_ADDRESSED
        && !address.contains(char::is_whitespace)
        && before.split_whitespace().count() >= 2
        && stops
}

/// Bytes of an entry that is still read; what follows belongs to it unread.
const LONGEST_ENTRY: usize = 4000;

fn is_marked(draft: &Draft, i: usize) -> bool {
    matches!(draft.roles[i], Role::Heading { level: Some(_), .. })
}

/// A line below an entry begins one of its own unless it goes on in mid-sentence.
fn starts_entry(draft: &Draft, i: usize) -> bool {
    i == 0 || shape::ends(draft.line(i - 1)) || draft.line(i).starts_with("http")
}

fn entry(draft: &mut Draft, i: usize, lead: lead::Lead, counted: &mut usize) {
    *counted += 1;
    let line = draft.lines[i].span;
    let number = if lead.number.is_empty() { counted.to_string() } else { lead.number };
    let span = Span::new(line.start + lead.len, line.end);
    let citation = citations::parse(span.of(draft.text), &number, line, &draft.rules.citations);
    draft.citations.push(citation);
    draft.drop_line(i, "reference_list", "entry");
}

/// Joins a line to the entry above that it belongs to.
fn extend(draft: &mut Draft, entry: usize, i: usize) {
    let old = &draft.citations[entry];
    let source = Span::new(old.source.start, draft.lines[i].span.end);
    if old.text.len() > LONGEST_ENTRY {
        draft.citations[entry].source = source;
        return draft.drop_line(i, "reference_list", "entry");
    }
    let text = format!("{} {}", old.text, draft.line(i));
    draft.citations[entry] = citations::parse(&text, &old.number.clone(), source, &draft.rules.citations);
    draft.drop_line(i, "reference_list", "entry");
}
