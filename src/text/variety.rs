//! Variety: whether a Chinese text is written in the words of the mainland, of Taiwan or of Hong Kong.
//!
//! Words are compared in Simplified characters, so a page that a machine converted keeps the lean of who
//! wrote it; the characters of one standard of Traditional count beside them. Each word counts once, or a
//! page about one person would be judged by his name.

use super::han::{HanTable, simplify};
use super::phrases::HanPhrases;
use crate::model::Variety;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Bytes of text that are looked at.
const ENOUGH: usize = 60_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    least: usize,
    times: usize,
    simplified: usize,
    variety: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    code: String,
    words: Vec<String>,
    characters: String,
}

struct Rules {
    least: usize,
    times: usize,
    simplified: usize,
    /// The words of all varieties, and for each a bit for every variety that uses it.
    phrases: HanPhrases,
    of_phrase: Vec<u8>,
    /// The characters of the standards and who uses them.
    characters: HanTable<u8>,
}

impl Rules {
    fn builtin() -> Self {
        let file: File = crate::rules::parse("varieties.toml");
        let (mut words, mut of_phrase): (Vec<String>, Vec<u8>) = (Vec::new(), Vec::new());
        let mut characters = HanTable::default();
        for list in &file.variety {
            let variety = Variety::from_code(&list.code).expect("a variety by its code") as usize;
            for word in &list.words {
                let at = words.iter().position(|known| known == word).unwrap_or_else(|| {
                    words.push(word.clone());
                    of_phrase.push(0);
                    words.len() - 1
                });
                of_phrase[at] |= 1 << variety;
            }
            for c in list.characters.chars() {
                characters.set(c, characters.get(c) | 1 << variety);
            }
        }
        let phrases = HanPhrases::new(words.iter().map(String::as_str));
        let File { least, times, simplified, .. } = file;
        Rules { least, times, simplified, phrases, of_phrase, characters }
    }

    /// The variety that has more words and characters of its own than each other one. Words that two
    /// share decide nothing between them.
    fn lean<'t>(&self, texts: impl Iterator<Item = &'t str>, simplified: bool) -> Option<Variety> {
        let (mut words, mut signs, mut bytes) = (BTreeSet::new(), BTreeSet::new(), 0);
        for text in texts {
            signs.extend(text.chars().filter(|&c| self.characters.get(c) != 0));
            words.extend(self.phrases.find(&simplify(text)).into_iter().map(|(.., number)| number));
            bytes += text.len();
            if bytes > ENOUGH {
                break;
            }
        }
        let own = |one: Variety, other: Variety| {
            let of = |bits: u8, variety: Variety| bits & 1 << variety as u8 != 0;
            let tells = |bits: u8| of(bits, one) && !of(bits, other);
            let script = if simplified && one == Variety::Mainland { self.simplified } else { 0 };
            words.iter().filter(|&&word| tells(self.of_phrase[word])).count()
                + signs.iter().filter(|&&c| tells(self.characters.get(c))).count()
                + script
        };
        let beats = |one: Variety, other: Variety| {
            let (for_one, for_other) = (own(one, other), own(other, one));
            for_one >= self.least && for_one >= for_other * self.times
        };
        Variety::ALL
            .into_iter()
            .find(|&one| Variety::ALL.into_iter().all(|other| one == other || beats(one, other)))
    }
}

/// The variety of Chinese text, where its words tell. `simplified`: what most of it is written in.
pub fn lean<'t>(texts: impl Iterator<Item = &'t str>, simplified: bool) -> Option<Variety> {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(Rules::builtin).lean(texts, simplified)
}

#[cfg(test)]
mod tests {
    use super::lean;
    use crate::model::Variety;

    #[test]
    fn words_tell_the_variety_in_either_script() {
        let of = |text: &str| lean([text].into_iter(), false);
        let mainland = "特朗普与泽连斯基通过视频讨论有关导弹的信息。";
        assert_eq!(of(mainland), Some(Variety::Mainland));
        assert_eq!(of("特朗普與澤連斯基通過視頻討論有關導彈的信息。"), Some(Variety::Mainland));
        assert_eq!(
            of("會上羣眾爲信息爭論，裏面通過視頻啓動談判。"),
            Some(Variety::Mainland),
            "a plain conversion"
        );
        assert_eq!(of("川普與澤倫斯基透過視訊會議討論飛彈問題，資訊由總統府提供。"), Some(Variety::Taiwan));
        assert_eq!(of("當勞·特朗普今次訪問期間，立法會現時的資訊有限。"), Some(Variety::HongKong));
    }

    #[test]
    fn what_all_use_tells_nothing() {
        assert_eq!(lean(["雙方在日內瓦舉行會談。"].into_iter(), false), None);
        assert_eq!(lean(["特朗普與普京會面。"].into_iter(), false), None, "mainland or Hong Kong");
        assert_eq!(lean(std::iter::empty(), false), None);
    }
}
