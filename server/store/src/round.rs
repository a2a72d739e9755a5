//! Survey rounds.

use domain::{
    ids::{MappingId, RoundId},
    survey::{Round, RoundStatus, SurveyMode},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Either, Tx, row, rows, run},
    row::{choice, number, text},
};

#[derive(sqlx::FromRow)]
struct RoundRow {
    id: Uuid,
    mapping: Uuid,
    number: i64,
    name: String,
    version: i64,
    target_year: i64,
    n_min: i64,
    mode: String,
    ask_effect: bool,
    opened_at: i64,
    closed_at: Option<i64>,
}

impl RoundRow {
    fn read(self) -> Result<Round, StoreError> {
        Ok(Round {
            id: RoundId::new(self.id),
            mapping: MappingId::new(self.mapping),
            number: number(self.number)?,
            name: text(self.name)?,
            version: number(self.version)?,
            target_year: number(self.target_year)?,
            n_min: number(self.n_min)?,
            mode: choice(&self.mode, SurveyMode::from_code)?,
            ask_effect: self.ask_effect,
            status: match self.closed_at {
                None => RoundStatus::Open,
                Some(_) => RoundStatus::Closed,
            },
            opened_at: self.opened_at,
            closed_at: self.closed_at,
        })
    }
}

impl Store {
    /// Stores a new round, open unless its `closed_at` says otherwise.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `round_number` when the mapping has one with that number; [`StoreError::NotFound`] when
    /// there is no such mapping.
    pub async fn open_round(&self, round: &Round) -> Result<(), StoreError> {
        let round = round.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO round
                             (id, mapping, number, name, version, target_year, n_min, mode, ask_effect, opened_at, closed_at)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                        round.id.uuid(),
                        round.mapping.uuid(),
                        i64::from(round.number),
                        round.name.as_str(),
                        i64::from(round.version),
                        i64::from(round.target_year),
                        i64::from(round.n_min),
                        round.mode.code(),
                        round.ask_effect,
                        round.opened_at,
                        round.closed_at,
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// A mapping's rounds by number.
    pub async fn rounds(&self, mapping: MappingId) -> Result<Vec<Round>, StoreError> {
        rows!(
            RoundRow,
            self.db,
            "SELECT id, mapping, number, name, version, target_year, n_min, mode, ask_effect, opened_at, closed_at
             FROM round WHERE mapping = $1 ORDER BY number",
            mapping.uuid(),
        )?
        .into_iter()
        .map(RoundRow::read)
        .collect()
    }

    /// One round.
    pub async fn round(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        row!(
            RoundRow,
            self.db,
            "SELECT id, mapping, number, name, version, target_year, n_min, mode, ask_effect, opened_at, closed_at
             FROM round WHERE id = $1",
            id.uuid(),
        )?
        .map(RoundRow::read)
        .transpose()
    }

    /// Closes a round. A closed one stays as it is, with the time it was first closed at. When this returns, no answer
    /// is on its way any more. Of a confidential round the traces of the order in which answers came are taken away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such round.
    pub async fn close_round(&self, id: RoundId, at: i64) -> Result<(), StoreError> {
        let confidential = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let closed = row!(
                        (String,),
                        tx,
                        "UPDATE round SET closed_at = coalesce(closed_at, $2) WHERE id = $1 RETURNING mode",
                        id.uuid(),
                        at,
                    )?;
                    let (mode,) = closed.ok_or(StoreError::NotFound)?;
                    Ok::<_, StoreError>(choice(&mode, SurveyMode::from_code)? == SurveyMode::Confidential)
                })
            })
            .await?;
        if confidential && let Err(error) = self.forget_order().await {
            tracing::warn!(%error, "the order of answers may still be read from the database file; compact it by hand");
        }
        Ok(())
    }
}

/// Whether a round is open, and keeps it so until the transaction ends.
pub(crate) async fn hold_open(tx: &mut Tx, round: Uuid) -> Result<bool, StoreError> {
    // The databases need different words: in SQLite a transaction that writes is alone anyway;
    // in PostgreSQL those who answer share the row, and whoever closes the round waits for them.
    let sql = match tx {
        Either::Sqlite(_) => "SELECT closed_at FROM round WHERE id = $1",
        Either::Postgres(_) => "SELECT closed_at FROM round WHERE id = $1 FOR SHARE",
    };
    let (closed_at,) = row!((Option<i64>,), tx, sql, round)?.ok_or(StoreError::NotFound)?;
    Ok(closed_at.is_none())
}
