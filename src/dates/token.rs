//! Tokens: words, numbers and signs of one sentence, with what the lexicon knows of them.
//!
//! In a language written in words every word is a token, known or not, so that neighbours are
//! neighbours. In one written in characters only known words and numbers are tokens, and a token
//! says whether it touches the one before.

use super::lexicon::{Lexicon, Writing};
use aho_corasick::{AhoCorasick, Input, MatchKind};

pub const NO_ENTRY: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Number,
    Word,
    Sign,
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// Index into the lexicon, or [`NO_ENTRY`].
    pub entry: u32,
    /// Value of a number; saturates.
    pub value: i32,
    /// How many digits the number is written with; 0 for one with thousands separators or written in words.
    pub digits: u8,
    pub capital: bool,
    /// Touches the token before.
    pub glued: bool,
    /// Only blanks between it and the token before.
    pub near: bool,
}

/// Splits sentences of one language.
pub struct Tokenizer {
    known: Option<AhoCorasick>,
    /// For each lexicon entry, how it is cut short after a number.
    short: Vec<Option<Short>>,
}

/// A word whose first character goes with the number before it: 日前 in 四日前, 后果 in 两天后果然.
#[derive(Debug, Clone, Copy)]
struct Short {
    entry: u32,
    bytes: usize,
    /// It goes with the unit after the number, and not with the number.
    of_unit: bool,
}

/// Words that say nothing of a date by themselves, or too little.
const LOOSE: [&str; 3] = ["plain", "past", "future"];

/// What an entry is cut to after a number, where it is a loose word that begins with one for a unit.
fn short(entry: u32, lexicon: &Lexicon) -> Option<Short> {
    let is = |entry: u32, names: &[&str]| {
        let classes: Vec<_> = names.iter().filter_map(|name| lexicon.class(name)).collect();
        lexicon.readings(entry).iter().any(|reading| classes.contains(&reading.class))
    };
    let spelling = lexicon.spellings().get(entry as usize)?;
    let first = spelling.chars().next()?;
    let head = lexicon.entry(spelling.get(..first.len_utf8())?)?;
    let loose = is(entry, &LOOSE) && head != entry;
    let of_unit = is(head, &["afterword"]);
    (loose && (of_unit || is(head, &["ri"]))).then_some(Short {
        entry: head,
        bytes: first.len_utf8(),
        of_unit,
    })
}

impl Tokenizer {
    pub fn new(lexicon: &Lexicon) -> Self {
        let known = (lexicon.writing == Writing::Characters).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(lexicon.spellings())
                .expect("a few hundred words")
        });
        let entries = if known.is_some() { lexicon.spellings().len() as u32 } else { 0 };
        let short = (0..entries).map(|entry| short(entry, lexicon)).collect();
        Tokenizer { known, short }
    }

    /// Fills `tokens` with those of `text`; true where one of them could begin a time expression.
    pub fn split(&self, text: &str, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
        tokens.clear();
        match &self.known {
            // folding keeps byte offsets
            Some(known) => {
                split_characters(&crate::text::han::simplify(text), (known, &self.short), lexicon, tokens)
            }
            None => split_words(text, lexicon, tokens),
        }
    }
}

fn split_words(text: &str, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut lower = String::new();
    let mut at = 0;
    let mut previous_end = usize::MAX;
    while at < bytes.len() {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if c.is_whitespace() || c == '\u{AD}' || c == '\u{301}' {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let mut token = Token {
            start,
            end: start,
            kind: Kind::Sign,
            entry: NO_ENTRY,
            value: 0,
            digits: 0,
            capital: c.is_uppercase(),
            glued: previous_end == start,
            near: true,
        };
        if c.is_ascii_digit() {
            number(bytes, &mut at, &mut token);
        } else if c.is_alphabetic() {
            token.kind = Kind::Word;
            at = ascii_word_end(bytes, at).unwrap_or_else(|| word_end(text, at));
            if lexicon.may_know(&text[start..at]) {
                lower.clear();
                lower_into(&text[start..at], &mut lower);
                token.entry = lexicon.entry(&lower).unwrap_or(NO_ENTRY);
            }
        } else {
            at += c.len_utf8();
            token.entry = lexicon.entry(&text[start..at]).unwrap_or(NO_ENTRY);
        }
        token.end = at;
        previous_end = at;
        tokens.push(token);
    }
}

/// The end of a run of ASCII letters, where nothing but a blank or a common sign follows it.
fn ascii_word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let end = start + length;
    let plain = bytes.get(end).is_none_or(|&next| next.is_ascii() && next != b'\'');
    (length > 0 && plain).then_some(end)
}

/// A run of letters, with apostrophes between letters (`п'ять`, `o'clock`) but without a possessive 's.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inside = c.is_alphabetic()
            || c == '\u{301}'
            || c == '\u{AD}'
            || (matches!(c, '\'' | '’' | 'ʼ')
                && chars.peek().is_some_and(|&(j, next)| {
                    next.is_alphabetic()
                        && !text[start + j..].starts_with("s ")
                        && !text[start + j..].starts_with("s-")
                }));
        if !inside {
            break;
        }
        end = start + i + c.len_utf8();
    }
    end
}

fn lower_into(word: &str, lower: &mut String) {
    for c in word.chars() {
        match c {
            '’' | 'ʼ' => lower.push('\''),
            '\u{301}' | '\u{AD}' => {}
            c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            c => lower.extend(c.to_lowercase()),
        }
    }
}

