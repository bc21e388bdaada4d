//! Folding: the form of a word in which spellings of one word are compared.

use super::tables::tables;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Code points that the table of folded letters covers: Latin, Greek and Cyrillic.
const COVERED: usize = 0x600;

/// What a letter folds to.
#[derive(Clone, Copy, PartialEq)]
enum Folded {
    Letter(char),
    /// It is left out.
    Nothing,
    /// It is worked out anew: its lower case has several letters.
    Several,
}

static TABLE: LazyLock<Vec<Folded>> = LazyLock::new(|| {
    let of = |code: u32| char::from_u32(code).map_or(Folded::Nothing, compute);
    (0..COVERED as u32).map(of).collect()
});

fn compute(c: char) -> Folded {
    match c {
        '\u{301}' | '\u{300}' => Folded::Nothing,
        '’' | 'ʼ' | '`' | '‘' | '\'' => Folded::Letter('\''),
        c => {
            let mut lower = c.to_lowercase().map(same);
            match (lower.next(), lower.next()) {
                (Some(one), None) => Folded::Letter(one),
                _ => Folded::Several,
            }
        }
    }
}

/// The letter that a lower-case letter is compared as.
fn same(c: char) -> char {
    let same = &tables().same_letters;
    same.iter().find(|(written, _)| *written == c).map_or(c, |(_, compared)| *compared)
}

/// The word in lower case, without stress marks, with ё as е and one sign for the apostrophe.
pub fn fold(word: &str) -> String {
    folded(word).into_owned()
}

/// The same, without a copy where the word is folded already.
pub fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    let table = &*TABLE;
    let of = |c: char| table.get(c as usize).copied().unwrap_or_else(|| compute(c));
    let Some((at, _)) = word.char_indices().find(|&(_, c)| of(c) != Folded::Letter(c)) else {
        return Cow::Borrowed(word);
    };
    let mut out = String::with_capacity(word.len());
    out.push_str(&word[..at]);
    for c in word[at..].chars() {
        match of(c) {
            Folded::Letter(folded) => out.push(folded),
            Folded::Nothing => {}
            Folded::Several => out.extend(c.to_lowercase().map(same)),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{fold, folded};
    use std::borrow::Cow;

    #[test]
    fn words_fold() {
        assert_eq!(fold("Зеле́нський"), "зеленський");
        assert_eq!(fold("ЁЖ"), "еж");
        assert_eq!(fold("Знам’янка"), "знам'янка");
        assert_eq!(fold("İzmir"), "i̇zmir");
        assert!(matches!(folded("слово"), Cow::Borrowed(_)));
        assert!(matches!(folded("word"), Cow::Borrowed(_)));
    }
}
