//! Values as cells of a CSV file, for people and their spreadsheets.

use store::records::{Field, Kind};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::sum::hex;

/// What spreadsheets take for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A value as a cell: times as in RFC 3339, nothing as an empty cell, and an apostrophe before what a spreadsheet would
/// take for a formula.
pub(super) fn cell(kind: Kind, field: &Field) -> String {
    match (field, kind) {
        (Field::Null, _) => String::new(),
        (Field::Number(at), Kind::Time) => moment(*at),
        (Field::Number(number), _) => number.to_string(),
        (Field::Flag(flag), _) => flag.to_string(),
        (Field::Id(id), _) => id.to_string(),
        (Field::Text(text), _) if text.starts_with(FORMULA) => format!("'{text}"),
        (Field::Text(text), _) => text.clone(),
        (Field::Bytes(bytes), _) => hex(bytes),
    }
}

/// A time as in RFC 3339, with milliseconds.
pub(super) fn moment(at: i64) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000)
        .ok()
        .and_then(|at| at.format(&Rfc3339).ok())
        .unwrap_or_else(|| at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_people_read_and_never_formulas() {
        assert_eq!(
            cell(Kind::Time, &Field::Number(1_774_745_999_500)),
            "2026-03-29T00:59:59.5Z"
        );
        assert_eq!(cell(Kind::Answer, &Field::Number(-1)), "-1");
        let text = |typed: &str| cell(Kind::Text(0, 99), &Field::Text(typed.to_owned()));
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("å;\"ä"), "å;\"ä");
        assert_eq!(cell(Kind::Flag, &Field::Null), "");
    }
}
