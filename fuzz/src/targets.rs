//! Fuzz targets: what takes bytes from outside, each with what must hold afterwards. They are shared
//! by cargo-fuzz, which searches by coverage, and by the mutation runner among the tests, which needs
//! no sanitizer and no second build.

use super::invariants;
use annalist::cache::Cache;
use annalist::check::{self, Gates};
use annalist::dataset::documents::Whole;
use annalist::dataset::{Dataset, lock, write};
use annalist::model::{Decoded, EncodingFrom, Hints, Language, Markup, Status};
use annalist::names::matching;
use annalist::overrides::Overrides;
use annalist::pipeline::{self, Flow, Input};
use annalist::read::{Limits, Options};
use annalist::rules::Rules;
use annalist::{clean, dates, diff, explain, read, report};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

pub struct Target {
    pub name: &'static str,
    /// Readers get the input behind what makes them the reader that is meant.
    pub run: fn(&[u8]),
    /// Ends of the names of the seed files that suit it.
    pub seeds: &'static [&'static str],
}

const TEXT: &[&str] = &[".txt", ".md", ".html", ".wiki"];

macro_rules! targets {
    ($($name:ident: $seeds:expr;)*) => {
        pub const TARGETS: &[Target] =
            &[$(Target { name: stringify!($name), run: $name, seeds: $seeds }),*];
    };
}

targets! {
    read_any: &[""];
    read_gzip: &[".txt", ".warc", ".jsonl"];
    read_zstd: &[".txt", ".warc", ".jsonl"];
    read_json: &[".json", ".jsonl"];
    read_warc: &[".warc"];
    read_http: &[".html", ".http"];
    read_mediawiki: &[".xml", ".wiki"];
    read_feed: &[".xml", ".rss", ".atom"];
    read_sgml: &[".sgml", ".doc", ".txt"];
    read_table: &[".csv", ".tsv"];
    read_mail: &[".mhtml", ".html"];
    read_front_matter: &[".md"];
    decode: TEXT;
    clean_text: TEXT;
    clean_markdown: &[".md"];
    clean_html: &[".html"];
    clean_wikitext: &[".wiki", ".xml"];
    date_expressions: TEXT;
    stages: TEXT;
    match_names: &[".tsv", ".txt"];
    overrides: &[".toml"];
    diff_csv: &[".csv"];
    diff_parquet: &[".parquet"];
    tables: TEXT;
    damaged_dataset: &[".csv", ".parquet", ".lock"];
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(Rules::builtin)
}

/// Limits small enough that bombs are met.
fn options() -> Options {
    let limits = Limits { record_bytes: 1 << 20, unpacked_bytes: 8 << 20, ratio: 200, depth: 3 };
    Options { limits, ..Options::default() }
}

fn records(bytes: &[u8]) -> Vec<Decoded> {
    let mut found = Vec::new();
    read::read_bytes(bytes, "file", &options(), &mut |record| found.push(record));
    assert!(!found.is_empty(), "nothing accounts for the file");
    let sources: BTreeSet<&str> = found.iter().map(|record| record.source.as_str()).collect();
    assert_eq!(sources.len(), found.len(), "two records of one name");
    found.iter().for_each(invariants::decoded);
    found
}

fn read_behind(start: &str, data: &[u8]) {
    records(&[start.as_bytes(), data].concat());
}

fn read_any(data: &[u8]) {
    records(data);
}

fn read_gzip(data: &[u8]) {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let _ = packed.write_all(data);
    records(&packed.finish().unwrap_or_default());
}

fn read_zstd(data: &[u8]) {
    records(&zstd::encode_all(data, 1).unwrap_or_default());
}

fn read_json(data: &[u8]) {
    read_behind("{\"text\": \"", data);
    read_behind("[{\"", data);
}

fn read_warc(data: &[u8]) {
    read_behind("WARC/1.0\r\n", data);
}

fn read_http(data: &[u8]) {
    read_behind("HTTP/1.1 200 OK\r\n", data);
}

fn read_mediawiki(data: &[u8]) {
    read_behind("<mediawiki>", data);
}

fn read_feed(data: &[u8]) {
    read_behind("<rss>", data);
}

fn read_sgml(data: &[u8]) {
    read_behind("<doc id=\"1\"", data);
}

fn read_table(data: &[u8]) {
    read_behind("id,text\n", data);
    read_behind("title\tbody\n", data);
}

fn read_mail(data: &[u8]) {
    read_behind("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n", data);
}

fn read_front_matter(data: &[u8]) {
    read_behind("---\ntitle: ", data);
}

/// The first byte chooses an encoding that the operator settles.
fn decode(data: &[u8]) {
    const LABELS: &[&str] =
        &["utf-8", "gb18030", "big5", "windows-1251", "koi8-u", "utf-16le", "shift_jis", "iso-2022-jp"];
    let (label, data) = data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first), rest));
    let settled = Options { encoding: LABELS.get(label).map(|label| (*label).to_owned()), ..options() };
    read::read_bytes(data, "file", &settled, &mut |record| invariants::decoded(&record));
}

