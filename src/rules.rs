//! The language data of `rules/`, compiled in. Each stage compiles its own files once; this module
//! holds the files, their joint fingerprint, and the compiled whole.

use crate::{clean, dates, events, names};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        /// Every rule file by its path below `rules/`, sorted.
        pub const FILES: &[(&str, &str)] = &[$(($path, include_str!(concat!("../rules/", $path)))),*];
    };
}

files! {
    "brackets.toml",
    "charsets.toml",
    "citations.toml",
    "cues.en.toml",
    "cues.ru.toml",
    "cues.uk.toml",
    "cues.zh.toml",
    "dates.en.toml",
    "dates.ru.toml",
    "dates.uk.toml",
    "dates.zh.toml",
    "entities.tsv",
    "furniture.toml",
    "gazetteer/agreements.toml",
    "gazetteer/bodies.toml",
    "gazetteer/events.toml",
    "gazetteer/former_states.toml",
    "gazetteer/media.toml",
    "gazetteer/oblasts.toml",
    "gazetteer/organisations.toml",
    "gazetteer/persons.toml",
    "gazetteer/places.toml",
    "gazetteer/states.toml",
    "glosses.toml",
    "han/simplified_only.txt",
    "han/t2s.tsv",
    "headings.toml",
    "html.toml",
    "html_lines.toml",
    "html_mediawiki.toml",
    "inflection.toml",
    "labels.toml",
    "languages.toml",
    "names.en.toml",
    "names.ru.toml",
    "names.uk.toml",
    "names.zh.toml",
    "plover.toml",
    "sentences.toml",
    "translit/cyrillic_latin.tsv",
    "translit/given_names.tsv",
    "translit/han_cyrillic.tsv",
    "translit/han_habits.toml",
    "translit/han_han.tsv",
    "translit/han_latin.tsv",
    "translit/han_readings.tsv",
    "translit/han_readings_abroad.tsv",
    "translit/han_readings_japanese.tsv",
    "translit/letters.tsv",
    "translit/romanise.toml",
    "translit/sound_classes.tsv",
    "translit/ukrainian.tsv",
    "translit/words.tsv",
    "varieties.toml",
    "wikitext.toml",
}

/// The text of a rule file; a name that is not compiled in is a bug of the caller.
pub fn file(path: &str) -> &'static str {
    FILES
        .iter()
        .find(|(name, _)| *name == path)
        .map(|(_, text)| *text)
        .unwrap_or_else(|| panic!("no rule file {path}"))
}

/// A rule file read into its type; the files are checked by tests, so a failure is a bug.
pub fn parse<T: serde::de::DeserializeOwned>(path: &str) -> T {
    toml::from_str(file(path)).unwrap_or_else(|error| panic!("rules/{path}: {error}"))
}

/// Hash of all rule files: two builds with the same value apply the same rules.
pub fn fingerprint() -> String {
    let mut hasher = Sha256::new();
    for (name, text) in FILES {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    crate::text::hex(&hasher.finalize())
}

/// All compiled rules, shared read-only by every thread. Each stage compiles its own when they are
/// first needed: a run that finds every document in the cache never pays for most of them.
pub struct Rules {
    pub clean: LazyLock<clean::Rules>,
    pub dates: LazyLock<dates::Rules>,
    pub names: LazyLock<names::Rules>,
    pub events: LazyLock<events::Rules>,
}

impl Rules {
    pub fn builtin() -> Self {
        Rules {
            clean: LazyLock::new(clean::Rules::builtin),
            dates: LazyLock::new(dates::Rules::builtin),
            names: LazyLock::new(names::Rules::builtin),
            events: LazyLock::new(events::Rules::builtin),
        }
    }
}
