//! Tokens of an HTML source, each with the bytes it came from.
//!
//! A boundary of its own and not html5ever's, because that one hands on decoded strings without
//! their place in the source, and every kept or removed byte of a page has to be traced back. The
//! states are those of the HTML standard; only script-in-comment escapes are left out.

use super::element::Tag;
use crate::model::Span;
use memchr::{memchr, memmem};

/// An attribute: name and value as written, references not yet read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    pub name: Span,
    pub value: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Text(Span),
    /// The content of a script, style or other raw element.
    Raw(Span),
    /// Its attributes are in [`Tokens::attributes`] from `attributes` on.
    Start {
        tag: Tag,
        name: Span,
        attributes: usize,
        self_closing: bool,
    },
    End {
        tag: Tag,
        name: Span,
    },
    Comment(Span),
}

/// Reads a source token by token.
pub struct Tokens<'a> {
    source: &'a str,
    at: usize,
    /// The raw element whose content comes next.
    raw: Option<(Tag, Span)>,
    /// Raw elements known to have no end tag in the rest of the source.
    endless: Vec<Tag>,
    pub attributes: Vec<Attribute>,
}

impl<'a> Tokens<'a> {
    pub fn new(source: &'a str) -> Self {
        Tokens { source, at: 0, raw: None, endless: Vec::new(), attributes: Vec::new() }
    }

