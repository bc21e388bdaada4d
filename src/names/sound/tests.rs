use super::*;
use std::sync::LazyLock;

static SOUNDS: LazyLock<Sounds> = LazyLock::new(Sounds::builtin);

fn similarity(a: &str, b: &str) -> f64 {
    SOUNDS.similarity(a, Language::Und, b, Language::Und)
}

#[test]
fn one_name_in_two_scripts_is_alike() {
    for (a, b) in [
        ("玛格丽特·撒切尔", "Margaret Thatcher"),
        ("叶利钦", "Ельцин"),
        ("葉爾欽", "叶利钦"),
        ("Горбачёв", "Gorbachev"),
        ("Порошенко", "波罗申科"),
        ("Kravchuk", "Kravczuk"),
        ("Кравчук Леонід", "Leonid Kravchuk"),
        ("Маргарет Тэтчер", "Маргарет Тетчер"),
    ] {
        assert!(similarity(a, b) > 0.7, "{a} {b} {}", similarity(a, b));
    }
}

#[test]
fn two_names_are_not() {
    for (a, b) in [
        ("撒切尔", "Gorbachev"),
        ("叶利钦", "Кравчук"),
        ("Reagan", "Regensburg"),
        ("里根", "布什"),
        ("名", "!"),
        ("", "Kravchuk"),
    ] {
        assert!(similarity(a, b) < 0.5, "{a} {b} {}", similarity(a, b));
    }
}

#[test]
fn given_names_by_table_and_by_sound() {
    let relation = |a: &str, b: &str| SOUNDS.given_name_relation(a, Language::Und, b, Language::Und);
    for (a, b) in [
        ("Dmytro", "Дмитрий"),
        ("德米特里", "Dmytro"),
        ("Mykola", "尼古拉"),
        ("Олексій", "阿列克谢"),
        ("弗拉基米爾", "Volodymyr"),
        ("Rustem", "鲁斯捷姆"),
        ("Barbara", "芭芭拉"),
    ] {
        assert_eq!(relation(a, b), GivenNames::Same, "{a} {b}");
    }
    for (a, b) in [("Sergey", "Dmitry"), ("谢尔盖", "Дмитро"), ("Volodymyr", "Vadym"), ("Margaret", "Helmut")]
    {
        assert_eq!(relation(a, b), GivenNames::Different, "{a} {b}");
    }
}

#[test]
fn romanisation_follows_the_usual_tables() {
    let romanise = |name: &str, language| SOUNDS.romanise(name, language);
    assert_eq!(romanise("Згурський Юрій", Language::Uk), "Zghurskyi Yurii");
    assert_eq!(romanise("Знам’янка", Language::Uk), "Znamianka");
    assert_eq!(romanise("Евгений Громовой", Language::Ru), "Yevgeny Gromovoy");
    assert_eq!(romanise("НАТАЛЬЯ", Language::Ru), "NATALYA");
    assert_eq!(romanise("邓小平", Language::ZhHans), "Dengxiaoping");
    assert_eq!(romanise("里根·杰克", Language::ZhHans), "Ligen Jieke");
    assert_eq!(romanise("José", Language::En), "José");
}

#[test]
fn spellings_share_keys() {
    let keys = |name: &str, language| SOUNDS.keys(name, language);
    let shared = |a: &[u32], b: &[u32]| a.iter().any(|key| b.contains(key));
    assert!(shared(&keys("戈尔巴乔夫", Language::ZhHans), &keys("Gorbachev", Language::En)));
    assert!(shared(&keys("Горбачёв", Language::Ru), &keys("Gorbachev", Language::En)));
    assert!(keys("...", Language::En).is_empty());
}

#[test]
fn every_pair_of_scripts_keeps_persons_apart_at_one_threshold() {
    let same = [
        ("Ангела Меркель", "安格拉·默克尔"),
        ("Angela Merkel", "安格拉·梅克爾"),
        ("Леонід Кравчук", "Леонид Кравчук"),
        ("Леонід Кравчук", "列昂尼德·克拉夫丘克"),
        ("Михайло Горинь", "Mikhail Horyn"),
        ("Олексій Гарань", "阿列克谢·加兰"),
    ];
    let other = [
        ("Борис Джонсон", "鲍里斯·叶利钦"),
        ("Boris Johnson", "Boris Yeltsin"),
        ("安德烈·托马斯", "安德烈·马尔罗"),
        ("Леонід Кучма", "Леонид Кравчук"),
        ("Леонид Кучма", "列昂尼德·克拉夫丘克"),
    ];
    for (a, b) in same {
        assert!(similarity(a, b) > 0.8, "{a} {b} {}", similarity(a, b));
    }
    for (a, b) in other {
        assert!(similarity(a, b) < 0.4, "{a} {b} {}", similarity(a, b));
    }
}

#[test]
fn translated_words_and_own_forms_of_names_count() {
    for (a, b) in [
        ("北卡罗来纳", "North Carolina"),
        ("Северная Каролина", "North Carolina"),
        ("圣基茨岛", "Saint Kitts"),
        ("Микола Азаров", "Nikolai Azarov"),
        ("Одеська область", "Odesa Oblast"),
    ] {
        assert!(similarity(a, b) > 0.6, "{a} {b} {}", similarity(a, b));
    }
}

#[test]
fn any_text_can_be_read() {
    let long = "Влад".repeat(50_000);
    for text in ["", "\u{0}", "((((", "ΑΒΓ", "🙂", "a", "ь", "·", &long] {
        assert!(similarity(text, "Владимир") <= 1.0);
        let _ = SOUNDS.keys(text, Language::Uk);
        let _ = SOUNDS.romanise(text, Language::Ru);
    }
}

#[test]
fn tables_are_well_formed() {
    let tables = ["cyrillic_latin", "han_cyrillic", "han_han", "han_latin"];
    for path in tables.map(|name| format!("translit/{name}.tsv")) {
        for line in crate::rules::file(&path).lines().filter(|line| !line.starts_with('#')) {
            let (_, cells) = line.split_once('\t').unwrap_or_else(|| panic!("{path}: {line}"));
            for cell in cells.split(' ') {
                let count = cell.rsplit_once(':').and_then(|(_, count)| count.parse::<u32>().ok());
                assert!(count.is_some(), "{path}: {cell}");
            }
        }
    }
    for line in crate::rules::file("translit/words.tsv").lines().filter(|line| !line.starts_with('#')) {
        let role = line.split('\t').next().unwrap_or("");
        assert!(["same", "type", "drop"].contains(&role), "{line}");
    }
}

#[test]
fn an_index_of_a_name_changes_no_score() {
    let sounds = &*SOUNDS;
    let names = [
        ("Mykhailo Podoliak", Language::En),
        ("New Castle County", Language::En),
        ("Михаил Подоляк", Language::Ru),
        ("Подоляк Михайло", Language::Uk),
        ("米哈伊洛·波多利亚克", Language::ZhHans),
        ("新南威尔士州", Language::ZhHans),
    ];
    let names: Vec<Name> = names.iter().filter_map(|(name, language)| sounds.read(name, *language)).collect();
    assert_eq!(names.len(), 6);
    for a in &names {
        for b in &names {
            let against = sounds.against(a, b.script).unwrap();
            assert_eq!(against.strength(b).to_bits(), sounds.strength(a, b).to_bits());
        }
    }
}
