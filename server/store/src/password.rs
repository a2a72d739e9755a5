//! Passwords for when no mail arrives; only their hashes are here.

use domain::{
    ids::{AccountId, SessionId},
    rights::Role,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    account::email_key,
    database::{row, run},
};

impl Store {
    /// Gives an account a password, as its hash is spelled (argon2's PHC string), or takes it away. All its sessions
    /// end with that, but for `keep`: whoever came in with the old password is out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such account.
    pub async fn set_password(
        &self,
        account: AccountId,
        hash: Option<&str>,
        keep: Option<SessionId>,
    ) -> Result<(), StoreError> {
        let hash = hash.map(str::to_owned);
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let changed = run!(
                        tx,
                        "UPDATE account SET password_hash = $2 WHERE id = $1",
                        account.uuid(),
                        hash,
                    )?;
                    if changed == 0 {
                        return Err(StoreError::NotFound);
                    }
                    run!(
                        tx,
                        "DELETE FROM session WHERE account = $1 AND id <> $2",
                        account.uuid(),
                        keep.map_or_else(Uuid::nil, SessionId::uuid),
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// The hash of an account's password, if it has one.
    pub async fn password_of(&self, account: AccountId) -> Result<Option<String>, StoreError> {
        let found = row!(
            (Option<String>,),
            self.db,
            "SELECT password_hash FROM account WHERE id = $1",
            account.uuid(),
        )?;
        Ok(found.and_then(|(hash,)| hash))
    }

    /// Whether an account has a password.
    pub async fn has_password(&self, account: AccountId) -> Result<bool, StoreError> {
        let found = row!(
            (Uuid,),
            self.db,
            "SELECT id FROM account WHERE id = $1 AND password_hash IS NOT NULL",
            account.uuid(),
        )?;
        Ok(found.is_some())
    }

    /// The account with this e-mail, regardless of case, with its password's hash: only when it has one, and when its
    /// owner may start mappings or is samordnare of one. A role that was taken away takes the password along.
    pub async fn password_by_email(
        &self,
        email: &str,
    ) -> Result<Option<(AccountId, String)>, StoreError> {
        let found = row!(
            (Uuid, String),
            self.db,
            "SELECT a.id, a.password_hash FROM account a
             WHERE a.email_key = $1 AND a.password_hash IS NOT NULL AND (a.may_start
                 OR EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id AND m.role = $2))",
            email_key(email),
            Role::Coordinator.code(),
        )?;
        Ok(found.map(|(id, hash)| (AccountId::new(id), hash)))
    }
}
