//! Given names: which forms are one name in several languages.
//!
//! Sound links most spellings of a given name; the table holds the names that languages made their
//! own (Mykola is Nikolai), and keeps apart names that sound alike but are two (Andrii, Andriana).

use crate::text::han;
use std::collections::HashMap;

/// Forms of given names by the lines of the table.
pub struct GivenTable {
    lines: HashMap<String, Vec<u16>>,
}

impl GivenTable {
    /// Reads a table with the forms of one name on each line; `#` begins a comment.
    pub fn new(table: &str) -> Self {
        let mut lines: HashMap<String, Vec<u16>> = HashMap::new();
        for (number, line) in table.lines().filter(|line| !line.starts_with('#')).enumerate() {
            for form in line.split_whitespace() {
                lines.entry(folded(form)).or_default().push(number as u16);
            }
        }
        GivenTable { lines }
    }

    /// The names that this is a form of; none if the table does not know it.
    pub fn of(&self, name: &str) -> &[u16] {
        self.lines.get(&folded(name)).map_or(&[], Vec::as_slice)
    }
}

/// Case, apostrophes, stress marks and the Traditional script do not count.
fn folded(form: &str) -> String {
    let letters = form.chars().filter(|c| !matches!(c, '\'' | '’' | 'ʼ' | '\u{301}'));
    letters.flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { han::simplify_char(c) }).collect()
}
