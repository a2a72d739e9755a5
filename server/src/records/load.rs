//! Storing an archive that has been checked.

use std::fs::File;

use domain::ids::{AccountId, MappingId};
use store::{
    Store,
    records::{Batch, TABLES, WriteError},
};
use tokio::sync::mpsc;

use super::{
    check::{Archive, Fault, check},
    link_hash,
    manifest::Manifest,
};
use crate::{link::LinkKey, state::now};

/// Rows that are stored at a time.
const ROWS: usize = 250;

/// Why an archive was not stored. Nothing was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// It cannot be.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The database could not do it.
    #[error(transparent)]
    Store(store::StoreError),
}

impl From<WriteError> for LoadError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::BrokenOff => Fault::NotZip.into(),
            WriteError::Taken => Fault::Taken.into(),
            WriteError::Conflict => Fault::Conflict.into(),
            WriteError::Store(error) => Self::Store(error),
        }
    }
}

/// Checks an archive and stores what is in it, all or nothing; whoever brings it becomes samordnare.
///
/// # Errors
/// [`LoadError`]; nothing is stored then.
pub(crate) async fn load(
    store: &Store,
    key: &LinkKey,
    file: File,
    by: Option<AccountId>,
) -> Result<Manifest, LoadError> {
    let again = file.try_clone().map_err(|_| Fault::NotZip)?;
    let checked = tokio::task::spawn_blocking(move || {
        let mut archive = Archive::open(file)?;
        check(&mut archive)?;
        Ok::<_, Fault>(archive.manifest)
    });
    // A log that makes the map stumble is broken.
    let manifest = checked.await.unwrap_or(Err(Fault::NotZip))?;
    let mapping = manifest.mapping.id;
    if store
        .mapping(mapping)
        .await
        .map_err(LoadError::Store)?
        .is_some()
    {
        return Err(Fault::Taken.into());
    }
    let (sender, receiver) = mpsc::channel(4);
    let sending = tokio::task::spawn_blocking(move || send(again, &sender));
    let key = key.clone();
    let link = move |bearer, id| link_hash(&key, bearer, id);
    let written = store
        .write_records(mapping, receiver, link, &manifest.sha256, by, now())
        .await;
    let sent = sending.await.unwrap_or(Err(Fault::NotZip));
    written?;
    sent?;
    Ok(manifest)
}

/// As [`load`], of a file by its path.
///
/// # Errors
/// [`LoadError`], or when the file cannot be opened.
pub(crate) async fn load_file(
    store: &Store,
    key: &LinkKey,
    path: &std::path::Path,
    by: Option<AccountId>,
) -> Result<(MappingId, String), Box<dyn std::error::Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let manifest = load(store, key, file, by).await?;
    Ok((manifest.mapping.id, manifest.sha256))
}

/// Reads the archive once more, row by row, into the database.
fn send(file: File, to: &mpsc::Sender<Batch>) -> Result<(), Fault> {
    let mut archive = Archive::open(file)?;
    for table in TABLES {
        let mut rows = Vec::new();
        archive.rows(table, |_, row| {
            rows.push(row);
            if rows.len() == ROWS {
                let full = std::mem::take(&mut rows);
                // Nobody takes them any more: the database says why.
                return to
                    .blocking_send(Batch::Rows(table, full))
                    .map_err(|_| Fault::Conflict);
            }
            Ok(())
        })?;
        to.blocking_send(Batch::Rows(table, rows))
            .map_err(|_| Fault::Conflict)?;
    }
    to.blocking_send(Batch::End).map_err(|_| Fault::Conflict)
}
