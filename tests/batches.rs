//! The dataset is the same whatever is worked on at a time, and nothing is left beside it.

use annalist::cache::Cache;
use annalist::dataset::write;
use annalist::overrides::Overrides;
use annalist::pipeline::{self, Flow, Input};
use annalist::read::Options;
use annalist::rules::Rules;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Records of one name, of two scripts and of one story; a large file and small ones.
fn pages(folder: &Path) -> Vec<Input> {
    let mut archive = String::new();
    for day in 1..=28 {
        let id = if day % 7 == 0 { "same".to_owned() } else { format!("{}", 40 - day) };
        archive += &format!(
            "{{\"id\": \"{id}\", \"title\": \"Talks\", \"text\": \"On {day} March 2022 Sergey Lavrov met \
             Dmytro Kuleba in Antalya. Lavrov said on {day} March 2022 that talks would go on.\"}}\n"
        );
    }
    let files = [
        ("a.jsonl", archive.as_str()),
        (
            "b.txt",
            "On 10 March 2022 Sergey Lavrov met Dmytro Kuleba in Antalya. Sergei Lavrov left Antalya.\n",
        ),
        ("c.txt", "2022年3月10日，俄罗斯外长拉夫罗夫与乌克兰外长库列巴在安塔利亚举行会谈。\n"),
        ("d.txt", "10 марта 2022 года Сергей Лавров встретился с Дмитрием Кулебой в Анталье.\n"),
    ];
    let input = |(name, text): (&str, &str)| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        Input { path, source: name.to_owned(), bytes: text.len() as u64, sha256: String::new() }
    };
    let mut inputs = files.into_iter().map(input).collect::<Vec<_>>();
    pipeline::hash(&mut inputs);
    inputs
}

/// Every file of the dataset by name, and what the run leaves in the folder beside.
fn dataset(inputs: &[Input], batch_bytes: usize, jobs: usize, cache: &Cache) -> BTreeMap<String, Vec<u8>> {
    let overrides = Overrides::parse(
        "[[names]]\ndifferent = [\"Sergey Lavrov\", \"Sergei Lavrov\"]\n\
         [[mentions]]\nquote = \"3 March 2022 that talks\"\ndrop = true\n",
    );
    let overrides = overrides.unwrap();
    let flow = Flow {
        rules: &Rules::builtin(),
        options: &Options::default(),
        overrides: &overrides,
        cache,
        batch_bytes,
        progress: &|_| {},
    };
    let folder = tempfile::tempdir().unwrap();
    pipeline::with_jobs(jobs, || {
        let dataset = pipeline::run(inputs, &flow, folder.path()).unwrap();
        assert!(dataset.entities.entities.iter().any(|e| e.names.iter().all(|n| n.name == "Sergei Lavrov")));
        write::write(&dataset, "", inputs, false, folder.path()).unwrap();
    });
    let account = overrides.account();
    assert!(account.iter().all(|line| line.ends_with("used")), "{account:?}");
    let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
}

#[test]
fn neither_batches_nor_threads_nor_the_cache_show() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = pages(folder.path());
    let none = Cache::open(None, "");
    let whole = dataset(&inputs, pipeline::BATCH_BYTES, 1, &none);
    let tables = annalist::dataset::schema::tables().len();
    assert_eq!(whole.len(), 2 * tables + 3, "{:?}", whole.keys());
    let documents = String::from_utf8(whole["documents.csv"].clone()).unwrap();
    for source in ["a.jsonl#same,", "a.jsonl#same~2,", "a.jsonl#same~4,"] {
        assert!(documents.contains(source), "{source} in {documents}");
    }
    let root = tempfile::tempdir().unwrap();
    let kept = Cache::open(Some(root.path()), "");
    // The second run over the cache takes what the first one kept, in blocks of other sizes.
    for (batch_bytes, jobs, cache) in
        [(1, 1, &none), (300, 2, &none), (1000, 8, &kept), (pipeline::BATCH_BYTES, 2, &kept), (10, 1, &kept)]
    {
        let again = dataset(&inputs, batch_bytes, jobs, cache);
        let differ: Vec<&String> = whole.keys().filter(|name| whole[*name] != again[*name]).collect();
        assert!(differ.is_empty() && again.len() == whole.len(), "{batch_bytes} {jobs}: {differ:?}");
    }
}
