//! Merging: reports of one event joined across sentences, documents and languages.
//!
//! Reports are put in blocks by date and family of types; inside a block a report is compared only
//! with groups that share a name, a place, an ordinal or its bare type with it, so the work grows
//! with the reports and not with their square. Groups whose dates differ join afterwards, where one
//! date holds the other or they lie a day apart, and only with further evidence. At last, groups of
//! different documents join that name the same and have no better match.

mod build;
mod evidence;
mod label;
mod near;
mod parallel;
mod set;
#[cfg(test)]
mod tests;

use super::Rules;
use crate::model::{
    Basis, Brief, Entities, EntityKind, Event, EventMention, EventType, Extracted, MentionRef, Modality,
    Modifier, NameMention, ToldEvent, Word,
};
use crate::text::letters::is_alphanumeric;
use build::Context;
use evidence::{ENOUGH, Family, Report};
use set::Set;
use std::collections::{BTreeMap, BTreeSet};

/// Groups compared with a report before it founds its own.
const CANDIDATES: usize = 24;

/// One in so many of all namings, within the bounds: what is named no more is rare, and tells more
/// where two sentences share it. However much is read, one deed is told in few sentences.
const RARE: usize = 60;
const RARE_BOUNDS: (usize, usize) = (3, 40);

/// What groups are found by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Entity(usize),
    Ordinal(u32),
    Type(EventType),
}

/// The mentions of a document with all that merging will ask of it.
pub fn told(extracted: &Extracted) -> Vec<ToldEvent> {
    // A sentence tells of several events, one after the other.
    let mut last = (usize::MAX, None);
    let told = |mention: &EventMention| {
        let sentence = &extracted.cleaned.sentences[mention.sentence];
        if last.0 != mention.sentence {
            last = (mention.sentence, hash(&sentence.text));
        }
        ToldEvent {
            names: names(mention.sentence, &extracted.named.mentions),
            texts: [last.1, clause_hash(mention, &sentence.text)],
            language: sentence.language,
            ..ToldEvent::new(mention)
        }
    };
    extracted.mentions.iter().map(told).collect()
}

pub fn merge(
    documents: &[Brief],
    entities: &Entities,
    near_duplicates: &[Option<usize>],
    rules: &Rules,
) -> Vec<Event> {
    let roots: Vec<usize> =
        (0..documents.len()).map(|d| near_duplicates.get(d).copied().flatten().unwrap_or(d)).collect();
    let words = label::Words::builtin();
    let context = Context { documents, entities, roots: &roots, rules, words: &words };
    let mut groups = Groups::default();
    let reports = reports(&context);
    let weights = parallel::weights(reports.iter().map(|(_, report)| report));
    for (family, report) in reports {
        groups.add(family, report);
    }
    groups.index.clear();
    groups.join_dates();
    groups.join_parallel(&weights);
    let mut events: Vec<Event> = groups
        .groups
        .iter()
        .filter(|g| !g.reports.is_empty())
        .map(|g| build::event(&g.reports, &context))
        .collect();
    events.sort_by(|a, b| (a.start, &a.edtf, a.mentions[0]).cmp(&(b.start, &b.edtf, b.mentions[0])));
    events
}

/// All mentions as reports, those that say most first within a date.
fn reports(context: &Context) -> Vec<(Family, Report)> {
    let mut out = Vec::new();
    let rare = rare(context);
    for (document, brief) in context.documents.iter().enumerate() {
        let topic = topic(brief, context);
        for mention in 0..brief.mentions.len() {
            let (family, mut report) = report(MentionRef { document, mention }, &topic, context);
            report.rare = report.names.iter().filter(|name| rare.contains(name)).copied().collect();
            out.push((family, report));
        }
    }
    let richness =
        |r: &Report| std::cmp::Reverse(r.persons.len() * 2 + r.bodies.len() + usize::from(r.ordinal > 0));
    out.sort_by(|(_, a), (_, b)| (a.edtf, richness(a), a.at).cmp(&(b.edtf, richness(b), b.at)));
    out
}

fn report(at: MentionRef, topic: &Set<usize>, context: &Context) -> (Family, Report) {
    let (brief, mention) = (&context.documents[at.document], context.mention(at));
    let global = |&entity: &u32| context.entities.of(brief, entity as usize);
    let kind = |entity: u32| context.entities.kind(brief, entity as usize);
    let mut report = Report {
        at,
        edtf: mention.edtf,
        start: mention.start,
        end: mention.end,
        precision: mention.precision,
        event_type: mention.event_type,
        mode: mention.mode,
        modality: mention.modality,
        ahead: mention.modality == Modality::Planned && mention.modifier == Modifier::After,
        back: mention.modifier == Modifier::Before,
        estimate: mention.modifier == Modifier::Approx && mention.basis == Basis::Relative,
        carried: mention.basis == Basis::Relative && mention.modifier == Modifier::None,
        ordinal: mention.ordinal_claimed,
        persons: Set::default(),
        bodies: Set::default(),
        place: mention.place.and_then(|p| global(&p)),
        town: mention.place.is_some_and(|p| kind(p) == Some(EntityKind::Place)),
        names: mention.names.iter().filter_map(global).collect(),
        rare: Set::default(),
        topic: topic.clone(),
        sentences: Set::from([(at.document, mention.sentence as usize)]),
        texts: mention.texts.into_iter().flatten().collect(),
    };
    for (entity, _) in &mention.participants {
        let Some(global) = global(entity) else { continue };
        match kind(*entity) {
            Some(EntityKind::Person) => report.persons.insert(global),
            _ => report.bodies.insert(global),
        }
    }
    let name = &context.rules.plover.of(mention.event_type).family;
    (evidence::family(name, mention.event_type, mention.modality, mention.ends), report)
}

