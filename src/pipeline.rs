//! The whole flow: two halves, and what lies between them on disk.
//!
//! **The per-document half**, [`document`] (or [`records`] from the bytes of a file), depends on nothing but one record and the rules, so
//! documents run in parallel, here on threads and elsewhere on a cluster. Files are taken in batches of
//! bounded size; what a document gave is packed and laid on disk as it comes, and memory keeps only its
//! [brief](crate::model::Brief).
//!
//! **The global half** joins the documents. Each of its steps asks for little, and never for a text:
//!
//! | step | works on | grows with |
//! |---|---|---|
//! | order, numbering of equal sources | source names | documents |
//! | near-duplicates | one sketch a document, dropped afterwards | documents |
//! | reconciling of names | the [census](crate::names::reconcile::census): each distinct profile once | distinct names |
//! | overrides of names | the census; documents that part a name are opened again | distinct names |
//! | merging of events | of each mention its date, type, people, place and hashes of its words | mentions |
//! | ids of events, carrying over | ids of mentions as bytes | mentions |
//!
//! Then the documents are opened once more, in the order of their sources and in parallel, and every
//! table is written row group by row group ([`write`](crate::dataset::write)). What is sorted otherwise
//! than by document (events, entities, names, links, the timeline) comes from the global half alone.
//! Neither the size of the batches nor the number of threads shows in the result.

use crate::cache::Cache;
use crate::dataset::documents::{Gathering, Packed, pack};
use crate::dataset::{Dataset, ids, lock};
use crate::model::{Decoded, Diagnostic, Extracted, Severity, Status};
use crate::overrides::Overrides;
use crate::rules::Rules;
use crate::{clean, dates, events, fault, names, read};
use rayon::prelude::*;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Text that is decoded but not yet worked on stays below this many bytes for each batch of records.
pub const BATCH_BYTES: usize = 16 << 20;

/// A file to read, and its name below RAW.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub path: PathBuf,
    pub source: String,
    pub bytes: u64,
    /// Hash of the file; empty where it is not known or can't be read.
    pub sha256: String,
}

/// What a run works with.
pub struct Flow<'a, 'o> {
    pub rules: &'a Rules,
    pub options: &'a read::Options,
    pub overrides: &'o Overrides,
    pub cache: &'a Cache,
    /// Text that is worked on at a time; usually [`BATCH_BYTES`]. The result does not depend on it.
    pub batch_bytes: usize,
    /// Told of each finished file. Called from many threads.
    pub progress: &'a (dyn Fn(&Input) + Sync),
}

/// From files to the dataset. What waits to be written lies on the disk of `scratch`, in files without
/// a name that are gone with the dataset, or with the process.
pub fn run<'o>(inputs: &[Input], flow: &Flow<'_, 'o>, scratch: &Path) -> io::Result<Dataset<'o>> {
    let mut gathering = Gathering::new(scratch, flow.overrides)?;
    extract(inputs, flow, &mut |packed| packed.into_iter().try_for_each(|packed| gathering.add(packed)))?;
    let (mut documents, mut census, near_duplicates) = gathering.finish()?;
    let mut entities = names::reconcile(&documents.briefs, &census, &flow.rules.names);
    flow.overrides.names(&mut documents, &mut census, &mut entities)?;
    drop(census);
    let events = events::merge(&documents.briefs, &entities, &near_duplicates, &flow.rules.events);
    let event_ids = ids::events(&documents.briefs, &events);
    Ok(Dataset { documents, near_duplicates, entities, events, event_ids, tombstones: Vec::new() })
}

/// Takes what some documents gave.
type Sink<'s> = dyn FnMut(Vec<Packed>) -> io::Result<()> + 's;

/// The per-document half over all files: small files side by side, large ones record by record.
fn extract(inputs: &[Input], flow: &Flow, sink: &mut Sink) -> io::Result<()> {
    let mut rest = inputs;
    while let Some((first, after)) = rest.split_first() {
        if first.bytes as usize > flow.batch_bytes {
            large(first, flow, sink)?;
            (flow.progress)(first);
            rest = after;
            continue;
        }
        let mut bytes = 0;
        let fits = |input: &&Input| {
            bytes += input.bytes as usize;
            bytes <= flow.batch_bytes
        };
        let (batch, after) = rest.split_at(rest.iter().take_while(fits).count());
        let found: Vec<Vec<Packed>> = batch
            .par_iter()
            .map(|input| {
                let packed = small(input, flow);
                (flow.progress)(input);
                packed
            })
            .collect();
        found.into_iter().try_for_each(&mut *sink)?;
        rest = after;
    }
    Ok(())
}

/// Takes a file from the cache, or reads it whole and works on each record at once.
fn small(input: &Input, flow: &Flow) -> Vec<Packed> {
    let mut found = Vec::new();
    let mut keep = |records: Vec<Extracted>| {
        found.extend(records.into_iter().filter_map(|record| pack(record, flow.overrides)));
    };
    if flow.cache.documents(input, &mut keep).is_ok_and(|kept| kept) {
        return found;
    }
    found.clear();
    let mut records = Vec::new();
    let options = flow.overrides.reading(&input.source, flow.options);
    read::read(&input.path, &input.source, &options, &mut |record| {
        records.push(document_or_reject(record, flow.rules, flow.overrides));
    });
    if has_changed(input) {
        let first = records.first_mut().map(|first| &mut first.cleaned.diagnostics);
        first.into_iter().for_each(|told| told.push(changed()));
    } else if let Some(mut keeper) = flow.cache.keeper(input) {
        // A full or read-only disk keeps nothing.
        let _ = keeper.add(&records).and_then(|()| keeper.finish());
    }
    records.into_iter().filter_map(|record| pack(record, flow.overrides)).collect()
}

