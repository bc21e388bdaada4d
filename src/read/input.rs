//! Input: bytes that can be looked at before they are taken, with the packed layers around them
//! (gzip, bzip2, xz, zstd) already undone.
//!
//! A layer never fails: where it is broken, cut off or a bomb, it notes so and ends, and what came
//! before is read. Only one chunk is held at a time, so a file's size does not matter.

use crate::model::{Diagnostic, Severity};
use std::cell::RefCell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Bytes read at a time; also what recognition by content may look at.
pub(super) const CHUNK: usize = 128 * 1024;

/// What layers have to say, shared by all layers of one file.
pub(super) type Notes = Rc<RefCell<Vec<Diagnostic>>>;

/// Readable bytes with look-ahead.
pub(super) struct Input<'a> {
    inner: Box<dyn Read + 'a>,
    held: Vec<u8>,
    at: usize,
    /// Bytes taken so far.
    pub offset: u64,
    ended: bool,
}

impl<'a> Input<'a> {
    pub fn new(inner: impl Read + 'a) -> Self {
        Input { inner: Box::new(inner), held: Vec::new(), at: 0, offset: 0, ended: false }
    }

    /// The next bytes without taking them: `wanted` of them, or all that are left.
    pub fn peek(&mut self, wanted: usize) -> &[u8] {
        if self.held.len() - self.at < wanted && !self.ended {
            self.held.drain(..self.at);
            self.at = 0;
            // A chunk more than is wanted, so that many small steps move each byte but once or twice.
            let enough = wanted + CHUNK;
            let missing = (enough - self.held.len()) as u64;
            // A failing file ends there; the layers below note why.
            let _ = self.inner.by_ref().take(missing).read_to_end(&mut self.held);
            self.ended = self.held.len() < enough;
        }
        &self.held[self.at..self.held.len().min(self.at + wanted)]
    }

    /// Puts bytes that were taken back in front.
    pub fn unread(&mut self, bytes: &[u8]) {
        self.held.splice(..self.at, bytes.iter().copied());
        self.at = 0;
        self.offset = self.offset.saturating_sub(bytes.len() as u64);
    }

    /// Takes bytes up to and with `end`, at most `limit` of them; whether the end was found.
    pub fn take_until(&mut self, end: u8, limit: usize, into: &mut Vec<u8>) -> bool {
        let mut left = limit;
        loop {
            let Ok(held) = self.fill_buf() else { return false };
            if held.is_empty() || left == 0 {
                return false;
            }
            let window = &held[..held.len().min(left)];
            let (count, found) =
                memchr::memchr(end, window).map_or((window.len(), false), |found| (found + 1, true));
            into.extend_from_slice(&window[..count]);
            self.consume(count);
            if found {
                return true;
            }
            left -= count;
        }
    }

    /// Takes bytes up to and with the sequence `end`, at most about `limit` of them; whether it was
    /// found.
    pub fn take_through(&mut self, end: &[u8], limit: usize, into: &mut Vec<u8>) -> bool {
        let finder = memchr::memmem::Finder::new(end);
        let find = |window: &[u8]| finder.find(window).map(|at| at + end.len());
        self.take_through_first(&find, end.len(), limit, into)
    }

    /// As [`Input::take_through`], to the end of what `find` finds first; `longest` is the most bytes
    /// that this may have.
    pub fn take_through_first(
        &mut self,
        find: &dyn Fn(&[u8]) -> Option<usize>,
        longest: usize,
        limit: usize,
        into: &mut Vec<u8>,
    ) -> bool {
        let first = into.len();
        loop {
            let searched = into.len().saturating_sub(longest - 1).max(first);
            let before = into.len();
            let Ok(held) = self.fill_buf() else { return false };
            if held.is_empty() || before - first >= limit {
                return false;
            }
            into.extend_from_slice(held);
            let held = held.len();
            if let Some(end) = find(&into[searched..]) {
                let length = searched + end;
                into.truncate(length);
                self.consume(length - before);
                return true;
            }
            self.consume(held);
        }
    }

    /// Skips to the next byte sequence `needle` and leaves it in front; the bytes skipped, and
    /// whether it was found.
    pub fn skip_to(&mut self, needle: &[u8]) -> (u64, bool) {
        let from = self.offset;
        let finder = memchr::memmem::Finder::new(needle);
        loop {
            let held = self.peek(CHUNK);
            if let Some(found) = finder.find(held) {
                self.consume(found);
                return (self.offset - from, true);
            }
            let skip = held.len().saturating_sub(needle.len() - 1);
            if skip == 0 {
                let rest = held.len();
                self.consume(rest);
                return (self.offset - from, false);
            }
            self.consume(skip);
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let count = held.len().min(into.len());
        into[..count].copy_from_slice(&held[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.held.len() && !self.ended {
            self.at = 0;
            self.held.resize(CHUNK, 0);
            let count = loop {
                match self.inner.read(&mut self.held) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    result => break result.unwrap_or(0),
                }
            };
            self.held.truncate(count);
            self.ended = count == 0;
        }
        Ok(&self.held[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
        self.offset += count as u64;
    }
}

/// Adds a note about a layer.
pub(super) fn note(notes: &Notes, code: &'static str, offset: u64, message: String) {
    notes.borrow_mut().push(Diagnostic {
        source_start: offset as usize,
        severity: Severity::Error,
        code,
        message,
        excerpt: String::new(),
    });
}

/// Ends at the first error, with a note, instead of passing it on.
pub(super) struct Tolerant<'a> {
    inner: Box<dyn Read + 'a>,
    notes: Notes,
    what: &'static str,
    offset: u64,
    ended: bool,
}

impl<'a> Tolerant<'a> {
    pub fn new(inner: impl Read + 'a, what: &'static str, notes: &Notes) -> Self {
        Tolerant { inner: Box::new(inner), notes: notes.clone(), what, offset: 0, ended: false }
    }
}

impl Read for Tolerant<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        match self.inner.read(into) {
            Ok(count) => {
                self.offset += count as u64;
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.ended = true;
                let message = format!("{}: {error}; read up to here", self.what);
                note(&self.notes, "broken-layer", self.offset, message);
                Ok(0)
            }
        }
    }
}
