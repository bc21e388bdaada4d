//! Chains: capitalised words that name a body, a place, an agreement or an event by their head word, such
//! as "Kyiv International Institute of Sociology" or "2022 Kharkiv counteroffensive".

use super::Finding;
use super::alphabetic::{Found, Label, Labelled, finding};
use super::tokens::{Gap, Script, Shape, Token};
use crate::model::EntityKind;
use crate::names::Rules;
use crate::names::lexicon::{Head, Lexicon};

/// Longest chain, in words.
const MOST: usize = 12;

pub fn find(labelled: &Labelled, rules: &Rules) -> Vec<Finding> {
    let mut out = Vec::new();
    for at in 0..labelled.tokens.len() {
        let token = &labelled.tokens[at];
        let lexicon = rules.lexicon(token.script);
        let head = match token.script {
            Script::Latin => lexicon.heads.get(token.text),
            Script::Cyrillic => lexicon.heads.get(token.key()),
            Script::Other => None,
        };
        if let Some(&head) = head
            && !matches!(labelled.labels[at], Label::Taken)
            && let Some((from, to)) = if token.script == Script::Latin {
                latin(labelled, at, head, lexicon)
            } else {
                cyrillic(labelled, at, lexicon)
            }
        {
            out.push(chain(labelled, from, to, head));
        }
    }
    out.extend(dated(labelled, rules));
    out.extend(places(labelled, rules));
    out
}

fn chain(labelled: &Labelled, from: usize, to: usize, head: Head) -> Finding {
    let kind = match head {
        Head::Organisation => EntityKind::Organisation,
        Head::Place => EntityKind::Place,
        Head::Agreement => EntityKind::Agreement,
        Head::Event | Head::DatedEvent => EntityKind::Event,
    };
    let name = labelled.text(from, to).to_owned();
    finding(labelled, from, to, Found { kind, name, key: None, method: "shape", confidence: 0.7 })
}

fn joined(token: &Token) -> bool {
    matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::Dash)
}

/// From the head to the left over capitalised words, and to the right over "of …".
fn latin(labelled: &Labelled, head: usize, kind: Head, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let tokens = &labelled.tokens;
    let mut from = head;
    while from > 0
        && head - from < MOST
        && joined(&tokens[from])
        && (!tokens[from - 1].possessive || possessive_inside(tokens, from))
    {
        let before = from - 1;
        if !in_chain(labelled, before) {
            if !(from >= 2 && paired(labelled, from, lexicon)) {
                break;
            }
            from -= 2;
            continue;
        }
        from -= 1;
    }
    if kind == Head::DatedEvent {
        from = over_small(tokens, from, head);
    }
    let begins_number = from > 0 && tokens[from].gap == Gap::Space && is_count(&tokens[from - 1]);
    if begins_number && matches!(kind, Head::Event | Head::DatedEvent) {
        from -= 1;
    }
    from = trim(labelled, from, head, lexicon);
    let to = if lexicon.of_heads.contains(tokens[head].text) {
        of_part(labelled, head + 1, lexicon)
    } else {
        head + 1
    };
    let dated = is_count(&tokens[from]);
    let capitals = (from..to).filter(|&at| at != head && tokens[at].is_upper()).count();
    let lower = tokens[head].shape == Shape::Lower;
    if generic(labelled, from, to, head, lexicon) {
        return None;
    }
    let enough = if kind == Head::DatedEvent { dated && capitals > 0 } else { capitals > 0 };
    (enough && to - from >= 2 && !(lower && from == head)).then_some((from, to))
}

/// "and" between two words of one name, as in Security and Defence Council.
fn paired(labelled: &Labelled, from: usize, lexicon: &Lexicon) -> bool {
    let tokens = &labelled.tokens;
    let plain = |at: usize| {
        in_chain(labelled, at)
            && labelled.labels[at] == Label::None
            && !lexicon.heads.contains_key(tokens[at].text)
    };
    lexicon.conjunctions.contains(tokens[from - 1].text)
        && tokens[from - 1].gap == Gap::Space
        && plain(from - 2)
        && plain(from)
        && !lexicon.stop.contains(tokens[from - 2].text)
}

/// In a dated name small words may stand between the capitals and the head: 2022 Ukrainian eastern counteroffensive.
fn over_small(tokens: &[Token], from: usize, head: usize) -> usize {
    let mut at = from;
    while at > 0 && head - at < 4 && tokens[at].gap == Gap::Space && tokens[at - 1].shape == Shape::Lower {
        at -= 1;
    }
    let capital = at;
    while at > 0 && tokens[at].gap == Gap::Space && tokens[at - 1].is_upper() {
        at -= 1;
    }
    let number = at > 0 && tokens[at].gap == Gap::Space && is_count(&tokens[at - 1]);
    if at < capital && number { at } else { from }
}

/// Nothing but a body without its state, known words behind a state's adjective, or words that only head names.
fn generic(labelled: &Labelled, from: usize, to: usize, head: usize, lexicon: &Lexicon) -> bool {
    let body =
        |at: usize| matches!(labelled.labels[at], Label::Body(_, first, last) if first == at && last == to);
    let known =
        |at: usize| matches!(labelled.labels[at], Label::Entry(_, first, last) if first == at && last == to);
    let adjective = matches!(labelled.labels[from], Label::Adjective(_));
    let small = labelled.tokens[head].shape == Shape::Lower;
    let joined_small = small && labelled.tokens[head].gap != Gap::Space;
    let place = |at: usize| {
        matches!(labelled.labels[at], Label::Entry(..) | Label::Adjective(_))
            || is_count(&labelled.tokens[at])
    };
    let heads_only = (from..to).filter(|&at| labelled.tokens[at].is_upper()).all(|at| {
        let text = labelled.tokens[at].text;
        labelled.labels[at] == Label::None
            && (lexicon.heads.contains_key(text) || lexicon.stop.contains(text))
    });
    body(from)
        || (adjective && from + 1 < to && (body(from + 1) || known(from + 1)))
        || joined_small
        || heads_only
        || (small && !place(from) && lexicon.loose_heads.contains(labelled.tokens[head].text))
}

