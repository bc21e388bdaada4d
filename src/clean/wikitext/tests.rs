use super::*;
use crate::model::Markup;

fn page(text: &str) -> Page {
    let decoded = Decoded::sample("page", Markup::Wikitext, "", text);
    clean(&decoded, &super::super::Rules::builtin())
}

/// Blocks as `kind text`, headings as `=level text`.
fn blocks(page: &Page) -> Vec<String> {
    page.blocks
        .iter()
        .map(|block| match block {
            PageBlock::Heading { level, text } => format!("={level} {}", text.text()),
            PageBlock::Text { block, text, .. } => format!("{} {}", block.code(), text.text()),
        })
        .collect()
}

#[test]
fn headings_paragraphs_and_lists() {
    let found = page(
        "'''Lake Road''' is a road.\nIt was built in 1954.\n\nIt is long.\n== History ==\n=== Early ===\n* One\n** Two\n: Three\n----\nEnd.",
    );
    assert_eq!(
        blocks(&found),
        [
            "paragraph Lake Road is a road. It was built in 1954.",
            "paragraph It is long.",
            "=1 History",
            "=2 Early",
            "list_item One",
            "list_item Two",
            "paragraph Three",
            "paragraph End.",
        ]
    );
}

#[test]
fn links_become_their_labels() {
    let found = page(
        "The [[Treaty of Paris (1951)|treaty]] of [[Paris]] was signed in the [[Salon (room)|]] by \
         [https://example.org six states].[[Category:Treaties]][[de:Vertrag]] [https://example.org]",
    );
    assert_eq!(blocks(&found), ["paragraph The treaty of Paris was signed in the Salon by six states."]);
    let kinds: Vec<_> = found.removals.iter().map(|removal| removal.kind).collect();
    assert_eq!(kinds, ["category", "interlanguage", "link"]);
}

#[test]
fn templates_that_carry_text_are_shown() {
    let found = page(
        "{{Infobox event|date={{start date|1969|7|20}}}}The crew ({{lang|fr|équipage}}) landed on \
         {{start date|1969|7|20}}, {{convert|384400|km|mi}} from home{{snd}}a {{nowrap|first}}.{{citation needed|date=May 2020}}",
    );
    assert_eq!(
        blocks(&found),
        ["paragraph The crew (équipage) landed on 1969-07-20, 384400 km from home – a first."]
    );
    let kinds: Vec<_> = found.removals.iter().map(|removal| removal.kind).collect();
    assert_eq!(kinds, ["template", "editor_note"]);
}

#[test]
fn what_is_taken_out_leaves_no_empty_brackets() {
    let found = page("The '''Rada''' ({{IPA|x}}, {{lang-uk|Рада}}) met ({{audio|a.ogg}}) twice.");
    assert_eq!(blocks(&found), ["paragraph The Rada (Рада) met twice."]);
}

#[test]
fn references_become_citations() {
    let found = page(
        "It began.<ref name=\"a\">{{cite news|last=Doe|first=Ann|title=It begins|work=The Post|date=3 May 1999|\
         access-date=2001-02-03|url=https://example.org/a|language=en}}</ref> It went on.<ref name=a /> \
         It ended.<ref name=\"lost\" /><ref>[https://example.org/b The end], 4 June.</ref>",
    );
    assert_eq!(blocks(&found), ["paragraph It began. It went on. It ended."]);
    let PageBlock::Text { marks, .. } = &found.blocks[0] else { panic!("a paragraph") };
    let marks: Vec<_> = marks.iter().map(|mark| (mark.at, mark.number.as_str())).collect();
    assert_eq!(marks, [(9, "1"), (21, "1"), (31, "2"), (31, "3")]);
    let first = &found.citations[0];
    assert_eq!(
        (first.title.as_str(), first.authors.as_str(), first.publisher.as_str(), first.published.as_str()),
        ("It begins", "Doe, Ann", "The Post", "1999-05-03")
    );
    assert_eq!((first.accessed.as_str(), first.language.as_str()), ("2001-02-03", "en"));
    assert_eq!(found.citations[1].cite_error, "lost");
    let third = &found.citations[2];
    assert_eq!((third.title.as_str(), third.url.as_str()), ("The end", "https://example.org/b"));
}

