//! The line beside a headline that dates a page: `2022年03月08日 10:21 来源：…`, `7 January 2020, 1:20 am`.
//!
//! Only its shape is known here: a year and another number in a short line. Which words are months
//! is left to the parser of dates, which reads the line later.

use super::entity;
use super::tree::{Kind, NodeId, Tree};
use super::verdict::Verdict;

/// How many nodes before and after the start of the main text are looked at.
const BEFORE: usize = 300;
const AFTER: usize = 40;
/// Longest line, in characters, and most letters in it.
const LONGEST: usize = 70;
const MOST_LETTERS: usize = 45;

/// The dated line nearest to the start of the main text, and where it stands in the source.
pub fn find(tree: &Tree<'_>, verdicts: &[Verdict]) -> Option<(String, usize)> {
    let kept = |id: &NodeId| tree.nodes[*id].kind == Kind::Text && verdicts[*id] == Verdict::Kept;
    let blank = |id: &NodeId| tree.nodes[*id].span.of(tree.source).trim().is_empty();
    let start = (1..tree.nodes.len()).find(|id| kept(id) && !blank(id))?;
    let before = (start.saturating_sub(BEFORE)..start).rev();
    let after = start..(start + AFTER).min(tree.nodes.len());
    before.chain(after).find_map(|id| {
        let node = &tree.nodes[id];
        if node.kind != Kind::Text
            || matches!(verdicts[id], Verdict::Script | Verdict::Hidden | Verdict::Footer)
        {
            return None;
        }
        let line = entity::decode(node.span.of(tree.source), false);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        is_dated(&line).then_some((line, node.span.start))
    })
}

fn is_dated(line: &str) -> bool {
    if line.chars().count() > LONGEST || line.contains(['©', '®']) {
        return false;
    }
    if line.chars().filter(|c| c.is_alphabetic()).count() > MOST_LETTERS {
        return false;
    }
    let numbers: Vec<&str> =
        line.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &&&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let is_day = |part: &&&str| part.len() <= 2 && part.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    numbers.iter().any(|part| is_year(&part)) && numbers.iter().any(|part| is_day(&part))
}

#[cfg(test)]
mod tests {
    use super::is_dated;

    #[test]
    fn dated_lines_have_a_year_and_a_day() {
        for line in [
            "2022年03月08日 10:21 来源：新闻社",
            "7 January 2020, 1:20 am",
            "Published 2019-05-01",
            "12 марта 2023 г., 10:00",
        ] {
            assert!(is_dated(line), "{line}");
        }
        for line in ["© 2005-2012 Example", "Top 10 stories", "In 2019 the talks ended", "12:30", ""] {
            assert!(!is_dated(line), "{line}");
        }
    }
}
