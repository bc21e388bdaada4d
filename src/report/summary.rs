//! What the page tells of the whole: diagnostics and removals, summed.

use super::tables::Table;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Examples shown of what was removed for one kind.
const EXAMPLES: usize = 3;

/// One kind of oddity, and where it was met.
#[derive(Serialize)]
pub struct Diagnostic {
    severity: String,
    code: String,
    count: usize,
    /// Message, source of the document, times.
    places: Vec<(String, String, usize)>,
}

/// One kind of removal, over all documents.
#[derive(Serialize)]
pub struct Removed {
    kind: String,
    spans: usize,
    bytes: usize,
    documents: usize,
    examples: Vec<String>,
}

/// How often a message was met, by message and source.
type Places<'a> = BTreeMap<(&'a str, &'a str), usize>;

/// Diagnostics by code, the gravest first.
pub fn diagnostics(table: &Table, documents: &Table) -> Vec<Diagnostic> {
    let document_at = documents.index("document_id");
    let mut counts: BTreeMap<(usize, &str, &str), Places> = BTreeMap::new();
    for row in &table.rows {
        let severity = table.cell(row, "severity");
        let rank = ["error", "warning", "info"].iter().position(|s| *s == severity).unwrap_or(3);
        let document = document_at.get(table.cell(row, "document_id"));
        let source = document.map_or("", |&i| documents.cell(&documents.rows[i], "source"));
        let places = counts.entry((rank, severity, table.cell(row, "code"))).or_default();
        *places.entry((table.cell(row, "message"), source)).or_default() += 1;
    }
    let sum = |((_, severity, code), places): (_, Places)| Diagnostic {
        severity: str::to_owned(severity),
        code: str::to_owned(code),
        count: places.values().sum(),
        places: places.into_iter().map(|((m, s), count)| (m.to_owned(), s.to_owned(), count)).collect(),
    };
    counts.into_iter().map(sum).collect()
}

/// What cleaning removed, the most bytes first.
pub fn removals(table: &Table) -> Vec<Removed> {
    #[derive(Default)]
    struct Sum<'a> {
        spans: usize,
        bytes: usize,
        documents: BTreeSet<&'a str>,
        examples: Vec<&'a str>,
    }
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for row in &table.rows {
        let sum = sums.entry(table.cell(row, "kind")).or_default();
        sum.spans += 1;
        sum.bytes += table.count(row, "source_end").saturating_sub(table.count(row, "source_start"));
        let (first_here, excerpt) =
            (sum.documents.insert(table.cell(row, "document_id")), table.cell(row, "excerpt"));
        let wanted = first_here && sum.examples.len() < EXAMPLES && !excerpt.trim().is_empty();
        if wanted && !sum.examples.contains(&excerpt) {
            sum.examples.push(excerpt);
        }
    }
    let removed = |(kind, sum): (&str, Sum)| Removed {
        kind: kind.to_owned(),
        spans: sum.spans,
        bytes: sum.bytes,
        documents: sum.documents.len(),
        examples: sum.examples.into_iter().map(str::to_owned).collect(),
    };
    let mut rows: Vec<Removed> = sums.into_iter().map(removed).collect();
    rows.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.kind.cmp(&b.kind)));
    rows
}
