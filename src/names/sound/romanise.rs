//! Romanisation: a name in Latin letters, for readers and for slugs.
//!
//! Russian and Ukrainian go letter by letter after their usual tables. Chinese is given in pinyin
//! without tones, syllables of a part written together: pinyin is what the characters are called,
//! while the name that a transliteration stands for can only be guessed.

use crate::model::Language;
use crate::text::han;
use crate::text::hash::Map;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Tables {
    uk: Cyrillic,
    ru: Cyrillic,
}

#[derive(Deserialize)]
struct Cyrillic {
    letters: Map<String, String>,
    first: Map<String, String>,
    /// Two letters that are written otherwise together.
    pairs: Map<String, String>,
    /// Ends of words of three letters or more.
    endings: BTreeMap<String, String>,
}

/// The compiled tables.
pub struct Romaniser {
    tables: Tables,
    pinyin: Map<char, String>,
}

impl Romaniser {
    /// `table` as TOML; `readings` with a character, a tab and its pinyin on each line.
    pub fn new(table: &str, readings: &str) -> Self {
        let tables = toml::from_str(table).unwrap_or_else(|error| panic!("romanise.toml: {error}"));
        let rows = readings.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?.chars().next()?, cells.next()?.to_string()))
        });
        Romaniser { tables, pinyin: rows.collect() }
    }

    pub fn romanise(&self, name: &str, language: Language) -> String {
        let table = if language == Language::Uk { &self.tables.uk } else { &self.tables.ru };
        let mut out = String::new();
        let mut word: Vec<char> = Vec::new();
        for c in name.chars().chain([' ']) {
            if table.letters.contains_key(&c.to_lowercase().to_string()) {
                word.push(c);
                continue;
            }
            cyrillic(&word, table, &mut out);
            word.clear();
            self.push(c, &mut out);
        }
        out.trim().to_string()
    }

    /// A character that is not Cyrillic: pinyin, a blank for the point between parts, or itself.
    fn push(&self, c: char, out: &mut String) {
        if matches!(c, '·' | '•' | '‧' | '・') {
            return out.push(' ');
        }
        let Some(pinyin) = self.pinyin.get(&han::simplify_char(c)) else { return out.push(c) };
        let starts = !out.ends_with(char::is_alphanumeric);
        out.push_str(&if starts { capital(pinyin) } else { pinyin.clone() });
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Appends a Cyrillic word; capitals stay capitals.
fn cyrillic(word: &[char], table: &Cyrillic, out: &mut String) {
    let low: Vec<char> = word.iter().flat_map(|c| c.to_lowercase()).collect();
    if low.len() != word.len() {
        return;
    }
    let shouted = word.len() > 1 && word.iter().all(|c| c.is_uppercase());
    let text = |from: usize, to: usize| low[from..to].iter().collect::<String>();
    let ending =
        table.endings.iter().find(|(end, _)| low.len() > 2 && text(0, low.len()).ends_with(end.as_str()));
    let stem = ending.map_or(low.len(), |(end, _)| low.len() - end.chars().count());
    let mut at = 0;
    while at < low.len() {
        let pair = table.pairs.get(&text(at, (at + 2).min(low.len()))).filter(|_| at + 2 <= stem);
        let (letters, size) = match (ending.filter(|_| at == stem), pair) {
            (Some((_, letters)), _) => (letters.as_str(), low.len() - stem),
            (None, Some(letters)) => (letters.as_str(), 2),
            (None, None) => {
                let first = table.first.get(&text(at, at + 1)).filter(|_| at == 0);
                (first.or_else(|| table.letters.get(&text(at, at + 1))).map_or("", String::as_str), 1)
            }
        };
        out.push_str(&if shouted {
            letters.to_uppercase()
        } else if word[at].is_uppercase() {
            capital(letters)
        } else {
            letters.to_string()
        });
        at += size;
    }
}
