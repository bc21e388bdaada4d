//! Furniture: lines and marks that a site put around or into a text, known by their words.
//!
//! Boundary: judges one line, or what stands between square brackets, by `rules/furniture.toml`; where
//! on the page the line stands is the caller's to know. Lines are compared folded (width, case,
//! punctuation, invisible characters), because mirrors change all of these.

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// Where on a page a line must stand to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Any,
    Edge,
    Tail,
}

/// What a line was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub kind: &'static str,
    pub rule: &'static str,
    pub place: Place,
}

/// What stands between square brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bracket {
    /// A footnote marker with the number of its entry.
    Note(String),
    /// A single letter, which may be a marker or an author's insertion.
    Letter(String),
    /// An editor's remark.
    Remark,
    /// A label of the interface.
    Edit,
}

/// All lines and marks, compiled.
pub struct Rules {
    whole: HashMap<String, Found>,
    prefixes: AhoCorasick,
    prefix_of: Vec<(Found, usize)>,
    words: HashSet<String>,
    share: Option<Found>,
    /// How any of the above begins.
    openings: Openings,
    remarks: HashSet<String>,
    notes: HashSet<String>,
    wrappers: HashSet<String>,
    titles: HashSet<String>,
    stamps: Stamps,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    line: Vec<Line>,
    remarks: BTreeMap<String, Vec<String>>,
    notes: BTreeMap<String, Vec<String>>,
    stamps: Stamps,
    wrappers: Wrappers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stamps {
    clock: Vec<String>,
    words: Vec<String>,
    ends: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    rule: String,
    kind: String,
    place: Place,
    #[serde(default, rename = "match")]
    by: Match,
    #[serde(default)]
    longest: usize,
    text: Vec<String>,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Match {
    #[default]
    Whole,
    Prefix,
    Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrappers {
    elements: Vec<String>,
    titles: Vec<String>,
}

/// A longer line is compared by its beginning only.
const LONGEST_WHOLE: usize = 160;
/// No prefix is longer, in bytes before folding.
const HEAD: usize = 200;
/// Prefix lines are at most this long where their rule sets no limit.
const LONGEST_PREFIX: usize = 300;

impl Rules {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("furniture.toml");
        let mut rules = Rules {
            whole: HashMap::new(),
            prefixes: AhoCorasick::new([""; 0]).expect("no pattern is a pattern"),
            prefix_of: Vec::new(),
            words: HashSet::new(),
            share: None,
            openings: Openings::default(),
            remarks: file.remarks.into_values().flatten().map(|text| fold(&text)).collect(),
            notes: file.notes.into_values().flatten().map(|text| fold(&text)).collect(),
            wrappers: file.wrappers.elements.into_iter().collect(),
            titles: file.wrappers.titles.into_iter().collect(),
            stamps: file.stamps,
        };
        let mut prefixes = Vec::new();
        for line in file.line {
            let found = Found { kind: keep(line.kind), rule: keep(line.rule), place: line.place };
            for text in &line.text {
                match line.by {
                    Match::Whole => drop(rules.whole.insert(fold(text), found)),
                    Match::Words => drop(rules.words.insert(fold(text))),
                    Match::Prefix => {
                        let longest = if line.longest == 0 { LONGEST_PREFIX } else { line.longest };
                        prefixes.push(fold_start(text));
                        rules.prefix_of.push((found, longest));
                    }
                }
            }
            if line.by == Match::Words {
                rules.share = Some(found);
            }
        }
        let whole = rules.whole.keys().map(String::as_str);
        let prefixed = prefixes.iter().chain(&rules.words).map(String::as_str);
        rules.openings = whole.chain(prefixed).collect();
        rules.prefixes = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(prefixes)
            .expect("prefixes make an automaton");
        rules
    }

    /// What furniture a whole line is, if any.
    pub fn line(&self, line: &str) -> Option<Found> {
        let line = line.trim();
        if !self.openings.may_open(line) {
            return None;
        }
        if line.len() <= LONGEST_WHOLE {
            let folded = fold(line);
            // Some copies close a label as if it were a sentence.
            if let Some(&found) =
                self.whole.get(&folded).or_else(|| self.whole.get(folded.strip_suffix('.')?))
            {
                return Some(found);
            }
            if let Some(found) = self.share.filter(|_| self.is_share_bar(&folded)) {
                return Some(found);
            }
            return self.prefix(&folded, line.len());
        }
        let mut cut = HEAD.min(line.len());
        while !line.is_char_boundary(cut) {
            cut -= 1;
        }
        self.prefix(&fold(&line[..cut]), line.len())
    }

    /// Whether the line has the words that stand beside the day of a report.
    pub fn reports(&self, line: &str) -> bool {
        let folded = fold(line);
        self.stamps.words.iter().any(|word| folded.contains(word.as_str()))
            || self.stamps.ends.iter().any(|end| folded.ends_with(end.as_str()))
    }

    /// Whether the word stands beside a time of day and says no more: AM, GMT.
    pub fn beside_clock(&self, word: &str) -> bool {
        self.stamps.clock.contains(&word.to_lowercase())
    }

    fn prefix(&self, folded: &str, len: usize) -> Option<Found> {
        let input = Input::new(folded).anchored(Anchored::Yes);
        let (found, longest) = self.prefix_of[self.prefixes.find(input)?.pattern().as_usize()];
        (len <= longest).then_some(found)
    }

    /// Two words or more, and each the name of a way to share.
    fn is_share_bar(&self, folded: &str) -> bool {
        let mut words = folded.split(' ');
        let known = words.clone().all(|word| self.words.contains(word));
        known && words.by_ref().filter(|word| word.chars().count() > 1).count() >= 2
    }

    /// What stands between square brackets, `inner` without them.
    pub fn bracket(&self, inner: &str) -> Option<Bracket> {
        if inner.len() > LONGEST_WHOLE {
            return None;
        }
        // Markdown marks its notes so.
        let inner = inner.strip_prefix('^').unwrap_or(inner);
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        if digits == inner.len() && (1..=3).contains(&digits) {
            return Some(Bracket::Note(inner.to_owned()));
        }
        if inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Some(Bracket::Letter(inner.to_owned()));
        }
        let folded = fold(inner);
        if self.whole.get(&format!("[{folded}]")).is_some_and(|found| found.kind == "edit_label") {
            return Some(Bracket::Edit);
        }
        if self.remarks.contains(&folded) || self.remarks.contains(&any_number(&folded)) {
            return Some(Bracket::Remark);
        }
        let word = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &folded[word.len()..];
        let noted = !number.is_empty() && number.len() <= 3 && self.notes.contains(word.trim_end());
        noted.then(|| Bracket::Note(folded.clone()))
    }

    /// The lower-case name of the element if the line is nothing but tags of a wrapper, with or without
    /// text in one line, and whether that text is a title.
    pub fn wrapper(&self, line: &str) -> Option<bool> {
        let inner = line.strip_prefix('<')?;
        if !line.ends_with('>') || line.len() > 1000 {
            return None;
        }
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let name = inner[..len].to_ascii_lowercase();
        let alone = inner.find('>') == Some(inner.len() - 1);
        let closed = inner.to_ascii_lowercase().ends_with(&format!("</{name}>"));
        if self.titles.contains(&name) && closed {
            return Some(true);
        }
        (self.wrappers.contains(&name) && (alone || closed)).then_some(false)
    }
}

fn any_number(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('1') => {}
            '0'..='9' => out.push('1'),
            c => out.push(c),
        }
    }
    out
}