/// Reads digits; `1,500` and `10 000` are one number that is no year.
fn number(bytes: &[u8], at: &mut usize, token: &mut Token) {
    token.kind = Kind::Number;
    let mut value: i32 = 0;
    let mut digits = 0u8;
    let mut run = |at: &mut usize, digits: &mut u8| {
        while let Some(byte) = bytes.get(*at).filter(|byte| byte.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(i32::from(byte - b'0'));
            *digits = digits.saturating_add(1);
            *at += 1;
        }
    };
    run(at, &mut digits);
    while digits <= 3 || token.digits == 1 {
        let group = bytes.get(*at..*at + 4);
        let grouped = group.is_some_and(|g| g[0] == b',' && g[1..].iter().all(u8::is_ascii_digit))
            && !bytes.get(*at + 4).is_some_and(u8::is_ascii_digit);
        if !grouped {
            break;
        }
        *at += 1;
        let mut more = 0;
        run(at, &mut more);
        token.digits = 1;
        digits = 0;
    }
    token.digits = if token.digits == 1 { 0 } else { digits };
    token.value = value;
}

fn split_characters(
    text: &str,
    (known, short): (&AhoCorasick, &[Option<Short>]),
    lexicon: &Lexicon,
    tokens: &mut Vec<Token>,
) {
    let mut matches = known.find_iter(Input::new(text)).peekable();
    let mut at = 0;
    let mut previous_end = usize::MAX;
    let mut near = true;
    while at < text.len() {
        while matches.peek().is_some_and(|found| found.start() < at) {
            matches.next();
        }
        let c = text[at..].chars().next().unwrap_or(' ');
        let mut token = Token {
            start: at,
            end: at,
            kind: Kind::Word,
            entry: NO_ENTRY,
            value: 0,
            digits: 0,
            capital: false,
            glued: previous_end == at,
            near,
        };
        if let Some(found) = matches.next_if(|found| found.start() == at) {
            token.end = found.end();
            token.entry = found.pattern().as_u32();
            if let Some(short) = short[found.pattern().as_usize()]
                && counts(tokens, &token, short.of_unit, lexicon)
            {
                (token.entry, token.end) = (short.entry, at + short.bytes);
                matches = known.find_iter(Input::new(text).range(token.end..)).peekable();
            }
            debug_assert!(!lexicon.readings(token.entry).is_empty() || token.end > token.start);
        } else if let Some((end, value, digits)) = han_number(text, at, lexicon) {
            token.kind = Kind::Number;
            (token.end, token.value, token.digits) = (end, value, digits);
        } else if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else {
            // unknown text: nothing after it is near what stood before
            at += c.len_utf8();
            near = false;
            continue;
        }
        at = token.end;
        previous_end = at;
        near = true;
        tokens.push(token);
    }
}

/// Whether a number stands right before the token, or with `of_unit` a number and a unit.
fn counts(tokens: &[Token], token: &Token, of_unit: bool, lexicon: &Lexicon) -> bool {
    let number = |at: usize| {
        let token = tokens.len().checked_sub(at).and_then(|at| tokens.get(at));
        token.is_some_and(|token| token.kind == Kind::Number)
    };
    let unit = lexicon.class("unit");
    let is_unit = tokens.last().is_some_and(|last| {
        let readings = if last.entry == NO_ENTRY { &[][..] } else { lexicon.readings(last.entry) };
        last.glued && readings.iter().any(|reading| Some(reading.class) == unit)
    });
    token.glued && if of_unit { is_unit && number(2) } else { number(1) }
}

/// A number at byte `at`: ASCII or full-width digits, or numerals of the language. Returns its end, value and the count of
/// digits (0 where it is written with signs for ten, hundred, thousand).
fn han_number(text: &str, at: usize, lexicon: &Lexicon) -> Option<(usize, i32, u8)> {
    let first = text[at..].chars().next()?;
    if arabic(first).is_some() {
        let mut reader = (at, 0i32, 0u8);
        for c in text[at..].chars() {
            let Some(digit) = arabic(c) else { break };
            reader = (
                reader.0 + c.len_utf8(),
                reader.1.saturating_mul(10).saturating_add(digit),
                reader.2.saturating_add(1),
            );
        }
        return Some(reader);
    }
    let (mut end, mut total, mut section, mut plain, mut digits, mut scaled) =
        (at, 0i32, 0i32, 0i32, 0u8, false);
    for c in text[at..].chars() {
        match lexicon.digit(c) {
            Some(digit) if digit < 10 => {
                plain = if scaled { digit } else { plain.saturating_mul(10).saturating_add(digit) };
                digits = digits.saturating_add(1);
            }
            Some(tens @ (20 | 30)) => {
                section = tens;
                scaled = true;
            }
            Some(10_000) => {
                total = total.saturating_add((section + plain).max(1).saturating_mul(10_000));
                (section, plain, scaled) = (0, 0, true);
            }
            Some(scale) => {
                section = section.saturating_add(plain.max(1).saturating_mul(scale));
                (plain, scaled) = (0, true);
            }
            None => break,
        }
        end += c.len_utf8();
    }
    (end > at)
        .then(|| (end, total.saturating_add(section).saturating_add(plain), if scaled { 0 } else { digits }))
}

fn arabic(c: char) -> Option<i32> {
    match c {
        '0'..='9' => Some(c as i32 - '0' as i32),
        '０'..='９' => Some(c as i32 - '０' as i32),
        _ => None,
    }
}
