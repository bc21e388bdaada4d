//! The tables of `tests/dates`: an expression in its context, and what it must come to.

use super::{PlainTime, Rules, resolve_text};
use crate::model::Language;

/// One row: text with the expression in brackets, value, modifier, basis, day of writing.
fn check(line: &str, language: Language, rules: &Rules) -> Result<(), String> {
    let mut columns = line.split('\t');
    let marked = columns.next().unwrap_or_default();
    let (wanted, modifier, basis) =
        (columns.next().unwrap_or("-"), columns.next().unwrap_or("."), columns.next().unwrap_or("."));
    let published = columns.next().and_then(|date| date.parse().ok());
    let start = marked.find('[').ok_or("no bracket")?;
    let end = marked.find(']').ok_or("no bracket")? - 1;
    let text = marked.replace(['[', ']'], "");
    let times = resolve_text(&text, language, "", published, rules);
    let found = times.iter().filter(|time| time.span.start < end && start < time.span.end);
    let Some(time) = found.max_by_key(|time| time.span.end.min(end) - time.span.start.max(start)) else {
        return if wanted == "-" { Ok(()) } else { Err("nothing found".to_owned()) };
    };
    let value = wanted.strip_prefix('=').map_or(&time.edtf, |_| &time.value);
    let fits = wanted != "-"
        && value == wanted.trim_start_matches('=')
        && (modifier == "." || modifier == time.modifier)
        && (basis == "." || basis == time.basis);
    if fits { Ok(()) } else { Err(describe(time, &text)) }
}

fn describe(time: &PlainTime, text: &str) -> String {
    format!(
        "{} edtf={} value={} mod={} basis={} rule={}",
        time.span.of(text),
        time.edtf,
        time.value,
        time.modifier,
        time.basis,
        time.rule
    )
}

fn table(text: &str, language: Language) {
    let rules = Rules::builtin();
    let rows: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(rows.len() >= 200, "only {} rows", rows.len());
    let failures: Vec<String> = rows
        .iter()
        .filter_map(|row| check(row, language, &rules).err().map(|error| format!("{row}\n      {error}")))
        .collect();
    assert!(failures.is_empty(), "{} of {} rows:\n{}", failures.len(), rows.len(), failures.join("\n"));
}

#[test]
fn english_table() {
    table(include_str!("../../tests/dates/en.tsv"), Language::En);
}

#[test]
fn chinese_table() {
    table(include_str!("../../tests/dates/zh.tsv"), Language::ZhHans);
}

#[test]
fn russian_table() {
    table(include_str!("../../tests/dates/ru.tsv"), Language::Ru);
}

#[test]
fn ukrainian_table() {
    table(include_str!("../../tests/dates/uk.tsv"), Language::Uk);
}

