//! The constructs of a page: templates, links, references, variants, tables and comments, nested as
//! they stand. One pass with a stack; an opening that is never closed is text.

use crate::model::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Comment,
    /// `{{…}}`
    Template,
    /// `{{{…}}}`
    Parameter,
    /// `[[…]]`
    Link,
    /// `[http://… …]`
    Outer,
    /// `-{…}-`
    Variant,
    /// `{| … |}`
    Table,
    /// `<ref …>…</ref>` and other tags whose content stands apart.
    Tag,
    /// A tag whose content is text as it stands.
    Raw,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub kind: Kind,
    /// With the marks around it.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    /// Places of the `|` that part its own parameters.
    pub pipes: Vec<usize>,
    pub children: Vec<Node>,
}

/// Constructs within constructs; deeper openings are text, so that damaged pages stay cheap.
const DEEPEST: usize = 40;
/// Bytes of a tag.
const LONGEST_TAG: usize = 4096;

/// Tags whose content is taken with them; all others are only marks around text.
const TAGS: &[&str] = &["ref", "references", "gallery", "imagemap", "blockquote", "poem"];
const RAW: &[&str] = &[
    "nowiki",
    "math",
    "pre",
    "syntaxhighlight",
    "source",
    "timeline",
    "score",
    "chem",
    "graph",
    "templatedata",
    "mapframe",
    "includeonly",
    "style",
    "templatestyles",
    "hiero",
    "code",
];

pub(super) fn parse(text: &str) -> Vec<Node> {
    let mut parser =
        Parser { text, bytes: text.as_bytes(), open: Vec::new(), done: Vec::new(), unclosed: Vec::new() };
    parser.run();
    while let Some(open) = parser.open.pop() {
        parser.give_up(open);
    }
    parser.done
}

struct Open {
    kind: Kind,
    start: usize,
    inner: usize,
    pipes: Vec<usize>,
    children: Vec<Node>,
    /// Name of a tag.
    tag: String,
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    open: Vec<Open>,
    done: Vec<Node>,
    /// Raw tags that no closing tag follows any more.
    unclosed: Vec<String>,
}

