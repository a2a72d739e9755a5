//! Taking things out of the records: counted first, done in one transaction, with a protocol that stays.

use std::collections::BTreeSet;

use domain::{
    ids::{AccountId, DisposalId, MailId, MappingId},
    records::{Count, Counted, Disposal, DisposalKind},
};
use time::Date;
use uuid::Uuid;

use super::steps::{WHOLE, WHOLE_OUT, steps};
use crate::{
    Store, StoreError,
    database::{Either, Tx, row, rows, run},
    row::{choice, corrupt, surrogate_at, text},
};

/// The act under which a disposal stands among the administrative acts; its detail is the protocol's id.
const ACT: &str = "records.dispose";

/// A disposal that has been done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposed {
    /// Its protocol.
    pub protocol: Disposal,
    /// The letters that went with it, which may lie as files too; none when it had been done before.
    pub letters: Vec<MailId>,
}

/// How many, the oldest and the newest.
type Counts = (i64, Option<i64>, Option<i64>);

#[derive(sqlx::FromRow)]
struct DisposalRow {
    id: Uuid,
    mapping: Uuid,
    mapping_name: String,
    kind: String,
    decision: String,
    decided_on: String,
    performed_at: i64,
    performed_by: String,
    protocol: String,
}

impl DisposalRow {
    fn read(self) -> Result<Disposal, StoreError> {
        let day = time::macros::format_description!("[year]-[month]-[day]");
        Ok(Disposal {
            id: DisposalId::new(self.id),
            mapping: MappingId::new(self.mapping),
            mapping_name: self.mapping_name,
            kind: choice(&self.kind, DisposalKind::from_code)?,
            decision: text(self.decision)?,
            decided_on: Date::parse(&self.decided_on, day)
                .map_err(|error| corrupt("day", error))?,
            performed_at: self.performed_at,
            performed_by: self.performed_by,
            taken: serde_json::from_str(&self.protocol)
                .map_err(|error| corrupt("protocol", error))?,
        })
    }
}

impl Store {
    /// What would be taken out of a mapping now: what happened, or was closed, at `before` or earlier. Only what there is
    /// any of. A whole mapping counts as nothing while a round is open, or when something has happened since `before`.
    pub async fn due(
        &self,
        mapping: MappingId,
        kind: DisposalKind,
        before: i64,
    ) -> Result<Vec<Count>, StoreError> {
        self.db
            .write(move |tx| Box::pin(async move { count(tx, mapping.uuid(), kind, before).await }))
            .await
    }

    /// Takes out what [`Store::due`] counts, in one transaction with its protocol, which it gives. The disposal's
    /// own `taken` and `mapping_name` are not looked at. Done again with the same id it changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping, [`StoreError::Conflict`] `nothing_due` when there is
    /// nothing to take out. Nothing is changed then.
    pub async fn dispose(
        &self,
        disposal: &Disposal,
        before: i64,
        by: Option<AccountId>,
    ) -> Result<Disposed, StoreError> {
        let (id, mapping) = (disposal.id, disposal.mapping);
        let before_now = |protocol| Disposed {
            protocol,
            letters: Vec::new(),
        };
        if let Some(done) = self.disposal(id).await? {
            return Ok(before_now(done));
        }
        let mut disposal = disposal.clone();
        let done = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    if let Tx::Sqlite(_) = tx {
                        // What is taken out is overwritten in the file.
                        run!(tx, "PRAGMA secure_delete = ON")?;
                    }
                    let (name,) = row!(
                        (String,),
                        tx,
                        "UPDATE mapping SET head = head WHERE id = $1 RETURNING name",
                        mapping.uuid(),
                    )?
                    .ok_or(StoreError::NotFound)?;
                    disposal.mapping_name = name;
                    disposal.taken = count(tx, mapping.uuid(), disposal.kind, before).await?;
                    if disposal.taken.is_empty() {
                        return Err(StoreError::Conflict("nothing_due"));
                    }
                    let mut letters = letters_of(tx, mapping.uuid()).await?;
                    for step in steps(disposal.kind) {
                        run!(tx, step.perform, mapping.uuid(), before)?;
                    }
                    if disposal.kind == DisposalKind::Mapping {
                        for sql in WHOLE_OUT {
                            run!(tx, *sql, mapping.uuid())?;
                        }
                    }
                    for left in letters_of(tx, mapping.uuid()).await? {
                        letters.remove(&left);
                    }
                    note(tx, &disposal, by).await?;
                    Ok(Disposed {
                        protocol: disposal,
                        letters: letters.into_iter().map(MailId::new).collect(),
                    })
                })
            })
            .await;
        let done = match done {
            // The same form twice at once.
            Err(StoreError::Conflict("disposal_id") | StoreError::NotFound) => {
                before_now(self.disposal(id).await?.ok_or(StoreError::NotFound)?)
            }
            done => done?,
        };
        if done.protocol.kind == DisposalKind::Mapping {
            self.forget_map(mapping);
        }
        self.forget_deleted().await;
        Ok(done)
    }

    /// A protocol.
    pub async fn disposal(&self, id: DisposalId) -> Result<Option<Disposal>, StoreError> {
        row!(
            DisposalRow,
            self.db,
            "SELECT id, mapping, mapping_name, kind, decision, decided_on, performed_at, performed_by, protocol
             FROM disposal WHERE id = $1",
            id.uuid(),
        )?
        .map(DisposalRow::read)
        .transpose()
    }

    /// A mapping's protocols, newest first.
    pub async fn disposals(&self, mapping: MappingId) -> Result<Vec<Disposal>, StoreError> {
        rows!(
            DisposalRow,
            self.db,
            "SELECT id, mapping, mapping_name, kind, decision, decided_on, performed_at, performed_by, protocol
             FROM disposal WHERE mapping = $1 ORDER BY performed_at DESC, id DESC",
            mapping.uuid(),
        )?
        .into_iter()
        .map(DisposalRow::read)
        .collect()
    }

    /// Whose account a disposal was done with.
    pub async fn disposed_by(&self, id: DisposalId) -> Result<Option<AccountId>, StoreError> {
        let found = row!(
            (Option<Uuid>,),
            self.db,
            "SELECT account FROM audit WHERE act = $1 AND detail = $2",
            ACT,
            id.to_string(),
        )?;
        Ok(found.and_then(|(account,)| account).map(AccountId::new))
    }

    /// Empties SQLite's log of writes, which holds what has been taken out until it is written over. Others who read
    /// meanwhile are no reason to fail: it is emptied the next time.
    pub(super) async fn forget_deleted(&self) {
        if let Either::Sqlite(pools) = &self.db {
            let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(&pools.writer)
                .await;
            if let Err(error) = emptied {
                tracing::warn!(%error, "the log of writes could not be emptied");
            }
        }
    }
}

