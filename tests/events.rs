//! What kind of event a sentence tells, and whether it happened: a table for each language, written by
//! hand, in the words that news and encyclopaedias use of wars, talks, protests and laws anywhere.
//!
//! `tests/events/<language>.tsv`: the type, the modality and the sentence, each a page of its own.

use annalist::model::{EventMention, EventType, Modality};
use annalist::overrides::Overrides;
use annalist::pipeline;
use annalist::read::{Options, read_bytes};
use annalist::rules::Rules;
use std::fs;
use std::path::Path;

#[test]
fn sentences_are_typed_as_the_tables_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/events");
    let (rules, overrides) = (Rules::builtin(), Overrides::default());
    let mut wrong = Vec::new();
    for language in ["en", "ru", "uk", "zh"] {
        let table = fs::read_to_string(folder.join(format!("{language}.tsv"))).unwrap();
        for row in table.lines().skip(1) {
            let [event_type, modality, sentence] = row.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{language}: no row of type, modality and sentence: {row}");
            };
            let told = mentions(sentence, &rules, &overrides);
            let fits = |m: &EventMention| {
                EventType::code(m.event_type) == event_type && Modality::code(m.modality) == modality
            };
            if !told.iter().any(fits) {
                let told: Vec<_> = told.iter().map(|m| (m.event_type, m.modality, m.rule)).collect();
                wrong.push(format!("{language}: {event_type} {modality}: {sentence} gives {told:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n{} sentences", wrong.join("\n"), wrong.len());
}

fn mentions(sentence: &str, rules: &Rules, overrides: &Overrides) -> Vec<EventMention> {
    let mut told = Vec::new();
    read_bytes(sentence.as_bytes(), "page.txt", &Options::default(), &mut |record| {
        told.extend(pipeline::document(record, rules, overrides).mentions);
    });
    told
}
