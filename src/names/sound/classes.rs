//! Sound classes: what remains of letters when those that are said alike count as one.
//!
//! They lend probability to chunks that a character was never seen with but whose sound it has (`tsin`
//! where `chin` was seen), and their consonants are the keys of names.

use crate::text::hash::Map;

/// Classes of letters and of pairs of letters.
pub struct Classes {
    of: Map<Vec<char>, String>,
}

/// The longest entry of the table.
const LONGEST: usize = 2;

impl Classes {
    /// Reads lines `letters TAB classes`; `#` begins a comment.
    pub fn new(table: &str) -> Self {
        let rows =
            table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        Classes {
            of: rows.map(|(letters, classes)| (letters.chars().collect(), classes.to_string())).collect(),
        }
    }

    /// The classes of letters, doubles once; a character that the table does not know is its own class.
    pub fn of(&self, letters: &[char]) -> String {
        let mut out = String::new();
        let mut at = 0;
        while at < letters.len() {
            let known = (1..=LONGEST.min(letters.len() - at)).rev();
            let mut known = known.filter_map(|size| Some((self.of.get(&letters[at..at + size])?, size)));
            if let Some((classes, size)) = known.next() {
                classes.chars().for_each(|class| push(&mut out, class));
                at += size;
            } else {
                push(&mut out, letters[at]);
                at += 1;
            }
        }
        out
    }

    /// The classes of the consonants alone, as keys want them: hissing ones as one, breath as none.
    pub fn skeleton(&self, letters: &[char]) -> String {
        let mut out = String::new();
        let classes = self.of(letters);
        let consonants = classes.chars().filter(|class| class.is_ascii_uppercase() && *class != 'H');
        consonants.for_each(|class| push(&mut out, if class == 'C' { 'S' } else { class }));
        out
    }
}

/// Two of a class in a row count once: doubled letters have no sound of their own.
pub fn push(classes: &mut String, class: char) {
    if !classes.ends_with(class) {
        classes.push(class);
    }
}
