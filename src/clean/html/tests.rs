//! Properties of the whole HTML cleaner: every text node is kept or accounted for, and kept text
//! leads back to its bytes.

use super::tree::{Kind, Tree};
use crate::clean::Rules;
use crate::clean::page::{Page, PageBlock};
use crate::model::{Decoded, Markup, Span};
use proptest::prelude::*;
use std::sync::OnceLock;

pub fn decoded(text: &str) -> Decoded {
    Decoded::sample("page.html", Markup::Html, "text/html", text)
}

pub fn page(text: &str) -> Page {
    static RULES: OnceLock<Rules> = OnceLock::new();
    super::clean(&decoded(text), RULES.get_or_init(Rules::builtin))
}

/// Source spans of all kept text and of all receipts.
fn accounted(page: &Page) -> Vec<Span> {
    let kept = page.blocks.iter().map(|block| match block {
        PageBlock::Heading { text, .. } | PageBlock::Text { text, .. } => {
            text.source(Span::new(0, text.text().len()))
        }
    });
    kept.chain(page.removals.iter().map(|removal| removal.source)).collect()
}

fn check(source: &str) -> Result<(), TestCaseError> {
    let page = page(source);
    let mut covered = vec![false; source.len()];
    for span in accounted(&page) {
        prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end));
        covered[span.start..span.end].fill(true);
    }
    for node in &Tree::parse(source).nodes {
        if node.kind == Kind::Element {
            continue;
        }
        let mut at = node.span.start;
        while let Some(c) = source[at..node.span.end].chars().next() {
            let reference =
                (c == '&').then(|| super::entity::reference(&source[at..node.span.end], false)).flatten();
            let (chars, len) = reference.unwrap_or((c.to_string().into(), c.len_utf8()));
            let is_blank =
                chars.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{ad}' | '\u{feff}'));
            prop_assert!(is_blank || covered[at], "{c:?} at {at} is neither kept nor removed");
            at += len;
        }
    }
    for block in &page.blocks {
        let (PageBlock::Heading { text, .. } | PageBlock::Text { text, .. }) = block;
        check_map(source, text)?;
    }
    Ok(())
}

/// Each letter of a block is found in the source span that its map names.
fn check_map(source: &str, text: &crate::clean::page::Mapped) -> Result<(), TestCaseError> {
    for (at, c) in text.text().char_indices() {
        let span = text.source(Span::new(at, at + c.len_utf8()));
        let from = span.of(source);
        let read = super::entity::decode(from, false);
        prop_assert!(c == ' ' || read.contains(c), "{c:?} does not come from {from:?}");
    }
    Ok(())
}

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<ul><li>",
    "</ul>",
    "<b>",
    "</b>",
    "<a href='/x'>",
    "</a>",
    "<br>",
    "<br/><br/>",
    "<h2>",
    "</h2>",
    "<script>var a = '<p>';</script>",
    "<style>p{}</style>",
    "<!-- note -->",
    "<![CDATA[ data ]]>",
    "&amp;",
    "&nbsp;",
    "&#8212;",
    "&copy",
    "&bogus;",
    "<",
    ">",
    "&",
    "\n",
    "  ",
    "Talks opened in the city on Monday, officials said. ",
    "谈判于星期一在城中举行。",
    "Переговоры прошли в городе. ",
    "a",
    "é",
    "<nav>menu</nav>",
    "<div class=\"related\">more</div>",
    "<title>A page</title>",
    "<select><option>x",
    "<svg><path/></svg>",
    "<sup class=reference><a href='#cite_note-1'>[1]</a></sup>",
    "<ol class=references><li id=cite_note-1>Entry</ol>",
    "<span class=mw-headline>",
    "</span>",
    "<textarea>",
    "</textarea>",
    "<pre>",
    "</pre>",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\0",
    "<div hidden>",
    "<noscript>",
    "</noscript>",
    "<template>",
    "</body>",
    "</html>",
    "<head>",
    "<body>",
    "<p title=\"x>y",
    "\"",
];

const PLAIN_PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul><li>",
    "</li>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href='/x'>",
    "</a>",
    "<br>",
    "</br>",
    "<h2>",
    "</h2>",
    "<h3>",
    "</h3>",
    "<span>",
    "</span>",
    "<script>if (a < b) '<p>'</script>",
    "<style>p{}</style>",
    "<!-- note -->",
    "<!doctype html>",
    "<?php ?>",
    "&amp;",
    "&#8212;",
    "&copy",
    "&notit;",
    "&bogus;",
    "<",
    " < ",
    "&",
    "text ",
    "слово ",
    "谈判。",
    "<section>",
    "</section>",
    "<article>",
    "<blockquote>",
    "</blockquote>",
    "<em>",
    "</em>",
    "<font>",
    "</font>",
    "<center>",
    "</center>",
    "<pre>",
    "</pre>",
    "<q>",
    "</q>",
    "<p title=\"x>y\">",
    "<P CLASS=a>",
    "</P >",
    "</ x>",
    "<img src=a>",
    "<input>",
    "<hr/>",
    "<x-y>",
    "</x-y>",
    "<nav>",
    "</nav>",
    "<title>A &amp; b</title>",
];

fn is_title(tree: &Tree<'_>, node: &super::tree::Node) -> bool {
    tree.nodes[node.parent].tag == super::element::Tag::Title
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_kept_or_accounted_for(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat())?;
    }

    /// Where nothing stands astray in tables, the text of a page is that of html5ever, in its order.
    #[test]
    fn text_is_that_of_html5ever(pieces in prop::collection::vec(prop::sample::select(PLAIN_PIECES), 0..40)) {
        let source = pieces.concat();
        let theirs: String = scraper::Html::parse_document(&source).root_element().text().collect();
        let tree = Tree::parse(&source);
        let texts = tree.nodes.iter().filter(|node| node.kind != Kind::Element);
        let ours: String = texts.map(|node| match node.kind {
            Kind::Raw if !is_title(&tree, node) => node.span.of(&source).to_owned(),
            _ => super::entity::decode(node.span.of(&source), false).into_owned(),
        }).collect();
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(letters(&ours), letters(&theirs));
    }

    #[test]
    fn any_input_is_read(source in "\\PC{0,200}") {
        check(&source)?;
    }
}

#[test]
fn deep_nesting_and_long_pages_are_linear() {
    let deep = format!("{}text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(accounted(&page(&deep)).len(), 1);
    let inline = format!("{}text{}", "<b><a>".repeat(50_000), "</span></i>".repeat(50_000));
    assert!(!accounted(&page(&inline)).is_empty());
    let long = "<p>Talks opened in the city on Monday, officials said &amp; hoped.</p>".repeat(20_000);
    assert!(!page(&long).blocks.is_empty());
}
