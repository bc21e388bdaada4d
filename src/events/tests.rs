//! Mentions and events of small documents, with dates and names marked up by hand: `<10 March|2022-03-10>`
//! is a time expression, `{Lavrov|person}` a name, `# Title|2022-03` a heading with its date.

mod merging;
mod types;

use super::*;
use crate::model::*;
use jiff::civil::Date;

/// Builds what the stages before would give.
struct Maker {
    cleaned: Cleaned,
    dated: Dated,
    named: Named,
}

fn day(text: &str, last: bool) -> Option<Date> {
    let part: Vec<i16> = text.split('-').filter_map(|p| p.parse().ok()).collect();
    match (&part[..], last) {
        (&[y], false) => Date::new(y, 1, 1).ok(),
        (&[y], true) => Date::new(y, 12, 31).ok(),
        (&[y, m], false) => Date::new(y, m as i8, 1).ok(),
        (&[y, m], true) => Date::new(y, m as i8, 1).ok().map(|d| d.last_of_month()),
        (&[y, m, d], _) => Date::new(y, m as i8, d as i8).ok(),
        _ => None,
    }
}

fn ends(edtf: &str) -> (Option<Date>, Option<Date>) {
    let (a, b) = edtf.split_once('/').unwrap_or((edtf, edtf));
    (day(a, false), day(b, true))
}

fn precision(edtf: &str) -> Precision {
    match (edtf.contains('/'), edtf.len()) {
        (true, _) => Precision::Range,
        (_, 4) => Precision::Year,
        (_, 7) => Precision::Month,
        _ => Precision::Day,
    }
}

impl Maker {
    fn new(language: Language) -> Self {
        let decoded = Decoded {
            source: "a.txt".into(),
            text: String::new(),
            markup: Markup::Plain,
            from_feed: false,
            media_type: String::new(),
            encoding: "utf-8".into(),
            encoding_from: EncodingFrom::Default,
            sha256: String::new(),
            bytes: 0,
            hints: Hints::default(),
            status: Status::Ok,
            replacement_chars: 0,
            diagnostics: Vec::new(),
        };
        let mut cleaned = crate::clean::clean(decoded, &crate::clean::Rules::builtin());
        cleaned.document.language = language;
        let lead = Section { parent: None, level: 0, heading: String::new(), source: Span::default() };
        cleaned.sections = vec![lead];
        cleaned.sentences.clear();
        Maker {
            cleaned,
            dated: Dated { contexts: vec![DateContext::default()], ..Dated::default() },
            named: Named::default(),
        }
    }

    fn line(&mut self, line: &str, block_no: usize) {
        if let Some(heading) = line.strip_prefix("# ") {
            let (title, edtf) = heading.split_once('|').unwrap_or((heading, ""));
            let (start, end) = ends(edtf);
            self.cleaned.sections.push(Section {
                parent: None,
                level: 1,
                heading: title.into(),
                source: Span::default(),
            });
            self.dated.contexts.push(DateContext { edtf: edtf.into(), start, end });
            return;
        }
        let sentence = self.cleaned.sentences.len();
        let mut text = String::new();
        let mut rest = line;
        while let Some(open) = rest.find(['<', '{']) {
            text.push_str(&rest[..open]);
            let close = open + rest[open..].find(['>', '}']).unwrap();
            let (surface, value) = rest[open + 1..close].split_once('|').unwrap();
            let span = Span::new(text.len(), text.len() + surface.len());
            if rest[open..].starts_with('<') {
                self.time(sentence, span, value)
            } else {
                self.name(sentence, span, surface, value)
            }
            text.push_str(surface);
            rest = &rest[close + 1..];
        }
        text.push_str(rest);
        self.cleaned.sentences.push(Sentence {
            text,
            section: self.cleaned.sections.len() - 1,
            block_no,
            block: Block::Paragraph,
            language: self.cleaned.document.language,
            source: Span::default(),
        });
    }

    fn time(&mut self, sentence: usize, span: Span, value: &str) {
        let (value, modifier) = match value.strip_prefix('-') {
            Some(value) => (value, Modifier::Before),
            None => (value, Modifier::None),
        };
        let (edtf, used_as) = match value.strip_suffix('!') {
            Some(edtf) => (edtf, TimeUse::Name),
            None => (value, TimeUse::When),
        };
        let (start, end) = ends(edtf);
        self.dated.times.push(TimeExpression {
            sentence,
            span,
            kind: TimeKind::Date,
            used_as,
            timex_value: edtf.into(),
            edtf: edtf.into(),
            start,
            end,
            precision: precision(edtf),
            modifier,
            basis: Basis::Explicit,
            year_from: YearFrom::Surface,
            anchor: None,
            rule: "test",
        });
    }

