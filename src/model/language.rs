//! Languages as BCP 47 codes. The five that have rules are variants; others keep their code.

use super::stored::{Word, interned};
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    En,
    ZhHans,
    ZhHant,
    Ru,
    Uk,
    /// Recognised as a language without rules of its own.
    Other(#[serde(with = "interned")] Word),
    #[default]
    Und,
}

impl Language {
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::ZhHans => "zh-Hans",
            Language::ZhHant => "zh-Hant",
            Language::Ru => "ru",
            Language::Uk => "uk",
            Language::Other(code) => code,
            Language::Und => "und",
        }
    }

    pub fn is_chinese(self) -> bool {
        matches!(self, Language::ZhHans | Language::ZhHant)
    }

    pub fn is_cyrillic(self) -> bool {
        matches!(self, Language::Ru | Language::Uk)
    }

    /// The script that its names are written in: Latin, Cyrillic, Han or another.
    pub fn script_group(self) -> &'static str {
        match self {
            Language::ZhHans | Language::ZhHant => "Hani",
            Language::Ru | Language::Uk => "Cyrl",
            Language::En => "Latn",
            Language::Other(code) => match code {
                "ar" | "fa" => "Arab",
                "be" | "bg" | "kk" | "sr" => "Cyrl",
                "ka" => "Geor",
                "hy" => "Armn",
                "he" => "Hebr",
                "el" => "Grek",
                "ja" | "ko" => "Jpan",
                _ => "Latn",
            },
            Language::Und => "Latn",
        }
    }

    /// The key of rule files: `en`, `zh`, `ru` or `uk`; none for languages without rules.
    pub fn rules_key(self) -> Option<&'static str> {
        match self {
            Language::En => Some("en"),
            Language::ZhHans | Language::ZhHant => Some("zh"),
            Language::Ru => Some("ru"),
            Language::Uk => Some("uk"),
            Language::Other(_) | Language::Und => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
