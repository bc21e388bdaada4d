//! Marks inside a line that are no text: footnote markers, editors' remarks, leftovers of markup.

use super::draft::{Cut, Draft};
use crate::clean::furniture::Bracket;
use crate::model::Span;
use aho_corasick::{AhoCorasick, MatchKind};

/// Finds the places where something may have to go.
pub struct Triggers {
    plain: AhoCorasick,
    /// Knows the marks of Markdown besides.
    markdown: AhoCorasick,
    errors: usize,
}

/// What triggers, before the prefixes of cite errors.
const FIXED: [&str; 6] = ["[", "［", "''", "{{", "<", "-{"];
/// An edit label ends a heading, which is no longer than this.
const LONGEST_HEADING: usize = 300;
/// A comment or leaked note is no longer.
const LONGEST_TAGGED: usize = 4000;
/// A template that leaked into a line is no longer.
const LONGEST_TEMPLATE: usize = 2000;
/// No bracket is longer.
const LONGEST_BRACKET: usize = 160;

/// Marks of Markdown for emphasis and code, after all others.
const EMPHASIS: [&str; 4] = ["*", "_", "`", "~~"];

impl Triggers {
    pub fn new(cite_errors: &[String]) -> Self {
        let plain = FIXED.iter().map(|text| text.to_string()).chain(cite_errors.iter().cloned());
        let patterns: Vec<String> = plain.collect();
        let build = |patterns: &[String]| {
            let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
            automaton.expect("fixed patterns")
        };
        let marks = EMPHASIS.iter().map(|text| text.to_string());
        let all: Vec<String> = patterns.iter().cloned().chain(marks).collect();
        Triggers { plain: build(&patterns), markdown: build(&all), errors: cite_errors.len() }
    }
}

/// A marker taken out: where it stood in the source, and the number it bears.
pub(super) type Marker = (usize, String);

/// What has to go from a span of one line, in order, and the markers among it.
pub(super) fn find(draft: &Draft, span: Span) -> (Vec<Cut>, Vec<Marker>) {
    let text = span.of(draft.text);
    let mut found = Found { cuts: Vec::new(), markers: Vec::new(), base: span.start, done: 0 };
    let triggers = &draft.rules.triggers;
    let automaton = if draft.markdown { &triggers.markdown } else { &triggers.plain };
    let mut braces_from = 0;
    for trigger in automaton.find_iter(text) {
        let at = trigger.start();
        if at < found.done {
            continue;
        }
        match trigger.pattern().as_usize() {
            0 if found.link(text, at) => {}
            0 | 1 => {
                let taken = bracket(draft, text, at, trigger.len(), &mut found);
                found.take(taken);
            }
            2 => found.take(Some(quotes(text, at))),
            3 if at < braces_from => {}
            3 => {
                let end = braces(text, at);
                // Where one did not close, its neighbours are not tried: they would not either.
                braces_from = if end.is_none() { at + LONGEST_TEMPLATE / 2 } else { 0 };
                found.take(end.map(|end| (at, end, "template", "template")));
            }
            4 => found.take(tag(text, at).map(|end| (at, end, "markup", "tag"))),
            5 => found.variant(text, at),
            n if n < FIXED.len() + triggers.errors => {
                let error = draft.rules.citations.errors.at(&text[at..]);
                found.take(error.map(|error| (at, at + error.len, "cite_error", "cite-error")));
            }
            _ => found.take(emphasis(text, at).map(|end| (at, end, "markup", "emphasis"))),
        }
    }
    (found.cuts, found.markers)
}

/// What was found so far; places count in the line, `base` is where it begins in the source.
struct Found {
    cuts: Vec<Cut>,
    markers: Vec<Marker>,
    base: usize,
    done: usize,
}

impl Found {
    fn take(&mut self, taken: Taken) {
        if let Some((start, end, kind, rule)) = taken {
            self.cut(start, end, kind, rule);
            self.done = end;
        }
    }

    fn cut(&mut self, start: usize, end: usize, kind: &'static str, rule: &'static str) {
        self.cuts.push(Cut { span: Span::new(self.base + start, self.base + end), kind, rule });
    }

    /// A link keeps its label; an image and a link without one go whole.
    fn link(&mut self, text: &str, at: usize) -> bool {
        let Some((image, label, end)) = link(text, at) else { return false };
        if image || label.start == label.end {
            let rule = if image { "image" } else { "empty-link" };
            self.cut(at - usize::from(image), end, "markup", rule);
        } else {
            self.cut(at, label.start, "markup", "link");
            self.cut(label.end, end, "markup", "link");
        }
        self.done = end;
        true
    }

    fn variant(&mut self, text: &str, at: usize) {
        if let Some((form, end)) = variant(text, at) {
            self.cut(at, form.start, "markup", "variant");
            self.cut(form.end, end, "markup", "variant");
            self.done = end;
        }
    }
}

type Taken = Option<(usize, usize, &'static str, &'static str)>;

