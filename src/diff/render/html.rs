//! The diff as one page that needs nothing but itself.

use super::super::{Diff, TableDiff};
use super::{chapters, differing, drift, headline};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}\
table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #8885;padding:.2rem .5rem;text-align:left;\
vertical-align:top;overflow-wrap:anywhere}.add{background:#2a52}.del{background:#c332}\
@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}}";

/// The whole diff as an HTML document.
pub fn html(diff: &Diff) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>annalist diff</title>\
         <style>{STYLE}</style></head><body>\n<h1>Differences</h1>\n"
    );
    if !diff.differs() {
        out += "<p>None.</p>\n";
    }
    for (title, lines) in diff.story.iter().flat_map(chapters) {
        out += &format!("<h2>{}: {}</h2>\n<ul>\n", escaped(&title), lines.len());
        for line in &lines {
            out += &format!("<li>{}</li>\n", escaped(line));
        }
        out += "</ul>\n";
    }
    for table in differing(diff) {
        section(table, &mut out);
    }
    out += "</body></html>\n";
    out
}

fn section(table: &TableDiff, out: &mut String) {
    *out += &format!("<h2>{}</h2>\n<p>{}</p>\n", escaped(&table.table), escaped(&headline(table)));
    for line in drift(table) {
        *out += &format!("<p><strong>{}</strong></p>\n", escaped(&line));
    }
    if !table.changed.is_empty() {
        *out += "<table>\n<tr><th>key</th><th>column</th><th>old</th><th>new</th></tr>\n";
        for change in &table.changed {
            for cell in &change.cells {
                let (key, old, new) =
                    (escaped(&change.key.join(", ")), escaped(&cell.old), escaped(&cell.new));
                *out += &format!(
                    "<tr><td>{key}</td><td>{}</td><td class=\"del\">{old}</td><td class=\"add\">{new}</td></tr>\n",
                    escaped(&cell.column)
                );
            }
        }
        *out += "</table>\n";
    }
    for (class, rows) in [("add", &table.added), ("del", &table.removed)] {
        let Some(first) = rows.first() else { continue };
        let heads: String =
            first.cells.iter().map(|(name, _)| format!("<th>{}</th>", escaped(name))).collect();
        *out += &format!("<table>\n<tr>{heads}</tr>\n");
        for row in rows {
            let cells: String =
                row.cells.iter().map(|(_, value)| format!("<td>{}</td>", escaped(value))).collect();
            *out += &format!("<tr class=\"{class}\">{cells}</tr>\n");
        }
        *out += "</table>\n";
    }
    let told = table.added.len() + table.removed.len() + table.changed.len();
    let all = table.added_count + table.removed_count + table.changed_count;
    if all > told {
        *out += &format!("<p>… {} more rows</p>\n", all - told);
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
