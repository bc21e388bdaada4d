//! Words of alphabetic text: where each stands, how it is written and what joins it to the one before.
//!
//! A hyphen parts words, because names meet others across it (Trump-Putin, Russia-backed); what must stay
//! together (Jean-Yves) is joined again by those who read the tokens. Possessive endings are not part of a word.

use crate::model::Span;
use crate::names::inflection;
use crate::text::han::is_han;

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
    /// What it is compared by: folded, and for Cyrillic words cut to the stem.
    pub key: String,
}

impl Token<'_> {
    pub fn is_upper(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Caps | Shape::Initial)
    }
}

/// The words of a text in order.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token> = Vec::new();
    let mut end_before = 0;
    let mut chars = text.char_indices().peekable();
    while let Some(&(start, c)) = chars.peek() {
        if !is_word_char(c) || is_apostrophe(c) || is_mark(c) {
            chars.next();
            continue;
        }
        let end = word_end(text, start);
        while chars.peek().is_some_and(|&(at, _)| at < end) {
            chars.next();
        }
        let gap = if out.is_empty() { Gap::Start } else { gap(&text[end_before..start]) };
        let (word, possessive) = split_possessive(&text[start..end]);
        out.push(token(word, start, gap, possessive));
        end_before = end;
    }
    out
}

fn token(word: &str, start: usize, gap: Gap, possessive: bool) -> Token<'_> {
    let script = script_of(word);
    Token {
        span: Span::new(start, start + word.len()),
        text: word,
        shape: shape(word),
        script,
        gap,
        possessive,
        key: key(word, script),
    }
}

/// The comparison key of one word, as tokens carry it.
pub fn key(word: &str, script: Script) -> String {
    let folded = inflection::fold(word);
    match script {
        Script::Cyrillic => {
            let caps = word.chars().filter(|c| c.is_uppercase()).count();
            // МИДа, НАТО: an abbreviation keeps its letters and may carry a small ending.
            if caps >= 2 && caps == word.chars().take_while(|c| c.is_uppercase()).count() {
                return word.chars().take(caps).flat_map(char::to_lowercase).collect();
            }
            inflection::stem(&folded).to_owned()
        }
        _ => folded,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '‘')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_word_char(c: char) -> bool {
    (c.is_alphanumeric() && !is_han(c)) || is_mark(c) || is_apostrophe(c)
}

/// The end of the word that begins at `start`: letters, digits, inner apostrophes, and the full stops of
/// U.S. and of initials.
fn word_end(text: &str, start: usize) -> usize {
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
    match word.chars().find(|c| c.is_alphabetic()) {
        Some('\u{400}'..='\u{52f}') => Script::Cyrillic,
        Some('A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ʼ') => Script::Latin,
        Some(_) => Script::Other,
        None => Script::Latin,
    }
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Number };
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let (mut more, mut small) = (0, 0);
    for letter in letters {
        more += 1;
        small += usize::from(!letter.is_uppercase());
    }
    match (more, small) {
        (0, _) => Shape::Initial,
        (_, 0) if !word.contains('.') || more > 0 => Shape::Caps,
        _ => Shape::Capital,
    }
}

fn gap(between: &str) -> Gap {
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
