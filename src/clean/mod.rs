//! Cleaning: the text as its author wrote it, in sections and sentences, with citations as records
//! and a receipt for every span taken away.
//!
//! Each markup has a cleaner that yields a [`page::Page`]; what follows is the same for all of them and
//! done once, in `finish`. What is said in a human language stands in `rules/`, compiled here.

pub mod calendar;
pub mod citations;
mod finish;
pub mod furniture;
pub mod headings;
pub mod html;
mod limit;
pub mod markdown;
pub mod page;
pub mod plain;
pub mod sentences;
pub mod wikitext;

use crate::model::{Cleaned, Decoded, DumpKind, Markup, Status};
use page::Page;

/// Compiled rules of this stage.
pub struct Rules {
    pub html: html::Rules,
    pub citations: citations::Rules,
    pub furniture: furniture::Rules,
    pub glosses: plain::gloss::Rules,
    pub headings: headings::Rules,
    pub sentences: sentences::Rules,
    /// Finds what may have to go from a line of text.
    pub triggers: plain::inline::Triggers,
    pub wikitext: wikitext::Rules,
}

impl Rules {
    pub fn builtin() -> Self {
        let citations = citations::Rules::builtin();
        Rules {
            html: html::Rules::builtin(),
            furniture: furniture::Rules::builtin(),
            glosses: plain::gloss::Rules::builtin(),
            headings: headings::Rules::builtin(&calendar::Months::builtin()),
            sentences: sentences::Rules::builtin(),
            triggers: plain::inline::Triggers::new(&citations.errors.prefixes),
            wikitext: wikitext::Rules::builtin(),
            citations,
        }
    }
}

/// Cleans one record. A record that was not read keeps its row and has no text.
pub fn clean(decoded: Decoded, rules: &Rules) -> Cleaned {
    let page = match (decoded.status, decoded.markup) {
        (Status::Rejected | Status::Empty, _) => nothing(),
        (Status::Ok, Markup::Plain) => plain::clean(&decoded, rules),
        (Status::Ok, Markup::Markdown) => markdown::clean(&decoded, rules),
        (Status::Ok, Markup::Html) => html::clean(&decoded, rules),
        (Status::Ok, Markup::Wikitext) => wikitext::clean(&decoded, rules),
    };
    finish::finish(decoded, page, rules)
}

fn nothing() -> Page {
    Page {
        dump_kind: DumpKind::Plain,
        title: String::new(),
        url: String::new(),
        published: String::new(),
        language: String::new(),
        blocks: Vec::new(),
        citations: Vec::new(),
        glosses: Vec::new(),
        removals: Vec::new(),
        diagnostics: Vec::new(),
    }
}
