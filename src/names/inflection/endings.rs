//! Endings: a list of word endings in order of precedence, looked through by the last letter alone,
//! because every word of a text is asked for one.

use crate::text::hash::Map;

/// An ending, its place in the list and its length in letters.
pub struct Ending {
    pub text: String,
    pub place: usize,
    pub letters: usize,
}

#[derive(Default)]
pub struct Endings {
    by_last: Map<char, Vec<Ending>>,
    /// Where the list has an empty ending, which fits every word.
    empty: bool,
}

impl Endings {
    pub fn new<'e>(endings: impl IntoIterator<Item = &'e str>) -> Self {
        let mut read = Endings::default();
        for (place, text) in endings.into_iter().enumerate() {
            match text.chars().next_back() {
                Some(last) => {
                    let letters = text.chars().count();
                    let list = read.by_last.entry(last).or_default();
                    list.push(Ending { text: text.to_owned(), place, letters });
                }
                None => read.empty = true,
            }
        }
        read
    }

    /// The endings of the list that the word has, in the order of the list.
    pub fn of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Ending> {
        let list = word.chars().next_back().and_then(|last| self.by_last.get(&last));
        list.into_iter().flatten().filter(move |ending| word.ends_with(ending.text.as_str()))
    }

    /// The word has one of the endings.
    pub fn fit(&self, word: &str) -> bool {
        self.empty || self.of(word).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Endings;

    #[test]
    fn endings_keep_their_order() {
        let endings = Endings::new(["ями", "ами", "и"]);
        let found: Vec<usize> = endings.of("горами").map(|ending| ending.place).collect();
        assert_eq!(found, [1, 2]);
        assert!(!endings.fit("гора") && !endings.fit(""));
        assert!(Endings::new([""]).fit("гора"));
    }
}
