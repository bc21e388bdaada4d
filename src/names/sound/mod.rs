//! Sound: how alike two names of any of the scripts are said.
//!
//! A name is cut into chunks of letters; tables, learned from names in two spellings, say which chunk
//! of one script stands for which of another and how often; the cheapest alignment of the two names,
//! against the chance that they have nothing to do with each other, is the evidence. Sound alone is
//! compared here: context, roles and lists of known names are the business of the callers.

pub mod align;
pub mod chunks;
mod classes;
mod compiled;
mod compose;
mod counts;
mod given;
mod glossary;
mod keys;
pub mod letters;
mod native;
pub mod reading;
mod romanise;
mod steps;
pub mod tables;
mod ukrainian;

use crate::model::Language;
use align::{Prices, Scratch, align, unrelated};
use compiled::Compiled;
use given::GivenTable;
use glossary::Glossary;
use letters::{Letters, Script, Word};
use reading::{Reading, Tables};
use romanise::Romaniser;
use std::cell::{OnceCell, RefCell};
use steps::Index;
use tables::{STEPS, Side, Table};
use ukrainian::Ukrainian;

/// The compiled sound tables.
pub struct Sounds {
    letters: Letters,
    ukrainian: Ukrainian,
    compiled: Compiled,
    /// Prices of what the tables do not say.
    pub prices: Prices,
    given: GivenTable,
    glossary: Glossary,
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

/// Weights of the evidence by itself and of the share of the longer name that it explains, and the
/// strength at which a likeness is as likely chance as not: a logistic regression on names that the
/// tables had not seen, each against its most similar others.
const PER_NAT: f32 = 0.08;
const PER_SHARE: f32 = 8.0;
pub const EVEN_ODDS: f32 = 4.6;

/// What another order of the words costs, in natural logarithm; the parts of a Han name with points
/// nearly always keep their order.
const REORDERED: f32 = 1.0;
const REORDERED_PARTS: f32 = 4.0;

/// Given names that score as much are one, and those that score less are two.
const SAME_GIVEN: f64 = 0.6;
const DIFFERENT_GIVEN: f64 = 0.15;

/// Evidence of two names above that of names without any likeness, from which on orders are tried.
const WORTH_REORDERING: f32 = 5.0;

impl Name {
    /// What the letters of the name tell by themselves, as a natural logarithm: a measure of how rare
    /// a spelling it is, and so of how much evidence it can give.
    pub fn told(&self) -> f32 {
        let reading = &self.orders[0];
        reading.told(reading.letters.len()) as f32 / STEPS
    }
}

impl Sounds {
    pub fn builtin() -> Self {
        Self::new(&|path| crate::rules::file(path).to_string())
    }

    /// Compiles the tables that `file` gives by their path below `rules/`.
    pub fn new(file: &dyn Fn(&str) -> String) -> Self {
        let letters = Letters::new(&file("translit/letters.tsv"));
        let ukrainian = Ukrainian::new(&file("translit/ukrainian.tsv"));
        let compiled = Compiled::new(file, &ukrainian);
        let mut glossary = Glossary::default();
        glossary.add_words(&file("translit/words.tsv"), &letters);
        glossary.add_names(&file("translit/given_names.tsv"), &letters);
        Sounds {
            ukrainian,
            compiled,
            prices: Prices::default(),
            given: GivenTable::new(&file("translit/given_names.tsv"), &letters),
            glossary,
            romaniser: Romaniser::new(&file("translit/romanise.toml"), &file("translit/han_readings.tsv")),
            letters,
        }
    }

    /// The words of a name as the tables spell them.
    fn words(&self, name: &str, language: Language) -> Vec<Word> {
        let mut words = self.letters.words(name);
        if language == Language::Uk || language != Language::Ru && self.ukrainian.is_seen_in(name) {
            let letters = words.iter_mut().filter(|word| word.script == Script::Cyrillic);
            letters.flat_map(|word| &mut word.letters).for_each(|c| *c = self.ukrainian.sign(*c));
        }
        words
    }

    /// Makes a name ready; `None` where it has no letter of a script with a sound.
    pub fn read(&self, name: &str, language: Language) -> Option<Name> {
        let words = self.words(name, language);
        let script = main_script(&words)?;
        let words: Vec<Word> = words.into_iter().filter(|word| word.script == script).collect();
        let tables = Tables {
            inventory: self.compiled.inventories.of(script),
            background: self.compiled.background(script),
            glossary: &self.glossary,
            ukrainian: &self.ukrainian,
        };
        let reading = |order: &[&Word]| Reading::new(script, order, &tables);
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
        match self.table(a.script, b.script) {
            Some((table, Side::Left)) => self.compare(a, b, table, None),
            Some((table, Side::Right)) => self.compare(b, a, table, None),
            None => f32::NEG_INFINITY,
        }
    }

