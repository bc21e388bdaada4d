//! Character references (`&amp;`, `&#8211;`) and the characters they stand for.
//!
//! The table is the whole list of the HTML standard, since pages of the early web use legacy forms
//! without a semicolon, and mathematical names turn up on wiki pages.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Longest name in the table, in bytes.
const LONGEST: usize = 33;

fn table() -> &'static HashMap<&'static str, String> {
    static TABLE: OnceLock<HashMap<&'static str, String>> = OnceLock::new();
    TABLE.get_or_init(|| {
        crate::rules::file("entities.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(name, codes)| {
                let chars = codes.split(' ').filter_map(|code| u32::from_str_radix(code, 16).ok());
                (name, chars.filter_map(char::from_u32).collect())
            })
            .collect()
    })
}

/// Reads the reference at the start of `text`, which begins with `&`: its characters and its length
/// in bytes; none where this `&` is only an ampersand. In attribute values a legacy name that runs on
/// into a word or `=` is no reference (`?a=1&copy=2`).
pub fn reference(text: &str, in_attribute: bool) -> Option<(Cow<'static, str>, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(bytes);
    }
    let run = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    if run == 0 {
        return None;
    }
    if bytes.get(1 + run) == Some(&b';')
        && let Some(chars) = table().get(&text[1..run + 2])
    {
        return Some((Cow::Borrowed(chars), run + 2));
    }
    let longest = (2..=run).rev().find_map(|len| Some((table().get(&text[1..=len])?, len)))?;
    let (chars, len) = longest;
    let next = bytes.get(1 + len);
    if in_attribute && next.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=') {
        return None;
    }
    Some((Cow::Borrowed(chars), len + 1))
}

fn numeric(bytes: &[u8]) -> Option<(Cow<'static, str>, usize)> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let start = if hex { 3 } else { 2 };
    let radix = if hex { 16 } else { 10 };
    let mut value = 0u32;
    let mut at = start;
    while let Some(digit) = bytes.get(at).and_then(|&b| (b as char).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == start {
        return None;
    }
    at += usize::from(bytes.get(at) == Some(&b';'));
    let value =
        if (0x80..0xA0).contains(&value) { u32::from(WINDOWS_1252[value as usize - 0x80]) } else { value };
    let character = char::from_u32(value).filter(|&c| c != '\0').unwrap_or('\u{FFFD}');
    Some((Cow::Owned(character.to_string()), at))
}

/// What numbers 128 to 159 mean on the web: the characters of windows-1252.
const WINDOWS_1252: [u16; 32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
    0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A,
    0x153, 0x9D, 0x17E, 0x178,
];

/// The value of an attribute, or other text whose source needs no map, with its references read.
pub fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut next = Some(first);
    while let Some(at) = next {
        out.push_str(&text[done..at]);
        match reference(&text[at..], in_attribute) {
            Some((chars, len)) => {
                out.push_str(&chars);
                done = at + len;
            }
            None => {
                out.push('&');
                done = at + 1;
            }
        }
        next = memchr::memchr(b'&', &text.as_bytes()[done..]).map(|offset| done + offset);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        let cases = [
            ("a &amp; b", "a & b"),
            ("a & b &", "a & b &"),
            ("&lt;p&gt", "<p>"),
            ("&notit; &notin;", "¬it; ∉"),
            ("&#8211;&#x2014;&#150;&#0;", "–—–\u{FFFD}"),
            ("&#x110000; &#; &#x;", "\u{FFFD} &#; &#x;"),
            ("&nbsp;&ensp;x", "\u{a0}\u{2002}x"),
            ("&unknown; &Aacute", "&unknown; Á"),
        ];
        for (text, want) in cases {
            assert_eq!(decode(text, false), want, "{text}");
        }
        assert_eq!(decode("?a=1&copy=2&amp;b", true), "?a=1&copy=2&b");
    }
}