/// Rows of `tests/dates/use.tsv`: language, text with the expression in brackets, its use.
#[test]
fn uses() {
    let rules = Rules::builtin();
    let mut failures = Vec::new();
    for row in include_str!("../../tests/dates/use.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = row.split('\t');
        let (code, marked, wanted) = (columns.next(), columns.next().unwrap_or_default(), columns.next());
        let language = match code {
            Some("zh") => Language::ZhHans,
            Some("ru") => Language::Ru,
            Some("uk") => Language::Uk,
            _ => Language::En,
        };
        let (start, end) = (marked.find('[').unwrap_or(0), marked.find(']').unwrap_or(1) - 1);
        let text = marked.replace(['[', ']'], "");
        let times = resolve_text(&text, language, "", None, &rules);
        let found = times.iter().find(|time| time.span.start < end && start < time.span.end);
        if found.map(|time| time.used_as) != wanted {
            failures.push(format!("{row}: {:?}", found.map(|time| time.used_as)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_weekday_that_contradicts_its_date_is_reported() {
    let rules = Rules::builtin();
    let outline = |text| super::Outline {
        title: "",
        language: Language::En,
        sections: vec![("", None)],
        sentences: vec![(text, 0, Language::En)],
        published: None,
        news: false,
        wiki: false,
    };
    let wrong = |text| super::resolve_outline(&outline(text), &rules).0[0].wrong_weekday;
    assert!(wrong("It opened on Monday, 8 October 2022."));
    assert!(!wrong("It opened on Saturday, 8 October 2022."));
}

#[test]
fn a_heading_lends_its_year_through_its_parents() {
    let rules = Rules::builtin();
    let outline = super::Outline {
        title: "Talks",
        language: Language::En,
        sections: vec![
            ("", None),
            ("2022", None),
            ("March", Some(1)),
            ("Early rounds (28 February to 7 March)", Some(1)),
        ],
        sentences: vec![
            ("It was agreed in 2019 that they would meet on 3 March.", 2, Language::En),
            ("They met on 1 March.", 3, Language::En),
        ],
        published: None,
        news: false,
        wiki: false,
    };
    let (times, contexts) = super::resolve_outline(&outline, &rules);
    let edtf: Vec<&str> = contexts.iter().map(|context| context.edtf.as_str()).collect();
    assert_eq!(edtf, ["", "2022", "2022-03", "2022-02-28/2022-03-07"]);
    let dates: Vec<&str> = times.iter().map(|time| time.edtf.as_str()).collect();
    assert_eq!(dates, ["2019", "2022-03-03", "2022-03-01"]);
}

/// The EDTF dates of sentences in sections that have no dates of their own.
fn story(sections: &[&[&str]]) -> Vec<String> {
    let rules = Rules::builtin();
    let sentences = sections
        .iter()
        .enumerate()
        .flat_map(|(section, sentences)| sentences.iter().map(move |&text| (text, section, Language::Und)));
    let outline = super::Outline {
        title: "",
        language: Language::Und,
        sections: vec![("", None); sections.len()],
        sentences: sentences.collect(),
        published: None,
        news: false,
        wiki: true,
    };
    super::resolve_outline(&outline, &rules).0.into_iter().map(|row| row.edtf).collect()
}

#[test]
fn a_year_told_ahead_does_not_draw_the_story_after_it() {
    let dates = story(&[
        &["The lock was blocked on 24 May 2011.", "On 7 June 2012 the inquiry ended."],
        &["On 25 May the crews met.", "They parted on 4 June.", "On 11 June 2011 the lock was open again."],
    ]);
    assert_eq!(dates, ["2011-05-24", "2012-06-07", "2011-05-25", "2011-06-04", "2011-06-11"]);
}

#[test]
fn a_term_in_the_next_year_is_an_aside() {
    let dates = story(&[
        &["The bridge was closed on 20 May 2011."],
        &[
            "On 31 May the council barred lorries until the end of February 2012.",
            "On 2 June the shops protested.",
        ],
    ]);
    assert_eq!(dates, ["2011-05-20", "2011-05-31", "2012-02", "2011-06-02"]);
    let dates = story(&[
        &["19 сентября 1923 года мост открыли.", "28 сентября совет продлил договор до 1 января 1924 года."],
        &["5 октября мост закрыли.", "7 декабря началась починка."],
    ]);
    assert_eq!(dates[3..], ["1923-10-05", "1923-12-07"]);
}

#[test]
fn the_dates_that_follow_tell_the_year_of_those_before() {
    let dates = story(&[
        &["The siege lasted until the fall of the fort in February 1845."],
        &["By the start of July the river had been crossed.", "In mid-June 1844 the fleet had sailed."],
    ]);
    assert_eq!(dates, ["1845-02", "1844-07", "1844-06"]);
}

#[test]
fn a_line_of_megabytes_takes_linear_time() {
    let rules = Rules::builtin();
    let seconds = |part: &str, count: usize| {
        let text = part.repeat(count);
        let started = std::time::Instant::now();
        assert!(!resolve_text(&text, Language::Und, "", None, &rules).is_empty());
        started.elapsed().as_secs_f64()
    };
    for part in ["on 3, 4 and 5 March and ", "2022年3月3日、", "в 1941, 1942 и ", "( 1941 - "] {
        let (short, long) = (seconds(part, 500), seconds(part, 4000));
        // eight times the text; a square would take sixty-four times as long
        assert!(long < 32.0 * short + 0.5, "{part}: {short} s, then {long} s");
    }
}

#[test]
fn headings_of_days_in_a_row_need_one_year() {
    let rules = Rules::builtin();
    let days = |days: &[&'static str], published: Option<&str>| -> Vec<String> {
        let outline = super::Outline {
            title: "",
            language: Language::En,
            sections: std::iter::once(("", None)).chain(days.iter().map(|&day| (day, None))).collect(),
            sentences: vec![("It is agreed today.", days.len(), Language::En)],
            published: published.map(|day| day.parse().unwrap()),
            news: false,
            wiki: false,
        };
        let (times, contexts) = super::resolve_outline(&outline, &rules);
        assert_eq!(times[0].edtf, contexts[days.len()].edtf, "today is the day of the entry");
        contexts.into_iter().skip(1).map(|context| context.edtf).collect()
    };
    let forward = days(&["9 November 1997", "1 December", "15 January", "10 April"], None);
    assert_eq!(forward, ["1997-11-09", "1997-12-01", "1998-01-15", "1998-04-10"]);
    let backward = days(&["10 April", "15 January", "1 December", "9 November"], Some("1998-04-11"));
    assert_eq!(backward, ["1998-04-10", "1998-01-15", "1997-12-01", "1997-11-09"]);
}

#[test]
fn news_that_looks_back_stays_there_until_it_leaps() {
    let rules = Rules::builtin();
    let dates = |sentences: &[&'static str]| -> Vec<String> {
        let outline = super::Outline {
            title: "",
            language: Language::En,
            sections: vec![("", None)],
            sentences: sentences.iter().map(|&text| (text, 0, Language::En)).collect(),
            published: Some("2008-06-20".parse().unwrap()),
            news: true,
            wiki: false,
        };
        super::resolve_outline(&outline, &rules).0.into_iter().map(|row| row.edtf).collect()
    };
    let back =
        dates(&["They first met on 31 July 2004.", "More talks followed.", "On 26 August they signed."]);
    assert_eq!(back, ["2004-07-31", "2004-08-26"]);
    let home = dates(&["The treaty was signed on 10 November 2004.", "On 2 June the envoys met again."]);
    assert_eq!(home, ["2004-11-10", "2008-06-02"]);
}

#[test]
fn a_time_that_only_counts_from_a_year_does_not_draw_the_story() {
    let dates = story(&[
        &["The truce began on 15 January 2015.", "It broke on 18 March."],
        &["On 12 May a hostage was freed.", "On 9 September the city was bombed."],
        &["The court said so on 9 October.", "The border has been shut since October 2013."],
    ]);
    assert_eq!(dates[2..5], ["2015-05-12", "2015-09-09", "2015-10-09"]);
}
