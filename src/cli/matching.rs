//! `annalist match`: two lists of names linked across scripts.

use super::{Code, Failure, Outcome};
use crate::model::Language;
use crate::names;
use crate::names::matching::{Entry, Options, link};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Link two lists of names across scripts
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  annalist match examples/names/en.tsv examples/names/zh.tsv\n  annalist match examples/names/en.tsv examples/names/zh.tsv --no-gazetteer --top 3"
)]
pub struct Args {
    /// One name a line, or TSV with columns id, name, lang
    left: PathBuf,
    /// The list to find its names in, in the same form
    right: PathBuf,
    /// Candidates to print for each name of LEFT
    #[arg(long, default_value_t = 1, value_name = "N")]
    top: usize,
    /// Leave out the table of known names
    #[arg(long)]
    no_gazetteer: bool,
    /// Print no link below this score
    #[arg(long, default_value_t = 0.02, value_name = "SCORE")]
    min: f64,
}

/// A name to link.
struct Name {
    id: String,
    name: String,
    /// BCP 47 code or empty.
    language: String,
}

impl Name {
    fn entry(&self, known: Vec<usize>) -> Entry {
        let language = match self.language.split('-').next().unwrap_or("") {
            "en" => Language::En,
            "ru" => Language::Ru,
            "uk" => Language::Uk,
            "zh" => Language::ZhHans,
            _ => Language::Und,
        };
        Entry { name: self.name.clone(), language, known }
    }
}

pub fn run(args: &Args) -> Outcome {
    let (left, right) = (read(&args.left)?, read(&args.right)?);
    if left.is_empty() || right.is_empty() {
        return Ok(Code::NoInput);
    }
    let rules = names::Rules::builtin();
    let known = |name: &Name| match args.no_gazetteer {
        true => Vec::new(),
        false => rules.gazetteer.named(&name.name).to_vec(),
    };
    let entries = |names: &[Name]| names.iter().map(|name| name.entry(known(name))).collect::<Vec<_>>();
    let options = Options { top: args.top, least: args.min };
    let links = link(&entries(&left), &entries(&right), &rules.sounds, options);
    let mut out = BufWriter::new(io::stdout().lock());
    for link in links {
        writeln!(
            out,
            "{}\t{}\t{:.4}\t{}",
            left[link.left].id, right[link.right].id, link.score, link.evidence
        )?;
    }
    out.flush()?;
    Ok(Code::Done)
}

/// Names with their ids; without columns the name is its own id.
fn read(path: &Path) -> Result<Vec<Name>, Failure> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
    let mut lines =
        text.lines().map(|line| line.trim_end_matches('\r')).filter(|line| !line.is_empty()).peekable();
    let header: Vec<&str> = lines.peek().map_or(Vec::new(), |line| line.split('\t').collect());
    let column = |name: &str| header.iter().position(|column| *column == name);
    let Some(named) = column("name") else {
        return Ok(lines.map(|line| name(line, line, "")).collect());
    };
    let (id, language) = (column("id"), column("lang"));
    let rows = lines.skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or("");
        let text = cell(Some(named));
        name(if id.is_some() { cell(id) } else { text }, text, cell(language))
    });
    Ok(rows.collect())
}

fn name(id: &str, name: &str, language: &str) -> Name {
    Name { id: id.to_owned(), name: name.to_owned(), language: language.to_owned() }
}
