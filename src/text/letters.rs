//! Letters: what a character is, from a table for the scripts that most texts are written in. The
//! standard library looks the same up by search, which costs more than all else that is done to a letter.

use std::sync::LazyLock;

/// Code points that the table covers: Latin, Greek and Cyrillic.
const COVERED: usize = 0x600;

const ALPHABETIC: u8 = 1;
const NUMERIC: u8 = 2;
const UPPER: u8 = 4;

static TABLE: LazyLock<[u8; COVERED]> = LazyLock::new(|| {
    let mut table = [0; COVERED];
    for (code, class) in table.iter_mut().enumerate() {
        *class = char::from_u32(code as u32).map_or(0, compute);
    }
    table
});

fn compute(c: char) -> u8 {
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    flag(c.is_alphabetic(), ALPHABETIC) | flag(c.is_numeric(), NUMERIC) | flag(c.is_uppercase(), UPPER)
}

fn class(c: char) -> u8 {
    TABLE.get(c as usize).copied().unwrap_or_else(|| compute(c))
}

/// As [`char::is_alphabetic`].
pub fn is_alphabetic(c: char) -> bool {
    class(c) & ALPHABETIC != 0
}

/// As [`char::is_alphanumeric`].
pub fn is_alphanumeric(c: char) -> bool {
    class(c) & (ALPHABETIC | NUMERIC) != 0
}

/// As [`char::is_uppercase`].
pub fn is_uppercase(c: char) -> bool {
    class(c) & UPPER != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_library_says() {
        for c in ('\0'..='\u{3000}').chain(['中', '𝐀', '𝐚', '①']) {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
        }
    }
}
