//! Values of rows: as canonical JSON and back, each held against what its column may hold.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{level::Answer, map::Event, records::Count};
use serde_json::Value;
use uuid::Uuid;

use super::table::{Column, Kind, Row, Table};
use crate::row::municipality;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Nothing.
    Null,
    /// True or false.
    Flag(bool),
    /// A number.
    Number(i64),
    /// An identifier.
    Id(Uuid),
    /// A text; also JSON, canonical.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A value that its column does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{column}")]
pub struct FieldError {
    /// The column; empty when the row is none at all.
    pub column: &'static str,
}

impl Table {
    /// A row as JSON: names in order, no white space.
    pub fn to_json(&self, row: &[Field]) -> String {
        let mut fields: Vec<_> = self.columns.iter().zip(row).collect();
        fields.sort_unstable_by_key(|(column, _)| column.name);
        let mut text = String::from("{");
        for (column, field) in fields {
            if text.len() > 1 {
                text.push(',');
            }
            canonical(&Value::from(column.name), &mut text);
            text.push(':');
            match (field, column.kind) {
                // Kept as canonical JSON already.
                (Field::Text(json), Kind::Event | Kind::Counts) => text.push_str(json),
                (field, _) => canonical(&plain(field), &mut text),
            }
        }
        text.push('}');
        text
    }

    /// Reads a row, and holds every value against its column.
    ///
    /// # Errors
    /// [`FieldError`] with the first column whose value is missing or cannot be.
    pub fn from_json(&self, row: &Value) -> Result<Row, FieldError> {
        let object = row.as_object().ok_or(FieldError { column: "" })?;
        if object.len() > self.columns.len() {
            return Err(FieldError { column: "" });
        }
        (self.columns.iter())
            .map(|column| {
                (object.get(column.name))
                    .and_then(|value| column.read(value))
                    .ok_or(FieldError {
                        column: column.name,
                    })
            })
            .collect()
    }
}

/// A value as plain JSON.
fn plain(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Flag(flag) => Value::from(*flag),
        Field::Number(number) => Value::from(*number),
        Field::Id(id) => Value::from(id.to_string()),
        Field::Text(text) => Value::from(text.as_str()),
        Field::Bytes(bytes) => Value::from(STANDARD.encode(bytes)),
    }
}

