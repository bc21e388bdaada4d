//! Finding: where a text names a person, a state, a place, a body, an agreement or an event.
//!
//! Each finder proposes findings on its own; overlaps are settled once, here, by how much each covers and
//! how sure it is. What a document teaches (a surname seen in a full name) is applied in a second pass.

pub mod alphabetic;
pub mod brackets;
pub mod chains;
pub mod cover;
pub mod han;
pub mod han_bodies;
pub mod han_learned;
pub mod han_persons;
pub mod han_repeated;
pub mod han_words;
pub mod learned;
pub mod learned_full;
pub mod learned_places;
pub mod openings;
pub mod person_parts;
pub mod person_roles;
pub mod persons;
pub mod resolutions;
pub mod tokens;

use crate::model::{EntityKind, Language, NameEvidence, Span};
use crate::names::Rules;

/// Where in a document a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Sentence(usize),
    Gloss(usize),
    Citation(usize),
}

/// The parts of a person's name, in base form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PersonName {
    /// Given names, initials and patronymics, as far as they are told.
    pub given: Vec<String>,
    pub family: String,
}

/// One occurrence of a name.
#[derive(Debug, Clone)]
pub struct Finding {
    pub place: Place,
    pub span: Span,
    pub kind: EntityKind,
    /// As it stands in the text.
    pub surface: String,
    /// In its base form.
    pub name: String,
    pub language: Language,
    pub evidence: NameEvidence,
    pub method: &'static str,
    pub confidence: f64,
    /// Key of the gazetteer, or the slug of a composed name.
    pub key: Option<String>,
    pub person: Option<PersonName>,
    pub roles: Vec<String>,
    /// With the honorific before a surname alone: Mr. Kiir; empty where there is none.
    pub styled: String,
}

impl Finding {
    pub fn is_person(&self) -> bool {
        self.kind == EntityKind::Person
    }
}

/// A text to be searched, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'t> {
    pub text: &'t str,
    pub place: Place,
    pub language: Language,
    pub evidence: NameEvidence,
    /// Spans of time expressions, which name nobody.
    pub times: &'t [Span],
}

/// A text cut into words, and its Chinese parts with what is known of them: made once, read by all finders.
pub struct Text<'t> {
    pub source: Source<'t>,
    pub tokens: Vec<tokens::Token<'t>>,
    /// None where the text has no Han character.
    pub han: Option<han::HanText<'t>>,
}

impl<'t> Text<'t> {
    /// `folded`: the text in Simplified characters, where it has any Han.
    pub fn new(source: Source<'t>, folded: Option<&'t str>, rules: &Rules) -> Self {
        let han = folded.map(|folded| han::HanText::new(source, folded, rules));
        Text { source, tokens: tokens::tokens(source.text), han }
    }
}

/// Keeps, of findings that cross or double each other, the longer and surer ones; nesting is kept where
/// the inner one is a state or place inside a longer name of another kind.
pub fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() < 2 {
        return findings;
    }
    let weight = |f: &Finding| (f.span.end - f.span.start, (f.confidence * 1000.0) as u64);
    findings.sort_by(|a, b| weight(b).cmp(&weight(a)).then(a.span.cmp(&b.span)).then(a.name.cmp(&b.name)));
    let mut kept: Vec<Finding> = Vec::new();
    // Outer spans are disjoint, and so are those nested in them: starts lead to indices into `kept`.
    let mut outer = Starts::default();
    let mut inner = Starts::default();
    for finding in findings {
        let over = outer.overlapping(&kept, finding.span);
        let nests =
            over.is_some_and(|at| kept[at].span.contains(finding.span) && may_nest(&kept[at], &finding));
        let at = kept.len();
        if over.is_none() {
            outer.insert(finding.span.start, at);
            kept.push(finding);
        } else if nests && inner.overlapping(&kept, finding.span).is_none() {
            inner.insert(finding.span.start, at);
            kept.push(finding);
        }
    }
    kept.sort_by(|a, b| a.span.start.cmp(&b.span.start).then(b.span.end.cmp(&a.span.end)));
    kept
}

/// Starts of disjoint spans in order, with the places of their findings.
#[derive(Default)]
struct Starts(Vec<(usize, usize)>);

impl Starts {
    fn insert(&mut self, start: usize, place: usize) {
        let at = self.0.partition_point(|&(known, _)| known < start);
        self.0.insert(at, (start, place));
    }

    /// The finding whose span overlaps this one.
    fn overlapping(&self, kept: &[Finding], span: Span) -> Option<usize> {
        let after = self.0.partition_point(|&(start, _)| start < span.end);
        let &(_, place) = self.0[..after].last()?;
        kept[place].span.overlaps(span).then_some(place)
    }
}

/// The state in "Russian Foreign Ministry" is named too; the Paris in "Paris Agreement" is not.
fn may_nest(outer: &Finding, inner: &Finding) -> bool {
    outer.span != inner.span
        && inner.kind == EntityKind::State
        && outer.kind == EntityKind::Organisation
        && outer.method == "composed"
}