    fn bytes(&self) -> &'a [u8] {
        self.source.as_bytes()
    }

    /// The next token; none at the end.
    pub fn next_token(&mut self) -> Option<Token> {
        if let Some((tag, name)) = self.raw.take()
            && let Some(token) = self.raw_content(tag, name)
        {
            return Some(token);
        }
        if self.at >= self.source.len() {
            return None;
        }
        let text_end = self.text_end();
        if text_end > self.at {
            let span = Span::new(self.at, text_end);
            self.at = text_end;
            return Some(Token::Text(span));
        }
        Some(self.markup())
    }

    /// Where the text that begins here ends: at the next `<` that opens markup.
    fn text_end(&self) -> usize {
        let bytes = self.bytes();
        let mut from = self.at;
        while let Some(offset) = memchr(b'<', &bytes[from..]) {
            let at = from + offset;
            match bytes.get(at + 1) {
                Some(b'!' | b'?' | b'/') => return at,
                Some(b) if b.is_ascii_alphabetic() => return at,
                _ => from = at + 1,
            }
        }
        bytes.len()
    }

    /// The token at a `<` that opens markup.
    fn markup(&mut self) -> Token {
        let bytes = self.bytes();
        match bytes[self.at + 1] {
            b'!' if bytes[self.at..].starts_with(b"<!--") => self.comment(),
            b'!' | b'?' => self.bogus_comment(),
            b'/' if bytes.get(self.at + 2).is_some_and(u8::is_ascii_alphabetic) => self.tag(true),
            b'/' => self.bogus_comment(),
            _ => self.tag(false),
        }
    }

    fn comment(&mut self) -> Token {
        let start = self.at;
        let body = start + 4;
        let rest = &self.bytes()[body.min(self.source.len())..];
        // `<!-->` and `<!--->` are whole comments.
        let end = if rest.starts_with(b">") {
            body + 1
        } else if rest.starts_with(b"->") {
            body + 2
        } else {
            let plain = memmem::find(rest, b"-->").map(|at| at + 3);
            let within = &rest[..plain.unwrap_or(rest.len())];
            let bang = memmem::find(within, b"--!>").map(|at| at + 4);
            body + bang.or(plain).unwrap_or(rest.len())
        };
        self.at = end;
        Token::Comment(Span::new(start, end))
    }

    fn bogus_comment(&mut self) -> Token {
        let start = self.at;
        let end = memchr(b'>', &self.bytes()[start..]).map_or(self.source.len(), |offset| start + offset + 1);
        self.at = end;
        Token::Comment(Span::new(start, end))
    }

    fn tag(&mut self, closing: bool) -> Token {
        let bytes = self.bytes();
        let start = self.at + 1 + usize::from(closing);
        let len = bytes[start..]
            .iter()
            .take_while(|b| !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | b' ' | b'/' | b'>'))
            .count();
        let name = Span::new(start, start + len);
        let tag = Tag::named(name.of(self.source));
        self.at = name.end;
        let attributes = self.attributes.len();
        let self_closing = self.read_attributes();
        if closing {
            self.attributes.truncate(attributes);
            return Token::End { tag, name };
        }
        if tag.is_raw() || tag == Tag::Plaintext {
            self.raw = Some((tag, name));
        }
        Token::Start { tag, name, attributes, self_closing }
    }

    /// Reads to the `>` of a tag; true for `/>`.
    fn read_attributes(&mut self) -> bool {
        let bytes = self.bytes();
        let mut self_closing = false;
        loop {
            match bytes.get(self.at) {
                None => return self_closing,
                Some(b'>') => {
                    self.at += 1;
                    return self_closing;
                }
                Some(b'/') => {
                    self_closing = true;
                    self.at += 1;
                }
                Some(b) if b.is_ascii_whitespace() => self.at += 1,
                Some(_) => {
                    self_closing = false;
                    self.read_attribute();
                }
            }
        }
    }

    fn read_attribute(&mut self) {
        let bytes = self.bytes();
        let start = self.at;
        // A name may begin with `=`.
        let rest = &bytes[start + 1..];
        let len = 1 + rest
            .iter()
            .take_while(|b| !(b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=')))
            .count();
        let name = Span::new(start, start + len);
        self.at = name.end;
        let blank = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let equals = name.end + blank(name.end);
        let mut value = Span::new(name.end, name.end);
        if bytes.get(equals) == Some(&b'=') {
            let from = equals + 1 + blank(equals + 1);
            value = match bytes.get(from) {
                Some(&quote @ (b'"' | b'\'')) => {
                    let end =
                        memchr(quote, &bytes[from + 1..]).map_or(bytes.len(), |offset| from + 1 + offset);
                    self.at = (end + 1).min(bytes.len());
                    Span::new(from + 1, end)
                }
                _ => {
                    let len = bytes[from..]
                        .iter()
                        .take_while(|b| !(b.is_ascii_whitespace() || **b == b'>'))
                        .count();
                    self.at = from + len;
                    Span::new(from, from + len)
                }
            };
        }
        self.attributes.push(Attribute { name, value });
    }

    /// Content of a raw element up to its end tag. One without an end tag is read as an ordinary
    /// element, so that a torn title doesn't swallow the page; scripts and styles run to the end.
    fn raw_content(&mut self, tag: Tag, name: Span) -> Option<Token> {
        let start = self.at;
        let end = if tag == Tag::Plaintext { None } else { self.raw_end(tag, name) };
        let end = match end {
            Some(end) => end,
            None if matches!(tag, Tag::Script | Tag::Style | Tag::Plaintext) => self.source.len(),
            None => return None,
        };
        if end == start {
            return None;
        }
        self.at = end;
        Some(Token::Raw(Span::new(start, end)))
    }

    fn raw_end(&mut self, tag: Tag, name: Span) -> Option<usize> {
        if self.endless.contains(&tag) {
            return None;
        }
        let bytes = self.bytes();
        let name = name.of(self.source).as_bytes();
        let mut from = self.at;
        while let Some(offset) = memmem::find(&bytes[from..], b"</") {
            let at = from + offset;
            let after = at + 2 + name.len();
            let fits = bytes.get(at + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name));
            if fits && bytes.get(after).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')) {
                return Some(at);
            }
            from = at + 2;
        }
        self.endless.push(tag);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<String> {
        let mut tokens = Tokens::new(source);
        let mut out = Vec::new();
        while let Some(token) = tokens.next_token() {
            out.push(match token {
                Token::Text(span) => format!("text {}", span.of(source)),
                Token::Raw(span) => format!("raw {}", span.of(source)),
                Token::Comment(span) => format!("comment {}", span.of(source)),
                Token::End { name, .. } => format!("end {}", name.of(source)),
                Token::Start { name, attributes, self_closing, .. } => {
                    let attributes: Vec<_> = tokens.attributes[attributes..]
                        .iter()
                        .map(|a| format!("{}={}", a.name.of(source), a.value.of(source)))
                        .collect();
                    format!(
                        "start {} [{}]{}",
                        name.of(source),
                        attributes.join("|"),
                        if self_closing { "/" } else { "" }
                    )
                }
            });
        }
        out
    }

    #[test]
    fn tokens_of_sound_and_torn_markup() {
        assert_eq!(read("a<b>c</b>"), ["text a", "start b []", "text c", "end b"]);
        assert_eq!(read("1 < 2 <3 & x<"), ["text 1 < 2 <3 & x<"]);
        assert_eq!(read("<A Href='x>y' b c=d/>t"), ["start A [Href=x>y|b=|c=d/]", "text t"]);
        assert_eq!(read("<br/><p =x>"), ["start br []/", "start p [=x=]"]);
        assert_eq!(
            read("<!-- a > b --!>x<!---->y<!-->z"),
            ["comment <!-- a > b --!>", "text x", "comment <!---->", "text y", "comment <!-->", "text z"]
        );
        assert_eq!(
            read("<!doctype html><?xml?></ x>t"),
            ["comment <!doctype html>", "comment <?xml?>", "comment </ x>", "text t"]
        );
        assert_eq!(
            read("<script>a</b></SCRIPT >c"),
            ["start script []", "raw a</b>", "end SCRIPT", "text c"]
        );
        assert_eq!(read("<title>torn<p>text"), ["start title []", "text torn", "start p []", "text text"]);
        assert_eq!(read("<style>x"), ["start style []", "raw x"]);
        assert_eq!(read("<p a=\"x"), ["start p [a=x]"]);
    }
}
