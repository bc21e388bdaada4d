//! Makes pages to measure with, by recombining the paragraphs of the sample pages.
//!
//! ```sh
//! cargo run --release --example bench_inputs -- en 100 /tmp/en-100 [SEED]
//! ```
//!
//! Kinds are `en`, `zh`, `cyrillic` (Russian and Ukrainian) and `mixed`; with `-html` behind, the
//! text stands in a page with the furniture of a site. The second argument is the size in MB. Days and
//! years are drawn anew in each page, so that pages tell of different events; all else is as in `raw/`.
//! The same call makes the same bytes.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const PAGE_BYTES: usize = 20_000;
const PAGES_OF_FOLDER: usize = 1000;
const SHORTEST_PARAGRAPH: usize = 80;

struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % count.max(1)
    }
}

/// The paragraphs of the sample texts whose names begin so.
fn paragraphs(beginnings: &[&str]) -> io::Result<Vec<String>> {
    let raw = Path::new(env!("CARGO_MANIFEST_DIR")).join("raw");
    let mut files: Vec<_> =
        fs::read_dir(raw)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
    files.sort();
    let mut found = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        if beginnings.iter().any(|beginning| name.starts_with(beginning)) {
            let text = fs::read_to_string(path)?;
            found.extend(text.lines().filter(|line| line.len() >= SHORTEST_PARAGRAPH).map(str::to_owned));
        }
    }
    Ok(found)
}

/// Copies a paragraph with other days and years.
fn retell(paragraph: &str, random: &mut Random, out: &mut String) {
    let mut rest = paragraph;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let _ = match (digits, rest[..digits].parse::<usize>()) {
            (4, Ok(1900..=2099)) => write!(out, "{}", 1950 + random.below(75)),
            (1 | 2, Ok(1..=28)) => write!(out, "{}", 1 + random.below(28)),
            _ => write!(out, "{}", &rest[..digits]),
        };
        rest = &rest[digits..];
    }
    out.push_str(rest);
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn page(number: usize, paragraphs: &[String], html: bool, random: &mut Random) -> String {
    let (mut page, mut line) = (String::with_capacity(PAGE_BYTES + 4096), String::new());
    if html {
        let _ = write!(
            page,
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{number}</title></head><body><nav>"
        );
        for link in 0..40 {
            let _ = write!(page, "<a href=\"/{link}\">{link}</a> ");
        }
        page.push_str("</nav><main><article>");
    }
    while page.len() < PAGE_BYTES {
        line.clear();
        retell(&paragraphs[random.below(paragraphs.len())], random, &mut line);
        let _ = if html { writeln!(page, "<p>{}</p>", escaped(&line)) } else { writeln!(page, "{line}\n") };
    }
    if html {
        page.push_str("</article></main><footer><ul>");
        for link in 0..40 {
            let _ = write!(page, "<li><a href=\"/{link}\">{link}</a></li>");
        }
        page.push_str("</ul></footer></body></html>\n");
    }
    page
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, megabytes, out, seed @ ..] = arguments.as_slice() else {
        return Err(io::Error::other("usage: bench_inputs KIND MEGABYTES OUT [SEED]"));
    };
    let (kind, html) = kind.strip_suffix("-html").map_or((kind.as_str(), false), |kind| (kind, true));
    let beginnings: &[&str] = match kind {
        "en" => &["en-"],
        "zh" => &["zh-"],
        "cyrillic" => &["ru-", "uk-"],
        "mixed" => &["en-", "zh-", "ru-", "uk-"],
        _ => return Err(io::Error::other("kinds are en, zh, cyrillic and mixed, each also with -html")),
    };
    // A page of the mixed kind is in one language all the same.
    let languages = beginnings.iter().map(|one| paragraphs(&[one])).collect::<io::Result<Vec<_>>>()?;
    let seed = seed.first().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let (mut random, mut bytes, mut number) = (Random(seed), 0, 0);
    let wanted = megabytes.parse::<usize>().map_err(io::Error::other)? * 1_000_000;
    while bytes < wanted {
        let folder = Path::new(out).join(format!("{:04}", number / PAGES_OF_FOLDER));
        if number % PAGES_OF_FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        let paragraphs = &languages[random.below(languages.len())];
        let text = page(number, paragraphs, html, &mut random);
        fs::write(folder.join(format!("{number:07}.{}", if html { "html" } else { "txt" })), &text)?;
        bytes += text.len();
        number += 1;
    }
    println!("{number} pages, {bytes} bytes");
    Ok(())
}
