//! Large archives are read in little memory. The archives are made here; the full sizes are for
//! `cargo test --release --test streaming -- --ignored --nocapture`, which prints the figures.

use annalist::read::{self, Options};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// Peak memory that reading may take, in bytes.
const PEAK: u64 = 500 << 20;

/// Text of about `length` bytes that packs about as well as prose: words drawn without a pattern.
fn prose(seed: &mut u64, length: usize) -> String {
    const WORDS: &[&str] = &[
        "the",
        "delegates",
        "of",
        "both",
        "sides",
        "met",
        "in",
        "Geneva",
        "on",
        "Monday",
        "and",
        "spoke",
        "about",
        "a",
        "truce",
        "for",
        "three",
        "hours",
        "переговоры",
        "начались",
        "в",
        "Минске",
        "между",
        "сторонами",
        "会谈",
        "在",
        "日内瓦",
        "举行",
        "双方",
        "代表",
    ];
    let mut text = String::with_capacity(length + 64);
    while text.len() < length {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let word = WORDS[(*seed >> 33) as usize % WORDS.len()];
        text.push_str(word);
        if (*seed >> 50).is_multiple_of(29) {
            let _ = write!(text, " {}. ", *seed >> 48);
        } else {
            text.push(' ');
        }
    }
    text
}

fn jsonl_zst(path: &Path, bytes: u64) {
    let mut out =
        zstd::Encoder::new(BufWriter::new(File::create(path).expect("a file")), 1).expect("an encoder");
    let (mut seed, mut written, mut id) = (1, 0u64, 0);
    while written < bytes {
        let line = format!(
            "{{\"id\": {id}, \"title\": \"Story {id}\", \"text\": \"{}\"}}\n",
            prose(&mut seed, 4000)
        );
        out.write_all(line.as_bytes()).expect("room on the disk");
        written += line.len() as u64;
        id += 1;
    }
    out.finish().expect("room on the disk").flush().expect("room on the disk");
}

fn warc_gz(path: &Path, bytes: u64) {
    let mut out = BufWriter::new(File::create(path).expect("a file"));
    let (mut seed, mut written, mut id) = (1, 0u64, 0);
    while written < bytes {
        let page = format!(
            "<html><head><title>Story {id}</title></head><body><p>{}</p></body></html>",
            prose(&mut seed, 30_000)
        );
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/{id}\r\n\
             Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        );
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        member.write_all(record.as_bytes()).expect("memory");
        let member = member.finish().expect("memory");
        out.write_all(&member).expect("room on the disk");
        written += record.len() as u64;
        id += 1;
    }
    out.flush().expect("room on the disk");
}

/// Peak memory of this process so far, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? << 10)
}

fn measure(name: &str, path: &Path) {
    let (mut records, mut text) = (0u64, 0u64);
    let start = Instant::now();
    read::read(path, "file", &Options::default(), &mut |record| {
        records += 1;
        text += record.text.len() as u64;
        assert!(record.diagnostics.is_empty(), "{:?}", record.diagnostics);
    });
    let seconds = start.elapsed().as_secs_f64();
    let packed = path.metadata().map_or(0, |meta| meta.len());
    let peak = peak();
    println!(
        "{name}: {records} records, {} MB of text from {} MB in {seconds:.1} s: {:.0} MB/s, peak {} MB",
        text >> 20,
        packed >> 20,
        text as f64 / seconds / 1e6,
        peak.unwrap_or(0) >> 20
    );
    assert!(records > 0 && peak.is_none_or(|peak| peak < PEAK));
}

fn stream(jsonl: u64, warc: u64, plain: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a");
    if plain > 0 {
        let mut seed = 1;
        let mut out = BufWriter::new(File::create(&path).expect("a file"));
        for id in 0..plain >> 20 {
            let text = prose(&mut seed, 1 << 20);
            writeln!(out, "{{\"id\": {id}, \"text\": \"{text}\"}}").expect("room on the disk");
        }
        out.flush().expect("room on the disk");
        measure("jsonl", &path);
    }
    jsonl_zst(&path, jsonl);
    measure("jsonl.zst", &path);
    warc_gz(&path, warc);
    measure("warc.gz", &path);
}

#[test]
fn archives_stream() {
    stream(8 << 20, 8 << 20, 0);
}

#[test]
#[ignore = "makes files of gigabytes"]
fn large_archives_stream() {
    stream(2 << 30, 1 << 30, 512 << 20);
}
