//! Evidence: how much speaks for two reports being one.
//!
//! The sum of plain weights, each with its reason beside it. Same date and same type alone are
//! enough only for documents that tell the same story; words are one event only with their speaker.

use super::set::Set;
use crate::model::{EventType, MentionRef, Modality, Precision, Word};
use jiff::civil::Date;

/// The same sentence in another document, telling the same kind of thing at the same time.
const COPY: f64 = 9.0;

/// Reports join at this sum.
pub const ENOUGH: f64 = 2.0;

/// What merging knows of a mention, or of a group of them.
#[derive(Debug, Clone)]
pub struct Report {
    pub at: MentionRef,
    pub edtf: Word,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
    pub event_type: EventType,
    pub mode: &'static str,
    pub modality: Modality,
    /// Announced for some time after its date.
    pub ahead: bool,
    /// Told as done at some time before its date.
    pub back: bool,
    /// Its date is only reckoned, about so long before or after another.
    pub estimate: bool,
    /// It has its date from the sentence before.
    pub carried: bool,
    pub ordinal: u32,
    /// Global entities.
    pub persons: Set<usize>,
    pub bodies: Set<usize>,
    pub place: Option<usize>,
    /// The place is a town or region, not a state.
    pub town: bool,
    /// Every name of the sentence.
    pub names: Set<usize>,
    /// Those of them that are seldom named at all.
    pub rare: Set<usize>,
    /// What the document is about.
    pub topic: Set<usize>,
    /// Document and sentence of each mention.
    pub sentences: Set<(usize, usize)>,
    /// Hashes of the sentences it was told in, so that copies know each other.
    pub texts: Set<u64>,
}

impl Report {
    /// What the report says by itself, without the sets that groups are compared by: most of the memory
    /// that merging takes.
    pub fn alone(self) -> Self {
        let none = Set::default;
        let (persons, bodies, names, rare, topic) = (none(), none(), none(), none(), none());
        let (sentences, texts) = (Set::default(), Set::default());
        Report { persons, bodies, names, rare, topic, sentences, texts, ..self }
    }
}

/// Groups of types within which reports may be one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    Talks,
    Pledge,
    /// How talks ended, with an agreement denied or without result.
    Outcome,
    Words,
    Deed,
}

pub fn family(name: &str, event_type: EventType, modality: Modality, ends: bool) -> Family {
    let denied = event_type == EventType::Agree && modality == Modality::Negated;
    match name {
        _ if denied || (event_type == EventType::Consult && ends) => Family::Outcome,
        "talks" => Family::Talks,
        "pledge" => Family::Pledge,
        "words" => Family::Words,
        _ => Family::Deed,
    }
}

pub fn shared(a: &Set<usize>, b: &Set<usize>) -> usize {
    a.intersection(b).count()
}

