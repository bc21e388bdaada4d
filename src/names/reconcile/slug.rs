//! Slugs: the readable part of an entity's id, made from the best Latin name.

use unicode_normalization::UnicodeNormalization;

/// Lower-case ASCII words joined by hyphens: `Mevlüt Çavuşoğlu` gives `mevlut-cavusoglu`.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfd() {
        let ascii = match c {
            'ł' | 'Ł' => "l",
            'ø' | 'Ø' => "o",
            'đ' | 'Đ' | 'ð' => "d",
            'ı' => "i",
            'ß' => "ss",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'þ' | 'Þ' => "th",
            '\'' | '’' | 'ʼ' | '\u{300}'..='\u{36f}' | '.' => continue,
            c if c.is_ascii_alphanumeric() => {
                out.push(c.to_ascii_lowercase());
                continue;
            }
            _ => "-",
        };
        if ascii != "-" || !(out.is_empty() || out.ends_with('-')) {
            out.push_str(ascii);
        }
    }
    out.trim_end_matches('-').to_owned()
}
