//! Layers: what a file is packed in, undone as it is read.
//!
//! Gzip is taken member by member, since archives of records are many members joined: a broken one
//! costs its own record and not the rest of the file.

use super::Limits;
use super::input::{Input, Notes, Tolerant, note};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

/// The layer that these first bytes open.
pub(super) fn of(head: &[u8]) -> Option<Layer> {
    match head {
        [0x1F, 0x8B, 8, ..] => Some(Layer::Gzip),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Some(Layer::Bzip2),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Layer::Xz),
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Layer::Zstd),
        _ => None,
    }
}

/// Undoes one layer. What it unpacks to is held against the limits.
pub(super) fn unpack<'a>(layer: Layer, input: Input<'a>, limits: Limits, notes: &Notes) -> Input<'a> {
    let packed = Rc::new(Cell::new(0));
    let input = Input::new(Counted { inner: input, count: packed.clone() });
    let inner: Box<dyn Read + 'a> = match layer {
        Layer::Gzip => Box::new(Members { state: State::Between(input), notes: notes.clone() }),
        Layer::Bzip2 => Box::new(Tolerant::new(bzip2::bufread::MultiBzDecoder::new(input), "bzip2", notes)),
        Layer::Xz => {
            Box::new(Tolerant::new(liblzma::bufread::XzDecoder::new_multi_decoder(input), "xz", notes))
        }
        Layer::Zstd => match zstd::stream::read::Decoder::with_buffer(input) {
            Ok(decoder) => Box::new(Tolerant::new(decoder, "zstd", notes)),
            Err(error) => {
                note(notes, "broken-layer", 0, format!("zstd: {error}"));
                Box::new(io::empty())
            }
        },
    };
    Input::new(Guarded { inner, packed, unpacked: 0, limits, notes: notes.clone(), ended: false })
}

struct Counted<'a> {
    inner: Input<'a>,
    count: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

/// Ends where bytes grow beyond the limits.
struct Guarded<'a> {
    inner: Box<dyn Read + 'a>,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    limits: Limits,
    notes: Notes,
    ended: bool,
}

impl Read for Guarded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        let count = self.inner.read(into)?;
        self.unpacked += count as u64;
        if let Some(why) = self.limits.exceeded(self.packed.get(), self.unpacked) {
            self.ended = true;
            note(&self.notes, "unpacks-too-far", self.unpacked, why);
        }
        Ok(count)
    }
}

/// The members of a gzip file, one after the other.
struct Members<'a> {
    state: State<'a>,
    notes: Notes,
}

enum State<'a> {
    Between(Input<'a>),
    Within(Box<flate2::bufread::GzDecoder<Input<'a>>>, u64),
    Ended,
}

impl Read for Members<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(input) => self.state = self.next(input),
                State::Within(mut decoder, start) => match decoder.read(into) {
                    Ok(0) if !into.is_empty() => self.state = State::Between(decoder.into_inner()),
                    Ok(count) => {
                        self.state = State::Within(decoder, start);
                        return Ok(count);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Within(decoder, start);
                    }
                    Err(error) => {
                        let input = decoder.into_inner();
                        let message = format!("gzip member at byte {start}: {error}");
                        note(&self.notes, "broken-layer", input.offset, message);
                        self.state = State::Between(input);
                    }
                },
            }
        }
    }
}

impl Members<'_> {
    /// The next member; bytes that open none (padding, or the rest of a broken one) are skipped.
    fn next<'a>(&self, mut input: Input<'a>) -> State<'a> {
        if input.peek(1).is_empty() {
            return State::Ended;
        }
        let start = input.offset;
        let padding = input.peek(512).iter().all(|&byte| byte == 0);
        if !opens_member(input.peek(4)) {
            loop {
                let (_, found) = input.skip_to(&[0x1F, 0x8B, 8]);
                if !found || opens_member(input.peek(4)) {
                    break;
                }
                input.read_exact(&mut [0]).ok();
            }
            if input.peek(1).is_empty() {
                if !padding {
                    let message = format!("{} bytes after the last gzip member", input.offset - start);
                    note(&self.notes, "bytes-after-gzip", start, message);
                }
                return State::Ended;
            }
            note(&self.notes, "gzip-resumed", input.offset, "read on at the next gzip member".to_owned());
        }
        let start = input.offset;
        State::Within(Box::new(flate2::bufread::GzDecoder::new(input)), start)
    }
}

/// Magic, method and flags without reserved bits.
fn opens_member(head: &[u8]) -> bool {
    matches!(head, [0x1F, 0x8B, 8, 0..=0x1F])
}
