//! Names: found in a document, linked inside it, and reconciled across documents and scripts.

pub mod sound;

use crate::model::{Cleaned, Dated, Entities, Extracted, Named};

/// Compiled rules of this stage.
pub struct Rules {
    /// How names of the scripts sound.
    pub sounds: sound::Sounds,
}

impl Rules {
    pub fn builtin() -> Self {
        Rules { sounds: sound::Sounds::builtin() }
    }
}

/// Finds the names of one document and links the spellings that it shows to be one.
pub fn recognise(_cleaned: &Cleaned, _dated: &Dated, _rules: &Rules) -> Named {
    Named::default()
}

/// Joins the entities of all documents that are one, with the evidence for each decision.
pub fn reconcile(documents: &[Extracted], _rules: &Rules) -> Entities {
    Entities {
        of_document: documents.iter().map(|d| vec![0; d.named.entities.len()]).collect(),
        ..Entities::default()
    }
}
