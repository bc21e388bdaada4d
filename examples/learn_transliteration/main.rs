//! Learns the sound tables of `rules/translit/` from lists of names in two spellings.
//!
//! ```text
//! cargo run --release --example learn_transliteration -- NAMES_DIR UNIHAN_READINGS OUT_DIR
//! ```
//!
//! `NAMES_DIR` holds `train_en_zh.tsv`, `train_en_ru.tsv` (token, rendering with a blank between its
//! letters, count), `train_regional_zh.tsv` (original, mainland, Taiwan, Hong Kong) and
//! `ru_syllables_to_han.tsv`; `UNIHAN_READINGS` is `Unihan_Readings.txt` of the Unicode database. The same input gives the same output, byte for byte.

mod em;
mod readings;

use annalist::names::sound::letters::{Letters, Script};
use em::{Options, Pair, learn};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// One name or word in two scripts: plain letters.
type Spellings = (Vec<char>, Vec<char>);

fn main() -> io::Result<()> {
    let mut args = env::args().skip(1);
    let (Some(from), Some(unihan), Some(to)) = (args.next(), args.next(), args.next()) else {
        eprintln!("usage: learn_transliteration NAMES_DIR UNIHAN_READINGS OUT_DIR");
        std::process::exit(2);
    };
    // Every n-th token is left out, to have names for a test that the tables have not seen.
    let leave_out: Option<usize> = args.next().and_then(|n| n.parse().ok());
    let corpus = Corpus::read(Path::new(&from), leave_out)?;
    let out = Path::new(&to);
    let readings = readings::read(&fs::read_to_string(unihan)?);
    fs::write(out.join("han_readings.tsv"), readings::write(&readings))?;
    write(&out.join("han_latin.tsv"), &corpus.han_latin(), 1, 6, HAN_LATIN)?;
    write(&out.join("han_cyrillic.tsv"), &corpus.han_cyrillic(), 1, 5, HAN_CYRILLIC)?;
    write(&out.join("cyrillic_latin.tsv"), &corpus.cyrillic_latin(), 2, 4, CYRILLIC_LATIN)?;
    write(&out.join("han_han.tsv"), &corpus.han_han(), 1, 2, HAN_HAN)
}

const HAN_LATIN: &str = "Han characters and the Latin letters they stand for in names";
const HAN_CYRILLIC: &str = "Han characters and the Russian letters they stand for in names";
const CYRILLIC_LATIN: &str = "Russian letters and the Latin letters they stand for in names";
const HAN_HAN: &str =
    "Han characters and those that another region (mainland, Taiwan, Hong Kong) writes for them";

struct Corpus {
    /// Latin token to its rendering.
    han: BTreeMap<String, Vec<char>>,
    russian: BTreeMap<String, Vec<char>>,
    /// Parts of names by region: Latin (may be empty), mainland, Taiwan, Hong Kong.
    regional: Vec<(Vec<char>, [Vec<char>; 3])>,
    syllables: Vec<Spellings>,
}

impl Corpus {
    fn read(dir: &Path, leave_out: Option<usize>) -> io::Result<Self> {
        let letters = Letters::new(annalist::rules::file("translit/letters.tsv"));
        let keep = |token: &str| leave_out.is_none_or(|n| !checksum(token).is_multiple_of(n));
        let tokens = |name: &str, script: Script| -> io::Result<BTreeMap<String, Vec<char>>> {
            let text = fs::read_to_string(dir.join(name))?;
            let rows = text.lines().filter_map(|line| {
                let mut cells = line.split('\t');
                let latin = single(&letters, cells.next()?, Script::Latin)?;
                let other = single(&letters, &cells.next()?.replace(' ', ""), script)?;
                Some((latin.into_iter().collect::<String>(), other))
            });
            Ok(rows.filter(|(token, _)| keep(token)).collect())
        };
        let syllables = fs::read_to_string(dir.join("ru_syllables_to_han.tsv"))?;
        let syllables = syllables.lines().filter_map(|line| {
            let (syllable, han) = line.split_once('\t')?;
            Some((single(&letters, han, Script::Han)?, single(&letters, syllable, Script::Cyrillic)?))
        });
        Ok(Corpus {
            han: tokens("train_en_zh.tsv", Script::Han)?,
            russian: tokens("train_en_ru.tsv", Script::Cyrillic)?,
            syllables: syllables.collect(),
            regional: regional(&letters, &fs::read_to_string(dir.join("train_regional_zh.tsv"))?, leave_out),
        })
    }

    fn han_latin(&self) -> Vec<Pair> {
        let tokens = self.han.iter().map(|(latin, han)| pair(han, &latin.chars().collect::<Vec<_>>(), 1.0));
        let regional = self.regional.iter().flat_map(|(latin, regions)| {
            regions.iter().filter(|han| !latin.is_empty() && !han.is_empty()).map(|han| pair(han, latin, 0.5))
        });
        tokens.chain(regional).filter(usable).collect()
    }

    fn han_cyrillic(&self) -> Vec<Pair> {
        let joined =
            self.han.iter().filter_map(|(latin, han)| Some(pair(han, self.russian.get(latin)?, 1.0)));
        let syllables = self.syllables.iter().map(|(han, russian)| pair(han, russian, 3.0));
        joined.chain(syllables).filter(usable).collect()
    }