fn bracket(draft: &Draft, text: &str, at: usize, open: usize, found: &mut Found) -> Taken {
    let limit = floor(text, at + open + LONGEST_BRACKET);
    let (close, mark) =
        text[at + open..limit].char_indices().find(|(_, c)| matches!(c, '[' | ']' | '［' | '］'))?;
    if matches!(mark, '[' | '［') {
        return None;
    }
    let close = at + open + close;
    let end = close + mark.len_utf8();
    let (before, after) = (text[..at].chars().next_back(), text[end..].chars().next());
    let number = match draft.rules.furniture.bracket(&text[at + open..close])? {
        Bracket::Remark => return Some((spaced(text, at), end, "editor_remark", "remark")),
        // A label stands at the end of a heading; in a sentence it is what the sentence is about.
        Bracket::Edit => {
            let label =
                after.is_none() && (at == 0 || (at <= LONGEST_HEADING && !super::shape::ends(&text[..at])));
            return label.then_some((spaced(text, at), end, "edit_label", "edit-label"));
        }
        Bracket::Note(number) => number,
        Bracket::Letter(letter) => {
            let stands = before
                .is_some_and(|c| !c.is_whitespace() && !matches!(c, '"' | '“' | '(' | '«' | '\''))
                && after.is_none_or(|c| !c.is_alphanumeric());
            let noted = before.is_some_and(|c| !c.is_alphabetic() || crate::text::han::is_han(c))
                || draft.has_note(&letter);
            if !stands || !noted {
                return None;
            }
            letter
        }
    };
    let attached = before.is_some_and(|c| !c.is_whitespace());
    if !attached && !draft.has_note(&number) {
        return None;
    }
    let start = if attached { at } else { spaced(text, at) };
    found.markers.push((found.base + start, number));
    Some((start, end, "footnote_marker", "footnote-marker"))
}

/// `[label](address)`, `![text](address)`: whether it is an image, the label, and the end.
fn link(text: &str, at: usize) -> Option<(bool, Span, usize)> {
    let window = &text[..floor(text, at + 1600)];
    let close = at + 1 + window[at + 1..].find(['[', ']'])?;
    if !window[close..].starts_with("](") {
        return None;
    }
    let after = &window[close + 2..];
    let mut depth = 0usize;
    let address = |c: &(usize, char)| c.1 != '[';
    let end = after.char_indices().take_while(address).find_map(|(offset, c)| match c {
        '(' => {
            depth += 1;
            None
        }
        ')' if depth == 0 => Some(close + 2 + offset + 1),
        ')' => {
            depth -= 1;
            None
        }
        _ => None,
    })?;
    let address = text[close + 2..end - 1].trim_start_matches(['<', ' ']);
    let goes = address.is_empty()
        || address.starts_with(['/', '#', '.', '?'])
        || address.starts_with("http")
        || address.starts_with("mailto:");
    goes.then_some((text[..at].ends_with('!'), Span::new(at + 1, close), end))
}

/// A run of marks for emphasis or code that opens or closes at a word.
fn emphasis(text: &str, at: usize) -> Option<usize> {
    let mark = text.as_bytes()[at];
    let end = at + text[at..].bytes().take_while(|&byte| byte == mark).count();
    let (before, after) = (text[..at].chars().next_back(), text[end..].chars().next());
    if before == Some('\\') || end - at > 3 {
        return None;
    }
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    // An underscore inside a word is part of a name, a star among blanks a sign.
    let inside = mark == b'_' && word(before) && word(after);
    let alone = blank(before) && blank(after);
    (!inside && !alone).then_some(end)
}

/// The blanks before `at` go with what is cut there.
fn spaced(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches([' ', '\u{a0}', '\u{200b}']).len()
}

/// Wiki quotation marks for italics and bold, with the blank that a cut link left inside them.
fn quotes(text: &str, at: usize) -> (usize, usize, &'static str, &'static str) {
    let run = text[at..].bytes().take_while(|&byte| byte == b'\'').count();
    let mut end = at + run;
    let opens =
        text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '“'));
    if opens && text[end..].starts_with(' ') {
        end += 1;
    }
    (at, end, "markup", "wiki-quotes")
}

/// The end of a template that closes within the line.
fn braces(text: &str, at: usize) -> Option<usize> {
    let (mut depth, mut end) = (0usize, at);
    for (offset, _) in text[at..floor(text, at + LONGEST_TEMPLATE)].match_indices(['{', '}']) {
        if text.as_bytes()[at + offset] == b'{' {
            depth += 1;
        } else {
            depth = depth.saturating_sub(1);
        }
        end = at + offset + 1;
        if depth == 0 {
            return Some(end);
        }
    }
    (at == 0 && end > at).then_some(text.len())
}

/// Tags that leak into texts; a comparison (`a < b`) is none.
const TAGS: [&str; 52] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "gallery",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "math",
    "nowiki",
    "ol",
    "p",
    "picture",
    "pre",
    "ref",
    "references",
    "s",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];

fn tag(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at + 1..floor(text, at + LONGEST_TAGGED)];
    if rest.starts_with("!--") {
        return rest.find("-->").map(|len| at + 1 + len + 3);
    }
    let name_at = usize::from(rest.starts_with('/'));
    let len = rest[name_at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = rest[name_at..name_at + len].to_ascii_lowercase();
    if !TAGS.contains(&name.as_str()) {
        return None;
    }
    let end = rest[..floor(rest, 1200)].find('>')? + 1;
    // A note that leaked whole is no text either.
    if name == "ref" && name_at == 0 && !rest[..end].ends_with("/>") {
        let close = rest.find("</ref>").map(|len| len + "</ref>".len());
        return Some(at + 1 + close.unwrap_or(end));
    }
    Some(at + 1 + end)
}

/// `-{zh-hans:甲; zh-hant:乙}-`: one form stays. Gives the form and the end of the mark.
fn variant(text: &str, at: usize) -> Option<(Span, usize)> {
    let window = floor(text, at + 400);
    let close = text[at..window].find("}-").map(|len| at + len)?;
    let inner = &text[at + 2..close];
    let flags = inner.find('|').map_or(0, |len| len + 1);
    let form = inner[flags..].find([';', '；']).map_or(inner.len(), |len| flags + len);
    let value = inner[flags..form]
        .find([':', '：'])
        .map_or(flags, |len| flags + len + inner[flags + len..].chars().next().map_or(1, char::len_utf8));
    Some((Span::new(at + 2 + value, at + 2 + form), close + 2))
}

/// The last character boundary up to `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
