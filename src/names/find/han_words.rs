//! The words and characters by which Chinese names are told, compiled from `rules/names.zh.toml`.

use super::openings::Openings;
use crate::names::inflection::Endings;
use crate::text::han::{HanTable, is_han, simplify};
use crate::text::hash::Set;
use crate::text::phrases::HanPhrases;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File {
    transliteration: String,
    transliteration_common: String,
    transliteration_inside: String,
    transliteration_rare: String,
    surnames: String,
    plain_surnames: String,
    given_characters: String,
    compound_surnames: Vec<String>,
    speech: Vec<String>,
    before_person: Vec<String>,
    before_place: Vec<String>,
    list_words: Vec<String>,
    word_starts: Vec<String>,
    stop_before: Vec<String>,
    verbs: Vec<String>,
    organisation_heads: Vec<String>,
    lone_heads: Vec<String>,
    place_heads: Vec<String>,
    site_heads: Vec<String>,
    agreement_heads: Vec<String>,
    title_heads: Vec<String>,
    event_heads: Vec<String>,
    loose_event_heads: Vec<String>,
    upheavals: Vec<String>,
    resolution: String,
    point: char,
    point_heads: Vec<String>,
    numerals: String,
    ordinal: String,
    year: char,
    session: char,
    body_ends: String,
    body_bounds: String,
    body_words: Vec<String>,
    telling_shorts: String,
    risky_shorts: String,
    not_after_short: String,
    title_open: String,
    title_close: String,
    quote_open: String,
    quote_close: String,
    media_endings: Vec<String>,
    side: Vec<String>,
    before_short: Vec<String>,
    shorts_in_pairs: Vec<String>,
    roles: BTreeMap<String, Vec<String>>,
}

/// How far a character belongs to transliterated names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Sounding {
    #[default]
    No,
    /// Only beside an interpunct or between others of a part that has one.
    Rare,
    /// Only inside a name, between two others.
    Inside,
    Common,
    Strong,
}

/// Words that a name of a body or event ends in.
pub struct Heads {
    openings: Openings,
    endings: Endings,
}

impl Heads {
    fn new(words: Vec<String>) -> Self {
        let words = longest_first(words);
        Heads { endings: Endings::new(words.iter().map(String::as_str)), openings: Openings::new(words) }
    }

    /// The longest that `text` begins with.
    pub fn opening(&self, text: &str) -> Option<&str> {
        self.openings.of(text)
    }

    /// The longest that `text` ends with.
    pub fn ending<'h>(&'h self, text: &'h str) -> Option<&'h str> {
        self.endings.of(text).next().map(|ending| ending.text.as_str())
    }
}

pub struct HanWords {
    sounding: HanTable<Sounding>,
    surnames: HanTable<bool>,
    plain_surnames: HanTable<bool>,
    given_characters: HanTable<bool>,
    compound_surnames: Openings,
    pub speech: Vec<String>,
    /// Words right before a person's name, by their ends.
    pub before_person: Endings,
    pub before_place: Vec<String>,
    /// What joins the names of a list.
    pub list_words: Vec<String>,
    word_starts: Openings,
    breaks: Openings,
    /// Verbs and small words of two characters or three.
    breaking: Openings,
    stop_chars: HanTable<bool>,
    pub organisation_heads: Heads,
    /// Those by which a body is told without a known name before them.
    pub lone_heads: Heads,
    pub place_heads: Vec<String>,
    /// Those of places that a known place may stand before.
    pub site_heads: Heads,
    pub agreement_heads: Vec<String>,
    /// Those of laws and plans, which only a title shows to be names.
    pub title_heads: Vec<String>,
    pub event_heads: Heads,
    /// Too common to name an event behind a bare year.
    pub loose_event_heads: Vec<String>,
    /// What a state went through, right behind its name: 缅甸政变.
    pub upheavals: Heads,
    /// What follows the number of a resolution.
    pub resolution: String,
    /// Counts the points of a plan, and what the plan is called: 五点共识.
    pub point: char,
    pub point_heads: Heads,
    /// Follows the number of a year, and of one in a row of sessions.
    pub year: char,
    pub session: char,
    /// Last characters of bodies that other bodies belong to.
    pub body_ends: String,
    /// Small words before a body that are no part of it.
    body_bounds: String,
    body_words: Vec<String>,
    /// States' characters that seldom mean anything else, and those that often do.
    pub telling_shorts: String,
    pub risky_shorts: String,
    /// Characters behind which a state's character is part of a longer name.
    pub not_after_short: String,
    pub numerals: String,
    /// What makes a numeral an ordinal.
    pub ordinal: String,
    pub title_open: String,
    pub title_close: String,
    pub quote_open: String,
    pub quote_close: String,
    pub media_endings: Vec<String>,
    pub side: Vec<String>,
    pub before_short: Vec<String>,
    pub shorts_in_pairs: Vec<String>,
    pub roles: HanPhrases,
    pub role_keys: Vec<String>,
    given: Set<String>,
}