/// A year such as 2022 or an ordinal such as 59th.
fn is_count(token: &Token) -> bool {
    token.shape == Shape::Number
        && token.text.chars().next().is_some_and(|c| c.is_ascii_digit())
        && token.text.len() >= 3
}

fn possessive_inside(tokens: &[Token], at: usize) -> bool {
    // Donetsk People's Republic, but not Russia's Security Council.
    at >= 2 && tokens[at - 2].is_upper() && joined(&tokens[at - 1])
}

fn in_chain(labelled: &Labelled, at: usize) -> bool {
    let token = &labelled.tokens[at];
    token.is_upper()
        && token.script == Script::Latin
        && !matches!(labelled.labels[at], Label::Role(_) | Label::Honorific)
}

/// Drops words from the left that begin a sentence but no name: "The", "In", "After".
fn trim(labelled: &Labelled, mut from: usize, head: usize, lexicon: &Lexicon) -> usize {
    while from < head {
        let token = &labelled.tokens[from];
        if !lexicon.lead_words.contains(token.text) || lexicon.given.contains_key(token.text) {
            break;
        }
        from += 1;
    }
    from
}

/// "of the Central Foreign Affairs", "for Reconstruction and Development": past the head.
fn of_part(labelled: &Labelled, start: usize, lexicon: &Lexicon) -> usize {
    let tokens = &labelled.tokens;
    let mut end = start;
    let mut at = start;
    while at < tokens.len() && at - start < MOST && tokens[at].gap == Gap::Space {
        if at > start && tokens[at].is_upper() && in_chain(labelled, at) {
            let past_head =
                end == at && lexicon.heads.contains_key(tokens[at - 1].text) && tokens[at - 1].is_upper();
            if past_head || matches!(labelled.labels[at], Label::Adjective(_)) && end > start {
                break;
            }
            end = at + 1;
        } else if !lexicon.link_words.contains(tokens[at].text)
            || (at > start && lexicon.first_links.contains(tokens[at].text))
            || (at == start
                && (lexicon.articles.contains(tokens[at].text)
                    || lexicon.conjunctions.contains(tokens[at].text)))
        {
            break;
        }
        if tokens[at].possessive {
            break;
        }
        at += 1;
    }
    end
}

/// A head in any case with what follows in capitals, or capitals and adjectives before it:
/// "Донецкая область", "Киевский международный институт социологии", "Договор об обычных вооружённых силах".
fn cyrillic(labelled: &Labelled, head: usize, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let tokens = &labelled.tokens;
    let mut from = head;
    while from > 0 && head - from < 5 && joined(&tokens[from]) {
        let before = &tokens[from - 1];
        let adjective = crate::names::inflection::adjectival(&before.folded);
        let starts = before.is_upper()
            && !lexicon.stop.contains(before.text)
            && !matches!(labelled.labels[from - 1], Label::Role(_));
        if !(starts && (adjective || before.shape == Shape::Caps)
            || (adjective
                && from >= 2
                && tokens[from - 1].gap == Gap::Space
                && tokens[from - 2].is_upper()
                && before.shape == Shape::Lower))
        {
            break;
        }
        from -= 1;
    }
    if from == head || !tokens[from].is_upper() {
        return None;
    }
    Some((from, head + 1))
}

/// Places whose head stands first: Hotel Bristol, Lake Van.
fn places(labelled: &Labelled, rules: &Rules) -> Vec<Finding> {
    let tokens = &labelled.tokens;
    let mut out = Vec::new();
    for at in 0..tokens.len() {
        let lexicon = labelled.lexicon(at, rules);
        if !lexicon.place_starts.contains(tokens[at].text) {
            continue;
        }
        let follows = |&next: &usize| {
            tokens[next].gap == Gap::Space
                && in_chain(labelled, next)
                && !lexicon.stop.contains(tokens[next].text)
        };
        let end = (at + 1..tokens.len().min(at + 4)).take_while(follows).last().map_or(at, |last| last + 1);
        if end > at + 1 {
            out.push(chain(labelled, at, end, Head::Place));
        }
    }
    out
}

/// A known event with the year or ordinal that makes it one of a series: "59th Munich Security Conference".
fn dated(labelled: &Labelled, rules: &Rules) -> Vec<Finding> {
    let tokens = &labelled.tokens;
    let mut out = Vec::new();
    for at in 1..tokens.len() {
        let Label::Entry(entry, from, to) = labelled.labels[at] else { continue };
        let entry = &rules.gazetteer.entries[entry];
        if from != at
            || entry.kind != EntityKind::Event
            || tokens[at].gap != Gap::Space
            || !is_count(&tokens[at - 1])
        {
            continue;
        }
        let lexicon = labelled.lexicon(at, rules);
        let series = lexicon.series_heads.contains(tokens[to - 1].text);
        let digits: String = tokens[at - 1].text.chars().take_while(char::is_ascii_digit).collect();
        let key = if series { format!("{digits}-{}", entry.key) } else { entry.key.clone() };
        let name = labelled.text(at - 1, to).to_owned();
        let found =
            Found { kind: EntityKind::Event, name, key: Some(key), method: "dated_event", confidence: 0.9 };
        out.push(finding(labelled, at - 1, to, found));
    }
    out
}
