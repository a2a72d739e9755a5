//! Keys that programs read one mapping with.

use domain::{
    ids::{MappingId, TokenId},
    text::Title,
};
use time::Date;
use uuid::Uuid;

use crate::{
    Store, StoreError, TokenHash,
    database::{row, rows, run},
    row::{day, text},
};

/// A key to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// Which.
    pub id: TokenId,
    /// The mapping that it opens for reading.
    pub mapping: MappingId,
    /// What it is for, such as "Statistikportalen".
    pub name: Title,
    /// The last day that it opens anything.
    pub last_day: Date,
}

/// A key as it is listed; the key itself nobody can read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Which.
    pub id: TokenId,
    /// What it is for.
    pub name: Title,
    /// When it was made, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// The last day that it opens anything.
    pub last_day: Date,
    /// The day it was last used.
    pub used_on: Option<Date>,
    /// When it was taken back, in milliseconds since 1970 UTC.
    pub revoked_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: Uuid,
    name: String,
    created_at: i64,
    last_day: String,
    used_on: String,
    revoked_at: Option<i64>,
}

impl TokenRow {
    fn read(self) -> Result<Token, StoreError> {
        Ok(Token {
            id: TokenId::new(self.id),
            name: text(self.name)?,
            created_at: self.created_at,
            last_day: day(&self.last_day)?,
            used_on: match self.used_on.as_str() {
                "" => None,
                used => Some(day(used)?),
            },
            revoked_at: self.revoked_at,
        })
    }
}

impl Store {
    /// Stores a key by its hash.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `token_id` when it has been made already; [`StoreError::NotFound`] when there is no such
    /// mapping.
    pub async fn create_token(
        &self,
        token: &NewToken,
        hash: TokenHash,
        at: i64,
    ) -> Result<(), StoreError> {
        let token = token.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO token (id, mapping, name, token_hash, created_at, last_day)
                         VALUES ($1, $2, $3, $4, $5, $6)",
                        token.id.uuid(),
                        token.mapping.uuid(),
                        token.name.as_str(),
                        &hash[..],
                        at,
                        token.last_day.to_string(),
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// A mapping's keys, newest first, those that open nothing any more too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens(&self, mapping: MappingId) -> Result<Vec<Token>, StoreError> {
        rows!(
            TokenRow,
            self.db,
            "SELECT id, name, created_at, last_day, used_on, revoked_at FROM token
             WHERE mapping = $1 ORDER BY created_at DESC, id DESC",
            mapping.uuid(),
        )?
        .into_iter()
        .map(TokenRow::read)
        .collect()
    }

    /// Takes a key back; from then on it opens nothing. Done again it changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the mapping has no such key.
    pub async fn revoke_token(
        &self,
        mapping: MappingId,
        token: TokenId,
        at: i64,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let found = run!(
                        tx,
                        "UPDATE token SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND mapping = $2",
                        token.uuid(),
                        mapping.uuid(),
                        at,
                    )?;
                    if found == 0 {
                        return Err(StoreError::NotFound);
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The key with this hash and the mapping that it opens: [`None`] when it is unknown, taken back or over. Notes, once
    /// a day, that it was used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn program_by_token(
        &self,
        hash: TokenHash,
        today: Date,
    ) -> Result<Option<(TokenId, MappingId)>, StoreError> {
        let found = row!(
            (Uuid, Uuid, String, String),
            self.db,
            "SELECT id, mapping, last_day, used_on FROM token WHERE token_hash = $1 AND revoked_at IS NULL",
            &hash[..],
        )?;
        let Some((id, mapping, last_day, used_on)) = found else {
            return Ok(None);
        };
        if day(&last_day)? < today {
            return Ok(None);
        }
        let used = today.to_string();
        if used_on != used {
            self.note_use(id, used).await;
        }
        Ok(Some((TokenId::new(id), MappingId::new(mapping))))
    }

    /// Notes that a key was used. That it could not be noted is no reason to turn the program away.
    async fn note_use(&self, id: Uuid, used: String) {
        let noted: Result<u64, StoreError> = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    Ok(run!(
                        tx,
                        "UPDATE token SET used_on = $2 WHERE id = $1",
                        id,
                        used
                    )?)
                })
            })
            .await;
        if let Err(error) = noted {
            tracing::warn!(%id, error = &error as &dyn std::error::Error, "could not note that a key was used");
        }
    }
}