/// The sum for two reports of one family. `exact` says that their dates are the same.
pub fn sum(a: &Report, b: &Report, family: Family, exact: bool) -> f64 {
    let rounds = a.ahead && a.ordinal != b.ordinal;
    if a.ahead != b.ahead || a.back != b.back || rounds || one_sentence(a, b) {
        return f64::NEG_INFINITY;
    }
    let copy = a.event_type == b.event_type && a.mode == b.mode && shared_texts(a, b);
    if copy && exact {
        return COPY;
    }
    let mut sum = kinds(a, b, family);
    if family == Family::Words && one_document(a, b) {
        // A page tells each saying once; the next one is another, unless it only goes on.
        sum += if goes_on(a, b) || goes_on(b, a) { 2.0 } else { -0.2 };
    }
    if a.mode == b.mode && !a.mode.is_empty() && family == Family::Deed {
        sum += 0.8;
    }
    let persons = shared(&a.persons, &b.persons);
    let bodies = shared(&a.bodies, &b.bodies);
    sum += (2.0 * persons as f64).min(5.0) + (0.7 * bodies as f64).min(1.4);
    // Other people did another thing.
    if persons == 0 && !a.persons.is_empty() && !b.persons.is_empty() {
        sum -= 4.0;
    } else if a.persons.len() > persons && b.persons.len() > persons {
        sum -= 3.5;
    }
    if bodies == 0 && !a.bodies.is_empty() && !b.bodies.is_empty() && persons == 0 {
        sum -= 1.0;
    }
    let place = matches!((a.place, b.place), (Some(x), Some(y)) if x == y);
    if place {
        sum += 1.5;
    } else if a.place.is_some() && b.place.is_some() {
        sum -= 0.7;
    }
    let ordinal = a.ordinal != 0 && a.ordinal == b.ordinal;
    if ordinal {
        sum += 3.0;
    }
    // Others named in both sentences, as the people an accusation is about.
    sum += (0.4 * around(a, b) as f64).min(1.6);
    // A visit by somebody is not the talks of nobody.
    if (a.mode == "visit") != (b.mode == "visit") && (a.persons.is_empty() || b.persons.is_empty()) {
        sum -= 1.2;
    }
    if family != Family::Outcome && (a.modality == Modality::Negated) != (b.modality == Modality::Negated) {
        sum -= 2.5;
    }
    if (a.mode == "phone") != (b.mode == "phone") && !a.mode.is_empty() && !b.mode.is_empty() {
        sum -= 2.0;
    }
    // A month or a year holds many things of one kind.
    let coarse = |r: &Report| !matches!(r.precision, Precision::Day | Precision::Range | Precision::Week);
    if coarse(a) || coarse(b) {
        sum -= 1.5;
    }
    if !exact {
        sum -= 1.0;
    }
    let named = persons + bodies > 0;
    match family {
        Family::Words if persons == 0 && bodies == 0 => sum -= 4.0,
        Family::Deed if !named && !place => sum -= 2.0,
        _ if !named && !place && !ordinal && !same_story(a, b) => sum -= 2.0,
        _ => {}
    }
    sum
}

/// What the two types say for or against. A demand and an accusation of one day are two sayings, a
/// statement may be either.
fn kinds(a: &Report, b: &Report, family: Family) -> f64 {
    let plain = |r: &Report| r.event_type == EventType::Statement;
    match family {
        _ if a.event_type == b.event_type => 2.0,
        Family::Outcome => 2.0,
        Family::Words if !plain(a) && !plain(b) => -0.7,
        _ => 0.3,
    }
}

/// Names of both sentences that take no part in the event.
pub fn around(a: &Report, b: &Report) -> usize {
    shared(&a.names, &b.names).saturating_sub(shared(&a.persons, &b.persons) + shared(&a.bodies, &b.bodies))
}

/// Two deeds that one sentence tells apart, by their kind or their days, stay apart.
fn one_sentence(a: &Report, b: &Report) -> bool {
    let both = a.start.zip(a.end).zip(b.start.zip(b.end));
    let days = both.is_some_and(|((a1, a2), (b1, b2))| a2 < b1 || b2 < a1);
    (a.event_type != b.event_type || days) && a.sentences.meets(&b.sentences)
}

/// The next sentence tells more of what the same people said: `The minister added that …`.
fn goes_on(said: &Report, more: &Report) -> bool {
    let next = |&(document, sentence): &(usize, usize)| {
        sentence > 0 && said.sentences.contains(&(document, sentence - 1))
    };
    more.carried
        && !more.persons.is_empty()
        && more.persons == said.persons
        && more.sentences.iter().any(next)
}

fn shared_texts(a: &Report, b: &Report) -> bool {
    a.texts.meets(&b.texts)
}

/// Whether a document tells both.
pub fn one_document(a: &Report, b: &Report) -> bool {
    let (few, many) = if a.sentences.len() <= b.sentences.len() { (a, b) } else { (b, a) };
    let mut documents = few.sentences.iter().map(|(document, _)| *document);
    documents.any(|at| !many.sentences.range((at, 0)..=(at, usize::MAX)).is_empty())
}

/// The documents are about the same people and states.
pub fn same_story(a: &Report, b: &Report) -> bool {
    a.at.document == b.at.document || shared(&a.topic, &b.topic) >= 2
}
