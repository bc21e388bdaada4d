//! The tables of `rules/wikitext.toml`, by name.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
pub struct Rules {
    pub(super) namespaces: Namespaces,
    media_options: BTreeSet<String>,
    back_matter: BTreeSet<String>,
    show: Vec<Show>,
    prefixes: BTreeMap<String, String>,
    join: BTreeMap<String, String>,
    fixed: BTreeMap<String, String>,
    pub(super) dates: Dates,
    pub(super) citations: Citations,
    removed: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Deserialize)]
pub(super) struct Namespaces {
    pub file: Vec<String>,
    pub category: Vec<String>,
    pub template: Vec<String>,
}

#[derive(Deserialize)]
struct Show {
    parameters: Vec<String>,
    names: BTreeSet<String>,
    #[serde(default)]
    quote: bool,
}

#[derive(Deserialize)]
pub(super) struct Dates {
    pub names: BTreeSet<String>,
    pub before: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub(super) struct Citations {
    prefixes: Vec<String>,
    names: BTreeSet<String>,
    not: BTreeSet<String>,
    short: BTreeSet<String>,
    notes: BTreeSet<String>,
    pub fields: BTreeMap<String, Vec<String>>,
}

/// What a template stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action<'r> {
    /// The first of these parameters that says something.
    Show(&'r [String]),
    /// The same, as a block of quoted text.
    Quote(&'r [String]),
    ShowOne(&'r str),
    Join(&'r str),
    Fixed(&'r str),
    /// A date, after this text.
    Date(&'r str),
    Citation,
    ShortCitation,
    Note,
    Remove(&'static str),
}

impl Rules {
    pub fn builtin() -> Self {
        crate::rules::parse("wikitext.toml")
    }

    pub(super) fn is_media_option(&self, option: &str) -> bool {
        let option = option.trim().to_lowercase();
        option.is_empty()
            || self.media_options.contains(&option)
            || option.contains('=')
            || (option.ends_with("px") && option.len() < 12)
    }

    pub(super) fn is_back_matter(&self, heading: &str) -> bool {
        self.back_matter.contains(&heading.trim().to_lowercase())
    }

    /// A template's name as the tables have it.
    pub(super) fn template_name(&self, written: &str) -> String {
        let name = written.trim().replace('_', " ").to_lowercase();
        let bare = self.namespaces.template.iter().find_map(|prefix| name.strip_prefix(prefix.as_str()));
        bare.unwrap_or(&name).trim().to_owned()
    }

    pub(super) fn action(&self, name: &str) -> Action<'_> {
        let citations = &self.citations;
        let cites = citations.prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()));
        if (cites || citations.names.contains(name)) && !citations.not.contains(name) {
            return Action::Citation;
        }
        if citations.short.contains(name) {
            return Action::ShortCitation;
        }
        if citations.notes.contains(name) {
            return Action::Note;
        }
        if let Some(show) = self.show.iter().find(|show| show.names.contains(name)) {
            return if show.quote { Action::Quote(&show.parameters) } else { Action::Show(&show.parameters) };
        }
        if let Some(text) = self.fixed.get(name) {
            return Action::Fixed(text);
        }
        if let Some(separator) = self.join.get(name) {
            return Action::Join(separator);
        }
        if let Some(before) = self.dates.before.get(name) {
            return Action::Date(before);
        }
        if self.dates.names.contains(name) {
            return Action::Date("");
        }
        if let Some((_, parameter)) =
            self.prefixes.iter().find(|(prefix, _)| name.starts_with(prefix.as_str()))
        {
            return Action::ShowOne(parameter);
        }
        Action::Remove(self.removed_as(name))
    }

    fn removed_as(&self, name: &str) -> &'static str {
        let kind = self.removed.iter().find(|(_, names)| names.contains(name)).map(|(kind, _)| kind.as_str());
        match kind {
            Some("hatnote") => "hatnote",
            Some("editor_note") => "editor_note",
            Some("navigation") => "navigation",
            _ => "template",
        }
    }
}
