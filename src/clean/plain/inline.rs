//! Marks inside a line that are no text: footnote markers, editors' remarks, leftovers of markup.

use super::draft::{Cut, Draft};
use crate::clean::furniture::Bracket;
use crate::model::Span;
use aho_corasick::{AhoCorasick, MatchKind};

/// Finds the places where something may have to go.
pub struct Triggers {
    automaton: AhoCorasick,
    fixed: usize,
}

/// What triggers, before the prefixes of cite errors.
const FIXED: [&str; 6] = ["[", "［", "''", "{{", "<", "-{"];
/// An edit label ends a heading, which is no longer than this.
const LONGEST_HEADING: usize = 300;
/// A comment or leaked note is no longer.
const LONGEST_TAGGED: usize = 4000;
/// No bracket is longer.
const LONGEST_BRACKET: usize = 160;

impl Triggers {
    pub fn new(cite_errors: &[String]) -> Self {
        let patterns = FIXED.iter().map(|text| text.to_string()).chain(cite_errors.iter().cloned());
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        Triggers { automaton: automaton.expect("fixed patterns"), fixed: FIXED.len() }
    }
}

/// A marker taken out: where it stood in the source, and the number it bears.
pub(super) type Marker = (usize, String);

/// What has to go from a span of one line, in order, and the markers among it.
pub(super) fn find(draft: &Draft, span: Span) -> (Vec<Cut>, Vec<Marker>) {
    let text = span.of(draft.text);
    let (mut cuts, mut markers): (Vec<Cut>, Vec<Marker>) = (Vec::new(), Vec::new());
    let mut done = 0;
    let triggers = &draft.rules.triggers;
    for found in triggers.automaton.find_iter(text) {
        let at = found.start();
        if at < done {
            continue;
        }
        let taken = match found.pattern().as_usize() {
            0 | 1 => bracket(draft, text, at, found.len(), &mut markers, span.start),
            2 => Some(quotes(text, at)),
            3 => braces(text, at).map(|end| (at, end, "template", "template")),
            4 => tag(text, at).map(|end| (at, end, "markup", "tag")),
            5 => {
                if let Some((form, end)) = variant(text, at) {
                    let cut = |start, end| Cut {
                        span: Span::new(span.start + start, span.start + end),
                        kind: "markup",
                        rule: "variant",
                    };
                    cuts.extend([cut(at, form.start), cut(form.end, end)]);
                    done = end;
                }
                None
            }
            n if n >= triggers.fixed => draft
                .rules
                .citations
                .errors
                .at(&text[at..])
                .map(|error| (at, at + error.len, "cite_error", "cite-error")),
            _ => None,
        };
        if let Some((start, end, kind, rule)) = taken {
            cuts.push(Cut { span: Span::new(span.start + start, span.start + end), kind, rule });
            done = end;
        }
    }
    (cuts, markers)
}

type Taken = Option<(usize, usize, &'static str, &'static str)>;

fn bracket(
    draft: &Draft,
    text: &str,
    at: usize,
    open: usize,
    markers: &mut Vec<Marker>,
    base: usize,
) -> Taken {
    let limit = floor(text, at + open + LONGEST_BRACKET);
    let close = text[at + open..limit].find([']', '］']).map(|len| at + open + len)?;
    let end = close + text[close..].chars().next().map_or(1, char::len_utf8);
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
    markers.push((base + start, number));
    Some((start, end, "footnote_marker", "footnote-marker"))
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
    for (offset, _) in text[at..floor(text, at + LONGEST_TAGGED)].match_indices(['{', '}']) {
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
const TAGS: [&str; 28] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "div",
    "em",
    "font",
    "i",
    "li",
    "math",
    "nowiki",
    "ol",
    "p",
    "ref",
    "references",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
    "img",
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
