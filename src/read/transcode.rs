//! Containers of text in other encodings, turned to UTF-8 as they stream by.

use super::encoding;
use super::input::{CHUNK, Input};
use encoding_rs::{CoderResult, Decoder};
use std::io::{self, BufRead, Read};

/// The input as UTF-8 without a byte order mark.
pub(super) fn to_utf8<'a>(input: &'a mut Input, name: &str) -> Input<'a> {
    if input.peek(3) == b"\xEF\xBB\xBF" {
        input.consume(3);
    }
    if name.starts_with("UTF-32") {
        let mut bytes = Vec::new();
        let _ = input.take(1 << 30).read_to_end(&mut bytes);
        return Input::new(io::Cursor::new(encoding::decode(bytes, None, false).text.into_bytes()));
    }
    match encoding::for_label(name) {
        Some(found) if found != encoding_rs::UTF_8 => {
            Input::new(Transcoder { inner: input, decoder: found.new_decoder(), ended: false })
        }
        _ => Input::new(input),
    }
}

struct Transcoder<'i, 'a> {
    inner: &'i mut Input<'a>,
    decoder: Decoder,
    ended: bool,
}

impl Read for Transcoder<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.len() < 64 {
            return Err(io::Error::other("a buffer too small to decode into"));
        }
        loop {
            if self.ended {
                return Ok(0);
            }
            let held = self.inner.fill_buf()?;
            let last = held.is_empty();
            let held = &held[..held.len().min(CHUNK)];
            let (result, read, written, _) = self.decoder.decode_to_utf8(held, into, last);
            self.inner.consume(read);
            self.ended = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
    }
}
