//! Authors, title, publisher and date of publication: told apart by the punctuation of the style.

use super::Rules;
use crate::model::Citation;
use crate::text::han::is_han;

/// Reads what stands before the labelled fields of an entry.
pub(super) fn take(head: &str, citation: &mut Citation, rules: &Rules) {
    let head = head.trim();
    if let Some((title, publisher)) = head.split_once("//") {
        return by_slashes(title, publisher, citation, rules);
    }
    let (before, rest) = authors_with_date(head, citation, rules);
    if before {
        return after_authors(rest, citation, rules);
    }
    if let Some((start, open, close)) = quoted_title(head) {
        let authors = head[..start].trim().trim_end_matches(['.', ',', ' ']);
        citation.authors = authors.to_owned();
        citation.title = head[open..close].trim().trim_end_matches(['.', ',']).to_owned();
        return publisher(&segments(&head[close..]), citation, rules);
    }
    let (authors, rest) = person(head);
    if authors > 0 {
        citation.authors = head[..authors].trim().trim_end_matches(',').to_owned();
    }
    let mut parts = segments(rest);
    if authors == 0 && parts.len() >= 3 && is_author_alone(parts[0], rules) {
        citation.authors = parts.remove(0).to_owned();
    }
    by_stops(parts, citation, rules);
}

/// `Author. Title // Journal. — 2014. — 5 March. — No. 3`.
fn by_slashes(title: &str, rest: &str, citation: &mut Citation, rules: &Rules) {
    let (authors, title) = title.split_at(person(title).0);
    citation.authors = authors.trim().to_owned();
    citation.title = unquote(title);
    let mut parts = rest.split(['—', '–', '.']).map(str::trim).filter(|part| !part.is_empty());
    citation.publisher = strip_date(parts.next().unwrap_or(""), citation, rules);
    if citation.published.is_empty() {
        let year = rest.split('—').find_map(|part| rules.calendar.whole(part));
        citation.published = year.map(|stamp| stamp.iso()).unwrap_or_default();
    }
}

/// `Last, First; Last, First (28 February 2022). `: whether it stands there, and what follows.
fn authors_with_date<'a>(head: &'a str, citation: &mut Citation, rules: &Rules) -> (bool, &'a str) {
    let Some(open) = head.find('(') else { return (false, head) };
    let Some(close) = head[open..].find(')').map(|len| open + len) else { return (false, head) };
    let names = head[..open].trim();
    let stamp = rules.calendar.whole(&head[open + 1..close]);
    let after = head[close + 1..].trim_start();
    let (Some(stamp), true) = (stamp, after.starts_with('.')) else { return (false, head) };
    if names.is_empty()
        || names.contains(['"', '“', '«'])
        || names.trim_end_matches('.').contains(". ") && !names_only(names)
    {
        return (false, head);
    }
    citation.authors = names.to_owned();
    citation.published = stamp.iso();
    (true, after[1..].trim_start())
}

/// Every word is capitalised or a particle: names, not a title.
fn names_only(text: &str) -> bool {
    text.split([' ', '-'])
        .filter(|word| word.chars().count() > 3)
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic() || is_han(c)))
}

fn after_authors(rest: &str, citation: &mut Citation, rules: &Rules) {
    if let Some((0, open, close)) = quoted_title(rest) {
        citation.title = rest[open..close].trim().to_owned();
        return publisher(&segments(&rest[close..]), citation, rules);
    }
    by_stops(segments(rest), citation, rules);
}

/// The quoted title of an entry: where its mark opens, and the span inside the marks. Only a mark that
/// begins a part of the entry opens one, and only one that ends a part closes it.
fn quoted_title(head: &str) -> Option<(usize, usize, usize)> {
    let opens = head.match_indices(['"', '“', '„']);
    let (start, mark) = opens.into_iter().find(|(at, _)| {
        let before = head[..*at].trim_end();
        before.is_empty() || (before.len() < *at && before.ends_with(['.', ',', ')', ':']))
    })?;
    let open = start + mark.len();
    let close = head[open..].match_indices(['"', '”']).map(|(at, mark)| (open + at, mark.len())).find(
        |&(at, len)| {
            let after = head[at + len..].trim_start();
            after.is_empty()
                || after.starts_with(['.', ',', '[', '(', '—', '–'])
                || head[..at].ends_with(['.', ','])
        },
    )?;
    Some((start, open, close.0))
}

/// Publisher and date from the parts after a title: the first part that is no date is the publisher.
fn publisher(parts: &[&str], citation: &mut Citation, rules: &Rules) {
    for part in parts {
        let part = part.trim_matches(|c: char| matches!(c, '"' | '”' | '.' | ',') || c.is_whitespace());
        if part.is_empty() || part.starts_with('[') && part.ends_with(']') {
            continue;
        }
        if let Some(stamp) = rules.calendar.whole(part) {
            if citation.published.is_empty() {
                citation.published = stamp.iso();
            }
        } else if citation.publisher.is_empty() {
            let part = part
                .strip_prefix('[')
                .and_then(|rest| rest.split_once(']'))
                .map_or(part, |(_, rest)| rest.trim_matches(['.', ' ']));
            citation.publisher = strip_date(part, citation, rules);
        }
    }
}