/// A mapping's letters.
async fn letters_of(tx: &mut Tx, mapping: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
    let letters = rows!(
        (Uuid,),
        tx,
        "SELECT id FROM mail WHERE mapping = $1",
        mapping
    )?;
    Ok(letters.into_iter().map(|(id,)| id).collect())
}

/// What there is to take out; equal things together.
async fn count(
    tx: &mut Tx,
    mapping: Uuid,
    kind: DisposalKind,
    before: i64,
) -> Result<Vec<Count>, StoreError> {
    let mut taken: Vec<Count> = Vec::new();
    let mut add = |what: Counted, found: Option<Counts>| {
        let (number, oldest, newest) = found.unwrap_or_default();
        if number == 0 {
            return;
        }
        match taken.iter_mut().find(|count| count.what == what) {
            Some(count) => {
                count.number += number.cast_unsigned();
                count.oldest = count.oldest.into_iter().chain(oldest).min();
                count.newest = count.newest.into_iter().chain(newest).max();
            }
            None => taken.push(Count {
                what,
                number: number.cast_unsigned(),
                oldest,
                newest,
            }),
        }
    };
    for step in steps(kind) {
        if let Some(what) = step.what {
            add(what, row!(Counts, tx, step.count, mapping, before)?);
        }
    }
    if kind == DisposalKind::Mapping && is_over(tx, mapping, before).await? {
        for (what, sql) in WHOLE {
            add(*what, row!(Counts, tx, *sql, mapping)?);
        }
    }
    Ok(taken)
}

/// Whether nothing has happened in a mapping since then, and every round is closed.
async fn is_over(tx: &mut Tx, mapping: Uuid, before: i64) -> Result<bool, StoreError> {
    let found = row!(
        (i64,),
        tx,
        "SELECT count(*) FROM mapping m WHERE m.id = $1 AND m.created_at <= $2
             AND NOT EXISTS (SELECT 1 FROM round r
                 WHERE r.mapping = m.id AND (r.closed_at IS NULL OR r.closed_at > $2))
             AND NOT EXISTS (SELECT 1 FROM event e WHERE e.mapping = m.id AND e.at > $2)",
        mapping,
        before,
    )?;
    Ok(found.is_some_and(|(count,)| count > 0))
}

/// Writes the protocol, and the act.
async fn note(tx: &mut Tx, disposal: &Disposal, by: Option<AccountId>) -> Result<(), StoreError> {
    let protocol =
        serde_json::to_string(&disposal.taken).map_err(|error| corrupt("protocol", error))?;
    run!(
        tx,
        "INSERT INTO disposal
             (id, mapping, mapping_name, kind, decision, decided_on, performed_at, performed_by, protocol)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        disposal.id.uuid(),
        disposal.mapping.uuid(),
        disposal.mapping_name.as_str(),
        disposal.kind.code(),
        disposal.decision.as_str(),
        disposal.decided_on.to_string(),
        disposal.performed_at,
        disposal.performed_by.as_str(),
        protocol.as_str(),
    )?;
    let gone = disposal.kind == DisposalKind::Mapping;
    run!(
        tx,
        "INSERT INTO audit (id, at, account, mapping, act, detail) VALUES ($1, $2, $3, $4, $5, $6)",
        surrogate_at(disposal.performed_at)?,
        disposal.performed_at,
        by.map(AccountId::uuid),
        (!gone).then(|| disposal.mapping.uuid()),
        ACT,
        disposal.id.to_string(),
    )?;
    Ok(())
}
