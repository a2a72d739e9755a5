//! How the tables of a mapping's records are described: once, for files in and out and for their schemas.

use super::field::Field;

/// A row's values, in the order of its table's columns.
pub type Row = Vec<Field>;

/// Which folder of an archive a table belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The mapping itself: what the content's sum is made of.
    Data,
    /// Who may do what with it, and who did: a matter of each installation, so it is outside the sum.
    Access,
}

/// What has a personal link, whose token is made anew on every installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bearer {
    /// Asked in a round.
    Participant,
    /// Asked to the series.
    Invitee,
    /// Asked an interest enquiry.
    Contact,
    /// With a seat in a workshop.
    Attendee,
}

/// What a column holds.
#[derive(Clone, Copy)]
pub enum Kind {
    /// The row's own identifier.
    Id,
    /// The identifier of a row in another table of the archive.
    Of(&'static str),
    /// An identifier of something in the log, or of a command.
    Loose,
    /// A text of so many characters, at least and at most.
    Text(usize, usize),
    /// One of these codes.
    Choice(fn() -> Vec<&'static str>),
    /// A day such as 2026-11-22; empty when it is not known.
    Day,
    /// Milliseconds since 1970 UTC.
    Time,
    /// A whole number between these.
    Number(i64, i64),
    /// A municipality's code as a number, 114–2584.
    Municipality,
    /// As a municipality; 0 stands for all of the person's.
    Scope,
    /// 1–5 a level; -1 vet ej, -2 inte aktuellt, -3 vill inte svara.
    Answer,
    /// True or false.
    Flag,
    /// Bytes, so many at most.
    Bytes(usize),
    /// An event of the log.
    Event,
    /// Counts of a protocol.
    Counts,
}

/// A column.
#[derive(Clone, Copy)]
pub struct Column {
    /// Its name, in the database and in files.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may hold nothing.
    pub null: bool,
    /// What it means.
    pub about: &'static str,
}

/// A table as it stands in an archive.
#[derive(Clone, Copy)]
pub struct Table {
    /// Its name in files.
    pub name: &'static str,
    /// Which folder.
    pub part: Part,
    /// What a row is.
    pub about: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// The columns that rows are sorted by, and which no two rows share.
    pub key: &'static [&'static str],
    /// Whether archives of earlier versions of the program lack it.
    pub later: bool,
    /// Its name in the database.
    pub(super) stored: &'static str,
    /// From where its rows come: the table is `t`, the mapping `$1`.
    pub(super) from: &'static str,
    /// Whether it has a column for the mapping, which files leave out.
    pub(super) mapping: bool,
    /// Whose links its rows have.
    pub(super) bearer: Option<Bearer>,
}

impl Table {
    /// The place of a column.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The places of the key's columns.
    pub fn key_places(&self) -> Vec<usize> {
        (self.key.iter())
            .filter_map(|name| self.place(name))
            .collect()
    }

    /// Whether some key column is a text, which the databases sort differently.
    pub(super) fn sorts_texts(&self) -> bool {
        (self.key_places().into_iter())
            .any(|place| matches!(self.columns[place].kind, Kind::Text(..) | Kind::Choice(_)))
    }

    /// The query for its rows.
    pub(super) fn select(&self) -> String {
        let columns: Vec<_> = (self.columns.iter())
            .map(|column| match column.kind {
                Kind::Time | Kind::Number(..) | Kind::Municipality | Kind::Scope | Kind::Answer => {
                    format!("CAST(t.{} AS BIGINT)", column.name)
                }
                _ => format!("t.{}", column.name),
            })
            .collect();
        let mut sql = format!("SELECT {} FROM {}", columns.join(", "), self.from);
        if !self.sorts_texts() {
            let key: Vec<_> = self.key.iter().map(|name| format!("t.{name}")).collect();
            sql.push_str(" ORDER BY ");
            sql.push_str(&key.join(", "));
        }
        sql
    }

    /// The statement that stores this many rows.
    pub(super) fn insert(&self, rows: usize) -> String {
        let mut names: Vec<_> = self.columns.iter().map(|column| column.name).collect();
        names.extend(self.mapping.then_some("mapping"));
        names.extend(self.bearer.map(|_| "token_hash"));
        let mut next = 0;
        let values: Vec<_> = (0..rows)
            .map(|_| {
                let places: Vec<_> = (names.iter())
                    .map(|_| {
                        next += 1;
                        format!("${next}")
                    })
                    .collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let (stored, names) = (self.stored, names.join(", "));
        format!(
            "INSERT INTO {stored} ({names}) VALUES {}",
            values.join(", ")
        )
    }
}
