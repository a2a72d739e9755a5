//! A mapping's records into the database: all of them or none.

use std::collections::HashMap;

use domain::ids::{AccountId, MappingId};
use sqlx::AssertSqlSafe;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    access::{put_person, put_role},
    field::Field,
    table::{Bearer, Kind, Row, Table},
};
use crate::{
    Store, StoreError, TokenHash,
    account::put_membership,
    audit::put_act,
    database::{Tx, on_either, run},
};
use domain::rights::{Membership, Role};

/// The act under which records that are read in stand among the administrative acts; its detail is their sum.
const ACT: &str = "records.import";
/// Rows that are stored with one statement.
const ROWS: usize = 50;

/// A piece of a mapping's records on its way in or out.
#[derive(Clone)]
pub enum Batch {
    /// Rows of a table.
    Rows(&'static Table, Vec<Row>),
    /// There is no more. Without it, what came is not all.
    End,
}

/// Why records were not stored. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// What came has no end.
    #[error("the records break off")]
    BrokenOff,
    /// The mapping is here already.
    #[error("the mapping is here already")]
    Taken,
    /// Something in it has an identifier that something else here has, or points at what is not there.
    #[error("in conflict with what is here")]
    Conflict,
    /// The database could not do it.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict("mapping_id") => Self::Taken,
            StoreError::Conflict(_) | StoreError::NotFound => Self::Conflict,
            other => Self::Store(other),
        }
    }
}

impl From<sqlx::Error> for WriteError {
    fn from(error: sqlx::Error) -> Self {
        let refused = (error.as_database_error()).is_some_and(|reported| {
            reported.is_unique_violation()
                || reported.is_check_violation()
                || reported.is_foreign_key_violation()
        });
        match StoreError::from(error) {
            // Keys without a name of their own, such as that of a municipality in a mapping.
            StoreError::Database(_) if refused => Self::Conflict,
            other => other.into(),
        }
    }
}

impl Store {
    /// Stores a mapping's records, as [`Store::read_records`] sent them somewhere else: identifiers are kept, links are
    /// made anew with `link`. Whoever brings them becomes samordnare. People whose address somebody has here already are
    /// that person; an account that is here already stays as it is. That they were read in stands among the acts, with
    /// their `sum`.
    ///
    /// What is in the rows must have been held against its columns, and must point only at other rows that come.
    ///
    /// # Errors
    /// [`WriteError`]; nothing is stored then.
    pub async fn write_records<L>(
        &self,
        mapping: MappingId,
        mut from: mpsc::Receiver<Batch>,
        link: L,
        sum: &str,
        by: Option<AccountId>,
        at: i64,
    ) -> Result<(), WriteError>
    where
        L: Fn(Bearer, Uuid) -> TokenHash + Send + Sync + 'static,
    {
        let sum = sum.to_owned();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    // Accounts that are somebody else's here, by address.
                    let mut others = HashMap::new();
                    loop {
                        let Some(batch) = from.recv().await else {
                            return Err(WriteError::BrokenOff);
                        };
                        let Batch::Rows(table, rows) = batch else {
                            break;
                        };
                        match table.name {
                            "person" | "account" => {
                                for row in rows {
                                    put_person(tx, table, &row, &mut others, at).await?;
                                }
                            }
                            "membership" | "membership_municipality" => {
                                for row in rows {
                                    put_role(tx, table, &row, &others, mapping).await?;
                                }
                            }
                            _ => {
                                for rows in rows.chunks(ROWS) {
                                    insert(tx, table, rows, mapping, &link).await?;
                                }
                            }
                        }
                    }
                    run!(
                        tx,
                        "UPDATE mapping SET head = (SELECT count(*) FROM event WHERE mapping = $1) WHERE id = $1",
                        mapping.uuid(),
                    )?;
                    if let Some(account) = by {
                        let membership = Membership {
                            mapping,
                            role: Role::Coordinator,
                            municipalities: Vec::new(),
                        };
                        put_membership(tx, account, &membership).await?;
                    }
                    put_act(tx, at, by, Some(mapping), ACT, &sum).await?;
                    Ok(())
                })
            })
            .await
    }
}

async fn insert<L>(
    tx: &mut Tx,
    table: &Table,
    rows: &[Row],
    mapping: MappingId,
    link: &L,
) -> Result<(), WriteError>
where
    L: Fn(Bearer, Uuid) -> TokenHash,
{
    on_either!(tx, connection => {
        let mut query = sqlx::query(AssertSqlSafe(table.insert(rows.len())));
        for row in rows {
            for (column, field) in table.columns.iter().zip(row) {
                query = match (field, column.kind) {
                    (Field::Flag(flag), _) => query.bind(*flag),
                    (Field::Number(number), _) => query.bind(*number),
                    (Field::Id(id), _) => query.bind(*id),
                    (Field::Text(text), _) => query.bind(text.clone()),
                    (Field::Bytes(bytes), _) => query.bind(bytes.clone()),
                    // Nothing has a type too.
                    (Field::Null, Kind::Id | Kind::Of(_) | Kind::Loose) => query.bind(None::<Uuid>),
                    (Field::Null, Kind::Flag) => query.bind(None::<bool>),
                    (Field::Null, Kind::Bytes(_)) => query.bind(None::<Vec<u8>>),
                    (
                        Field::Null,
                        Kind::Text(..) | Kind::Choice(_) | Kind::Day | Kind::Event | Kind::Counts,
                    ) => query.bind(None::<String>),
                    (
                        Field::Null,
                        Kind::Time | Kind::Number(..) | Kind::Municipality | Kind::Scope | Kind::Answer,
                    ) => query.bind(None::<i64>),
                };
            }
            if table.mapping {
                query = query.bind(mapping.uuid());
            }
            if let Some(bearer) = table.bearer {
                let hash = match row.first() {
                    Some(Field::Id(id)) => link(bearer, *id),
                    _ => return Err(WriteError::Conflict),
                };
                query = query.bind(hash.to_vec());
            }
        }
        query.execute(connection).await?;
    });
    Ok(())
}
