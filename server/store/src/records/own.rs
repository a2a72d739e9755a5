//! What is kept about one person.

use domain::{
    ids::{AccountId, MappingId, ParticipantId},
    letter::MailStatus,
    rights::Membership,
};
use uuid::Uuid;

use crate::{
    Account, Session, Store, StoreError,
    database::{row, rows},
    row::choice,
};

/// Everything that is kept about someone who signs in. Times are milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    /// Name and address.
    pub account: Account,
    /// Since when.
    pub created_at: i64,
    /// Whether there is a password; the password itself nobody knows.
    pub has_password: bool,
    /// Roles, with the mapping's name.
    pub roles: Vec<(String, Membership)>,
    /// Signed-in browsers.
    pub sessions: Vec<Session>,
    /// What they have done in maps.
    pub work: Vec<OwnWork>,
    /// Seats in workshops: the mapping's name, the name given and when they joined.
    pub seats: Vec<(String, String, i64)>,
    /// Administrative acts: when, what and to what.
    pub acts: Vec<(i64, String, String)>,
    /// Letters to them.
    pub letters: Vec<OwnLetter>,
}

/// What someone has done in one mapping's log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnWork {
    /// The mapping's name.
    pub mapping: String,
    /// How many changes.
    pub changes: i64,
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

/// A letter to someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLetter {
    /// What kind.
    pub kind: String,
    /// The address.
    pub address: String,
    /// What has become of it.
    pub status: MailStatus,
    /// When that was.
    pub changed_at: i64,
}

/// What is kept about a participant beside who they are and what they answered. Times are milliseconds since 1970 UTC; in
/// a confidential round they are the beginning of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnParticipant {
    /// When they were asked.
    pub added_at: i64,
    /// When something was first saved.
    pub started_at: Option<i64>,
    /// When they submitted.
    pub submitted_at: Option<i64>,
    /// Letters to them.
    pub letters: Vec<OwnLetter>,
}

impl Store {
    /// What is kept about a participant beside who they are and what they answered.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn own_participant(&self, id: ParticipantId) -> Result<OwnParticipant, StoreError> {
        let (added_at, started_at, submitted_at) = row!(
            (i64, Option<i64>, Option<i64>),
            self.db,
            "SELECT added_at, started_at, submitted_at FROM participant WHERE id = $1",
            id.uuid(),
        )?
        .ok_or(StoreError::NotFound)?;
        Ok(OwnParticipant {
            added_at,
            started_at,
            submitted_at,
            letters: self.letters_to(id.uuid()).await?,
        })
    }

    /// Everything that is kept about an account at this moment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such account.
    pub async fn own_account(&self, id: AccountId, now: i64) -> Result<OwnAccount, StoreError> {
        let account = self.account(id).await?.ok_or(StoreError::NotFound)?;
        let (created_at, password) = row!(
            (i64, Option<String>),
            self.db,
            "SELECT created_at, password_hash FROM account WHERE id = $1",
            id.uuid(),
        )?
        .ok_or(StoreError::NotFound)?;
        let mut roles = Vec::new();
        for membership in self.memberships(id).await? {
            let mapping = self.mapping(membership.mapping).await?;
            let name = mapping.map_or_else(String::new, |mapping| mapping.name.to_string());
            roles.push((name, membership));
        }
        let work = rows!(
            OwnWork,
            self.db,
            "SELECT m.name AS mapping, count(*) AS changes, min(e.at) AS first, max(e.at) AS last
             FROM event e JOIN mapping m ON m.id = e.mapping
             WHERE e.author_account = $1 GROUP BY m.id, m.name ORDER BY min(e.at), m.id",
            id.uuid(),
        )?;
        let seats = rows!(
            (String, String, i64),
            self.db,
            "SELECT m.name, a.name, a.joined_at
             FROM attendee a JOIN workshop w ON w.id = a.workshop JOIN mapping m ON m.id = w.mapping
             WHERE a.account = $1 ORDER BY a.joined_at, a.id",
            id.uuid(),
        )?;
        let acts = rows!(
            (i64, String, String),
            self.db,
            "SELECT at, act, detail FROM audit WHERE account = $1 ORDER BY at, id",
            id.uuid(),
        )?;
        Ok(OwnAccount {
            account,
            created_at,
            has_password: password.is_some(),
            roles,
            sessions: self.sessions_of(id, now).await?,
            work,
            seats,
            acts,
            letters: self.letters_to(id.uuid()).await?,
        })
    }

    /// The letters to an account, a participant, an invitee or a contact, in order of time.
    pub async fn letters_to(&self, recipient: Uuid) -> Result<Vec<OwnLetter>, StoreError> {
        rows!(
            (String, String, String, i64),
            self.db,
            "SELECT kind, address, status, changed_at FROM mail
             WHERE recipient = $1 ORDER BY changed_at, id",
            recipient,
        )?
        .into_iter()
        .map(|(kind, address, status, changed_at)| {
            Ok(OwnLetter {
                kind,
                address,
                status: choice(&status, MailStatus::from_code)?,
                changed_at,
            })
        })
        .collect()
    }

    /// The mappings in which an account is the only samordnare, with their names.
    pub async fn only_coordinator_of(
        &self,
        id: AccountId,
    ) -> Result<Vec<(MappingId, String)>, StoreError> {
        let found = rows!(
            (Uuid, String),
            self.db,
            "SELECT m.id, m.name FROM membership o JOIN mapping m ON m.id = o.mapping
             WHERE o.account = $1 AND o.role = 'samordnare' AND NOT EXISTS (
                 SELECT 1 FROM membership x
                 WHERE x.mapping = o.mapping AND x.role = 'samordnare' AND x.account <> o.account)
             ORDER BY m.name, m.id",
            id.uuid(),
        )?;
        Ok(found
            .into_iter()
            .map(|(id, name)| (MappingId::new(id), name))
            .collect())
    }
}
