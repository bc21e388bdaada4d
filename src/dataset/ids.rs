//! Ids: short hashes of meaning, so that a row keeps its id on any machine, thread count and run.
//!
//! An id is a letter for the kind of row and 14 characters (70 bits) of a SHA-256 over what the row
//! *is*, never over where it came in a list. What each id rests on:
//!
//! | id | rests on |
//! |---|---|
//! | `document_id` | the source name: a page scraped again keeps it |
//! | `section_id` | document, headings from the top down, occurrence among equals |
//! | `sentence_id` | document, text, occurrence among equals |
//! | `time_id` | sentence, place in it |
//! | `mention_id` | sentence, place of its date, occurrence: where it stands, not what rules make of it |
//! | `citation_id` | document, text of the entry, occurrence among equals |
//! | `event_id` | text of the first sentence that reports it, and the place of its date there |
//!
//! So a new document changes no id of the others, and an edited sentence changes only its own ids and
//! those of the rows that point into it. An event whose founding sentence changes or that is merged
//! gets a new id by this rule; [`carry`](super::carry) gives it its old one back where most mentions persist.

use crate::model::{Brief, Event, EventMention, Extracted, MentionRef};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// Crockford's base 32: no sign is mistaken for another.
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// An id of `kind` that rests on `parts`; they are hashed with their lengths, so that no two
/// different lists of parts run together.
pub fn id(kind: char, parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let mut bits = u128::from_be_bytes(hash[..16].try_into().expect("16 of 32 bytes"));
    let mut out = String::with_capacity(15);
    out.push(kind);
    for _ in 0..14 {
        out.push(char::from(SIGNS[(bits >> 123) as usize]));
        bits <<= 5;
    }
    out
}

/// Counts how often each key came before.
#[derive(Default)]
struct Occurrences(HashMap<String, usize>);

impl Occurrences {
    fn next(&mut self, key: &str) -> String {
        let count = self.0.entry(key.to_owned()).or_insert(0);
        *count += 1;
        (*count - 1).to_string()
    }
}

/// The ids of everything in one document, each list parallel to that of the document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DocumentIds {
    pub document: String,
    pub sections: Vec<String>,
    pub sentences: Vec<String>,
    pub times: Vec<String>,
    pub mentions: Vec<String>,
    pub citations: Vec<String>,
}

/// The id of a source name.
pub fn document(source: &str) -> String {
    id('d', &[source])
}

/// Names everything in a document.
pub fn of_document(extracted: &Extracted) -> DocumentIds {
    let cleaned = &extracted.cleaned;
    let document = document(&cleaned.document.source);
    let mut seen = Occurrences::default();
    let sentences: Vec<String> = cleaned
        .sentences
        .iter()
        .map(|sentence| id('s', &[&document, &sentence.text, &seen.next(&sentence.text)]))
        .collect();
    let times = times(extracted, &sentences);
    let mut seen = Occurrences::default();
    let mentions = extracted
        .mentions
        .iter()
        .map(|mention| {
            let place = mention_place(extracted, mention.time);
            let sentence = &sentences[mention.sentence];
            id('m', &[sentence, &place, &seen.next(&format!("{sentence} {place}"))])
        })
        .collect();
    let mut seen = Occurrences::default();
    let citations = cleaned
        .citations
        .iter()
        .map(|citation| {
            let text = if citation.text.is_empty() { &citation.cite_error } else { &citation.text };
            id('c', &[&document, text, &seen.next(text)])
        })
        .collect();
    DocumentIds { sections: sections(extracted, &document), document, sentences, times, mentions, citations }
}

fn sections(extracted: &Extracted, document: &str) -> Vec<String> {
    let mut seen = Occurrences::default();
    let mut ids: Vec<String> = Vec::new();
    for section in &extracted.cleaned.sections {
        let above = section.parent.and_then(|parent| ids.get(parent)).map_or(document, String::as_str);
        let count = seen.next(&format!("{above} {}", section.heading));
        ids.push(id('h', &[above, &section.heading, &count]));
    }
    ids
}

fn times(extracted: &Extracted, sentences: &[String]) -> Vec<String> {
    let mut seen = Occurrences::default();
    extracted
        .dated
        .times
        .iter()
        .map(|time| {
            let (sentence, start) = (&sentences[time.sentence], time.span.start.to_string());
            id('t', &[sentence, &start, &seen.next(&format!("{sentence} {start}"))])
        })
        .collect()
}

/// The place of a mention that no expression dates.
pub const CONTEXT: &str = "context";

/// Where the date of a mention stands in its sentence: its first code point, or that it has none.
fn mention_place(extracted: &Extracted, time: Option<usize>) -> String {
    let Some(time) = time.and_then(|time| extracted.dated.times.get(time)) else {
        return CONTEXT.to_owned();
    };
    let text = &extracted.cleaned.sentences[time.sentence].text;
    crate::text::code_points(text, time.span.start).to_string()
}

/// What a mention says, whatever document says it: the text of its sentence and the place of its date.
pub fn words(text: &str, place: &str) -> String {
    id('g', &[text, place])
}

/// The [`words`] of a mention of a document.
pub fn signature(extracted: &Extracted, mention: &EventMention) -> String {
    let place = mention_place(extracted, mention.time);
    words(&extracted.cleaned.sentences[mention.sentence].text, &place)
}

/// Names each event after its founding mention, the first in the order of sources. Where two events
/// are founded on the same words, the later ones also rest on the mention itself.
pub fn events(documents: &[Brief], events: &[Event]) -> Vec<String> {
    let founding = |event: &Event| *event.mentions.iter().min().unwrap_or(&event.best);
    let mut order: Vec<(MentionRef, usize)> =
        events.iter().enumerate().map(|(at, event)| (founding(event), at)).collect();
    order.sort();
    let mut taken = HashSet::new();
    let mut out = vec![String::new(); events.len()];
    for (at, event) in order {
        let mention = &documents[at.document].mentions[at.mention];
        let words = mention.words.as_str();
        let mut name = id('e', &[words]);
        let mut count = 0;
        while !taken.insert(name.clone()) {
            name = id('e', &[words, mention.id.as_str(), &count.to_string()]);
            count += 1;
        }
        out[event] = name;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_parts_apart() {
        assert_ne!(id('s', &["ab", "c"]), id('s', &["a", "bc"]));
        assert_ne!(id('s', &["ab"]), id('s', &["ab", ""]));
        assert_eq!(id('d', &["a.txt"]).len(), 15);
        assert_eq!(document("a.txt"), document("a.txt"));
    }
}
