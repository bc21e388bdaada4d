//! An entity: its names in all scripts and the evidence that linked them.

use super::{Explanation, cell, rows, tables::Tables};
use std::collections::BTreeSet;

/// Mentions told of each entity.
const TOLD: usize = 5;

pub fn entity(tables: &Tables, id: &str) -> Option<Explanation> {
    let entities = &tables.entities;
    let row = rows(entities, "entity_id", id).next()?;
    let mut out = Explanation::new(format!("{id}: {}", entities.text("canonical_name", row)));
    out.columns(
        entities,
        row,
        &["kind", "canonical_language", "mention_count", "document_count", "languages"],
    );
    let mut names = Explanation::new("names");
    for at in rows(&tables.names, "entity_id", id) {
        let table = &tables.names;
        let romanised = table.text("romanised", at);
        let romanised = if romanised.is_empty() { String::new() } else { format!(", romanised {romanised}") };
        let how = format!(
            "{} mentions, seen in {}{romanised}",
            cell(table, "mention_count", at),
            table.text("evidence", at)
        );
        names.fact(&format!("{} ({})", table.text("name", at), table.text("language", at)), how);
    }
    out.part(names);
    let mut links = Explanation::new("why its names are one");
    for at in rows(&tables.links, "entity_id", id) {
        link(tables, at, &mut links);
    }
    out.part(links);
    let mut apart = Explanation::new("kept apart from");
    let own: Vec<&str> =
        rows(&tables.names, "entity_id", id).map(|at| tables.names.text("name", at)).collect();
    for at in rows(&tables.links, "decision", "different") {
        let (a, b) = (tables.links.text("name_a", at), tables.links.text("name_b", at));
        if own.contains(&a) || own.contains(&b) {
            link(tables, at, &mut apart);
        }
    }
    out.part(apart);
    let mut mentions = Explanation::new("mentions");
    for at in rows(&tables.entity_mentions, "entity_id", id).take(TOLD) {
        let table = &tables.entity_mentions;
        let sentence = tables.sentence(table.text("sentence_id", at));
        let text = sentence.map_or("", |row| tables.sentences.text("text", row));
        mentions.fact(table.text("surface", at), format!("{text} (found by {})", table.text("method", at)));
    }
    out.part(mentions);
    out.fact("to rename it", format!("overrides.toml: [[entities]] id = \"{id}\" canonical_name = \"…\""));
    Some(out)
}

fn link(tables: &Tables, at: usize, out: &mut Explanation) {
    let links = &tables.links;
    let text = |column: &str| links.text(column, at);
    let pair =
        format!("{} ({}) – {} ({})", text("name_a"), text("language_a"), text("name_b"), text("language_b"));
    let why = format!("{} by {}, score {}", text("decision"), text("evidence"), cell(links, "score", at));
    let detail = if text("detail").is_empty() { String::new() } else { format!(": {}", text("detail")) };
    out.fact(&pair, why + &detail);
}

/// Rows of `entity_names` with this name; where there is none, those that hold it as a part, so that a
/// surname finds its full names.
fn named(tables: &Tables, name: &str) -> Vec<usize> {
    let whole: Vec<usize> = rows(&tables.names, "name", name).collect();
    if !whole.is_empty() {
        return whole;
    }
    let wanted = name.to_lowercase();
    let has = |row: &usize| parts(tables.names.text("name", *row)).any(|part| part.to_lowercase() == wanted);
    (0..tables.names.rows()).filter(has).collect()
}

/// A name in its parts, which blanks, hyphens and the dots of transliteration set apart.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let apart =
        |c: char| c.is_whitespace() || matches!(c, '-' | '\u{B7}' | '\u{2027}' | '\u{2022}' | '\u{30FB}');
    name.split(apart).filter(|part| !part.is_empty())
}

/// The distinct values of a column of `entity_names`.
fn distinct<'a>(tables: &'a Tables, column: &str, found: &[usize]) -> Vec<&'a str> {
    let values: BTreeSet<&str> = found.iter().map(|&row| tables.names.text(column, row)).collect();
    values.into_iter().collect()
}

/// Every entity that goes by a name.
pub fn name(tables: &Tables, name: &str) -> Option<Explanation> {
    match distinct(tables, "entity_id", &named(tables, name)).as_slice() {
        [] => None,
        [id] => entity(tables, id),
        ids => {
            let mut out = Explanation::new(format!("{name} names {} entities", ids.len()));
            out.parts = ids.iter().filter_map(|id| entity(tables, id)).collect();
            Some(out)
        }
    }
}

/// The links between two names, and whether they ended in one entity.
pub fn pair(tables: &Tables, a: &str, b: &str) -> Option<Explanation> {
    let (found_a, found_b) = (named(tables, a), named(tables, b));
    if found_a.is_empty() || found_b.is_empty() {
        return None;
    }
    let of = |found: &[usize]| distinct(tables, "entity_id", found);
    let (of_a, of_b) = (of(&found_a), of(&found_b));
    let one = of_a.iter().any(|id| of_b.contains(id));
    let mut out = Explanation::new(format!("{a} and {b} {}", if one { "are one" } else { "are not one" }));
    out.fact(a, of_a.join(", "));
    out.fact(b, of_b.join(", "));
    let (names_a, names_b) = (distinct(tables, "name", &found_a), distinct(tables, "name", &found_b));
    let mut direct = Explanation::new("links between the two");
    let mut indirect = Explanation::new("links of either");
    let links = &tables.links;
    for at in 0..links.rows() {
        let (x, y) = (links.text("name_a", at), links.text("name_b", at));
        let (a, b) =
            ((names_a.contains(&x), names_a.contains(&y)), (names_b.contains(&x), names_b.contains(&y)));
        if (a.0 && b.1) || (a.1 && b.0) {
            link(tables, at, &mut direct);
        } else if a.0 || a.1 || b.0 || b.1 {
            link(tables, at, &mut indirect);
        }
    }
    out.part(direct);
    out.part(indirect);
    let word = if one { "different" } else { "same" };
    let (a, b) = (names_a.first().unwrap_or(&a), names_b.first().unwrap_or(&b));
    out.fact("to decide otherwise", format!("overrides.toml: [[names]] {word} = [\"{a}\", \"{b}\"]"));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn names_fall_into_parts_in_every_script() {
        assert_eq!(parts("谢尔盖·拉夫罗夫").collect::<Vec<_>>(), ["谢尔盖", "拉夫罗夫"]);
        assert_eq!(parts("Сергей  Лавров").collect::<Vec<_>>(), ["Сергей", "Лавров"]);
        assert_eq!(parts("Jean-Yves Le Drian").collect::<Vec<_>>(), ["Jean", "Yves", "Le", "Drian"]);
    }
}
