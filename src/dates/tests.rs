//! The tables of `tests/dates`: an expression in its context, and what it must come to.

use super::{PlainTime, Rules, resolve_text};
use crate::model::Language;

/// One row: text with the expression in brackets, value, modifier, basis, day of writing.
fn check(line: &str, language: Language, rules: &Rules) -> Result<(), String> {
    let mut columns = line.split('\t');
    let marked = columns.next().unwrap_or_default();
    let (wanted, modifier, basis) =
        (columns.next().unwrap_or("-"), columns.next().unwrap_or("."), columns.next().unwrap_or("."));
    let published = columns.next().and_then(|date| date.parse().ok());
    let start = marked.find('[').ok_or("no bracket")?;
    let end = marked.find(']').ok_or("no bracket")? - 1;
    let text = marked.replace(['[', ']'], "");
    let times = resolve_text(&text, language, "", published, rules);
    let found = times.iter().filter(|time| time.span.start < end && start < time.span.end);
    let Some(time) = found.max_by_key(|time| time.span.end.min(end) - time.span.start.max(start)) else {
        return if wanted == "-" { Ok(()) } else { Err("nothing found".to_owned()) };
    };
    let value = wanted.strip_prefix('=').map_or(&time.edtf, |_| &time.value);
    let fits = wanted != "-"
        && value == wanted.trim_start_matches('=')
        && (modifier == "." || modifier == time.modifier)
        && (basis == "." || basis == time.basis);
    if fits { Ok(()) } else { Err(describe(time, &text)) }
}

fn describe(time: &PlainTime, text: &str) -> String {
    format!(
        "{} edtf={} value={} mod={} basis={} rule={}",
        time.span.of(text),
        time.edtf,
        time.value,
        time.modifier,
        time.basis,
        time.rule
    )
}

fn table(text: &str, language: Language) {
    let rules = Rules::builtin();
    let rows: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(rows.len() >= 200, "only {} rows", rows.len());
    let failures: Vec<String> = rows
        .iter()
        .filter_map(|row| check(row, language, &rules).err().map(|error| format!("{row}\n      {error}")))
        .collect();
    assert!(failures.is_empty(), "{} of {} rows:\n{}", failures.len(), rows.len(), failures.join("\n"));
}

#[test]
fn english_table() {
    table(include_str!("../../tests/dates/en.tsv"), Language::En);
}

#[test]
fn chinese_table() {
    table(include_str!("../../tests/dates/zh.tsv"), Language::ZhHans);
}

#[test]
fn russian_table() {
    table(include_str!("../../tests/dates/ru.tsv"), Language::Ru);
}

#[test]
fn ukrainian_table() {
    table(include_str!("../../tests/dates/uk.tsv"), Language::Uk);
}
