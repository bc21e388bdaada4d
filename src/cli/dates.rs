//! `annalist dates`: the time expressions of plain text, with code-point offsets into it.

use super::{Code, Failure, Outcome};
use crate::dates::{self, PlainTime};
use crate::model::Language;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;

/// Print the time expressions of plain text
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  echo '{\"id\":\"1\",\"text\":\"They met on 29 March 2022.\",\"language\":\"en\"}' | annalist dates"
)]
pub struct Args {
    /// JSON lines with doc or id, text, and where known dct or published and language; or plain text. `-` for stdin
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// One text to search.
#[derive(Deserialize)]
struct Line {
    #[serde(alias = "id")]
    doc: Value,
    text: String,
    /// When the text was written; its first ten characters are a date.
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    dct: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    title: String,
}

pub fn run(args: &Args) -> Outcome {
    let text = read(args)?;
    let rules = dates::Rules::builtin();
    let mut out = BufWriter::new(io::stdout().lock());
    for line in lines(&text, args)? {
        let published = [&line.published, &line.dct].into_iter().flatten().find_map(|date| day(date));
        let language = language(line.language.as_deref().unwrap_or(""));
        let mut places = Places { text: &line.text, byte: 0, count: 0 };
        for time in &dates::resolve_text(&line.text, language, &line.title, published, &rules) {
            serde_json::to_writer(&mut out, &found(&line, time, &mut places)).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(if text.trim().is_empty() { Code::NoInput } else { Code::Done })
}

fn read(args: &Args) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    if args.file.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        let cannot = |error| Failure::new(format!("cannot read {}: {error}", args.file.display()));
        bytes = std::fs::read(&args.file).map_err(cannot)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// JSON lines where the first line is an object, else the whole as one text.
fn lines(text: &str, args: &Args) -> Result<Vec<Line>, Failure> {
    if !text.trim_start().starts_with('{') {
        let doc = json!(args.file.display().to_string());
        return Ok(vec![Line {
            doc,
            text: text.to_owned(),
            published: None,
            dct: None,
            language: None,
            title: String::new(),
        }]);
    }
    let filled = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| Failure::new(format!("line {}: {error}", at + 1)))
        })
        .collect()
}

fn language(code: &str) -> Language {
    match code.to_ascii_lowercase().as_str() {
        "zh-hant" | "zh-tw" | "zh-hk" | "zh-mo" => Language::ZhHant,
        code if code.starts_with("zh") => Language::ZhHans,
        code if code.starts_with("en") => Language::En,
        code if code.starts_with("ru") => Language::Ru,
        code if code.starts_with("uk") => Language::Uk,
        _ => Language::Und,
    }
}

/// Code points from bytes of one text, asked for in order.
struct Places<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl Places<'_> {
    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
    }
}

/// A line of output; offsets count code points.
#[derive(Serialize)]
struct Row<'a> {
    doc: &'a Value,
    start: usize,
    end: usize,
    text: &'a str,
    r#type: String,
    value: &'a str,
    edtf: &'a str,
    modifier: &'a str,
    r#use: &'a str,
    basis: &'a str,
    year_from: &'a str,
    rule: &'a str,
}

fn found<'a>(line: &'a Line, time: &'a PlainTime, places: &mut Places) -> Row<'a> {
    Row {
        doc: &line.doc,
        start: places.at(time.span.start),
        end: places.at(time.span.end),
        text: time.span.of(&line.text),
        r#type: time.kind.code().to_uppercase(),
        value: &time.value,
        edtf: &time.edtf,
        modifier: time.modifier,
        r#use: time.used_as,
        basis: time.basis,
        year_from: time.year_from,
        rule: time.rule,
    }
}

/// The day that a date or a timestamp opens with, with or without dashes.
fn day(text: &str) -> Option<Date> {
    let digits: String = text.chars().take(10).filter(char::is_ascii_digit).collect();
    text.get(..10).and_then(|head| head.parse().ok()).or_else(|| {
        let number: i32 = digits.get(..8)?.parse().ok()?;
        Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8).ok()
    })
}
