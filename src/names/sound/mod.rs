//! Sound: how alike two names of any of the scripts are said.
//!
//! A name is cut into chunks of letters; tables, learned from names in two spellings, say which chunk
//! of one script stands for which of another and how often; the cheapest alignment of the two names,
//! against the chance that they have nothing to do with each other, is the evidence. Sound alone is
//! compared here: context, roles and lists of known names are the business of the callers.

pub mod align;
pub mod chunks;
mod classes;
mod compose;
mod counts;
mod given;
mod glossary;
mod keys;
pub mod letters;
mod native;
pub mod reading;
mod romanise;
pub mod tables;

use crate::model::Language;
use align::{Prices, Scratch, align};
use chunks::Inventories;
use compose::{Source, Through, add_ukrainian};
use counts::{Counts, Rows};
use given::GivenTable;
use glossary::Glossary;
use keys::Skeletons;
use letters::{Letters, Script, Word};
use reading::Reading;
use romanise::Romaniser;
use std::cell::RefCell;
use std::sync::Arc;
use tables::{Background, Columns, Table};

/// The compiled sound tables.
pub struct Sounds {
    letters: Letters,
    inventories: Inventories,
    tables: Vec<Table>,
    /// Prices of what the tables do not say.
    pub prices: Prices,
    given: GivenTable,
    glossary: Glossary,
    skeletons: Skeletons,
    romaniser: Romaniser,
}

/// What two given names are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenNames {
    /// One name, perhaps in two languages: Mykola, Nikolai, 尼古拉.
    Same,
    Different,
    Unknown,
}

/// A name made ready for many comparisons.
#[derive(Clone, Debug)]
pub struct Name {
    pub script: Script,
    /// The name as written, then with the last word first, then with the first word last.
    orders: Vec<Reading>,
}

/// What another order of the words costs, in natural logarithm.
const REORDERED: f32 = 1.0;

/// Given names that score as much are one, and those that score less are two.
const SAME_GIVEN: f64 = 0.6;
const DIFFERENT_GIVEN: f64 = 0.15;

impl Sounds {
    pub fn builtin() -> Self {
        Self::new(&|path| crate::rules::file(path).to_string())
    }

    /// Compiles the tables that `file` gives by their path below `rules/`.
    pub fn new(file: &dyn Fn(&str) -> String) -> Self {
        let letters = Letters::new(&file("translit/latin_letters.tsv"));
        let mut all = Inventories::new();
        let tables = tables(file, &mut all);
        let skeletons = tables.1;
        let mut glossary = Glossary::default();
        glossary.add_words(&file("translit/words.tsv"), &letters);
        glossary.add_names(&file("translit/given_names.tsv"), &letters);
        Sounds {
            letters,
            inventories: all,
            tables: tables.0,
            prices: Prices::default(),
            given: GivenTable::new(&file("translit/given_names.tsv")),
            glossary,
            skeletons,
            romaniser: Romaniser::new(&file("translit/romanise.toml"), &file("translit/han_readings.tsv")),
        }
    }

    /// The words of a name as the tables spell them.
    fn words(&self, name: &str, language: Language) -> Vec<Word> {
        let marks = ['і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є', 'Ґ'];
        if language == Language::Uk || (language != Language::Ru && name.contains(marks)) {
            self.letters.ukrainian_words(name)
        } else {
            self.letters.words(name)
        }
    }

    /// Makes a name ready; `None` where it has no letter of a script with a sound.
    pub fn read(&self, name: &str, language: Language) -> Option<Name> {
        let words = self.words(name, language);
        let script = main_script(&words)?;
        let words: Vec<Word> = words.into_iter().filter(|word| word.script == script).collect();
        let reading =
            |order: &[&Word]| Reading::new(script, order, self.inventories.of(script), &self.glossary);
        let mut words: Vec<&Word> = words.iter().collect();
        let mut orders = vec![reading(&words)];
        if words.len() > 1 {
            words.rotate_right(1);
            orders.push(reading(&words));
        }
        if words.len() > 2 {
            words.rotate_left(2);
            orders.push(reading(&words));
        }
        Some(Name { script, orders })
    }