fn page(markup: Markup, data: &[u8]) -> Decoded {
    Decoded {
        source: "file".to_owned(),
        text: String::from_utf8_lossy(data).into_owned(),
        markup,
        from_feed: false,
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_from: EncodingFrom::Default,
        sha256: String::new(),
        bytes: data.len() as u64,
        hints: Hints::default(),
        status: Status::Ok,
        replacement_chars: 0,
        diagnostics: Vec::new(),
    }
}

fn cleaned(markup: Markup, data: &[u8]) {
    let page = page(markup, data);
    let text = page.text.clone();
    invariants::cleaned(&clean::clean(page, &rules().clean), &text);
}

fn clean_text(data: &[u8]) {
    cleaned(Markup::Plain, data);
}

fn clean_markdown(data: &[u8]) {
    cleaned(Markup::Markdown, data);
}

fn clean_html(data: &[u8]) {
    cleaned(Markup::Html, data);
}

fn clean_wikitext(data: &[u8]) {
    cleaned(Markup::Wikitext, data);
}

fn date_expressions(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let published = jiff::civil::Date::new(2022, 3, 29).ok();
    for language in [Language::En, Language::ZhHant, Language::Ru, Language::Uk] {
        for time in dates::resolve_text(&text, language, "", published, &rules().dates) {
            assert!(!time.span.of(&text).is_empty());
            assert!(time.edtf.is_empty() || check::edtf::is_valid(&time.edtf), "{:?}", time.edtf);
        }
    }
}

fn document(page: Decoded) {
    let text = page.text.clone();
    let found = pipeline::document(page, rules(), &Overrides::default());
    invariants::extracted(&found, &text);
}

fn stages(data: &[u8]) {
    document(page(Markup::Plain, data));
    records(data).into_iter().for_each(document);
}

fn match_names(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let languages = [Language::En, Language::ZhHans, Language::Ru, Language::Uk, Language::Und];
    let mut sides = [Vec::new(), Vec::new()];
    for (at, line) in text.lines().take(40).enumerate() {
        let known = rules().names.gazetteer.named(line).to_vec();
        let entry = matching::Entry { name: line.to_owned(), language: languages[at / 2 % 5], known };
        sides[at % 2].push(entry);
    }
    let options = matching::Options { top: 2, least: 0.0 };
    for link in matching::link(&sides[0], &sides[1], &rules().names.sounds, options) {
        assert!(link.left < sides[0].len() && link.right < sides[1].len());
        assert!((0.0..=1.0).contains(&link.score), "{}", link.score);
    }
}

const PAGE: &str =
    "# Talks\n\nFrance and Norway met in Oslo on 3 March 2021. They agreed to meet again in May.\n";

/// A file of overrides is refused, or does to a page what it says and is accounted for.
fn overrides(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(overrides) = Overrides::parse(&text) else { return };
    let again = Overrides::parse(overrides.text()).map(|again| again.account());
    assert_eq!(again.ok(), Some(overrides.account()));
    let folder = Scratch::new();
    let dataset = built(&folder, &[PAGE.as_bytes()], &overrides, Order::Sorted);
    let look = |_, whole: Whole| invariants::extracted(&whole.extracted, PAGE);
    dataset.documents.each(look).expect("a disk that works");
    assert!(overrides.account().len() >= text.matches("[[names]]").count().min(1));
}

struct Scratch(tempfile::TempDir);

impl Scratch {
    fn new() -> Self {
        Scratch(tempfile::tempdir().expect("a temporary folder"))
    }

    fn file(&self, name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("room for it");
        path
    }
}

/// How a run comes by its files; nothing that it gives may depend on it.
#[derive(PartialEq)]
enum Order {
    Sorted,
    /// Last first, and each worked on by itself.
    Backwards,
}

fn built<'o>(folder: &Scratch, pages: &[&[u8]], overrides: &'o Overrides, order: Order) -> Dataset<'o> {
    let mut inputs: Vec<Input> = pages
        .iter()
        .enumerate()
        .map(|(at, bytes)| {
            let path = folder.file(&format!("page{at}"), bytes);
            let (bytes, sha256) = (bytes.len() as u64, String::new());
            Input { path, source: format!("file{at}"), bytes, sha256 }
        })
        .collect();
    pipeline::hash(&mut inputs);
    let cache = Cache::open(None, "");
    let options = options();
    let mut batch_bytes = pipeline::BATCH_BYTES;
    if order == Order::Backwards {
        inputs.reverse();
        batch_bytes = 1;
    }
    let flow =
        Flow { rules: rules(), options: &options, overrides, cache: &cache, batch_bytes, progress: &|_| {} };
    pipeline::run(&inputs, &flow, folder.0.path()).expect("a disk that works")
}

fn written(folder: &Path, dataset: &Dataset) -> lock::Lock {
    fs::create_dir_all(folder).expect("a temporary folder");
    write::write(dataset, "", &[], true, folder).expect("room for it")
}

