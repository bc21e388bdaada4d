//! Record: bytes of one page with what the container knows of it, made into a [`Decoded`].

use super::{encoding, front_matter, sniff};
use crate::model::{Decoded, Diagnostic, EncodingFrom, Hints, Markup, Severity, Status};
use sha2::{Digest, Sha256};

/// What the container says of a record.
#[derive(Debug, Clone, Default)]
pub(super) struct Envelope {
    /// Charset of the HTTP header.
    pub charset: Option<String>,
    /// Label of the encoding where the operator settles it.
    pub settled: Option<String>,
    /// Media type as the container gives it; empty where it says none.
    pub media_type: String,
    /// Markup where the container settles it.
    pub markup: Option<Markup>,
    pub from_feed: bool,
    pub hints: Hints,
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes a record of bytes in an unknown encoding.
pub(super) fn from_bytes(source: String, bytes: Vec<u8>, envelope: Envelope) -> Decoded {
    let sha256 = crate::text::hex(&Sha256::digest(&bytes));
    let length = bytes.len() as u64;
    if let Some(media_type) = sniff::binary(&bytes) {
        let diagnostic = Diagnostic {
            source_start: 0,
            severity: Severity::Warning,
            code: "not-text",
            message: format!("the bytes are {media_type}, which holds no text to read"),
            excerpt: String::new(),
        };
        return Decoded { sha256, bytes: length, ..rejected(source, media_type, diagnostic, envelope) };
    }
    let text = match envelope.settled.as_deref().and_then(encoding::for_label) {
        Some(settled) => encoding::decode_as(&bytes, settled),
        None => encoding::decode(bytes, envelope.charset.as_deref(), envelope.markup != Some(Markup::Plain)),
    };
    let mush = text.mush || encoding::is_mush(&text.text, text.replaced);
    let mut decoded = from_text(source, text.text, envelope);
    if mush {
        decoded.status = Status::Rejected;
        decoded.diagnostics.push(Diagnostic {
            source_start: 0,
            severity: Severity::Error,
            code: "undecodable",
            message: "the bytes read like text in no encoding".to_owned(),
            excerpt: String::new(),
        });
    }
    decoded.diagnostics.extend(text.diagnostics);
    Decoded {
        sha256,
        bytes: length,
        encoding: text.encoding.to_owned(),
        encoding_from: text.from,
        replacement_chars: text.replaced,
        ..decoded
    }
}

/// Makes a record of text that the container had decoded.
pub(super) fn from_text(source: String, text: String, envelope: Envelope) -> Decoded {
    let (markup, media_type) = match envelope.markup {
        Some(markup) => (markup, sniff::media_type(markup)),
        None => sniff::markup(&text),
    };
    let mut hints = envelope.hints;
    let mut diagnostics = envelope.diagnostics;
    if markup == Markup::Markdown
        && let Some(front) = front_matter::parse(&text)
    {
        front_matter::fill(&mut hints, &front);
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        diagnostics.push(Diagnostic {
            source_start: at,
            severity: Severity::Warning,
            code: "nul-bytes",
            message: "the text holds NUL characters".to_owned(),
            excerpt: excerpt(&text, at),
        });
    }
    Decoded {
        markup,
        from_feed: envelope.from_feed,
        media_type: if envelope.media_type.is_empty() { media_type.to_owned() } else { envelope.media_type },
        encoding: "UTF-8".to_owned(),
        encoding_from: EncodingFrom::Default,
        sha256: crate::text::hex(&Sha256::digest(text.as_bytes())),
        bytes: text.len() as u64,
        hints,
        status: if is_blank(&text) { Status::Empty } else { Status::Ok },
        replacement_chars: 0,
        diagnostics,
        source,
        text,
    }
}

/// Makes the row of what can't be read.
pub(super) fn rejected(source: String, media_type: &str, why: Diagnostic, envelope: Envelope) -> Decoded {
    let mut decoded = from_text(source, String::new(), Envelope { markup: Some(Markup::Plain), ..envelope });
    decoded.media_type = media_type.to_owned();
    decoded.status = Status::Rejected;
    decoded.diagnostics.push(why);
    decoded
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\0' | '\u{200B}' | '\u{FEFF}'))
}

/// Up to forty characters around byte `at`, on one line.
pub(super) fn excerpt(text: &str, at: usize) -> String {
    let from = (at.saturating_sub(40)..=at).find(|&i| text.is_char_boundary(i)).unwrap_or(at);
    text[from..].chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
