//! The whole flow. A document depends on nothing but its bytes and the rules, so documents run in
//! parallel; what joins them works on the results in the order of their sources.
//!
//! Files are taken in batches of bounded size: reading never runs far ahead of the work, and one
//! archive with a million records costs no more memory at a time than many small files.

use crate::dataset::{Dataset, ids};
use crate::model::{Decoded, Diagnostic, Extracted, Severity, Status};
use crate::rules::Rules;
use crate::{clean, dates, events, names, read};
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
}

/// Told of each finished document: records so far and their bytes. Called from many threads.
pub type Progress<'a> = &'a (dyn Fn(&Extracted) + Sync);

/// From files to the dataset.
pub fn run(inputs: &[Input], rules: &Rules, options: &read::Options, progress: Progress) -> Dataset {
    let mut documents = extract(inputs, rules, options, progress);
    documents.sort_by(|a, b| a.cleaned.document.source.cmp(&b.cleaned.document.source));
    let near_duplicates = vec![None; documents.len()];
    let entities = names::reconcile(&documents, &rules.names);
    let events = events::merge(&documents, &entities, &near_duplicates, &rules.events);
    let ids: Vec<ids::DocumentIds> = documents.par_iter().map(ids::of_document).collect();
    let event_ids = ids::events(&documents, &ids, &events);
    Dataset { documents, ids, near_duplicates, entities, events, event_ids, tombstones: Vec::new() }
}

/// The per-document half over all files: small files side by side, large ones record by record.
fn extract(inputs: &[Input], rules: &Rules, options: &read::Options, progress: Progress) -> Vec<Extracted> {
    let one = |record: Decoded| {
        let extracted = document_or_reject(record, rules);
        progress(&extracted);
        extracted
    };
    let mut out = Vec::new();
    let mut rest = inputs;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = |input: &&Input| {
            bytes += input.bytes as usize;
            bytes <= BATCH_BYTES
        };
        let (batch, after) = rest.split_at(rest.iter().take_while(fits).count());
        let read: Vec<Vec<Extracted>> = batch
            .par_iter()
            .map(|input| {
                let mut found = Vec::new();
                read::read(&input.path, &input.source, options, &mut |record| found.push(one(record)));
                found
            })
            .collect();
        out.extend(read.into_iter().flatten());
        rest = after;
        if let (true, Some((large, after))) = (batch.is_empty(), rest.split_first()) {
            let (mut held, mut bytes) = (Vec::new(), 0);
            read::read(&large.path, &large.source, options, &mut |record| {
                bytes += record.text.len();
                held.push(record);
                if bytes > BATCH_BYTES {
                    bytes = 0;
                    out.par_extend(std::mem::take(&mut held).into_par_iter().map(one));
                }
            });
            out.par_extend(held.into_par_iter().map(one));
            rest = after;
        }
    }
    out
}

/// The per-document half: everything that one record says, found by rules alone.
pub fn document(decoded: Decoded, rules: &Rules) -> Extracted {
    let cleaned = clean::clean(decoded, &rules.clean);
    let dated = dates::resolve(&cleaned, &rules.dates);
    let named = names::recognise(&cleaned, &dated, &rules.names);
    let mentions = events::extract(&cleaned, &dated, &named, &rules.events);
    Extracted { cleaned, dated, named, mentions }
}

/// A record that breaks a stage is rejected with the cause; the others are unharmed.
fn document_or_reject(record: Decoded, rules: &Rules) -> Extracted {
    let mut stub = Decoded { text: String::new(), status: Status::Rejected, ..record.clone() };
    catch_unwind(AssertUnwindSafe(|| document(record, rules))).unwrap_or_else(|cause| {
        let said = cause.downcast_ref::<String>().cloned();
        let said = said.or_else(|| cause.downcast_ref::<&str>().map(|&said| said.to_owned()));
        stub.diagnostics.push(Diagnostic {
            source_start: 0,
            severity: Severity::Error,
            code: "stage-failed",
            message: said.unwrap_or_default(),
            excerpt: String::new(),
        });
        document(stub, rules)
    })
}

/// Runs `work` on as many threads as `jobs` says; all cores where it says 0.
pub fn with_jobs<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
