//! Time expressions: what the text says of time, resolved, with the way its year was got.

use super::Span;
use super::stored::{Word, day, interned};
use crate::vocabulary;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

vocabulary! {
    TimeKind { Date => "date", Time => "time", Duration => "duration", Set => "set" }
}

vocabulary! {
    Precision {
        Day => "day", Week => "week", Month => "month", Season => "season", Quarter => "quarter",
        Half => "half", Year => "year", Decade => "decade", Century => "century", Millennium => "millennium",
        /// An interval whose ends are days, months or years of their own.
        Range => "range",
        /// No date: a duration, a set, or a time that nothing dates.
        None => "none",
    }
}

vocabulary! {
    Modifier {
        None => "", Start => "START", Mid => "MID", End => "END", Before => "BEFORE", After => "AFTER",
        Since => "SINCE", Approx => "APPROX",
    }
}

vocabulary! {
    /// How the date was got from the text.
    Basis {
        /// All of it stands in the expression.
        Explicit => "explicit",
        /// The year or month comes from context.
        Partial => "partial",
        /// Counted from another date: `the next day`, 同日.
        Relative => "relative",
        /// Only a heading dates it.
        Heading => "heading",
        /// Only the document's own date dates it.
        Document => "document",
    }
}

vocabulary! {
    YearFrom {
        Surface => "surface", Sentence => "sentence", Previous => "previous", Heading => "heading",
        Title => "title", Published => "published", None => "none",
    }
}

vocabulary! {
    /// What the expression does in its sentence, which decides whether it can date an event.
    TimeUse {
        /// Places something in time.
        When => "when",
        /// Part of a name or title: `2022 Kharkiv counteroffensive`.
        Name => "name",
        /// In brackets after a name: `(2014–present)`, `(born 1950)`.
        Bracket => "bracket",
        /// Condition, age, reference state, deadline and the like: `the 1997 presence`.
        Reference => "reference",
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TimeExpression {
    /// Index into `Cleaned::sentences`.
    pub sentence: usize,
    /// Bytes of the sentence's text.
    pub span: Span,
    pub kind: TimeKind,
    pub used_as: TimeUse,
    /// Value as in TIMEX3: `2022-03-14`, `P3M`, `XXXX-05-22`, `2022-W19`, `PRESENT_REF`.
    pub timex_value: String,
    /// EDTF level 1, empty for durations, sets and references without a date.
    pub edtf: String,
    /// First and last day, where the year is known; open ends are none.
    #[serde(with = "day")]
    pub start: Option<Date>,
    #[serde(with = "day")]
    pub end: Option<Date>,
    pub precision: Precision,
    pub modifier: Modifier,
    pub basis: Basis,
    pub year_from: YearFrom,
    /// Index into [`Dated::times`] of the expression that gave the year or the base.
    pub anchor: Option<usize>,
    /// Name of the rule in `rules/dates.*.toml` or of the grammar production.
    #[serde(with = "interned")]
    pub rule: Word,
}

/// The date a heading gives to what stands under it, with that of its parents filled in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DateContext {
    /// EDTF or empty.
    pub edtf: String,
    #[serde(with = "day")]
    pub start: Option<Date>,
    #[serde(with = "day")]
    pub end: Option<Date>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Dated {
    /// In order of sentence and start.
    pub times: Vec<TimeExpression>,
    /// One for each section.
    pub contexts: Vec<DateContext>,
    pub diagnostics: Vec<super::Diagnostic>,
}
