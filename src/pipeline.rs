//! The whole flow. A document depends on nothing but its bytes and the rules, so documents run in
//! parallel; what joins them works on the results in the order of their sources.

use crate::model::{Decoded, Extracted};
use crate::rules::Rules;
use crate::{clean, dates, events, names};
use rayon::prelude::*;

/// The per-document half: everything that one record says, found by rules alone.
pub fn document(decoded: Decoded, rules: &Rules) -> Extracted {
    let cleaned = clean::clean(decoded, &rules.clean);
    let dated = dates::resolve(&cleaned, &rules.dates);
    let named = names::recognise(&cleaned, &dated, &rules.names);
    let mentions = events::extract(&cleaned, &dated, &named, &rules.events);
    Extracted { cleaned, dated, named, mentions }
}

/// Runs every record through the per-document half; the order of the result is that of the input.
pub fn documents(records: Vec<Decoded>, rules: &Rules) -> Vec<Extracted> {
    records.into_par_iter().map(|record| document(record, rules)).collect()
}
