//! Cues: what the words of one language say about events, read from `rules/cues.<lang>.toml`.
//!
//! All lists of a language go into one automaton, so a sentence is scanned once; a [`Hit`] says
//! which list spoke. Nouns, verbs of doing and verbs of saying are kept apart (the [`Class`]),
//! because it is the verb that types the event where both stand in a clause.

use super::pattern::{Patterns, fold};
use super::plover;
use crate::model::{EventType, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What kind of word a trigger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A verb that does the thing.
    Act,
    /// Says that the following act is done by words: announced, declared.
    Declare,
    /// Says words of one's own.
    Say,
    /// Reports what others did or said.
    Report,
    /// Names where the report comes from.
    Source,
    /// Something happens that fits no type.
    Event,
    /// Names the thing.
    Noun,
    /// Lends its verb to a noun: held, took place.
    Light,
    /// The same, and the thing is over.
    End,
}

/// What a hit that is no trigger says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Planned,
    Negated,
    Hypothetical,
    /// Inside what is said, makes the saying this type.
    Content(EventType),
    Coordinate,
    Complement,
    Relative,
    After,
    Before,
    When,
    PassiveBy,
    PassiveAux,
    With,
    FromSide,
    /// What follows is what the clause is about: 就, 关于.
    Topic,
    /// The reason that is given for what is done: 以违反协议为由.
    Pretext,
    Mediator,
    MediatorAfter,
    Host,
    HostAfter,
    Place,
    /// Before a place that is gone to.
    Toward,
    /// The deed was done before it was spoken of.
    Perfect,
    /// Before a participle it makes an attribute: the captured village.
    Determiner,
    /// Before a time it makes the time an attribute of the noun that follows.
    Article,
    /// Right after a day it makes the line that opens a report: 5月5日电.
    Dateline,
    /// Before a noun that says on what occasion: during a meeting.
    Occasion,
    /// Opens a sentence about somebody new.
    Fresh,
    /// Tells of a survey, so that what people say in it is a figure and no act of theirs.
    Poll,
    /// Until when a thing is to be done.
    Deadline,
    /// Takes up who speaks as the subject of what is said: he, it, 我方.
    Speaker,
    OrdinalPrefix,
    OrdinalNoun,
    Past,
    Continues,
    Generic,
    CarryAfter,
    CarryBefore,
    Number(u32),
}

impl Mark {
    /// Bears on whether a thing happened or on what a saying amounts to.
    fn modal(self) -> bool {
        matches!(self, Mark::Planned | Mark::Negated | Mark::Hypothetical | Mark::Perfect | Mark::Content(_))
    }
}

/// A trigger's meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    pub event_type: EventType,
    pub mode: &'static str,
    pub class: Class,
}

enum Tag {
    Trigger(Trigger),
    Mark(Mark),
    /// A word or phrase in which shorter cues say nothing: 发言人 speaks no word.
    Mask,
}

/// A trigger in a sentence, bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub span: Span,
    pub trigger: Trigger,
}

