//! Archives: the members of zip and tar files, each read as if it lay beside the archive. Nothing is
//! written to disk, so a member's path is only a name; what would lead out of the archive is cut off.

use super::encoding;
use super::input::Input;
use super::record::Envelope;
use super::scope::{Scope, safe_path};
use crate::model::Severity;
use std::io::{Read, Seek};

/// Reads a zip file by its directory; where that is missing or broken, from the front.
pub(super) fn zip<R: Read + Seek>(mut file: R, scope: &mut Scope) {
    let mut archive = match zip::ZipArchive::new(&mut file) {
        Ok(archive) => archive,
        Err(error) => {
            let message = format!("no directory ({error}); read from the front");
            scope.tell(Severity::Error, "broken-archive", 0, message);
            let _ = file.rewind();
            return zip_from_front(file, scope);
        }
    };
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let raw = archive.by_index_raw(index).map(|member| member.name_raw().to_vec()).unwrap_or_default();
        match archive.by_index(index) {
            Ok(mut member) if member.is_file() => {
                let name = member_name(&raw, scope);
                let packed = member.compressed_size();
                unpacked += one(&name, packed, unpacked, &mut member, scope);
            }
            Ok(_) => {}
            Err(error) => {
                let name = member_name(&raw, scope);
                scope.reject(&name, "application/octet-stream", "unreadable-member", error.to_string());
            }
        }
    }
}

fn zip_from_front<R: Read>(mut file: R, scope: &mut Scope) {
    let mut unpacked = 0;
    loop {
        match zip::read::read_zipfile_from_stream(&mut file) {
            Ok(Some(mut member)) => {
                let name = member_name(member.name_raw(), scope);
                if member.is_file() {
                    let packed = member.compressed_size();
                    unpacked += one(&name, packed, unpacked, &mut member, scope);
                }
            }
            Ok(None) => return,
            Err(error) => return scope.tell(Severity::Error, "broken-archive", 0, error.to_string()),
        }
    }
}

/// Reads a tar file; what comes before a broken header is kept.
pub(super) fn tar(input: Input, scope: &mut Scope) {
    let mut archive = tar::Archive::new(input);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return scope.tell(Severity::Error, "broken-archive", 0, error.to_string()),
    };
    let mut unpacked = 0;
    for entry in entries {
        match entry {
            Ok(mut entry) if entry.header().entry_type().is_file() => {
                let name = member_name(&entry.path_bytes(), scope);
                unpacked += one(&name, u64::MAX, unpacked, &mut entry, scope);
            }
            Ok(_) => {}
            Err(error) => return scope.tell(Severity::Error, "broken-archive", 0, error.to_string()),
        }
    }
}

/// A member's path as text, made safe. Zip files made on older systems have it in the local code.
fn member_name(raw: &[u8], scope: &mut Scope) -> String {
    let path = encoding::decode(raw.to_vec(), None, false).text;
    let (safe, tricked) = safe_path(&path);
    if tricked {
        let message = format!("the path {path:?} leads out of the archive; read as {safe:?}");
        scope.tell(Severity::Warning, "path-neutralised", 0, message);
    }
    safe
}

/// Reads one member; the bytes it unpacked to.
fn one(name: &str, packed: u64, before: u64, member: &mut dyn Read, scope: &mut Scope) -> u64 {
    let limits = scope.limits();
    let mut bounded = Bounded { inner: member, packed, count: 0, before, limits, failed: None };
    if scope.depth >= limits.depth {
        scope.tell(
            Severity::Error,
            "nested-too-deep",
            0,
            format!("{name}: more than {} containers deep", limits.depth),
        );
        return 0;
    }
    let mut first = [0; 1];
    let opened = bounded.read(&mut first).unwrap_or(0);
    if let (0, Some(why)) = (opened, &bounded.failed) {
        scope.reject(name, "application/octet-stream", "unreadable-member", why.clone());
        return 0;
    }
    let source = scope.name(name);
    let bytes = first[..opened].chain(&mut bounded);
    super::stream(Input::new(bytes), source, Envelope::default(), scope.depth + 1, scope.call);
    if let Some(why) = bounded.failed {
        scope.tell(
            Severity::Error,
            "broken-member",
            bounded.count,
            format!("{name}: {why}; read up to here"),
        );
    }
    bounded.count
}

struct Bounded<'a> {
    inner: &'a mut dyn Read,
    packed: u64,
    count: u64,
    before: u64,
    limits: super::Limits,
    failed: Option<String>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.failed.is_some() {
            return Ok(0);
        }
        match self.inner.read(into) {
            Ok(count) => {
                self.count += count as u64;
                let packed = if self.packed == u64::MAX { self.count } else { self.packed };
                self.failed = self
                    .limits
                    .exceeded(packed, self.count)
                    .or_else(|| self.limits.exceeded(u64::MAX, self.before + self.count));
                Ok(count)
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failed = Some(error.to_string());
                Ok(0)
            }
        }
    }
}
