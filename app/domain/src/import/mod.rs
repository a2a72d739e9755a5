//! Reading a map from the rows of a file, and writing it as rows that read back.

mod reader;
mod table;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{
    map::{Command, Contents, choices},
    text::fold,
};

pub use table::{guarded, table, template, unguarded};

/// The most rows below the header that are read at once.
pub const MAX_ROWS: usize = 2000;

choices! {
    /// A column of the file, by the title in its header.
    Column {
        /// What the row is: a [`RowKind`]; a capability when empty.
        Kind = "slag",
        /// The area a capability belongs to, or that the row is about.
        Area = "område",
        /// The name, or a goal's title.
        Name = "namn",
        /// A capability's formulation.
        Formulation = "formulering",
        /// The description.
        Description = "beskrivning",
        /// The type of a capability or weakness, or the level of a goal.
        Type = "typ",
        /// A capability's layers of interoperability, with commas between.
        Layers = "interoperabilitet",
        /// A capability's goals (with `|` or line breaks between), the goal above a goal, or the capability that a
        /// weakness holds back.
        Belongs = "hör till",
        /// Whose a local goal is.
        Municipality = "kommun",
        /// A capability's own words for level 1.
        Level1 = "nivå 1",
        /// A capability's own words for level 2.
        Level2 = "nivå 2",
        /// A capability's own words for level 3.
        Level3 = "nivå 3",
        /// A capability's own words for level 4.
        Level4 = "nivå 4",
        /// A capability's own words for level 5.
        Level5 = "nivå 5",
    }
}

impl Column {
    /// The columns of a capability's own words for the levels, from 1 to 5.
    pub const LEVELS: [Self; 5] = [
        Self::Level1,
        Self::Level2,
        Self::Level3,
        Self::Level4,
        Self::Level5,
    ];
}

choices! {
    /// What a row is.
    RowKind {
        /// An area, also one with no capabilities.
        Area = "område",
        /// A goal.
        Goal = "mål",
        /// A capability.
        Capability = "förmåga",
        /// A weakness.
        Weakness = "oförmåga",
    }
}

/// A row below the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, as a spreadsheet shows it: the header is 1.
    pub number: usize,
    /// What stands in it, trimmed.
    pub cells: BTreeMap<Column, String>,
}

impl Row {
    /// What stands in a column; empty when nothing does.
    pub fn get(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }
}

/// Something to say about a place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<T> {
    /// The row's number in the file, where the header is 1.
    pub row: usize,
    /// The column, if it is about one.
    pub column: Option<Column>,
    /// What.
    pub what: T,
}

/// Why the file cannot be read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no row below the header.
    NoRows,
    /// More rows than [`MAX_ROWS`].
    TooManyRows(usize),
    /// The header has no such column.
    NoColumn(Column),
    /// The header has the column twice.
    TwiceInHeader,
    /// Something must stand there.
    Empty,
    /// More characters than fit.
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters that fit.
        max: usize,
    },
    /// A control character.
    Control,
    /// Not one of the choices.
    NoChoice {
        /// What stands there.
        found: String,
        /// What may stand there.
        choices: Vec<&'static str>,
    },
    /// Neither in the file nor on the map.
    NotFound(String),
    /// A goal can stand only under a goal of a higher level.
    WrongParent(String),
}

/// Something worth a look that stops nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The column is not known and is left out.
    UnknownColumn(String),
    /// Something of that name is on the map already or stands above in the file.
    Duplicate(String),
    /// The area is on the map already; its row changes nothing.
    KnownArea(String),
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its rows with something in them.
    pub rows: Vec<Row>,
    /// What has to be mended before anything is read in.
    pub faults: Vec<Finding<Fault>>,
    /// What is worth a look.
    pub remarks: Vec<Finding<Remark>>,
    /// The command that adds everything; none while there are faults.
    pub command: Option<Command>,
}

/// Reads the rows of a file, header first, against the map they are to be added to. Ids of new things come from `new_id`.
pub fn read(sheet: &[Vec<String>], contents: &Contents, new_id: impl FnMut() -> Uuid) -> Reading {
    let mut reading = Reading::default();
    let header = sheet.first().map_or(&[][..], Vec::as_slice);
    let columns = columns(header, &mut reading);
    let bodies = sheet.iter().enumerate().skip(1);
    for (index, cells) in bodies {
        let cells: BTreeMap<Column, String> = columns
            .iter()
            .zip(cells)
            .filter_map(|(column, text)| Some(((*column)?, unguarded(text.trim()).to_owned())))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if !cells.is_empty() {
            reading.rows.push(Row {
                number: index + 1,
                cells,
            });
        }
    }
    let fault = |what| Finding {
        row: 1,
        column: None,
        what,
    };
    if !columns.contains(&Some(Column::Name)) {
        reading.faults.push(fault(Fault::NoColumn(Column::Name)));
    } else if reading.rows.is_empty() {
        reading.faults.push(fault(Fault::NoRows));
    } else if reading.rows.len() > MAX_ROWS {
        let count = reading.rows.len();
        reading.faults.push(fault(Fault::TooManyRows(count)));
        reading.rows.truncate(MAX_ROWS);
    } else {
        reader::read_rows(&mut reading, contents, new_id);
    }
    reading
}

/// The columns of a header, in order; those not known are left out with a remark.
fn columns(header: &[String], reading: &mut Reading) -> Vec<Option<Column>> {
    let mut columns = Vec::new();
    for title in header {
        let folded = fold(title);
        let column = (Column::ALL.iter().copied()).find(|column| fold(column.code()) == folded);
        if column.is_some() && columns.contains(&column) {
            reading.faults.push(Finding {
                row: 1,
                column,
                what: Fault::TwiceInHeader,
            });
        }
        if column.is_none() && !folded.is_empty() {
            reading.remarks.push(Finding {
                row: 1,
                column: None,
                what: Remark::UnknownColumn(title.trim().to_owned()),
            });
        }
        columns.push(column);
    }
    columns
}
