use super::*;

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = ::zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("a name");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        let field = &mut header.as_mut_bytes()[..name.len()];
        field.copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).expect("memory");
    }
    builder.into_inner().expect("memory")
}

#[test]
fn members_are_read_as_files() {
    let members: &[(&str, &[u8])] =
        &[("a/one.txt", b"One."), ("b.jsonl", b"{\"text\": \"Two.\"}\n{\"text\": \"Three.\"}\n")];
    let expected = [("file#a/one.txt", "One."), ("file#b.jsonl#1", "Two."), ("file#b.jsonl#2", "Three.")];
    assert_eq!(texts(&records(&zip(members))), expected);
    assert_eq!(texts(&records(&tar(members))), expected);
    assert_eq!(texts(&records(&gzip(&tar(members)))), expected);
    assert_eq!(texts(&records(&zstd::encode_all(&tar(members)[..], 1).expect("memory"))), expected);
    let nested = zip(&[("in.zip", &zip(members)), ("in.txt.gz", &gzip(b"Four."))]);
    assert_eq!(texts(&records(&nested))[0].0, "file#in.zip#a/one.txt");
    assert_eq!(texts(&records(&nested)).last(), Some(&("file#in.txt.gz", "Four.")));
}

#[test]
fn paths_stay_inside() {
    let found =
        records(&tar(&[("../../etc/x.txt", b"One."), ("/abs.txt", b"Two."), ("C:\\dir\\y.txt", b"Three.")]));
    assert_eq!(
        texts(&found),
        [("file#etc/x.txt", "One."), ("file#abs.txt", "Two."), ("file#dir/y.txt", "Three.")]
    );
    assert!(codes(&found).contains(&"path-neutralised"));
}

#[test]
fn broken_archives_keep_what_can_be_read() {
    let long: Vec<u8> = (0..4000).flat_map(|i| format!("Line {i} of it.\n").into_bytes()).collect();
    let whole = zip(&[("one.txt", b"One."), ("two.txt", &long)]);
    let found = records(&whole[..whole.len() - 60]);
    assert_eq!(texts(&found)[0], ("file#one.txt", "One."));
    assert!(codes(&found).contains(&"broken-archive"));
    let whole = tar(&[("one.txt", b"One."), ("two.txt", &long)]);
    let found = records(&whole[..3000]);
    assert_eq!(texts(&found)[0], ("file#one.txt", "One."));
    assert!(texts(&found)[1].1.starts_with("Line 0"));
}

#[test]
fn bombs_end_early() {
    let limits = Limits { record_bytes: 1 << 16, ratio: 100, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let zeros = vec![b'a'; 8 << 20];
    for bytes in [gzip(&zeros), zip(&[("a.txt", &zeros)])] {
        let found = records_within(&bytes, &options);
        assert!(found.iter().all(|record| record.text.len() <= 1 << 16));
        assert!(codes(&found).contains(&"record-too-long"), "{:?}", codes(&found));
    }
    let lines = gzip("{\"text\": \"a\"}\n".repeat(400_000).as_bytes());
    let found = records_within(&lines, &options);
    assert!(found.len() < 100_000);
    assert!(codes(&found).contains(&"unpacks-too-far"));
    let mut deep = b"Text.".to_vec();
    for _ in 0..6 {
        deep = gzip(&deep);
    }
    assert!(codes(&records(&deep)).contains(&"nested-too-deep"));
    let mut deep = b"Text.".to_vec();
    for _ in 0..8 {
        deep = zip(&[("a", &deep)]);
    }
    assert!(codes(&records(&deep)).contains(&"nested-too-deep"));
}

#[test]
fn every_layer_is_undone() {
    let text = "A text that is packed.\n";
    let mut bzip2 = Vec::new();
    bzip2::write::BzEncoder::new(&mut bzip2, bzip2::Compression::fast())
        .write_all(text.as_bytes())
        .expect("memory");
    let mut xz = Vec::new();
    liblzma::write::XzEncoder::new(&mut xz, 1).write_all(text.as_bytes()).expect("memory");
    let zstd = zstd::encode_all(text.as_bytes(), 1).expect("memory");
    for packed in [gzip(text.as_bytes()), bzip2.clone(), xz, zstd, gzip(&bzip2)] {
        assert_eq!(texts(&records(&packed)), [("file", text)]);
    }
    assert_eq!(texts(&records(&[gzip(b"One. "), gzip(b"Two.")].concat())), [("file", "One. Two.")]);
}
