//! What taking things out leaves behind: brackets with nothing in them, commas before a bracket's
//! end, blanks in a row.

use super::inline::Inline;
use crate::clean::page::{Mapped, Mark};
use crate::model::Span;
use regex::Regex;
use std::sync::OnceLock;

fn leftovers() -> &'static Regex {
    static LEFTOVERS: OnceLock<Regex> = OnceLock::new();
    LEFTOVERS.get_or_init(|| {
        let empty = r"(?P<empty>[(（]\s*[,;:，；：、/]*\s*[)）])";
        let open = r"[(（](?P<open>\s*[,;，；、][,;，；、\s]*)";
        let close = r"(?P<close>\s*[,;，；、][,;，；、\s]*)[)）]";
        let blank = r"(?P<blank>\s+)";
        Regex::new(&format!("{empty}|{open}|{close}|{blank}")).expect("a constant pattern")
    })
}

/// Trims a block and folds its blanks to one each.
pub(super) fn tidy(inline: Inline) -> Inline {
    let text = inline.text.text();
    let mut kept = Mapped::default();
    // Pairs of places: where in the text a kept part starts, and where in the result.
    let mut places = vec![(0, 0)];
    let mut at = 0;
    for found in leftovers().captures_iter(text) {
        let (cut, blank) = ["empty", "open", "close", "blank"]
            .iter()
            .find_map(|name| found.name(name).map(|part| (part, *name == "blank")))
            .expect("one of the groups takes part");
        kept.append(&inline.text.slice(Span::new(at, cut.start())));
        at = cut.end();
        let doubled = kept.is_empty() || kept.text().ends_with(' ');
        if blank && !doubled && at < text.len() {
            let source = inline.text.source(Span::new(cut.start(), at));
            kept.push(" ", source);
        } else if !blank
            && kept.text().ends_with(' ')
            && text[at..].starts_with(['.', ',', ';', ':', '!', '?'])
        {
            kept.truncate(kept.text().len() - 1);
        }
        places.push((at, kept.text().len()));
    }
    kept.append(&inline.text.slice(Span::new(at, text.len())));
    let trimmed = kept.text().trim_end().len();
    kept.truncate(trimmed);
    let place = |mark: usize| {
        let next = places.partition_point(|&(from, _)| from <= mark);
        let (from, to) = places[next.saturating_sub(1)];
        // A mark inside of what is cut out stands before what follows it.
        let end = places.get(next).map_or(trimmed, |&(_, to)| to.min(trimmed));
        (to + mark - from).min(end)
    };
    let marks =
        inline.marks.iter().map(|mark| Mark { at: place(mark.at), number: mark.number.clone() }).collect();
    Inline { marks, text: kept }
}
