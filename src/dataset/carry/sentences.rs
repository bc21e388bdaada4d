//! Documents and sentences: their ids follow from what they are, so only the gone ones need accounting.

use super::{Previous, Reason, Tombstone};
use crate::dataset::Dataset;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Tombstones of documents and sentences. A document that was renamed is known by its bytes; a
/// sentence that was rewritten by its place between two that were not.
pub fn carry(dataset: &Dataset, previous: &Previous) -> Vec<Tombstone> {
    let documents = &previous.documents;
    let new_of: HashMap<&str, usize> =
        dataset.ids.iter().enumerate().map(|(at, ids)| (ids.document.as_str(), at)).collect();
    let by_bytes: BTreeMap<&str, usize> = dataset
        .documents
        .iter()
        .enumerate()
        .map(|(at, extracted)| (extracted.cleaned.document.sha256.as_str(), at))
        .collect();
    let mut gone = Vec::new();
    let mut heirs: HashMap<&str, usize> = HashMap::new();
    for row in 0..documents.rows() {
        let old = documents.text("document_id", row);
        if let Some(&at) = new_of.get(old) {
            heirs.insert(old, at);
            continue;
        }
        let heir = by_bytes.get(documents.text("sha256", row)).copied();
        heirs.extend(heir.map(|at| (old, at)));
        let new = heir.map_or("", |at| dataset.ids[at].document.as_str());
        gone.push(tombstone("documents", old, new));
    }
    gone.extend(sentences(dataset, previous, &heirs));
    gone
}

fn tombstone(table: &'static str, old: &str, new: &str) -> Tombstone {
    let reason = if new.is_empty() { Reason::Removed } else { Reason::Changed };
    Tombstone { table, old_id: old.to_owned(), new_id: new.to_owned(), reason }
}

fn sentences(dataset: &Dataset, previous: &Previous, heirs: &HashMap<&str, usize>) -> Vec<Tombstone> {
    let old = &previous.sentences;
    let mut gone = Vec::new();
    let mut row = 0;
    while row < old.rows() {
        let document = old.text("document_id", row);
        let end =
            (row..old.rows()).find(|&row| old.text("document_id", row) != document).unwrap_or(old.rows());
        let before: Vec<(&str, &str)> =
            (row..end).map(|row| (old.text("sentence_id", row), old.text("text", row))).collect();
        let after: Vec<(&str, &str)> = heirs.get(document).map_or(Vec::new(), |&at| {
            let sentences = dataset.documents[at].cleaned.sentences.iter();
            let ids = dataset.ids[at].sentences.iter();
            ids.zip(sentences).map(|(id, sentence)| (id.as_str(), sentence.text.as_str())).collect()
        });
        align(&before, &after, &mut gone);
        row = end;
    }
    gone
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
