use super::*;

const EXPORT: &str = r#"<mediawiki xml:lang="uk"><siteinfo><base>https://uk.wiki.example/wiki/Main</base></siteinfo>
<page><title>Перша стаття</title><ns>0</ns><id>1</id>
<revision><id>1</id><model>wikitext</model><text>Старий текст.</text></revision>
<revision><id>2</id><model>wikitext</model><text xml:space="preserve">Новий текст &lt;b&gt;&amp;nbsp;і ще щось у ньому.</text></revision></page>
<page><title>Talk:X</title><ns>1</ns><id>2</id><revision><text>x</text></revision></page>
<page><title>Y</title><ns>0</ns><id>3</id><redirect title="Перша стаття" /><revision><text>#REDIRECT</text></revision></page>
<page><title>Module:Z</title><ns>828</ns><id>4</id><revision><text>x</text></revision></page>
<page><title>Друга</title><ns>0</ns><id>5</id><revision><text>Її текст.</text></revision></page>
</mediawiki>"#;

#[test]
fn exports_give_the_current_revision() {
    let found = records(EXPORT.as_bytes());
    assert_eq!(
        texts(&found),
        [("file#Перша стаття", "Новий текст <b>&nbsp;і ще щось у ньому."), ("file#Друга", "Її текст.")]
    );
    assert_eq!(found[0].markup, Markup::Wikitext);
    assert_eq!(found[0].hints.url, "https://uk.wiki.example/wiki/Перша_стаття");
    assert_eq!(codes(&found), ["records-read", "redirect", "skipped"]);
    let mut packed = Vec::new();
    bzip2::write::BzEncoder::new(&mut packed, bzip2::Compression::fast())
        .write_all(EXPORT.as_bytes())
        .expect("memory");
    assert_eq!(texts(&records(&packed)), texts(&found));
}

#[test]
fn an_export_that_breaks_off_keeps_its_pages() {
    let cut = EXPORT.find("Її текст").expect("there") + "Її".len();
    let found = records(&EXPORT.as_bytes()[..cut]);
    assert_eq!(texts(&found)[0].0, "file#Перша стаття");
    assert_eq!(texts(&found).last(), Some(&("file#Друга", "Її")));
    assert!(codes(&found).contains(&"truncated-page"));
}

#[test]
fn feeds_of_three_kinds() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\"><channel><title>News</title>\
        <language>en</language><item><title>One &amp; only</title><link>https://x.example/1</link>\
        <pubDate>Sat, 12 Dec 2015 10:00:00 GMT</pubDate><description>Short.</description>\
        <content:encoded><![CDATA[<p>The long text.</p>]]></content:encoded></item>\
        <item><title>Two</title><guid>https://x.example/2</guid><description>Text &amp;amp; more</description></item>\
        </channel></rss>";
    let found = records(rss.as_bytes());
    assert_eq!(
        texts(&found),
        [
            ("file#https://x.example/1", "<p>The long text.</p>"),
            ("file#https://x.example/2", "Text &amp; more")
        ]
    );
    assert!(found[0].from_feed && found[0].markup == Markup::Html);
    assert_eq!((found[0].hints.title.as_str(), found[0].hints.language.as_str()), ("One & only", "en"));
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"uk\"><entry><title>A</title>\
        <link rel=\"self\" href=\"/no\"/><link href=\"https://x.example/a\"/><updated>2015-12-12T10:00:00Z</updated>\
        <content type=\"xhtml\"><div><p>Текст</p></div></content></entry></feed>";
    let found = records(atom.as_bytes());
    assert_eq!(texts(&found), [("file#https://x.example/a", "<div><p>Текст</p></div>")]);
    assert_eq!(found[0].hints.published, "2015-12-12T10:00:00Z");
    let rdf = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- x -->\n<rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\">\
        <channel rdf:about=\"x\"><items><rdf:Seq><rdf:li rdf:resource=\"y\"/></rdf:Seq></items></channel>\
        <item rdf:about=\"https://x.example/z\"><title>Z</title><link>https://x.example/z</link>\
        <description>Text.</description></item></rdf:RDF>";
    assert_eq!(texts(&records(rdf.as_bytes())), [("file#https://x.example/z", "Text.")]);
}

#[test]
fn a_broken_item_costs_itself() {
    let rss = "<rss><channel><item><title>A</title><description>One <b <</description></item>\
               <item><title>B</title><description>Two</description></item><item><title>C</title><description>Thr";
    let found = records(rss.as_bytes());
    assert!(texts(&found).contains(&("file#B", "Two")));
    assert!(texts(&found).contains(&("file#C", "Thr")));
    assert!(codes(&found).contains(&"truncated-item"));
}

#[test]
fn wrapped_documents() {
    let wiki = "<doc id=\"7\" url=\"?curid=7\" title=\"Tom &amp; Co\">\nTom & Co\n\nText < 5.\n\n</doc>\n\
                <doc id=\"8\" url=\"https://x.example/8\" title=\"B\">\nText.\n</doc>\n";
    let found = records(wiki.as_bytes());
    assert_eq!(texts(&found), [("file#Tom & Co", "Tom & Co\n\nText < 5.\n\n"), ("file#B", "Text.\n")]);
    assert_eq!(found[1].hints.url, "https://x.example/8");
    let sgml = "<DOC>\n<DOCID>x_1</DOCID>\n<DATETIME> 2015-12-12 </DATETIME>\n<TEXT>\nIt began on \
                <TIMEX3 tid=\"t1\">Monday</TIMEX3>.\n</TEXT>\n</DOC>\n";
    let found = records(sgml.as_bytes());
    assert_eq!(texts(&found), [("file#x_1", "It began on Monday.\n")]);
    assert_eq!(found[0].hints.published, "2015-12-12");
    assert_eq!(texts(&records(&sgml.as_bytes()[..100])).len(), 1);
}

#[test]
fn pages_without_revisions_end_where_they_say() {
    let page = |i: usize| format!("<page><title>P{i}</title><ns>0</ns></page>");
    let pages: String = (0..50).map(page).collect();
    let last = "<page><title>Q</title><revision><text>x</text></revision></page>";
    let found = records(format!("<mediawiki>{pages}{last}</mediawiki>").as_bytes());
    assert_eq!(texts(&found)[0], ("file#Q", "x"));
    assert!(found[1].diagnostics.iter().any(|d| d.message == "pages without text: 50"), "{found:?}");
}
