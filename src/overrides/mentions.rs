//! Overrides of event mentions: not an event, or one of another type.

use super::{OfMention, Overrides};
use crate::dataset::ids::DocumentIds;
use crate::model::Extracted;

impl Overrides {
    /// Drops and retypes mentions of a document; its `ids` stay parallel to it.
    pub fn mentions(&self, extracted: &mut Extracted, ids: &mut DocumentIds) {
        for entry in &self.file.mentions {
            let wanted = entry.get_ref();
            let hit = |at: &usize| matches(wanted, extracted, &ids.mentions[*at], *at);
            let hits: Vec<usize> = (0..extracted.mentions.len()).filter(hit).collect();
            for &at in hits.iter().rev() {
                self.mark(entry);
                if wanted.drop {
                    extracted.mentions.remove(at);
                    ids.mentions.remove(at);
                } else if let Some(event_type) = wanted.event_type {
                    extracted.mentions[at].event_type = event_type;
                    extracted.mentions[at].mode = "";
                    extracted.mentions[at].rule = "override";
                }
            }
        }
    }
}

fn matches(wanted: &OfMention, extracted: &Extracted, id: &str, at: usize) -> bool {
    let sentence = &extracted.cleaned.sentences[extracted.mentions[at].sentence].text;
    let source = wanted.source.as_ref().is_none_or(|source| *source == extracted.cleaned.document.source);
    let words = wanted.quote.as_ref().is_none_or(|quote| sentence.contains(quote));
    let named = wanted.id.as_deref().is_none_or(|wanted| wanted == id);
    source && words && named && (wanted.id.is_some() || wanted.quote.is_some())
}
