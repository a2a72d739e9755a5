//! A table as CSV for machines.

use charts::{Cell, Table, rounded};

/// The table as RFC 4180 has it: UTF-8 without byte order mark, commas, decimal points, CRLF, and nothing but the table:
/// the first line is the header, and every line has as many fields.
///
/// What the numbers rest on stands in the JSON and XLSX files of the same table, since CSV knows no comments. Where there
/// is no number stands the symbol that tells why (`..` hidden, `.` not applicable, `-` missing). A text that a
/// spreadsheet would take for a formula is given an apostrophe, as in [`Table::csv_excel`].
pub fn csv_rfc4180(table: &Table) -> String {
    let mut csv = String::new();
    let mut line = |fields: Vec<String>| {
        csv.push_str(&fields.join(","));
        csv.push_str("\r\n");
    };
    line(table.columns.iter().map(|column| field(column)).collect());
    for row in &table.rows {
        let cells = row.cells.iter().map(cell);
        line(std::iter::once(field(&row.header)).chain(cells).collect());
    }
    csv
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => field(text),
        Cell::Number { value, decimals } if value.is_finite() => {
            format!("{:.*}", usize::from(*decimals), rounded(*value, *decimals))
        }
        Cell::Number { .. } => String::new(),
        Cell::Symbol(symbol) => (*symbol).to_owned(),
    }
}

fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let apostrophe = if formula { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{apostrophe}{text}")
    }
}

#[cfg(test)]
mod tests {
    use charts::{DecimalMark, Row};

    use super::*;

    #[test]
    fn csv_for_machines_begins_with_its_header_and_has_points_and_as_many_fields_in_every_line() {
        let row = |header: &str, cells: Vec<Cell>| Row {
            header: header.to_owned(),
            cells,
        };
        let table = Table {
            caption: "Skillnad".to_owned(),
            columns: ["Förmåga", "Skillnad, medel", "Anmärkning"]
                .map(str::to_owned)
                .into(),
            rows: vec![
                row(
                    "Drift, \"nät\"",
                    vec![
                        Cell::number_or(Some(-1.25), 1, "-"),
                        Cell::Text("=SUM(A1)".to_owned()),
                    ],
                ),
                row(
                    "Kontinuitet",
                    vec![Cell::Symbol(".."), Cell::Text("två\nrader".to_owned())],
                ),
                row(
                    "Öppna data",
                    vec![
                        Cell::Number {
                            value: f64::NAN,
                            decimals: 1,
                        },
                        Cell::number_or(Some(-0.001), 2, "-"),
                    ],
                ),
            ],
            conditions: vec!["Bygger på 11 av 14 kommuner".to_owned()],
            mark: DecimalMark::Comma,
        };
        assert_eq!(
            csv_rfc4180(&table),
            "Förmåga,\"Skillnad, medel\",Anmärkning\r\n\"Drift, \"\"nät\"\"\",-1.3,'=SUM(A1)\r\n\
             Kontinuitet,..,\"två\nrader\"\r\nÖppna data,,0.00\r\n"
        );
    }
}
