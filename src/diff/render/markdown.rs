//! The diff for a pull request: it fits a comment, and says how much it had to leave out.

use super::super::{Diff, TableDiff};
use super::{chapters, differing, drift, headline, shown};

/// Longest comment that GitHub takes, with room for the closing line.
pub const LONGEST_COMMENT: usize = 65_536 - 256;

/// The diff in Markdown, cut at a line so that it stays below `longest` bytes.
pub fn markdown(diff: &Diff, longest: usize) -> String {
    let blocks = blocks(diff);
    let mut out = String::new();
    let mut cut = 0;
    for block in &blocks {
        if cut == 0 && out.len() + block.len() <= longest {
            out += block;
        } else {
            cut += 1;
        }
    }
    if cut > 0 {
        let more = "the whole diff is printed by `annalist diff --format text --limit 0`";
        out += &format!("\n*{cut} of {} parts left out; {more}.*\n", blocks.len());
    }
    out
}

/// Pieces that are shown whole or not at all.
fn blocks(diff: &Diff) -> Vec<String> {
    if !diff.differs() {
        return vec!["No differences.\n".to_owned()];
    }
    let mut out = vec![overview(diff)];
    for (title, lines) in diff.story.iter().flat_map(chapters) {
        out.push(format!("\n### {title}: {}\n\n", lines.len()));
        out.extend(lines.iter().map(|line| format!("- {}\n", escaped(line))));
    }
    for table in differing(diff) {
        details(table, &mut out);
    }
    out
}

fn overview(diff: &Diff) -> String {
    let mut out =
        "| table | rows | added | removed | changed | schema |\n|---|---|---|---|---|---|\n".to_owned();
    for table in differing(diff) {
        let schema = drift(table).join("; ");
        let schema = if schema.is_empty() {
            headline(table)
                .split(',')
                .next()
                .filter(|part| part.starts_with("table"))
                .unwrap_or("")
                .to_owned()
        } else {
            schema
        };
        out += &format!(
            "| {} | {} → {} | {} | {} | {} | {} |\n",
            table.table,
            table.rows_old,
            table.rows_new,
            table.added_count,
            table.removed_count,
            table.changed_count,
            escaped(&schema)
        );
    }
    out
}

fn details(table: &TableDiff, out: &mut Vec<String>) {
    if !table.values_differ() {
        return;
    }
    out.push(format!("\n#### {}: {}\n\n", table.table, headline(table)));
    for (sign, rows) in [("➕", &table.added), ("➖", &table.removed)] {
        for row in rows {
            let cells: Vec<String> = row.cells.iter().map(|(_, value)| shown(value)).collect();
            out.push(format!("- {sign} {}\n", escaped(&cells.join(" · "))));
        }
    }
    for change in &table.changed {
        let cells = change.cells.iter();
        let cells: Vec<String> = cells
            .map(|cell| format!("{}: {} → {}", cell.column, shown(&cell.old), shown(&cell.new)))
            .collect();
        out.push(format!("- ✏️ `{}` {}\n", change.key.join(", "), escaped(&cells.join("; "))));
    }
    let told = table.added.len() + table.removed.len() + table.changed.len();
    let all = table.added_count + table.removed_count + table.changed_count;
    if all > told {
        out.push(format!("- … {} more\n", all - told));
    }
}

/// Text that Markdown must not read as markup or as a mention.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '#' | '\\' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '@' => out.push_str("@\u{200b}"),
            _ => out.push(c),
        }
    }
    out
}