/// Takes a large file from the cache, or reads it and works on many records side by side.
fn large(input: &Input, flow: &Flow, sink: &mut Sink) -> io::Result<()> {
    let mut result = Ok(());
    let mut hand_on = |records: Vec<Extracted>| {
        let packed = records.into_par_iter().filter_map(|record| pack(record, flow.overrides)).collect();
        if result.is_ok() {
            result = sink(packed);
        }
    };
    if flow.cache.documents(input, &mut hand_on)? {
        return result;
    }
    let mut keeper = flow.cache.keeper(input);
    let mut work = |held: Vec<Decoded>, told: Option<Diagnostic>| {
        let mut records: Vec<Extracted> = held
            .into_par_iter()
            .map(|record| document_or_reject(record, flow.rules, flow.overrides))
            .collect();
        if let Some(first) = records.first_mut() {
            first.cleaned.diagnostics.extend(told);
        }
        keeper = keeper.take().and_then(|mut keeper| keeper.add(&records).is_ok().then_some(keeper));
        hand_on(records);
    };
    let (mut held, mut bytes) = (Vec::new(), 0);
    let options = flow.overrides.reading(&input.source, flow.options);
    read::read(&input.path, &input.source, &options, &mut |record| {
        if bytes > flow.batch_bytes {
            bytes = 0;
            work(std::mem::take(&mut held), None);
        }
        bytes += record.text.len();
        held.push(record);
    });
    // The last batch is never empty where there is a record at all, so it can tell what befell the file.
    let has_changed = has_changed(input);
    work(held, has_changed.then(changed));
    if let Some(keeper) = keeper.filter(|_| !has_changed) {
        // A full or read-only disk keeps nothing.
        let _ = keeper.finish();
    }
    result
}

/// Whether the file is no longer the one that was hashed: what it gave must not be taken for that.
fn has_changed(input: &Input) -> bool {
    let now = || lock::hash_file(&input.path).map(|file| file.sha256).unwrap_or_default();
    !input.sha256.is_empty() && now() != input.sha256
}

fn changed() -> Diagnostic {
    Diagnostic {
        source_start: 0,
        severity: Severity::Warning,
        code: "changed-while-read",
        message: "the file changed during the run; a run when it is at rest gives all of it".to_owned(),
        excerpt: String::new(),
    }
}

/// The per-document half: everything that one record says, found by rules alone.
pub fn document(decoded: Decoded, rules: &Rules, overrides: &Overrides) -> Extracted {
    let mut cleaned = clean::clean(decoded, &rules.clean);
    overrides.document(&mut cleaned);
    let dated = dates::resolve(&cleaned, &rules.dates);
    let named = names::recognise(&cleaned, &dated, &rules.names);
    let mentions = events::extract(&cleaned, &dated, &named, &rules.events);
    Extracted { cleaned, dated, named, mentions }
}

/// The per-document half over one file in memory, from `(source, bytes)` to what each of its records
/// says. It keeps no state between calls and needs no file, so this is the unit to call from the map
/// step of a cluster engine: compile the rules once a worker, call it once a page, and ship the results
/// (they are `serde` values) to where documents are joined.
///
/// ```
/// use annalist::{overrides::Overrides, pipeline, read::Options, rules::Rules};
///
/// let rules = Rules::builtin();
/// let page = "On 3 June 2021 the delegations of Austria and Chile met in Vienna.";
/// let found = pipeline::records("a.txt", page.as_bytes(), &Options::default(), &rules, &Overrides::default());
/// assert_eq!(found[0].cleaned.sentences[0].text, page);
/// assert_eq!(found[0].mentions[0].edtf, "2021-06-03");
/// let names: Vec<&str> = found[0].named.entities.iter().map(|e| e.forms[0].name.as_str()).collect();
/// assert!(names.contains(&"Vienna"));
/// ```
pub fn records(
    source: &str,
    bytes: &[u8],
    options: &read::Options,
    rules: &Rules,
    overrides: &Overrides,
) -> Vec<Extracted> {
    let mut found = Vec::new();
    let options = overrides.reading(source, options);
    read::read_bytes(bytes, source, &options, &mut |record| {
        found.push(document_or_reject(record, rules, overrides));
    });
    found
}

/// A record that breaks a stage is rejected with the cause; the others are unharmed.
fn document_or_reject(mut record: Decoded, rules: &Rules, overrides: &Overrides) -> Extracted {
    let text = std::mem::take(&mut record.text);
    let mut stub = Decoded { status: Status::Rejected, ..record.clone() };
    record.text = text;
    catch_unwind(AssertUnwindSafe(|| document(record, rules, overrides))).unwrap_or_else(|cause| {
        stub.diagnostics.push(fault::diagnostic("working on the page", &*cause));
        document(stub, rules, overrides)
    })
}

/// Fills in the hashes of the files.
pub fn hash(inputs: &mut [Input]) {
    inputs.par_iter_mut().for_each(|input| {
        // A pipe would wait for ever, and a device never end.
        if input.path.metadata().is_ok_and(|metadata| metadata.is_file()) {
            input.sha256 = lock::hash_file(&input.path).map(|file| file.sha256).unwrap_or_default();
        }
    });
}

/// Runs `work` on as many threads as `jobs` says; all cores where it says 0.
pub fn with_jobs<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Works on items side by side; results come in the order of the items.
pub fn side_by_side<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    items.into_par_iter().map(work).collect()
}
