//! Given names: which forms are one name in several languages.
//!
//! Sound links most spellings of a given name; the table holds the names that languages made their
//! own (Mykola is Nikolai), and keeps apart names that sound alike but are two.

use super::letters::Letters;
use crate::text::hash::Map;

/// Forms of given names by the lines of the table.
pub struct GivenTable {
    lines: Map<Vec<char>, Vec<u16>>,
}

impl GivenTable {
    /// Reads a table with the forms of one name on each line; `#` begins a comment.
    pub fn new(table: &str, letters: &Letters) -> Self {
        let mut lines: Map<Vec<char>, Vec<u16>> = Map::default();
        for (number, line) in table.lines().filter(|line| !line.starts_with('#')).enumerate() {
            for form in line.split_whitespace() {
                lines.entry(plain(form, letters)).or_default().push(number as u16);
            }
        }
        GivenTable { lines }
    }

    /// The names that this is a form of; none if the table does not know it.
    pub fn of(&self, name: &str, letters: &Letters) -> &[u16] {
        self.lines.get(&plain(name, letters)).map_or(&[], Vec::as_slice)
    }
}

fn plain(form: &str, letters: &Letters) -> Vec<char> {
    letters.words(form).into_iter().flat_map(|word| word.letters).collect()
}
