//! Overrides: what people know better than the rules, in a file beside the sources.
//!
//! ```toml
//! [[documents]]                # of a page: date, language, encoding, or leave it out
//! source = "news/talks.html"
//! published = "2022-03-29"
//!
//! [[names]]                    # two spellings of one, or two that are not one
//! same = ["Chasiv Yar", "恰索夫亚尔"]
//!
//! [[entities]]                 # what an entity is called, and what it is
//! name = "Gomel"
//! kind = "place"
//!
//! [[mentions]]                 # an event mention that is none, or of another type
//! quote = "will be remembered"
//! drop = true
//! ```
//!
//! Every entry is accounted for: used, or matching nothing any more.

mod documents;
mod mentions;
mod names;

pub use names::part_mentions;

use crate::model::{EntityKind, EventType};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use toml::Spanned;

/// Name of the file that is looked for beside the sources.
pub const NAME: &str = "overrides.toml";

#[derive(Debug, Default)]
pub struct Overrides {
    file: File,
    text: String,
    /// Where each entry begins; those that matched something.
    used: Mutex<BTreeSet<usize>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    documents: Vec<Spanned<OfDocument>>,
    #[serde(default)]
    names: Vec<Spanned<OfNames>>,
    #[serde(default)]
    entities: Vec<Spanned<OfEntity>>,
    #[serde(default)]
    mentions: Vec<Spanned<OfMention>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfDocument {
    /// A source, or the file of many.
    source: String,
    /// A TOML date, or a string that is one.
    #[serde(default, deserialize_with = "date")]
    published: Option<Date>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    encoding: Option<String>,
    #[serde(default)]
    skip: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfNames {
    #[serde(default)]
    same: Vec<String>,
    #[serde(default)]
    different: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfEntity {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    canonical_name: Option<String>,
    #[serde(default, deserialize_with = "code")]
    kind: Option<EntityKind>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfMention {
    #[serde(default)]
    id: Option<String>,
    /// Words of the sentence.
    #[serde(default)]
    quote: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    drop: bool,
    #[serde(default, deserialize_with = "code")]
    event_type: Option<EventType>,
}

/// A word of a closed vocabulary, spelled as in the tables.
trait Code: Sized {
    fn of(code: &str) -> Option<Self>;
}

impl Code for EntityKind {
    fn of(code: &str) -> Option<Self> {
        EntityKind::from_code(code)
    }
}

impl Code for EventType {
    fn of(code: &str) -> Option<Self> {
        EventType::from_code(code)
    }
}

fn code<'de, D: serde::Deserializer<'de>, T: Code>(input: D) -> Result<Option<T>, D::Error> {
    let code = String::deserialize(input)?;
    let value = T::of(&code).ok_or_else(|| serde::de::Error::custom(format!("{code:?} is no such word")))?;
    Ok(Some(value))
}

fn date<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    let spelled = match toml::Value::deserialize(input)? {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    spelled.parse().map(Some).map_err(|_| serde::de::Error::custom(format!("{spelled:?} is no date")))
}

impl Overrides {
    /// Reads a file of overrides; the error names the line.
    pub fn read(path: &Path) -> io::Result<Self> {
        let wrong = |error: &dyn std::fmt::Display| io::Error::other(format!("{}: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
        Overrides::parse(&text).map_err(|error| wrong(&error))
    }

    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file = toml::from_str(text)?;
        Ok(Overrides { file, text: text.to_owned(), used: Mutex::default() })
    }

    /// The whole text: results rest on it.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn mark<T>(&self, entry: &Spanned<T>) {
        self.used.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(entry.span().start);
    }

    /// Line of an entry, from 1.
    fn line(&self, start: usize) -> usize {
        self.text[..start].matches('\n').count() + 1
    }

    /// What became of each entry, a line each, in the order of the file.
    pub fn account(&self) -> Vec<String> {
        let used = self.used.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let documents = self.file.documents.iter().map(|entry| entry.span().start);
        let names = self.file.names.iter().map(|entry| entry.span().start);
        let entities = self.file.entities.iter().map(|entry| entry.span().start);
        let mentions = self.file.mentions.iter().map(|entry| entry.span().start);
        let all: BTreeSet<usize> = documents.chain(names).chain(entities).chain(mentions).collect();
        let told = |start: usize| {
            let what = if used.contains(&start) { "used" } else { "matches nothing" };
            format!("{NAME}, line {}: {what}", self.line(start))
        };
        all.into_iter().map(told).collect()
    }
}
