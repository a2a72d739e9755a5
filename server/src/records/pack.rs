//! Writing an archive, few rows in memory at a time.

use std::{
    fs::File,
    io::{self, Seek, Write},
};

use domain::ids::MappingId;
use store::{
    Store, StoreError,
    records::{Batch, Row, Table},
};
use tokio::sync::mpsc;
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    cell::{cell, moment},
    manifest::{self, Listed, Manifest, Named},
    readable::Readable,
    schema, stem,
    sum::{self, Summed},
};
use crate::state::now;

/// Why an archive was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackError {
    /// The database did not give everything.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written.
    #[error("the archive could not be written: {0}")]
    Io(#[from] io::Error),
    /// It could not be packed.
    #[error("the archive could not be packed: {0}")]
    Zip(#[from] ZipError),
    /// It could not be put into words.
    #[error("the archive could not be described: {0}")]
    Json(#[from] serde_json::Error),
}

/// Writes a mapping's archive to a file, which is left at its beginning.
///
/// # Errors
/// [`PackError`]; the file is then worth nothing.
pub(crate) async fn pack(
    store: &Store,
    mapping: MappingId,
    readable: Readable,
    to: File,
) -> Result<(File, Manifest), PackError> {
    let (sender, receiver) = mpsc::channel(4);
    let writing = tokio::task::spawn_blocking(move || write(receiver, mapping, &readable, to));
    let reading = store.read_records(mapping, sender).await;
    let written = writing.await;
    // What the database says goes first: the writer only knows that the rows broke off.
    reading?;
    written.map_err(|stopped| io::Error::other(stopped.to_string()))?
}

/// A table that is being written.
struct Open {
    table: &'static Table,
    rows: u64,
    json: String,
    csv: csv::Writer<File>,
}

fn write(
    mut from: mpsc::Receiver<Batch>,
    mapping: MappingId,
    readable: &Readable,
    to: File,
) -> Result<(File, Manifest), PackError> {
    let mut archive = Archive {
        zip: ZipWriter::new(to),
        files: Vec::new(),
    };
    let mut open: Option<Summing> = None;
    loop {
        let Some(batch) = from.blocking_recv() else {
            return Err(io::Error::other("the rows break off").into());
        };
        let (table, rows) = match batch {
            Batch::Rows(table, rows) => (table, rows),
            Batch::End => break,
        };
        let same = (open.as_ref()).is_some_and(|open| open.parts.table.name == table.name);
        if !same {
            if let Some(done) = open.take() {
                archive.close(done)?;
            }
            open = Some(archive.open(table)?);
        }
        if let Some(open) = &mut open {
            archive.add(open, &rows)?;
        }
    }
    if let Some(done) = open.take() {
        archive.close(done)?;
    }
    archive.finish(mapping, readable)
}

/// A table that is being written, with the sum of its JSON so far.
struct Summing {
    parts: Open,
    sum: Summed<io::Sink>,
}

struct Archive {
    zip: ZipWriter<File>,
    files: Vec<Listed>,
}

impl Archive {
    fn begin(&mut self, path: &str) -> Result<(), PackError> {
        // Files of more than 4 GB are told of in advance; none of ours is.
        Ok(self.zip.start_file(path, SimpleFileOptions::default())?)
    }

    fn whole(&mut self, path: &str, text: &str) -> Result<(), PackError> {
        self.begin(path)?;
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    fn open(&mut self, table: &'static Table) -> Result<Summing, PackError> {
        self.begin(&format!("{}.json", stem(table)))?;
        // The CSV waits beside the archive, which takes one file at a time.
        let mut spool = tempfile::tempfile()?;
        spool.write_all("\u{feff}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(spool);
        csv.write_record(table.columns.iter().map(|column| column.name))
            .map_err(io::Error::other)?;
        Ok(Summing {
            parts: Open {
                table,
                rows: 0,
                json: String::from("["),
                csv,
            },
            sum: Summed::new(io::sink()),
        })
    }

    fn add(&mut self, open: &mut Summing, rows: &[Row]) -> Result<(), PackError> {
        let Open {
            table,
            rows: count,
            json,
            csv,
        } = &mut open.parts;
        for row in rows {
            json.push_str(if *count == 0 { "\n" } else { ",\n" });
            json.push_str(&table.to_json(row));
            *count += 1;
            let cells = table.columns.iter().zip(row);
            csv.write_record(cells.map(|(column, field)| cell(column.kind, field)))
                .map_err(io::Error::other)?;
        }
        open.sum.write_all(json.as_bytes())?;
        self.zip.write_all(json.as_bytes())?;
        json.clear();
        Ok(())
    }

    fn close(&mut self, mut open: Summing) -> Result<(), PackError> {
        let (table, rows) = (open.parts.table, open.parts.rows);
        let end = if rows == 0 { "]\n" } else { "\n]\n" };
        open.sum.write_all(end.as_bytes())?;
        self.zip.write_all(end.as_bytes())?;
        let stem = stem(table);
        self.files.push(Listed {
            name: format!("{stem}.json"),
            rows,
            sha256: open.sum.finish(),
        });
        let mut spool = open
            .parts
            .csv
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)?;
        spool.rewind()?;
        self.begin(&format!("csv/{stem}.csv"))?;
        io::copy(&mut spool, &mut self.zip)?;
        let schema = serde_json::to_string_pretty(&schema::of_table(table))?;
        self.whole(&format!("schema/{stem}.json"), &schema)
    }

    fn finish(
        mut self,
        mapping: MappingId,
        readable: &Readable,
    ) -> Result<(File, Manifest), PackError> {
        let manifest = Manifest {
            format: manifest::FORMAT.to_owned(),
            version: manifest::VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            mapping: Named {
                id: mapping,
                name: readable.name().to_owned(),
            },
            made_at: moment(now()),
            sha256: sum::of_content(&self.files),
            files: self.files.clone(),
        };
        let schema = serde_json::to_string_pretty(&schema::of_manifest())?;
        self.whole("schema/manifest.json", &schema)?;
        self.whole("index.html", &readable.page(&manifest))?;
        let text = serde_json::to_string_pretty(&manifest)?;
        self.whole(manifest::PATH, &text)?;
        let mut file = self.zip.finish()?;
        file.rewind()?;
        Ok((file, manifest))
    }
}
