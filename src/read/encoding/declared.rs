//! Declarations: what a page says of its own encoding, in an HTTP header, an XML declaration, a
//! `meta` tag or the `encoding` attribute of a corpus wrapper. Only the head of the page is looked
//! at, as browsers do; contradictory ones are all kept, in the order of their standing.

use super::for_label;
use crate::model::{Diagnostic, EncodingFrom, Severity};
use encoding_rs::Encoding;
use regex::bytes::Regex;
use std::sync::OnceLock;

#[derive(Debug, Clone)]
pub(super) struct Declaration {
    pub encoding: &'static Encoding,
    pub from: EncodingFrom,
    pub label: String,
}

/// All declarations with a known label, each encoding once. Unknown labels are told of.
pub(super) fn all(
    head: &[u8],
    http: Option<&str>,
    markup: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Declaration> {
    let mut labels: Vec<(String, EncodingFrom, usize)> =
        http.map(|label| (label.to_owned(), EncodingFrom::Http, 0)).into_iter().collect();
    if markup {
        labels.extend(in_head(head).into_iter().map(|(label, at)| (label, EncodingFrom::Declared, at)));
    }
    let mut found: Vec<Declaration> = Vec::new();
    for (label, from, at) in labels {
        match for_label(&label) {
            // A page that can be read as far as its declaration is not in UTF-16.
            Some(encoding) if encoding.name().starts_with("UTF-16") => {}
            Some(encoding) if found.iter().any(|d| d.encoding == encoding) => {}
            Some(encoding) => found.push(Declaration { encoding, from, label }),
            None => diagnostics.push(Diagnostic {
                source_start: at,
                severity: Severity::Info,
                code: "unknown-encoding-label",
                message: format!("no encoding is called {label:?}"),
                excerpt: String::new(),
            }),
        }
    }
    found
}

fn in_head(head: &[u8]) -> Vec<(String, usize)> {
    static DECLARED: OnceLock<Regex> = OnceLock::new();
    let declared = DECLARED.get_or_init(|| {
        let xml = r#"<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})"#;
        let meta = r#"<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"#;
        let wrapper = r#"^\s*<\w{1,20}\s[^>]{0,2000}?\bencoding\s*=\s*["']([\w.:-]{1,40})"#;
        let css = r#"^@charset\s+"([\w.:-]{1,40})""#;
        Regex::new(&format!("(?i-u)(?:{xml}|{meta}|{wrapper}|{css})")).expect("a constant pattern")
    });
    let mut found = Vec::new();
    for captures in declared.captures_iter(head) {
        if let Some(label) = captures.iter().skip(1).flatten().next() {
            found.push((String::from_utf8_lossy(label.as_bytes()).into_owned(), label.start()));
        }
    }
    found
}
