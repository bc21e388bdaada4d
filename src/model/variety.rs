//! Varieties of Chinese: the places whose words and renderings of names a page has.

use serde::{Deserialize, Serialize};

/// A variety that has words of its own, whatever the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Variety {
    Mainland,
    Taiwan,
    HongKong,
}

impl Variety {
    pub const ALL: [Variety; 3] = [Variety::Mainland, Variety::Taiwan, Variety::HongKong];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Variety::Mainland => "zh-CN",
            Variety::Taiwan => "zh-TW",
            Variety::HongKong => "zh-HK",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variety| variety.code() == code)
    }
}

/// The varieties of the pages that use a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Varieties(u8);

impl Varieties {
    pub fn add(&mut self, variety: Variety) {
        self.0 |= 1 << variety as u8;
    }

    pub fn absorb(&mut self, other: Varieties) {
        self.0 |= other.0;
    }

    /// The only one, if it is one: a name that several use tells none.
    pub fn only(self) -> Option<Variety> {
        Variety::ALL.into_iter().find(|&variety| self.0 == 1 << variety as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_two_varieties_is_of_none() {
        let mut seen = Varieties::default();
        assert_eq!(seen.only(), None);
        seen.add(Variety::Taiwan);
        assert_eq!(seen.only(), Some(Variety::Taiwan));
        let mut other = Varieties::default();
        other.add(Variety::HongKong);
        seen.absorb(other);
        assert_eq!(seen.only(), None);
    }

    #[test]
    fn codes_lead_back() {
        for variety in Variety::ALL {
            assert_eq!(Variety::from_code(variety.code()), Some(variety));
        }
    }
}