/// How folded texts begin, by their first two characters: few lines open as one of them does, and the rest
/// need not be folded whole.
#[derive(Default)]
pub(super) struct Openings(HashSet<(char, Option<char>)>);

/// Characters of a line that are folded to see how it opens: enough for two to be left.
const OPENING: usize = 12;

impl<'t> FromIterator<&'t str> for Openings {
    fn from_iter<T: IntoIterator<Item = &'t str>>(folded: T) -> Self {
        Openings(folded.into_iter().filter_map(opening).collect())
    }
}

impl Openings {
    /// Whether a line may begin with one of the texts.
    pub fn may_open(&self, line: &str) -> bool {
        let end = line.char_indices().nth(OPENING).map_or(line.len(), |(at, _)| at);
        match opening(&fold_start(&line[..end])) {
            Some((first, Some(second))) => {
                self.0.contains(&(first, Some(second))) || self.0.contains(&(first, None))
            }
            _ => true,
        }
    }
}

fn opening(folded: &str) -> Option<(char, Option<char>)> {
    let mut chars = folded.chars();
    Some((chars.next()?, chars.next()))
}

/// Rules live as long as the program, and removals name them.
fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// A line in the form in which lines are compared: compatibility forms, lower case, plain quotation
/// marks and dashes, single blanks, nothing invisible, no blank before punctuation marks of Chinese.
pub fn fold(text: &str) -> String {
    fold_start(text.trim()).trim_end().to_owned()
}

