//! Reading an archive: everything is looked at before anything is stored.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    fs::File,
    io::{self, BufReader, Read},
};

use domain::map::{Author, Deed, MapState, Recorded};
use serde::de::{self, DeserializeSeed, Deserializer as _, SeqAccess, Visitor};
use serde_json::Value;
use store::records::{Field, Kind, Row, TABLES, Table};
use uuid::Uuid;
use zip::ZipArchive;

use super::{
    bounded::{Bounded, Budget},
    manifest::{self, Manifest},
    stem,
    sum::{self, Summed},
};

/// The most parts that an archive may have.
const MAX_PARTS: usize = 500;
/// The most that a manifest may hold.
const MANIFEST_LIMIT: u64 = 1024 * 1024;

/// What is wrong with an archive.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// No file was chosen.
    #[error("there is no file")]
    Empty,
    /// It is no ZIP file, or broken.
    #[error("it is no ZIP file, or broken")]
    NotZip,
    /// It holds more than an archive may, packed or unpacked.
    #[error("it holds more than an archive may")]
    TooLarge,
    /// It has no manifest of ours.
    #[error("it is no archive of a mapping")]
    NoManifest,
    /// It was written by a newer version of the program.
    #[error("it was written by a newer version of the program (format {0})")]
    Newer(u32),
    /// A file is missing.
    #[error("{0} is missing")]
    Missing(String),
    /// A file is not as it was when the archive was made.
    #[error("{0} has been changed since the archive was made")]
    Changed(String),
    /// A value cannot be what it says.
    #[error("{file}, row {row}: {column} cannot be read")]
    Unreadable {
        /// The file.
        file: String,
        /// The row, from 1.
        row: u64,
        /// The column; empty when the whole row cannot be read.
        column: String,
    },
    /// The mapping is here already.
    #[error("the mapping is here already")]
    Taken,
    /// Something in it is in the way of something here.
    #[error("something in it has an identifier that something else here has")]
    Conflict,
}

/// An archive that can be read.
pub(super) struct Archive {
    zip: ZipArchive<File>,
    budget: Budget,
    pub(super) manifest: Manifest,
}

impl Archive {
    /// Opens an archive and reads what it says about itself.
    pub(super) fn open(file: File) -> Result<Self, Fault> {
        let mut zip = ZipArchive::new(file).map_err(|_| Fault::NotZip)?;
        if zip.len() > MAX_PARTS {
            return Err(Fault::TooLarge);
        }
        let mut text = Vec::new();
        let part = zip.by_name(manifest::PATH).map_err(|_| Fault::NoManifest)?;
        let read = part.take(MANIFEST_LIMIT).read_to_end(&mut text);
        read.map_err(|_| Fault::NotZip)?;
        // The format goes first: what follows it may look otherwise in another version.
        let value: Value = serde_json::from_slice(&text).map_err(|_| Fault::NoManifest)?;
        if value["format"] != manifest::FORMAT {
            return Err(Fault::NoManifest);
        }
        match value["version"].as_u64().map(u32::try_from) {
            Some(Ok(version)) if version > manifest::VERSION => return Err(Fault::Newer(version)),
            Some(_) => {}
            None => return Err(Fault::NoManifest),
        }
        Ok(Self {
            manifest: serde_json::from_value(value).map_err(|_| Fault::NoManifest)?,
            zip,
            budget: Budget::new(),
        })
    }

    /// Hands every row of a table to `take`, one at a time.
    pub(super) fn rows(
        &mut self,
        table: &'static Table,
        mut take: impl FnMut(u64, Row) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let name = format!("{}.json", stem(table));
        let listed = self.manifest.files.iter().any(|file| file.name == name);
        if table.later && !listed {
            return Ok(());
        }
        let part = (self.zip.by_name(&name)).map_err(|_| Fault::Missing(name.clone()))?;
        let mut bytes = Summed::new(Bounded {
            inner: part,
            budget: self.budget.clone(),
        });
        let mut reader = serde_json::Deserializer::from_reader(BufReader::new(&mut bytes));
        let (mut fault, mut count) = (None, 0);
        let read = (&mut reader)
            .deserialize_seq(Rows(|value: Value| {
                self.budget.next_row();
                count += 1;
                let row = table.from_json(&value).map_err(|wrong| Fault::Unreadable {
                    file: name.clone(),
                    row: count,
                    column: wrong.column.to_owned(),
                });
                row.and_then(|row| take(count, row)).map_err(|wrong| {
                    fault = Some(wrong);
                })
            }))
            .and_then(|()| reader.end());
        if let Some(fault) = fault {
            return Err(fault);
        }
        if self.budget.is_spent() {
            return Err(Fault::TooLarge);
        }
        if read.is_err() {
            let (file, row) = (name, count + 1);
            return Err(Fault::Unreadable {
                file,
                row,
                column: String::new(),
            });
        }
        drop(reader);
        io::copy(&mut bytes, &mut io::sink()).map_err(|_| Fault::NotZip)?;
        let sum = bytes.finish();
        let listed = self.manifest.files.iter().find(|file| file.name == name);
        match listed {
            Some(listed) if listed.sha256 == sum && listed.rows == count => Ok(()),
            Some(_) => Err(Fault::Changed(name)),
            None => Err(Fault::Missing(name)),
        }
    }
}

