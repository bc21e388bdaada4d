//! Openings: a list of words that a text may begin with, in order of precedence, looked through by the
//! first character alone, because Chinese finders ask at every character of a text.

use crate::text::hash::Map;

#[derive(Default)]
pub struct Openings {
    by_first: Map<char, Vec<String>>,
}

impl Openings {
    /// Empty words open nothing.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut by_first: Map<char, Vec<String>> = Map::default();
        for word in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push(word);
            }
        }
        Openings { by_first }
    }

    /// The first word of the list that `text` begins with.
    pub fn of<'a>(&'a self, text: &str) -> Option<&'a str> {
        let list = text.chars().next().and_then(|first| self.by_first.get(&first))?;
        list.iter().map(String::as_str).find(|word| text.starts_with(word))
    }

    /// The text begins with one of the words.
    pub fn fit(&self, text: &str) -> bool {
        self.of(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Openings;

    #[test]
    fn the_first_word_of_the_list_wins() {
        let openings = Openings::new(["委员会", "委员", "党"].map(str::to_owned));
        assert_eq!(openings.of("委员会议"), Some("委员会"));
        assert_eq!(openings.of("党委员"), Some("党"));
        assert!(!openings.fit("员") && !openings.fit(""));
    }
}
