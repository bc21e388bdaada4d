//! Reconciling small sets of documents.

use super::census::Census;
use crate::model::{Brief, Dated, Decision, Entities, EntityKind, Extracted, KnownEntity, Language};
use crate::names::tests::{RULES, document, recognise};

fn extracted(sentences: &[&str], language: Language) -> Extracted {
    Extracted {
        cleaned: document(sentences, language),
        dated: Dated::default(),
        named: recognise(sentences, language),
        mentions: Vec::new(),
    }
}

fn reconcile(documents: &[(&[&str], Language)]) -> Entities {
    let documents: Vec<Extracted> =
        documents.iter().map(|(text, language)| extracted(text, *language)).collect();
    joined(&documents).1
}

/// The briefs of the documents, and their entities joined.
fn joined(documents: &[Extracted]) -> (Vec<Brief>, Entities) {
    let brief = |extracted: &Extracted| Brief {
        entities: vec![KnownEntity { profile: 0, named: 1 }; extracted.named.entities.len()],
        ..Brief::default()
    };
    let mut briefs: Vec<Brief> = documents.iter().map(brief).collect();
    let named = documents.iter().map(|d| (d.named.entities.as_slice(), d.named.links.as_slice()));
    let mut census =
        Census::of(briefs.iter_mut().zip(named).map(|(brief, (entities, links))| (brief, entities, links)));
    census.order(&mut briefs);
    let entities = crate::names::reconcile(&briefs, &census, &RULES);
    (briefs, entities)
}

/// The id of the one entity that bears this name.
fn id<'e>(entities: &'e Entities, name: &str) -> &'e str {
    let bearers: Vec<&str> = entities
        .entities
        .iter()
        .filter(|entity| entity.names.iter().any(|known| known.name == name))
        .map(|entity| entity.id.as_str())
        .collect();
    assert_eq!(bearers.len(), 1, "{name} is borne by {bearers:?}");
    bearers[0]
}

#[test]
fn one_person_in_four_languages() {
    let entities = reconcile(&[
        (&["Foreign Minister Dmytro Kuleba flew to Rome.", "Kuleba spoke first."], Language::En),
        (&["乌克兰外交部长德米特罗·库列巴发表谈话。"], Language::ZhHans),
        (&["烏克蘭外長德米特里·庫列巴抵達羅馬。"], Language::ZhHant),
        (&["Министр иностранных дел Дмитрий Кулеба прибыл в Рим."], Language::Ru),
        (&["Міністр закордонних справ Дмитро Кулеба прибув до Рима."], Language::Uk),
    ]);
    for name in ["Kuleba", "德米特罗·库列巴", "德米特里·庫列巴", "Дмитрий Кулеба", "Дмитро Кулеба"]
    {
        assert_eq!(id(&entities, name), "person/dmytro-kuleba", "{name}");
    }
    for name in ["Rome", "羅馬", "Рим"] {
        assert_eq!(id(&entities, name), "place/rome", "{name}");
    }
}

#[test]
fn a_surname_that_reads_like_a_chinese_name_is_the_foreigner_s() {
    let entities = reconcile(&[
        (&["美国总统贝拉克·奥巴马发表讲话。", "伊朗总统哈桑·鲁哈尼表示欢迎。"], Language::ZhHans),
        (&["美國總統歐巴馬發表談話。", "伊朗總統羅哈尼表示歡迎。"], Language::ZhHant),
        (&["美国总统约翰·李发表讲话。", "中国总理李强表示欢迎。"], Language::ZhHans),
        (&["作家杰克·林肯发表讲话。"], Language::ZhHans),
        (&["记者林肯表示欢迎。"], Language::ZhHans),
    ]);
    assert_eq!(id(&entities, "歐巴馬"), id(&entities, "贝拉克·奥巴马"));
    assert_eq!(id(&entities, "羅哈尼"), id(&entities, "哈桑·鲁哈尼"));
    assert_eq!(id(&entities, "林肯"), id(&entities, "杰克·林肯"));
    assert_ne!(id(&entities, "李强"), id(&entities, "约翰·李"));
}

#[test]
fn spellings_and_slips_of_the_wire_are_one() {
    let entities = reconcile(&[
        (&["President Volodymyr Zelenskyy said no.", "Zelenskyy left."], Language::En),
        (&["Volodymyr Zelensky told reporters that talks would go on."], Language::En),
        (&["乌克兰总统弗拉基米尔·泽伦斯基表示反对。"], Language::ZhHans),
        (&["俄罗斯总统助理弗拉基米尔·梅津斯基率团抵达。"], Language::ZhHans),
        (&["總統助理梅金斯基表示樂觀。"], Language::ZhHant),
        (&["Dmitry Medvedev said he disagreed."], Language::En),
    ]);
    assert_eq!(id(&entities, "Volodymyr Zelensky"), id(&entities, "弗拉基米尔·泽伦斯基"));
    assert_eq!(id(&entities, "弗拉基米尔·梅津斯基"), id(&entities, "梅金斯基"));
    assert_ne!(id(&entities, "梅金斯基"), id(&entities, "Dmitry Medvedev"));
    assert_ne!(id(&entities, "梅金斯基"), id(&entities, "Zelenskyy"));
}

