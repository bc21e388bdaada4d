//! Words of alphabetic text: where each stands, how it is written and what joins it to the one before.
//!
//! A hyphen parts words, because names meet others across it (Trump-Putin, Russia-backed); what must stay
//! together (Jean-Yves) is joined again by those who read the tokens. Possessive endings are not part of a word.

use crate::model::Span;
use crate::names::inflection;
use crate::text::han::is_han;
use crate::text::letters;
use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Lower,
    Capital,
    /// Two or more letters, all capital.
    Caps,
    /// One capital letter with a full stop, or alone.
    Initial,
    Number,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Latin,
    Cyrillic,
    Other,
}

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    Start,
    Space,
    Hyphen,
    Dash,
    Other,
}

#[derive(Debug, Clone)]
pub struct Token<'t> {
    pub span: Span,
    pub text: &'t str,
    pub shape: Shape,
    pub script: Script,
    pub gap: Gap,
    pub possessive: bool,
    /// In lower case, as words are compared whatever their case.
    pub folded: Cow<'t, str>,
    /// How much of the folded word is the key.
    key: usize,
}

impl Token<'_> {
    pub fn is_upper(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Caps | Shape::Initial)
    }

    /// What it is compared by: folded, and for Cyrillic words cut to the stem.
    pub fn key(&self) -> &str {
        &self.folded[..self.key]
    }
}

/// The words of a text in order.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 6);
    let mut end_before = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(end) = plain_end(text.as_bytes(), at) {
            let gap = if out.is_empty() { Gap::Start } else { gap(&text[end_before..at]) };
            out.push(plain(&text[at..end], at, gap));
            (end_before, at) = (end, end);
            continue;
        }
        if !is_word_char(c) || is_apostrophe(c) || is_mark(c) {
            at += c.len_utf8();
            continue;
        }
        let end = word_end(text, at);
        let gap = if out.is_empty() { Gap::Start } else { gap(&text[end_before..at]) };
        let (word, possessive) = split_possessive(&text[at..end]);
        out.push(token(word, at, gap, possessive));
        (end_before, at) = (end, end);
    }
    out
}

/// The end of the word of nothing but ASCII letters that begins at `at`, as most words of Latin text are.
fn plain_end(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let end = at + length;
    let ends = match bytes.get(end) {
        None => true,
        Some(b'.') => length > 1,
        Some(byte) => byte.is_ascii() && !matches!(byte, b'\'' | b'`' | b'0'..=b'9'),
    };
    (length > 0 && ends).then_some(end)
}

/// A word of nothing but ASCII letters.
fn plain(word: &str, start: usize, gap: Gap) -> Token<'_> {
    let bytes = word.as_bytes();
    let capitals = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let shape = match (bytes[0].is_ascii_uppercase(), bytes.len()) {
        (false, _) => Shape::Lower,
        (true, 1) => Shape::Initial,
        (true, length) if capitals == length => Shape::Caps,
        (true, _) => Shape::Capital,
    };
    let folded = if capitals == 0 { word.into() } else { Cow::Owned(word.to_ascii_lowercase()) };
    let span = Span::new(start, start + word.len());
    Token { span, text: word, shape, script: Script::Latin, gap, possessive: false, key: word.len(), folded }
}

fn token(word: &str, start: usize, gap: Gap, possessive: bool) -> Token<'_> {
    let script = script_of(word);
    let folded = inflection::folded(word);
    Token {
        span: Span::new(start, start + word.len()),
        text: word,
        shape: shape(word),
        script,
        gap,
        possessive,
        key: key_length(word, &folded, script),
        folded,
    }
}

/// The comparison key of one word, as tokens carry it.
pub fn key(word: &str, script: Script) -> String {
    let mut folded = inflection::fold(word);
    folded.truncate(key_length(word, &folded, script));
    folded
}

/// How many bytes of the folded word are its key.
fn key_length(word: &str, folded: &str, script: Script) -> usize {
    if script != Script::Cyrillic {
        return folded.len();
    }
    let run = word.chars().take_while(|&c| letters::is_uppercase(c)).count();
    // A long word all in capitals is no abbreviation but a word that stands out: МОСКВА.
    let loud = run >= 6 && word.chars().nth(run).is_none();
    // МИДа, НАТО: an abbreviation keeps its letters and may carry a small ending.
    if run >= 2 && !loud && run == word.chars().filter(|&c| letters::is_uppercase(c)).count() {
        return folded.char_indices().nth(run).map_or(folded.len(), |(at, _)| at);
    }
    inflection::stem(folded).len()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '‘')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_word_char(c: char) -> bool {
    (!is_han(c) && letters::is_alphanumeric(c)) || is_mark(c) || is_apostrophe(c)
}