/// Every name of a sentence, by the entity of the document.
fn names(sentence: usize, mentions: &[NameMention]) -> Box<[u32]> {
    let from = mentions.partition_point(|m| m.sentence < sentence);
    let here = mentions[from..].iter().take_while(|m| m.sentence == sentence);
    let mut names: Vec<u32> = here.map(|m| m.entity as u32).collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}

/// Hash of the clause with the trigger: where copies of a sentence differ in a damaged word, the rest
/// is the same.
fn clause_hash(mention: &EventMention, text: &str) -> Option<u64> {
    let edge = |c: char| matches!(c, ',' | ';' | '，' | '；' | '"' | '“' | '”');
    let start = text[..mention.trigger.start].rfind(edge).unwrap_or(0);
    let end = text[mention.trigger.end..].find(edge).map_or(text.len(), |e| e + mention.trigger.end);
    hash(&text[start..end])
}

/// FNV-1a over letters and digits, since copies differ in spaces and marks; none for texts too short to
/// be known again.
fn hash(text: &str) -> Option<u64> {
    let (mut hash, mut wide) = (0xcbf2_9ce4_8422_2325_u64, 0);
    for c in text.chars().filter(|&c| is_alphanumeric(c)) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
        wide += c.len_utf8();
    }
    (wide >= 30).then_some(hash)
}

/// Entities that the documents name seldom, against all that they name.
fn rare(context: &Context) -> BTreeSet<usize> {
    let mut counts = vec![0; context.entities.entities.len()];
    let mut all = 0;
    for (global, named) in context.documents.iter().flat_map(|brief| namings(brief, context)) {
        counts[global] += named;
        all += named;
    }
    let most = (all / RARE).clamp(RARE_BOUNDS.0, RARE_BOUNDS.1);
    counts.into_iter().enumerate().filter(|(_, n)| (1..=most).contains(n)).map(|(entity, _)| entity).collect()
}

/// Entities that the sentences of a document name, and how often.
fn namings<'a>(brief: &'a Brief, context: &'a Context) -> impl Iterator<Item = (usize, usize)> + 'a {
    let known = brief.entities.iter().enumerate().filter(|(_, known)| known.named > 0);
    known.filter_map(|(at, known)| Some((context.entities.of(brief, at)?, known.named as usize)))
}

/// The five names that a document speaks of most.
fn topic(brief: &Brief, context: &Context) -> Set<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (global, named) in namings(brief, context) {
        *counts.entry(global).or_default() += named;
    }
    let mut ranked: Vec<(usize, usize)> = counts.into_iter().map(|(e, n)| (n, e)).collect();
    ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().take(5).map(|(_, e)| e).collect()
}

#[derive(Clone)]
struct Group {
    family: Family,
    /// All that its reports say together.
    whole: Report,
    /// Without their sets, which are in the whole.
    reports: Vec<Report>,
}

#[derive(Default)]
struct Groups {
    groups: Vec<Group>,
    /// The date that reports are of at present, and its groups.
    date: Word,
    index: BTreeMap<(Family, Key), Vec<usize>>,
}

impl Groups {
    /// Adds a report to the group it fits best, or founds one. Reports come date by date.
    fn add(&mut self, family: Family, report: Report) {
        if self.date != report.edtf {
            self.date = report.edtf;
            self.index.clear();
        }
        let mut best: Option<(f64, usize)> = None;
        for group in self.candidates(family, &report) {
            let sum = evidence::sum(&self.groups[group].whole, &report, family, true);
            if sum >= ENOUGH && best.is_none_or(|(top, _)| sum > top) {
                best = Some((sum, group));
            }
        }
        let group = match best {
            Some((_, group)) => {
                absorb(&mut self.groups[group].whole, &report);
                group
            }
            None => {
                self.groups.push(Group { family, whole: report.clone(), reports: Vec::new() });
                self.groups.len() - 1
            }
        };
        for key in keys(&report, family) {
            let slot = self.index.entry((family, key)).or_default();
            if !slot.contains(&group) && slot.len() < CANDIDATES {
                slot.push(group);
            }
        }
        self.groups[group].reports.push(report.alone());
    }

    fn candidates(&self, family: Family, report: &Report) -> BTreeSet<usize> {
        keys(report, family)
            .into_iter()
            .filter_map(|key| self.index.get(&(family, key)))
            .flatten()
            .copied()
            .collect()
    }
}

fn keys(report: &Report, family: Family) -> Vec<Key> {
    let mut out: Vec<Key> =
        report.persons.iter().chain(report.bodies.iter()).map(|e| Key::Entity(*e)).collect();
    out.extend(report.place.map(Key::Entity));
    if report.ordinal > 0 {
        out.push(Key::Ordinal(report.ordinal));
    }
    out.push(Key::Type(if family == Family::Outcome { EventType::Consult } else { report.event_type }));
    out
}

/// Adds to a group what a new report says.
fn absorb(whole: &mut Report, report: &Report) {
    whole.persons.absorb(&report.persons);
    whole.bodies.absorb(&report.bodies);
    whole.topic.absorb(&report.topic);
    whole.names.absorb(&report.names);
    whole.rare.absorb(&report.rare);
    whole.texts.absorb(&report.texts);
    whole.sentences.absorb(&report.sentences);
    if whole.place.is_none() {
        (whole.place, whole.town) = (report.place, report.town);
    }
    if whole.ordinal == 0 {
        whole.ordinal = report.ordinal;
    }
    if whole.mode.is_empty() {
        whole.mode = report.mode;
    }
}
