//! JSON Schema of an archive's files, made from the same description of the tables as the files themselves.

use serde_json::{Map, Value, json};
use store::records::{Column, Kind, Table};

use super::manifest::{FORMAT, VERSION};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
const SUM: &str = "^[0-9a-f]{64}$";

/// The schema of a table's file.
pub(super) fn of_table(table: &Table) -> Value {
    let properties: Map<_, _> = (table.columns.iter())
        .map(|column| (column.name.to_owned(), of_column(column)))
        .collect();
    let required: Vec<_> = table.columns.iter().map(|column| column.name).collect();
    json!({
        "$schema": DIALECT,
        "title": table.name,
        "description": format!("Each row: {}. Sorted by {}.", table.about, table.key.join(", ")),
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        },
    })
}

fn of_column(column: &Column) -> Value {
    let (kind, more) = match column.kind {
        Kind::Id | Kind::Loose => ("string", json!({ "pattern": UUID })),
        Kind::Of(table) => (
            "string",
            json!({ "pattern": UUID, "description": format!("{}: the id of a row in {table}", column.about) }),
        ),
        Kind::Text(least, most) => ("string", json!({ "minLength": least, "maxLength": most })),
        Kind::Choice(codes) => {
            let mut codes: Vec<_> = codes().into_iter().map(Value::from).collect();
            codes.extend(column.null.then_some(Value::Null));
            ("string", json!({ "enum": codes }))
        }
        Kind::Day => (
            "string",
            json!({ "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" }),
        ),
        Kind::Time => (
            "integer",
            json!({ "description": format!("{}, in milliseconds since 1970 UTC", column.about) }),
        ),
        Kind::Number(least, most) => ("integer", json!({ "minimum": least, "maximum": most })),
        Kind::Municipality => ("integer", json!({ "minimum": 114, "maximum": 2584 })),
        Kind::Scope => ("integer", json!({ "minimum": 0, "maximum": 2584 })),
        Kind::Answer => (
            "integer",
            json!({
                "minimum": -3,
                "maximum": 5,
                "description": format!(
                    "{}: 1–5 a level, -1 vet ej, -2 inte aktuellt, -3 vill inte svara, null not answered", column.about),
            }),
        ),
        Kind::Flag => ("boolean", json!({})),
        Kind::Bytes(_) => ("string", json!({ "contentEncoding": "base64" })),
        Kind::Event => ("object", json!({})),
        Kind::Counts => ("array", json!({ "items": { "type": "object" } })),
    };
    let mut schema = Map::new();
    schema.insert("description".to_owned(), column.about.into());
    schema.insert(
        "type".to_owned(),
        if column.null {
            json!([kind, "null"])
        } else {
            kind.into()
        },
    );
    if let Value::Object(more) = more {
        schema.extend(more);
    }
    Value::Object(schema)
}

/// The schema of the manifest.
pub(super) fn of_manifest() -> Value {
    json!({
        "$schema": DIALECT,
        "title": "manifest",
        "description": "What the archive says about itself.",
        "type": "object",
        "properties": {
            "format": { "const": FORMAT },
            "version": { "const": VERSION },
            "program": { "type": "string", "description": "the version of the program that wrote it" },
            "mapping": {
                "type": "object",
                "properties": { "id": { "type": "string", "pattern": UUID }, "name": { "type": "string" } },
                "required": ["id", "name"],
                "additionalProperties": false,
            },
            "made_at": { "type": "string", "format": "date-time" },
            "sha256": {
                "type": "string",
                "pattern": SUM,
                "description": "SHA-256 over what `LC_ALL=C sha256sum data/*.json` prints",
            },
            "files": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "name": { "type": "string" },
                        "rows": { "type": "integer", "minimum": 0 },
                        "sha256": { "type": "string", "pattern": SUM },
                    },
                    "required": ["name", "rows", "sha256"],
                    "additionalProperties": false,
                },
            },
        },
        "required": ["format", "version", "program", "mapping", "made_at", "sha256", "files"],
        "additionalProperties": false,
    })
}
