//! Wikitext: from the markup of MediaWiki to a [`Page`].
//!
//! The constructs of a page are parsed into a tree of spans ([`tree`]); text between them is cut into
//! lines and blocks ([`blocks`]). Templates can't be expanded without their wiki, so a table says
//! which stand for text that a reader sees; all others are taken out and recorded.

mod blocks;
mod inline;
mod reference;
mod rules;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod tidy;
mod tree;
mod variant;

use super::calendar::Calendar;
use super::page::{Mark, Page, PageBlock};
use crate::model::{Block, Decoded, DumpKind, Language, Removal, Span};
use crate::text::language;
use inline::Inline;
use reference::References;
pub use rules::Rules;
use tree::Node;

/// Cleans a page of wikitext.
pub fn clean(decoded: &Decoded, rules: &super::Rules) -> Page {
    let text = decoded.text.as_str();
    let tree = tree::parse(text);
    let mut cleaner = Cleaner {
        text,
        rules: &rules.wikitext,
        calendar: &rules.citations.calendar,
        variant: language::detect(text),
        references: References::default(),
        blocks: Vec::new(),
        removals: Vec::new(),
        captions: Vec::new(),
        title: String::new(),
        back_matter: None,
    };
    cleaner.collect(&tree);
    cleaner.page(Span::new(0, text.len()), &tree);
    cleaner.unmarked(&tree);
    Page {
        dump_kind: DumpKind::Wikitext,
        title: cleaner.title,
        url: String::new(),
        published: String::new(),
        language: String::new(),
        blocks: cleaner.blocks,
        citations: cleaner.references.citations,
        glosses: Vec::new(),
        removals: cleaner.removals,
        diagnostics: Vec::new(),
    }
}

struct Cleaner<'a> {
    text: &'a str,
    rules: &'a Rules,
    calendar: &'a Calendar,
    /// The page's own language, which chooses between the variants it offers.
    variant: Language,
    references: References<'a>,
    blocks: Vec<PageBlock>,
    removals: Vec<Removal>,
    /// Captions of pictures, which stand after the paragraph that they are set into.
    captions: Vec<Inline>,
    title: String,
    /// Level of the heading of the list of sources or links that is being passed over.
    back_matter: Option<u8>,
}

impl<'a> Cleaner<'a> {
    fn of(&self, span: Span) -> &'a str {
        &self.text[span.start..span.end]
    }

    fn remove(&mut self, span: Span, kind: &'static str, rule: &'static str) {
        if span.start < span.end {
            let excerpt =
                self.of(span).chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
            self.removals.push(Removal { source: span, kind, rule, excerpt });
        }
    }

    /// Ends a block.
    fn emit(&mut self, block: Block, inline: Inline) {
        let Inline { text, marks } = tidy::tidy(inline);
        if self.back_matter.is_some() {
            let source = text.source(Span::new(0, text.text().len()));
            self.remove(source, "reference_list", "wikitext/back-matter");
        } else if text.text().chars().any(char::is_alphanumeric) {
            self.blocks.push(PageBlock::Text { block, text, marks });
        }
    }

    fn heading(&mut self, level: u8, inline: Inline) {
        let Inline { text, .. } = tidy::tidy(inline);
        if text.is_empty() {
            return;
        }
        if self.back_matter.is_some_and(|of| level <= of) {
            self.back_matter = None;
        }
        if self.back_matter.is_none() && self.rules.is_back_matter(text.text()) {
            self.back_matter = Some(level);
        }
        if self.back_matter.is_some() {
            let source = text.source(Span::new(0, text.text().len()));
            self.remove(source, "reference_list", "wikitext/back-matter");
        } else {
            self.blocks.push(PageBlock::Heading { level, text });
        }
    }
}

/// The nodes of a list that lie in a span.
fn within(nodes: &[Node], span: Span) -> &[Node] {
    let from = nodes.partition_point(|node| node.span.start < span.start);
    let to = nodes.partition_point(|node| node.span.start < span.end);
    &nodes[from..to.max(from)]
}
