//! Properties that hold for every page of plain text, tried on the inputs of the golden cases.

use super::lines::is_blank;
use crate::clean::{self, Rules};
use crate::model::{Cleaned, Decoded, Markup};
use std::path::Path;

fn cleaned(text: &str, rules: &Rules) -> Cleaned {
    let decoded = Decoded::sample("page.txt", Markup::Plain, "text/plain", text);
    clean::clean(decoded, rules)
}

/// Name and text of every page.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<(String, String)> = folders
        .filter_map(|folder| {
            Some((folder.display().to_string(), std::fs::read_to_string(folder.join("input.txt")).ok()?))
        })
        .collect();
    pages.sort();
    pages
}

fn sentences(page: &Cleaned) -> Vec<&str> {
    page.sentences.iter().map(|sentence| sentence.text.as_str()).collect()
}

#[test]
fn every_byte_is_kept_or_accounted_for() {
    let rules = Rules::builtin();
    for (name, text) in pages() {
        let page = cleaned(&text, &rules);
        let mut bytes = text.clone().into_bytes();
        let kept = page.sentences.iter().map(|s| s.source).chain(page.sections.iter().map(|s| s.source));
        let cited = page.citations.iter().map(|citation| citation.source);
        for span in kept.chain(cited).chain(page.removals.iter().map(|removal| removal.source)) {
            bytes[span.start..span.end].fill(b' ');
        }
        let left = String::from_utf8(bytes).expect("spans end on characters");
        assert!(left.chars().all(is_blank), "{name}: {:?}", left.trim());
    }
}

#[test]
fn sentences_stand_in_their_spans_in_order() {
    let rules = Rules::builtin();
    for (name, text) in pages() {
        let page = cleaned(&text, &rules);
        for sentence in &page.sentences {
            let mut source = sentence.source.of(&text).chars().filter(|c| !is_blank(*c));
            let held =
                sentence.text.chars().filter(|c| !is_blank(*c)).all(|c| source.any(|other| other == c));
            assert!(held, "{name}: {}", sentence.text);
        }
        assert!(page.sentences.is_sorted_by_key(|sentence| sentence.source.start), "{name}");
    }
}

#[test]
fn entries_of_a_chronology_stand_apart() {
    let text = "伊朗核協議十年\n\n國際焦點　2025-10-02 08:30　本報綜合報導\n\n\
                制裁恢復後，伊朗召回駐歐洲三國的大使。各方表示願意繼續談判。\n\n\
                大事記\n2015.07.14　各方在維也納簽署協議\n2018.05.08　美國退出協議\n";
    let page = cleaned(text, &Rules::builtin());
    assert_eq!(page.document.published.map(|day| day.to_string()).as_deref(), Some("2025-10-02"));
    let entries = ["2015.07.14\u{3000}各方在維也納簽署協議", "2018.05.08\u{3000}美國退出協議"];
    assert!(entries.iter().all(|entry| sentences(&page).contains(entry)), "{:?}", sentences(&page));
}

#[test]
fn cleaning_again_changes_nothing() {
    let rules = Rules::builtin();
    for (name, text) in pages() {
        let once = cleaned(&text, &rules);
        let mut again = "# Title\n\n".to_owned();
        for (i, section) in once.sections.iter().enumerate() {
            if i > 0 {
                again.push_str(&format!("## {}\n\n", section.heading));
            }
            once.sentences
                .iter()
                .filter(|s| s.section == i)
                .for_each(|s| again.push_str(&format!("{}\n\n", s.text)));
        }
        let twice = cleaned(&again, &rules);
        let body: Vec<&str> = sentences(&twice);
        assert_eq!(body, sentences(&once), "{name}");
    }
}

#[test]
fn site_furniture_changes_no_sentence() {
    let rules = Rules::builtin();
    for (name, text) in
        pages().into_iter().filter(|(name, _)| name.contains("headings") || name.contains("letter"))
    {
        let plain = cleaned(&text, &rules);
        let dressed = format!(
            "Перейти к навигации\n\n{text}\n\nThis page was last edited on 4 May 2018, at 10:15.\n© 2018 Site\n"
        );
        assert_eq!(sentences(&cleaned(&dressed, &rules)), sentences(&plain), "{name}");
    }
}

#[test]
fn hostile_lines_end() {
    let rules = Rules::builtin();
    for part in [
        "[",
        "{{ a ",
        "[](/",
        "<a ",
        "<!--",
        "a.Bb",
        "-{",
        "''",
        "标题\n",
        "Heading\n\n\n",
        "1. ^ a\n",
        "«",
        "# A ",
    ] {
        cleaned(&part.repeat(30_000), &rules);
    }
}

#[test]
fn a_path_a_stamp_with_its_time_and_a_counter_are_no_text() {
    let page = cleaned(
        "Home > World > Harbours\nThe lock of the old harbour is open again\n2019/03/19 08:15\n51231\n\n\
         The lock of the old harbour was opened again on Monday after a year of repairs.\n",
        &Rules::builtin(),
    );
    let body: Vec<&str> = sentences(&page);
    assert_eq!(body, ["The lock of the old harbour was opened again on Monday after a year of repairs."]);
    assert_eq!(page.document.title, "The lock of the old harbour is open again");
    assert_eq!(page.document.published.map(|day| day.to_string()).as_deref(), Some("2019-03-19"));
}

#[test]
fn lines_that_end_in_addresses_are_references() {
    let page = cleaned(
        "The lock of the old harbour was opened again on Monday after a year of repairs.\n\n\
         \"Lock opens.\" Harbour News. 6 May 2014. http://example.org/a/1\n\
         \"Ships return.\" Harbour News. 7 May 2014. http://example.org/a/2\n\
         A. Writer. \"Gates rust.\" The Tide. 9 May 2014. http://example.org/a/3\n",
        &Rules::builtin(),
    );
    assert_eq!(sentences(&page).len(), 1);
    assert_eq!(page.citations.len(), 3);
}

#[test]
fn numbered_lines_stay_apart() {
    let page = cleaned(
        "The crews laid out their demands at the lock:\n\n1. Dredging of the channel\n2. Repair of the \
         gates\n3. Lamps on the quay\n",
        &Rules::builtin(),
    );
    assert_eq!(sentences(&page).len(), 4);
}