/// `Title. Publisher. Date`: the last part that is no date is the publisher, what is left the title.
fn by_stops(mut parts: Vec<&str>, citation: &mut Citation, rules: &Rules) {
    while let Some(&last) = parts.last()
        && parts.len() > 1
        && let Some(stamp) = dated_part(last, rules)
    {
        if citation.published.is_empty() {
            citation.published = stamp;
        }
        parts.pop();
    }
    if parts.len() > 1 {
        let last = parts.pop().unwrap_or("");
        citation.publisher = strip_date(strip_translation(last), citation, rules);
    }
    citation.title = unquote(strip_translation(&join(&parts)));
}

fn join(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push_str(if out.ends_with(['?', '!', '…', '。']) { " " } else { ". " });
        }
        out.push_str(part);
    }
    out
}

fn dated_part(part: &str, rules: &Rules) -> Option<String> {
    rules.calendar.whole(part).map(|stamp| stamp.iso())
}

/// A name without the date in brackets or after a comma that ends it; the date becomes that of the entry.
fn strip_date(part: &str, citation: &mut Citation, rules: &Rules) -> String {
    let part = strip_translation(part);
    let cut = part.rfind(['(', '（', ',', '，']);
    if let Some(at) = cut
        && let Some(stamp) =
            rules.calendar.whole(part[at..].trim_matches(['(', '（', ',', '，', ')', '）', '.', ' ']))
    {
        if citation.published.is_empty() {
            citation.published = stamp.iso();
        }
        return part[..at].trim().to_owned();
    }
    unquote(part)
}

/// `Українська правда [Ukrainska Pravda]` without the translation.
fn strip_translation(part: &str) -> &str {
    let part = part.trim();
    match (part.ends_with(']'), part.rfind(" [")) {
        (true, Some(at)) if at > 0 => part[..at].trim_end(),
        _ => part,
    }
}

fn unquote(text: &str) -> String {
    let text = text.trim().trim_end_matches([',', ';']).trim();
    let inner =
        text.strip_prefix(['"', '“', '「', '《']).and_then(|rest| rest.strip_suffix(['"', '”', '」', '》']));
    let inner = inner.filter(|inner| !inner.contains(['"', '“', '”', '「', '《']));
    inner.unwrap_or(text).trim_matches('\'').trim_end_matches('.').to_owned()
}

/// `Last, First.` or `Last, A. B. C.` or `Фамилия А. Б.` at the start: bytes it takes, and the rest.
fn person(head: &str) -> (usize, &str) {
    let mut end = 0;
    loop {
        let len = one_person(&head[end..]);
        if len == 0 {
            break;
        }
        end += len;
        let rest = &head[end..];
        match rest.strip_prefix([';', ',']) {
            Some(rest) if one_person(rest.trim_start()) > 0 => end = head.len() - rest.trim_start().len(),
            _ => break,
        }
    }
    let rest = head[end..].trim_start();
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    if rest.trim().is_empty() { (0, head) } else { (end, rest.trim_start()) }
}

/// Bytes of one name at the start of `text`, without the stop that ends it; 0 where none stands there.
fn one_person(text: &str) -> usize {
    let Some((last, after)) = text.split_once(' ') else { return 0 };
    let comma = last.ends_with(',');
    let last = last.trim_end_matches(',');
    let name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    if !name(last) || last.chars().count() < 2 {
        return 0;
    }
    let start = text.len() - after.len();
    let mut end = start;
    let mut initials = 0;
    for word in after.split_inclusive(' ') {
        let bare = word.trim_end();
        let letter = bare.strip_suffix('.').is_some_and(|bare| {
            bare.split('.').all(|one| one.chars().count() == 1 && one.starts_with(char::is_uppercase))
        });
        if !letter {
            break;
        }
        initials += 1;
        end += word.len();
    }
    if initials > 0 {
        return if end < text.len() || !comma { end } else { 0 };
    }
    if !comma {
        return 0;
    }
    for (count, word) in after.split_inclusive(' ').enumerate() {
        let bare = word.trim_end();
        let stop = bare.ends_with(['.', ';']);
        if count == 4 || !name(bare.trim_end_matches(['.', ';', ','])) {
            return 0;
        }
        end += if stop { bare.len() - 1 } else { word.len() };
        if stop {
            return end;
        }
    }
    0
}

/// A known agency, or one short word without blanks in a style that puts authors first.
fn is_author_alone(part: &str, rules: &Rules) -> bool {
    let part = part.trim();
    rules.agencies.iter().any(|agency| agency == part)
        || (part.chars().count() <= 4 && part.chars().all(is_han))
}

/// The parts of an entry: text between stops that stand outside brackets and quotations and do not
/// belong to an initial or an abbreviation.
fn segments(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0i32, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' | '[' | '«' | '“' | '（' | '《' | '「' => depth += 1,
            ')' | ']' | '»' | '”' | '）' | '》' | '」' => depth = (depth - 1).max(0),
            '.' | '。' | '．' if depth == 0 => {
                let next = chars.peek().map(|&(_, c)| c);
                let ends = next.is_none_or(char::is_whitespace) || c != '.';
                if ends && !is_initial(&text[start..at]) {
                    out.push(text[start..at].trim());
                    start = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    out.push(text[start..].trim());
    out.retain(|part| !part.is_empty());
    out
}

fn is_initial(before: &str) -> bool {
    let word = before.rsplit([' ', '\u{a0}', '(']).next().unwrap_or("");
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_uppercase())
}
