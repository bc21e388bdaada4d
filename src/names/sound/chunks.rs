//! Chunks: short runs of letters, the units that one script writes for units of another.
//!
//! A chunk is known by a number within its script, so that a table of costs is a plain matrix.

use super::letters::Script;
use crate::text::hash::Map;

/// The number of a chunk; 0 is the chunk without letters.
pub type Chunk = u16;

/// A chunk that no table knows.
pub const UNKNOWN: Chunk = Chunk::MAX;

/// The most letters of a chunk, over all scripts.
pub const LONGEST: usize = 6;

/// The chunks of one script.
pub struct Inventory {
    ids: Map<u32, Chunk>,
    texts: Vec<String>,
}

impl Inventory {
    fn new() -> Self {
        Inventory { ids: [(0, 0)].into_iter().collect(), texts: vec![String::new()] }
    }

    /// The number of a chunk, given one if it has none yet; `None` for letters outside the script.
    pub fn add(&mut self, script: Script, text: &str) -> Option<Chunk> {
        let letters: Vec<char> = text.chars().collect();
        let key = key(script, &letters)?;
        let next = Chunk::try_from(self.texts.len()).ok().filter(|id| *id != UNKNOWN)?;
        let id = *self.ids.entry(key).or_insert(next);
        if id == next {
            self.texts.push(text.to_string());
        }
        Some(id)
    }

    /// The number of a chunk, or [`UNKNOWN`].
    pub fn find(&self, script: Script, letters: &[char]) -> Chunk {
        key(script, letters).and_then(|key| self.ids.get(&key).copied()).unwrap_or(UNKNOWN)
    }

    pub fn text(&self, chunk: Chunk) -> &str {
        self.texts.get(chunk as usize).map_or("", String::as_str)
    }

    /// Whether each chunk is one letter.
    pub fn single_letters(&self) -> Vec<bool> {
        self.texts.iter().map(|text| text.chars().count() == 1).collect()
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// The chunks of all scripts.
pub struct Inventories([Inventory; 3]);

impl Inventories {
    pub fn new() -> Self {
        Inventories([Inventory::new(), Inventory::new(), Inventory::new()])
    }

    pub fn of(&self, script: Script) -> &Inventory {
        &self.0[script as usize]
    }

    pub fn of_mut(&mut self, script: Script) -> &mut Inventory {
        &mut self.0[script as usize]
    }
}

impl Default for Inventories {
    fn default() -> Self {
        Self::new()
    }
}

/// Letters packed into one number: five bits a Latin letter, six a Cyrillic, sixteen a character.
fn key(script: Script, letters: &[char]) -> Option<u32> {
    let (bits, before) = match script {
        Script::Latin => (5, 'a' as u32 - 1),
        Script::Cyrillic => (6, FIRST_CYRILLIC - 1),
        Script::Han => (16, 0),
    };
    if letters.len() * bits > 32 {
        return None;
    }
    letters.iter().try_fold(0u32, |key, c| {
        let code = match *c as u32 {
            GHE_WITH_UPTURN => (1 << bits) - 1,
            code => code.checked_sub(before)?,
        };
        (code > 0 && code < 1 << bits).then(|| (key << (bits % 32)) | code)
    })
}

/// The small letters of Russian begin here, and those of its neighbours end within 48.
const FIRST_CYRILLIC: u32 = 0x430;
/// The one letter of Ukrainian that stands apart.
const GHE_WITH_UPTURN: u32 = 0x491;
