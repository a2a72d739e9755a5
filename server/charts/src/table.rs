//! The table that belongs to every chart: for screen readers, for those who want the numbers, and as CSV.

use crate::number::{DecimalMark, plain};

/// A table with the same numbers as its chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The headers of the columns; the first one is that of the row headers.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What the numbers rest on, a sentence each.
    pub conditions: Vec<String>,
    /// How its numbers are written on pages.
    pub mark: DecimalMark,
}

/// A row: a header and one cell for each further column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The row's header.
    pub header: String,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, shown with so many decimals.
    Number {
        /// Its value, not rounded.
        value: f64,
        /// Decimals shown.
        decimals: u8,
    },
    /// `..` hidden, `.` not applicable, `-` missing.
    Symbol(&'static str),
}

impl Cell {
    /// A number with this many decimals, or a symbol where there is none.
    pub fn number_or(value: Option<f64>, decimals: u8, symbol: &'static str) -> Self {
        match value.filter(|value| value.is_finite()) {
            Some(value) => Self::Number { value, decimals },
            None => Self::Symbol(symbol),
        }
    }

    /// The cell as people read it.
    pub fn text(&self, mark: DecimalMark) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number { value, decimals } => mark.write(*value, *decimals),
            Self::Symbol(symbol) => (*symbol).to_owned(),
        }
    }

    /// The cell as a difference: with a plus sign when it is a number above zero.
    pub fn signed_text(&self, mark: DecimalMark) -> String {
        match self {
            Self::Number { value, decimals } => mark.write_signed(*value, *decimals),
            Self::Text(_) | Self::Symbol(_) => self.text(mark),
        }
    }

    /// The number, if it is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Number { value, .. } => Some(*value),
            Self::Text(_) | Self::Symbol(_) => None,
        }
    }

    fn csv(&self) -> String {
        match self {
            Self::Text(text) => field(text),
            Self::Number { value, decimals } => plain(*value, *decimals).replace('.', ","),
            Self::Symbol(symbol) => (*symbol).to_owned(),
        }
    }
}

impl Table {
    /// The table for Excel in Swedish: UTF-8 with byte order mark, semicolons, decimal commas, CRLF. The caption and
    /// the conditions stand first. A text that a spreadsheet would take for a formula is given an apostrophe.
    pub fn csv_excel(&self) -> String {
        let mut csv = String::from("\u{feff}");
        let mut line = |fields: Vec<String>| {
            csv.push_str(&fields.join(";"));
            csv.push_str("\r\n");
        };
        line(vec![field(&self.caption)]);
        for condition in &self.conditions {
            line(vec![field(condition)]);
        }
        line(Vec::new());
        line(self.columns.iter().map(|column| field(column)).collect());
        for row in &self.rows {
            let cells = row.cells.iter().map(Cell::csv);
            line(std::iter::once(field(&row.header)).chain(cells).collect());
        }
        csv
    }
}

/// A text as a CSV field (RFC 4180), harmless in a spreadsheet.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_as_swedish_excel_wants_it_and_says_first_what_it_rests_on() {
        let table = Table {
            caption: "Skillnad; per förmåga".to_owned(),
            columns: vec!["Förmåga".to_owned(), "Skillnad".to_owned()],
            rows: vec![
                Row {
                    header: "Drift \"nät\"".to_owned(),
                    cells: vec![Cell::number_or(Some(-1.25), 1, "-")],
                },
                Row {
                    header: "Kontinuitet".to_owned(),
                    cells: vec![Cell::number_or(None, 1, "-")],
                },
            ],
            conditions: vec!["Bygger på 11 av 14 kommuner".to_owned()],
            mark: DecimalMark::Comma,
        };
        assert_eq!(
            table.csv_excel(),
            "\u{feff}\"Skillnad; per förmåga\"\r\nBygger på 11 av 14 kommuner\r\n\r\nFörmåga;Skillnad\r\n\
             \"Drift \"\"nät\"\"\";-1,3\r\nKontinuitet;-\r\n"
        );
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_never_run() {
        for text in ["=1+1", "+46", "-x", "@SUM(A1)", "\tx"] {
            assert_eq!(field(text), format!("'{text}"));
        }
        assert_eq!(field("\r=1"), "\"'\r=1\"");
        assert_eq!(field("=\"a\";b"), "\"'=\"\"a\"\";b\"");
        assert_eq!(field("a=b"), "a=b");
    }
}
