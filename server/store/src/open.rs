//! Opening the database and bringing its schema up to date.

use std::{fs, io, path::Path, str::FromStr, time::Duration};

use sqlx::{
    Executor,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    Store, StoreError,
    answering::Answers,
    cached::Maps,
    database::{Db, Either, Sqlites, row},
};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a request waits for a connection or a lock before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the database could not be opened, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address names no database we know.
    #[error(
        "{0:?} is no database address: write sqlite:PATH, such as sqlite:data/formagekartan.db, or \
         postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    BadUrl(String),
    /// The database was written by a newer version of the program.
    #[error(
        "the database has schema {found}, but this program knows only up to {known}: start the newer version of the \
         program again, or restore a backup made before it was installed"
    )]
    NewerSchema {
        /// The schema of the database.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The folder or file cannot be made.
    #[error(
        "the database file cannot be made ({0}): check that the folder exists and may be written to"
    )]
    File(#[source] io::Error),
    /// The database does not answer, or refuses.
    #[error(
        "the database cannot be opened ({0}): check the address, that it is running and that it may be written to"
    )]
    Database(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error(
        "the database's schema cannot be brought up to date ({0}): nothing was changed; restore a backup if it was edited by hand"
    )]
    Migration(#[source] MigrateError),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl Store {
    /// Opens `sqlite:PATH` (folder and file are made when missing) or `postgres://…`, and migrates its schema.
    ///
    /// # Errors
    /// [`OpenError`], whose text says what to do.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let db = if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.starts_with(':') {
                return Err(OpenError::BadUrl(url.to_owned()));
            }
            open_sqlite(Path::new(path)).await?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url).await?
        } else {
            return Err(OpenError::BadUrl(without_password(url)));
        };
        if let Err(error) = migrate(&db).await {
            close(&db).await;
            return Err(error);
        }
        Ok(Self {
            db,
            maps: Maps::default(),
            answers: Answers::default(),
        })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it does not.
    pub async fn ready(&self) -> Result<(), StoreError> {
        row!((i64,), self.db, "SELECT CAST(1 AS BIGINT)")?;
        Ok(())
    }

    /// Closes every connection once its work is done. Anything asked of the store afterwards fails.
    pub async fn close(&self) {
        close(&self.db).await;
    }
}

async fn close(db: &Db) {
    match db {
        Either::Sqlite(pools) => {
            pools.reader.close().await;
            pools.writer.close().await;
        }
        Either::Postgres(pool) => pool.close().await,
    }
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => {
            format!("{}…{}", &url[..scheme + 3], &url[at..])
        }
        _ => url.to_owned(),
    }
}

async fn open_sqlite(path: &Path) -> Result<Db, OpenError> {
    make_private(path).map_err(OpenError::File)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL may lose the last commits at power loss; what has been confirmed must be there.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is taken away is gone from the file too.
        .pragma("secure_delete", "ON")
        .busy_timeout(PATIENCE)
        .row_buffer_size(1024);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .connect_with(options.clone())
        .await?;
    let reader = SqlitePoolOptions::new()
        .max_connections(8)
        .acquire_timeout(PATIENCE)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Either::Sqlite(Sqlites { writer, reader }))
}

/// Makes the file, and the folders above it, so that only its owner may read it: it holds names and answers.
fn make_private(path: &Path) -> io::Result<()> {
    let mut folders = fs::DirBuilder::new();
    let mut file = fs::OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folders.mode(0o700);
        file.mode(0o600);
    }
    if let Some(parent) = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        folders.recursive(true).create(parent)?;
    }
    file.append(true).create(true).open(path).map(drop)
}

async fn open_postgres(url: &str) -> Result<Db, OpenError> {
    let mut options =
        PgConnectOptions::from_str(url).map_err(|_| OpenError::BadUrl(without_password(url)))?;
    if options.get_application_name().is_none() {
        options = options.application_name("formagekartan");
    }
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(PATIENCE)
        // A connection that comes back with a transaction open would poison the next request. BEGIN first, for a
        // bare ROLLBACK outside a transaction writes a warning to the server's log every time. An aborted
        // transaction refuses BEGIN: that error closes the connection, which is as good.
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.execute("BEGIN; ROLLBACK").await?;
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    Ok(Either::Postgres(pool))
}

async fn migrate(db: &Db) -> Result<(), OpenError> {
    let (migrator, done) = match db {
        Either::Sqlite(pools) => (&SQLITE, SQLITE.run(&pools.writer).await),
        Either::Postgres(pool) => (&POSTGRES, POSTGRES.run(pool).await),
    };
    match done {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(missing)) => {
            let newest = row!((i64,), db, "SELECT max(version) FROM _sqlx_migrations")?;
            Err(OpenError::NewerSchema {
                found: newest.map_or(missing, |(version,)| version),
                known: migrator
                    .iter()
                    .map(|migration| migration.version)
                    .max()
                    .unwrap_or(0),
            })
        }
        Err(MigrateError::Execute(error)) => Err(OpenError::Database(error)),
        Err(error) => Err(OpenError::Migration(error)),
    }
}
