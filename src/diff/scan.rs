//! CSV records as bytes, without building rows: where each begins and where its fields are.
//!
//! Comparing a million rows that mostly agree is a matter of finding line ends and hashing what lies
//! between them; only rows that differ are taken apart. Quotes are read as RFC 4180 has them: one
//! opens a field only at its start, and two inside a field are one.

use memchr::{memchr, memchr2};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

const CHUNK: usize = 1 << 20;

/// Reads records one after the other.
pub struct Scanner {
    file: File,
    buffer: Vec<u8>,
    /// The part of `buffer` not yet handed out.
    start: usize,
    filled: usize,
    /// Byte of the file that `start` stands at.
    offset: u64,
    ended: bool,
}

impl Scanner {
    /// Opens a file; a byte order mark is passed over.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let buffer = vec![0; CHUNK];
        let mut scanner = Scanner { file, buffer, start: 0, filled: 0, offset: 0, ended: false };
        scanner.fill()?;
        if scanner.buffer[..scanner.filled].starts_with(b"\xef\xbb\xbf") {
            scanner.start = 3;
            scanner.offset = 3;
        }
        Ok(scanner)
    }

    /// Goes on at a byte of the file where a record begins.
    pub fn seek(&mut self, offset: u64) -> io::Result<()> {
        let ahead = offset.checked_sub(self.offset).map(|ahead| self.start as u64 + ahead);
        match ahead {
            Some(start) if start <= self.filled as u64 => self.start = start as usize,
            _ => {
                self.file.seek(SeekFrom::Start(offset))?;
                (self.start, self.filled, self.ended) = (0, 0, false);
            }
        }
        self.offset = offset;
        Ok(())
    }

    /// The next record without its line end, and the byte of the file it begins at. Blank lines are
    /// passed over.
    pub fn record(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        loop {
            let (length, after) = loop {
                let seen = &self.buffer[self.start..self.filled];
                match end(seen) {
                    Some(found) => break found,
                    None if self.ended && seen.is_empty() => return Ok(None),
                    None if self.ended => break (seen.len(), seen.len()),
                    None => self.fill()?,
                }
            };
            let (from, offset) = (self.start, self.offset);
            self.start += after;
            self.offset += after as u64;
            let mut record = from..from + length;
            if self.buffer[record.clone()].ends_with(b"\r") {
                record.end -= 1;
            }
            if !record.is_empty() {
                return Ok(Some((offset, &self.buffer[record])));
            }
        }
    }

    /// Moves what is left to the front and reads on; a record longer than the buffer makes it grow.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.start = 0;
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.file.read(&mut self.buffer[self.filled..])?;
        self.filled += read;
        self.ended = read == 0;
        Ok(())
    }
}

/// Length of the first record and where the next begins; none where the record has no end yet.
fn end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        at += memchr2(b'\n', b'"', &bytes[at..])?;
        if bytes[at] == b'\n' {
            return Some((at, at + 1));
        }
        let opens = at == 0 || bytes[at - 1] == b',';
        at += 1;
        if opens {
            at += quoted(&bytes[at..])?;
        }
    }
}

/// Length of what stands between quotes, the closing one included; none where they are not closed yet.
fn quoted(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr(b'"', &bytes[at..])? + 1;
        if *bytes.get(at)? != b'"' {
            return Some(at);
        }
        at += 1;
    }
}

/// The fields of a record, unquoted.
pub struct Fields<'a> {
    rest: Option<&'a [u8]>,
}

pub fn fields(record: &[u8]) -> Fields<'_> {
    Fields { rest: Some(record) }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Cow<'a, [u8]>;

    fn next(&mut self) -> Option<Cow<'a, [u8]>> {
        let rest = self.rest?;
        if rest.first() == Some(&b'"') {
            return Some(self.quoted(&rest[1..]));
        }
        let end = memchr(b',', rest);
        self.rest = end.map(|end| &rest[end + 1..]);
        Some(Cow::Borrowed(&rest[..end.unwrap_or(rest.len())]))
    }
}

impl<'a> Fields<'a> {
    fn quoted(&mut self, rest: &'a [u8]) -> Cow<'a, [u8]> {
        let mut field = Cow::Borrowed(&rest[..0]);
        let mut at = 0;
        loop {
            let quote = memchr(b'"', &rest[at..]).map_or(rest.len(), |step| at + step);
            let doubled = rest.get(quote + 1) == Some(&b'"');
            let part = &rest[at..if doubled { quote + 1 } else { quote }];
            if field.is_empty() {
                field = Cow::Borrowed(part);
            } else {
                field.to_mut().extend_from_slice(part);
            }
            if !doubled {
                let after = rest.get(quote + 1..).unwrap_or(&[]);
                let comma = memchr(b',', after);
                self.rest = comma.map(|comma| &after[comma + 1..]);
                return field;
            }
            at = quote + 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn records(text: &str) -> Vec<Vec<String>> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let mut scanner = Scanner::open(file.path()).unwrap();
        let mut all = Vec::new();
        while let Some((_, record)) = scanner.record().unwrap() {
            let field = |field: Cow<[u8]>| String::from_utf8(field.into_owned()).unwrap();
            all.push(fields(record).map(field).collect());
        }
        all
    }

    #[test]
    fn records_are_read_as_rfc_4180_has_them() {
        assert_eq!(records("\u{feff}a,b\r\n1,2\r\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(records("a,b\n\n\"x,\n\"\"y\"\"\",\n"), [["a", "b"], ["x,\n\"y\"", ""]]);
        assert_eq!(records("5\" pipe,\"\"\nno end"), [vec!["5\" pipe", ""], vec!["no end"]]);
        assert_eq!(records("\"\"\"\",\"a\"\"b\"\"c\""), [["\"", "a\"b\"c"]]);
        assert_eq!(records(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_record_longer_than_the_buffer_is_whole() {
        let long = "x".repeat(3 * CHUNK);
        assert_eq!(records(&format!("a\n{long}\nb\n")), [["a"], [long.as_str()], ["b"]]);
    }

    #[test]
    fn seeking_finds_the_record_again() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        (0..100_000).for_each(|n| writeln!(file, "{n},row").unwrap());
        let mut scanner = Scanner::open(file.path()).unwrap();
        let mut places = Vec::new();
        while let Some((at, record)) = scanner.record().unwrap() {
            places.push((at, record.to_vec()));
        }
        for n in [99_999, 5, 6, 50_000, 0] {
            scanner.seek(places[n].0).unwrap();
            assert_eq!(scanner.record().unwrap(), Some((places[n].0, places[n].1.as_slice())));
        }
    }
}
