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
        let big = name.ends_with("BE");
        let mark = if big { [0, 0, 0xFE, 0xFF] } else { [0xFF, 0xFE, 0, 0] };
        if input.peek(4) == mark {
            input.consume(4);
        }
        return Input::new(FourBytes { inner: input, big });
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

/// UTF-32, which encoding_rs does not know.
struct FourBytes<'i, 'a> {
    inner: &'i mut Input<'a>,
    big: bool,
}

impl Read for FourBytes<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (mut written, mut taken) = (0, 0);
        let held = self.inner.peek(CHUNK);
        for unit in held.chunks(4) {
            if into.len() - written < 4 {
                break;
            }
            let code = unit
                .try_into()
                .map(|unit| if self.big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) });
            let c = code.ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
            taken += unit.len();
            written += c.encode_utf8(&mut into[written..]).len();
        }
        if written == 0 && taken < held.len() {
            return Err(io::Error::other("a buffer too small to decode into"));
        }
        self.inner.consume(taken);
        Ok(written)
    }
}
