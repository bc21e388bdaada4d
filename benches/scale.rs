//! The global half at scale: names of many documents reconciled, and events merged, without any text.
//!
//! `cargo bench --bench scale -- [DOCUMENTS] [NAMES]` makes the documents (200000 with a million
//! distinct names by default, seed fixed) and prints the seconds of each step.

use annalist::dataset::ids;
use annalist::model::{
    Basis, Brief, DocumentEntity, EntityKind, EventMention, EventType, KnownEntity, Language, Modality,
    Modifier, NameEvidence, NameForm, Precision, Role, RowId, Span, ToldEvent, Varieties,
};
use annalist::names::reconcile::census::Census;
use annalist::{events, names};
use jiff::civil::Date;
use std::time::Instant;

/// Parts of surnames in Latin, Cyrillic and Han letters.
const SYLLABLES: &str = include_str!("inputs/syllables.tsv");
const GIVEN: &str = include_str!("../rules/translit/given_names.tsv");

const LANGUAGES: [Language; 5] =
    [Language::En, Language::Ru, Language::Uk, Language::ZhHans, Language::ZhHant];

/// Names of one document.
const OF_DOCUMENT: usize = 8;
const EVENTS: usize = 5;

struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % count.max(1)
    }
}

/// Given names and syllables by script: Latin, Cyrillic, Han.
struct Parts {
    given: Vec<[String; 3]>,
    syllables: Vec<[String; 3]>,
}

impl Parts {
    fn new() -> Self {
        let of = |line: &str, script: fn(char) -> bool| {
            line.split_whitespace().find(|word| word.chars().all(script)).map(str::to_owned)
        };
        let three = |line: &str| -> Option<[String; 3]> {
            let latin = of(line, |c| c.is_ascii_alphabetic())?;
            let cyrillic = of(line, |c| ('\u{400}'..'\u{530}').contains(&c))?;
            let han = of(line, |c| ('\u{4e00}'..'\u{a000}').contains(&c))?;
            Some([latin, cyrillic, han])
        };
        Parts {
            given: GIVEN.lines().filter(|line| !line.starts_with('#')).filter_map(three).collect(),
            syllables: SYLLABLES.lines().filter_map(three).collect(),
        }
    }

    /// Person `number` in a script: the same person has the same parts in all.
    fn person(&self, number: usize, script: usize) -> (String, String) {
        let given = &self.given[number % self.given.len()][script];
        let mut random = Random(number as u64 * 7919 + 17);
        let family: String = (0..3 + number % 2)
            .map(|_| self.syllables[random.below(self.syllables.len())][script].as_str())
            .collect();
        if script == 2 {
            return (format!("{given}·{family}"), family);
        }
        let mut letters = family.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        let family = format!("{first}{}", letters.as_str());
        (format!("{given} {family}"), family)
    }
}

fn form(name: String, language: Language, mentions: usize) -> NameForm {
    let varieties = Varieties::default();
    NameForm { name, language, evidence: NameEvidence::Text, mentions, varieties }
}

/// One in two names is of the thousand that everybody names.
fn document(number: usize, names: usize, parts: &Parts, census: &mut Census) -> Brief {
    let mut random = Random(number as u64 ^ 0x5851_F42D);
    let language = LANGUAGES[random.below(LANGUAGES.len())];
    let script = match language.script_group() {
        "Latn" => 0,
        "Cyrl" => 1,
        _ => 2,
    };
    let mut brief = Brief { source: format!("{number:08}"), ..Brief::default() };
    for _ in 0..OF_DOCUMENT {
        let often = random.below(2) == 0;
        let person = random.below(if often { names.min(1000) } else { names });
        let (whole, family) = parts.person(person, script);
        let mut forms = vec![form(whole, language, 1)];
        if random.below(3) == 0 {
            forms.push(form(family, language, 2));
        }
        let entity = DocumentEntity { kind: EntityKind::Person, forms, roles: Vec::new(), gazetteer: None };
        brief.entities.push(KnownEntity { profile: census.add(&entity), named: 2 });
    }
    for at in 0..EVENTS {
        brief.mentions.push(event(number, at, &mut random));
    }
    brief
}

fn event(document: usize, at: usize, random: &mut Random) -> ToldEvent {
    let date =
        Date::new(1990 + random.below(35) as i16, 1 + random.below(12) as i8, 1 + random.below(28) as i8)
            .ok();
    let types = EventType::ALL;
    let mention = EventMention {
        sentence: at,
        time: None,
        edtf: date.map(|date| date.to_string()).unwrap_or_default(),
        start: date,
        end: date,
        precision: Precision::Day,
        modifier: Modifier::None,
        basis: Basis::Explicit,
        event_type: types[random.below(types.len())],
        mode: "",
        modality: Modality::Happened,
        ends: false,
        trigger: Span::default(),
        ordinal_claimed: 0,
        participants: vec![
            (random.below(OF_DOCUMENT), Role::Actor),
            (random.below(OF_DOCUMENT), Role::Recipient),
        ],
        place: None,
        confidence: 0.9,
        rule: "",
    };
    let id = ids::id('m', &[&document.to_string(), &at.to_string()]);
    let names = mention.participants.iter().map(|&(entity, _)| entity as u32).collect();
    ToldEvent { names, id: RowId::new(&id), words: RowId::new(&id), ..ToldEvent::new(&mention) }
}

/// Peak memory of this process so far in MB, where the system tells it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) >> 10
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let documents: usize = numbers.next().unwrap_or(200_000);
    let distinct = numbers.next().unwrap_or(1_000_000);
    let (parts, mut census) = (Parts::new(), Census::default());
    let told = |what: &str, count: usize, since: Instant| {
        println!("{what}: {count} in {:.1} s, peak {} MB", since.elapsed().as_secs_f64(), peak());
    };
    let since = Instant::now();
    let mut briefs: Vec<Brief> =
        (0..documents).map(|at| document(at, distinct, &parts, &mut census)).collect();
    census.order(&mut briefs);
    told("profiles", census.profiles.len(), since);
    let since = Instant::now();
    let entities = names::reconcile(&briefs, &census, &names::Rules::builtin());
    told("entities", entities.entities.len(), since);
    let since = Instant::now();
    let events = events::merge(&briefs, &entities, &vec![None; documents], &events::Rules::builtin());
    told("events", events.len(), since);
    let since = Instant::now();
    told("ids", ids::events(&briefs, &events).len(), since);
}
