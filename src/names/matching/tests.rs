use super::*;

fn entries(names: &[&str]) -> Vec<Entry> {
    names
        .iter()
        .map(|name| Entry { name: (*name).to_string(), language: Language::Und, known: Vec::new() })
        .collect()
}

#[test]
fn lists_are_linked_one_to_one() {
    let left = entries(&["玛格丽特·撒切尔", "赫尔穆特·科尔", "苹果", "罗纳德·里根"]);
    let right = entries(&["Helmut Kohl", "Ronald Reagan", "François Mitterrand", "Margaret Thatcher"]);
    let links = link(&left, &right, &Sounds::builtin(), Options { top: 1, least: 0.5 });
    let pairs: Vec<(usize, usize)> = links.iter().map(|link| (link.left, link.right)).collect();
    assert_eq!(pairs, [(0, 3), (1, 0), (3, 1)]);
}

#[test]
fn empty_lists_give_nothing() {
    let sounds = Sounds::builtin();
    let options = Options { top: 3, least: 0.0 };
    assert!(link(&[], &entries(&["a"]), &sounds, options).is_empty());
    assert!(link(&entries(&["", "!"]), &entries(&["Kohl"]), &sounds, options).is_empty());
}

#[test]
fn more_names_than_candidates_still_find_theirs() {
    let vowels = ["a", "e", "i", "o", "u"];
    let mut names: Vec<String> = Vec::new();
    for first in ["b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v"] {
        for (second, vowel) in ["nd", "rt", "lk", "st"].iter().zip(vowels) {
            names.extend(vowels.iter().map(|last| format!("{first}{vowel}{second}{last}ro")));
        }
    }
    let list = entries(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let links = link(&list, &list, &Sounds::builtin(), Options { top: 1, least: 0.0 });
    let right = links.iter().filter(|link| link.left == link.right).count();
    assert!(right as f64 > 0.95 * list.len() as f64, "{right} of {}", list.len());
}

#[test]
fn known_names_need_no_sound() {
    let mut left = entries(&["川普", "特鲁多"]);
    let mut right = entries(&["Justin Trudeau", "Donald Trump"]);
    left[0].known = vec![7];
    right[1].known = vec![3, 7];
    let links = link(&left, &right, &Sounds::builtin(), Options { top: 1, least: 0.5 });
    assert_eq!((links[0].left, links[0].right), (0, 1));
    assert!(links[0].evidence.to_string().starts_with("gazetteer"));
}
