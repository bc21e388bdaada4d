use super::*;

fn parts(text: &str) -> Vec<&str> {
    split(text, &Rules::builtin()).into_iter().map(|span| span.of(text)).collect()
}

#[test]
fn abbreviations_initials_and_decimals_end_nothing() {
    for whole in [
        "Mr. J. R. Smith of the U.S. State Department left at 5 p.m. Friday for St. Paul with 4.5 million.",
        "В 2014 г. Путин встретился с ген. Ивановым на ул. Мира, д. 5, и А. Б. Петровым.",
        "У 1920 р. Пілсудський уклав угоду з ген. Омеляновичем на вул. Хрещатик, буд. 3.",
        "The pact of 24. 4. 1920 was signed (it lapsed. Later it was renewed.) in Warsaw.",
        "“我们不会让步。谈判会继续。”发言人表示，会谈将在下周举行。",
        "«Мы готовы. Но не сейчас», — сказал министр.",
        "2.1. Сторони домовилися про співпрацю.",
        "\"Why not now?\" he asked.",
    ] {
        assert_eq!(parts(whole), [whole]);
    }
}

#[test]
fn sentences_end() {
    let cases: [&[&str]; 9] = [
        &["Talks began in May.", "They ended in the U.S.", "The envoy left."],
        &["Они встретились в 2014 г.", "После этого переговоры прервались."],
        &["Це сталося у 1920 р.", "Після цього уряд пішов."],
        &["双方同意停火。", "会谈持续了4.5小时。", "“结果很好。”", "次日再谈。"],
        &["雙方同意嗎?", "沒有人知道!", "會談繼續。"],
        &["He said: \"We are done.\"", "Then he left."],
        &["It is ours. .", "Kissinger agreed."],
        &["Did it fail?", "No.", "It worked!"],
        &["World War I.", "The treaty came later."],
    ];
    for case in cases {
        let glue = if case[0].contains(['。', '嗎']) { "" } else { " " };
        assert_eq!(parts(&case.join(glue)), case);
    }
}

#[test]
fn glued_sentences_come_apart() {
    assert_eq!(parts("It ended in 2023.Between March and May they met.").len(), 2);
    assert_eq!(parts("the invasion she shared.She was killed in August.").len(), 2);
    assert_eq!(parts("See www.Example.Com or Node.JS for more.").len(), 1);
}

#[test]
fn a_long_block_is_split_in_linear_time() {
    let text = "(".repeat(200_000) + &"a. B".repeat(200_000);
    assert!(!parts(&text).is_empty());
}

#[test]
fn a_full_width_point_between_names_ends_nothing() {
    let rules = Rules::builtin();
    let count = |text: &str| split(text, &rules).len();
    assert_eq!(count("外長敦．帕馬威奈獲准探視。會面很短。"), 2);
    assert_eq!(count("会谈结束．双方没有签字．"), 2, "nothing else ends sentences here");
}
