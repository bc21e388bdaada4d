//! How much a decoding reads like running text: the mean over its non-ASCII characters of what each
//! is worth beside its neighbours. A right decoding of Chinese, Russian or Ukrainian text comes to
//! 0.5 or more, a wrong one to 0.1 or less.

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Frequent {
    han: String,
    hangul: String,
    cyrillic: String,
    cyrillic_rest: String,
}

/// What single characters are worth, for the blocks that have a table.
pub(super) struct Letters {
    han: Vec<bool>,
    hangul: Vec<bool>,
    cyrillic: [f64; 256],
}

impl Letters {
    pub fn new(frequent: &Frequent) -> Self {
        let mut letters =
            Letters { han: vec![false; 0x5200], hangul: vec![false; 0x2BA4], cyrillic: [-0.1; 256] };
        mark(&mut letters.han, 0x4E00, &frequent.han);
        mark(&mut letters.hangul, 0xAC00, &frequent.hangul);
        for (chars, worth) in [(&frequent.cyrillic, 1.0), (&frequent.cyrillic_rest, 0.4)] {
            for at in chars.chars().filter_map(|c| (c as usize).checked_sub(0x400)) {
                letters.cyrillic[at & 0xFF] = worth;
            }
        }
        letters
    }

    /// The mean worth of the non-ASCII characters of `text`; 0 where there are none.
    pub fn score(&self, text: &str) -> f64 {
        let (mut sum, mut count) = (0.0, 0usize);
        let mut previous = ' ';
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if !c.is_ascii() {
                sum += self.worth(previous, c, chars.peek().copied().unwrap_or(' '));
                count += 1;
            }
            previous = c;
        }
        if count == 0 { 0.0 } else { sum / count as f64 }
    }

    fn worth(&self, previous: char, c: char, next: char) -> f64 {
        let code = c as usize;
        match code {
            0xFFFD => -4.0,
            0x80..=0x9F => -3.0,
            0xE000..=0xF8FF => -2.0,
            0x4E00..=0x9FFF if self.han[code - 0x4E00] => 1.0,
            // A rare character within a word of letters comes of an accented letter and its neighbour.
            0x4E00..=0x9FFF => {
                if previous.is_ascii_alphabetic() || next.is_ascii_alphabetic() {
                    -0.5
                } else {
                    0.0
                }
            }
            0x3000..=0x301F | 0xFF01..=0xFF60 => 0.3,
            0x3041..=0x30FF => 0.7,
            0xFF61..=0xFF9F => -1.0,
            0xAC00..=0xD7A3 => {
                if self.hangul[code - 0xAC00] {
                    1.0
                } else {
                    0.1
                }
            }
            0x400..=0x4FF => self.cyrillic(previous, c, next),
            0xA0..=0xBF | 0xD7 | 0xF7 | 0x2010..=0x2030 | 0x20AC | 0x2116 | 0x2122 => {
                if previous.is_ascii_alphabetic() && next.is_ascii_alphabetic() { -0.3 } else { 0.2 }
            }
            0xC0..=0x17F => latin(previous, next),
            0x370..=0x3FF | 0x590..=0x6FF | 0xE00..=0xE7F => block(previous, c),
            0x2500..=0x259F => -1.5,
            _ => -0.5,
        }
    }

    /// A capital after a small letter is what a wrong decoding of Cyrillic gives.
    fn cyrillic(&self, previous: char, c: char, next: char) -> f64 {
        if previous.is_ascii_alphabetic() || next.is_ascii_alphabetic() {
            -0.5
        } else if c.is_uppercase() {
            if previous.is_lowercase() { -2.0 } else { 0.2 }
        } else {
            self.cyrillic[(c as usize) & 0xFF]
        }
    }
}

/// An accented letter stands among plain ones; in a row of them it is a wrong decoding.
fn latin(previous: char, next: char) -> f64 {
    let strange = |c: char| !c.is_ascii() && c.is_alphanumeric();
    match (strange(previous) || strange(next), previous.is_ascii_alphabetic() || next.is_ascii_alphabetic()) {
        (true, _) => -0.8,
        (false, true) => 0.4,
        (false, false) => {
            if previous.is_whitespace() && next.is_whitespace() {
                0.2
            } else {
                -0.2
            }
        }
    }
}

/// Letters of other scripts stand among their fellows.
fn block(previous: char, c: char) -> f64 {
    let fellow = (previous as u32) >> 8 == (c as u32) >> 8;
    if fellow || !previous.is_alphanumeric() { 0.3 } else { -0.5 }
}

fn mark(table: &mut [bool], first: usize, chars: &str) {
    for at in chars.chars().filter_map(|c| (c as usize).checked_sub(first)) {
        if let Some(slot) = table.get_mut(at) {
            *slot = true;
        }
    }
}

/// Up to `limit` bytes of the words that hold non-ASCII bytes. Cuts fall on white space and angle
/// brackets, which are no part of a longer character in any encoding that is tried.
pub(super) fn sample(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut sample = Vec::with_capacity(limit.min(bytes.len()));
    for word in bytes.split_inclusive(|&byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'<' | b'>')) {
        if !word.is_ascii() || word.contains(&0x1B) {
            let cut = word.len().min(limit - sample.len());
            sample.extend_from_slice(&word[..cut]);
            if sample.len() >= limit {
                break;
            }
        }
    }
    sample
}
