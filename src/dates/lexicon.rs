//! Lexicon: the words of one language that speak of time, by class, as `rules/dates.*.toml` list them.
//!
//! It knows spellings, not grammar: what may follow what is said by the patterns. A spelling may be in
//! several classes (`second` is an ordinal and a unit), so a look-up yields readings, and the
//! patterns choose among them.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

/// One rule file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// `words`: parted by blanks and punctuation; `characters`: found anywhere.
    pub writing: Writing,
    /// Numerals of one character: value → characters; from ten on they scale what stands before.
    #[serde(default)]
    pub digits: BTreeMap<String, String>,
    /// Class → code → spellings, for classes whose members mean a number or a name of [`super::slot::code`].
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, Spellings>>,
    /// Class → spellings, for classes that only mark.
    #[serde(default)]
    pub words: BTreeMap<String, Spellings>,
    /// Names for parts of patterns, used as `<name>`.
    #[serde(default)]
    pub define: Vec<Define>,
    #[serde(default)]
    pub pattern: Vec<super::pattern::Source>,
}

#[derive(Debug, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Writing {
    Words,
    Characters,
}

#[derive(Debug, Deserialize)]
pub struct Define {
    pub name: String,
    #[serde(rename = "match")]
    pub text: String,
}

/// Blank-separated spellings; `січ{ень,ня}` stands for each of its endings, `_` for a blank inside one.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Spellings(String);

impl Spellings {
    /// Every spelling, with braces expanded.
    pub fn all(&self) -> Vec<String> {
        self.0.split_whitespace().flat_map(expand).map(|word| word.replace('_', " ")).collect()
    }
}

fn expand(word: &str) -> Vec<String> {
    let Some((head, rest)) = word.split_once('{') else { return vec![word.to_owned()] };
    let (endings, tail) = rest.split_once('}').unwrap_or((rest, ""));
    let tails = expand(tail);
    endings
        .split(',')
        .flat_map(|ending| tails.iter().map(move |tail| format!("{head}{ending}{tail}")))
        .collect()
}

/// Number of a class within its language.
pub type Class = u16;

/// One reading of a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub class: Class,
    pub value: i32,
}

/// The compiled lexicon.
pub struct Lexicon {
    pub writing: Writing,
    classes: Vec<String>,
    entries: Vec<Vec<Reading>>,
    by_spelling: HashMap<String, u32, BuildHasherDefault<Fnv>>,
    spellings: Vec<String>,
    longest: usize,
    /// For each first byte a bit for each length in bytes that a spelling has: most words of a text are
    /// told from all of ours by these two, before anything of them is read.
    lengths: [u64; 256],
    /// Numerals with their values, sorted.
    digits: Vec<(char, i32)>,
    /// The class of words for numbers, which the atom `count` takes beside digits.
    pub number: Option<Class>,
}

impl Lexicon {
    /// Compiles the word lists; a code that is neither a number nor known is a bug of the rules.
    pub fn new(source: &Source) -> Self {
        let mut lexicon = Lexicon {
            writing: source.writing,
            classes: Vec::new(),
            entries: Vec::new(),
            by_spelling: HashMap::default(),
            spellings: Vec::new(),
            longest: 0,
            lengths: [0; 256],
            digits: digits(&source.digits),
            number: None,
        };
        for (class, codes) in &source.values {
            let class = lexicon.class_or_new(class);
            for (code, spellings) in codes {
                let value = super::slot::code(code).unwrap_or_else(|| panic!("unknown code {code}"));
                lexicon.add(class, value, spellings);
            }
        }
        for (class, spellings) in &source.words {
            let class = lexicon.class_or_new(class);
            lexicon.add(class, 1, spellings);
        }
        lexicon.number = lexicon.class("number");
        lexicon
    }

    fn add(&mut self, class: Class, value: i32, spellings: &Spellings) {
        for spelling in spellings.all() {
            let entry = self.entry_or_new(spelling);
            let reading = Reading { class, value };
            if !self.entries[entry as usize].contains(&reading) {
                self.entries[entry as usize].push(reading);
            }
        }
    }

    fn class_or_new(&mut self, name: &str) -> Class {
        self.class(name).unwrap_or_else(|| {
            self.classes.push(name.to_owned());
            (self.classes.len() - 1) as Class
        })
    }

    fn entry_or_new(&mut self, spelling: String) -> u32 {
        if let Some(&entry) = self.by_spelling.get(&spelling) {
            return entry;
        }
        let entry = self.entries.len() as u32;
        self.entries.push(Vec::new());
        self.longest = self.longest.max(spelling.len());
        if let Some(&first) = spelling.as_bytes().first() {
            self.lengths[usize::from(first)] |= 1 << spelling.len().min(63);
        }
        self.spellings.push(spelling.clone());
        self.by_spelling.insert(spelling, entry);
        entry
    }

    /// Value of a numeral: below ten a digit, else a scale.
    pub fn digit(&self, c: char) -> Option<i32> {
        let at = self.digits.binary_search_by_key(&c, |&(digit, _)| digit).ok()?;
        Some(self.digits[at].1)
    }

    /// The class of that name, where the language has it.
    pub fn class(&self, name: &str) -> Option<Class> {
        self.classes.iter().position(|class| class == name).map(|class| class as Class)
    }

    /// Makes sure that a word used as a literal in a pattern is known, and returns its entry.
    pub fn literal(&mut self, word: &str) -> u32 {
        self.entry_or_new(word.to_owned())
    }

    /// Whether a word can be known; letters keep their length in lower case or nearly.
    pub fn may_know(&self, word: &str) -> bool {
        match word.as_bytes() {
            [first, ..] if word.is_ascii() => {
                let lengths = self.lengths[usize::from(first.to_ascii_lowercase())];
                lengths >> word.len().min(63) & 1 == 1
            }
            bytes => bytes.len() <= self.longest + 2,
        }
    }

    /// The entry of a lower-case spelling.
    pub fn entry(&self, spelling: &str) -> Option<u32> {
        if spelling.len() > self.longest { None } else { self.by_spelling.get(spelling).copied() }
    }

    pub fn readings(&self, entry: u32) -> &[Reading] {
        &self.entries[entry as usize]
    }

    /// All spellings in the order of their entries.
    pub fn spellings(&self) -> &[String] {
        &self.spellings
    }
}

/// FNV-1a: the words are few and our own, and each word of a text is looked up.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn digits(source: &BTreeMap<String, String>) -> Vec<(char, i32)> {
    let mut digits: Vec<(char, i32)> = source
        .iter()
        .flat_map(|(value, chars)| {
            let value = value.parse().unwrap_or_else(|_| panic!("digit {value}"));
            chars.chars().map(move |c| (c, value))
        })
        .collect();
    digits.sort_unstable();
    digits
}