#[test]
fn given_names_that_clash_keep_persons_apart() {
    let entities = reconcile(&[
        (&["Minister Sergey Petrenko resigned."], Language::En),
        (&["部长德米特里·彼得连科辞职。"], Language::ZhHans),
        (&["Министр Дмитрий Петренко ушел в отставку."], Language::Ru),
    ]);
    assert_ne!(id(&entities, "Sergey Petrenko"), id(&entities, "Дмитрий Петренко"));
    assert_ne!(id(&entities, "Sergey Petrenko"), id(&entities, "德米特里·彼得连科"));
    let refused = entities.links.iter().filter(|link| link.decision == Decision::Different);
    assert!(refused.clone().any(|link| link.detail.contains("given names differ")), "{:?}", entities.links);
}

#[test]
fn places_regions_republics_and_plants_stay_apart() {
    let entities = reconcile(&[
        (
            &[
                "Donetsk was shelled.",
                "The Donetsk People's Republic denied it.",
                "Donetsk Oblast lost power.",
            ],
            Language::En,
        ),
        (&["Zaporizhzhia was hit.", "The Zaporizhzhia Nuclear Power Plant was not."], Language::En),
        (&["Russia watched Russia-1."], Language::En),
    ]);
    let ids = [
        "Donetsk",
        "Donetsk People's Republic",
        "Donetsk Oblast",
        "Zaporizhzhia",
        "Zaporizhzhia Nuclear Power Plant",
    ];
    let mut seen: Vec<&str> = ids.iter().map(|name| id(&entities, name)).collect();
    seen.extend([id(&entities, "Russia"), id(&entities, "Russia-1")]);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 7);
}

#[test]
fn a_new_document_changes_no_id() {
    let first: (&[&str], Language) =
        (&["President Vladimir Putin met Sergey Lavrov in Minsk."], Language::En);
    let second: (&[&str], Language) = (&["发言人佩斯科夫表示，拉夫罗夫将访问北京。"], Language::ZhHans);
    let before = reconcile(&[first]);
    let after = reconcile(&[first, second]);
    for entity in &before.entities {
        assert!(after.entities.iter().any(|other| other.id == entity.id), "{} is gone", entity.id);
    }
}

#[test]
fn every_entity_of_a_document_is_led_to_one_of_its_kind() {
    let documents = [
        extracted(&["NATO met in Vilnius.", "Jens Stoltenberg said so."], Language::En),
        extracted(&["北约在维尔纽斯开会。"], Language::ZhHans),
    ];
    let (briefs, entities) = joined(&documents);
    for (document, brief) in documents.iter().zip(&briefs) {
        for (at, entity) in document.named.entities.iter().enumerate() {
            let joined = entities.of(brief, at).expect("an entity across documents");
            assert_eq!(entity.kind, entities.entities[joined].kind);
        }
    }
    let persons = entities.entities.iter().filter(|entity| entity.kind == EntityKind::Person).count();
    assert_eq!(persons, 1);
}

#[test]
fn base_forms_are_told_from_inflected_ones() {
    let entities = reconcile(&[(
        &["Делегация Турции вылетела из Мюнхена.", "Турецкий министр молчал.", "О Турции он не сказал."],
        Language::Ru,
    )]);
    let base: Vec<&str> = entities
        .entities
        .iter()
        .flat_map(|entity| &entity.names)
        .filter(|name| name.language == Language::Ru && name.base_form)
        .map(|name| name.name.as_str())
        .collect();
    for name in ["Турция", "Мюнхен"] {
        assert!(base.contains(&name), "{name} in {base:?}");
    }
    for name in ["Турции", "Мюнхена", "Турецкий"] {
        assert!(!base.contains(&name), "{name} in {base:?}");
    }
}

#[test]
fn a_case_form_names_nobody_where_the_base_form_is_known() {
    let entities = reconcile(&[(
        &[
            "Премьер-министра Никола Пашиняна ждали в Брюсселе.",
            "Речь Никола Пашиняна отложили.",
            "Никол Пашинян прилетел вечером.",
        ],
        Language::Ru,
    )]);
    let persons: Vec<&str> = entities
        .entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Person)
        .map(|entity| entity.canonical_name.as_str())
        .collect();
    assert_eq!(persons, ["Никол Пашинян"]);
}
