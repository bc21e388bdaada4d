//! Overrides of documents: date, language, encoding, or out with it.

use super::{OfDocument, Overrides};
use crate::model::{Cleaned, Language};
use crate::read;
use std::borrow::Cow;
use toml::Spanned;

impl Overrides {
    /// Entries for a source, or for the file that it is a record of.
    fn of<'a>(&'a self, source: &'a str) -> impl Iterator<Item = &'a Spanned<OfDocument>> {
        let file = source.split('#').next().unwrap_or(source);
        self.file.documents.iter().filter(move |entry| {
            let wanted = &entry.get_ref().source;
            wanted == source || wanted == file
        })
    }

    /// Whether a source is to be left out.
    pub fn skips(&self, source: &str) -> bool {
        let mut found = self.of(source).filter(|entry| entry.get_ref().skip);
        let entry = found.next();
        entry.inspect(|entry| self.mark(entry)).is_some()
    }

    /// How to read a file.
    pub fn reading<'a>(&self, source: &str, options: &'a read::Options) -> Cow<'a, read::Options> {
        match self.of(source).find_map(|entry| entry.get_ref().encoding.clone()) {
            None => Cow::Borrowed(options),
            encoding => Cow::Owned(read::Options { encoding, ..options.clone() }),
        }
    }

    /// Sets the date and language of a document.
    pub fn document(&self, cleaned: &mut Cleaned) {
        let source = cleaned.document.source.clone();
        for entry in self.of(&source) {
            if let Some(published) = entry.get_ref().published {
                cleaned.document.published = Some(published);
            }
            if let Some(language) = entry.get_ref().language.as_deref().and_then(language) {
                let before = std::mem::replace(&mut cleaned.document.language, language);
                let own = cleaned
                    .sentences
                    .iter_mut()
                    .filter(|s| s.language == before || s.language == Language::Und);
                own.for_each(|sentence| sentence.language = language);
            }
        }
    }

    /// Whether a record is not to be left out. Notes which entries matched; those of whole files
    /// matched before.
    pub fn keeps(&self, source: &str) -> bool {
        let keeps = !self.skips(source);
        if keeps {
            self.of(source).for_each(|entry| self.mark(entry));
        }
        keeps
    }
}

fn language(code: &str) -> Option<Language> {
    let known = [Language::En, Language::ZhHans, Language::ZhHant, Language::Ru, Language::Uk, Language::Und];
    known.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
}
