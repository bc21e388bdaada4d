//! Documents and sentences: their ids follow from what they are, so only the gone ones need accounting.

use super::{Previous, Reason, Tombstone};
use crate::dataset::documents::{Documents, Whole};
use crate::dataset::ids;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// Rows of the earlier sentences, by the document that is theirs now; and those of none.
pub struct Heirs {
    rows: HashMap<usize, Vec<Range<usize>>>,
    lost: Vec<Range<usize>>,
}

/// Tombstones of documents, and which document now stands for which of the earlier ones. A document
/// that was renamed is known by its bytes.
pub fn documents(documents: &Documents, previous: &Previous) -> (Vec<Tombstone>, Heirs) {
    let new_of = documents.numbers();
    let by_bytes: BTreeMap<&str, usize> =
        documents.briefs.iter().enumerate().map(|(at, brief)| (brief.sha256.as_str(), at)).collect();
    let old = &previous.documents;
    let mut gone = Vec::new();
    let mut heir_of: HashMap<&str, usize> = HashMap::new();
    for row in 0..old.rows() {
        let id = old.text("document_id", row);
        if let Some(&at) = new_of.get(id) {
            heir_of.insert(id, at);
            continue;
        }
        let heir = by_bytes.get(old.text("sha256", row)).copied();
        heir_of.extend(heir.map(|at| (id, at)));
        let new = heir.map_or(String::new(), |at| ids::document(&documents.briefs[at].source));
        gone.push(tombstone("documents", id, &new));
    }
    (gone, heirs(previous, &heir_of))
}

fn heirs(previous: &Previous, heir_of: &HashMap<&str, usize>) -> Heirs {
    let old = &previous.sentences;
    let mut heirs = Heirs { rows: HashMap::new(), lost: Vec::new() };
    let mut row = 0;
    while row < old.rows() {
        let document = old.text("document_id", row);
        let end =
            (row..old.rows()).find(|&row| old.text("document_id", row) != document).unwrap_or(old.rows());
        match heir_of.get(document) {
            Some(&at) => heirs.rows.entry(at).or_default().push(row..end),
            None => heirs.lost.push(row..end),
        }
        row = end;
    }
    heirs
}

/// Tombstones of the sentences that a document had in the earlier version. A sentence that was
/// rewritten is known by its place between two that were not.
pub fn sentences(at: usize, whole: &Whole, heirs: &Heirs, previous: &Previous, gone: &mut Vec<Tombstone>) {
    for rows in heirs.rows.get(&at).into_iter().flatten() {
        let texts = whole.extracted.cleaned.sentences.iter().map(|sentence| sentence.text.as_str());
        let after: Vec<(&str, &str)> = whole.ids.sentences.iter().map(String::as_str).zip(texts).collect();
        align(&before(previous, rows.clone()), &after, gone);
    }
}

/// Tombstones of the sentences whose documents are gone.
pub fn lost(heirs: &Heirs, previous: &Previous, gone: &mut Vec<Tombstone>) {
    for rows in &heirs.lost {
        align(&before(previous, rows.clone()), &[], gone);
    }
}

/// Ids and texts of earlier sentences.
fn before(previous: &Previous, rows: Range<usize>) -> Vec<(&str, &str)> {
    let old = &previous.sentences;
    rows.map(|row| (old.text("sentence_id", row), old.text("text", row))).collect()
}

fn tombstone(table: &'static str, old: &str, new: &str) -> Tombstone {
    let reason = if new.is_empty() { Reason::Removed } else { Reason::Changed };
    Tombstone { table, old_id: old.to_owned(), new_id: new.to_owned(), reason }
}

/// Pairs the sentences of two versions of one document: equal texts in order, and between them the
/// rewritten ones where as many went as came.
fn align(before: &[(&str, &str)], after: &[(&str, &str)], gone: &mut Vec<Tombstone>) {
    let live: HashSet<&str> = after.iter().map(|(id, _)| *id).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (_, text)) in after.iter().enumerate().rev() {
        places.entry(text).or_default().push(at);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, (_, text)) in before.iter().enumerate() {
        if let Some(found) = places.get_mut(text) {
            while found.last().is_some_and(|&place| place < from) {
                found.pop();
            }
            if let Some(place) = found.pop() {
                pairs.push((at, place));
                from = place + 1;
            }
        }
    }
    pairs.push((before.len(), after.len()));
    let mut last = (0, 0);
    for (old, new) in pairs {
        let rewritten = old - last.0 == new - last.1;
        for (step, (id, _)) in
            before[last.0..old].iter().enumerate().filter(|(_, (id, _))| !live.contains(id))
        {
            let heir = if rewritten { after[last.1 + step].0 } else { "" };
            gone.push(tombstone("sentences", id, heir));
        }
        if let (Some((id, _)), Some((heir, _))) = (before.get(old), after.get(new))
            && id != heir
            && !live.contains(id)
        {
            gone.push(tombstone("sentences", id, heir));
        }
        last = (old + 1, new + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut gone = Vec::new();
        align(before, after, &mut gone);
        gone.into_iter().map(|tombstone| (tombstone.old_id, tombstone.new_id)).collect()
    }

    #[test]
    fn a_rewritten_sentence_has_a_successor_and_a_removed_one_none() {
        let old = [("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")];
        let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
        assert_eq!(gone(&old, &old), []);
        assert_eq!(gone(&old, &[("1", "a"), ("9", "x"), ("3", "c"), ("4", "d")]), [pair("2", "9")]);
        assert_eq!(gone(&old, &[("1", "a"), ("4", "d")]), [pair("2", ""), pair("3", "")]);
        assert_eq!(gone(&old[..2], &[("7", "a"), ("8", "b")]), [pair("1", "7"), pair("2", "8")]);
        assert_eq!(gone(&old[..1], &[]), [pair("1", "")]);
    }
}
