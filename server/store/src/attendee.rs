//! Those who have joined a workshop, and what their browsers are known by.

use std::collections::HashMap;

use domain::{
    ids::{AccountId, AttendeeId, MappingId, ParticipantId, WorkshopId},
    survey::Occupation,
    text::Title,
    workshop::Attendee,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, TokenHash,
    database::{row, rows, run},
    row::{choice, municipalities, municipality_code, text},
};

#[derive(sqlx::FromRow)]
struct AttendeeRow {
    id: Uuid,
    workshop: Uuid,
    name: String,
    occupation: String,
    account: Option<Uuid>,
    participant: Option<Uuid>,
    approved: bool,
    speaks: bool,
    joined_at: i64,
    removed_at: Option<i64>,
}

impl AttendeeRow {
    fn read(self, codes: impl IntoIterator<Item = i16>) -> Result<Attendee, StoreError> {
        Ok(Attendee {
            id: AttendeeId::new(self.id),
            name: text(self.name)?,
            occupation: choice(&self.occupation, Occupation::from_code)?,
            municipalities: municipalities(codes)?,
            account: self.account.map(AccountId::new),
            participant: self.participant.map(ParticipantId::new),
            approved: self.approved,
            speaks: self.speaks,
            joined_at: self.joined_at,
            removed: self.removed_at.is_some(),
        })
    }
}