#[test]
fn a_name_may_be_defined_after_its_mark() {
    let found = page(
        "Seen.<ref name=x />\n== References ==\n<references>\n<ref name=x>A book, 1990.</ref>\n</references>",
    );
    assert_eq!(blocks(&found), ["paragraph Seen."]);
    assert_eq!(found.citations.len(), 1);
    assert_eq!(found.citations[0].text, "A book, 1990.");
}

#[test]
fn variants_are_chosen_by_the_page() {
    let simplified =
        "-{H|zh-hans:软件;zh-hant:軟體}-这个-{zh-hans:软件; zh-hant:軟體}-很好，我们说-{R|國}-。";
    assert_eq!(blocks(&page(simplified)), ["paragraph 这个软件很好，我们说國。"]);
    let traditional = "這個-{zh-cn:软件; zh-tw:軟體; zh-hk:軟件}-很好，我們說了-{歷史}-。";
    assert_eq!(blocks(&page(traditional)), ["paragraph 這個軟體很好，我們說了歷史。"]);
    assert_eq!(page("-{T|zh-hans:标题;zh-hant:標題}-这说明了问题。").title, "标题");
}

#[test]
fn tables_and_captions() {
    let found = page(
        "[[File:a.jpg|thumb|200px|The ''signing'' of [[Peace|peace]]]]\nBefore.\n{| class=\"wikitable\"\n|+ Rounds\n! Round !! Date\n\
         |-\n| align=left | First || [[28 February]]\n|-\n| Second\n| 3 March\n|}\nAfter.\n{| class=\"infobox\"\n| x\n|}",
    );
    assert_eq!(
        blocks(&found),
        [
            "paragraph Before.",
            "caption The signing of peace",
            "table_cell Rounds",
            "table_cell Round",
            "table_cell Date",
            "table_cell First",
            "table_cell 28 February",
            "table_cell Second",
            "table_cell 3 March",
            "paragraph After.",
        ]
    );
}

#[test]
fn quotes_comments_and_magic_words() {
    let found = page(
        "__NOTOC__Said<!-- by whom? --> so:\n{{quote|We agree.|The envoy}}\n<blockquote>And we do.</blockquote>\n\
         <nowiki>''raw''</nowiki> 5&nbsp;km &mdash; far<br/>away",
    );
    assert_eq!(
        blocks(&found),
        ["paragraph Said so:", "quote We agree.", "quote And we do.", "paragraph ''raw'' 5 km — far away"]
    );
}

#[test]
fn back_matter_is_taken_out() {
    let found = page("Text.\n== Примечания ==\n{{примечания}}\n== Ссылки ==\n* [https://example.org Сайт]\n");
    assert_eq!(blocks(&found), ["paragraph Text."]);
    assert!(found.removals.iter().any(|removal| removal.kind == "reference_list"));
}

#[test]
fn damaged_markup_keeps_the_text() {
    assert_eq!(
        blocks(&page("A [[broken link and {{broken template\n\nB <ref>never closed\n\nC")),
        ["paragraph A broken link and broken template", "paragraph B never closed", "paragraph C"]
    );
    // Neither deep nor unclosed nesting takes long.
    for unit in ["{{", "[[", "-{", "<ref>", "<nowiki>", "<!-", "{|", "|}", "\n{|", "<div ", "'''''''"] {
        let _ = page(&unit.repeat(20_000));
    }
}

#[test]
fn each_text_knows_its_source() {
    let text = "One &amp; [[two|three]] {{nowrap|four}}.";
    let found = page(text);
    let PageBlock::Text { text: mapped, .. } = &found.blocks[0] else { panic!("a paragraph") };
    for word in ["One", "three", "four"] {
        let at = mapped.text().find(word).expect("kept");
        assert_eq!(mapped.source(Span::new(at, at + word.len())).of(text), word);
    }
}

#[test]
fn tables_of_rules_are_sound() {
    let rules = Rules::builtin();
    assert_eq!(rules.action("lang"), rules::Action::Show(&["2".to_owned(), "1".to_owned()]));
    assert_eq!(rules.action("cite web"), rules::Action::Citation);
    assert_eq!(rules.action("no such thing"), rules::Action::Remove("template"));
    assert_eq!(rules.template_name("Шаблон:Cite_web "), "cite web");
}
