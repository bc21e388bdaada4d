use super::*;

#[test]
fn one_record_a_line() {
    let lines = "{\"id\": 5, \"text\": \"One.\", \"title\": \"T\", \"date\": \"2015-12-12\", \"lang\": \"en\"}\n\n\
                 {\"url\": \"https://x.example/2\", \"body\": \"<p>Two.</p>\"}\r\n{\"id\": 5, \"content\": \"Three.\"}\n{\"n\": 1}\n";
    let found = records(lines.as_bytes());
    assert_eq!(
        texts(&found),
        [("file#5", "One."), ("file#https://x.example/2", "<p>Two.</p>"), ("file#5~2", "Three.")]
    );
    let hints = &found[0].hints;
    assert_eq!(
        (hints.title.as_str(), hints.published.as_str(), hints.language.as_str()),
        ("T", "2015-12-12", "en")
    );
    assert_eq!(codes(&found), ["records-read", "skipped"]);
}

#[test]
fn documents_and_arrays() {
    let one = records(b"{\"title\": \"T\",\n \"content\": [\"A.\", \"B.\"]}");
    assert_eq!(texts(&one), [("file", "A.\n\nB.")]);
    let many =
        records(b"[\n {\"id\": \"a\", \"text\": \"A {\\\"}\\\"\"},\n {\"id\": \"b\", \"text\": \"B\"}\n]");
    assert_eq!(texts(&many), [("file#a", "A {\"}\""), ("file#b", "B")]);
    let nested =
        records(b"{\"data\": {\"items\": [{\"id\": 1, \"text\": \"A\"}, {\"id\": 2, \"text\": \"B\"}]}}");
    assert_eq!(texts(&nested), [("file#1", "A"), ("file#2", "B")]);
    let rendered = records(
        b"[{\"id\": 1, \"title\": {\"rendered\": \"T\"}, \"content\": {\"rendered\": \"<p>A</p>\"}}]",
    );
    assert_eq!(texts(&rendered), [("file#1", "<p>A</p>")]);
    assert_eq!(rendered[0].hints.title, "T");
}

#[test]
fn articles_in_sections_become_markdown() {
    let found = records(
        b"{\"title\": \"T\", \"summary\": \"Lead.\", \"content\": [{\"section_title\": \"Early\", \
          \"section_content\": [{\"sentence\": \"One\"}, {\"sentence\": \"Two\", \"refs\": [\"x\"]}]}]}",
    );
    assert_eq!(texts(&found), [("file", "Lead.\n\n## Early\n\nOne\n\nTwo")]);
    assert_eq!(found[0].markup, Markup::Markdown);
}

#[test]
fn fields_named_by_the_caller_go_first() {
    let options = Options { json_text: vec!["Inhalt".to_owned()], ..Options::default() };
    let found = records_within(b"{\"Inhalt\": \"A\", \"text\": \"B\"}\n{\"text\": \"C\"}\n", &options);
    assert_eq!(texts(&found), [("file#1", "A"), ("file#2", "C")]);
}

#[test]
fn damaged_values_are_mended_or_told_of() {
    let lines =
        "{\"text\": \"raw\ttab \\ud83d lone\"}\n{\"text\": oops}\n{\"text\": \"fine\"}\n{\"text\": \"cut o";
    let found = records(lines.as_bytes());
    assert_eq!(
        texts(&found),
        [("file#1", "raw\ttab \u{FFFD} lone"), ("file#2", "fine"), ("file#3", "cut o")]
    );
    let bad: Vec<_> = found.iter().flat_map(|r| &r.diagnostics).filter(|d| d.code == "bad-json").collect();
    assert_eq!(bad.len(), 3);
    assert_eq!(bad[1].source_start, lines.find("{\"text\": oops").expect("there"));
}

#[test]
fn lines_in_other_encodings() {
    let lines: String = (0..4)
        .map(|i| format!("{{\"id\": {i}, \"text\": \"Переговоры начались в Минске и шли всю ночь.\"}}\n"))
        .collect();
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&lines);
    let found = records(&bytes);
    assert_eq!(found.len(), 4);
    assert_eq!(
        (found[0].encoding.as_str(), found[3].text.as_str()),
        ("windows-1251", "Переговоры начались в Минске и шли всю ночь.")
    );
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(lines.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let found = records(&wide);
    assert_eq!((found.len(), found[0].encoding.as_str()), (4, "UTF-16LE"));
}

#[test]
fn a_line_longer_than_a_record_is_cut() {
    let limits = Limits { record_bytes: 100_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"next\"}}\n", "a ".repeat(200_000));
    let found = records_within(long.as_bytes(), &options);
    assert_eq!(texts(&found).len(), 2);
    assert!(found[0].text.len() > 90_000);
    assert_eq!(found[1].text, "next");
    assert!(codes(&found).contains(&"record-too-long"));
}
