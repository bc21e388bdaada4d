//! Tables of sentences with the names that they hold: kind letter and base form. All that is listed must
//! be found, and no person that is not listed.

use super::Rules;
use crate::model::{
    Block, Cleaned, Dated, Document, DumpKind, EncodingFrom, EntityKind, Language, Named, Section, Sentence,
    Span, Status,
};
use std::sync::LazyLock;

pub static RULES: LazyLock<Rules> = LazyLock::new(Rules::builtin);

/// A document of these sentences.
pub fn document(sentences: &[&str], language: Language) -> Cleaned {
    let sentence = |(i, text): (usize, &&str)| Sentence {
        text: (*text).to_owned(),
        section: 0,
        block_no: i,
        block: Block::Paragraph,
        language,
        source: Span::default(),
    };
    Cleaned {
        document: Document {
            source: "test.txt".into(),
            title: String::new(),
            language,
            variety: None,
            dump_kind: DumpKind::Plain,
            media_type: String::new(),
            encoding: "utf-8".into(),
            encoding_from: EncodingFrom::Default,
            sha256: String::new(),
            bytes: 0,
            url: String::new(),
            published: None,
            status: Status::Ok,
            chars_source: 0,
            chars_kept: 0,
            replacement_chars: 0,
        },
        sections: vec![Section { parent: None, level: 0, heading: String::new(), source: Span::default() }],
        sentences: sentences.iter().enumerate().map(sentence).collect(),
        citations: Vec::new(),
        citation_marks: Vec::new(),
        glosses: Vec::new(),
        removals: Vec::new(),
        diagnostics: Vec::new(),
    }
}

pub fn recognise(sentences: &[&str], language: Language) -> Named {
    super::recognise(&document(sentences, language), &Dated::default(), &RULES)
}

fn letter(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "p",
        EntityKind::State => "s",
        EntityKind::Place => "l",
        EntityKind::Organisation => "o",
        EntityKind::Agreement => "a",
        EntityKind::Event => "e",
    }
}

fn table(rows: &str, language: Language) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows.lines() {
        let (text, wanted) = row.split_once('\t').expect("a tab in each row");
        count += 1;
        let named = recognise(&[text], language);
        let found: Vec<String> = named
            .entities
            .iter()
            .flat_map(|entity| {
                entity.forms.iter().map(|form| format!("{} {}", letter(entity.kind), form.name))
            })
            .collect();
        let wanted: Vec<&str> = wanted.split(';').filter(|name| !name.is_empty()).collect();
        let missed: Vec<&&str> = wanted.iter().filter(|name| !found.contains(&name.to_string())).collect();
        let persons = wanted.iter().filter(|name| name.starts_with("p ")).count();
        let got = named.entities.iter().filter(|entity| entity.kind == EntityKind::Person).count();
        if !missed.is_empty() || got > persons {
            wrong.push(format!("{text}\n    missed {missed:?}, found {found:?}"));
        }
    }
    assert!(count >= 60, "{count} rows");
    assert!(wrong.is_empty(), "{} of {count} rows fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english() {
    table(include_str!("en.tsv"), Language::En);
}

#[test]
fn chinese() {
    table(include_str!("zh.tsv"), Language::ZhHans);
}

#[test]
fn russian() {
    table(include_str!("ru.tsv"), Language::Ru);
}

#[test]
fn ukrainian() {
    table(include_str!("uk.tsv"), Language::Uk);
}
