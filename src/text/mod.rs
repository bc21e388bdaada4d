//! Small facts about characters that several stages share.

pub mod han;
pub mod hash;
pub mod language;
pub mod letters;
pub mod phrases;
pub mod variety;
mod visible;

pub use visible::visible;

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Code points before byte `at` of `text`.
pub fn code_points(text: &str, at: usize) -> usize {
    text[..at].chars().count()
}
