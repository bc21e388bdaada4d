use super::*;

const ZH_HANS: &str = "2015年12月12日，近两百个国家在巴黎气候大会上通过了一项新的协议，\
各方同意把全球平均气温升幅控制在两度之内。法国外长宣布会议成功结束，各国代表起立鼓掌。";
const ZH_HANT: &str = "2015年12月12日，近兩百個國家在巴黎氣候大會上通過了一項新的協議，\
各方同意把全球平均氣溫升幅控制在兩度之內。法國外長宣布會議成功結束，各國代表起立鼓掌。";
const RU: &str = "12 декабря 2015 года почти двести стран приняли на конференции в Париже новое соглашение. \
Министр иностранных дел Франции объявил о завершении переговоров, и делегаты встали.";
const UK: &str = "12 грудня 2015 року майже двісті країн ухвалили на конференції в Парижі нову угоду. \
Міністр закордонних справ Франції оголосив про завершення переговорів, її учасники підвелися.";
const JA: &str = "2015年12月12日、パリの気候会議で約二百か国が新しい協定に合意した。フランスの外相が会議の終わりを告げた。";
const KO: &str = "2015년 12월 12일 파리 기후 회의에서 거의 이백 개의 나라가 새로운 협정에 합의하였다. 프랑스 외무장관이 회의를 마쳤다.";
const FR: &str = "Le 12 décembre 2015, près de deux cents États ont adopté à Paris un nouvel accord. Le ministre \
français a déclaré la conférence achevée ; les délégués se sont levés pour l’applaudir.";

fn encode(text: &str, label: &str) -> Vec<u8> {
    let (bytes, _, failed) = for_label(label).expect("a known label").encode(text);
    assert!(!failed, "{label} lacks a character of the text");
    bytes.into_owned()
}

fn html(charset: &str, text: &str) -> String {
    format!(
        "<html><head><meta charset=\"{charset}\"><title>x</title></head><body><p>{text}</p></body></html>"
    )
}

#[test]
fn bytes_without_a_declaration_are_recognised() {
    for (text, label, name) in [
        (ZH_HANS, "gb2312", "GB18030"),
        (ZH_HANT, "big5", "Big5"),
        (RU, "windows-1251", "windows-1251"),
        (RU, "koi8-r", "KOI8-R"),
        (RU, "cp866", "IBM866"),
        (RU, "iso-8859-5", "ISO-8859-5"),
        (UK, "windows-1251", "windows-1251"),
        (UK, "koi8-u", "KOI8-U"),
        (JA, "shift_jis", "Shift_JIS"),
        (JA, "euc-jp", "EUC-JP"),
        (KO, "euc-kr", "EUC-KR"),
        (FR, "windows-1252", "windows-1252"),
    ] {
        let found = decode(encode(text, label), None, true);
        assert_eq!((found.encoding, found.from), (name, EncodingFrom::Detected), "{label}");
        assert_eq!(found.text, text, "{label}");
        assert_eq!(found.replaced, 0);
    }
}

#[test]
fn other_scripts_are_left_to_their_names() {
    let greek =
        "Οι αντιπρόσωποι υπέγραψαν τη συμφωνία στη Γενεύη και έφυγαν το βράδυ της ίδιας ημέρας με το τρένο.";
    let hebrew = "הנציגים חתמו על ההסכם בז'נבה ונסעו באותו הערב ברכבת לעיר הבירה.";
    let polish = "Przedstawiciele podpisali porozumienie w Genewie i wyjechali pociągiem tego samego dnia późno w nocy.";
    for (text, label) in [(greek, "windows-1253"), (hebrew, "windows-1255"), (polish, "windows-1250")] {
        assert_eq!(decode(encode(text, label), None, true).text, text, "{label}");
        let page = html(label, text);
        assert_eq!(decode(encode(&page, label), None, true).text, page, "{label}");
    }
}