impl Store {
    /// Gives a person a seat in a workshop, known by this token. Whether it is new: done again with the same id it
    /// changes nothing, not even the token (see [`Store::give_token`]). The attendee's `removed` is not looked at.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `attendee_account` or `attendee_participant` when the person has a seat already,
    /// `attendee_token`, or `attendee_id` when the id is a seat in another workshop; [`StoreError::NotFound`] when
    /// there is no such workshop, account or participant.
    pub async fn add_attendee(
        &self,
        workshop: WorkshopId,
        attendee: &Attendee,
        token_hash: TokenHash,
    ) -> Result<bool, StoreError> {
        let attendee = attendee.clone();
        let id = attendee.id.uuid();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let added = run!(
                        tx,
                        "INSERT INTO attendee
                             (id, workshop, name, occupation, token_hash, account, participant,
                              approved, speaks, joined_at)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                         ON CONFLICT (id) DO NOTHING",
                        id,
                        workshop.uuid(),
                        attendee.name.as_str(),
                        attendee.occupation.code(),
                        &token_hash[..],
                        attendee.account.map(AccountId::uuid),
                        attendee.participant.map(ParticipantId::uuid),
                        attendee.approved,
                        attendee.speaks,
                        attendee.joined_at,
                    )?;
                    if added == 0 {
                        let same = row!(
                            (Uuid,),
                            tx,
                            "SELECT id FROM attendee WHERE id = $1 AND workshop = $2",
                            id,
                            workshop.uuid(),
                        )?;
                        return match same {
                            Some(_) => Ok(false),
                            None => Err(StoreError::Conflict("attendee_id")),
                        };
                    }
                    for municipality in attendee.municipalities {
                        run!(
                            tx,
                            "INSERT INTO attendee_municipality (attendee, municipality)
                             VALUES ($1, $2) ON CONFLICT DO NOTHING",
                            id,
                            municipality_code(municipality),
                        )?;
                    }
                    Ok(true)
                })
            })
            .await
    }

    /// Whose token it is, and where; also when they have been sent away (`removed`).
    pub async fn attendee_by_token(
        &self,
        token_hash: TokenHash,
    ) -> Result<Option<(MappingId, WorkshopId, Attendee)>, StoreError> {
        let found = row!(
            AttendeeRow,
            self.db,
            "SELECT id, workshop, name, occupation, account, participant, approved, speaks, joined_at, removed_at
             FROM attendee WHERE token_hash = $1",
            &token_hash[..],
        )?;
        let Some(found) = found else {
            return Ok(None);
        };
        let workshop = WorkshopId::new(found.workshop);
        let mapping = (self.workshop_mapping(workshop).await?).ok_or(StoreError::NotFound)?;
        Ok(Some((mapping, workshop, self.read_attendee(found).await?)))
    }

    /// Everyone who has joined a workshop, in the order in which they did; those sent away too (`removed`).
    pub async fn attendees(&self, workshop: WorkshopId) -> Result<Vec<Attendee>, StoreError> {
        let found = rows!(
            AttendeeRow,
            self.db,
            "SELECT id, workshop, name, occupation, account, participant, approved, speaks, joined_at, removed_at
             FROM attendee WHERE workshop = $1 ORDER BY joined_at, id",
            workshop.uuid(),
        )?;
        let mut codes: HashMap<Uuid, Vec<i16>> = HashMap::new();
        for (attendee, code) in rows!(
            (Uuid, i16),
            self.db,
            "SELECT m.attendee, m.municipality
             FROM attendee_municipality m JOIN attendee a ON a.id = m.attendee
             WHERE a.workshop = $1",
            workshop.uuid(),
        )? {
            codes.entry(attendee).or_default().push(code);
        }
        found
            .into_iter()
            .map(|row| {
                let codes = codes.remove(&row.id).unwrap_or_default();
                row.read(codes)
            })
            .collect()
    }

    /// The seat of someone signed in, if they have joined this workshop; also when they have been sent away.
    pub async fn attendee_of_account(
        &self,
        workshop: WorkshopId,
        account: AccountId,
    ) -> Result<Option<Attendee>, StoreError> {
        let found = row!(
            AttendeeRow,
            self.db,
            "SELECT id, workshop, name, occupation, account, participant, approved, speaks, joined_at, removed_at
             FROM attendee WHERE workshop = $1 AND account = $2",
            workshop.uuid(),
            account.uuid(),
        )?;
        match found {
            Some(found) => self.read_attendee(found).await.map(Some),
            None => Ok(None),
        }
    }

    /// The seat of someone with a personal link, if they have joined this workshop; also when they have been sent
    /// away.
    pub async fn attendee_of_participant(
        &self,
        workshop: WorkshopId,
        participant: ParticipantId,
    ) -> Result<Option<Attendee>, StoreError> {
        let found = row!(
            AttendeeRow,
            self.db,
            "SELECT id, workshop, name, occupation, account, participant, approved, speaks, joined_at, removed_at
             FROM attendee WHERE workshop = $1 AND participant = $2",
            workshop.uuid(),
            participant.uuid(),
        )?;
        match found {
            Some(found) => self.read_attendee(found).await.map(Some),
            None => Ok(None),
        }
    }

    /// The name that someone joined with, for the history; none when there is no such attendee.
    pub async fn attendee_name(&self, id: AttendeeId) -> Result<Option<Title>, StoreError> {
        row!(
            (String,),
            self.db,
            "SELECT name FROM attendee WHERE id = $1",
            id.uuid(),
        )?
        .map(|(name,)| text(name))
        .transpose()
    }

    /// Lets someone in. Whoever had been sent away comes back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they have not joined this workshop.
    pub async fn approve_attendee(
        &self,
        workshop: WorkshopId,
        id: AttendeeId,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    found(run!(
                        tx,
                        "UPDATE attendee SET approved = $3, removed_at = NULL WHERE id = $1 AND workshop = $2",
                        id.uuid(),
                        workshop.uuid(),
                        true,
                    )?)
                })
            })
            .await
    }

    /// Says whether someone speaks for their municipalities.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they have not joined this workshop.
    pub async fn let_speak(
        &self,
        workshop: WorkshopId,
        id: AttendeeId,
        speaks: bool,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    found(run!(
                        tx,
                        "UPDATE attendee SET speaks = $3 WHERE id = $1 AND workshop = $2",
                        id.uuid(),
                        workshop.uuid(),
                        speaks,
                    )?)
                })
            })
            .await
    }

    /// Sends someone away; what they wrote still stands. Done again, it keeps the first time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they have not joined this workshop.
    pub async fn remove_attendee(
        &self,
        workshop: WorkshopId,
        id: AttendeeId,
        at: i64,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    found(run!(
                        tx,
                        "UPDATE attendee SET removed_at = coalesce(removed_at, $3) WHERE id = $1 AND workshop = $2",
                        id.uuid(),
                        workshop.uuid(),
                        at,
                    )?)
                })
            })
            .await
    }

    /// Lets someone be known by a new token; the old one is worth nothing from then on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such attendee, or they were sent away; [`StoreError::Conflict`]
    /// `attendee_token`.
    pub async fn give_token(
        &self,
        id: AttendeeId,
        token_hash: TokenHash,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    found(run!(
                        tx,
                        "UPDATE attendee SET token_hash = $2 WHERE id = $1 AND removed_at IS NULL",
                        id.uuid(),
                        &token_hash[..],
                    )?)
                })
            })
            .await
    }

    async fn read_attendee(&self, row: AttendeeRow) -> Result<Attendee, StoreError> {
        let codes = rows!(
            (i16,),
            self.db,
            "SELECT municipality FROM attendee_municipality WHERE attendee = $1",
            row.id,
        )?;
        row.read(codes.into_iter().map(|(code,)| code))
    }
}

/// Nobody was changed: there is nobody.
fn found(changed: u64) -> Result<(), StoreError> {
    match changed {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}