    fn cyrillic_latin(&self) -> Vec<Pair> {
        let tokens = self.russian.iter();
        tokens
            .map(|(latin, russian)| pair(russian, &latin.chars().collect::<Vec<_>>(), 1.0))
            .filter(usable)
            .collect()
    }

    /// Each two regions, both ways.
    fn han_han(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (_, regions) in &self.regional {
            for (a, b) in [(0, 1), (0, 2), (1, 2)] {
                pairs.push(pair(&regions[a], &regions[b], 1.0));
                pairs.push(pair(&regions[b], &regions[a], 1.0));
            }
        }
        pairs.into_iter().filter(usable).collect()
    }
}

fn pair(left: &[char], right: &[char], weight: f64) -> Pair {
    Pair { left: left.to_vec(), right: right.to_vec(), weight }
}

/// Long names add nothing but time, and a name of one letter is an abbreviation.
fn usable(pair: &Pair) -> bool {
    let (n, m) = (pair.left.len(), pair.right.len());
    (1..=12).contains(&n) && (1..=18).contains(&m) && m <= n * 8 && n <= m * 4
}

/// The letters of a text that is one word of one script (points and hyphens inside are dropped).
fn single(letters: &Letters, text: &str, script: Script) -> Option<Vec<char>> {
    let words = letters.words(text);
    let whole = words.iter().all(|word| word.script == script) && !words.is_empty();
    whole.then(|| words.into_iter().flat_map(|word| word.letters).collect())
}

/// The rows of the regional table, cut into parts where all spellings have as many.
fn regional(letters: &Letters, text: &str, leave_out: Option<usize>) -> Vec<(Vec<char>, [Vec<char>; 3])> {
    let mut parts = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 4 || leave_out.is_some_and(|n| checksum(cells[0]).is_multiple_of(n)) {
            continue;
        }
        let latin: Vec<Vec<char>> = latin_parts(letters, cells[0]);
        let regions = [1, 2, 3].map(|i| {
            let words = letters.words(cells[i]);
            let words = words.into_iter().filter(|word| word.script == Script::Han);
            words.map(|word| word.letters).collect::<Vec<_>>()
        });
        let count = regions.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..count {
            let part =
                |words: &Vec<Vec<char>>| if words.len() == count { words[at].clone() } else { Vec::new() };
            parts.push((part(&latin), [part(&regions[0]), part(&regions[1]), part(&regions[2])]));
        }
    }
    parts
}

/// `Hudson, Kate` is written in the order of the renderings.
fn latin_parts(letters: &Letters, original: &str) -> Vec<Vec<char>> {
    let ordered =
        original.split_once(',').map_or(original.to_string(), |(last, first)| format!("{first} {last}"));
    let words = letters.words(&ordered).into_iter().filter(|word| word.script == Script::Latin);
    words.map(|word| word.letters).collect()
}

fn checksum(text: &str) -> usize {
    text.bytes().fold(5381usize, |sum, byte| sum.wrapping_mul(33) ^ byte as usize) / 7
}

/// Counts below this, and shares of a chunk's count below [`LEAST_SHARE`], are not written.
const LEAST_COUNT: f64 = 0.3;
/// Long chunks that were met once or twice are mostly names that were cut wrongly.
const LEAST_LONG: f64 = 1.8;
const LEAST_SHARE: f64 = 0.0004;

fn write(path: &Path, pairs: &[Pair], max_left: usize, max_right: usize, what: &str) -> io::Result<()> {
    let counts = learn(pairs, Options { max_left, max_right, rounds: 12 });
    let mut rows: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for (left, right, count) in counts {
        rows.entry(left).or_default().push((right, count));
    }
    let mut out =
        format!("# {what}: a chunk, then each chunk that stands for it with its expected count in tenths.\n");
    for source in SOURCES {
        let _ = writeln!(out, "# {source}");
    }
    for (left, mut rights) in rows {
        let total: f64 = rights.iter().map(|(_, count)| count).sum();
        let letters = |chunk: &str| chunk.chars().count();
        rights.retain(|(right, count)| {
            let long = letters(&left) > 1 && letters(right) > 2 || letters(right) > 4;
            *count >= if long { LEAST_LONG } else { LEAST_COUNT } && *count >= total * LEAST_SHARE
        });
        rights.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        if rights.is_empty() {
            continue;
        }
        let cells: Vec<String> =
            rights.iter().map(|(right, count)| format!("{right}:{:.0}", count * 10.0)).collect();
        let _ = writeln!(out, "{left}\t{}", cells.join(" "));
    }
    eprintln!("{}: {} names, {} bytes", path.display(), pairs.len(), out.len());
    fs::write(path, out)
}

const SOURCES: [&str; 4] = [
    "Learned by examples/learn_transliteration from",
    "NETransliteration-COLING2018 (Merhav and Ash, https://github.com/steveash/NETransliteration-COLING2018), CC BY 4.0;",
    "counts over the conversion groups of Chinese Wikipedia (https://zh.wikipedia.org), CC BY-SA 4.0;",
    "the Russian syllable table of hanzify (https://github.com/madmansnest/hanzify), MIT.",
];
