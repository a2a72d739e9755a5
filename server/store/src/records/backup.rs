//! A copy of the whole database in a file of its own.

use std::{fs, io, path::Path};

use crate::{Store, StoreError, database::Either};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database is not a file.
    #[error(
        "only SQLite is copied by this program: use pg_dump for PostgreSQL, such as `pg_dump --format=custom --file=FILE DATABASE`"
    )]
    NotAFile,
    /// The file cannot be made.
    #[error(
        "the file cannot be made ({0}): choose a name that is not taken, in a folder that may be written to"
    )]
    File(#[source] io::Error),
    /// The database could not be copied.
    #[error("the database could not be copied ({0})")]
    Database(#[source] StoreError),
}

impl Store {
    /// Copies the database as it is at one moment to a new file that only its owner may read, also while others use it.
    ///
    /// # Errors
    /// [`BackupError`]; the file is not there then.
    pub async fn backup(&self, to: &Path) -> Result<(), BackupError> {
        let Either::Sqlite(pools) = &self.db else {
            return Err(BackupError::NotAFile);
        };
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(to).map_err(BackupError::File)?;
        // An empty file is taken for none.
        let copied = sqlx::query("VACUUM INTO $1")
            .bind(to.to_string_lossy().into_owned())
            .execute(&pools.writer)
            .await;
        let copied = match copied {
            Ok(_) => fs::File::open(to)
                .and_then(|file| file.sync_all())
                .map_err(BackupError::File),
            Err(error) => Err(BackupError::Database(error.into())),
        };
        if copied.is_err() {
            fs::remove_file(to).ok();
        }
        copied
    }
}
