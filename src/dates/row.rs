//! Rows: a time expression with its date, as resolving hands it on.

use super::calendar::Calendar;
use super::slot;
use crate::model::{Basis, Modifier, Precision, Span, TimeKind, TimeUse, YearFrom};
use jiff::civil::Date;

/// An expression with its date.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub sentence: usize,
    pub span: Span,
    pub kind: TimeKind,
    pub used_as: TimeUse,
    pub timex: String,
    /// The ends of a range with their values, as TIMEX3 has no ranges.
    pub ends: Option<[(Span, String); 2]>,
    pub edtf: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
    pub modifier: Modifier,
    pub basis: Basis,
    pub year_from: YearFrom,
    pub anchor: Option<usize>,
    pub rule: &'static str,
    /// The weekday that stands beside the date is not its weekday.
    pub wrong_weekday: bool,
}

/// Fills the EDTF, bounds, precision and modifier of a row.
pub fn dates_into(row: &mut Resolved, calendar: &Calendar, modifier: i32) {
    row.edtf = calendar.edtf();
    row.precision = calendar.precision();
    row.modifier = modifier_of(modifier);
    if let Some((start, end)) = calendar.bounds() {
        (row.start, row.end) = (Some(start), Some(end));
    }
    match row.modifier {
        Modifier::Since if !row.edtf.is_empty() => {
            let first = row.edtf.split('/').next().unwrap_or_default();
            row.edtf = format!("{first}/..");
            row.end = None;
        }
        Modifier::Approx if !row.edtf.is_empty() && !row.edtf.contains('/') => row.edtf.push('~'),
        _ => {}
    }
}

/// The modifier of a code of the rules.
pub fn modifier_of(code: i32) -> Modifier {
    match code {
        slot::M_START => Modifier::Start,
        slot::M_MID => Modifier::Mid,
        slot::M_END => Modifier::End,
        slot::M_BEFORE | slot::M_UNTIL => Modifier::Before,
        slot::M_AFTER => Modifier::After,
        slot::M_SINCE => Modifier::Since,
        slot::M_APPROX => Modifier::Approx,
        _ => Modifier::None,
    }
}

/// The interval from the first day of one EDTF date to the last of another; empty where one is.
pub fn join(first: &str, last: &str) -> String {
    if first.is_empty() || last.is_empty() {
        return String::new();
    }
    let first = first.split('/').next().unwrap_or_default();
    let last = last.rsplit('/').next().unwrap_or_default();
    format!("{first}/{last}")
}
