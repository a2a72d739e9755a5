//! Signed-in browsers.

use domain::{
    ids::{AccountId, MappingId, SessionId},
    rights::Actor,
};
use uuid::Uuid;

use crate::{
    Account, Store, StoreError, TokenHash,
    account::AccountRow,
    database::{Tx, row, rows, run},
};

/// How stale "last seen" may be, in milliseconds: writing it at every request would make reading expensive.
const TOUCH_AFTER: i64 = 60_000;

/// A session to be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Which.
    pub id: SessionId,
    /// The hash of the token in its cookie.
    pub token_hash: TokenHash,
    /// The browser, for its owner to recognise it by.
    pub label: String,
    /// When it ends, in milliseconds since 1970 UTC.
    pub expires_at: i64,
}

/// A session as its owner sees it in a list. Times are milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// The only mapping that it opens; none when it opens everything that its owner may do.
    pub mapping: Option<MappingId>,
    /// The browser.
    pub label: String,
    /// When it began.
    pub created_at: i64,
    /// When it was last used, give or take a minute.
    pub last_seen_at: i64,
    /// When it ends.
    pub expires_at: i64,
}

/// Who is signed in with a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub account: Account,
    /// What they may do follows from this: all that the account may, or its role in one mapping only.
    pub actor: Actor,
}

#[derive(sqlx::FromRow)]
struct SignedInRow {
    session: Uuid,
    mapping: Option<Uuid>,
    last_seen_at: i64,
    #[sqlx(flatten)]
    account: AccountRow,
}

/// Id, mapping, label, when it began, was last seen and ends.
type SessionRow = (Uuid, Option<Uuid>, String, i64, i64, i64);

impl Store {
    /// Who is signed in with this token: [`None`] when the session is unknown, revoked or over. A session for one
    /// mapping has the account's role there and no other right. Notes, at most once a minute, that it was seen.
    pub async fn actor_by_session(
        &self,
        token_hash: TokenHash,
        now: i64,
    ) -> Result<Option<SignedIn>, StoreError> {
        let found = row!(
            SignedInRow,
            self.db,
            "SELECT s.id AS session, s.mapping, s.last_seen_at, a.id, a.name, a.email, a.may_start
             FROM session s JOIN account a ON a.id = s.account
             WHERE s.token_hash = $1 AND s.expires_at > $2",
            &token_hash[..],
            now,
        )?;
        let Some(found) = found else {
            return Ok(None);
        };
        let session = SessionId::new(found.session);
        if found.last_seen_at <= now - TOUCH_AFTER {
            self.touch(session, now).await;
        }
        let account = found.account.read()?;
        let mut memberships = self.memberships(account.id).await?;
        let only = found.mapping.map(MappingId::new);
        if let Some(only) = only {
            memberships.retain(|membership| membership.mapping == only);
        }
        let actor = Actor::Account {
            id: account.id,
            may_start: account.may_start && only.is_none(),
            memberships,
        };
        Ok(Some(SignedIn {
            session,
            account,
            actor,
        }))
    }

    /// Notes that a session was seen. That it could not be noted is no reason to turn its owner away.
    async fn touch(&self, session: SessionId, now: i64) {
        let noted: Result<u64, StoreError> = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    Ok(run!(
                        tx,
                        "UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2",
                        session.uuid(),
                        now,
                    )?)
                })
            })
            .await;
        if let Err(error) = noted {
            tracing::warn!(%session, error = &error as &dyn std::error::Error, "could not note that a session was seen");
        }
    }

    /// An account's sessions that are not over, last seen first.
    pub async fn sessions_of(
        &self,
        account: AccountId,
        now: i64,
    ) -> Result<Vec<Session>, StoreError> {
        let found = rows!(
            SessionRow,
            self.db,
            "SELECT id, mapping, label, created_at, last_seen_at, expires_at FROM session
             WHERE account = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id",
            account.uuid(),
            now,
        )?;
        let read =
            |(id, mapping, label, created_at, last_seen_at, expires_at): SessionRow| Session {
                id: SessionId::new(id),
                mapping: mapping.map(MappingId::new),
                label,
                created_at,
                last_seen_at,
                expires_at,
            };
        Ok(found.into_iter().map(read).collect())
    }

    /// Ends one of an account's sessions; another account's is not found.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the account has no such session.
    pub async fn revoke_session(
        &self,
        account: AccountId,
        session: SessionId,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let ended = run!(
                        tx,
                        "DELETE FROM session WHERE id = $1 AND account = $2",
                        session.uuid(),
                        account.uuid(),
                    )?;
                    found(ended)
                })
            })
            .await
    }

    /// Gives a session a new token; the old one is worth nothing from then on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such session; [`StoreError::Conflict`] `session_token`.
    pub async fn rotate_session(
        &self,
        session: SessionId,
        token_hash: TokenHash,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let rotated = run!(
                        tx,
                        "UPDATE session SET token_hash = $2 WHERE id = $1",
                        session.uuid(),
                        &token_hash[..],
                    )?;
                    found(rotated)
                })
            })
            .await
    }

    /// Deletes sessions and one-time links that were over before `before`; gives their number.
    pub async fn forget_expired(&self, before: i64) -> Result<u64, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let sessions = run!(tx, "DELETE FROM session WHERE expires_at < $1", before)?;
                    let links = run!(tx, "DELETE FROM login_link WHERE expires_at < $1", before)?;
                    Ok(sessions + links)
                })
            })
            .await
    }
}

fn found(changed: u64) -> Result<(), StoreError> {
    if changed == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

pub(crate) async fn put_session(
    tx: &mut Tx,
    session: &NewSession,
    account: AccountId,
    mapping: Option<MappingId>,
    now: i64,
) -> Result<(), StoreError> {
    run!(
        tx,
        "INSERT INTO session (id, token_hash, account, mapping, label, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
        session.id.uuid(),
        &session.token_hash[..],
        account.uuid(),
        mapping.map(MappingId::uuid),
        session.label.as_str(),
        now,
        session.expires_at,
    )?;
    Ok(())
}
