//! Administrative acts, for those who must be able to tell who did what. Single answers never stand here.

use domain::ids::{AccountId, MappingId};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Tx, rows, run},
    row::surrogate_at,
};

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who; none for the program itself.
    pub account: Option<AccountId>,
    /// What was done, such as `round.open`.
    pub act: String,
    /// To what.
    pub detail: String,
}

impl Store {
    /// Notes an act.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such account or mapping.
    pub async fn record(
        &self,
        at: i64,
        account: Option<AccountId>,
        mapping: Option<MappingId>,
        act: &str,
        detail: &str,
    ) -> Result<(), StoreError> {
        let (act, detail) = (act.to_owned(), detail.to_owned());
        self.db
            .write(move |tx| {
                Box::pin(async move { put_act(tx, at, account, mapping, &act, &detail).await })
            })
            .await
    }

    /// A mapping's acts, newest first.
    pub async fn audit(&self, mapping: MappingId) -> Result<Vec<AuditEntry>, StoreError> {
        let found = rows!(
            (i64, Option<Uuid>, String, String),
            self.db,
            "SELECT at, account, act, detail FROM audit
             WHERE mapping = $1 ORDER BY at DESC, id DESC",
            mapping.uuid(),
        )?;
        let read = |(at, account, act, detail): (_, Option<Uuid>, _, _)| AuditEntry {
            at,
            account: account.map(AccountId::new),
            act,
            detail,
        };
        Ok(found.into_iter().map(read).collect())
    }
}

/// Notes an act within the transaction that does it.
pub(crate) async fn put_act(
    tx: &mut Tx,
    at: i64,
    account: Option<AccountId>,
    mapping: Option<MappingId>,
    act: &str,
    detail: &str,
) -> Result<(), StoreError> {
    run!(
        tx,
        "INSERT INTO audit (id, at, account, mapping, act, detail) VALUES ($1, $2, $3, $4, $5, $6)",
        surrogate_at(at)?,
        at,
        account.map(AccountId::uuid),
        mapping.map(MappingId::uuid),
        act,
        detail,
    )?;
    Ok(())
}