    /// How much likelier the two are spellings of one name than of two, as a natural logarithm.
    pub fn evidence(&self, a: &Name, b: &Name) -> f32 {
        thread_local!(static SCRATCH: RefCell<Scratch> = RefCell::default());
        let Some((table, a, b)) = self.table(a, b) else { return f32::NEG_INFINITY };
        SCRATCH.with_borrow_mut(|scratch| {
            let mut best = align(&a.orders[0], &b.orders[0], table, &self.prices, scratch);
            for order in &b.orders[1..] {
                best = best.max(align(&a.orders[0], order, table, &self.prices, scratch) - REORDERED);
            }
            best
        })
    }

    /// How alike two names are said: from 0 (nothing alike) to 1, 0.5 where they are as likely one
    /// name as two. Whole names are compared with whole names, parts with parts; a word that only one
    /// of them has costs a little.
    pub fn similarity(&self, a: &str, language_a: Language, b: &str, language_b: Language) -> f64 {
        match (self.read(a, language_a), self.read(b, language_b)) {
            (Some(a), Some(b)) => self.score(&a, &b),
            _ => 0.0,
        }
    }

    /// [`Self::similarity`] of names made ready.
    pub fn score(&self, a: &Name, b: &Name) -> f64 {
        let evidence = f64::from(self.evidence(a, b));
        1.0 / (1.0 + (-(evidence - 4.0) / 2.5).exp())
    }

    /// Whether two given names are one name in two languages or spellings: by the table where it
    /// knows both, else by sound. Sound alone says `Same` or `Different` only where it is clear.
    pub fn given_name_relation(
        &self,
        a: &str,
        language_a: Language,
        b: &str,
        language_b: Language,
    ) -> GivenNames {
        let (known_a, known_b) = (self.given.of(a), self.given.of(b));
        if known_a.iter().any(|line| known_b.contains(line)) {
            return GivenNames::Same;
        }
        let (Some(name_a), Some(name_b)) = (self.read(a, language_a), self.read(b, language_b)) else {
            return GivenNames::Unknown;
        };
        let score = self.score(&name_a, &name_b);
        match (!known_a.is_empty() && !known_b.is_empty(), score) {
            (false, score) if score >= SAME_GIVEN => GivenNames::Same,
            (true, _) => GivenNames::Different,
            (false, score) if score < DIFFERENT_GIVEN => GivenNames::Different,
            _ => GivenNames::Unknown,
        }
    }

    /// Coarse sound patterns: two spellings of one name nearly always share some. Sorted, each once.
    pub fn keys(&self, name: &str, language: Language) -> Vec<u32> {
        self.skeletons.keys(&self.words(name, language))
    }

    /// The name in Latin letters: Ukrainian after KMU 55, Russian after BGN/PCGN without signs, Chinese
    /// in pinyin without tones (the name behind a transliteration is for other evidence to find);
    /// what is Latin already stays as it is.
    pub fn romanise(&self, name: &str, language: Language) -> String {
        self.romaniser.romanise(name, language)
    }

    /// The table for two names, and the names in the order of its sides.
    fn table<'a>(&'a self, a: &'a Name, b: &'a Name) -> Option<(&'a Table, &'a Name, &'a Name)> {
        self.tables.iter().find_map(|table| match (table.left, table.right) {
            (left, right) if left == a.script && right == b.script => Some((table, a, b)),
            (left, right) if left == b.script && right == a.script => Some((table, b, a)),
            _ => None,
        })
    }
}

