//! Language variants: `-{zh-hans:…; zh-hant:…}-` to the one that the page is written in.

use super::Cleaner;
use super::inline::Inline;
use super::tree::Node;
use crate::model::{Language, Span};

const HANS: &[&str] = &["zh-hans", "zh-cn", "zh-sg", "zh-my", "zh"];
const HANT: &[&str] = &["zh-hant", "zh-tw", "zh-hk", "zh-mo", "zh"];

impl<'a> Cleaner<'a> {
    pub(super) fn variant(&mut self, node: &'a Node, out: &mut Inline) {
        let (flags, body) = match node.pipes.first() {
            Some(&pipe) => (self.of(Span::new(node.inner.start, pipe)), Span::new(pipe + 1, node.inner.end)),
            None => ("", node.inner),
        };
        let has = |flag: &str| flags.split(';').any(|f| f.trim().eq_ignore_ascii_case(flag));
        // H adds a rule, T names the page, `-` takes a rule away: none of them shows anything.
        if ["H", "T", "-"].iter().any(|flag| has(flag)) {
            if has("T") {
                let chosen = self.chosen(body);
                self.title = self.of(chosen).trim().to_owned();
            }
            return self.remove(node.span, "variant", "wikitext/variant");
        }
        let chosen = if has("R") { body } else { self.chosen(body) };
        let shown = self.inline(chosen, &node.children);
        out.append(shown);
    }

    /// The part of a body for the page's variant; the whole where it names none.
    fn chosen(&self, body: Span) -> Span {
        let mut offered: Vec<(String, Span)> = Vec::new();
        let mut start = body.start;
        for part in self.of(body).split_inclusive(';') {
            let span = Span::new(start, start + part.trim_end_matches(';').len());
            start += part.len();
            let text = self.of(span);
            // `word=>variant:text` is a rule for a word; what it shows is the text.
            let code_at = text.find("=>").map_or(0, |arrow| arrow + 2);
            let Some(colon) = text[code_at..].find(':').map(|at| code_at + at) else { continue };
            let code = text[code_at..colon].trim().to_ascii_lowercase();
            if code.starts_with("zh") && code.len() <= 8 {
                let value = &text[colon + 1..];
                let lead = value.len() - value.trim_start().len();
                let from = span.start + colon + 1 + lead;
                offered.push((code, Span::new(from, from + value.trim().len())));
            }
        }
        let wanted = if self.variant == Language::ZhHant { HANT } else { HANS };
        let best = wanted.iter().find_map(|code| offered.iter().find(|(offer, _)| offer == code));
        best.or(offered.first()).map_or(body, |&(_, span)| span)
    }
}
