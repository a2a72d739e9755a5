//! A mapping's records as rows, all from one moment.

use std::mem;

use domain::ids::MappingId;
use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::{AssertSqlSafe, ColumnIndex, Database, Decode, Type};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    field::{Field, canonical},
    table::{Kind, Row, Table},
    tables::TABLES,
    write::Batch,
};
use crate::{Store, StoreError, database::Either, row::corrupt};

/// Rows that are sent at a time.
const ROWS: usize = 500;

/// Sends every table's rows within a transaction.
macro_rules! send_all {
    ($tx:expr, $mapping:expr, $to:expr) => {{
        for table in TABLES {
            let mut rows = Vec::new();
            let mut found = sqlx::query(AssertSqlSafe(table.select()))
                .bind($mapping.uuid())
                .fetch(&mut *$tx);
            while let Some(row) = found.try_next().await? {
                rows.push(read_row(&row, table)?);
                if rows.len() == ROWS && !table.sorts_texts() {
                    let rows = mem::take(&mut rows);
                    if $to.send(Batch::Rows(table, rows)).await.is_err() {
                        return Ok(());
                    }
                }
            }
            drop(found);
            if table.sorts_texts() {
                let key = table.key_places();
                rows.sort_by(|a, b| {
                    (key.iter().map(|place| &a[*place])).cmp(key.iter().map(|place| &b[*place]))
                });
            }
            if $to.send(Batch::Rows(table, rows)).await.is_err() {
                return Ok(());
            }
        }
        $to.send(Batch::End).await.ok();
        Ok(())
    }};
}

impl Store {
    /// Sends a mapping's records as they are at one moment, table by table in the order of [`TABLES`], each table's rows
    /// by its key and at least one batch a table; then [`Batch::End`]. Few rows are in memory at a time. Ends early
    /// when nobody takes them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping; without [`Batch::End`], what was sent is not all.
    pub async fn read_records(
        &self,
        mapping: MappingId,
        to: mpsc::Sender<Batch>,
    ) -> Result<(), StoreError> {
        if self.mapping(mapping).await?.is_none() {
            return Err(StoreError::NotFound);
        }
        let db = self.db.clone();
        // In a task of its own, so that the transaction is ended whatever becomes of the caller.
        let task = tokio::spawn(async move {
            match &db {
                Either::Sqlite(pools) => {
                    let mut tx = pools.reader.begin().await?;
                    send_all!(tx, mapping, to)
                }
                Either::Postgres(pool) => {
                    let snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                    let mut tx = pool.begin_with(snapshot).await?;
                    send_all!(tx, mapping, to)
                }
            }
        });
        match task.await {
            Ok(done) => done,
            Err(_) => Err(sqlx::Error::WorkerCrashed.into()),
        }
    }
}

fn read_row<'r, D, R>(row: &'r R, table: &Table) -> Result<Row, StoreError>
where
    D: Database,
    R: sqlx::Row<Database = D>,
    usize: ColumnIndex<R>,
    bool: Decode<'r, D> + Type<D>,
    i64: Decode<'r, D> + Type<D>,
    String: Decode<'r, D> + Type<D>,
    Uuid: Decode<'r, D> + Type<D>,
    Vec<u8>: Decode<'r, D> + Type<D>,
{
    (table.columns.iter().enumerate())
        .map(|(place, column)| {
            let field = match column.kind {
                Kind::Id | Kind::Of(_) | Kind::Loose => {
                    row.try_get::<Option<Uuid>, _>(place)?.map(Field::Id)
                }
                Kind::Text(..) | Kind::Choice(_) | Kind::Day => {
                    row.try_get::<Option<String>, _>(place)?.map(Field::Text)
                }
                Kind::Time | Kind::Number(..) | Kind::Municipality | Kind::Scope | Kind::Answer => {
                    row.try_get::<Option<i64>, _>(place)?.map(Field::Number)
                }
                Kind::Flag => row.try_get::<Option<bool>, _>(place)?.map(Field::Flag),
                Kind::Bytes(_) => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Field::Bytes),
                Kind::Event | Kind::Counts => match row.try_get::<Option<String>, _>(place)? {
                    Some(text) => Some(Field::Text(in_one_way(&text)?)),
                    None => None,
                },
            };
            Ok(field.unwrap_or(Field::Null))
        })
        .collect()
}

/// JSON as stored, written anew in the one way that equal contents have.
fn in_one_way(text: &str) -> Result<String, StoreError> {
    let value: Value = serde_json::from_str(text).map_err(|error| corrupt("json", error))?;
    let mut again = String::with_capacity(text.len());
    canonical(&value, &mut again);
    Ok(again)
}
