use super::*;

const PAGE: &str = "<html><head><title>T</title></head><body><p>Text of the page.</p></body></html>";

fn record(kind: &str, uri: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\n\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(uri: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let block =
        [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n").as_bytes(), body].concat();
    record("response", uri, "application/http;msgtype=response", &block)
}

fn chunked(body: &[u8], size: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in body.chunks(size) {
        out.extend_from_slice(format!("{:x};x=y\r\n", chunk.len()).as_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"0\r\n\r\n");
    out
}

fn codings(body: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(body).expect("memory");
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(body).expect("memory");
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, 4096, 5, 20).write_all(body).expect("memory");
    vec![
        ("gzip", gzip(body)),
        ("deflate", zlib.finish().expect("memory")),
        ("deflate", deflate.finish().expect("memory")),
        ("br", brotli),
        ("zstd", zstd::encode_all(body, 3).expect("memory")),
    ]
}

#[test]
fn all_codings_are_undone() {
    for (coding, body) in codings(PAGE.as_bytes()) {
        let plain = response("https://x.example/", &format!("Content-Encoding: {coding}\r\n"), &body);
        assert_eq!(texts(&records(&plain)), [("file#https://x.example/", PAGE)], "{coding}");
        let headers = format!("Transfer-Encoding: chunked\r\nContent-Encoding: {coding}\r\n");
        let both = response("https://x.example/", &headers, &chunked(&body, 7));
        assert_eq!(texts(&records(&both)), [("file#https://x.example/", PAGE)], "chunked {coding}");
    }
}

#[test]
fn codings_that_were_undone_before_are_left() {
    let headers = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n";
    let found = records(&response("https://x.example/", headers, PAGE.as_bytes()));
    assert_eq!(texts(&found), [("file#https://x.example/", PAGE)]);
    assert_eq!(codes(&found), ["bad-chunk", "coding-undone"]);
}

#[test]
fn what_is_no_page_is_counted() {
    let archive = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record(
            "request",
            "https://x.example/",
            "application/http;msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response("<https://x.example/>", "", PAGE.as_bytes()),
        record(
            "response",
            "https://x.example/gone",
            "application/http",
            b"HTTP/1.1 404 Not Found\r\n\r\nNo.",
        ),
        record(
            "response",
            "https://x.example/p",
            "application/http",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n",
        ),
        record("resource", "https://x.example/r", "text/plain", b"A resource."),
        record("conversion", "https://x.example/", "text/plain", b"Text of the page."),
    ]
    .concat();
    for bytes in [archive.clone(), gzip(&archive)] {
        let found = records(&bytes);
        assert_eq!(
            texts(&found),
            [
                ("file#https://x.example/", PAGE),
                ("file#https://x.example/r", "A resource."),
                ("file#https://x.example/~2", "Text of the page."),
            ]
        );
        let account: Vec<_> = found[3].diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            account,
            [
                "records read: 3",
                "image/png (response): 1",
                "request records: 1",
                "responses with status 404: 1",
                "warcinfo records: 1",
            ]
        );
    }
}

#[test]
fn wrong_lengths_cost_no_other_record() {
    let first = response("https://x.example/1", "", PAGE.as_bytes());
    let second = response("https://x.example/2", "", PAGE.as_bytes());
    let text = String::from_utf8(first.clone()).expect("text");
    let stated = text.find("Content-Length: ").expect("there") + "Content-Length: ".len();
    let end = stated + text[stated..].find('\r').expect("there");
    for wrong in ["100000", "20", "x"] {
        let mut broken = first.clone();
        broken.splice(stated..end, wrong.bytes());
        let found = records(&[broken, second.clone()].concat());
        let read = texts(&found);
        assert_eq!(read.last(), Some(&("file#https://x.example/2", PAGE)), "{wrong}");
        assert!(
            codes(&found).iter().any(|code| code.contains("warc") || code.contains("http")),
            "{:?}",
            codes(&found)
        );
    }
}

#[test]
fn a_broken_member_costs_itself() {
    let mut broken = gzip(&response("https://x.example/1", "", PAGE.as_bytes()));
    let middle = broken.len() / 2;
    broken[middle..middle + 8].fill(0xFF);
    let fine = gzip(&response("https://x.example/2", "", PAGE.as_bytes()));
    let found = records(&[fine.clone(), broken, fine].concat());
    let read = texts(&found);
    assert_eq!(read.first(), Some(&("file#https://x.example/2", PAGE)));
    assert_eq!(read.last(), Some(&("file#https://x.example/2~2", PAGE)));
    assert!(codes(&found).contains(&"broken-layer"));
}

#[test]
fn the_header_names_the_encoding() {
    let text = "<p>Переговоры шли всю ночь.</p>";
    let (body, _, _) = encoding_rs::KOI8_R.encode(text);
    let block = [&b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n"[..], &body].concat();
    let found = records(&record("response", "https://x.example/", "application/http", &block));
    assert_eq!((found[0].text.as_str(), found[0].encoding.as_str()), (text, "KOI8-R"));
    assert_eq!(found[0].encoding_from, crate::model::EncodingFrom::Http);
}

#[test]
fn a_response_saved_with_its_header() {
    let found = records(format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}").as_bytes());
    assert_eq!(texts(&found)[0].1, PAGE);
}

/// Records that each claim to be far longer than they are must not be read over and over.
#[test]
fn wrong_lengths_cost_no_more_than_right_ones() {
    let record = |i: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: u{i}\r\nContent-Type: text/plain\r\nContent-Length: 999999\r\n\r\nText {i}.\r\n\r\n"
        )
    };
    let file: String = (0..3000).map(record).collect();
    let limits = Limits { record_bytes: 100_000, ..Limits::default() };
    let found = records_within(file.as_bytes(), &Options { limits, ..Options::default() });
    let text = |i: usize| found.iter().find(|record| record.source == format!("file#u{i}"));
    assert!((0..3000).all(|i| text(i).is_some_and(|record| record.text.trim() == format!("Text {i}."))));
}
