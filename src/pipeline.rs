//! The whole flow. A document depends on nothing but its bytes and the rules, so documents run in
//! parallel; what joins them works on the results in the order of their sources.
//!
//! Files are taken in batches of bounded size: reading never runs far ahead of the work, and one
//! archive with a million records costs no more memory at a time than many small files.

use crate::cache::Cache;
use crate::dataset::{Dataset, ids, lock, near_duplicates};
use crate::model::{Decoded, Diagnostic, Extracted, Severity, Status};
use crate::overrides::Overrides;
use crate::rules::Rules;
use crate::{clean, dates, events, fault, names, read};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Text that is decoded but not yet worked on stays below this many bytes for each batch of records.
const BATCH_BYTES: usize = 32 << 20;

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
pub struct Flow<'a> {
    pub rules: &'a Rules,
    pub options: &'a read::Options,
    pub overrides: &'a Overrides,
    pub cache: &'a Cache,
    /// Told of each finished file. Called from many threads.
    pub progress: &'a (dyn Fn(&Input) + Sync),
}

/// From files to the dataset.
pub fn run(inputs: &[Input], flow: &Flow) -> Dataset {
    let mut documents = extract(inputs, flow);
    flow.overrides.sources(&mut documents);
    sort(&mut documents);
    let near_duplicates = near_duplicates::mark(&documents);
    let mut ids: Vec<ids::DocumentIds> = documents.par_iter().map(ids::of_document).collect();
    let mut entities = names::reconcile(&documents, &flow.rules.names);
    flow.overrides.names(&mut documents, &mut entities);
    flow.overrides.mentions(&mut documents, &mut ids);
    let events = events::merge(&documents, &entities, &near_duplicates, &flow.rules.events);
    let event_ids = ids::events(&documents, &ids, &events);
    Dataset { documents, ids, near_duplicates, entities, events, event_ids, tombstones: Vec::new() }
}

/// Orders documents by source; where records of one file have one name, the later ones are numbered.
fn sort(documents: &mut [Extracted]) {
    documents.sort_by(|a, b| a.cleaned.document.source.cmp(&b.cleaned.document.source));
    let mut first = 0;
    for at in 1..documents.len() {
        if documents[at].cleaned.document.source == documents[first].cleaned.document.source {
            let number = at - first + 1;
            documents[at].cleaned.document.source += &format!("~{number}");
        } else {
            first = at;
        }
    }
    documents.sort_by(|a, b| a.cleaned.document.source.cmp(&b.cleaned.document.source));
}

/// The per-document half over all files: small files side by side, large ones record by record.
fn extract(inputs: &[Input], flow: &Flow) -> Vec<Extracted> {
    let mut out = Vec::new();
    let mut rest = inputs;
    while let Some((first, after)) = rest.split_first() {
        if first.bytes as usize > BATCH_BYTES {
            out.append(&mut cached(first, flow, streamed));
            rest = after;
            continue;
        }
        let mut bytes = 0;
        let fits = |input: &&Input| {
            bytes += input.bytes as usize;
            bytes <= BATCH_BYTES
        };
        let (batch, after) = rest.split_at(rest.iter().take_while(fits).count());
        let found: Vec<Vec<Extracted>> = batch.par_iter().map(|input| cached(input, flow, whole)).collect();
        out.extend(found.into_iter().flatten());
        rest = after;
    }
    out
}

/// The records of a file, from the cache where they are kept.
fn cached(input: &Input, flow: &Flow, extract: fn(&Input, &Flow) -> Vec<Extracted>) -> Vec<Extracted> {
    let records = flow.cache.documents(input).unwrap_or_else(|| {
        let mut records = extract(input, flow);
        if has_changed(input) {
            let first = records.first_mut().map(|first| &mut first.cleaned.diagnostics);
            first.into_iter().for_each(|told| told.push(changed()));
        } else {
            flow.cache.keep_documents(input, &records);
        }
        records
    });
    (flow.progress)(input);
    records
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

/// Reads a file and works on each record at once.
fn whole(input: &Input, flow: &Flow) -> Vec<Extracted> {
    let mut found = Vec::new();
    let options = flow.overrides.reading(&input.source, flow.options);
    read::read(&input.path, &input.source, &options, &mut |record| {
        found.push(document_or_reject(record, flow))
    });
    found
}

/// Reads a large file and works on many records side by side.
fn streamed(input: &Input, flow: &Flow) -> Vec<Extracted> {
    let (mut found, mut held, mut bytes) = (Vec::new(), Vec::new(), 0);
    let options = flow.overrides.reading(&input.source, flow.options);
    read::read(&input.path, &input.source, &options, &mut |record| {
        bytes += record.text.len();
        held.push(record);
        if bytes > BATCH_BYTES {
            bytes = 0;
            found.par_extend(std::mem::take(&mut held).into_par_iter().map(|r| document_or_reject(r, flow)));
        }
    });
    found.par_extend(held.into_par_iter().map(|record| document_or_reject(record, flow)));
    found
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

/// A record that breaks a stage is rejected with the cause; the others are unharmed.
fn document_or_reject(mut record: Decoded, flow: &Flow) -> Extracted {
    let text = std::mem::take(&mut record.text);
    let mut stub = Decoded { status: Status::Rejected, ..record.clone() };
    record.text = text;
    catch_unwind(AssertUnwindSafe(|| document(record, flow.rules, flow.overrides))).unwrap_or_else(|cause| {
        stub.diagnostics.push(fault::diagnostic("working on the page", &*cause));
        document(stub, flow.rules, flow.overrides)
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
