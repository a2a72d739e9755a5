//! One-time links to sign in with.

use domain::ids::{AccountId, MappingId};
use uuid::Uuid;

use crate::{
    NewSession, Store, StoreError, TokenHash,
    database::{row, run},
    session::put_session,
};

/// What a one-time link is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginLink {
    /// It signs this account in, once.
    Valid(AccountId),
    /// It has been used.
    Used,
    /// Its time is out.
    Expired,
    /// There is no such link.
    Unknown,
}

const LINK: &str = "SELECT account, expires_at, used_at FROM login_link WHERE token_hash = $1";

fn worth(link: Option<(Uuid, i64, Option<i64>)>, now: i64) -> LoginLink {
    match link {
        None => LoginLink::Unknown,
        Some((_, _, Some(_))) => LoginLink::Used,
        Some((_, expires_at, None)) if expires_at <= now => LoginLink::Expired,
        Some((account, _, None)) => LoginLink::Valid(AccountId::new(account)),
    }
}

impl Store {
    /// Stores a one-time link for an account, good until `expires_at`. With a mapping, whoever signs in with it has the
    /// account's role there and nothing else, whatever the account is given elsewhere; without one, everything that
    /// the account may do.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such account or mapping; [`StoreError::Conflict`] `login_link_token`.
    pub async fn create_login_link(
        &self,
        token_hash: TokenHash,
        account: AccountId,
        mapping: Option<MappingId>,
        expires_at: i64,
        at: i64,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO login_link (token_hash, account, mapping, created_at, expires_at)
                         VALUES ($1, $2, $3, $4, $5)",
                        &token_hash[..],
                        account.uuid(),
                        mapping.map(MappingId::uuid),
                        at,
                        expires_at,
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// What a link is worth, without using it.
    pub async fn login_link(
        &self,
        token_hash: TokenHash,
        now: i64,
    ) -> Result<LoginLink, StoreError> {
        let link = row!((Uuid, i64, Option<i64>), self.db, LINK, &token_hash[..])?;
        Ok(worth(link, now))
    }

    /// Uses a link up and starts the session, for the link's mapping alone if it has one, in one transaction: of two
    /// who try at once, one gets [`LoginLink::Valid`] and a session, the other [`LoginLink::Used`] and none.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `session_id` or `session_token`; the link can then still be used.
    pub async fn use_login_link(
        &self,
        token_hash: TokenHash,
        session: NewSession,
        now: i64,
    ) -> Result<LoginLink, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let used = row!(
                        (Uuid, Option<Uuid>),
                        tx,
                        "UPDATE login_link SET used_at = $2
                         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
                         RETURNING account, mapping",
                        &token_hash[..],
                        now,
                    )?;
                    let Some((account, mapping)) = used else {
                        let link = row!((Uuid, i64, Option<i64>), tx, LINK, &token_hash[..])?;
                        return Ok(worth(link, now));
                    };
                    let account = AccountId::new(account);
                    put_session(tx, &session, account, mapping.map(MappingId::new), now).await?;
                    Ok(LoginLink::Valid(account))
                })
            })
            .await
    }

    /// Starts a session for someone who has shown in another way who they are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such account; [`StoreError::Conflict`] `session_id` or `session_token`.
    pub async fn start_session(
        &self,
        account: AccountId,
        session: NewSession,
        now: i64,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move { put_session(tx, &session, account, None, now).await })
            })
            .await
    }
}
