use super::*;

#[test]
fn languages_with_rules() {
    for (text, code) in [
        ("The delegates signed the accord in Geneva on 21 July and left the same evening.", "en"),
        ("各国代表七月二十一日在日内瓦签署协议，当晚离开。", "zh-Hans"),
        ("各國代表七月二十一日在日內瓦簽署協議，當晚離開。", "zh-Hant"),
        ("Делегаты подписали соглашение в Женеве 21 июля и вечером того же дня уехали.", "ru"),
        ("Делегати підписали угоду в Женеві 21 липня й того ж вечора поїхали.", "uk"),
    ] {
        assert_eq!(detect(text).code(), code, "{text}");
    }
}

#[test]
fn other_languages_keep_their_code() {
    for (text, code) in [
        ("Delegaci podpisali porozumienie w Genewie 21 lipca i tego samego dnia wyjechali.", "pl"),
        ("Die Delegierten haben das Abkommen am 21. Juli in Genf unterzeichnet und sind abgereist.", "de"),
        ("Les délégués ont signé l'accord à Genève le 21 juillet et sont partis le soir même.", "fr"),
        ("Delegeler anlaşmayı 21 Temmuz'da Cenevre'de imzaladı ve aynı akşam ayrıldı.", "tr"),
        ("Los delegados firmaron el acuerdo en Ginebra el 21 de julio y se fueron esa misma tarde.", "es"),
        ("დელეგატებმა შეთანხმებას ჟენევაში მოაწერეს ხელი.", "ka"),
        ("各国代表は七月二十一日にジュネーブで協定に署名した。", "ja"),
        ("대표단은 7월 21일 제네바에서 협정에 서명했다.", "ko"),
        ("Дэлегаты падпісалі пагадненне ў Жэневе 21 ліпеня і ўвечары з'ехалі.", "be"),
        ("Делегатите подписаха споразумението в Женева на 21 юли и си тръгнаха същата вечер.", "bg"),
        ("Делегати су потписали споразум у Женеви 21. јула и исте вечери отишли.", "sr"),
        ("وقع المندوبون الاتفاق في جنيف في 21 يوليو وغادروا في المساء.", "ar"),
        ("Οι αντιπρόσωποι υπέγραψαν τη συμφωνία στη Γενεύη.", "el"),
    ] {
        assert_eq!(detect(text).code(), code, "{text}");
    }
    assert_eq!(detect("12:30 — 2015 … 14"), Language::Und);
}

#[test]
fn labels_of_an_interface_and_addresses_do_not_decide() {
    let page = "跳转到内容\n[编辑]\n各國代表在日內瓦簽署協議，會後發表聯合聲明，並感謝主辦國。\n[编辑]";
    assert_eq!(detect(page), Language::ZhHant);
    let cited = "各国代表签署协议。https://example.org/the/news/of/the/day/in/the/world";
    assert_eq!(detect(cited), Language::ZhHans);
}

#[test]
fn short_blocks_inherit() {
    assert_eq!(detect_in("会谈", Language::ZhHant), Language::ZhHant);
    assert_eq!(detect_in("Переговори", Language::Uk), Language::Uk);
    assert_eq!(detect_in("2015", Language::Ru), Language::Ru);
    assert_eq!(detect_in("Reuters", Language::ZhHans), Language::ZhHans);
    assert_eq!(detect_in("It was signed by the delegates after the vote.", Language::ZhHans), Language::En);
    assert_eq!(detect_in("Переговоры были прерваны, но это ещё не конец.", Language::Uk), Language::Ru);
}

#[test]
fn declared_codes() {
    for (declared, code) in [
        ("en-US", "en"),
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("pl", "pl"),
        ("ja", "ja"),
        ("klingon", "und"),
    ] {
        assert_eq!(of_declared(declared).code(), code);
    }
}