    fn name(&mut self, sentence: usize, span: Span, surface: &str, value: &str) {
        let (kind, base) = value.split_once(':').unwrap_or((value, surface));
        let known = self.named.entities.iter().position(|e| e.forms[0].name == base);
        let entity = known.unwrap_or_else(|| {
            self.named.entities.push(DocumentEntity {
                kind: EntityKind::from_code(kind).unwrap(),
                forms: vec![NameForm {
                    name: base.into(),
                    language: self.cleaned.document.language,
                    evidence: NameEvidence::Text,
                    mentions: 1,
                    varieties: Varieties::default(),
                }],
                roles: Vec::new(),
                gazetteer: None,
            });
            self.named.entities.len() - 1
        });
        self.named.mentions.push(NameMention { sentence, span, entity, method: "test", confidence: 1.0 });
    }
}

fn document(language: Language, lines: &[&str], rules: &Rules) -> Extracted {
    let mut maker = Maker::new(language);
    for (block, line) in lines.iter().enumerate() {
        maker.line(line, block);
    }
    let mentions = extract(&maker.cleaned, &maker.dated, &maker.named, rules);
    Extracted { cleaned: maker.cleaned, dated: maker.dated, named: maker.named, mentions }
}

fn rules() -> &'static Rules {
    static RULES: std::sync::OnceLock<Rules> = std::sync::OnceLock::new();
    RULES.get_or_init(Rules::builtin)
}

/// Mentions as `date type modality`.
fn told(language: Language, lines: &[&str]) -> Vec<String> {
    document(language, lines, rules())
        .mentions
        .iter()
        .map(|m| format!("{} {} {}", m.edtf, m.event_type, m.modality))
        .collect()
}

fn first(language: Language, line: &str) -> String {
    told(language, &[line]).into_iter().next().unwrap_or_default()
}

use Language::{En, Ru, Uk, ZhHans, ZhHant};

#[test]
fn types_in_four_languages() {
    for (language, line, want) in [
        (En, "On <4 May|2021-05-04>, the foreign ministers met in Geneva.", "CONSULT"),
        (En, "The army shelled the port on <4 May|2021-05-04>.", "ASSAULT"),
        (En, "On <4 May|2021-05-04>, parliament ratified the treaty.", "SUPPORT"),
        (En, "Workers went on strike on <4 May|2021-05-04>.", "PROTEST"),
        (En, "On <4 May|2021-05-04>, police arrested forty activists.", "COERCE"),
        (En, "The two governments signed a peace treaty on <4 May|2021-05-04>.", "AGREE"),
        (En, "On <4 May|2021-05-04>, the government resigned.", "RETREAT"),
        (ZhHans, "<5月4日|2021-05-04>，两国外长在日内瓦举行会谈。", "CONSULT"),
        (ZhHant, "<5月4日|2021-05-04>，軍隊炮擊港口。", "ASSAULT"),
        (ZhHans, "<5月4日|2021-05-04>，警方逮捕了四十名活动人士。", "COERCE"),
        (ZhHant, "<5月4日|2021-05-04>，雙方簽署停戰協定。", "AGREE"),
        (ZhHans, "<5月4日|2021-05-04>，外交部谴责了这次袭击。", "ACCUSE"),
        (ZhHans, "<5月4日|2021-05-04>，工人举行罢工。", "PROTEST"),
        (Ru, "<4 мая|2021-05-04> министры провели переговоры в Женеве.", "CONSULT"),
        (Ru, "<4 мая|2021-05-04> армия обстреляла порт.", "ASSAULT"),
        (Ru, "Стороны подписали мирный договор <4 мая|2021-05-04>.", "AGREE"),
        (Ru, "<4 мая|2021-05-04> полиция задержала сорок человек.", "COERCE"),
        (Ru, "<4 мая|2021-05-04> правительство ушло, а премьер подал в отставку.", "RETREAT"),
        (Uk, "<4 травня|2021-05-04> міністри провели переговори в Женеві.", "CONSULT"),
        (Uk, "<4 травня|2021-05-04> армія обстріляла порт.", "ASSAULT"),
        (Uk, "Сторони підписали мирний договір <4 травня|2021-05-04>.", "AGREE"),
        (Uk, "<4 травня|2021-05-04> поліція затримала сорок осіб.", "COERCE"),
        (Uk, "<4 травня|2021-05-04> парламент запровадив санкції проти банку.", "SANCTION"),
    ] {
        assert_eq!(first(language, line), format!("2021-05-04 {want} happened"), "{line}");
    }
}

