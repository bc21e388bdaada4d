//! An entity: its names in all scripts and the evidence that linked them.

use super::{Explanation, cell, rows, tables::Tables};

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

/// Every entity that goes by a name.
pub fn name(tables: &Tables, name: &str) -> Option<Explanation> {
    let mut ids: Vec<&str> =
        rows(&tables.names, "name", name).map(|at| tables.names.text("entity_id", at)).collect();
    ids.sort_unstable();
    ids.dedup();
    match ids.as_slice() {
        [] => None,
        [id] => entity(tables, id),
        _ => {
            let mut out = Explanation::new(format!("{name} names {} entities", ids.len()));
            out.parts = ids.into_iter().filter_map(|id| entity(tables, id)).collect();
            Some(out)
        }
    }
}

/// The links between two names, and whether they ended in one entity.
pub fn pair(tables: &Tables, a: &str, b: &str) -> Option<Explanation> {
    let of = |name: &str| -> Vec<String> {
        rows(&tables.names, "name", name).map(|at| tables.names.text("entity_id", at).to_owned()).collect()
    };
    let (of_a, of_b) = (of(a), of(b));
    if of_a.is_empty() || of_b.is_empty() {
        return None;
    }
    let one = of_a.iter().find(|id| of_b.contains(id));
    let verdict = if one.is_some() { "are one" } else { "are not one" };
    let mut out = Explanation::new(format!("{a} and {b} {verdict}"));
    out.fact(a, of_a.join(", "));
    out.fact(b, of_b.join(", "));
    let mut direct = Explanation::new("links between the two");
    let mut indirect = Explanation::new("links of either");
    let links = &tables.links;
    for at in 0..links.rows() {
        let (x, y) = (links.text("name_a", at), links.text("name_b", at));
        if (x, y) == (a, b) || (x, y) == (b, a) {
            link(tables, at, &mut direct);
        } else if [x, y].contains(&a) || [x, y].contains(&b) {
            link(tables, at, &mut indirect);
        }
    }
    out.part(direct);
    out.part(indirect);
    let word = if one.is_some() { "different" } else { "same" };
    out.fact("to decide otherwise", format!("overrides.toml: [[names]] {word} = [\"{a}\", \"{b}\"]"));
    Some(out)
}
