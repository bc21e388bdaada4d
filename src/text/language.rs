//! Language: the language in which a text or a block of it is written, by script, letters and
//! function words. Only the body of a text may be asked about; what surrounds it (labels of an
//! interface, addresses) is either skipped here or outvoted.
//!
//! Chinese is split by script: characters that only one of the two scripts uses are counted, so a
//! Traditional page with Simplified labels stays Traditional.

use super::hash::{Map, Words};
use super::{han, letters};
use crate::model::Language;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A longer text is judged by three windows of this many bytes.
const WINDOW: usize = 16 * 1024;
/// What a Han character weighs against a letter of an alphabet.
const HAN_WEIGHT: f64 = 2.5;
/// Characters of one script alone that outvote the script of the page.
const TELLING_HAN: usize = 4;
/// No function word is longer, in bytes.
const LONGEST_WORD: usize = 40;

#[derive(Deserialize)]
struct File {
    least_words: f64,
    script: Vec<Script>,
    language: Vec<Rule>,
}

#[derive(Deserialize)]
struct Script {
    language: String,
    weight: f64,
    ranges: Vec<[u32; 2]>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
enum Alphabet {
    Latin,
    Cyrillic,
    Arabic,
}

#[derive(Deserialize)]
struct Rule {
    code: String,
    script: Alphabet,
    words: String,
    #[serde(default)]
    letters: String,
    #[serde(default)]
    absent: String,
}

struct Tables {
    /// Scripts of one language: the language and what a letter weighs.
    scripts: Vec<(Language, f64)>,
    /// First, last code point and index into `scripts`, sorted.
    ranges: Vec<(u32, u32, usize)>,
    languages: Vec<(Language, Alphabet)>,
    /// Words and letters with what they add to which language.
    words: Words<Vec<(usize, f64)>>,
    letters: Letters,
    least_words: f64,
}

/// What letters add to which language; most texts are written in few of them.
struct Letters {
    near: Vec<Vec<(usize, f64)>>,
    far: Map<char, Vec<(usize, f64)>>,
}

/// Code points of letters that are looked up by their number: Latin, Greek and Cyrillic.
const NEAR: usize = 0x600;

impl Letters {
    fn new(letters: HashMap<char, Vec<(usize, f64)>>) -> Self {
        let (near, far) = letters.into_iter().partition::<Map<_, _>, _>(|&(c, _)| (c as usize) < NEAR);
        let mut read = Letters { near: vec![Vec::new(); NEAR], far };
        for (c, worths) in near {
            read.near[c as usize] = worths;
        }
        read
    }

    fn of(&self, c: char) -> &[(usize, f64)] {
        match self.near.get(c as usize) {
            Some(worths) => worths,
            None => self.far.get(&c).map_or(&[], Vec::as_slice),
        }
    }
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables::new(crate::rules::parse("languages.toml")))
}

/// The language of a code; codes outside the five with rules are kept for the life of the program.
fn of_code(code: String) -> Language {
    match code.as_str() {
        "en" => Language::En,
        "ru" => Language::Ru,
        "uk" => Language::Uk,
        _ => Language::Other(Box::leak(code.into_boxed_str())),
    }
}

impl Tables {
    fn new(file: File) -> Self {
        let mut words: Words<Vec<(usize, f64)>> = Words::default();
        let mut letters: HashMap<char, Vec<(usize, f64)>> = HashMap::new();
        let mut languages = Vec::new();
        for (index, rule) in file.language.into_iter().enumerate() {
            for word in rule.words.split_whitespace() {
                let of_word = words.entry(word);
                if of_word.last().is_none_or(|&(last, _)| last != index) {
                    of_word.push((index, 1.0));
                }
            }
            rule.letters.chars().for_each(|c| letters.entry(c).or_default().push((index, 0.4)));
            rule.absent.chars().for_each(|c| letters.entry(c).or_default().push((index, -0.6)));
            languages.push((of_code(rule.code), rule.script));
        }
        for of_word in words.values_mut() {
            let share = 1.0 / of_word.len() as f64;
            of_word.iter_mut().for_each(|(_, worth)| *worth = share);
        }
        let mut ranges: Vec<(u32, u32, usize)> = Vec::new();
        let mut scripts = Vec::new();
        for (index, script) in file.script.into_iter().enumerate() {
            ranges.extend(script.ranges.iter().map(|&[first, last]| (first, last, index)));
            scripts.push((of_code(script.language), script.weight));
        }
        ranges.sort_unstable();
        Tables {
            scripts,
            ranges,
            languages,
            words,
            letters: Letters::new(letters),
            least_words: file.least_words,
        }
    }

    fn script(&self, c: char) -> Option<usize> {
        let code = c as u32;
        let after = self.ranges.partition_point(|&(first, ..)| first <= code);
        let &(_, last, index) = self.ranges[..after].last()?;
        (code <= last).then_some(index)
    }
}

/// What a text shows of its language.
struct Tally {
    han: usize,
    traditional: usize,
    simplified: usize,
    /// Letters by alphabet: Latin, Cyrillic, Arabic.
    alphabets: [usize; 3],
    /// Letters of each script of one language.
    scripts: Vec<usize>,
    /// What words and letters add to each language.
    languages: Vec<f64>,
}

/// The language of a text; `Und` where nothing tells.
pub fn detect(text: &str) -> Language {
    tally(text).verdict(Language::Und)
}

/// The language of a block of a page in `page`: the page's own where the block is too short to tell.
pub fn detect_in(text: &str, page: Language) -> Language {
    tally(text).verdict(page)
}

