//! The people, places and organisations of the page: their spellings, and why these were linked.

use super::tables::Table;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::Path;

#[derive(Serialize)]
pub struct Entity {
    id: String,
    kind: String,
    name: String,
    /// The name in other scripts, for the closed row.
    sample: String,
    mentions: usize,
    names: Vec<Name>,
    links: Vec<Links>,
}

#[derive(Serialize)]
struct Name {
    name: String,
    language: String,
    evidence: String,
    mentions: usize,
}

/// The names that one name was held against with the same outcome for the same reason.
#[derive(Serialize)]
struct Links {
    name: String,
    others: Vec<String>,
    decision: String,
    evidence: String,
    score: String,
    detail: String,
}

const SHOWN: [&str; 5] = ["name_en", "name_zh_hans", "name_zh_hant", "name_ru", "name_uk"];

/// Entities with their ids, the most mentioned first.
pub fn read(out: &Path) -> io::Result<Vec<(String, Entity)>> {
    let table = Table::read(out, "entities")?;
    let mut rows: Vec<(String, Entity)> = Vec::new();
    for row in &table.rows {
        let text = |column| table.cell(row, column).to_owned();
        let (id, name) = (text("entity_id"), text("canonical_name"));
        let others = SHOWN.iter().map(|column| table.cell(row, column));
        let others: BTreeSet<&str> =
            others.filter(|other| !other.is_empty() && *other != name.as_str()).collect();
        let entity = Entity {
            id: id.clone(),
            kind: text("kind"),
            sample: others.into_iter().collect::<Vec<_>>().join(" · "),
            name,
            mentions: table.count(row, "mention_count"),
            names: Vec::new(),
            links: Vec::new(),
        };
        rows.push((id, entity));
    }
    rows.sort_by(|a, b| b.1.mentions.cmp(&a.1.mentions).then_with(|| a.0.cmp(&b.0)));
    let at: HashMap<String, usize> = rows.iter().enumerate().map(|(i, (id, _))| (id.clone(), i)).collect();
    names(&Table::read(out, "entity_names")?, &at, &mut rows);
    links(&Table::read(out, "name_links")?, &at, &mut rows);
    Ok(rows)
}

fn names(table: &Table, at: &HashMap<String, usize>, rows: &mut [(String, Entity)]) {
    for row in &table.rows {
        if let Some(&i) = at.get(table.cell(row, "entity_id")) {
            let text = |column| table.cell(row, column).to_owned();
            rows[i].1.names.push(Name {
                name: text("name"),
                language: text("language"),
                evidence: text("evidence"),
                mentions: table.count(row, "mention_count"),
            });
        }
    }
}

fn links(table: &Table, at: &HashMap<String, usize>, rows: &mut [(String, Entity)]) {
    let key = ["entity_id", "decision", "evidence", "name_a", "score", "detail"];
    let mut alike: BTreeMap<[&str; 6], Vec<String>> = BTreeMap::new();
    for row in &table.rows {
        let others = alike.entry(key.map(|column| table.cell(row, column))).or_default();
        others.push(table.cell(row, "name_b").to_owned());
    }
    for ([entity, decision, evidence, name, score, detail], others) in alike {
        if let Some(&i) = at.get(entity) {
            let own = str::to_owned;
            rows[i].1.links.push(Links {
                name: own(name),
                others,
                decision: own(decision),
                evidence: own(evidence),
                score: own(score),
                detail: own(detail),
            });
        }
    }
}