fn fold_start(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let Some(c) = compatible(c) else {
            out.clear();
            text.nfkc().for_each(|c| push_folded(c, &mut out));
            return out;
        };
        push_folded(c, &mut out);
    }
    out
}

/// The compatibility form of a character where a look tells it, whatever stands beside it.
fn compatible(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' | '\u{400}'..='\u{45f}' | '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3011}' => Some(c),
        '«' | '»' | '–' | '—' | '‘' | '’' | '“' | '”' | '„' | '\u{200b}'..='\u{200f}' => {
            Some(c)
        }
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        _ => None,
    }
}

/// Adds a character in the form in which lines are compared.
fn push_folded(c: char, out: &mut String) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '!'..='_' | 'a'..='~' | '\u{430}'..='\u{45f}' | '\u{4e00}'..='\u{9fff}' => out.push(c),
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}'
        | '\u{301}' => {}
        '“' | '”' | '„' | '«' | '»' => out.push('"'),
        '’' | '‘' | 'ʼ' | '`' => out.push('\''),
        '—' | '–' | '―' | '‒' | '−' => out.push('-'),
        '。' => out.push('.'),
        '、' => out.push(','),
        c if c.is_whitespace() => {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        }
        c => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_in_every_width_and_case() {
        let rules = Rules::builtin();
        for (line, kind) in [
            ("维基百科，自由的百科全书", "tagline"),
            ("維基百科,自由的百科全書", "tagline"),
            ("From Wikipedia, the free encyclopedia", "tagline"),
            ("Материал из Википедии — свободной энциклопедии", "tagline"),
            ("［編輯］", "edit_label"),
            ("[править | править код]", "edit_label"),
            ("Категорії: Війни | Угоди", "category"),
            ("Mail   Facebook   Twitter / X   LinkedIn", "share_bar"),
            ("{{DEFAULTSORT:Talks}}", "category"),
            ("责任编辑：王某", "byline"),
        ] {
            assert_eq!(rules.line(line).map(|found| found.kind), Some(kind), "{line}");
        }
        assert_eq!(rules.line("She pressed the button marked [edit] and left."), None);
        assert_eq!(rules.line("X"), None);
    }

    #[test]
    fn brackets_are_told_apart() {
        let rules = Rules::builtin();
        assert_eq!(rules.bracket("12"), Some(Bracket::Note("12".to_owned())));
        assert_eq!(rules.bracket("a"), Some(Bracket::Letter("a".to_owned())));
        assert_eq!(rules.bracket("note 3"), Some(Bracket::Note("note 3".to_owned())));
        assert_eq!(rules.bracket("注 1"), Some(Bracket::Note("注 1".to_owned())));
        for remark in ["來源請求", "джерело?", "источник не указан 345 дней", "citation needed"]
        {
            assert_eq!(rules.bracket(remark), Some(Bracket::Remark), "{remark}");
        }
        for kept in ["ing", "2014", "sic", "the envoy", "…"] {
            assert_eq!(rules.bracket(kept), None, "{kept}");
        }
    }

    #[test]
    fn wrappers_are_lines_of_tags() {
        let rules = Rules::builtin();
        assert_eq!(rules.wrapper("<doc id=\"1\" title=\"A\">"), Some(false));
        assert_eq!(rules.wrapper("<DATETIME> 2018-05-19T12:00:00 </DATETIME>"), Some(false));
        assert_eq!(rules.wrapper("<TITLE>Talks</TITLE>"), Some(true));
        assert_eq!(rules.wrapper("<p>Text of a paragraph.</p> and more"), None);
    }
}
