//! Hashes of keys and rows: fast, 64 bits, seeded anew for each comparison, so that no file can be
//! made to hide a change. No dataset depends on their values.

use std::hash::{BuildHasher, RandomState};

const K: [u64; 3] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93, 0xa076_1d64_78bd_642f];

/// Hashes bytes with the seed of one comparison.
#[derive(Debug, Clone, Copy)]
pub struct Seed(u64);

impl Seed {
    /// For checksums that are compared between runs.
    pub const FIXED: Seed = Seed(K[0]);

    pub fn random() -> Self {
        Seed(RandomState::new().hash_one(K))
    }

    pub fn bytes(self, bytes: &[u8]) -> u64 {
        let mut hash = self.0 ^ fold(bytes.len() as u64 ^ K[0], K[1]);
        let mut chunks = bytes.chunks_exact(16);
        for chunk in &mut chunks {
            hash = fold(word(&chunk[..8]) ^ hash ^ K[1], word(&chunk[8..]) ^ K[2]);
        }
        let rest = chunks.remainder();
        let (low, high) = rest.split_at(rest.len().min(8));
        fold(word(low) ^ hash ^ K[0], word(high) ^ K[2] ^ self.0)
    }

    pub fn number(self, number: u64) -> u64 {
        fold(number ^ self.0, K[2])
    }
}

/// Joins the hash of a further part to that of the parts before it.
pub fn join(hash: u64, part: u64) -> u64 {
    fold(hash.rotate_left(23) ^ part, K[0])
}

/// Up to eight bytes as a number.
fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(word)
}

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_counts() {
        let seed = Seed::random();
        let text = b"a row of forty-one bytes, more or less....";
        let mut seen = std::collections::HashSet::from([seed.bytes(text)]);
        for at in 0..text.len() {
            let mut other = *text;
            other[at] ^= 1;
            assert!(seen.insert(seed.bytes(&other)) && seen.insert(seed.bytes(&text[..at])), "{at}");
        }
    }
}