    /// [`Self::evidence`] of the left and the right name of a table, where the indexes of one of them
    /// save asking the table for each pair of chunks.
    fn compare(&self, a: &Name, b: &Name, table: &Table, indexed: Option<&Against>) -> f32 {
        thread_local!(static SCRATCH: RefCell<Scratch> = RefCell::default());
        let a_reading = &a.orders[0];
        let in_order = |order: usize, scratch: &mut Scratch| {
            let b_reading = &b.orders[order];
            match indexed {
                Some(name) if name.side == Side::Left => scratch.steps.look_up(name.index(0), b_reading),
                Some(name) => scratch.steps.look_up(name.index(order), a_reading),
                None => scratch.steps.ask(a_reading, b_reading, table),
            }
            align(a_reading, b_reading, table, &self.prices, scratch)
        };
        SCRATCH.with_borrow_mut(|scratch| {
            let mut best = in_order(0, scratch);
            // No other order can help where not even one word of the two is alike.
            if best > unrelated(a_reading, &b.orders[0], &self.prices) + WORTH_REORDERING {
                let parts = a.script == Script::Han && a.orders.len() > 1;
                let price = if parts { REORDERED_PARTS } else { REORDERED };
                for order in 1..b.orders.len() {
                    best = best.max(in_order(order, scratch) - price);
                }
            }
            best
        })
    }

    /// Makes a name ready to be compared with many names of a script; `None` where nothing is known
    /// of the two scripts.
    pub fn against<'a>(&'a self, name: &'a Name, script: Script) -> Option<Against<'a>> {
        let (table, side) = self.table(name.script, script)?;
        let indexes = name.orders.iter().map(|_| OnceCell::new()).collect();
        Some(Against { sounds: self, name, table, side, indexes })
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
        1.0 / (1.0 + f64::from(EVEN_ODDS - self.strength(a, b)).exp())
    }

    /// How strong the likeness is: the evidence, and how much of what the longer name tells it
    /// explains. Above [`EVEN_ODDS`] the two are rather one name; for ranking, not a probability.
    pub fn strength(&self, a: &Name, b: &Name) -> f32 {
        strength(self.evidence(a, b), a, b)
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
        let (known_a, known_b) = (self.given.of(a, &self.letters), self.given.of(b, &self.letters));
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
        self.compiled.skeletons.keys(&self.words(name, language))
    }

    /// The name in Latin letters: Ukrainian after KMU 55, Russian after BGN/PCGN without signs, Chinese
    /// in pinyin without tones (the name behind a transliteration is for other evidence to find);
    /// what is Latin already stays as it is.
    pub fn romanise(&self, name: &str, language: Language) -> String {
        self.romaniser.romanise(name, language)
    }

    /// The table of two scripts, and on which side of it the first one is.
    fn table(&self, own: Script, other: Script) -> Option<(&Table, Side)> {
        self.compiled.tables.iter().find_map(|table| match (table.left, table.right) {
            (left, right) if left == own && right == other => Some((table, Side::Left)),
            (left, right) if left == other && right == own => Some((table, Side::Right)),
            _ => None,
        })
    }
}

/// The strength of evidence for two names.
fn strength(evidence: f32, a: &Name, b: &Name) -> f32 {
    evidence * (PER_NAT + PER_SHARE / a.told().max(b.told()))
}

/// A name made ready to be compared with many names of one script.
pub struct Against<'a> {
    sounds: &'a Sounds,
    name: &'a Name,
    table: &'a Table,
    side: Side,
    /// Of each order of its words, made when that is first tried.
    indexes: Vec<OnceCell<Index>>,
}

impl Against<'_> {
    /// [`Sounds::strength`] of the name and one of the script.
    pub fn strength(&self, other: &Name) -> f32 {
        let (a, b) = if self.side == Side::Left { (self.name, other) } else { (other, self.name) };
        strength(self.sounds.compare(a, b, self.table, Some(self)), self.name, other)
    }

    fn index(&self, order: usize) -> &Index {
        self.indexes[order].get_or_init(|| Index::new(&self.name.orders[order], self.table, self.side))
    }
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
