//! Tables and reports as JSON.

use charts::{Cell, Table, rounded};
use serde_json::{Number, Value, json};

use crate::content::{Block, Report, Section};

/// The table as JSON: `caption`, `conditions`, `columns` (the first one is that of the row headers) and `rows`, each
/// with its `header` and `cells`. A cell is a number, rounded as it is shown; a text; or an object whose `symbol` tells
/// why there is no number: `..` hidden, `.` not applicable, `-` missing.
pub fn table_json(table: &Table) -> String {
    written(&table_value(table))
}

/// The report as JSON: its title, conditions, and the sections of `summary` and `appendix` with their `blocks`, each of a
/// `kind`: `text`, `list`, `table` or `figure` (with `name`, `title`, `description` and `table`). Slides are a choice
/// out of them and not repeated.
pub fn report_json(report: &Report) -> String {
    written(&json!({
        "title": report.title,
        "subtitle": report.subtitle,
        "day": report.day,
        "language": report.language.code(),
        "example": report.example,
        "conditions": report.conditions,
        "summary": report.summary.iter().map(section).collect::<Vec<_>>(),
        "appendix": report.appendix.iter().map(section).collect::<Vec<_>>(),
    }))
}

fn section(section: &Section) -> Value {
    json!({
        "heading": section.heading,
        "blocks": section.blocks.iter().map(block).collect::<Vec<_>>(),
    })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Text(text) => json!({"kind": "text", "text": text}),
        Block::List(items) => json!({"kind": "list", "items": items}),
        Block::Figure(figure) => json!({
            "kind": "figure",
            "name": figure.name,
            "title": figure.chart.title,
            "description": figure.chart.description,
            "table": table_value(&figure.chart.table),
        }),
        Block::Table(table) => json!({"kind": "table", "table": table_value(table)}),
    }
}

fn table_value(table: &Table) -> Value {
    let rows = table.rows.iter().map(|row| {
        json!({
            "header": row.header,
            "cells": row.cells.iter().map(cell).collect::<Vec<_>>(),
        })
    });
    json!({
        "caption": table.caption,
        "conditions": table.conditions,
        "columns": table.columns,
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => json!(text),
        Cell::Number { value, decimals } => number(rounded(*value, *decimals), *decimals),
        Cell::Symbol(symbol) => json!({"symbol": symbol}),
    }
}

/// A rounded number; one without decimals has none in the file either. Null for what is no number.
fn number(value: f64, decimals: u8) -> Value {
    let whole = format!("{value:.0}").parse::<i64>();
    match whole {
        Ok(whole) if decimals == 0 && value.is_finite() => json!(whole),
        _ => Number::from_f64(value).map_or(Value::Null, Value::Number),
    }
}

fn written(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use charts::{DecimalMark, Row};

    use super::*;

    #[test]
    fn a_cell_is_the_number_that_is_shown_or_a_text_or_tells_why_there_is_none() {
        let table = Table {
            caption: "Skillnad".to_owned(),
            columns: vec!["Förmåga".to_owned(); 6],
            rows: vec![Row {
                header: "Drift".to_owned(),
                cells: vec![
                    Cell::number_or(Some(-1.25), 1, "-"),
                    Cell::number_or(Some(56.5), 0, "-"),
                    Cell::Symbol(".."),
                    Cell::Text("1–4".to_owned()),
                    Cell::Number {
                        value: f64::NAN,
                        decimals: 0,
                    },
                ],
            }],
            conditions: vec!["Bygger på 11 av 14 kommuner".to_owned()],
            mark: DecimalMark::Comma,
        };
        let read: Value = serde_json::from_str(&table_json(&table)).expect("it is JSON");
        assert_eq!(
            read["rows"][0],
            json!({"header": "Drift", "cells": [-1.3, 57, {"symbol": ".."}, "1–4", null]})
        );
        assert!(read["rows"][0]["cells"][1].is_i64());
        assert_eq!(read["conditions"][0], "Bygger på 11 av 14 kommuner");
    }
}
