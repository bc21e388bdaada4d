//! Reports of one event across documents and languages.

use super::*;

/// Entities of documents in which one name is one entity everywhere.
fn entities(documents: &[Extracted]) -> Entities {
    let mut names: Vec<(String, EntityKind)> = documents
        .iter()
        .flat_map(|d| d.named.entities.iter().map(|e| (e.forms[0].name.clone(), e.kind)))
        .collect();
    names.sort();
    names.dedup();
    let of_profile = (0..).zip(&names).map(|(at, (_, kind))| (at, *kind)).collect();
    let entity = |(name, kind): &(String, EntityKind)| Entity {
        id: format!("{kind}/{}", name.to_lowercase()),
        kind: *kind,
        canonical_name: name.clone(),
        canonical_language: En,
        names: vec![EntityName {
            name: name.clone(),
            language: En,
            script: "Latn",
            variety: "",
            romanised: String::new(),
            is_canonical: true,
            base_form: true,
            mentions: 1,
            evidence: NameEvidence::Text,
        }],
    };
    Entities { entities: names.iter().map(entity).collect(), of_profile, links: Vec::new() }
}

/// What merging sees of a document whose entities are among these.
fn brief(document: &Extracted, entities: &Entities) -> Brief {
    let known = |(at, entity): (usize, &DocumentEntity)| {
        let name = &entity.forms[0].name;
        let profile = entities.entities.iter().position(|e| e.canonical_name == *name).unwrap() as u32;
        let named = document.named.mentions.iter().filter(|mention| mention.entity == at).count() as u32;
        KnownEntity { profile, named }
    };
    Brief {
        entities: document.named.entities.iter().enumerate().map(known).collect(),
        mentions: crate::events::told(document),
        ..Brief::default()
    }
}

fn merged(documents: &[(Language, &[&str])]) -> Vec<Event> {
    let documents: Vec<Extracted> = documents.iter().map(|(l, lines)| document(*l, lines, rules())).collect();
    let entities = entities(&documents);
    let copies = vec![None; documents.len()];
    let briefs: Vec<Brief> = documents.iter().map(|document| brief(document, &entities)).collect();
    merge(&briefs, &entities, &copies, rules())
}

#[test]
fn one_meeting_in_four_languages_is_one_event() {
    let events = merged(&[
        (En, &["{Sato|person} and {Moreau|person} met in {Vienna|place} on <3 June 2021|2021-06-03>."]),
        (
            ZhHans,
            &[
                "<2021年6月3日|2021-06-03>，{佐藤|person:Sato}与{莫罗|person:Moreau}在{维也纳|place:Vienna}举行会谈。",
            ],
        ),
        (
            Ru,
            &[
                "<3 июня 2021|2021-06-03> {Сато|person:Sato} и {Моро|person:Moreau} провели переговоры в {Вене|place:Vienna}.",
            ],
        ),
        (
            Uk,
            &[
                "<3 червня 2021|2021-06-03> {Сато|person:Sato} і {Моро|person:Moreau} провели переговори у {Відні|place:Vienna}.",
            ],
        ),
    ]);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].label, "Talks: Moreau, Sato — Vienna, 3 June 2021");
    assert_eq!(events[0].status, EventStatus::Agreed);
}

#[test]
fn two_documents_that_disagree_on_the_round_are_in_conflict() {
    let events = merged(&[
        (
            En,
            &[
                "The fourth round of talks between {Sato|person} and {Moreau|person} was held on <3 June 2021|2021-06-03>.",
            ],
        ),
        (
            Ru,
            &[
                "Пятый раунд переговоров между {Сато|person:Sato} и {Моро|person:Moreau} прошёл <3 июня 2021|2021-06-03>.",
            ],
        ),
    ]);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].status, EventStatus::Conflicting);
    let ordinals: Vec<_> =
        events[0].conflicts.iter().map(|c| (c.field, c.value.as_str(), c.chosen)).collect();
    assert_eq!(ordinals, [("ordinal", "4", true), ("ordinal", "5", false)]);
}

#[test]
fn talks_and_words_about_them_stay_apart() {
    let events = merged(&[
        (En, &["On <3 June 2021|2021-06-03>, {Sato|person} met {Moreau|person} in {Vienna|place}."]),
        (En, &["On <3 June 2021|2021-06-03>, {Sato|person} said that the talks were hard."]),
        (En, &["On <3 June 2021|2021-06-03>, {Lopez|person} met {Novak|person} in {Prague|place}."]),
    ]);
    let types: Vec<_> = events.iter().map(|e| e.event_type).collect();
    assert_eq!(types, [EventType::Consult, EventType::Statement, EventType::Consult]);
}