/// The language of a BCP 47 code as pages declare it; `Und` for what is no such code.
pub fn of_declared(code: &str) -> Language {
    let code = code.trim().to_ascii_lowercase().replace('_', "-");
    let mut parts = code.split('-');
    match parts.next().unwrap_or("") {
        "en" => Language::En,
        "ru" => Language::Ru,
        "uk" => Language::Uk,
        "zh" | "yue" => {
            let traditional = parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
            if traditional { Language::ZhHant } else { Language::ZhHans }
        }
        primary => {
            let all = tables().languages.iter().map(|&(language, _)| language);
            let all = all.chain(tables().scripts.iter().map(|&(language, _)| language));
            all.into_iter().find(|language| language.code() == primary).unwrap_or(Language::Und)
        }
    }
}

fn tally(text: &str) -> Tally {
    let tables = tables();
    let mut tally = Tally {
        han: 0,
        traditional: 0,
        simplified: 0,
        alphabets: [0; 3],
        scripts: vec![0; tables.scripts.len()],
        languages: vec![0.0; tables.languages.len()],
    };
    if text.len() <= 3 * WINDOW {
        tally.add(text);
    } else {
        for start in [0, text.len() / 3, text.len() - WINDOW] {
            tally.add(window(text, start));
        }
    }
    tally
}

fn window(text: &str, start: usize) -> &str {
    let bound = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    &text[bound(start)..bound((start + WINDOW).min(text.len()))]
}

impl Tally {
    fn add(&mut self, text: &str) {
        let mut word = String::with_capacity(LONGEST_WORD + 4);
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c.is_ascii_alphabetic() {
                self.alphabets[0] += 1;
                if word.len() < LONGEST_WORD {
                    word.push(c.to_ascii_lowercase());
                }
                continue;
            }
            if !c.is_ascii() && !han::is_han(c) && letters::is_alphabetic(c) {
                self.letter(c);
                if word.len() < LONGEST_WORD {
                    letters::lower(c, |lower| word.push(lower));
                }
                continue;
            }
            if c == ':' && matches!(word.as_str(), "http" | "https") {
                word.clear();
                chars.by_ref().find(|c| c.is_whitespace() || han::is_han(*c));
                continue;
            }
            self.word(&word);
            word.clear();
            if han::is_han(c) {
                self.han += 1;
                self.traditional += usize::from(han::is_traditional_only(c));
                self.simplified += usize::from(han::is_simplified_only(c));
            }
        }
        self.word(&word);
    }

    fn letter(&mut self, c: char) {
        match c as u32 {
            0..=0x24F | 0x1E00..=0x1EFF => self.alphabets[0] += 1,
            0x400..=0x52F => self.alphabets[1] += 1,
            0x600..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => self.alphabets[2] += 1,
            _ => {
                if let Some(script) = tables().script(c) {
                    self.scripts[script] += 1;
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let tables = tables();
        for &(language, worth) in tables.words.get(word).into_iter().flatten() {
            self.languages[language] += worth;
        }
        if !word.is_ascii() {
            for c in word.chars().filter(|c| !c.is_ascii()) {
                for &(language, worth) in tables.letters.of(c) {
                    self.languages[language] += worth;
                }
            }
        }
    }

    /// The heaviest script decides, then what its languages share out.
    fn verdict(&self, page: Language) -> Language {
        let tables = tables();
        let kana = self.of_script("ja");
        let mut heaviest = (self.han as f64 * HAN_WEIGHT, self.chinese(page));
        for (&count, &(language, weight)) in self.scripts.iter().zip(&tables.scripts) {
            let letters = count as f64 * weight;
            if letters > heaviest.0 {
                heaviest = (letters, language);
            }
        }
        // Japanese mixes Han with kana; Chinese has a stray kana at most.
        if kana * 8 > self.han && kana > 1 && (kana as f64 + self.han as f64) * HAN_WEIGHT > heaviest.0 {
            heaviest = ((kana + self.han) as f64 * HAN_WEIGHT, Language::Other("ja"));
        }
        for (index, alphabet) in
            [Alphabet::Latin, Alphabet::Cyrillic, Alphabet::Arabic].into_iter().enumerate()
        {
            let letters = self.alphabets[index] as f64;
            if letters > heaviest.0 {
                heaviest = (letters, self.of_alphabet(alphabet, page));
            }
        }
        if heaviest.0 == 0.0 { page } else { heaviest.1 }
    }

    fn of_script(&self, code: &str) -> usize {
        tables().scripts.iter().position(|(l, _)| l.code() == code).map_or(0, |index| self.scripts[index])
    }

    fn chinese(&self, page: Language) -> Language {
        let short = self.traditional + self.simplified < TELLING_HAN;
        if self.traditional == self.simplified || (short && page.is_chinese()) {
            if page.is_chinese() { page } else { Language::ZhHans }
        } else if self.traditional > self.simplified {
            Language::ZhHant
        } else {
            Language::ZhHans
        }
    }

    fn of_alphabet(&self, alphabet: Alphabet, page: Language) -> Language {
        let tables = tables();
        let mut best = (0.0, None);
        let mut of_page = 0.0;
        let mut page_fits = false;
        for (&worth, &(language, script)) in self.languages.iter().zip(&tables.languages) {
            if script != alphabet {
                continue;
            }
            if language == page {
                (of_page, page_fits) = (worth, true);
            }
            if worth > best.0 {
                best = (worth, Some(language));
            }
        }
        let inherits = page_fits && best.0 - of_page < tables.least_words;
        match best.1 {
            _ if inherits => page,
            Some(language) => language,
            // Cyrillic without a telling word is most often Russian; a Latin name says nothing.
            None if alphabet == Alphabet::Cyrillic => Language::Ru,
            None => page,
        }
    }
}

#[cfg(test)]
mod tests;
