//! Han characters: script tests and Traditional folded to Simplified, one character for one.
//!
//! The tables come from the Open Chinese Convert dictionaries (Apache-2.0; see NOTICE). Folding is
//! for matching only: text is never rewritten with it.

use std::sync::OnceLock;

/// Offsets of the CJK blocks that the fold covers (U+3400 to U+9FFF).
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

struct Tables {
    /// The Simplified form of each character of the range.
    simplified: Box<[char]>,
    /// Characters that only Traditional text uses, and only Simplified text uses.
    traditional_only: Box<[bool]>,
    simplified_only: Box<[bool]>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let size = (LAST - FIRST + 1) as usize;
        let mut tables = Tables {
            simplified: (FIRST..=LAST).filter_map(char::from_u32).collect(),
            traditional_only: vec![false; size].into(),
            simplified_only: vec![false; size].into(),
        };
        for line in crate::rules::file("han/t2s.tsv").lines() {
            let mut chars = line.chars();
            if let (Some(from), Some(to)) = (chars.next(), chars.next())
                && let Some(at) = slot(from)
            {
                tables.simplified[at] = to;
                tables.traditional_only[at] = true;
            }
        }
        for at in crate::rules::file("han/simplified_only.txt").chars().filter_map(slot) {
            tables.simplified_only[at] = true;
        }
        tables
    })
}

fn slot(c: char) -> Option<usize> {
    let code = c as u32;
    (FIRST..=LAST).contains(&code).then(|| (code - FIRST) as usize)
}

/// A value for each Han character, looked up at once.
#[derive(Debug, Clone)]
pub struct HanTable<T>(Box<[T]>);

impl<T: Copy + Default> Default for HanTable<T> {
    fn default() -> Self {
        HanTable(vec![T::default(); (LAST - FIRST + 1) as usize].into())
    }
}

impl<T: Copy + Default> HanTable<T> {
    /// False for characters outside of the covered blocks, which keep the default.
    pub fn set(&mut self, c: char, value: T) -> bool {
        slot(c).map(|at| self.0[at] = value).is_some()
    }

    pub fn get(&self, c: char) -> T {
        slot(c).map_or_else(T::default, |at| self.0[at])
    }
}

impl HanTable<bool> {
    /// True for each of these characters.
    pub fn of(chars: &str) -> Self {
        let mut table = HanTable::default();
        for c in chars.chars() {
            table.set(c, true);
        }
        table
    }
}

/// The Simplified form of a Traditional character; any other character as it is.
pub fn simplify_char(c: char) -> char {
    slot(c).map_or(c, |at| tables().simplified[at])
}

/// Folds a text to Simplified: as many characters as before, each of as many UTF-8 bytes, so that
/// offsets into the result are offsets into the text.
pub fn simplify(text: &str) -> String {
    text.chars().map(simplify_char).collect()
}

/// A character that only Traditional text uses, such as 國.
pub fn is_traditional_only(c: char) -> bool {
    slot(c).is_some_and(|at| tables().traditional_only[at])
}

/// A character that only Simplified text uses, such as 国.
pub fn is_simplified_only(c: char) -> bool {
    slot(c).is_some_and(|at| tables().simplified_only[at])
}

/// A text with a Han character.
pub fn has_han(text: &str) -> bool {
    // No Han character begins with a lower byte; the texts of alphabets have none such.
    text.bytes().any(|byte| byte >= 0xE3) && text.chars().any(is_han)
}

/// A Han character (ideographs only, no punctuation).
pub fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF | 0x3007)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_offsets() {
        let text = "烏克蘭總統澤連斯基, 2022年";
        let folded = simplify(text);
        assert_eq!(folded, "乌克兰总统泽连斯基, 2022年");
        assert_eq!(folded.len(), text.len());
    }

    #[test]
    fn scripts_are_told_apart() {
        assert!(is_traditional_only('國') && !is_simplified_only('國'));
        assert!(is_simplified_only('国') && !is_traditional_only('国'));
        assert!(!is_traditional_only('中') && !is_simplified_only('中'));
        assert!(is_han('中') && !is_han('。') && !is_han('a'));
    }
}
