//! The schemas as tables: they parse, point somewhere, and say the same as the code.

use annalist::dataset::schema::{self, Type};
use annalist::model;

#[test]
fn keys_and_references_exist() {
    for table in schema::tables() {
        assert!(!table.key.is_empty(), "{} has no key", table.name);
        for name in &table.key {
            let at = table.position(name).unwrap_or_else(|| panic!("{}: no key column {name}", table.name));
            let kind = table.columns[at].kind;
            assert!(matches!(kind, Type::String | Type::Integer), "{}.{name} can be no key", table.name);
        }
        for name in &table.order {
            let place = matches!(name.as_str(), "document" | "sentence" | "ordinal" | "start");
            assert!(place || table.position(name).is_some(), "{}: no order column {name}", table.name);
        }
        for column in &table.columns {
            let Some((to, field)) = column.target() else {
                assert!(column.references.is_empty(), "{}.{}", table.name, column.name);
                continue;
            };
            let to = schema::table(to).unwrap_or_else(|| panic!("{} points nowhere", column.references));
            assert_eq!(to.key, [field], "{}.{} does not point to a key", table.name, column.name);
        }
    }
}

#[test]
fn columns_are_explained_once() {
    for table in schema::tables() {
        let mut names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        for column in &table.columns {
            let name = format!("{}.{}", table.name, column.name);
            assert!(column.meaning.ends_with(['.', '…']), "{name} has no meaning");
            assert!(column.optional || !column.example.is_empty(), "{name} has no example");
            assert!(matches!(column.unit.as_str(), "" | "bytes" | "code points"), "{name}");
            assert!(matches!(column.format.as_str(), "" | "edtf"), "{name}");
            assert!(column.vocabulary.is_empty() || column.kind == Type::String, "{name}");
            let closed = column.vocabulary.is_empty() || column.vocabulary.contains(&column.example);
            assert!(closed, "the example of {name} is none of its values");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), table.columns.len(), "{} names a column twice", table.name);
    }
}

#[test]
fn closed_vocabularies_are_those_of_the_code() {
    fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|&value| code(value)).collect()
    }
    macro_rules! same {
        ($($column:literal => $name:ident),* $(,)?) => {
            vec![$(($column, codes(model::$name::ALL, model::$name::code))),*]
        };
    }
    let known = same! {
        "documents.dump_kind" => DumpKind, "documents.encoding_from" => EncodingFrom,
        "documents.status" => Status, "sentences.block" => Block,
        "time_expressions.kind" => TimeKind, "time_expressions.precision" => Precision,
        "time_expressions.modifier" => Modifier, "time_expressions.basis" => Basis,
        "time_expressions.year_from" => YearFrom,
        "event_mentions.precision" => Precision, "event_mentions.modifier" => Modifier,
        "event_mentions.basis" => Basis, "event_mentions.event_type" => EventType,
        "event_mentions.modality" => Modality,
        "events.precision" => Precision, "events.event_type" => EventType,
        "events.modality" => Modality, "events.status" => EventStatus,
        "participants.role" => Role, "entities.kind" => EntityKind,
        "entity_names.evidence" => NameEvidence, "name_links.decision" => Decision,
        "name_links.evidence" => LinkEvidence, "diagnostics.severity" => Severity,
        "timeline.precision" => Precision, "timeline.event_type" => EventType,
        "timeline.modality" => Modality,
    };
    for (name, values) in known {
        let (table, column) = name.split_once('.').unwrap();
        let table = schema::table(table).unwrap();
        let column = &table.columns[table.position(column).unwrap()];
        assert_eq!(column.vocabulary, values, "{name}");
    }
}

#[test]
fn quad_classes_of_the_rules_are_in_the_vocabulary() {
    let plover = annalist::events::Plover::builtin();
    let events = schema::table("events").unwrap();
    let known = &events.columns[events.position("quad_class").unwrap()].vocabulary;
    for &event_type in model::EventType::ALL {
        assert!(known.contains(&plover.of(event_type).quad), "{event_type}");
    }
}
