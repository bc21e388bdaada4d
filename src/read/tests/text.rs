use super::*;

#[test]
fn markup_is_told_by_content() {
    for (text, markup) in [
        ("The talks began in May. They went on < 3 days & more.\n\nThen they ended.\n", Markup::Plain),
        ("# Talks\n\nThe talks *began*.\n", Markup::Markdown),
        ("---\ntitle: Talks\ndate: 2015-12-12\n---\nText.\n", Markup::Markdown),
        ("<!DOCTYPE html><html><body>Text</body></html>", Markup::Html),
        ("\n<!-- saved -->\n<html lang=en><title>x</title>Text", Markup::Html),
        ("<p>One</p>\n<p>Two <a href=\"/x\">three</a></p>", Markup::Html),
        ("{{Infobox x|a=b}}\n'''Talks''' were [[talk]]s.<ref>x</ref>\n== See ==\n", Markup::Wikitext),
        ("Title\n\n# Early\n\nText.\n\n# Late\n\nText.\n", Markup::Markdown),
    ] {
        assert_eq!(records(text.as_bytes())[0].markup, markup, "{text}");
    }
}

#[test]
fn front_matter_gives_hints() {
    let found = &records(
        "---\ntitle: \"A: B\"\nauthor: X\ndescription: one\n  two\ntags:\n  - a\nurl: https://x.example/1\n\
         date: 2015-12-12\n---\n# A\n"
            .as_bytes(),
    )[0];
    let hints = &found.hints;
    assert_eq!((hints.title.as_str(), hints.url.as_str()), ("A: B", "https://x.example/1"));
    assert_eq!(hints.published, "2015-12-12");
    let front = front_matter(&found.text).expect("front matter");
    assert_eq!(&found.text[front.span.end..], "# A\n");
    assert!(front_matter("---\nno end").is_none());
    assert!(front_matter("--- a rule\nx: y\n---\n").is_none());
}

#[test]
fn empty_and_binary_files_are_rows() {
    assert_eq!(records(b"")[0].status, Status::Empty);
    assert_eq!(records(b" \r\n\0 ")[0].status, Status::Empty);
    let picture = &records(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01")[0];
    assert_eq!((picture.status, picture.media_type.as_str()), (Status::Rejected, "image/png"));
    let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert_eq!(records(&noise)[0].status, Status::Rejected);
    assert_eq!(records(b"%PDF-1.4 ...")[0].media_type, "application/pdf");
}

#[test]
fn a_missing_file_is_a_row() {
    let mut found = Vec::new();
    read(Path::new("no/such/file"), "file", &Options::default(), &mut |record| found.push(record));
    assert_eq!((found[0].status, found[0].diagnostics[0].code), (Status::Rejected, "unreadable"));
}

#[test]
fn tables_with_a_text_column() {
    let table = "id,title,text,date\n7,One,\"A text,\nof two lines\",2015-12-12\n8,Two,,\n9,Three,B,\n";
    let found = records(table.as_bytes());
    assert_eq!(texts(&found), [("file#7", "A text,\nof two lines"), ("file#9", "B")]);
    assert_eq!((found[0].hints.title.as_str(), found[0].hints.published.as_str()), ("One", "2015-12-12"));
    let tabs = "url\tcontent\nhttps://x.example/a\tText \"with\" quotes\n".as_bytes();
    assert_eq!(texts(&records(tabs)), [("file#https://x.example/a", "Text \"with\" quotes")]);
    // A line of prose with the word in it is no table.
    assert_eq!(records(b"We read the text, the date and more.\nThen, we left.\n").len(), 1);
}

#[test]
fn parquet_with_a_text_column() {
    use polars::prelude::*;
    let mut frame =
        df!("id" => [1i64, 2], "text" => ["First.", "Second."], "size" => [1.0, 2.0]).expect("a frame");
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).expect("memory");
    assert_eq!(texts(&records(&bytes)), [("file#1", "First."), ("file#2", "Second.")]);
    bytes.truncate(bytes.len() / 2);
    assert_eq!(records(&bytes)[0].status, Status::Rejected);
}

#[test]
fn pages_saved_as_messages() {
    let message = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/page\r\nSubject: A page\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\r\n--b\r\n\
        Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://x.example/page\r\n\r\n<html><head><meta charset=3D\"utf-8\"></head>\
        <body>=D0=9C=D0=B8=D1=80</body></html>\r\n--b\r\nContent-Type: image/png\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    let found = records(message.as_bytes());
    assert_eq!(found[0].source, "file#https://x.example/page");
    assert!(found[0].text.contains("<body>Мир</body>"), "{}", found[0].text);
    assert_eq!((found[0].markup, found[0].hints.title.as_str()), (Markup::Html, "A page"));
    assert_eq!(codes(&found), ["records-read", "skipped"]);
}

#[test]
fn twins_in_other_encodings_say_the_same() {
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset=\"{charset}\"><title>Мир</title></head><body><p>Переговоры начались в Минске \
             11 февраля 2015 года и шли всю ночь.</p></body></html>"
        )
    };
    let plain = records(page("utf-8").as_bytes());
    for charset in ["windows-1251", "koi8-r", "ibm866", "iso-8859-5", "gb18030"] {
        let (bytes, _, _) =
            encoding_rs::Encoding::for_label(charset.as_bytes()).expect("known").encode(&plain[0].text);
        let found = records(&bytes);
        assert_eq!(found[0].text, plain[0].text, "{charset}");
        assert_eq!(found[0].markup, Markup::Html);
    }
}

#[test]
fn lines_in_utf_32() {
    let lines: String = (0..40_000).map(|i| format!("{{\"id\": {i}, \"text\": \"Текст {i}.\"}}\n")).collect();
    let big = |c: char| (c as u32).to_be_bytes();
    let little = |c: char| (c as u32).to_le_bytes();
    let marked = |text: &str| format!("\u{FEFF}{text}");
    for bytes in [
        marked(&lines).chars().flat_map(big).collect::<Vec<u8>>(),
        marked(&lines).chars().flat_map(little).collect(),
    ] {
        let found = records(&bytes);
        assert_eq!((found.len(), found[39_999].text.as_str()), (40_000, "Текст 39999."));
    }
}
