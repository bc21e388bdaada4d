//! Near-duplicates: documents that tell the same story in nearly the same words, such as two captures
//! of a page or one agency report at two addresses. They must not count as independent sources.
//!
//! Each text is reduced to a MinHash sketch of its runs of five words (of five characters, in
//! Chinese, with Traditional folded to Simplified). Sketches that agree in a band are compared, so
//! the work grows with the number of documents and not with that of their pairs.

use crate::model::{Cleaned, Language};
use crate::text::han;
use std::collections::{HashMap, HashSet};

/// Words in a run.
const RUN: usize = 5;
/// Values of a sketch; the share of equal ones estimates how much two texts share (error about 0.04).
const SKETCH: usize = 128;
/// Values of a band: two texts that share half of their runs agree in some band nearly always.
const BAND: usize = 4;
/// Share of equal values from which on texts repeat each other. A changed word costs five runs, so
/// this is about one word in twelve.
const SAME: f64 = 0.5;
/// Runs under which a text is too short for an estimate: then all values must be equal.
const SHORT: usize = 30;
/// Runs under which a text says too little to repeat another.
const SHORTEST: usize = 3;
/// Documents of one band that are compared; more only share a boilerplate.
const FELLOWS: usize = 16;

/// A text reduced to what tells how much it shares with another.
pub struct Sketch {
    values: [u32; SKETCH],
    runs: usize,
    /// Of its language, where variants count as one.
    language: u8,
}

/// For each document, the index of the first one that it nearly repeats, if any. That one is never
/// itself a repetition. The result depends on nothing but the texts and their order.
pub fn mark(documents: impl Iterator<Item = Option<Box<Sketch>>>) -> Vec<Option<usize>> {
    let mut sketches: Vec<Option<Box<Sketch>>> = documents.collect();
    let shared = shared_bands(&sketches);
    let mut bands: HashMap<Band, Vec<usize>> = HashMap::new();
    let mut marked = vec![None; sketches.len()];
    let mut keys = Vec::new();
    for index in 0..sketches.len() {
        let Some(sketch) = sketches[index].take() else { continue };
        keys.clear();
        keys.extend(sketch.bands().filter(|key| shared.contains(key)));
        let mut fellows: Vec<usize> =
            keys.iter().filter_map(|key| bands.get(key)).flatten().copied().collect();
        fellows.sort_unstable();
        fellows.dedup();
        let same = |fellow: &usize| sketches[*fellow].as_ref().is_some_and(|other| same(&sketch, other));
        marked[index] = fellows.into_iter().find(same);
        // A repetition is never compared with again, nor is what shares no band.
        if marked[index].is_none() && !keys.is_empty() {
            for &key in &keys {
                let fellows = bands.entry(key).or_default();
                if fellows.len() < FELLOWS {
                    fellows.push(index);
                }
            }
            sketches[index] = Some(sketch);
        }
    }
    marked
}

/// Language, number and values of a band.
type Band = (u8, u8, u64);

/// Bands that more than one text has: all others can be forgotten.
fn shared_bands(sketches: &[Option<Box<Sketch>>]) -> HashSet<Band> {
    let mut shared = HashSet::new();
    let mut bands: Vec<Band> = Vec::with_capacity(sketches.len());
    for number in 0..SKETCH / BAND {
        bands.clear();
        bands.extend(sketches.iter().flatten().map(|sketch| sketch.band(number)));
        bands.sort_unstable();
        shared.extend(bands.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]));
    }
    shared
}

impl Sketch {
    fn band(&self, number: usize) -> Band {
        let values = &self.values[number * BAND..(number + 1) * BAND];
        (self.language, number as u8, values.iter().fold(0, |sum, &value| mix(sum ^ u64::from(value))))
    }

    fn bands(&self) -> impl Iterator<Item = Band> {
        (0..SKETCH / BAND).map(|number| self.band(number))
    }
}

fn same(a: &Sketch, b: &Sketch) -> bool {
    let equal = a.values.iter().zip(&b.values).filter(|(a, b)| a == b).count();
    if a.runs.min(b.runs) < SHORT { equal == SKETCH } else { equal as f64 >= SAME * SKETCH as f64 }
}

/// A language as one byte; Chinese of both scripts is one.
fn language(language: Language) -> u8 {
    let language = if language.is_chinese() { "zh" } else { language.code() };
    language.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte))
}

