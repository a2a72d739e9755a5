//! Two native pools behind one door, and the macros that run one SQL text on either.

use std::{panic::resume_unwind, pin::Pin};

use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

/// One of the two databases.
#[derive(Clone)]
pub(crate) enum Either<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// SQLite's two pools: one connection that writes, several that read.
#[derive(Clone)]
pub(crate) struct Sqlites {
    pub(crate) writer: SqlitePool,
    pub(crate) reader: SqlitePool,
}

/// The database, for reading outside a transaction.
pub(crate) type Db = Either<Sqlites, PgPool>;

/// A transaction that may write.
pub(crate) type Tx = Either<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>;

/// The work of a transaction.
pub(crate) type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// Runs the same code on either database's connection.
macro_rules! on_either {
    ($from:expr, $link:ident => $run:expr) => {
        match $from.link() {
            $crate::database::Either::Sqlite($link) => $run,
            $crate::database::Either::Postgres($link) => $run,
        }
    };
}

/// All rows of a query.
macro_rules! rows {
    ($row:ty, $from:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::database::on_either!($from, link => {
            sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(link).await
        })
    };
}

/// The one row of a query, if there is one.
macro_rules! row {
    ($row:ty, $from:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::database::on_either!($from, link => {
            sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(link).await
        })
    };
}

/// Runs a statement and gives the number of rows it changed.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::database::on_either!($tx, link => {
            sqlx::query($sql)$(.bind($value))*.execute(link).await.map(|done| done.rows_affected())
        })
    };
}

pub(crate) use {on_either, row, rows, run};

impl Db {
    /// The pools to read from.
    pub(crate) fn link(&self) -> Either<&SqlitePool, &PgPool> {
        match self {
            Self::Sqlite(pools) => Either::Sqlite(&pools.reader),
            Self::Postgres(pool) => Either::Postgres(pool),
        }
    }

    async fn begin(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            // From its first statement on the transaction holds the write lock, so that it can never be
            // refused half-way.
            Self::Sqlite(pools) => {
                Either::Sqlite(pools.writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Self::Postgres(pool) => Either::Postgres(pool.begin().await?),
        })
    }

    /// Does the work in one transaction, committed when the work is `Ok` and rolled back otherwise.
    ///
    /// It runs in a task of its own: a caller that goes away can neither leave a transaction open on a pooled
    /// connection nor stop it between two statements.
    pub(crate) async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<sqlx::Error> + Send + 'static,
        W: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Send + 'static,
    {
        let db = self.clone();
        let task = tokio::spawn(async move {
            let mut tx = db.begin().await?;
            match work(&mut tx).await {
                Ok(done) => {
                    tx.commit().await?;
                    Ok(done)
                }
                Err(error) => {
                    tx.rollback().await?;
                    Err(error)
                }
            }
        });
        match task.await {
            Ok(done) => done,
            Err(stopped) if stopped.is_panic() => resume_unwind(stopped.into_panic()),
            Err(_) => Err(sqlx::Error::PoolClosed.into()),
        }
    }
}

impl Tx {
    /// The connection to write through.
    pub(crate) fn link(&mut self) -> Either<&mut SqliteConnection, &mut PgConnection> {
        match self {
            Self::Sqlite(tx) => Either::Sqlite(tx),
            Self::Postgres(tx) => Either::Postgres(tx),
        }
    }

    async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }

    async fn rollback(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await,
            Self::Postgres(tx) => tx.rollback().await,
        }
    }
}
