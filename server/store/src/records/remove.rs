//! Removing an account.

use domain::ids::{AccountId, MailId};
use uuid::Uuid;

use super::steps::REMOVED_NAME;
use crate::{
    Store, StoreError,
    database::{row, rows, run},
};

impl Store {
    /// Takes away everything by which an account can be known: its name becomes "Borttagen person", and its address,
    /// roles, sessions, links, password and letters are gone. What it has done stays, without a name. Gives the
    /// letters that went with it, which may lie as files too. Done again it changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `last_coordinator` when a mapping would be left without one;
    /// [`StoreError::NotFound`] when there is no such account. Nothing is changed then.
    pub async fn remove_account(&self, id: AccountId, at: i64) -> Result<Vec<MailId>, StoreError> {
        let account = id.uuid();
        let letters = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    // In one order everywhere, and held until the end: two who leave at once do so one after the other.
                    let owned = rows!(
                        (Uuid,),
                        tx,
                        "SELECT mapping FROM membership WHERE account = $1 AND role = 'samordnare' ORDER BY mapping",
                        account,
                    )?;
                    for (mapping,) in owned {
                        run!(tx, "UPDATE mapping SET head = head WHERE id = $1", mapping)?;
                        let other = row!(
                            (Uuid,),
                            tx,
                            "SELECT account FROM membership
                             WHERE mapping = $1 AND role = 'samordnare' AND account <> $2 LIMIT 1",
                            mapping,
                            account,
                        )?;
                        if other.is_none() {
                            return Err(StoreError::Conflict("last_coordinator"));
                        }
                    }
                    let found = run!(
                        tx,
                        "UPDATE account SET name = $2, email = '', email_key = NULL, may_start = $3,
                             password_hash = NULL, removed_at = coalesce(removed_at, $4)
                         WHERE id = $1",
                        account,
                        REMOVED_NAME,
                        false,
                        at,
                    )?;
                    if found == 0 {
                        return Err(StoreError::NotFound);
                    }
                    run!(tx, "UPDATE attendee SET name = $2 WHERE account = $1", account, REMOVED_NAME)?;
                    for sql in [
                        "DELETE FROM membership_municipality WHERE account = $1",
                        "DELETE FROM membership WHERE account = $1",
                        "DELETE FROM session WHERE account = $1",
                        "DELETE FROM login_link WHERE account = $1",
                        "DELETE FROM has_read WHERE reader = $1",
                    ] {
                        run!(tx, sql, account)?;
                    }
                    let letters = rows!(
                        (Uuid,),
                        tx,
                        "DELETE FROM mail WHERE recipient = $1 RETURNING id",
                        account,
                    )?;
                    Ok(letters.into_iter().map(|(id,)| MailId::new(id)).collect())
                })
            })
            .await?;
        self.forget_deleted().await;
        Ok(letters)
    }
}