/// Three pages give tables that hold what they promise, and a dataset does not differ from itself.
fn tables(data: &[u8]) {
    let scratch = Scratch::new();
    let third = data.len() / 3;
    let pages = [&data[..third], &data[third..2 * third], &data[2 * third..]];
    let none = Overrides::default();
    let [a, b, c] = ["a", "b", "c"].map(|name| scratch.0.path().join(name));
    let lock = written(&a, &built(&scratch, &pages, &none, Order::Sorted));
    let again = written(&c, &built(&scratch, &pages, &none, Order::Backwards));
    assert_eq!(lock, again, "the order of the files shows");
    let report = check::check(&a, &Gates::default(), None).expect("a folder that can be read");
    let wrong: Vec<_> =
        report.findings.iter().filter(|finding| finding.level == check::Level::Error).collect();
    assert!(wrong.is_empty(), "{:?}", &wrong[..wrong.len().min(3)]);
    let same = diff::diff(&a, &a, &diff::Options::default()).expect("a folder that can be read");
    assert!(!same.differs());
    let other = [pages[1], pages[0], PAGE.as_bytes()];
    written(&b, &built(&scratch, &other, &none, Order::Sorted));
    mirrored(&a, &b);
    let _ = explain::explain(&a, Some(scratch.0.path()), "file0");
    report::html(&a, "A report").expect("a whole dataset");
}

/// What `b` has more than `a`, `a` has less than `b`.
fn mirrored(a: &Path, b: &Path) {
    let options = diff::Options::default();
    let (Ok(there), Ok(back)) = (diff::diff(a, b, &options), diff::diff(b, a, &options)) else {
        return;
    };
    assert_eq!(there.tables.len(), back.tables.len());
    for (there, back) in there.tables.iter().zip(&back.tables) {
        let counts = |table: &diff::TableDiff| (table.added_count, table.removed_count, table.changed_count);
        let (added, removed, changed) = counts(there);
        assert_eq!((removed, added, changed), counts(back), "{}", there.table);
        assert_eq!(there.changed_columns, back.changed_columns, "{}", there.table);
        assert_eq!((there.rows_old, there.rows_new), (back.rows_new, back.rows_old), "{}", there.table);
    }
}

/// Two tables made of the halves of the input.
fn diffed(ending: &str, data: &[u8], half: usize) {
    let scratch = Scratch::new();
    let a = scratch.file(&format!("a.{ending}"), &data[..half]);
    let b = scratch.file(&format!("b.{ending}"), &data[half..]);
    let keyed = diff::Options { key: vec!["id".to_owned()], ..diff::Options::default() };
    for options in [diff::Options::default(), keyed] {
        for (a, b) in [(&a, &b), (&a, &a)] {
            let found = diff::diff(a, b, &options);
            assert!(a != b || found.as_ref().is_ok_and(|diff| !diff.differs()) || found.is_err());
            if let Ok(found) = found {
                diff::render::text(&found, 5);
                diff::render::html(&found);
            }
        }
    }
    mirrored(&a, &b);
}

fn diff_csv(data: &[u8]) {
    diffed("csv", data, data.len() / 2);
}

fn diff_parquet(data: &[u8]) {
    diffed("parquet", data, 0);
    diffed("parquet", data, data.len());
}

/// A sound dataset with one file of it replaced: every command says so, or takes it, and none falls.
fn damaged_dataset(data: &[u8]) {
    static SOUND: OnceLock<tempfile::TempDir> = OnceLock::new();
    const FILES: &[&str] = &[
        "documents.csv",
        "sentences.parquet",
        "events.csv",
        "entities.parquet",
        "annalist.lock",
        "event_mentions.csv",
        "timeline.parquet",
        "datapackage.json",
        "removals.csv",
    ];
    let sound = SOUND.get_or_init(|| {
        let scratch = Scratch::new();
        let none = Overrides::default();
        let dataset = built(&scratch, &[PAGE.as_bytes()], &none, Order::Sorted);
        written(&scratch.0.path().join("out"), &dataset);
        scratch.0
    });
    let (choice, data) = data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first), rest));
    let scratch = Scratch::new();
    for entry in fs::read_dir(sound.path().join("out")).expect("a folder").flatten() {
        let name = entry.file_name();
        let replaced = name.to_str() == Some(FILES[choice % FILES.len()]);
        let parquet = FILES[choice % FILES.len()].replace(".csv", ".parquet");
        if replaced {
            scratch.file(&name.to_string_lossy(), data);
        } else if name.to_str() != Some(&parquet) {
            fs::copy(entry.path(), scratch.0.path().join(&name)).expect("room for it");
        }
    }
    let out = scratch.0.path();
    let _ = check::check(out, &Gates::default(), None);
    let _ = explain::explain(out, None, "Norway");
    let _ = explain::explain(out, None, "file0");
    let _ = explain::explain_pair(out, "Norway", "France");
    let _ = report::html(out, "A report");
    let _ = diff::diff(out, &sound.path().join("out"), &diff::Options::default());
}