impl HanWords {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("names.zh.toml");
        let mut roles: Vec<(String, String)> = Vec::new();
        for (key, words) in &file.roles {
            roles.extend(words.iter().map(|word| (word.clone(), key.clone())));
        }
        let given = crate::rules::file("translit/given_names.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .filter(|name| name.chars().all(is_han))
            .map(simplify)
            .collect();
        let mut sounding = HanTable::default();
        let levels = [
            (&file.transliteration_rare, Sounding::Rare),
            (&file.transliteration_inside, Sounding::Inside),
            (&file.transliteration_common, Sounding::Common),
            (&file.transliteration, Sounding::Strong),
        ];
        for (chars, level) in levels {
            for c in chars.chars() {
                sounding.set(c, level);
            }
        }
        let mut stop_chars = HanTable::default();
        for word in file.stop_before.iter().filter(|word| word.chars().count() == 1) {
            for c in word.chars() {
                stop_chars.set(c, true);
            }
        }
        // Words that begin where a name ends have two characters or three, verbs of saying any number.
        let short = |word: &&String| matches!(word.chars().count(), 2 | 3);
        let stops = || file.stop_before.iter().chain(&file.verbs).filter(short);
        let speech = || file.speech.iter().filter(|word| word.chars().count() > 1);
        let breaks = Openings::new(stops().chain(speech()).cloned());
        let starts = stops().chain(file.word_starts.iter().filter(short)).chain(speech());
        HanWords {
            sounding,
            surnames: HanTable::of(&file.surnames),
            plain_surnames: HanTable::of(&file.plain_surnames),
            given_characters: HanTable::of(&file.given_characters),
            compound_surnames: Openings::new(longest_first(file.compound_surnames)),
            word_starts: Openings::new(starts.cloned()),
            breaks,
            breaking: Openings::new(longest_first(stops().cloned().collect())),
            stop_chars,
            speech: file.speech,
            before_place: file.before_place,
            list_words: file.list_words,
            before_person: Endings::new(file.before_person.iter().map(String::as_str)),
            organisation_heads: Heads::new(file.organisation_heads),
            lone_heads: Heads::new(file.lone_heads),
            place_heads: longest_first(file.place_heads),
            site_heads: Heads::new(file.site_heads),
            agreement_heads: longest_first(file.agreement_heads),
            title_heads: longest_first(file.title_heads),
            event_heads: Heads::new(file.event_heads),
            loose_event_heads: file.loose_event_heads,
            upheavals: Heads::new(file.upheavals),
            resolution: file.resolution,
            point: file.point,
            point_heads: Heads::new(file.point_heads),
            year: file.year,
            session: file.session,
            body_ends: file.body_ends,
            body_bounds: file.body_bounds,
            body_words: file.body_words,
            telling_shorts: file.telling_shorts,
            risky_shorts: file.risky_shorts,
            not_after_short: file.not_after_short,
            numerals: file.numerals,
            ordinal: file.ordinal,
            title_open: file.title_open,
            title_close: file.title_close,
            quote_open: file.quote_open,
            quote_close: file.quote_close,
            media_endings: file.media_endings,
            side: file.side,
            before_short: file.before_short,
            shorts_in_pairs: file.shorts_in_pairs,
            roles: HanPhrases::new(roles.iter().map(|(word, _)| word.as_str())),
            role_keys: roles.into_iter().map(|(_, key)| key).collect(),
            given,
        }
    }

