//! Letters: what a character is, from a table for the scripts that most texts are written in. The
//! standard library looks the same up by search, which costs more than all else that is done to a letter.

use std::sync::LazyLock;

/// Code points that the table covers: the alphabets, punctuation and kana.
const COVERED: usize = 0x3400;
/// Han characters of the Unified block, all of them letters without case.
const UNIFIED: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

const ALPHABETIC: u8 = 1;
const NUMERIC: u8 = 2;
const UPPER: u8 = 4;

static TABLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let of = |code: usize| char::from_u32(code as u32).map_or(0, compute);
    (0..COVERED).map(of).collect()
});

fn compute(c: char) -> u8 {
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    flag(c.is_alphabetic(), ALPHABETIC) | flag(c.is_numeric(), NUMERIC) | flag(c.is_uppercase(), UPPER)
}

fn class(c: char) -> u8 {
    match TABLE.get(c as usize) {
        Some(&class) => class,
        None if UNIFIED.contains(&c) => ALPHABETIC,
        None => compute(c),
    }
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

static LOWER: LazyLock<Vec<char>> = LazyLock::new(|| {
    (0..LOWERED).map(|code| char::from_u32(code as u32).map_or('\0', compute_lower)).collect()
});

/// Code points of the alphabets with case that are looked up.
const LOWERED: usize = 0x600;

fn compute_lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

/// Gives each letter of the lower case of a letter, as [`char::to_lowercase`].
pub fn lower(c: char, mut take: impl FnMut(char)) {
    match LOWER.get(c as usize) {
        Some(&lower) if lower != c || !is_uppercase(c) => take(lower),
        _ => c.to_lowercase().for_each(take),
    }
}

/// The lower-case letter, where it is one and as long in UTF-8; else the character itself.
pub fn lower_as_long(c: char) -> char {
    LOWER.get(c as usize).copied().unwrap_or_else(|| compute_lower(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_keeps_its_length() {
        for c in '\0'..='\u{700}' {
            let mut found = String::new();
            lower(c, |c| found.push(c));
            assert_eq!(found, c.to_lowercase().collect::<String>(), "{c:?}");
        }
        assert_eq!(['A', 'Я', 'É', 'İ', 'Ⱥ', '中'].map(lower_as_long), ['a', 'я', 'é', 'İ', 'Ⱥ', '中']);
    }

    #[test]
    fn the_table_says_what_the_library_says() {
        for c in ('\0'..='\u{3000}').chain(['中', '𝐀', '𝐚', '①']) {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
        }
    }
}
