//! CSV and JSON: every table of a report is the same in all its files.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use charts::{Cell, Table, rounded};
use report::{Block, Report, csv_rfc4180, report_json, table_json, unwatched, xlsx};
use serde_json::Value;

use crate::{
    reader::{list, number, said, text},
    sample,
};

/// The tables of a report, in order.
fn tables(report: &Report) -> Vec<&Table> {
    let blocks = (report.summary.iter().chain(&report.appendix)).flat_map(|s| &s.blocks);
    let tables = blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(&figure.chart.table),
        Block::Table(table) => Some(table),
        Block::Text(_) | Block::List(_) => None,
    });
    tables.collect()
}

/// What a cell is in a file for machines.
fn expected(cell: &Cell) -> String {
    match cell {
        Cell::Number { value, decimals } => {
            format!("{:.*}", usize::from(*decimals), rounded(*value, *decimals))
        }
        Cell::Text(text) => text.clone(),
        Cell::Symbol(symbol) => (*symbol).to_owned(),
    }
}

#[test]
fn every_table_is_read_from_csv_by_another_reader_as_it_is() {
    for table in tables(&sample::report()) {
        let csv = csv_rfc4180(table);
        assert!(!csv.starts_with('\u{feff}'));
        let Some(lines) = said("lines.py", "table.csv", csv.as_bytes()) else {
            return;
        };
        let lines = list(&lines);
        assert_eq!(lines.len(), table.rows.len() + 1);
        assert_eq!(lines[0], serde_json::json!(table.columns));
        for (line, row) in lines[1..].iter().zip(&table.rows) {
            let line = list(line);
            assert_eq!(line.len(), table.columns.len(), "{line:?}");
            assert_eq!(text(&line[0]), row.header);
            for (field, cell) in line[1..].iter().zip(&row.cells) {
                let read = text(field);
                let guarded = read.strip_prefix('\'').unwrap_or(read);
                assert_eq!(guarded, expected(cell), "{}", table.caption);
            }
        }
    }
}

#[test]
fn every_table_has_the_same_numbers_in_json_csv_and_xlsx() {
    let report = sample::report();
    let file = xlsx(&report, &mut unwatched).expect("it can be written");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    let names = book.sheet_names();
    let mut numbers = 0;
    for table in tables(&report) {
        let json: Value = serde_json::from_str(&table_json(table)).expect("it is JSON");
        let sheet = (names.iter())
            .find_map(|name| {
                let range = book.worksheet_range(name).expect("a sheet");
                (range.get_value((0, 0)) == Some(&Data::String(table.caption.clone())))
                    .then_some(range)
            })
            .expect("every table has its sheet");
        let row_of = |wanted: &str| {
            let found = (sheet.rows()).position(|row| row[0] == Data::String(wanted.to_owned()));
            found.expect("every row is there")
        };
        for (row, in_json) in table.rows.iter().zip(list(&json["rows"])) {
            let in_sheet = row_of(&row.header);
            for (place, cell) in row.cells.iter().enumerate() {
                let (json, xlsx) = (
                    &in_json["cells"][place],
                    sheet.get((in_sheet, place + 1)).expect("a cell"),
                );
                match cell {
                    Cell::Number { value, decimals } => {
                        let shown = rounded(*value, *decimals);
                        assert!((number(json) - shown).abs() < 1e-12);
                        assert_eq!(xlsx, &Data::Float(shown));
                        assert_eq!(expected(cell).parse(), Ok(shown), "as in CSV");
                        numbers += 1;
                    }
                    Cell::Symbol(symbol) => {
                        assert_eq!(json, &serde_json::json!({"symbol": symbol}));
                        assert_eq!(xlsx, &Data::String((*symbol).to_owned()));
                    }
                    Cell::Text(words) => {
                        assert_eq!(text(json), words);
                        assert_eq!(xlsx, &Data::String(words.clone()));
                    }
                }
            }
        }
    }
    assert!(numbers > 300, "{numbers}");
}

#[test]
fn a_report_as_json_holds_all_its_words_and_tables_in_order() {
    let report = sample::report();
    let read: Value = serde_json::from_str(&report_json(&report)).expect("it is JSON");
    assert_eq!(read["title"], "Förmågor i Fyrbodal");
    assert_eq!(read["language"], "sv");
    assert_eq!(read["example"], "Exempel: påhittade svar");
    assert_eq!(read["conditions"], serde_json::json!(report.conditions));
    assert_eq!(
        read["summary"][0]["blocks"][0],
        serde_json::json!({"kind": "text", "text": "Fem förmågor kommer först."})
    );
    assert_eq!(read["summary"][0]["blocks"][1]["kind"], "list");
    let sections = || list(&read["summary"]).iter().chain(list(&read["appendix"]));
    let read_tables: Vec<&Value> = sections()
        .flat_map(|section| list(&section["blocks"]))
        .filter_map(|block| block.get("table"))
        .collect();
    let expected: Vec<Value> = (tables(&report).into_iter())
        .map(|table| serde_json::from_str(&table_json(table)).expect("it is JSON"))
        .collect();
    assert_eq!(read_tables, expected.iter().collect::<Vec<_>>());
    let figure = &read["appendix"][0]["blocks"][1];
    assert_eq!(figure["name"], "varmekarta");
    assert!(text(&figure["description"]).contains("18 förmågor"));
}