/// The cues of one language.
pub struct Cues {
    patterns: Patterns,
    tags: Vec<Tag>,
    past_endings: Vec<String>,
    /// What a participle ends in, or what follows a verb, where it stands as an attribute.
    pub attributive: Vec<String>,
    /// What base forms of verbs end in, and what stands before them.
    pub infinitive: Vec<String>,
    pub infinitive_sign: Vec<String>,
    /// What leads the day that something is known by: соглашение от 9 ноября.
    pub dated_by: Vec<String>,
    /// What verb forms end in that only go along with another deed: condemning.
    pub gerund: Vec<String>,
    /// Words that speak of the future, but before a name lead the object of the verb.
    pub object_marker: Vec<String>,
    /// Words that only look like past forms.
    not_past: Vec<String>,
    pub quote_open: Vec<char>,
    pub quote_close: Vec<char>,
    /// Words are set off by spaces; time clauses open with a word, not close with one.
    pub spaced: bool,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    endings: BTreeMap<String, Vec<String>>,
    cue: Vec<CueRow>,
    modality: BTreeMap<String, Vec<String>>,
    content: Vec<ContentRow>,
    syntax: BTreeMap<String, Vec<String>>,
    carry: BTreeMap<String, Vec<String>>,
    mask: MaskRow,
    numbers: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
struct CueRow {
    #[serde(rename = "type")]
    event_type: String,
    #[serde(default)]
    mode: String,
    class: Class,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct ContentRow {
    #[serde(rename = "type")]
    event_type: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct MaskRow {
    words: Vec<String>,
}

/// Collects patterns with the index of their tag.
#[derive(Default)]
struct Builder {
    sources: Vec<(String, usize)>,
    tags: Vec<Tag>,
}

impl Builder {
    fn add(&mut self, words: &[String], tag: Tag) {
        let at = self.tags.len();
        self.tags.push(tag);
        self.sources.extend(words.iter().map(|w| (w.clone(), at)));
    }

    fn list(&mut self, lists: &BTreeMap<String, Vec<String>>, name: &str, mark: Mark) {
        let words = lists.get(name).unwrap_or_else(|| panic!("cues have no list {name}"));
        self.add(words, Tag::Mark(mark));
    }
}

fn event_type(code: &str) -> EventType {
    EventType::from_code(code).unwrap_or_else(|| panic!("no event type {code}"))
}

impl Cues {
    /// The cues of `rules/cues.<key>.toml`.
    pub fn builtin(key: &str) -> Self {
        let file: File = crate::rules::parse(&format!("cues.{key}.toml"));
        let mut build = Builder::default();
        for row in &file.cue {
            let trigger = Trigger {
                event_type: event_type(&row.event_type),
                mode: plover::mode(&row.mode),
                class: row.class,
            };
            build.add(&row.words, Tag::Trigger(trigger));
        }
        for row in &file.content {
            build.add(&row.words, Tag::Mark(Mark::Content(event_type(&row.event_type))));
        }
        for (name, mark) in
            [("planned", Mark::Planned), ("negated", Mark::Negated), ("hypothetical", Mark::Hypothetical)]
        {
            build.list(&file.modality, name, mark);
        }
        for (name, mark) in SYNTAX {
            build.list(&file.syntax, name, *mark);
        }
        for (name, mark) in CARRY {
            build.list(&file.carry, name, *mark);
        }
        build.add(&file.mask.words, Tag::Mask);
        for (word, number) in &file.numbers {
            build.add(std::slice::from_ref(word), Tag::Mark(Mark::Number(*number)));
        }
        let spaced = key != "zh";
        let chars = |name: &str| file.syntax[name].iter().filter_map(|s| s.chars().next()).collect();
        Cues {
            patterns: Patterns::new(&build.sources, &file.endings, spaced),
            tags: build.tags,
            past_endings: file.syntax["past_endings"].iter().map(|e| fold(e)).collect(),
            attributive: file.syntax["attributive"].iter().map(|e| fold(e)).collect(),
            infinitive: file.syntax["infinitive"].iter().map(|e| fold(e)).collect(),
            dated_by: file.syntax["dated_by"].clone(),
            infinitive_sign: file.syntax["infinitive_sign"].clone(),
            not_past: file.syntax["not_past"].iter().map(|e| fold(e)).collect(),
            gerund: file.syntax["gerund"].iter().map(|e| fold(e)).collect(),
            object_marker: file.syntax["object_marker"].clone(),
            quote_open: chars("quote_open"),
            quote_close: chars("quote_close"),
            spaced,
        }
    }

