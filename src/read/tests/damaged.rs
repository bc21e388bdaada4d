use super::*;
use proptest::prelude::*;

/// One of each kind, to be cut and spoilt.
fn samples() -> Vec<Vec<u8>> {
    let page = "<html><meta charset=gb2312><title>T</title><p>Text</p></html>";
    let block = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
        page.len()
    );
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: u\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .repeat(3);
    let export = "<mediawiki><page><title>A</title><revision><text>x</text></revision></page></mediawiki>";
    let mail = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x</p>\n--b--\n";
    let texts = [
        page,
        &warc,
        export,
        mail,
        "<rss><channel><item><title>a</title><description>b</description></item></channel></rss>",
        "{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2, \"text\": \"b \\u00e9\"}\n",
        "[{\"text\": \"a\"}, {\"text\": [\"b\", {\"title\": \"c\"}]}]",
        "<doc id=\"1\" title=\"a\">\ntext\n</doc>\n<doc id=\"2\">\n</doc>\n",
        "id,text\n1,\"a\nb\"\n2,c\n",
        "---\ntitle: a\n---\n# b\n",
        "{{a|[[b]]|-{zh:c}-}}<ref>x</ref>'''d''' [[e]]\n{|\n|f\n|}\n",
    ];
    let mut samples: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    samples.push(gzip(warc.as_bytes()));
    samples.push(zstd::encode_all(warc.as_bytes(), 1).expect("memory"));
    let (gbk, _, _) = encoding_rs::GBK.encode("<html><meta charset=utf-8><p>各国代表签署了协议。</p>");
    samples.push(gbk.into_owned());
    samples
}

fn sound(bytes: &[u8]) -> Result<(), TestCaseError> {
    let found = records(bytes);
    prop_assert!(!found.is_empty());
    let mut sources: Vec<_> = found.iter().map(|record| &record.source).collect();
    sources.sort_unstable();
    let all = sources.len();
    sources.dedup();
    prop_assert_eq!(all, sources.len());
    prop_assert!(found.iter().all(|record| record.source.starts_with("file")));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn cut_and_spoilt_files_are_rows(
        which in 0usize..14,
        cut in 0.0f64..1.0,
        spoils in prop::collection::vec((0.0f64..1.0, any::<u8>()), 0..6),
    ) {
        let mut bytes = samples().swap_remove(which);
        for (at, byte) in spoils {
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        bytes.truncate((cut.mul_add(1.3, 0.0).min(1.0) * bytes.len() as f64) as usize);
        sound(&bytes)?;
    }

    #[test]
    fn any_bytes_are_a_row(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        sound(&bytes)?;
    }
}

#[test]
fn a_truncated_gzip_keeps_its_start() {
    let text: String = (0..5000).map(|i| format!("Line {i}, {}.\n", i * 7919 % 1000)).collect();
    let packed = gzip(text.as_bytes());
    let found = records(&packed[..packed.len() / 2]);
    assert!(found[0].text.starts_with("Line 0") && found[0].text.len() > 1000);
    assert_eq!(codes(&found), ["broken-layer"]);
    assert_eq!(found[0].status, Status::Ok);
}

#[test]
fn nul_bytes_are_told_of() {
    let found = records("Переговоры\0начались в Минске и шли всю ночь до утра.".as_bytes());
    assert_eq!(codes(&found), ["nul-bytes"]);
    assert_eq!(found[0].diagnostics[0].source_start, "Переговоры".len());
}

#[test]
fn mush_is_rejected() {
    let byte = |i: u32| if i % 7 == 6 { b' ' } else { 0x80 | (i.wrapping_mul(2_654_435_761) >> 25) as u8 };
    let mush: Vec<u8> = (0..4000).map(byte).collect();
    assert_eq!(records(&mush)[0].status, Status::Rejected);
}
