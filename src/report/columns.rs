//! Rows laid out by column: on a page of many events the names of fields and the words of closed
//! vocabularies would otherwise be most of what a browser has to read.

use jiff::civil::{Date, date};
use serde::Serialize;
use std::collections::HashMap;

/// A column of few different words: each word once, and for each row its number.
#[derive(Serialize, Default)]
pub struct Coded {
    words: Vec<String>,
    codes: Vec<u32>,
}

impl Coded {
    pub fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut seen: HashMap<&str, u32> = HashMap::new();
        let mut coded = Coded::default();
        for value in values {
            let next = coded.words.len() as u32;
            let code = *seen.entry(value).or_insert(next);
            if code == next {
                coded.words.push(value.to_owned());
            }
            coded.codes.push(code);
        }
        coded
    }
}

/// Days since 1970-01-01, negative before; none where the cell is empty.
pub fn day(cell: &str) -> Option<i32> {
    let day: Date = cell.parse().ok()?;
    date(1970, 1, 1).until(day).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_once() {
        let coded = Coded::of(["a", "b", "a"].into_iter());
        assert_eq!(coded.words, ["a", "b"]);
        assert_eq!(coded.codes, [0, 1, 0]);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("1969-12-31"), Some(-1));
        assert_eq!(day("2022-02-24"), Some(19047));
        assert_eq!(day(""), None);
        assert_eq!(day("-000200-03-15"), Some(-792_503));
    }
}
