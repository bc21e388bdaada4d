//! What a check found, for people and for the tools of a CI.

use crate::check::{CHECKS, Finding, Level, Report};
use crate::text::visible;
use serde_json::{Value, json};
use std::fmt::Write;

/// GitHub shows ten annotations of each level for a step.
const ANNOTATIONS: usize = 10;
/// Longest step summary that GitHub takes, in bytes, with room to say what was cut.
const SUMMARY: usize = (1 << 20) - 1024;

fn place(finding: &Finding) -> String {
    let mut place = finding.file.clone();
    if finding.row > 0 {
        let _ = write!(place, ":{}", finding.row);
    }
    if !finding.column.is_empty() {
        let _ = write!(place, " {}", finding.column);
    }
    place
}

fn level(finding: &Finding) -> &'static str {
    match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}

fn verdict(report: &Report) -> String {
    let warnings = report.findings.len() - report.errors();
    let what = match (report.errors(), warnings) {
        (0, 0) => "all checks hold".to_owned(),
        (errors, warnings) => format!("{errors} errors, {warnings} warnings"),
    };
    format!("{} tables, {} rows: {what}", report.tables, report.rows)
}

pub fn text(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let _ =
            writeln!(out, "{} [{}] {}: {}", level(finding), finding.check, place(finding), finding.message);
    }
    visible(&out).into_owned() + &verdict(report) + "\n"
}

pub fn json(report: &Report) -> String {
    let value = json!({
        "holds": report.errors() == 0,
        "tables": report.tables,
        "rows": report.rows,
        "findings": report.findings,
    });
    format!("{value:#}\n")
}

/// Workflow commands; rows are lines of a CSV file where no text has a line break.
pub fn github(report: &Report, folder: &str) -> String {
    let mut out = String::new();
    for wanted in [Level::Error, Level::Warning] {
        let all: Vec<&Finding> = report.findings.iter().filter(|finding| finding.level == wanted).collect();
        // The last of the ten says how many are not shown.
        let told = if all.len() > ANNOTATIONS { ANNOTATIONS - 1 } else { all.len() };
        for finding in &all[..told] {
            let mut file = property(&format!("{folder}/{}", finding.file));
            if finding.row > 0 && finding.file.ends_with(".csv") {
                let _ = write!(file, ",line={}", finding.row + 1);
            }
            let (title, message) =
                (property(finding.check), data(&format!("{}: {}", place(finding), finding.message)));
            let _ = writeln!(out, "::{} file={file},title={title}::{message}", level(finding));
        }
        if told < all.len() {
            let rest = all.len() - told;
            let _ =
                writeln!(out, "::{} title=annalist check::{rest} more findings are not shown", level(all[0]));
        }
    }
    out + &verdict(report) + "\n"
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// One test case for each check, with a failure for all that it found.
pub fn junit(report: &Report) -> String {
    let failed = CHECKS.iter().filter(|(name, _)| of(report, name, Level::Error).next().is_some()).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{}\" failures=\"{failed}\"", CHECKS.len());
    let _ = writeln!(out, "<testsuites {counts}>\n  <testsuite name=\"annalist check\" {counts}>");
    for (name, promise) in CHECKS {
        let _ = writeln!(out, "    <testcase classname=\"{name}\" name=\"{}\">", xml(promise));
        let lines = |level| -> Vec<String> {
            of(report, name, level)
                .map(|finding| xml(&format!("{}: {}", place(finding), finding.message)))
                .collect()
        };
        let (errors, warnings) = (lines(Level::Error), lines(Level::Warning));
        if !errors.is_empty() {
            let _ = writeln!(
                out,
                "      <failure message=\"{} findings\">{}</failure>",
                errors.len(),
                errors.join("\n")
            );
        }
        if !warnings.is_empty() {
            let _ = writeln!(out, "      <system-out>{}</system-out>", warnings.join("\n"));
        }
        out += "    </testcase>\n";
    }
    out + "  </testsuite>\n</testsuites>\n"
}

fn of<'a>(report: &'a Report, check: &'a str, level: Level) -> impl Iterator<Item = &'a Finding> {
    report.findings.iter().filter(move |finding| finding.check == check && finding.level == level)
}

/// XML 1.0 can't hold most control characters, not even escaped.
fn xml(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let text: String = kept.collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn sarif(report: &Report, folder: &str) -> String {
    let rules: Vec<Value> = CHECKS
        .iter()
        .map(|(name, promise)| json!({ "id": name, "shortDescription": { "text": promise } }))
        .collect();
    let results: Vec<Value> = report.findings.iter().map(|finding| result(finding, folder)).collect();
    let value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "annalist",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "results": results,
        }],
    });
    format!("{value:#}\n")
}

fn result(finding: &Finding, folder: &str) -> Value {
    let file = if finding.file.is_empty() { folder.to_owned() } else { format!("{folder}/{}", finding.file) };
    let mut location = json!({ "artifactLocation": { "uri": file.replace(' ', "%20") } });
    if finding.row > 0 && finding.file.ends_with(".csv") {
        location["region"] = json!({ "startLine": finding.row + 1 });
    }
    json!({
        "ruleId": finding.check,
        "level": level(finding),
        "message": { "text": format!("{}: {}", place(finding), finding.message) },
        "locations": [{ "physicalLocation": location }],
    })
}

/// Markdown for the summary of a step.
pub fn summary(report: &Report) -> String {
    let mut out = format!("### annalist check\n\n{}\n", verdict(report));
    if report.findings.is_empty() {
        return out;
    }
    out += "\n| check | where | what |\n|---|---|---|\n";
    for (told, finding) in report.findings.iter().enumerate() {
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ").replace('<', "&lt;");
        let row = format!("| {} | {} | {} |\n", finding.check, cell(&place(finding)), cell(&finding.message));
        if out.len() + row.len() > SUMMARY {
            let _ = writeln!(out, "\n*{} more are not shown.*", report.findings.len() - told);
            break;
        }
        out += &row;
    }
    out
}
