//! The rules of `rules/html*.toml`, compiled.

use super::line_rules::LineRules;
use super::names::NameRules;
use super::verdict::Verdict;
use super::wiki_names::WikiNames;

/// Compiled rules for HTML.
pub struct Rules {
    pub(super) names: NameRules,
    pub(super) lines: LineRules,
    pub(super) mediawiki: WikiNames,
}

impl Rules {
    pub fn builtin() -> Self {
        Rules { names: NameRules::builtin(), lines: LineRules::builtin(), mediawiki: WikiNames::builtin() }
    }
}

/// The verdict that a kind of furniture in the rule files stands for.
pub(super) fn verdict_of(kind: &str) -> Verdict {
    match kind {
        "navigation" => Verdict::Navigation,
        "footer" => Verdict::Footer,
        "share" => Verdict::Share,
        "related" => Verdict::Related,
        "comments" => Verdict::Comments,
        "notice" => Verdict::Notice,
        "byline" => Verdict::Byline,
        "author" => Verdict::Author,
        "credit" => Verdict::Credit,
        "form" => Verdict::Form,
        "hidden" => Verdict::Hidden,
        "edit_label" => Verdict::EditLabel,
        "footnote_marker" => Verdict::FootnoteMarker,
        "cite_error" => Verdict::CiteError,
        "hatnote" => Verdict::Hatnote,
        "navbox" => Verdict::Navbox,
        "message_box" => Verdict::MessageBox,
        "infobox" => Verdict::Infobox,
        "contents" => Verdict::Contents,
        "category" => Verdict::Category,
        "interface" => Verdict::Interface,
        "wiki_footer" => Verdict::WikiFooter,
        _ => panic!("rules/html*.toml: no kind of furniture is called {kind}"),
    }
}
