//! `annalist clean`: the cleaned text alone.

use super::{Code, Outcome, inputs};
use crate::model::{Cleaned, Status};
use crate::{clean, read};
use clap::ValueEnum;
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Print the cleaned text of files
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  annalist clean raw/ru-news.txt\n  annalist clean raw --format jsonl")]
pub struct Args {
    /// Files and folders to read
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Jsonl,
}

pub fn run(args: &Args) -> Outcome {
    let inputs = inputs::find(&args.files, None)?;
    if inputs.is_empty() {
        return Ok(Code::NoInput);
    }
    let rules = clean::Rules::builtin();
    let mut out = BufWriter::new(io::stdout().lock());
    for input in &inputs {
        let mut result = Ok(());
        read::read(&input.path, &input.source, &read::Options::default(), &mut |record| {
            if result.is_ok() {
                let cleaned = clean::clean(record, &rules);
                if cleaned.document.status == Status::Rejected {
                    eprintln!("annalist: {} is rejected", cleaned.document.source);
                }
                result = match args.format {
                    Format::Text => text(&cleaned, &mut out),
                    Format::Jsonl => writeln!(out, "{}", value(&cleaned)),
                };
            }
        });
        result?;
    }
    out.flush()?;
    Ok(Code::Done)
}

/// Headings and blocks, with a blank line between blocks.
fn text(cleaned: &Cleaned, out: &mut impl Write) -> io::Result<()> {
    for (is_heading, block) in blocks(cleaned) {
        writeln!(out, "{}{block}\n", if is_heading { "# " } else { "" })?;
    }
    Ok(())
}

/// The blocks in reading order, each with whether it is a heading.
fn blocks(cleaned: &Cleaned) -> Vec<(bool, String)> {
    let mut out: Vec<(bool, String)> = Vec::new();
    let (mut section, mut block) = (0, None);
    for sentence in &cleaned.sentences {
        while section < sentence.section {
            section += 1;
            out.push((true, cleaned.sections[section].heading.clone()));
            block = None;
        }
        match out.last_mut() {
            Some((_, text)) if block == Some(sentence.block_no) => {
                if !sentence.language.is_chinese() {
                    text.push(' ');
                }
                text.push_str(&sentence.text);
            }
            _ => out.push((false, sentence.text.clone())),
        }
        block = Some(sentence.block_no);
    }
    let rest = cleaned.sections.iter().skip(section + 1);
    out.extend(rest.map(|section| (true, section.heading.clone())));
    out
}

fn value(cleaned: &Cleaned) -> Value {
    let document = &cleaned.document;
    let text: Vec<String> = blocks(cleaned).into_iter().map(|(_, text)| text).collect();
    json!({
        "source": document.source,
        "title": document.title,
        "language": document.language.code(),
        "text": text.join("\n\n"),
        "sections": cleaned.sections.iter().map(|section| json!({
            "level": section.level,
            "heading": section.heading,
            "parent": section.parent,
        })).collect::<Value>(),
        "citations": cleaned.citations.iter().map(|citation| json!({
            "number": citation.number,
            "title": citation.title,
            "authors": citation.authors,
            "publisher": citation.publisher,
            "published": citation.published,
            "accessed": citation.accessed,
            "archived": citation.archived,
            "language": citation.language,
            "url": citation.url,
            "cite_error": citation.cite_error,
            "text": citation.text,
        })).collect::<Value>(),
        "removals": cleaned.removals.iter().map(|removal| json!({
            "start": removal.source.start,
            "end": removal.source.end,
            "kind": removal.kind,
            "rule": removal.rule,
            "excerpt": removal.excerpt,
        })).collect::<Value>(),
    })
}