#[test]
fn two_dates_give_two_mentions() {
    assert_eq!(
        told(En, &["The envoys met on <3 June|2021-06-03>, and the army withdrew on <9 June|2021-06-09>."]),
        ["2021-06-03 CONSULT happened", "2021-06-09 RETREAT happened"]
    );
    assert_eq!(
        told(ZhHans, &["<6月3日|2021-06-03>，双方会面；<6月9日|2021-06-09>，军队撤出该城。"]),
        ["2021-06-03 CONSULT happened", "2021-06-09 RETREAT happened"]
    );
    assert_eq!(
        told(Ru, &["<3 июня|2021-06-03> посланники встретились, а <9 июня|2021-06-09> армия отступила."]),
        ["2021-06-03 CONSULT happened", "2021-06-09 RETREAT happened"]
    );
    assert_eq!(
        told(Uk, &["<3 червня|2021-06-03> посланці зустрілися, а <9 червня|2021-06-09> армія відступила."]),
        ["2021-06-03 CONSULT happened", "2021-06-09 RETREAT happened"]
    );
}

#[test]
fn a_list_of_rounds_claims_an_ordinal_for_each_date() {
    let rules = rules();
    for (language, line) in [
        (En, "A second and third round of talks took place on <2|2021-07-02> and <6 July|2021-07-06>."),
        (ZhHans, "第二轮和第三轮会谈分别于<7月2日|2021-07-02>和<7月6日|2021-07-06>举行。"),
        (Ru, "Второй и третий раунды переговоров прошли <2|2021-07-02> и <6 июля|2021-07-06>."),
        (Uk, "Другий і третій раунди переговорів відбулися <2|2021-07-02> і <6 липня|2021-07-06>."),
    ] {
        let mentions = document(language, &[line], rules).mentions;
        let got: Vec<_> = mentions.iter().map(|m| (m.event_type, m.ordinal_claimed)).collect();
        assert_eq!(got, [(EventType::Consult, 2), (EventType::Consult, 3)], "{line}");
    }
}

#[test]
fn planned_negated_and_cancelled() {
    for (language, line, want) in [
        (En, "A new round of talks will be held on <8 July|2021-07-08>.", "CONSULT planned"),
        (En, "No agreement was reached on <8 July|2021-07-08>.", "AGREE negated"),
        (En, "The summit planned for the spring was cancelled on <8 July|2021-07-08>.", "REJECT happened"),
        (ZhHans, "新一轮谈判将于<7月8日|2021-07-08>举行。", "CONSULT planned"),
        (ZhHans, "<7月8日|2021-07-08>，双方没有达成协议。", "AGREE negated"),
        (ZhHant, "<7月8日|2021-07-08>，總統取消了訪問。", "REJECT happened"),
        (Ru, "Новый раунд переговоров пройдёт <8 июля|2021-07-08>.", "CONSULT planned"),
        (Ru, "<8 июля|2021-07-08> стороны не подписали соглашение.", "AGREE negated"),
        (Ru, "<8 июля|2021-07-08> президент отменил визит.", "REJECT happened"),
        (Uk, "Новий раунд переговорів відбудеться <8 липня|2021-07-08>.", "CONSULT planned"),
        (Uk, "<8 липня|2021-07-08> сторони не підписали угоду.", "AGREE negated"),
        (Uk, "<8 липня|2021-07-08> президент скасував візит.", "REJECT happened"),
    ] {
        assert_eq!(first(language, line), format!("2021-07-08 {want}"), "{line}");
    }
}

#[test]
fn reported_speech_is_a_statement_unless_it_refuses_or_accuses() {
    for (language, line, want) in [
        (En, "On <5 May|2021-05-05>, the minister said that the talks were difficult.", "STATEMENT"),
        (En, "On <5 May|2021-05-05>, the minister said that he would not negotiate.", "REJECT"),
        (ZhHans, "<5月5日|2021-05-05>，部长表示会谈很困难。", "STATEMENT"),
        (ZhHans, "<5月5日|2021-05-05>，部长表示不会谈判。", "REJECT"),
        (Ru, "<5 мая|2021-05-05> министр заявил, что переговоры идут трудно.", "STATEMENT"),
        (Ru, "<5 мая|2021-05-05> министр заявил, что не будет вести переговоры.", "REJECT"),
        (Uk, "<5 травня|2021-05-05> міністр заявив, що переговори важкі.", "STATEMENT"),
        (Uk, "<5 травня|2021-05-05> міністр заявив, що не буде вести переговори.", "REJECT"),
    ] {
        assert_eq!(first(language, line), format!("2021-05-05 {want} happened"), "{line}");
    }
}

