//! The diff for a terminal.

use super::super::Diff;
use super::{chapters, differing, drift, headline, shown};
use std::fmt::Write;

/// The whole diff as lines; empty where nothing differs.
pub fn text(diff: &Diff, limit: usize) -> String {
    let mut out = String::new();
    for (title, lines) in diff.story.iter().flat_map(chapters) {
        let _ = writeln!(out, "{title}: {}", lines.len());
        for line in lines.iter().take(limit) {
            let _ = writeln!(out, "  {line}");
        }
        more(&mut out, lines.len(), limit.min(lines.len()));
    }
    for table in differing(diff) {
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(
            out,
            "{}: {} → {} rows; {}",
            table.table,
            table.rows_old,
            table.rows_new,
            headline(table)
        );
        for line in drift(table) {
            let _ = writeln!(out, "  ! {line}");
        }
        for (sign, rows) in [('+', &table.added), ('-', &table.removed)] {
            for row in rows {
                let cells: Vec<String> = row.cells.iter().map(|(_, value)| shown(value)).collect();
                let _ = writeln!(out, "  {sign} {}", cells.join(" │ "));
            }
            let count = if sign == '+' { table.added_count } else { table.removed_count };
            more(&mut out, count, rows.len());
        }
        for change in &table.changed {
            let _ = writeln!(out, "  ~ {}", change.key.join(" │ "));
            for cell in &change.cells {
                let _ = writeln!(out, "      {}: {} → {}", cell.column, shown(&cell.old), shown(&cell.new));
            }
        }
        more(&mut out, table.changed_count, table.changed.len());
    }
    out
}

fn more(out: &mut String, all: usize, told: usize) {
    if all > told {
        let _ = writeln!(out, "  … {} more", all - told);
    }
}
