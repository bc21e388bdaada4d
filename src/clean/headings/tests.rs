use super::*;
use crate::clean::calendar::Months;

fn rules() -> Rules {
    Rules::builtin(&Months::builtin())
}

/// Headings written with `>` for each that follows the one before without text between.
fn levels(headings: &[&str]) -> Vec<u8> {
    let seen: Vec<Seen> = headings
        .iter()
        .map(|text| Seen {
            text: text.trim_start_matches('>').to_owned(),
            level: None,
            stacked: text.starts_with('>'),
        })
        .collect();
    rules().levels(&seen)
}

#[test]
fn months_stand_under_years_and_rounds_under_periods() {
    assert_eq!(
        levels(&[
            "Background",
            "Course of the talks",
            ">Opening (1 March to 9 April 2021)",
            "First round (2 March)",
            "Pause: 20–21 March",
            "April 2021",
            "Rest of 2021",
            ">May 2021",
            "July 2021",
            "2022",
            ">January 2022",
            "Lusaka Accord",
            "Peace plan",
            "See also",
            ">References",
        ]),
        [1, 1, 2, 3, 3, 3, 2, 3, 3, 2, 3, 1, 1, 1, 1]
    );
    assert_eq!(
        levels(&[
            "背景",
            "2019年3月",
            ">第一轮",
            "2019年4月",
            ">第二轮",
            "第三轮",
            "2019年7月",
            "参见",
            "参考资料"
        ]),
        [1, 1, 2, 1, 2, 2, 1, 1, 1]
    );
}

#[test]
fn headings_without_text_hold_the_next() {
    assert_eq!(
        levels(&[
            "背景",
            ">拒绝会谈",
            "改期",
            "磋商",
            ">第一轮",
            "第二轮",
            "河畔论坛",
            "第三轮",
            "2019年4月",
            "2019年5月",
            "人员",
            ">甲方",
            "乙方",
            "民意调查"
        ]),
        [1, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 1]
    );
    assert_eq!(
        levels(&["Reactions", ">Domestic", "International", ">Commentary", "References"]),
        [1, 2, 2, 2, 1]
    );
    assert_eq!(levels(&["March 2021 peace conference", ">Second proposal"]), [1, 1]);
}

#[test]
fn marks_and_numbers_decide_first() {
    let marked = [("Aims", Some(2)), ("Background", Some(3)), ("References", None)];
    let seen: Vec<Seen> =
        marked.iter().map(|&(text, level)| Seen { text: text.to_owned(), level, stacked: false }).collect();
    assert_eq!(rules().levels(&seen), [2, 3, 1]);
    assert_eq!(levels(&["1. Aims", "1.1 Scope", "1.2 Means"]), [1, 2, 2]);
}

#[test]
fn tails_are_known_in_every_script() {
    let rules = rules();
    assert_eq!(rules.tail("參考資料"), Some(Tail::References));
    assert_eq!(rules.tail("Див. також"), Some(Tail::SeeAlso));
    assert_eq!(rules.tail("См. также:"), Some(Tail::SeeAlso));
    assert_eq!(rules.tail("Russia"), None);
    assert_eq!(rules.tail("References & Resources"), Some(Tail::References));
    assert_eq!(rules.tail("Ссылки и материалы"), Some(Tail::ExternalLinks));
    assert_eq!(rules.tail("War and peace"), None);
}