impl Parser<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let bytes = self.bytes;
        while at < bytes.len() {
            at = match bytes[at] {
                b'<' => self.angle(at),
                b'{' => self.brace(at),
                b'}' => self.close_brace(at),
                b'[' => self.bracket(at),
                b']' => self.close_bracket(at),
                b'-' if bytes[at..].starts_with(b"-{") && !bytes[at..].starts_with(b"-{{") => {
                    self.push(Kind::Variant, at, at + 2)
                }
                b'|' => self.pipe(at),
                b'\n' => self.newline(at),
                _ => at + memchr_next(&bytes[at..]),
            };
        }
    }

    fn starts_line(&self, at: usize) -> bool {
        self.text[..at].trim_end_matches([' ', '\t', ':']).bytes().last().is_none_or(|byte| byte == b'\n')
    }

    fn push(&mut self, kind: Kind, start: usize, inner: usize) -> usize {
        if self.open.len() >= DEEPEST {
            return inner;
        }
        self.open.push(Open {
            kind,
            start,
            inner,
            pipes: Vec::new(),
            children: Vec::new(),
            tag: String::new(),
        });
        inner
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.children.push(node),
            None => self.done.push(node),
        }
    }

    fn give_up(&mut self, open: Open) {
        open.children.into_iter().for_each(|child| self.add(child));
    }

    /// Closes the nearest open construct of a kind; what was left open inside it is text.
    fn close(&mut self, kind: Kind, at: usize, width: usize, barrier: &[Kind]) -> bool {
        let Some(found) = self.open.iter().rposition(|open| open.kind == kind) else { return false };
        if self.open[found + 1..].iter().any(|open| barrier.contains(&open.kind)) {
            return false;
        }
        while self.open.len() > found + 1 {
            let open = self.open.pop().expect("an open construct");
            self.give_up(open);
        }
        let open = self.open.pop().expect("an open construct");
        let (span, inner) = (Span::new(open.start, at + width), Span::new(open.inner, at));
        self.add(Node { kind, span, inner, pipes: open.pipes, children: open.children });
        true
    }

    fn brace(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"{|") && !rest.starts_with(b"{|}") && self.starts_line(at) {
            return self.push(Kind::Table, at, at + 2);
        }
        let run = rest.iter().take(4).take_while(|&&byte| byte == b'{').count();
        match run {
            1 => at + 1,
            3 => self.push(Kind::Parameter, at, at + 3),
            2 => self.push(Kind::Template, at, at + 2),
            _ => {
                self.push(Kind::Template, at, at + 2);
                at + 2
            }
        }
    }

    fn close_brace(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"}-") && self.close(Kind::Variant, at, 2, &[Kind::Template, Kind::Table]) {
            return at + 2;
        }
        let innermost = self.open.iter().rev().find(|o| matches!(o.kind, Kind::Template | Kind::Parameter));
        let parameter = innermost.is_some_and(|open| open.kind == Kind::Parameter);
        if rest.starts_with(b"}}}") && parameter && self.close(Kind::Parameter, at, 3, &[]) {
            return at + 3;
        }
        if rest.starts_with(b"}}") && self.close(Kind::Template, at, 2, &[Kind::Table]) {
            return at + 2;
        }
        at + 1
    }

    fn bracket(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"[[") {
            return self.push(Kind::Link, at, at + 2);
        }
        let target = &self.text[at + 1..];
        let outer = ["http://", "https://", "//", "ftp://", "mailto:"]
            .iter()
            .any(|scheme| target.starts_with(scheme));
        if outer { self.push(Kind::Outer, at, at + 1) } else { at + 1 }
    }

    fn close_bracket(&mut self, at: usize) -> usize {
        let barrier = [Kind::Template, Kind::Table, Kind::Tag];
        let outer = self.open.last().is_some_and(|open| open.kind == Kind::Outer);
        if !outer && self.bytes[at..].starts_with(b"]]") && self.close(Kind::Link, at, 2, &barrier) {
            return at + 2;
        }
        self.close(Kind::Outer, at, 1, &[Kind::Template, Kind::Table, Kind::Tag, Kind::Link]);
        at + 1
    }

    fn pipe(&mut self, at: usize) -> usize {
        if self.bytes[at..].starts_with(b"|}")
            && self.starts_line(at)
            && !self.bytes[at..].starts_with(b"|}}")
            && self.close(Kind::Table, at, 2, &[Kind::Template])
        {
            return at + 2;
        }
        if let Some(open) = self.open.last_mut() {
            open.pipes.push(at);
        }
        at + 1
    }

    /// A link ends with its line, a media link with its paragraph.
    fn newline(&mut self, at: usize) -> usize {
        while self.open.last().is_some_and(|open| open.kind == Kind::Outer) {
            let open = self.open.pop().expect("an open construct");
            self.give_up(open);
        }
        if self.bytes[at..].starts_with(b"\n\n") {
            while self.open.last().is_some_and(|open| matches!(open.kind, Kind::Link | Kind::Variant)) {
                let open = self.open.pop().expect("an open construct");
                self.give_up(open);
            }
        }
        at + 1
    }

    fn angle(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(self.text.len(), |end| at + end + 3);
            let span = Span::new(at, end);
            self.add(Node {
                kind: Kind::Comment,
                span,
                inner: span,
                pipes: Vec::new(),
                children: Vec::new(),
            });
            return end;
        }
        if let Some(name) = rest.strip_prefix("</").map(tag_name) {
            return self.close_tag(at, &name);
        }
        let name = tag_name(&rest[1..]);
        if name.is_empty() {
            return at + 1;
        }
        let Some(end) = tag_end(rest) else { return at + 1 };
        let empty = rest[..end].ends_with("/>");
        if empty && TAGS.contains(&name.as_str()) {
            let inner = Span::new(at + end, at + end);
            let span = Span::new(at, at + end);
            self.add(Node { kind: Kind::Tag, span, inner, pipes: Vec::new(), children: Vec::new() });
        } else if TAGS.contains(&name.as_str()) {
            // A reference that was not closed ends where the next one starts.
            if name == "ref" {
                let open = self.open.iter().rposition(|open| open.kind == Kind::Tag && open.tag == "ref");
                while open.is_some_and(|open| self.open.len() > open) {
                    let open = self.open.pop().expect("an open construct");
                    self.give_up(open);
                }
            }
            let depth = self.open.len();
            self.push(Kind::Tag, at, at + end);
            if let Some(open) = self.open.get_mut(depth) {
                open.tag = name;
            }
        } else if RAW.contains(&name.as_str()) && !empty && !self.unclosed.contains(&name) {
            return self.raw(at, at + end, name);
        }
        at + end
    }

    fn close_tag(&mut self, at: usize, name: &str) -> usize {
        let width = closing(&self.bytes[at..]);
        let found = self.open.iter().rposition(|open| open.kind == Kind::Tag && open.tag == name);
        if let Some(found) = found {
            while self.open.len() > found + 1 {
                let open = self.open.pop().expect("an open construct");
                self.give_up(open);
            }
            self.close(Kind::Tag, at, width, &[]);
        }
        at + width
    }

    fn raw(&mut self, start: usize, inner: usize, name: String) -> usize {
        let close = format!("</{name}");
        let Some(found) = find_ignoring_case(&self.bytes[inner..], close.as_bytes()) else {
            self.unclosed.push(name);
            return inner;
        };
        let end = inner + found;
        let after = end + closing(&self.bytes[end..]);
        let (span, inner) = (Span::new(start, after), Span::new(inner, end));
        self.add(Node { kind: Kind::Raw, span, inner, pipes: Vec::new(), children: Vec::new() });
        after
    }
}

/// Length of a closing tag.
fn closing(bytes: &[u8]) -> usize {
    bytes.iter().take(64).position(|&byte| byte == b'>').map_or(2, |end| end + 1)
}

/// Bytes up to the next that may open or close something; at least one.
fn memchr_next(bytes: &[u8]) -> usize {
    let special = |byte: &u8| matches!(byte, b'<' | b'{' | b'}' | b'[' | b']' | b'-' | b'|' | b'\n');
    1 + bytes[1..].iter().position(special).unwrap_or(bytes.len() - 1)
}

fn find_ignoring_case(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memchr_iter(needle[0], bytes)
        .find(|&at| bytes[at..].get(..needle.len()).is_some_and(|found| found.eq_ignore_ascii_case(needle)))
}

/// The name at the start of a tag's inside, in lower case.
pub(super) fn tag_name(inside: &str) -> String {
    inside
        .bytes()
        .take(20)
        .take_while(u8::is_ascii_alphanumeric)
        .map(|b| b.to_ascii_lowercase() as char)
        .collect()
}

/// Length of a tag with its closing bracket, which may stand in a quoted value.
pub(super) fn tag_end(tag: &str) -> Option<usize> {
    let mut quoted = false;
    let mut first = None;
    for (at, byte) in tag.bytes().enumerate().take(LONGEST_TAG) {
        match byte {
            b'>' if !quoted => return Some(at + 1),
            b'>' => first = first.or(Some(at + 1)),
            b'"' => quoted = !quoted,
            b'<' if at > 0 => break,
            _ => {}
        }
    }
    first
}