/// Takes an array apart row by row.
struct Rows<F>(F);

impl<'de, F: FnMut(Value) -> Result<(), ()>> Visitor<'de> for Rows<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut rows: A) -> Result<(), A::Error> {
        while let Some(value) = rows.next_element()? {
            (self.0)(value).map_err(|()| de::Error::custom("a row"))?;
        }
        Ok(())
    }
}

impl<'de, F: FnMut(Value) -> Result<(), ()>> DeserializeSeed<'de> for Rows<F> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

/// Looks at everything in an archive: every value, every sum, and that rows point only at rows that are there.
pub(super) fn check(archive: &mut Archive) -> Result<(), Fault> {
    if sum::of_content(&archive.manifest.files) != archive.manifest.sha256 {
        return Err(Fault::Changed(manifest::PATH.to_owned()));
    }
    let mapping = archive.manifest.mapping.id.uuid();
    let mut known: HashMap<&str, HashSet<Uuid>> = HashMap::new();
    let mut versions = Vec::new();
    let mut state = MapState::default();
    for table in TABLES {
        let file = format!("{}.json", stem(table));
        let wrong = |row: u64, column: &str| Fault::Unreadable {
            file: file.clone(),
            row,
            column: column.to_owned(),
        };
        let key = table.key_places();
        let mut last: Option<Vec<Field>> = None;
        let mut ids = HashSet::new();
        archive.rows(table, |number, row| {
            let own: Vec<_> = key.iter().map(|place| row[*place].clone()).collect();
            if last.as_ref().is_some_and(|last| *last >= own) {
                return Err(wrong(number, table.key[0]));
            }
            last = Some(own);
            for (column, field) in table.columns.iter().zip(&row) {
                match (column.kind, field) {
                    (Kind::Id, Field::Id(id)) => {
                        ids.insert(*id);
                    }
                    (Kind::Of(other), Field::Id(id))
                        if !known.get(other).is_some_and(|ids| ids.contains(id)) =>
                    {
                        return Err(wrong(number, column.name));
                    }
                    _ => {}
                }
            }
            match table.name {
                "mapping" if row[0] != Field::Id(mapping) => return Err(wrong(number, "id")),
                "round" => versions.push((number, row[place(table, "version")].clone())),
                "event" => {
                    let recorded = event(table, &row).ok_or_else(|| wrong(number, "body"))?;
                    if recorded.seq != state.seq + 1 {
                        return Err(wrong(number, "seq"));
                    }
                    state.apply(&recorded);
                }
                _ => {}
            }
            Ok(())
        })?;
        if table.name == "mapping" && ids.len() != 1 {
            return Err(wrong(1, "id"));
        }
        known.insert(table.name, ids);
    }
    for (row, version) in versions {
        let found = match version {
            Field::Number(number) => {
                u32::try_from(number).is_ok_and(|number| state.version(number).is_some())
            }
            _ => false,
        };
        if !found {
            return Err(Fault::Unreadable {
                file: "data/round.json".to_owned(),
                row,
                column: "version".to_owned(),
            });
        }
    }
    Ok(())
}

fn place(table: &Table, column: &str) -> usize {
    table.place(column).unwrap_or_default()
}

/// A row of the log as what happened.
fn event(table: &Table, row: &Row) -> Option<Recorded> {
    let field = |name: &str| table.place(name).map(|place| &row[place]);
    let (Field::Number(seq), Field::Number(at)) = (field("seq")?, field("at")?) else {
        return None;
    };
    let (Field::Id(op), Field::Text(deed)) = (field("op")?, field("deed")?) else {
        return None;
    };
    let Field::Text(body) = field("body")? else {
        return None;
    };
    let authors = ["author_account", "author_participant", "author_attendee"];
    let named = (authors.iter())
        .filter(|name| field(name) != Some(&Field::Null))
        .count();
    (named <= 1).then_some(())?;
    Some(Recorded {
        seq: seq.cast_unsigned(),
        op: domain::ids::OpId::new(*op),
        author: Author::System,
        at: *at,
        deed: Deed::from_code(deed)?,
        event: serde_json::from_str(body).ok()?,
    })
}
