//! `annalist dates`: the time expressions of plain text, with code-point offsets into it.

use super::{Code, Failure, Outcome};
use crate::dates;
use crate::model::{
    Block, Cleaned, Document, DumpKind, EncodingFrom, Language, Section, Sentence, Span, Status,
    TimeExpression,
};
use jiff::civil::Date;
use serde::Deserialize;
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
    #[serde(alias = "dct", default)]
    published: Option<String>,
    #[serde(default)]
    language: Option<String>,
}

pub fn run(args: &Args) -> Outcome {
    let text = read(args)?;
    let rules = dates::Rules::builtin();
    let mut out = BufWriter::new(io::stdout().lock());
    for (at, line) in lines(&text, args)?.into_iter().enumerate() {
        let cleaned = plain(&line, at);
        let dated = dates::resolve(&cleaned, &rules);
        let mut places = Places { text: &line.text, byte: 0, count: 0 };
        for time in &dated.times {
            let found = value(&line, &cleaned.sentences[time.sentence], time, &mut places);
            writeln!(out, "{found}")?;
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
        return Ok(vec![Line { doc, text: text.to_owned(), published: None, language: None }]);
    }
    let filled = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| Failure::new(format!("line {}: {error}", at + 1)))
        })
        .collect()
}

/// The text as a document whose lines are its sentences' blocks.
fn plain(line: &Line, at: usize) -> Cleaned {
    let language = language(line.language.as_deref().unwrap_or(""));
    let published = line.published.as_deref().and_then(|date| date.get(..10)?.parse::<Date>().ok());
    let mut sentences = Vec::new();
    let mut start = 0;
    for (block_no, row) in line.text.split_inclusive('\n').enumerate() {
        let text = row.trim();
        if !text.is_empty() {
            let from = start + (row.len() - row.trim_start().len());
            sentences.push(Sentence {
                text: text.to_owned(),
                section: 0,
                block_no,
                block: Block::Paragraph,
                language,
                source: Span::new(from, from + text.len()),
            });
        }
        start += row.len();
    }
    let lead = Section { parent: None, level: 0, heading: String::new(), source: Span::default() };
    Cleaned {
        document: document(at, language, published),
        sections: vec![lead],
        sentences,
        citations: Vec::new(),
        citation_marks: Vec::new(),
        glosses: Vec::new(),
        removals: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn document(at: usize, language: Language, published: Option<Date>) -> Document {
    Document {
        source: at.to_string(),
        title: String::new(),
        language,
        dump_kind: DumpKind::Plain,
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_from: EncodingFrom::Default,
        sha256: String::new(),
        bytes: 0,
        url: String::new(),
        published,
        status: Status::Ok,
        chars_source: 0,
        chars_kept: 0,
        replacement_chars: 0,
    }
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

fn value(line: &Line, sentence: &Sentence, time: &TimeExpression, places: &mut Places) -> Value {
    let start = sentence.source.start + time.span.start;
    let end = sentence.source.start + time.span.end;
    json!({
        "doc": line.doc,
        "start": places.at(start),
        "end": places.at(end),
        "text": &line.text[start..end],
        "type": time.kind.code().to_uppercase(),
        "value": time.timex_value,
        "edtf": time.edtf,
        "basis": time.basis.code(),
        "year_from": time.year_from.code(),
    })
}