/// The sketch of a text; none where it says too little. One hash a run; the run's bin is told by the hash, and each bin keeps its least.
pub fn sketch(document: &Cleaned) -> Option<Sketch> {
    let mut values = [u32::MAX; SKETCH];
    let mut last = [0u64; RUN];
    let (mut words, mut runs) = (0usize, 0usize);
    for sentence in &document.sentences {
        tokens(&sentence.text, &mut |word| {
            last[words % RUN] = word;
            words += 1;
            if words >= RUN {
                let run = (0..RUN).fold(0u64, |sum, i| mix(sum ^ last[(words + i) % RUN]));
                let bin = (run >> 32) as usize % SKETCH;
                values[bin] = values[bin].min(run as u32);
                runs += 1;
            }
        });
    }
    if runs < SHORTEST {
        return None;
    }
    fill(&mut values);
    Some(Sketch { values, runs, language: language(document.document.language) })
}

/// An empty bin takes the value of the next full one, changed by the distance.
fn fill(values: &mut [u32; SKETCH]) {
    let full = *values;
    for (bin, value) in values.iter_mut().enumerate().filter(|(_, value)| **value == u32::MAX) {
        let next = (1..SKETCH).find(|step| full[(bin + step) % SKETCH] != u32::MAX);
        if let Some(step) = next {
            *value = mix(u64::from(full[(bin + step) % SKETCH]) ^ ((step as u64) << 32)) as u32;
        }
    }
}

/// Hashes of the words of a text in lower case; Han characters are words by themselves.
fn tokens(text: &str, sink: &mut dyn FnMut(u64)) {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    let mut word = START;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word = (word ^ u64::from(c.to_ascii_lowercase() as u32)).wrapping_mul(0x0100_0000_01B3);
        } else if han::is_han(c) {
            if word != START {
                sink(word);
                word = START;
            }
            sink(mix(u64::from(han::simplify_char(c) as u32)));
        } else if c.is_alphanumeric() {
            for c in c.to_lowercase() {
                word = (word ^ u64::from(c as u32)).wrapping_mul(0x0100_0000_01B3);
            }
        } else if word != START {
            sink(word);
            word = START;
        }
    }
    if word != START {
        sink(word);
    }
}

/// The finaliser of SplitMix64.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Decoded, EncodingFrom, Hints, Markup, Status};

    fn cleaned(text: &str) -> Cleaned {
        let decoded = Decoded {
            source: "a".to_owned(),
            text: text.to_owned(),
            markup: Markup::Plain,
            from_feed: false,
            media_type: String::new(),
            encoding: "UTF-8".to_owned(),
            encoding_from: EncodingFrom::Default,
            sha256: String::new(),
            bytes: 0,
            hints: Hints::default(),
            status: Status::Ok,
            replacement_chars: 0,
            diagnostics: Vec::new(),
        };
        crate::clean::clean(decoded, &crate::clean::Rules::builtin())
    }

    fn marked(texts: &[&str]) -> Vec<Option<usize>> {
        mark(texts.iter().map(|text| sketch(&cleaned(text)).map(Box::new)))
    }

    const STORY: &str = "The two ministers met in the old town hall of Geneva on 21 July 1954. They spoke for \
        three hours about the line between the armies and about the return of prisoners. In the evening both \
        sides said that a paper was ready to be signed. The signing was put off until the next morning because \
        a clause about the ports was still open. Observers from nine countries waited in the lake hotels, and \
        the papers of the city printed the news before midnight.";

    #[test]
    fn repeated_stories_are_marked() {
        let edited = STORY.replace("three hours", "four hours").replace("nine", "ten") + " More follows.";
        let other = "A new bridge over the river was opened by the mayor on Saturday. It took six years to build \
            and has two lanes for cars and one for trams. The old bridge stays open for walkers, and a market \
            will be held on it twice a week from the spring on, said the office of works in a short statement.";
        assert_eq!(marked(&[STORY, other, &edited, STORY]), [None, None, Some(0), Some(0)]);
    }

    #[test]
    fn the_script_of_chinese_does_not_matter() {
        let simplified = "会谈于七月二十一日在日内瓦举行，双方代表就停战线和战俘问题谈了三个小时。晚上双方都说文件已经准备好，可以签署，\
            但因为港口条款还没有谈妥，签字推迟到第二天早上。各国观察员在湖边的旅馆等候消息，当地报纸在午夜前登出了新闻。";
        let traditional = "會談於七月二十一日在日內瓦舉行，雙方代表就停戰線和戰俘問題談了三個小時。晚上雙方都說文件已經準備好，可以簽署，\
            但因為港口條款還沒有談妥，簽字推遲到第二天早上。各國觀察員在湖邊的旅館等候消息，當地報紙在午夜前登出了新聞。";
        assert_eq!(marked(&[simplified, traditional]), [None, Some(0)]);
    }

    #[test]
    fn short_texts_must_be_equal() {
        assert_eq!(
            marked(&["Page not found on this server today.", "Page not found on this server now."]),
            [None; 2]
        );
        assert_eq!(marked(&["", "", "One.", "One."]), [None; 4]);
    }
}