/// Writes JSON so that equal values are equal texts: names in order, no white space.
pub fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(object) => {
            let mut fields: Vec<_> = object.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (nth, (name, value)) in fields.into_iter().enumerate() {
                if nth > 0 {
                    text.push(',');
                }
                canonical(&Value::from(name.as_str()), text);
                text.push(':');
                canonical(value, text);
            }
            text.push('}');
        }
        Value::Array(list) => {
            text.push('[');
            for (nth, value) in list.iter().enumerate() {
                if nth > 0 {
                    text.push(',');
                }
                canonical(value, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

impl Column {
    /// The value as stored, if the column may hold it.
    fn read(&self, value: &Value) -> Option<Field> {
        if value.is_null() {
            return self.null.then_some(Field::Null);
        }
        match self.kind {
            Kind::Id | Kind::Of(_) | Kind::Loose => {
                let text = value.as_str()?;
                let id = Uuid::parse_str(text).ok()?;
                // Written in one way only, so that equal contents are equal texts.
                (id.to_string() == text).then_some(Field::Id(id))
            }
            Kind::Text(least, most) => {
                let text = value.as_str()?;
                let odd = |c: char| c.is_control() && c != '\n' && c != '\t' && c != '\r';
                let length = text.chars().count();
                ((least..=most).contains(&length)
                    && !text.contains(odd)
                    && (least == 0 || !text.trim().is_empty()))
                .then(|| Field::Text(text.to_owned()))
            }
            Kind::Choice(codes) => {
                let text = value.as_str()?;
                (codes().contains(&text)).then(|| Field::Text(text.to_owned()))
            }
            Kind::Day => {
                let text = value.as_str()?;
                (text.is_empty() || is_day(text)).then(|| Field::Text(text.to_owned()))
            }
            Kind::Time => number(value, -62_135_596_800_000, 253_402_300_799_999),
            Kind::Number(least, most) => number(value, least, most),
            Kind::Municipality => {
                let code = i16::try_from(value.as_i64()?).ok()?;
                municipality(code).ok()?;
                Some(Field::Number(code.into()))
            }
            Kind::Scope => {
                let code = i16::try_from(value.as_i64()?).ok()?;
                (code == 0 || municipality(code).is_ok()).then_some(Field::Number(code.into()))
            }
            Kind::Answer => {
                let code = i16::try_from(value.as_i64()?).ok()?;
                Answer::from_code(code).ok()?;
                Some(Field::Number(code.into()))
            }
            Kind::Flag => value.as_bool().map(Field::Flag),
            Kind::Bytes(most) => {
                let text = value.as_str()?;
                let bytes = STANDARD.decode(text).ok()?;
                (bytes.len() <= most && STANDARD.encode(&bytes) == text)
                    .then_some(Field::Bytes(bytes))
            }
            Kind::Event => {
                serde_json::from_value::<Event>(value.clone()).ok()?;
                Some(json(value))
            }
            Kind::Counts => {
                serde_json::from_value::<Vec<Count>>(value.clone()).ok()?;
                Some(json(value))
            }
        }
    }
}

fn number(value: &Value, least: i64, most: i64) -> Option<Field> {
    let number = value.as_i64()?;
    (least..=most)
        .contains(&number)
        .then_some(Field::Number(number))
}

fn json(value: &Value) -> Field {
    let mut text = String::new();
    canonical(value, &mut text);
    Field::Text(text)
}

/// Whether a text is a day such as 2026-11-22.
fn is_day(text: &str) -> bool {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    text.len() == 10 && time::Date::parse(text, format).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::TABLES;
    use serde_json::json;

    fn table(name: &str) -> &'static Table {
        let found = TABLES.iter().find(|table| table.name == name);
        found.expect("there is such a table")
    }

    #[test]
    fn a_row_is_written_in_one_way_and_read_back() {
        let table = table("answer");
        let id = Uuid::from_u128(7);
        let row = vec![
            Field::Id(id),
            Field::Id(id),
            Field::Number(0),
            Field::Number(3),
            Field::Number(-1),
            Field::Null,
            Field::Text("a \"b\"\nc".to_owned()),
            Field::Text(String::new()),
        ];
        let text = table.to_json(&row);
        assert_eq!(
            text,
            "{\"capability\":\"00000000-0000-0000-0000-000000000007\",\"comment\":\"a \\\"b\\\"\\nc\",\"current_answer\":3,\
             \"effect_answer\":null,\"municipality\":0,\"response\":\"00000000-0000-0000-0000-000000000007\",\
             \"target_answer\":-1,\"weakness\":\"\"}"
        );
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(table.from_json(&value), Ok(row));
    }

    #[test]
    fn what_a_column_cannot_hold_is_refused_by_its_name() {
        let table = table("enquiry");
        let right = json!({"id": Uuid::from_u128(1).to_string(), "question": "Vill ni vara med?", "explanation": "",
            "deadline": "2026-12-01", "created_at": 5, "closed_at": null});
        assert!(table.from_json(&right).is_ok());
        for (column, wrong) in [
            ("id", json!("{00000000-0000-0000-0000-000000000001}")),
            ("id", json!(null)),
            ("question", json!("")),
            ("question", json!(" ")),
            ("question", json!("å".repeat(161))),
            ("explanation", json!("a\u{0}b")),
            ("deadline", json!("2026-02-30")),
            ("deadline", json!("2026-2-3")),
            ("created_at", json!(1.5)),
            ("created_at", json!("5")),
            ("closed_at", json!(i64::MAX)),
        ] {
            let mut row = right.clone();
            row[column] = wrong.clone();
            assert_eq!(table.from_json(&row), Err(FieldError { column }), "{wrong}");
        }
        let mut more = right.clone();
        more["mer"] = json!(1);
        assert_eq!(table.from_json(&more), Err(FieldError { column: "" }));
    }

    #[test]
    fn tables_are_named_once_and_their_keys_are_columns() {
        let mut names: Vec<_> = TABLES.iter().map(|table| table.name).collect();
        for (nth, table) in TABLES.iter().enumerate() {
            assert_eq!(table.key_places().len(), table.key.len(), "{}", table.name);
            for column in table.columns {
                if let Kind::Of(other) = column.kind {
                    let before = TABLES[..nth].iter().any(|table| table.name == other);
                    assert!(before, "{}.{} points ahead", table.name, column.name);
                }
            }
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLES.len());
    }
}
