//! MHTML: a page saved as a mail message with its parts. The page is the first HTML part, or the
//! first plain one where there is none; its pictures and styles are counted.

use super::record::Envelope;
use super::scope::Scope;
use crate::model::{Hints, Severity};
use mail_parser::{Encoding, MessageParser, MessagePart, MimeHeaders};

/// Whether a file that starts like this is a message in parts.
pub(super) fn is_message(head: &str) -> bool {
    let mut seen_part = false;
    for (number, line) in head.lines().enumerate().take(60) {
        if line.is_empty() {
            return seen_part && number > 1;
        }
        let name = line.split(':').next().unwrap_or("");
        let header = line.contains(':')
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !header && !line.starts_with([' ', '\t']) {
            return false;
        }
        let line = line.to_ascii_lowercase();
        seen_part |= line.starts_with("mime-version:") || line.starts_with("content-type: multipart/");
    }
    false
}

pub(super) fn read(bytes: &[u8], scope: &mut Scope) {
    let Some(message) = MessageParser::default().parse(bytes) else {
        scope.tell(Severity::Error, "bad-message", 0, "no message in parts".to_owned());
        return;
    };
    let is = |part: &&MessagePart, kind: &str| {
        part.content_type().is_some_and(|t| t.ctype() == "text" && t.subtype() == Some(kind))
    };
    let page = message
        .parts
        .iter()
        .find(|p| is(p, "html"))
        .or_else(|| message.parts.iter().find(|p| is(p, "plain")));
    for part in message.parts.iter().filter(|part| page.is_none_or(|page| !std::ptr::eq(page, *part))) {
        if let Some(kind) = part.content_type().filter(|kind| kind.ctype() != "multipart") {
            scope.skip(format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("")));
        }
    }
    let Some(page) = page else {
        scope.tell(Severity::Error, "no-page", 0, "no part is a page".to_owned());
        return;
    };
    let raw = bytes.get(page.offset_body as usize..page.offset_end as usize).unwrap_or(&[]);
    let body = match page.encoding {
        Encoding::QuotedPrintable => mail_parser::decoders::quoted_printable::quoted_printable_decode(raw),
        Encoding::Base64 => mail_parser::decoders::base64::base64_decode(raw),
        Encoding::None => None,
    };
    let location = message.header_raw("Snapshot-Content-Location").or(page.content_location());
    let hints = Hints {
        url: location.unwrap_or("").trim().to_owned(),
        title: message.subject().unwrap_or("").to_owned(),
        ..Hints::default()
    };
    let charset = page.content_type().and_then(|t| t.attribute("charset")).map(str::to_owned);
    let key = hints.url.clone();
    scope.bytes(&key, body.as_deref().unwrap_or(raw), Envelope { charset, hints, ..Envelope::default() });
}
