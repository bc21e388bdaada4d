use super::*;
use std::io::Cursor;

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
fn members_packed_by_other_methods_are_read_or_named() {
    use ::zip::CompressionMethod::{Bzip2, Stored, Xz, Zstd};
    let text = "The envoys met in Oslo. ".repeat(50);
    for method in [Stored, Bzip2, Zstd, Xz] {
        let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = ::zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file("a.txt", options).expect("a name");
        writer.write_all(text.as_bytes()).expect("memory");
        let bytes = writer.finish().expect("memory").into_inner();
        assert_eq!(texts(&records(&bytes)), [("file#a.txt", text.as_str())], "{method:?}");
    }
    // Method 6, implode, in the local header and in the directory.
    let mut bytes = zip(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("a directory");
    bytes[8] = 6;
    bytes[directory + 10] = 6;
    let found = records(&bytes);
    assert_eq!(texts(&found), [("file#b.txt", "Two.")]);
    let member = found.iter().find(|record| record.source == "file#a.txt").expect("its row");
    let told = &member.diagnostics[0];
    assert_eq!((told.code, member.status), ("unreadable-member", Status::Rejected));
    assert!(told.message.contains("method"), "{}", told.message);
}

#[test]
fn an_encrypted_member_is_told_of() {
    let mut bytes = zip(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("a directory");
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    let found = records(&bytes);
    assert_eq!(texts(&found), [("file#b.txt", "Two.")]);
    assert!(codes(&found).contains(&"unreadable-member"));
}

/// A packed archive within a file may be longer than a record; its members count.
#[test]
fn a_packed_archive_is_not_cut_as_a_record() {
    let limits = Limits { record_bytes: 1 << 16, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let noise = |mut state: u64| -> Vec<u8> {
        let mut letter = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            b'a' + (state >> 40) as u8 % 26
        };
        (0..60_000).map(|_| letter()).collect()
    };
    let members: Vec<(String, Vec<u8>)> = (0..4).map(|i| (format!("{i}.txt"), noise(i))).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (&name[..], &bytes[..])).collect();
    let packed = gzip(&zip(&members));
    assert!(packed.len() > 1 << 17);
    let found = records_within(&packed, &options);
    assert_eq!((found.len(), found[3].text.len()), (4, 60_000), "{:?}", codes(&found));
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
    let most = lines.len() * 100 / "{\"text\": \"a\"}\n".len();
    assert!(found.len() < most + 20_000, "{} of at most {most}", found.len());
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
