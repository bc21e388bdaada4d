//! What becomes of each node of a page: kept, or taken out for a reason that the receipt names.

use super::tree::Tree;

macro_rules! reasons {
    ($($(#[$meta:meta])* $variant:ident => $kind:literal, $rule:literal;)*) => {
        /// Kept, or why not.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Verdict { Kept, $($(#[$meta])* $variant),* }

        impl Verdict {
            /// Kind and rule of the receipt; none for what is kept.
            pub fn receipt(self) -> Option<(&'static str, &'static str)> {
                match self {
                    Verdict::Kept => None,
                    $(Verdict::$variant => Some(($kind, $rule)),)*
                }
            }
        }
    };
}

reasons! {
    Script => "script", "html.script";
    Title => "title", "html.title";
    Form => "form", "html.form";
    Hidden => "hidden", "html.hidden";
    Navigation => "navigation", "html.navigation";
    Footer => "footer", "html.footer";
    Share => "share_bar", "html.share";
    Related => "related", "html.related";
    Comments => "comments", "html.comments";
    Notice => "notice", "html.notice";
    Byline => "byline", "html.byline";
    Credit => "credit", "html.credit";
    Author => "author_box", "html.author";
    Repeat => "repeat", "html.repeat";
    /// Outside the main content, with no better name for it.
    Outside => "furniture", "html.outside";
    LinkBlock => "navigation", "html.links";
    EditLabel => "edit_label", "mediawiki.edit_label";
    FootnoteMarker => "footnote_marker", "mediawiki.reference";
    CiteError => "cite_error", "mediawiki.cite_error";
    ReferenceList => "reference_list", "mediawiki.references";
    SeeAlso => "see_also", "mediawiki.tail_section";
    ExternalLinks => "external_links", "mediawiki.tail_section";
    FurtherReading => "further_reading", "mediawiki.tail_section";
    Hatnote => "navigation", "mediawiki.hatnote";
    Navbox => "navigation", "mediawiki.navbox";
    MessageBox => "template", "mediawiki.message_box";
    Infobox => "template", "mediawiki.infobox";
    Contents => "navigation", "mediawiki.contents";
    Category => "category", "mediawiki.category";
    Interface => "navigation", "mediawiki.interface";
    WikiFooter => "footer", "mediawiki.footer";
}

/// Hands each verdict down to the nodes below it; the verdict of an outer node goes first.
pub fn inherit(tree: &Tree<'_>, verdicts: &mut [Verdict]) {
    for id in 1..tree.nodes.len() {
        let above = verdicts[tree.nodes[id].parent];
        if above != Verdict::Kept {
            verdicts[id] = above;
        }
    }
}

/// A verdict for each node, all kept.
pub fn all_kept(tree: &Tree<'_>) -> Vec<Verdict> {
    vec![Verdict::Kept; tree.nodes.len()]
}
