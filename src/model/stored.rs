//! How values are kept between runs: what serde can't derive for them.

/// A word of the code or the rules. It has a name of its own because serde takes a plain reference
/// for one into what it reads.
pub type Word = &'static str;

/// Words live as long as the program. Read back, each distinct one
/// is kept once; there are as many as rules, not as rows.
pub mod interned {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::cell::RefCell;
    use std::collections::HashSet;
    use std::sync::Mutex;

    static KNOWN: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);

    thread_local! {
        /// What this thread has seen, so that threads do not wait for each other.
        static SEEN: RefCell<HashSet<&'static str>> = RefCell::new(HashSet::new());
    }

    pub fn serialize<S: Serializer>(word: &&'static str, out: S) -> Result<S::Ok, S::Error> {
        word.serialize(out)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<&'static str, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(input)?;
        Ok(keep(&word))
    }

    /// The one copy of a word that lives as long as the program. For words of which there are few:
    /// rules, kinds, dates.
    pub fn keep(word: &str) -> &'static str {
        SEEN.with_borrow_mut(|seen| match seen.get(word) {
            Some(word) => word,
            None => {
                let word = shared(word);
                seen.insert(word);
                word
            }
        })
    }

    fn shared(word: &str) -> &'static str {
        let mut known = KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let known = known.get_or_insert_default();
        if let Some(word) = known.get(word) {
            return word;
        }
        let word: &'static str = String::from(word).leak();
        known.insert(word);
        word
    }
}

/// A day as year, month and day.
pub mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    pub fn serialize<S: Serializer>(day: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
        day.map(|day| (day.year(), day.month(), day.day())).serialize(out)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
        let parts = <Option<(i16, i8, i8)>>::deserialize(input)?;
        let day = |(year, month, day)| Date::new(year, month, day).map_err(de::Error::custom);
        parts.map(day).transpose()
    }
}
