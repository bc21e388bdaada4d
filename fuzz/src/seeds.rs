//! Seeds: the sample pages, the inputs of the golden cases, the files that fuzzing found faults with,
//! and one small file of each container.

use std::fs;
use std::path::{Path, PathBuf};

pub struct Seed {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Longest seed; the rest of a longer file is left out, since mutations of it take long and find little.
const LONGEST: usize = 64 << 10;

/// All seeds, in the order of their names. `root` is the folder of the project.
pub fn all(root: &Path) -> Vec<Seed> {
    let mut paths = Vec::new();
    for folder in ["raw", "tests/golden", "fuzz/regressions", "out"] {
        walk(&root.join(folder), &mut paths);
    }
    paths.retain(|path| !path.to_string_lossy().contains("/expected/"));
    let mut seeds: Vec<Seed> = paths
        .into_iter()
        .filter_map(|path| {
            let mut bytes = fs::read(&path).ok()?;
            // A table in columns has its directory at the end.
            if path.extension().is_none_or(|ending| ending != "parquet") {
                bytes.truncate(LONGEST);
            }
            Some(Seed { name: path.file_name()?.to_string_lossy().into_owned(), bytes })
        })
        .collect();
    seeds.extend(made().into_iter().map(|(name, text)| Seed { name: name.to_owned(), bytes: text.into() }));
    seeds
}

/// Every file below a folder, sorted.
pub fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { walk(&path, into) } else { into.push(path) }
    }
}

fn made() -> Vec<(&'static str, String)> {
    let page = "<html><meta charset=gb2312><title>T</title><p>Text of 3 March 2021.</p></html>";
    let response = format!(
        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
        page.len()
    );
    let block = format!("HTTP/1.1 200 OK\r\n{response}");
    let warc = format!(
        "WARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\nWARC/1.0\r\n",
        block.len()
    );
    vec![
        ("made.http", response),
        ("made.warc", warc.repeat(3)),
        ("made.mediawiki.xml", "<siteinfo><base>http://x.example/wiki/M</base></siteinfo><page><title>A</title><ns>0</ns><revision><text>''x'' [[b]] {{c|d=e}}</text></revision></page>".repeat(2)),
        ("made.rss.xml", "<channel><language>en</language><item><title>a</title><link>http://x.example/1</link><pubDate>Wed, 03 Mar 2021 10:00:00 GMT</pubDate><description>&lt;p&gt;b&lt;/p&gt;</description></item></channel></rss>".to_owned()),
        ("made.json", "a\\u00e9 b\", \"title\": \"t\", \"date\": \"2021-03-03\", \"items\": [{\"text\": \"c\"}]}\n{\"text\": \"d\"}\n".to_owned()),
        ("made.csv", "1,\"a, \"\"b\"\"\nc\"\n2,d\n3,\"e\"\n".to_owned()),
        ("made.tsv", "1\tJohn Mill\ten\n2\tДжон Милль\tru\n3\t约翰·密尔\tzh\n4\tДжон Мілль\tuk\n".to_owned()),
        ("made.sgml", " title=\"a\" url=\"http://x.example\">\nText.\n</doc>\n<doc id=\"2\">\nMore <TIMEX2 VAL=\"1999\">then</TIMEX2>.\n</doc>\n".to_owned()),
        ("made.mhtml", "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://x.example/\n\n<p>x =D0=B0</p>\n--b--\n".to_owned()),
        ("made.md", "a\ndate: 2021-03-03\ntags:\n - b\n---\n# c\n\nd [e](http://x.example) **f**\n".to_owned()),
        ("made.wiki", "== A ==\n{{a|[[b|c]]|-{zh-hans:d;zh-hant:e}-}}<ref name=x>{{cite web|title=t|date=3 March 2021}}</ref>'''f'''\n{| class=x\n|-\n! g\n| h\n|}\n* i\n".to_owned()),
        ("made.toml", "[[documents]]\nsource = \"file0\"\npublished = \"2021-03-04\"\nlanguage = \"en\"\n\n[[names]]\nsame = [\"Norway\", \"France\"]\n\n[[names]]\ndifferent = [\"Oslo\", \"Norway\"]\n\n[[entities]]\nname = \"Oslo\"\nkind = \"place\"\ncanonical_name = \"O\"\n\n[[mentions]]\nquote = \"met\"\nevent_type = \"CONSULT\"\n\n[[mentions]]\nquote = \"again\"\ndrop = true\n".to_owned()),
    ]
}
