use super::*;

fn read(text: &str) -> Citation {
    parse(text, "1", Span::default(), &Rules::builtin())
}

fn fields(citation: &Citation) -> [&str; 7] {
    [
        &citation.authors,
        &citation.title,
        &citation.publisher,
        &citation.published,
        &citation.accessed,
        &citation.archived,
        &citation.language,
    ]
}

#[test]
fn the_english_style() {
    let full = read(
        "Miller, Anna; Brown, Peter (18 February 2025). \"Rubio and 'Lavrov' meet\". The Daily Paper. Reuters. \
         ISSN 0362-4331. Archived from the original on 19 February 2025. Retrieved 20 February 2025. They met. \"It went well.\"",
    );
    assert_eq!(
        fields(&full),
        [
            "Miller, Anna; Brown, Peter",
            "Rubio and 'Lavrov' meet",
            "The Daily Paper",
            "2025-02-18",
            "2025-02-20",
            "2025-02-19",
            ""
        ]
    );
    let bare = read("\"Third round ends\". Al Jazeera. Reuters, AFP. 7 March 2022. Retrieved 8 March 2022.");
    assert_eq!(fields(&bare), ["", "Third round ends", "Al Jazeera", "2022-03-07", "2022-03-08", "", ""]);
    let foreign = read(
        "Коваль, Олена (11 March 2025). Переговори почалися [Talks began]. Українська газета [Ukrainian Paper] (in Ukrainian). Retrieved 12 March 2025. Деталі: усе добре.",
    );
    assert_eq!(
        fields(&foreign),
        [
            "Коваль, Олена",
            "Переговори почалися",
            "Українська газета",
            "2025-03-11",
            "2025-03-12",
            "",
            "Ukrainian"
        ]
    );
}

#[test]
fn the_chinese_style() {
    let full = read(
        "News, A. B. C. Germany protests 'bad' deal. ABC News. 2025-02-12 [2025-02-13]. (原始内容存档于2025-02-14) (英语). ",
    );
    assert_eq!(
        fields(&full),
        [
            "News, A. B. C.",
            "Germany protests 'bad' deal",
            "ABC News",
            "2025-02-12",
            "2025-02-13",
            "2025-02-14",
            "英语"
        ]
    );
    let two = read("«Плохой день». Реакция на переговоры. Чем закончилось?. Би-би-си. [2025-02-13] (俄语).");
    assert_eq!(
        fields(&two),
        [
            "",
            "«Плохой день». Реакция на переговоры. Чем закончилось?",
            "Би-би-си",
            "",
            "2025-02-13",
            "",
            "俄语"
        ]
    );
    let issn = read(
        "Dan, Paul. Deal is near. The Paper. 2025-02-13 [2025-02-13]. 0261-3077. （原始內容存檔於2025-02-15） （中文（臺灣））.",
    );
    assert_eq!(
        fields(&issn),
        ["Dan, Paul", "Deal is near", "The Paper", "2025-02-13", "2025-02-13", "2025-02-15", "中文（臺灣）"]
    );
    assert_eq!(read("AFP. Leaders want a plan. Insider. 2025-02-13 (美国英语). ").authors, "AFP");
    assert_eq!(
        fields(&read("CNN: no deal on metals. 2025-02-13 (英语). "))[1..4],
        ["CNN: no deal on metals", "", "2025-02-13"]
    );
}

#[test]
fn the_russian_and_ukrainian_styles() {
    let ru = read(
        "Иванов И. И. Переговоры завершились (рус.). РБК (5 марта 2022). Дата обращения: 6 марта 2022. Архивировано 7 марта 2022 года.",
    );
    assert_eq!(
        fields(&ru),
        ["Иванов И. И.", "Переговоры завершились", "РБК", "2022-03-05", "2022-03-06", "2022-03-07", "рус."]
    );
    let old = read(
        "Новый договор подписан // Известия. — 2014. — 5 марта. Проверено 6 марта 2014. Архивировано из первоисточника 7 марта 2014.",
    );
    assert_eq!(
        fields(&old),
        ["", "Новый договор подписан", "Известия", "2014", "2014-03-06", "2014-03-07", ""]
    );
    let uk = read(
        "Коваль О. (11 березня 2025). Переговори відновлено. Українська газета (укр.). Процитовано 12 березня 2025. Архів оригіналу за 13 березня 2025.",
    );
    assert_eq!(
        fields(&uk),
        [
            "Коваль О.",
            "Переговори відновлено",
            "Українська газета",
            "2025-03-11",
            "2025-03-12",
            "2025-03-13",
            "укр."
        ]
    );
}

#[test]
fn errors_keep_the_name_in_every_wording() {
    for (text, name) in [
        ("Cite error: The named reference ADF was invoked but never defined (see the help page).", "ADF"),
        (
            "Cite error: Invalid <ref> tag; no text was provided for refs named \"four words, two\"",
            "four words, two",
        ),
        ("引用错误:没有为名为Istanbul2025的参考文献提供内容", "Istanbul2025"),
        ("引用错误：<ref>标签无效；未给name（名称）为“甲”的ref（参考）提供文本", "甲"),
        ("引用錯誤：無效的 <ref> 標籤，未定義名稱為 \"乙\" 的參考文獻內容文字。", "乙"),
        ("Ошибка цитирования Неверный тег <ref>; для сносок «ria» не указан текст", "ria"),
        (
            "Помилка цитування: Неправильний виклик тегу <ref>: для виносок під назвою \"up\" не вказано текст",
            "up",
        ),
        ("Cite error: There are <ref> tags on this page without content in them (see the help page).", ""),
    ] {
        let rules = Rules::builtin();
        let found = rules.errors.at(text).unwrap();
        assert_eq!((found.name.as_str(), found.len), (name, text.len()), "{text}");
    }
    assert_eq!(read("Cite error: The named reference x was invoked but never defined").cite_error, "x");
}

#[test]
fn leads_give_number_and_text() {
    let rules = Rules::builtin();
    for (line, number, text, linked) in [
        ("  1. ^ 1.0 1.1 News", "1", "News", true),
        ("2. ^ a b Smith", "2", "Smith", true),
        ("^ Jump up to: a b \"Title\"", "", "\"Title\"", true),
        ("a. ^ A note.", "a", "A note.", true),
        ("[12] https://example.org", "12", "https://example.org", false),
        ("↑ Новости", "", "Новости", true),
        ("Smith, John", "", "Smith, John", false),
    ] {
        let lead = lead::read(line, &rules);
        assert_eq!((lead.number.as_str(), &line[lead.len..], lead.linked), (number, text, linked));
    }
}
