//! Letters: a name cut into words of plain letters, one alphabet a script.
//!
//! Everything behind this module compares letters only: case, accents, apostrophes and the points
//! between the parts of a name are gone, Traditional characters are folded, and what a bracket holds
//! is left out. Accented Latin letters lose the accent unless they stand for another sound (`š` is
//! `sh`); the table says which, because the choice must be the same for learning and for use.

use crate::text::han;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The scripts that have a sound here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    Han,
    Latin,
    Cyrillic,
}

/// A word of a name: letters of one script, never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub script: Script,
    pub letters: Vec<char>,
    /// Stands in the name between two Latin or Cyrillic words or between points: a word by itself.
    pub joined: bool,
}

/// Folds names to letters by the table of Latin letters.
pub struct Letters {
    plain: HashMap<char, Vec<char>>,
}

impl Letters {
    /// Reads the table `letter TAB plain`; lines that begin with `#` are comments.
    pub fn new(table: &str) -> Self {
        let rows =
            table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let plain =
            rows.filter_map(|(from, to)| Some((from.chars().next()?, to.chars().collect()))).collect();
        Letters { plain }
    }

    /// The words of a name in their order. What stands in brackets is not part of a name.
    pub fn words(&self, name: &str) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        let mut joined = false;
        let mut depth = 0usize;
        for c in name.nfc() {
            match c {
                '(' | '（' | '[' | '【' => depth += 1,
                ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 || matches!(c, ')' | '）' | ']' | '】') {
                open = false;
                continue;
            }
            if is_inside_word(c) {
                continue;
            }
            let Some(script) = script_of(c) else {
                joined = open && is_joint(c);
                open = false;
                continue;
            };
            if !(open && words.last().is_some_and(|word| word.script == script)) {
                words.push(Word { script, letters: Vec::new(), joined });
                open = true;
                joined = false;
            }
            if let Some(word) = words.last_mut() {
                self.push(script, c, &mut word.letters);
            }
        }
        words.retain(|word| !word.letters.is_empty());
        words
    }

    fn push(&self, script: Script, c: char, out: &mut Vec<char>) {
        if script == Script::Han {
            return out.push(han::simplify_char(c));
        }
        for low in c.to_lowercase() {
            match (self.plain.get(&low), script) {
                (Some(plain), _) => out.extend(plain),
                (None, Script::Latin) => out.extend(low.nfd().filter(char::is_ascii_lowercase)),
                _ => out.extend(is_cyrillic_letter(low).then_some(low)),
            }
        }
    }
}

/// Small letters of the languages that write Cyrillic in Europe.
fn is_cyrillic_letter(c: char) -> bool {
    matches!(c, '\u{430}'..='\u{45F}' | '\u{491}')
}

fn script_of(c: char) -> Option<Script> {
    if han::is_han(c) {
        return Some(Script::Han);
    }
    match c {
        'a'..='z' | 'A'..='Z' | 'ª' | 'º' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => {
            (c != '×' && c != '÷').then_some(Script::Latin)
        }
        '\u{259}' => Some(Script::Latin),
        '\u{400}'..='\u{52F}' => Some(Script::Cyrillic),
        _ => None,
    }
}

/// Apostrophes, marks and signs without width, which stand inside a word and have no sound.
fn is_inside_word(c: char) -> bool {
    is_combining_mark(c)
        || matches!(
            c,
            '\'' | '’' | '‘' | '`' | '´' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ' | '\u{AD}' | '\u{200B}'
                ..='\u{200F}' | '\u{FEFF}'
        )
}

/// Hyphens: they part two words that are said as one.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '－')
}