#[test]
fn a_true_declaration_is_believed() {
    for (text, label) in [(ZH_HANS, "gb2312"), (ZH_HANT, "Big5-HKSCS"), (RU, "KOI8-R"), (FR, "ISO-8859-1")] {
        let page = html(label, text);
        let found = decode(encode(&page, label), None, true);
        assert_eq!(found.from, EncodingFrom::Declared, "{label}");
        assert_eq!(found.text, page);
        assert!(found.diagnostics.is_empty(), "{label}: {:?}", found.diagnostics);
    }
    let found = decode(encode(RU, "koi8-r"), Some("koi8-r"), true);
    assert_eq!((found.encoding, found.from), ("KOI8-R", EncodingFrom::Http));
}

#[test]
fn a_lying_declaration_loses() {
    for (text, real, lie) in [
        (ZH_HANS, "utf-8", "gb2312"),
        (ZH_HANS, "gbk", "utf-8"),
        (ZH_HANT, "big5", "gb2312"),
        (RU, "windows-1251", "koi8-r"),
        (RU, "windows-1251", "iso-8859-1"),
        (UK, "utf-8", "windows-1251"),
    ] {
        let page = html(lie, text);
        let found = decode(encode(&page, real), None, true);
        assert_eq!(found.text, page, "{real} under {lie}");
        assert_eq!(found.from, EncodingFrom::Detected);
        let codes: Vec<_> = found.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["declared-encoding-contradicted"], "{real} under {lie}");
    }
}

#[test]
fn wide_formats_are_read_with_and_without_a_mark() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    for text in [ZH_HANS, RU, FR] {
        for (big, mark, name) in [(false, [0xFF, 0xFE], "UTF-16LE"), (true, [0xFE, 0xFF], "UTF-16BE")] {
            let marked = decode([&mark[..], &utf16(text, big)].concat(), None, true);
            assert_eq!((marked.encoding, marked.from, marked.text.as_str()), (name, EncodingFrom::Bom, text));
            let bare = decode(utf16(text, big), None, true);
            assert_eq!((bare.encoding, bare.from, bare.text.as_str()), (name, EncodingFrom::Detected, text));
        }
        let utf32: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
        let found = decode([&[0xFF, 0xFE, 0, 0][..], &utf32].concat(), None, true);
        assert_eq!((found.encoding, found.text.as_str()), ("UTF-32LE", text));
    }
    let found = decode([b"\xEF\xBB\xBF", ZH_HANS.as_bytes()].concat(), None, true);
    assert_eq!((found.encoding, found.from, found.text.as_str()), ("UTF-8", EncodingFrom::Bom, ZH_HANS));
}

#[test]
fn torn_text_stays_in_its_encoding() {
    let cut = &ZH_HANS.as_bytes()[..ZH_HANS.len() - 1];
    let found = decode(cut.to_vec(), None, true);
    assert_eq!((found.encoding, found.replaced), ("UTF-8", 1));
    assert_eq!(found.diagnostics[0].code, "undecodable-bytes");
    assert!(!is_mush(&found.text, found.replaced));
    let surrogate = [&[0xFF, 0xFE, 0x41, 0x00, 0x00, 0xD8, 0x42, 0x00][..]].concat();
    let found = decode(surrogate, None, true);
    assert_eq!((found.text.as_str(), found.replaced), ("A\u{FFFD}B", 1));
}

#[test]
fn unknown_labels_are_told_of() {
    let found = decode(html("none-such", "plain").into_bytes(), None, true);
    assert_eq!(found.diagnostics[0].code, "unknown-encoding-label");
    assert_eq!((found.encoding, found.from), ("UTF-8", EncodingFrom::Default));
}

#[test]
fn labels_of_the_table_name_encodings() {
    let file: File = crate::rules::parse("charsets.toml");
    for name in file.labels.values().chain(&file.candidates.names) {
        assert!(Encoding::for_label(name.as_bytes()).is_some(), "{name}");
    }
    let keys: Vec<_> = file.labels.keys().collect();
    assert!(keys.is_sorted() && keys.iter().all(|key| **key == key.to_lowercase()));
}
