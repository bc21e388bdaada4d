//! What real files of other kinds and encodings hold: `reading.tsv` keeps for each the number of
//! records, how they are encoded, in which language, and hashes of a title and of the first and last
//! sentences, as a reader of the file found them; `-` where nothing is claimed.
//!
//! The files are not part of the project. They are looked for in `raw-more` of the folder that
//! `ANNALIST_SHARED` names (`../shared` if it names none); without them nothing is tested.

use annalist::clean;
use annalist::model::{Cleaned, Decoded, Status};
use annalist::read::{self, Options};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const FACTS: &str = include_str!("reading.tsv");

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("ANNALIST_SHARED").map(PathBuf::from);
    let shared = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let folder = shared.join("raw-more");
    folder.is_dir().then_some(folder)
}

fn records(path: &Path) -> Vec<Decoded> {
    let mut records = Vec::new();
    read::read(path, "file", &Options::default(), &mut |record| records.push(record));
    records
}

/// Of the letters and digits alone: blanks and stops are a matter of taste.
fn hash(text: &str) -> String {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    Sha256::digest(letters.as_bytes())[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn real_files_are_read_right() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no folder of real files (set ANNALIST_SHARED)");
        return;
    };
    let rules = clean::Rules::builtin();
    let mut wrong = Vec::new();
    for line in FACTS.lines().skip(1) {
        let expected: Vec<&str> = line.split('\t').collect();
        let found = records(&folder.join(expected[0]));
        let text: Vec<&Decoded> = found.iter().filter(|record| record.status == Status::Ok).collect();
        let cleaned: Vec<Cleaned> =
            text.iter().map(|record| clean::clean((*record).clone(), &rules)).collect();
        let first = cleaned.iter().find(|document| !document.sentences.is_empty());
        let facts = [
            found.len().to_string(),
            text.len().to_string(),
            first.map_or("-", |document| &document.document.encoding).to_owned(),
            first.map_or("-", |document| document.document.encoding_from.code()).to_owned(),
            first.map_or("-", |document| document.document.language.code()).to_owned(),
        ];
        for (name, (fact, expected)) in
            ["records", "read", "encoding", "from", "language"].iter().zip(facts.iter().zip(&expected[1..6]))
        {
            if *expected != "-" && fact != expected {
                wrong.push(format!("{}: {name} is {fact}, not {expected}", expected_name(line)));
            }
        }
        let titles: BTreeSet<String> =
            cleaned.iter().map(|document| hash(&document.document.title)).collect();
        let sentences: BTreeSet<String> = cleaned
            .iter()
            .flat_map(|document| &document.sentences)
            .map(|sentence| hash(&sentence.text))
            .collect();
        for (name, expected, known) in [
            ("title", expected[6], &titles),
            ("first", expected[7], &sentences),
            ("last", expected[8], &sentences),
        ] {
            if expected != "-" && !known.contains(expected) {
                wrong.push(format!("{}: the {name} is not there", expected_name(line)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn expected_name(line: &str) -> &str {
    line.split('\t').next().unwrap_or("")
}

/// A file in another encoding says the same but for its bytes.
#[test]
fn twins_in_other_encodings_are_cleaned_alike() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no folder of real files (set ANNALIST_SHARED)");
        return;
    };
    let rules = clean::Rules::builtin();
    for (path, encodings) in [
        (
            "txt/ru_book_3734.txt",
            &["windows-1251", "KOI8-R", "IBM866", "gb18030", "UTF-16LE", "UTF-16BE"][..],
        ),
        (
            "txt/uk_A_Krym.Realii_Portnikov_Rosiiskyi_shliakh_u_mynule_2017.txt",
            &["windows-1251", "KOI8-U", "UTF-16LE"],
        ),
        ("md/zh-Hant_article_16874.md", &["Big5", "gb18030", "UTF-16LE"]),
        ("md/zh-Hans_nsc412_n10710560.md", &["gb18030", "UTF-16BE"]),
        ("jsonl/ru_rbc_politics.jsonl", &["gb18030", "UTF-16LE"]),
    ] {
        let plain = std::fs::read_to_string(folder.join(path)).expect("a file in UTF-8");
        for label in encodings {
            let (bytes, text) = encode(&plain, label);
            let expected = tables(text.as_bytes(), &rules);
            assert_eq!(tables(&bytes, &rules), expected, "{path} in {label}");
        }
    }
}

/// The bytes, and the text without what the encoding lacks.
fn encode(text: &str, label: &str) -> (Vec<u8>, String) {
    let units = |big: bool| {
        let mark = [0xFEFFu16];
        let all = mark.into_iter().chain(text.encode_utf16());
        all.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    match label {
        "UTF-16LE" => (units(false), text.to_owned()),
        "UTF-16BE" => (units(true), text.to_owned()),
        _ => {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a known label");
            let fits = |c: &char| !encoding.encode(c.encode_utf8(&mut [0; 4])).2;
            let text: String = text.chars().filter(fits).collect();
            (encoding.encode(&text).0.into_owned(), text)
        }
    }
}

/// All that the tables will say, but for bytes, hashes and encodings.
fn tables(bytes: &[u8], rules: &clean::Rules) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("room for it");
    let cleaned = records(file.path()).into_iter().map(|record| clean::clean(record, rules));
    cleaned
        .map(|mut document| {
            document.document.bytes = 0;
            document.document.sha256.clear();
            document.document.encoding.clear();
            document.document.encoding_from = annalist::model::EncodingFrom::Default;
            format!("{document:?}")
        })
        .collect()
}