/// Reads the counts and sets up the tables of all pairs of scripts; the learned skeletons with them.
fn tables(file: &dyn Fn(&str) -> String, all: &mut Inventories) -> (Vec<Table>, Skeletons) {
    use Script::{Cyrillic, Han, Latin};
    let mut read = |path: &str, left, right| Counts::read(&file(path), left, right, all);
    let mut han_latin = read("translit/han_latin.tsv", Han, Latin);
    let mut han_cyrillic = read("translit/han_cyrillic.tsv", Han, Cyrillic);
    let mut cyrillic_latin = read("translit/cyrillic_latin.tsv", Cyrillic, Latin);
    let han_han = read("translit/han_han.tsv", Han, Han);
    let sources = native::Sources {
        readings: &file("translit/han_readings.tsv"),
        abroad: &file("translit/han_readings_abroad.tsv"),
        habits: &file("translit/han_habits.toml"),
    };
    native::add(&mut han_latin, &mut han_cyrillic, &sources, all);
    add_ukrainian(&mut han_cyrillic, all.of_mut(Cyrillic));
    let russian_rows = Arc::new(cyrillic_latin.columns());
    add_ukrainian(&mut cyrillic_latin, all.of_mut(Cyrillic));
    let all = &*all;
    let skeletons = Skeletons::new(&[&han_latin, &cyrillic_latin], all);

    let columns = |script, counts: &[&Counts]| Arc::new(Columns::new(script, counts, all));
    let background = |script, counts: &[&Counts]| Arc::new(Background::new(script, counts, all));
    let latin_columns = columns(Latin, &[&han_latin, &cyrillic_latin]);
    let cyrillic_columns = columns(Cyrillic, &[&han_cyrillic, &cyrillic_latin]);
    let han_columns = columns(Han, &[&han_latin]);
    let han = background(Han, &[&han_latin]);
    let latin = background(Latin, &[&han_latin, &cyrillic_latin]);
    let cyrillic = background(Cyrillic, &[&cyrillic_latin]);

    let sizes = |script| {
        (0..all.of(script).len())
            .map(|chunk| all.of(script).text(chunk as u16).chars().count() as u8)
            .collect()
    };
    let direct = |counts: &Counts| Source { direct: Some((counts.rows(), 1.0)), through: None };
    let to_latin = Arc::new(cyrillic_latin.rows());
    let from_latin = Arc::new(cyrillic_latin.columns());
    let from_russian = russian_rows;
    let between = |to: &Arc<Rows>, from: &Arc<Rows>, identity, script| Through {
        to: to.clone(),
        from: from.clone(),
        identity,
        sizes: sizes(script),
    };
    let _ = from_russian;
    let latin_latin =
        Source { direct: None, through: Some((between(&from_latin, &to_latin, 0.5, Latin), 1.0)) };
    let cyrillic_cyrillic =
        Source { direct: None, through: Some((between(&to_latin, &from_latin, 0.5, Cyrillic), 1.0)) };
    let han_through = between(&Arc::new(han_latin.rows()), &Arc::new(han_latin.columns()), 0.0, Han);
    let han_han = Source { direct: Some((han_han.rows(), 0.7)), through: Some((han_through, 0.3)) };

    let table = |left,
                 right,
                 widest,
                 source,
                 columns: &Arc<Columns>,
                 first: &Arc<Background>,
                 second: &Arc<Background>| {
        Table::new((left, right), widest, source, columns.clone(), (first.clone(), second.clone()), all)
    };
    let tables = vec![
        table(Han, Latin, (1, 6), direct(&han_latin), &latin_columns, &han, &latin),
        table(Han, Cyrillic, (1, 5), direct(&han_cyrillic), &cyrillic_columns, &han, &cyrillic),
        table(Cyrillic, Latin, (2, 4), direct(&cyrillic_latin), &latin_columns, &cyrillic, &latin),
        table(Latin, Latin, (4, 4), latin_latin, &latin_columns, &latin, &latin),
        table(Cyrillic, Cyrillic, (2, 2), cyrillic_cyrillic, &cyrillic_columns, &cyrillic, &cyrillic),
        table(Han, Han, (1, 2), han_han, &han_columns, &han, &han),
    ];
    (tables, skeletons)
}

/// The script that most of a name is in; a Han character counts for as much as three letters.
fn main_script(words: &[Word]) -> Option<Script> {
    let weight = |script: Script| {
        let letters = words.iter().filter(|word| word.script == script).map(|word| word.letters.len());
        letters.sum::<usize>() * if script == Script::Han { 3 } else { 1 }
    };
    let scripts = [Script::Han, Script::Latin, Script::Cyrillic];
    scripts.into_iter().max_by_key(|script| weight(*script)).filter(|script| weight(*script) > 0)
}

#[cfg(test)]
mod tests;
