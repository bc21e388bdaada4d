//! Readings of Han characters in the languages that use them, from the Unihan database.

use annalist::text::han;
use std::collections::{BTreeMap, BTreeSet};

/// The languages of the columns, in order, by their field in `Unihan_Readings.txt`.
const FIELDS: [&str; 6] =
    ["kMandarin", "kCantonese", "kJapaneseOn", "kHangul", "kVietnamese", "kJapaneseKun"];

/// The most readings that are kept of each.
const MOST: [usize; 6] = [1, 1, 2, 1, 1, 3];

/// Characters of the list of the 8,105 in general use carry this field.
const IN_USE: &str = "kTGHZ2013";

/// A character in its Simplified form and, for each language, its readings in plain letters.
pub type Readings = BTreeMap<char, [Vec<String>; 6]>;

pub fn read(unihan: &str) -> Readings {
    let mut all: Readings = BTreeMap::new();
    let mut in_use = BTreeSet::new();
    for line in unihan.lines() {
        let mut cells = line.split('\t');
        let (Some(code), Some(field), Some(value)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let code = code.strip_prefix("U+").and_then(|code| u32::from_str_radix(code, 16).ok());
        let Some(c) = code.and_then(char::from_u32) else { continue };
        let simplified = han::simplify_char(c);
        if field == IN_USE {
            in_use.insert(simplified);
        }
        let Some(column) = FIELDS.iter().position(|name| *name == field) else { continue };
        let readings = &mut all.entry(simplified).or_default()[column];
        for reading in value.split_whitespace().take(MOST[column]) {
            let plain = plain(field, reading);
            if !plain.is_empty() && plain.len() <= 6 && !readings.contains(&plain) {
                // The character's own reading goes before that of a Traditional form folded to it.
                readings.insert(if c == simplified { 0 } else { readings.len() }, plain);
            }
        }
    }
    for (column, most) in MOST.into_iter().enumerate() {
        all.values_mut().for_each(|readings| readings[column].truncate(most));
    }
    all.retain(|c, _| in_use.contains(c));
    all
}

/// One line a character: its readings by language, alternatives parted by a comma.
pub fn write(readings: &Readings) -> String {
    let mut out = String::from(
        "# Readings of Han characters: Mandarin, Cantonese, Japanese (on), Korean, Vietnamese,\n\
         # Japanese (kun); no tones.\n\
         # From the Unihan database of the Unicode Consortium (Unicode License v3), by examples/learn_transliteration.\n",
    );
    for (c, columns) in readings {
        let columns: Vec<String> = columns.iter().map(|readings| readings.join(",")).collect();
        out.push_str(&format!("{c}\t{}\n", columns.join("\t").trim_end()));
    }
    out
}

fn plain(field: &str, reading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if field == "kHangul" {
        return reading.chars().next().map_or(String::new(), revised_romanisation);
    }
    let low = reading.to_lowercase().replace('ü', "v").replace('đ', "d");
    let letters = low.nfd().collect::<String>().replace("u\u{308}", "v");
    letters
        .chars()
        .filter(char::is_ascii_lowercase)
        .collect::<String>()
        .replace('v', if field == "kMandarin" { "u" } else { "v" })
}

/// A Hangul syllable in the Revised Romanisation of 2000.
fn revised_romanisation(c: char) -> String {
    const INITIAL: [&str; 19] =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const VOWEL: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "eu", "ui", "i",
    ];
    const FINAL: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
        "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let Some(code) = (c as u32).checked_sub(0xAC00).filter(|code| *code < 11_172) else {
        return String::new();
    };
    let (initial, vowel, last) = (code / 588, code % 588 / 28, code % 28);
    [INITIAL[initial as usize], VOWEL[vowel as usize], FINAL[last as usize]].concat()
}
