//! Gates: how many rejected documents, undated expressions or conflicts a dataset may have.

use super::{Finding, Tables};
use crate::dataset::frame::{Frame, Values};
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// A count, or a share where it ends in `%`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub enum Limit {
    Count(usize),
    Percent(f64),
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is neither a count nor a share such as 5%");
        match text.strip_suffix('%') {
            Some(share) => share.trim().parse().map(Limit::Percent).map_err(|_| wrong()),
            None => text.parse().map(Limit::Count).map_err(|_| wrong()),
        }
    }
}

impl TryFrom<toml::Value> for Limit {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        match value {
            toml::Value::Integer(count) => {
                usize::try_from(count).map(Limit::Count).map_err(|e| e.to_string())
            }
            toml::Value::String(text) => text.parse(),
            other => Err(format!("{other} is neither a count nor a share such as \"5%\"")),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Count(count) => write!(f, "{count}"),
            Limit::Percent(share) => write!(f, "{share}%"),
        }
    }
}

impl Limit {
    fn exceeded(self, count: usize, of: usize) -> bool {
        match self {
            Limit::Count(limit) => count > limit,
            Limit::Percent(limit) => of > 0 && count as f64 * 100.0 > limit * of as f64,
        }
    }
}

/// The gates of a check; those that are not set let everything pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gates {
    pub max_rejected: Option<Limit>,
    pub min_documents: Option<usize>,
    pub max_unresolved_dates: Option<Limit>,
    pub max_conflicts: Option<Limit>,
}

impl Gates {
    /// These gates, and where one is not set that of `other`.
    pub fn or(self, other: Gates) -> Gates {
        Gates {
            max_rejected: self.max_rejected.or(other.max_rejected),
            min_documents: self.min_documents.or(other.min_documents),
            max_unresolved_dates: self.max_unresolved_dates.or(other.max_unresolved_dates),
            max_conflicts: self.max_conflicts.or(other.max_conflicts),
        }
    }

    pub(super) fn check(&self, tables: &Tables, findings: &mut Vec<Finding>) {
        let count = |table: &str, holds: &dyn Fn(&Frame, usize) -> bool| {
            let frame = tables.frame(table);
            frame.map_or(0, |frame| (0..frame.rows()).filter(|&row| holds(frame, row)).count())
        };
        let documents = count("documents", &|_, _| true);
        let rejected = count("documents", &|frame, row| frame.text("status", row) == "rejected");
        let dates = count("time_expressions", &|frame, row| frame.text("kind", row) == "date");
        let unresolved =
            count("time_expressions", &|frame, row| frame.text("kind", row) == "date" && undated(frame, row));
        let events = count("events", &|_, _| true);
        let conflicts = count("events", &|frame, row| frame.text("status", row) == "conflicting");
        let mut most = |limit: Option<Limit>, table: &str, count: usize, of: usize, what: &str| {
            if let Some(limit) = limit.filter(|limit| limit.exceeded(count, of)) {
                let message = format!("{count} of {of} {what}; the gate is {limit}");
                findings.push(Finding::about("gate", tables.file(table), message));
            }
        };
        most(self.max_rejected, "documents", rejected, documents, "documents are rejected");
        most(self.max_unresolved_dates, "time_expressions", unresolved, dates, "dates are not resolved");
        most(self.max_conflicts, "events", conflicts, events, "events have conflicting sources");
        if let Some(least) = self.min_documents.filter(|&least| documents < least) {
            let message = format!("{documents} documents; the gate is {least}");
            findings.push(Finding::about("gate", tables.file("documents"), message));
        }
    }
}

/// Neither end of it is a day.
fn undated(frame: &Frame, row: usize) -> bool {
    let none = |column: &str| matches!(frame.column(column), Values::Date(all) if all[row].is_none());
    none("date_start") && none("date_end")
}
