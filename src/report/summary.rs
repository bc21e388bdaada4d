//! Figures that the page shows of the whole: span, network, coverage, diagnostics, removals.

use super::payload::{Entity, Event, Mention};
use super::tables::Table;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most names that the network draws; more can't be read on one page.
const NETWORK_NODES: usize = 28;
/// The most periods that the coverage draws before it turns from months to years.
const COVERAGE_MONTHS: usize = 72;

#[derive(Serialize)]
pub struct Network {
    /// Indexes of entities.
    nodes: Vec<usize>,
    /// Two nodes and the events they share.
    edges: Vec<(usize, usize, usize)>,
}

#[derive(Serialize)]
pub struct Coverage {
    periods: Vec<String>,
    /// Language and mentions in each period.
    rows: Vec<(String, Vec<usize>)>,
}

/// The span of the dated events, for people.
pub fn range(dates: &[(&str, &str)]) -> String {
    let first = dates.iter().map(|d| d.0).filter(|d| !d.is_empty() && !d.starts_with('-')).min();
    let last = dates.iter().map(|d| d.1).filter(|d| !d.is_empty() && !d.starts_with('-')).max();
    match (first, last) {
        (Some(first), Some(last)) => format!("Events from {first} to {last}"),
        _ => "No dated events".to_owned(),
    }
}

/// People, organisations and states that take part in the same events, the busiest of them.
pub fn network(entities: &[Entity], events: &[Event]) -> Network {
    let mut together: HashMap<(usize, usize), usize> = HashMap::new();
    let mut weight: HashMap<usize, usize> = HashMap::new();
    let drawn = |i: &usize| matches!(entities[*i].kind.as_str(), "person" | "organisation" | "state");
    for event in events {
        let present: BTreeSet<usize> = event.participants.iter().map(|p| p.0).filter(drawn).collect();
        // An event that lists everybody says little of any pair and would cost a square of pairs.
        if present.len() > 24 {
            continue;
        }
        for (n, &a) in present.iter().enumerate() {
            for &b in present.iter().skip(n + 1) {
                *together.entry((a, b)).or_default() += 1;
                *weight.entry(a).or_default() += 1;
                *weight.entry(b).or_default() += 1;
            }
        }
    }
    let mut nodes: Vec<usize> = weight.keys().copied().collect();
    nodes.sort_by(|a, b| weight[b].cmp(&weight[a]).then_with(|| a.cmp(b)));
    nodes.truncate(NETWORK_NODES);
    let at: HashMap<usize, usize> = nodes.iter().enumerate().map(|(i, &node)| (node, i)).collect();
    let inside = together.iter().filter_map(|(&(a, b), &n)| Some((*at.get(&a)?, *at.get(&b)?, n)));
    let mut edges: Vec<_> = inside.collect();
    edges.sort_unstable();
    Network { nodes, edges }
}

/// Mentions by language and month, or by year where the story is long.
pub fn coverage(mentions: &[Mention]) -> Coverage {
    let months: BTreeSet<&str> = mentions.iter().filter_map(|m| period(&m.start, 7)).collect();
    let width = if months.len() > COVERAGE_MONTHS { 4 } else { 7 };
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for mention in mentions {
        if let Some(period) = period(&mention.start, width) {
            *counts.entry(&mention.language).or_default().entry(period).or_default() += 1;
        }
    }
    let periods: BTreeSet<&str> = counts.values().flat_map(|row| row.keys().copied()).collect();
    let periods: Vec<&str> = periods.into_iter().rev().take(200).rev().collect();
    let row = |counts: &BTreeMap<&str, usize>| {
        periods.iter().map(|p| counts.get(p).copied().unwrap_or(0)).collect()
    };
    Coverage {
        rows: counts.iter().map(|(language, counts)| ((*language).to_owned(), row(counts))).collect(),
        periods: periods.iter().map(|p| (*p).to_owned()).collect(),
    }
}

fn period(date: &str, width: usize) -> Option<&str> {
    date.get(..width).filter(|_| !date.starts_with('-'))
}

/// Severity, code, message, document, count; the gravest first.
pub fn diagnostics(table: &Table, documents: &Table) -> Vec<(String, String, String, String, usize)> {
    let document_at = documents.index("document_id");
    let mut counts: BTreeMap<(u8, &str, &str, &str, &str), usize> = BTreeMap::new();
    for row in &table.rows {
        let severity = table.cell(row, "severity");
        let rank = ["error", "warning", "info"].iter().position(|s| *s == severity).unwrap_or(3) as u8;
        let document = document_at.get(table.cell(row, "document_id"));
        let source = document.map_or("", |&i| documents.cell(&documents.rows[i], "source"));
        *counts
            .entry((rank, severity, table.cell(row, "code"), source, table.cell(row, "message")))
            .or_default() += 1;
    }
    let own = str::to_owned;
    counts
        .into_iter()
        .map(|((_, severity, code, source, message), n)| {
            (own(severity), own(code), own(message), own(source), n)
        })
        .collect()
}

/// Kind, spans and bytes of what cleaning removed, the most bytes first.
pub fn removals(table: &Table) -> Vec<(String, usize, usize)> {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in &table.rows {
        let sum = sums.entry(table.cell(row, "kind")).or_default();
        sum.0 += 1;
        sum.1 += table.count(row, "source_end").saturating_sub(table.count(row, "source_start"));
    }
    let mut rows: Vec<_> =
        sums.into_iter().map(|(kind, (spans, bytes))| (kind.to_owned(), spans, bytes)).collect();
    rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    rows
}