/// The end of the word that begins at `start`: letters, digits, inner apostrophes, and the full stops of
/// U.S. and of initials.
fn word_end(text: &str, start: usize) -> usize {
    let plain = |c: char| !is_han(c) && letters::is_alphanumeric(c) && !is_apostrophe(c) && !is_mark(c);
    let length = text[start..].chars().take_while(|&c| plain(c)).map(char::len_utf8).sum::<usize>();
    match text[start + length..].chars().next() {
        Some(c) if is_apostrophe(c) || is_mark(c) => marked_word_end(text, start),
        Some('.') if text[start..start + length].chars().nth(1).is_none() => marked_word_end(text, start),
        _ => start + length,
    }
}

/// The same for a word that may go on behind an apostrophe, a stress mark or a full stop.
fn marked_word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters = 0;
    let mut dotted = false;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|&(_, next)| next);
        let inner = |ok: fn(char) -> bool| next.is_some_and(ok);
        if is_apostrophe(c) {
            if letters == 0 || !inner(|n| n.is_alphabetic() && !is_han(n)) {
                break;
            }
        } else if c == '.' {
            // One capital letter before the stop: an initial or a dotted abbreviation.
            let one = text[start..start + at].chars().next_back().is_some_and(char::is_uppercase);
            let single = letters == 1
                || (dotted && letters <= 4 && text[..start + at].ends_with(|p: char| p.is_uppercase()));
            if !(one && single) {
                break;
            }
            dotted = true;
            end = start + at + 1;
            if !inner(|n| n.is_uppercase()) || !next_is_dotted(text, start + at + 1) {
                break;
            }
            letters = 0;
            continue;
        } else if !is_word_char(c) {
            break;
        } else if !is_mark(c) {
            letters += 1;
        }
        end = start + at + c.len_utf8();
    }
    end.max(start + text[start..].chars().next().map_or(0, char::len_utf8))
}

/// A capital letter and a full stop follow: U.S. goes on, B.Miller does not.
fn next_is_dotted(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    rest.next().is_some_and(char::is_uppercase) && rest.next() == Some('.')
}

fn split_possessive(word: &str) -> (&str, bool) {
    if !word.ends_with(['s', 'S']) {
        return (word, false);
    }
    for ending in ["'s", "’s", "'S", "’S", "ʼs", "`s", "‘s"] {
        if let Some(head) = word.strip_suffix(ending)
            && !head.is_empty()
        {
            return (head, true);
        }
    }
    (word, false)
}

/// The script of a word, by its first letter.
pub fn script_of(word: &str) -> Script {
    match word.chars().find(|&c| letters::is_alphabetic(c)) {
        Some('\u{400}'..='\u{52f}') => Script::Cyrillic,
        Some('A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ʼ') => Script::Latin,
        Some(_) => Script::Other,
        None => Script::Latin,
    }
}

fn shape(word: &str) -> Shape {
    let mut rest = word.chars().filter(|&c| letters::is_alphabetic(c));
    let Some(first) = rest.next() else { return Shape::Number };
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Shape::Number;
    }
    if !letters::is_uppercase(first) {
        return Shape::Lower;
    }
    let (mut more, mut small) = (0, 0);
    for letter in rest {
        more += 1;
        small += usize::from(!letters::is_uppercase(letter));
    }
    match (more, small) {
        (0, _) => Shape::Initial,
        (_, 0) if !word.contains('.') || more > 0 => Shape::Caps,
        _ => Shape::Capital,
    }
}

fn gap(between: &str) -> Gap {
    if between == " " {
        return Gap::Space;
    }
    let between = between.trim_start_matches("'s").trim_start_matches("’s");
    if !between.is_empty() && between.chars().all(|c| c.is_whitespace() || c == '\u{ad}') {
        return Gap::Space;
    }
    match between {
        "-" | "\u{2010}" | "\u{2011}" => Gap::Hyphen,
        "–" | " – " | "—" => Gap::Dash,
        _ => Gap::Other,
    }
}