#[test]
fn names_and_durations_give_no_mention() {
    assert!(told(En, &["The <2021|2021!> offensive shaped the talks."]).is_empty());
    assert!(told(ZhHans, &["<2021年|2021!>冲突影响了谈判。"]).is_empty());
}

#[test]
fn a_sentence_that_takes_up_a_report_gets_its_date() {
    for (language, lines) in [
        (En, ["On <3 June|2021-06-03>, the envoys met in Vienna.", "The talks ended without result."]),
        (ZhHans, ["<6月3日|2021-06-03>，双方在维也纳会面。", "会谈持续了三个小时，没有达成协议。"]),
        (Ru, ["<3 июня|2021-06-03> послы встретились в Вене.", "Переговоры завершились безрезультатно."]),
        (Uk, ["<3 червня|2021-06-03> посли зустрілися у Відні.", "Переговори завершилися безрезультатно."]),
    ] {
        let mentions = document(language, &lines, rules()).mentions;
        assert_eq!(mentions.len(), 2, "{lines:?}");
        assert_eq!(
            (mentions[1].edtf.as_str(), mentions[1].basis),
            ("2021-06-03", Basis::Relative),
            "{lines:?}"
        );
        assert!(mentions[1].confidence < mentions[0].confidence);
    }
}

#[test]
fn background_and_definitions_get_no_date() {
    for (language, lines) in [
        (
            En,
            ["On <3 June|2021-06-03>, the envoys met in Vienna.", "Vienna is often the seat of such talks."],
        ),
        (ZhHans, ["<6月3日|2021-06-03>，双方在维也纳会面。", "维也纳通常是此类会谈的举办地。"]),
        (
            Ru,
            [
                "<3 июня|2021-06-03> послы встретились в Вене.",
                "Вена обычно является местом таких переговоров.",
            ],
        ),
        (
            Uk,
            [
                "<3 червня|2021-06-03> посли зустрілися у Відні.",
                "Відень зазвичай є місцем таких переговорів.",
            ],
        ),
    ] {
        assert_eq!(told(language, &lines).len(), 1, "{lines:?}");
    }
}

#[test]
fn a_heading_dates_what_stands_under_it() {
    for (language, lines) in [
        (En, ["# Second round (3 June)|2021-06-03", "The envoys agreed to exchange prisoners."]),
        (ZhHans, ["# 第二轮（6月3日）|2021-06-03", "双方同意交换战俘。"]),
        (Ru, ["# Второй раунд (3 июня)|2021-06-03", "Послы договорились об обмене пленными."]),
        (Uk, ["# Другий раунд (3 червня)|2021-06-03", "Посли домовилися про обмін полоненими."]),
    ] {
        let mentions = document(language, &lines, rules()).mentions;
        assert_eq!(mentions.len(), 1, "{lines:?}");
        assert_eq!(
            (mentions[0].edtf.as_str(), mentions[0].basis),
            ("2021-06-03", Basis::Heading),
            "{lines:?}"
        );
    }
}

#[test]
fn a_poll_is_an_event_of_no_type() {
    assert_eq!(
        first(En, "A poll conducted in <May 2021|2021-05> found that half of the voters wanted talks."),
        "2021-05 OTHER happened"
    );
}

#[test]
fn a_negation_inside_what_was_agreed_denies_nothing() {
    let line = "{佐藤|person:Sato}于<2021年6月|2021-06>与各方取得不寻求加入任何军事同盟组织的共识。";
    assert_eq!(first(ZhHans, line), "2021-06 AGREE happened");
}

#[test]
fn a_meeting_named_by_its_date_is_not_before_it() {
    let line = "<Ahead of the 3 June|-2021-06-03> meeting {Sato|person} said that a truce was near.";
    let told = document(En, &[line], rules()).mentions;
    let meeting = told.iter().find(|m| m.event_type == EventType::Consult).unwrap();
    assert_eq!(meeting.modifier, Modifier::None);
}

#[test]
fn talks_named_by_their_town_were_held_there() {
    let lines = &["In the <2021|2021> {Vienna|place} talks {Sato|person} offered a truce."];
    let held = document(En, lines, rules()).mentions;
    assert!(held.iter().any(|m| m.event_type == EventType::Consult && m.place.is_some()));
}
