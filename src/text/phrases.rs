//! Phrases of Chinese text: the longest that begins at each place, found by its first two characters.
//!
//! Chinese does without spaces, so every character may begin a phrase; most pairs of characters begin
//! none, and one look at a table says so. Of an automaton each byte costs as much.

use super::han::HanTable;
use super::hash::Map;

/// Phrases with a number each: their place in the list they were made from.
#[derive(Debug, Default)]
pub struct HanPhrases {
    /// What begins with a Han character.
    first: HanTable<bool>,
    by_pair: Map<(char, char), Vec<(String, usize)>>,
    /// Phrases of one character.
    single: Map<char, usize>,
    /// First characters that are no Han, as in names of Latin letters.
    foreign: Vec<char>,
}

impl HanPhrases {
    /// Of equal phrases the first counts; empty ones are nowhere.
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let mut read = HanPhrases::default();
        for (number, phrase) in phrases.into_iter().enumerate() {
            let mut chars = phrase.chars();
            let Some(first) = chars.next() else { continue };
            if !read.first.set(first, true) && !read.foreign.contains(&first) {
                read.foreign.push(first);
            }
            match chars.next() {
                Some(second) => {
                    let list = read.by_pair.entry((first, second)).or_default();
                    if list.iter().all(|(known, _)| known != phrase) {
                        list.push((phrase.to_owned(), number));
                    }
                }
                None => {
                    read.single.entry(first).or_insert(number);
                }
            }
        }
        for list in read.by_pair.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        }
        read
    }

    /// Calls `take` with the start and number of every phrase of a text, however they overlap.
    pub fn each(&self, text: &str, mut take: impl FnMut(usize, usize)) {
        for (at, first) in text.char_indices() {
            if !self.begins(first) {
                continue;
            }
            let rest = &text[at..];
            let fits =
                self.of_pair(rest, first).iter().filter(|(phrase, _)| rest.starts_with(phrase.as_str()));
            fits.map(|(_, number)| *number).chain(self.single.get(&first).copied()).for_each(|n| take(at, n));
        }
    }

    fn begins(&self, c: char) -> bool {
        self.first.get(c) || self.foreign.contains(&c)
    }

    fn of_pair(&self, rest: &str, first: char) -> &[(String, usize)] {
        let second = rest[first.len_utf8()..].chars().next();
        second.and_then(|second| self.by_pair.get(&(first, second))).map_or(&[], Vec::as_slice)
    }

    /// Start, end and number of each phrase of a text, from left to right, the longest at each place.
    pub fn find(&self, text: &str) -> Vec<(usize, usize, usize)> {
        let mut out = Vec::new();
        let mut end = 0;
        for (at, first) in text.char_indices() {
            if at < end || !self.begins(first) {
                continue;
            }
            if let Some((length, number)) = self.at(&text[at..], first) {
                end = at + length;
                out.push((at, end, number));
            }
        }
        out
    }

    fn at(&self, rest: &str, first: char) -> Option<(usize, usize)> {
        let longest = self.of_pair(rest, first).iter().find(|(phrase, _)| rest.starts_with(phrase.as_str()));
        let found = longest.map(|(phrase, number)| (phrase.len(), *number));
        found.or_else(|| self.single.get(&first).map(|&number| (first.len_utf8(), number)))
    }
}

#[cfg(test)]
mod tests {
    use super::HanPhrases;

    #[test]
    fn the_longest_phrase_counts() {
        let phrases = HanPhrases::new(["美国", "美国国务院", "国", "俄罗斯", "G7峰会", "国"]);
        let found: Vec<usize> = phrases.find("美国国务院与美国国会在G7峰会").iter().map(|f| f.2).collect();
        assert_eq!(found, [1, 0, 2, 4]);
        assert_eq!(phrases.find("俄罗斯"), [(0, 9, 3)]);
        let mut all = Vec::new();
        phrases.each("美国国务院", |at, number| all.push((at, number)));
        assert_eq!(all, [(0, 1), (0, 0), (3, 2), (6, 2)]);
        assert!(phrases.find("俄罗").is_empty() && phrases.find("").is_empty());
    }
}
