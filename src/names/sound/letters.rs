//! Letters: a name cut into words of plain letters, one alphabet a script.
//!
//! Everything behind this module compares letters only: case, accents, apostrophes and the points
//! between the parts of a name are gone, Traditional characters are folded, and what a bracket holds
//! is left out. Accented Latin letters lose the accent unless they stand for another sound (`š` is
//! `sh`); the table says which, because the choice must be the same for learning and for use.

use crate::text::han;
use crate::text::hash::Map;
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
}

/// Folds names to letters by the table of Latin letters.
pub struct Letters {
    plain: Map<char, Vec<char>>,
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

    /// The words of a name in their order. What stands in brackets is not part of a name, unless
    /// nothing else is there.
    pub fn words(&self, name: &str) -> Vec<Word> {
        let words = self.scan(name, true);
        if words.is_empty() { self.scan(name, false) } else { words }
    }

    fn scan(&self, name: &str, skip_brackets: bool) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        let mut depth = 0usize;
        for c in name.nfc() {
            match c {
                '(' | '（' | '[' | '【' => depth += 1,
                ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if is_inside_word(c) {
                continue;
            }
            let Some(script) = script_of(c).filter(|_| depth == 0 || !skip_brackets) else {
                open = false;
                continue;
            };
            if !(open && words.last().is_some_and(|word| word.script == script)) {
                words.push(Word { script, letters: Vec::new() });
                open = true;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        let letters = Letters::new(crate::rules::file("translit/letters.tsv"));
        letters.words(name).into_iter().map(|word| word.letters.into_iter().collect()).collect()
    }

    #[test]
    fn only_letters_remain() {
        assert_eq!(words("Łódź-Bałuty"), ["lodzh", "baluty"]);
        assert_eq!(words("O’Neill, Željko"), ["oneill", "zheljko"]);
        assert_eq!(words("Го\u{301}мель Объезд"), ["гомель", "обезд"]);
        assert_eq!(words("戴維·麗雅"), ["戴维", "丽雅"]);
        assert_eq!(words("Wien 維也納"), ["wien", "维也纳"]);
    }

    #[test]
    fn brackets_are_no_part_of_a_name_unless_all_of_it() {
        assert_eq!(words("Каменка (район)"), ["каменка"]);
        assert_eq!(words("卡缅卡（Каменка）"), ["卡缅卡"]);
        assert_eq!(words("(Каменка"), ["каменка"]);
        assert!(words("（）").is_empty());
    }
}
