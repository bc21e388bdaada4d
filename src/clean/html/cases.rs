//! Pages of many kinds, each written for the fault or the form that it is named after.

use super::tests::page;
use crate::clean::page::{Page, PageBlock};

/// A page as lines: headings as `# text`, blocks as `kind: text`, markers as `[number]` in place.
fn lines(page: &Page) -> Vec<String> {
    page.blocks
        .iter()
        .map(|block| match block {
            PageBlock::Heading { level, text } => {
                format!("{} {}", "#".repeat(usize::from(*level)), text.text())
            }
            PageBlock::Text { block, text, marks } => {
                let mut shown = text.text().to_owned();
                for mark in marks.iter().rev() {
                    shown.insert_str(mark.at, &format!("[{}]", mark.number));
                }
                format!("{block}: {shown}")
            }
        })
        .collect()
}

fn kinds(page: &Page) -> Vec<&'static str> {
    let mut kinds: Vec<_> = page.removals.iter().map(|removal| removal.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

const LEAD: &str =
    "The delegations met in Geneva on 4 May 1998 and agreed, after two days, on the terms of a truce.";
const MORE: &str = "A second round was held in Vienna in June, where the sides exchanged lists of prisoners.";
const ZH_LEAD: &str =
    "双方代表团5月4日在日内瓦举行会谈，经过两天磋商，就停火条款达成一致，并商定下月再次会晤。";
const ZH_MORE: &str =
    "第二轮会谈6月在维也纳举行，双方交换了战俘名单，并同意开放两处过境点，以便运送救援物资。";

#[test]
fn wiki_page_with_skin() {
    let page = page(&format!(
        "<html lang=en class=client-nojs><head><title>Geneva truce - Wikipedia</title></head><body class='mediawiki skin-vector'>\
         <div id=mw-navigation><ul><li>Main page</ul></div><h1 id=firstHeading class=firstHeading>Geneva truce</h1>\
         <div id=bodyContent><div id=siteSub>From Wikipedia, the free encyclopedia</div><div id=mw-content-text><div class=mw-parser-output>\
         <div role=note class=hatnote>For the film, see <a href=#>Truce</a>.</div><table class='infobox vevent'><tr><td>Date<td>1998</table>\
         <p>{LEAD}<sup id=cite_ref-a_1-0 class=reference><a href='#cite_note-a-1'>[1]</a></sup> It held.<sup class='noprint Inline-Template'>[<i>citation needed</i>]</sup></p>\
         <div id=toc class=toc><h2>Contents</h2><ul><li>1 Talks</ul></div>\
         <h2><span class=mw-headline id=Talks>Talks</span><span class=mw-editsection>[<a href=#>edit</a>]</span></h2><p>{MORE}</p>\
         <h3><span class=mw-headline>Vienna</span></h3><div class=thumbcaption><div class=magnify><a>enlarge</a></div>The hall in Vienna</div>\
         <table class=wikitable><caption>Rounds</caption><tr><th>Round<th>Place<tr><td>1<td>Geneva</table>\
         <h2><span class=mw-headline>References</span></h2><div class=reflist><ol class=references><li id=cite_note-a-1>\
         <span class=mw-cite-backlink><b><a href='#cite_ref-a_1-0'>^</a></b></span> <span class=reference-text>Doe, Jane (5 May 1998). \
         <a class='external text' href='https://example.org/a'>\"Truce agreed\"</a>. Example Post.</span></li></ol></div>\
         <table class=navbox><tr><td>Truces of the world</table></div></div><div id=catlinks class=catlinks>Categories: 1998</div></div>\
         <div id=footer>Privacy policy</div></body></html>"
    ));
    assert_eq!(page.title, "Geneva truce");
    assert_eq!(page.language, "en");
    assert_eq!(
        lines(&page),
        [
            &format!("paragraph: {LEAD}[1] It held."),
            "# Talks",
            &format!("paragraph: {MORE}"),
            "## Vienna",
            "caption: The hall in Vienna",
            "caption: Rounds",
            "table_cell: Round",
            "table_cell: Place",
            "table_cell: 1",
            "table_cell: Geneva",
            "# References",
        ]
    );
    let [citation] = &page.citations[..] else { panic!("{:?}", page.citations) };
    assert_eq!((citation.number.as_str(), citation.url.as_str()), ("1", "https://example.org/a"));
    assert_eq!(citation.text, "Doe, Jane (5 May 1998). \"Truce agreed\". Example Post.");
    for kind in
        ["edit_label", "footnote_marker", "reference_list", "category", "footer", "template", "navigation"]
    {
        assert!(kinds(&page).contains(&kind), "{kind}");
    }
}

#[test]
fn wiki_page_from_parsoid() {
    let page = page(&format!(
        "<html prefix='dc: http://purl.org/dc/terms/'><head><title>Женевское перемирие</title></head>\
         <body lang=ru class='mw-content-ltr sitedir-ltr mw-body-content parsoid-body mediawiki mw-parser-output' dir=ltr>\
         <section data-mw-section-id=0><p>{LEAD}<sup typeof='mw:Extension/ref' class='mw-ref reference'><a href='./Page#cite_note-2'>\
         <span class=mw-reflink-text>[прим. 1]</span></a></sup></p></section>\
         <section data-mw-section-id=1><h2 id=a>Итоги</h2><ul><li>первый</li><li>второй<ul><li>вложенный</ul></ul>\
         <div class='mw-references-wrap'><ol class='mw-references references'><li id=cite_note-2><a rel=mw:referencedBy><span class=mw-linkback-text>↑ </span></a>\
         <span class='mw-reference-text reference-text'>Слова посла.</span></li></ol></div></section></body></html>"
    ));
    assert_eq!(page.title, "Женевское перемирие");
    assert_eq!(
        lines(&page),
        [
            &format!("paragraph: {LEAD}[прим. 1]"),
            "# Итоги",
            "list_item: первый",
            "list_item: второй",
            "list_item: вложенный",
        ]
    );
    assert_eq!(page.citations[0].number, "прим. 1");
    assert_eq!(page.citations[0].text, "Слова посла.");
}

#[test]
fn wiki_page_for_phones() {
    let page = page(&format!(
        "<body class='mediawiki skin-minerva'><div id=mw-mf-viewport><header class=header-container>Меню</header>\
         <h1 id=firstHeading class='firstHeading mw-first-heading'><span class=mw-page-title-main>Перемир'я</span></h1>\
         <div id=bodyContent class=content><div id=mw-content-text><div class=mw-parser-output><section id=mf-section-0><p>{LEAD}</p></section>\
         <div class='mw-heading mw-heading2 section-heading'><span class=indicator></span><h2>Перебіг</h2><span class=mw-editsection><a>ред.</a></span></div>\
         <section id=mf-section-1><p>{MORE}<span class='error mw-ext-cite-error' lang=uk>Помилка цитування: без тексту</span></p></section>\
         </div></div></div><footer class='mw-footer minerva-footer'>Остання зміна</footer></div></body>"
    ));
    assert_eq!(page.title, "Перемир'я");
    assert_eq!(lines(&page), [&format!("paragraph: {LEAD}"), "# Перебіг", &format!("paragraph: {MORE}")]);
    assert!(kinds(&page).contains(&"cite_error"));
}

#[test]
fn wiki_marker_without_entry_keeps_its_label() {
    let page = page(&format!(
        "<div class=mw-parser-output><p>{LEAD}<sup class=reference><a href='#cite_note-gone'>[7]</a></sup></p></div>"
    ));
    assert_eq!(lines(&page), [format!("paragraph: {LEAD}[7]")]);
    assert!(page.citations.is_empty());
}

#[test]
fn chinese_news_with_its_lines_around() {
    let page = page(&format!(
        "<html><head><title>停火谈判达成协议_新闻频道_示例网</title></head><body><div class=nav><a>首页</a><a>国际</a></div>\
         <div>您现在的位置：<a>首页</a> &gt; <a>国际</a> &gt; 正文</div><h1>停火谈判达成协议</h1>\
         <div class=info><span>1998年05月06日 09:12</span> <span>来源：示例日报</span></div>\
         <div class=TRS_Editor><p>　　{ZH_LEAD}</p><p>　　{ZH_MORE}</p><p>（责任编辑：李明）</p></div>\
         <div>上一篇：<a>旧闻</a></div><div>下一篇：<a>新闻</a></div>\
         <div><h3>相关阅读</h3><ul><li><a>会谈前瞻</a><li><a>会谈背景</a></ul></div>\
         <div>版权所有 未经许可不得转载 示例网</div></body></html>"
    ));
    assert_eq!(page.title, "停火谈判达成协议");
    assert_eq!(page.published, "1998年05月06日 09:12");
    assert_eq!(lines(&page), [format!("paragraph: 　　{ZH_LEAD}"), format!("paragraph: 　　{ZH_MORE}")]);
}

#[test]
fn chinese_page_laid_out_in_tables() {
    let page = page(&format!(
        "<table><tr><td><a>新闻</a> | <a>财经</a> | <a>体育</a> | <a>房产</a></td></tr><tr><td><table><tr><td>\
         停火谈判达成协议<br>1998-05-06 09:12 来源: 示例社</td></tr><tr><td>　　{ZH_LEAD}<br><br>　　{ZH_MORE}<br></td></tr></table></td>\
         <td><table><tr><td><a>会谈前瞻</a></td></tr><tr><td><a>会谈背景</a></td></tr><tr><td><a>人物</a></td></tr></table></td></tr></table>"
    ));
    assert_eq!(lines(&page), [format!("paragraph: 　　{ZH_LEAD}"), format!("paragraph: 　　{ZH_MORE}")]);
}

#[test]
fn english_news_with_structured_data() {
    let page = page(&format!(
        "<html lang=en-GB><head><title>Truce agreed in Geneva | Example Post</title><link rel=canonical href='https://example.org/truce'>\
         <meta property=og:site_name content='Example Post'><script type=application/ld+json>{{\"@graph\":[{{\"@type\":\"NewsArticle\",\
         \"headline\":\"Truce agreed in Geneva\",\"datePublished\":\"1998-05-06T09:12:00Z\",\"author\":[{{\"name\":\"Jane Doe\"}}]}}]}}</script></head>\
         <body><header><nav><a>World</a></nav></header><div class=cookie-banner><p>We use cookies to make this site work, and to learn how you use it, every day.</p></div>\
         <article><h1>Truce agreed in Geneva</h1><p class=byline>By Jane Doe</p><time datetime=1998-05-06>6 May 1998</time>\
         <figure><img><figcaption>The hall in Geneva</figcaption></figure><p>{LEAD}</p><div class=share-buttons><a>Tweet</a></div>\
         <p>Related: <a>What a truce is</a></p><blockquote><p>\"We did what we came for,\" the envoy told reporters, \"and we will be back.\"</p></blockquote><p>{MORE}</p></article>\
         <aside><h3>Most read</h3><p>Ten hikes near Geneva that you can still do in the autumn, as told by our readers.</p></aside>\
         <section id=comments><p>I was there and it rained for two days, so nobody went out to see the lake.</p></section><footer>© 1998</footer></body></html>"
    ));
    assert_eq!(page.title, "Truce agreed in Geneva");
    assert_eq!(page.url, "https://example.org/truce");
    assert_eq!(page.published, "1998-05-06T09:12:00Z");
    assert_eq!(page.language, "en-GB");
    let sources: Vec<_> = page.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert!(
        sources.contains(&"author from json-ld author") && sources.contains(&"site from meta og:site_name")
    );
    assert_eq!(
        lines(&page),
        [
            "caption: The hall in Geneva".to_owned(),
            format!("paragraph: {LEAD}"),
            "quote: \"We did what we came for,\" the envoy told reporters, \"and we will be back.\""
                .to_owned(),
            format!("paragraph: {MORE}"),
        ]
    );
}

#[test]
fn forum_whose_posts_are_called_comments() {
    let post = |text: &str| {
        format!(
            "<div class=comment><div class=user><a>someone</a></div><div class=comment-body><p>{text}</p></div><div class=signature>Sent from my boat</div></div>"
        )
    };
    let page = page(&format!(
        "<body><div class=comments>{}{}{}</div></body>",
        post(LEAD),
        post(MORE),
        post(&LEAD.replace("Geneva", "Oslo"))
    ));
    let text = lines(&page).join("\n");
    assert!(text.contains(LEAD) && text.contains(MORE) && text.contains("Oslo"), "{text}");
    assert!(!text.contains("boat"));
}

#[test]
fn table_of_data_keeps_its_cells() {
    let page = page(&format!(
        "<article><p>{LEAD}</p><table><thead><tr><th>Round<th>Place<tbody><tr><td><a href=1>First</a><td><a href=2>Geneva</a>\
         <tr><td><a href=3>Second</a><td><a href=4>Vienna</a></table><p>{MORE}</p></article>"
    ));
    assert_eq!(
        lines(&page)[1..7],
        ["Round", "Place", "First", "Geneva", "Second", "Vienna"].map(|cell| format!("table_cell: {cell}"))
    );
}

#[test]
fn nested_lists_and_code_survive() {
    let page = page(&format!(
        "<main><p>{LEAD}</p><h2>Steps</h2><ol><li>Stop firing.<ul><li>At noon.</li><li>On all fronts.</li></ul></li><li>Withdraw.</li></ol>\
         <pre><code>if truce {{\n    wait();\n}}</code></pre><p>{MORE}</p></main>"
    ));
    assert_eq!(
        lines(&page)[1..],
        [
            "# Steps",
            "list_item: Stop firing.",
            "list_item: At noon.",
            "list_item: On all fronts.",
            "list_item: Withdraw.",
            "paragraph: if truce {",
            "paragraph: wait();",
            "paragraph: }",
            &format!("paragraph: {MORE}"),
        ]
    );
}

#[test]
fn broken_markup_loses_no_text() {
    let page = page(&format!(
        "<p>{LEAD}<div><b><a href=x>A link <p>{MORE}</b></div></a></p></p></table></td><p>{ZH_LEAD}<!-- left open <p>gone"
    ));
    let text = lines(&page).join("\n");
    for kept in [LEAD, MORE, ZH_LEAD, "A link"] {
        assert!(text.contains(kept), "{kept} not in {text}");
    }
    assert!(!text.contains("gone"));
}

#[test]
fn link_that_ends_inside_a_block_covers_no_more() {
    let page = page(&format!("<div><a href=x><div>Home</a> {LEAD}</div></div><p>{MORE}</p>"));
    assert_eq!(lines(&page).last().unwrap(), &format!("paragraph: {MORE}"));
    assert!(lines(&page)[0].contains(LEAD));
}

#[test]
fn references_and_breaks_inside_a_paragraph() {
    let page = page(
        "<p>Talks&nbsp;began &amp; ended on 4&#8211;5&nbsp;May, it was<br>said in Geneva.<br>Nobody spoke &mdash; not even the envoy &lt;there&gt;.</p>",
    );
    assert_eq!(
        lines(&page),
        [
            "paragraph: Talks began & ended on 4–5 May, it was said in Geneva.",
            "paragraph: Nobody spoke — not even the envoy <there>.",
        ]
    );
}

#[test]
fn page_of_furniture_only() {
    let page = page(
        "<body><nav><a>Home</a></nav><script>run()</script><style>p{}</style><footer>© 1998 Example</footer></body>",
    );
    assert!(page.blocks.is_empty(), "{:?}", lines(&page));
    assert_eq!(kinds(&page), ["footer", "navigation", "script"]);
}

#[test]
fn text_hidden_until_a_script_runs_is_kept() {
    let page =
        page(&format!("<div style='display: none'><p>{LEAD}</p><p>{MORE}</p></div><div hidden>menu</div>"));
    assert_eq!(lines(&page), [format!("paragraph: {LEAD}"), format!("paragraph: {MORE}")]);
}

#[test]
fn furniture_around_a_text_does_not_change_it() {
    let bare = format!("<article><p>{LEAD}</p><p>{MORE}</p></article>");
    let dressed = format!(
        "<nav><a>Home</a></nav><div class=sidebar><a>One</a><a>Two</a></div>{bare}<div class=newsletter><p>Sign up for our letter, and get it each morning.</p></div><footer>All rights reserved</footer>"
    );
    assert_eq!(lines(&page(&dressed)), lines(&page(&bare)));
}

#[test]
fn mirror_of_a_wiki_page_without_its_classes() {
    let page = page(&format!(
        "<div><h2>Talks [edit]</h2><p>{LEAD}<sup>[1]</sup> It held.[2][3] Prices[x] rose [citation needed].</p><h3>Vienna[edit | edit source]</h3><p>{MORE}[4]</p></div>"
    ));
    assert_eq!(
        lines(&page),
        [
            "# Talks".to_owned(),
            format!("paragraph: {LEAD}[1] It held.[2][3] Prices[x] rose."),
            "## Vienna".to_owned(),
            format!("paragraph: {MORE}[4]"),
        ]
    );
    assert!(kinds(&page).contains(&"edit_label") && kinds(&page).contains(&"editor_remark"));
}

#[test]
fn wiki_tail_sections_are_no_body() {
    let page = page(&format!(
        "<div class=mw-parser-output><p>{LEAD}</p><h2>See also</h2><ul><li><a>Vienna round</a></ul><h2>External links</h2><ul><li><a>The text of the truce</a></ul>\
         <h2>Talks</h2><p>{MORE}</p><h2>Bibliography</h2><ul><li>Doe, Jane (1999). A Truce. Example Press.</ul></div>"
    ));
    assert_eq!(
        lines(&page),
        [
            format!("paragraph: {LEAD}"),
            "# See also".to_owned(),
            "# External links".to_owned(),
            "# Talks".to_owned(),
            format!("paragraph: {MORE}"),
            "# Bibliography".to_owned(),
        ]
    );
    assert_eq!(page.citations.len(), 1);
}

#[test]
fn torn_title_does_not_swallow_the_page() {
    let page = page(&format!("<head><title>Torn<meta name=x></head><body><p>{LEAD}</p>"));
    assert_eq!((page.title.as_str(), lines(&page)), ("Torn", vec![format!("paragraph: {LEAD}")]));
}

#[test]
fn mirror_that_kept_the_wiki_classes_but_not_its_frame() {
    let page = page(&format!(
        "<body><div class=top><a>Mirror home</a> <a>Random page</a></div><div class=page><h1>Truce</h1><p>{LEAD}</p>\
         <h2><span class=mw-headline>Talks</span></h2><p>{MORE}</p><table class=navbox><tr><td>Truces</table></div><div class=bottom>About this mirror</div></body>"
    ));
    assert_eq!(
        lines(&page),
        [format!("paragraph: {LEAD}"), "# Talks".to_owned(), format!("paragraph: {MORE}")]
    );
}

#[test]
fn news_with_boxes_and_references_is_no_wiki() {
    let page = page(&format!(
        "<nav><a>Home</a></nav><article><p>{LEAD}</p><div class=infobox>Key facts: two days, one truce.</div><p>{MORE}</p><ol class=references><li>A book.</ol></article><footer>Imprint</footer>"
    ));
    assert_eq!(page.dump_kind, crate::model::DumpKind::News);
    assert!(lines(&page).contains(&format!("paragraph: {MORE}")));
}