    pub fn sounding(&self, c: char) -> Sounding {
        self.sounding.get(c)
    }

    /// A common given name in transliteration, such as 德米特里.
    pub fn is_given(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// A word begins at the start of `rest` that no name goes into.
    pub fn word_starts(&self, rest: &str) -> bool {
        self.word_starts.fit(rest)
    }

    /// A verb begins at the start of `rest`, where no name of a body goes on.
    pub fn breaks_name(&self, rest: &str) -> bool {
        self.breaks.fit(rest)
    }

    /// Bytes of the verb or small word of two characters or more at the start of `rest`.
    pub fn breaking(&self, rest: &str) -> Option<usize> {
        self.breaking.of(rest).map(str::len)
    }

    /// The character at `at` is a small word before which no name of a body goes back: 蔓延至|理工大学.
    pub fn bounds_body(&self, text: &str, at: usize, c: char) -> bool {
        (self.body_bounds.contains(c) || self.is_stop(c))
            && !self.body_words.iter().any(|word| {
                text[at..].starts_with(word.as_str())
                    || word.find(c).is_some_and(|inside| {
                        at >= inside && text.get(at - inside..).is_some_and(|t| t.starts_with(word.as_str()))
                    })
            })
    }

    pub fn is_stop(&self, c: char) -> bool {
        self.stop_chars.get(c)
    }

    /// Bytes of the Chinese surname at the start of `rest`; 0 where there is none.
    pub fn surname(&self, rest: &str) -> usize {
        if let Some(compound) = self.compound_surnames.of(rest) {
            return compound.len();
        }
        rest.chars().next().filter(|c| self.surnames.get(*c)).map_or(0, char::len_utf8)
    }

    /// Bytes of the surname of a whole name that is no transliteration; none where it is no such name.
    pub fn native_surname(&self, name: &str) -> Option<usize> {
        let surname = self.surname(name);
        let count = name.chars().count();
        let most = if surname > 3 || self.is_doubled(name) { 4 } else { 3 };
        (surname > 0 && surname < name.len() && (2..=most).contains(&count)).then_some(surname)
    }

    /// Two surnames of one character, then two characters of a given name: 林郑月娥, but not 梅金斯基.
    pub fn is_doubled(&self, name: &str) -> bool {
        let mut chars = name.chars();
        let surname = |c: Option<char>| c.is_some_and(|c| self.surnames.get(c));
        name.starts_with(|c| self.plain_surnames.get(c))
            && surname(chars.next())
            && surname(chars.next())
            && chars.by_ref().take(2).filter(|&c| self.is_given_character(c)).count() == 2
    }

    /// The name begins with a surname that running text seldom uses otherwise.
    pub fn is_plain_surname(&self, name: &str) -> bool {
        self.surname(name) > 3 || name.starts_with(|c| self.plain_surnames.get(c))
    }

    /// A character that Chinese given names are often made of.
    pub fn is_given_character(&self, c: char) -> bool {
        self.given_characters.get(c)
    }

    /// A numeral in digits; up to 99 where it is written in Han characters.
    pub fn number(&self, text: &str) -> String {
        if text.chars().all(|c| c.is_ascii_digit()) {
            return text.to_owned();
        }
        let value = |c: char| self.numerals.chars().position(|n| n == c).unwrap_or(0);
        let (mut total, mut ones) = (0, 0);
        for c in text.chars() {
            match value(c) {
                10 => {
                    total += 10 * usize::max(ones, 1);
                    ones = 0;
                }
                digit => ones = digit,
            }
        }
        (total + ones).to_string()
    }

    /// The longest of `heads` that `text` ends with.
    pub fn ending<'h>(heads: &'h [String], text: &str) -> Option<&'h str> {
        heads.iter().map(String::as_str).find(|head| text.ends_with(head))
    }
}

fn longest_first(mut words: Vec<String>) -> Vec<String> {
    words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    words
}

/// The first `n` characters of a text, if it has as many.
pub fn head(text: &str, n: usize) -> Option<&str> {
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.nth(n - 1).map(|end| &text[..end])
}
