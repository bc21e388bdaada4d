//! Chronologies: pages where each entry stands under a line that is nothing but its day.
//!
//! One such line may be the stamp of the page; several, each with text below it, are headings, whatever
//! room lies around them.

use super::draft::{Draft, Role};

/// Fewest lines that make a chronology.
const LEAST: usize = 3;
/// Bytes of the longest line that is nothing but a date.
const LONGEST: usize = 60;

/// Marks the lines of days as headings. Runs before the title and the stamp of the day are looked for,
/// which would take the first of them.
pub(super) fn mark(draft: &mut Draft) {
    let live: Vec<usize> = draft.live().filter(|&i| draft.is_text(i)).collect();
    let dated: Vec<bool> = live.iter().map(|&i| is_day(draft, draft.line(i))).collect();
    // Days in a row are a calendar or the columns of a table.
    let told = |at: usize| dated[at] && dated.get(at + 1) == Some(&false);
    let found: Vec<usize> = (0..live.len()).filter(|&at| told(at)).map(|at| live[at]).collect();
    let all = dated.iter().filter(|&&dated| dated).count();
    if found.len() < LEAST || 2 * found.len() < all {
        return;
    }
    for i in found {
        draft.roles[i] = Role::Heading { level: None, span: draft.lines[i].span };
    }
}

/// The line is a date with a month and nothing else.
fn is_day(draft: &Draft, line: &str) -> bool {
    let short = line.len() <= LONGEST && line.bytes().any(|byte| byte.is_ascii_digit());
    short && draft.rules.headings.interval(line).is_some_and(|interval| interval.is_within_month())
}