    /// Triggers and marks of a folded text, each in order of start. Of overlapping triggers the
    /// longest stays, so that `refused to meet` is not also a meeting.
    pub fn scan(&self, folded: &str) -> (Vec<Hit>, Vec<(Span, Mark)>) {
        let mut hits: Vec<Hit> = Vec::new();
        let mut marks = Vec::new();
        let found = self.patterns.find(folded);
        let masks: Vec<Span> =
            found.iter().filter(|f| matches!(self.tags[f.tag], Tag::Mask)).map(|f| f.span).collect();
        for found in found {
            let silent = match self.tags[found.tag] {
                Tag::Mark(mark) => mark.modal(),
                _ => true,
            };
            if silent && masks.iter().any(|m| m.contains(found.span)) {
                continue;
            }
            match self.tags[found.tag] {
                Tag::Mask => {}
                Tag::Mark(mark) => marks.push((found.span, mark)),
                Tag::Trigger(trigger) => {
                    let lends = |t: Trigger| matches!(t.class, Class::Light | Class::End);
                    let rival = hits
                        .iter()
                        .rev()
                        .take(8)
                        .position(|h| h.span.overlaps(found.span) && lends(h.trigger) == lends(trigger));
                    match rival.map(|r| hits.len() - 1 - r) {
                        None => hits.push(Hit { span: found.span, trigger }),
                        Some(at) if loses(&hits[at], found.span, trigger) => {
                            hits[at] = Hit { span: found.span, trigger };
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        (hits, marks)
    }

    /// The word looks like a past form. Languages without such forms answer yes.
    pub fn past_form(&self, folded_word: &str) -> bool {
        if self.past_endings.is_empty() {
            return true;
        }
        let first = folded_word.split(' ').next().unwrap_or(folded_word);
        let ends = |e: &String| first.len() > e.len() + 1 && first.ends_with(e.as_str());
        self.past_endings.iter().any(ends) && !self.not_past.iter().any(|w| w == first)
    }
}

/// An earlier hit gives way to an overlapping one that is longer, or as long and of a stronger
/// class. A verb with its object stays where a noun only shares the object with it: `reached an
/// agreement on a ceasefire`.
fn loses(earlier: &Hit, span: Span, trigger: Trigger) -> bool {
    let act = |t: Trigger| t.class == Class::Act;
    if act(earlier.trigger) != act(trigger) && !span.contains(earlier.span) && !earlier.span.contains(span) {
        return act(trigger);
    }
    let length = |s: Span| s.end - s.start;
    match length(span).cmp(&length(earlier.span)) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => span == earlier.span && trigger.class < earlier.trigger.class,
        std::cmp::Ordering::Less => false,
    }
}

const SYNTAX: &[(&str, Mark)] = &[
    ("coordinate", Mark::Coordinate),
    ("complement", Mark::Complement),
    ("relative", Mark::Relative),
    ("after", Mark::After),
    ("before", Mark::Before),
    ("when", Mark::When),
    ("passive_by", Mark::PassiveBy),
    ("passive_aux", Mark::PassiveAux),
    ("with", Mark::With),
    ("from_side", Mark::FromSide),
    ("topic", Mark::Topic),
    ("pretext", Mark::Pretext),
    ("mediator", Mark::Mediator),
    ("mediator_after", Mark::MediatorAfter),
    ("host", Mark::Host),
    ("host_after", Mark::HostAfter),
    ("place", Mark::Place),
    ("toward", Mark::Toward),
    ("perfect", Mark::Perfect),
    ("determiner", Mark::Determiner),
    ("fresh", Mark::Fresh),
    ("ordinal_prefix", Mark::OrdinalPrefix),
    ("ordinal_nouns", Mark::OrdinalNoun),
    ("past", Mark::Past),
    ("poll", Mark::Poll),
    ("deadline", Mark::Deadline),
    ("article", Mark::Article),
    ("dateline", Mark::Dateline),
    ("occasion", Mark::Occasion),
    ("speaker", Mark::Speaker),
];

const CARRY: &[(&str, Mark)] = &[
    ("continues", Mark::Continues),
    ("generic", Mark::Generic),
    ("after", Mark::CarryAfter),
    ("before", Mark::CarryBefore),
];
