//! The report: one self-contained page in which people look a dataset over.
//!
//! It is made from the tables alone, so it can be made of any dataset at any time. The page holds
//! its data as JSON and draws it with a script of its own; it needs no network, and its Content
//! Security Policy allows nothing but that one script and style. Texts of scraped pages enter it only
//! as JSON strings and text nodes, so a page can't reach beyond its row.

mod columns;
mod entities;
mod events;
mod payload;
mod summary;
mod tables;

use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;

const PAGE: &str = include_str!("page/report.html");
const STYLE: &str = include_str!("page/report.css");
/// One script: its parts see each other's names, and the page's security policy names one hash.
const SCRIPT: &str = concat!(
    include_str!("page/base.js"),
    include_str!("page/data.js"),
    include_str!("page/filter.js"),
    include_str!("page/timeline.js"),
    include_str!("page/events.js"),
    include_str!("page/entities.js"),
    include_str!("page/network.js"),
    include_str!("page/coverage.js"),
    include_str!("page/tables.js"),
    include_str!("page/start.js"),
);

/// The report on the dataset in `out`, as HTML. Fails where a table is missing or can't be read.
pub fn html(out: &Path, title: &str) -> io::Result<String> {
    let payload = payload::build(out)?;
    let json = serde_json::to_string(&payload).map_err(io::Error::other)?;
    Ok(page(title, &json))
}

/// Puts the parts into the page. The data goes in last, so that nothing in it is taken for a slot.
fn page(title: &str, json: &str) -> String {
    let frame = PAGE
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
        .replace("{{style_hash}}", &sha256_base64(STYLE))
        .replace("{{script_hash}}", &sha256_base64(SCRIPT))
        .replace("{{style}}", STYLE)
        .replace("{{script}}", SCRIPT)
        .replace("{{title}}", &markup(title));
    frame.replacen("{{data}}", &inert(json), 1)
}

/// Text as HTML; braces too, so that it holds no slot.
fn markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('{', "&#123;")
}

/// JSON that can stand inside a script element: no `<`, `>` or `&` as such, so no end tag and no comment.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn sha256_base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text.as_bytes());
    let mut encoded = String::new();
    for chunk in digest.chunks(3) {
        let bits =
            chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let sextet = bits >> (18 - 6 * i) & 63;
            encoded.push(if i <= chunk.len() { char::from(ALPHABET[sextet as usize]) } else { '=' });
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_a_digest_is_padded() {
        assert_eq!(sha256_base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn a_page_can_not_end_the_script() {
        let html = page("{{data}} <b>", r#"{"text":"</script><script>alert(1)</script> {{style}}"}"#);
        assert!(!html.contains("</script><script>alert"));
        assert!(html.contains("\\u003c/script\\u003e"));
        assert!(html.contains("{{style}}\"}"));
        assert!(html.contains("<h1>&#123;&#123;data}} &lt;b&gt;</h1>"));
    }
}
