//! Those who are asked to answer in a round, and their personal links.

use std::collections::HashMap;

use domain::{
    ids::{ParticipantId, RoundId},
    mapping::Mapping,
    survey::{Occupation, Participant, Round, RoundStatus},
    text::swedish_order,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, TokenHash,
    database::{Tx, row, rows, run},
    round::hold_open,
    row::{choice, municipalities, municipality_code, text},
};

/// What a personal link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParticipantLink {
    /// The round takes answers.
    Open {
        /// Whose link it is.
        participant: Participant,
        /// The round.
        round: Round,
        /// The round's mapping.
        mapping: Mapping,
    },
    /// The round is closed; what they answered can still be read.
    Closed {
        /// Whose link it is.
        participant: Participant,
        /// The round.
        round: Round,
        /// The round's mapping.
        mapping: Mapping,
    },
    /// The person has been taken out of the round.
    Removed,
    /// There is no such link.
    Unknown,
}

#[derive(sqlx::FromRow)]
struct ParticipantRow {
    id: Uuid,
    round: Uuid,
    name: String,
    email: String,
    occupation: String,
    removed_at: Option<i64>,
}

impl ParticipantRow {
    fn read(self, codes: impl IntoIterator<Item = i16>) -> Result<Participant, StoreError> {
        Ok(Participant {
            id: ParticipantId::new(self.id),
            round: RoundId::new(self.round),
            name: text(self.name)?,
            email: text(self.email)?,
            occupation: choice(&self.occupation, Occupation::from_code)?,
            municipalities: municipalities(codes)?,
        })
    }
}

impl Store {
    /// Adds people to an open round, all of them or none. Their own `round` field is not looked at.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `round_closed`, `participant_id` or `participant_token`; [`StoreError::NotFound`] when
    /// there is no such round.
    pub async fn add_participants(
        &self,
        round: RoundId,
        participants: &[(Participant, TokenHash)],
        at: i64,
    ) -> Result<(), StoreError> {
        let participants = participants.to_vec();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !hold_open(tx, round.uuid()).await? {
                        return Err(StoreError::Conflict("round_closed"));
                    }
                    for (participant, token_hash) in participants {
                        put_participant(tx, round, &participant, token_hash, at).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Those who are asked in a round, in Swedish order of their names; not those removed.
    pub async fn participants(&self, round: RoundId) -> Result<Vec<Participant>, StoreError> {
        let found = rows!(
            ParticipantRow,
            self.db,
            "SELECT id, round, name, email, occupation, removed_at FROM participant
             WHERE round = $1 AND removed_at IS NULL",
            round.uuid(),
        )?;
        let mut codes: HashMap<Uuid, Vec<i16>> = HashMap::new();
        for (participant, code) in rows!(
            (Uuid, i16),
            self.db,
            "SELECT m.participant, m.municipality
             FROM participant_municipality m JOIN participant p ON p.id = m.participant
             WHERE p.round = $1",
            round.uuid(),
        )? {
            codes.entry(participant).or_default().push(code);
        }
        let mut participants = found
            .into_iter()
            .map(|row| {
                let codes = codes.remove(&row.id).unwrap_or_default();
                row.read(codes)
            })
            .collect::<Result<Vec<_>, _>>()?;
        participants.sort_by(|a, b| swedish_order(&a.name, &b.name).then_with(|| a.id.cmp(&b.id)));
        Ok(participants)
    }

    /// One of those who are asked; none when they were taken out of the round or never were in one.
    pub async fn participant(&self, id: ParticipantId) -> Result<Option<Participant>, StoreError> {
        let found = row!(
            ParticipantRow,
            self.db,
            "SELECT id, round, name, email, occupation, removed_at FROM participant
             WHERE id = $1 AND removed_at IS NULL",
            id.uuid(),
        )?;
        let Some(found) = found else {
            return Ok(None);
        };
        let codes = rows!(
            (i16,),
            self.db,
            "SELECT municipality FROM participant_municipality WHERE participant = $1",
            id.uuid(),
        )?;
        found.read(codes.into_iter().map(|(code,)| code)).map(Some)
    }

    /// What a personal link leads to.
    pub async fn participant_by_token(
        &self,
        token_hash: TokenHash,
    ) -> Result<ParticipantLink, StoreError> {
        let found = row!(
            ParticipantRow,
            self.db,
            "SELECT id, round, name, email, occupation, removed_at FROM participant
             WHERE token_hash = $1",
            &token_hash[..],
        )?;
        let Some(found) = found else {
            return Ok(ParticipantLink::Unknown);
        };
        if found.removed_at.is_some() {
            return Ok(ParticipantLink::Removed);
        }
        let codes = rows!(
            (i16,),
            self.db,
            "SELECT municipality FROM participant_municipality WHERE participant = $1",
            found.id,
        )?;
        let participant = found.read(codes.into_iter().map(|(code,)| code))?;
        let round = (self.round(participant.round).await?).ok_or(StoreError::NotFound)?;
        let mapping = (self.mapping(round.mapping).await?).ok_or(StoreError::NotFound)?;
        Ok(match round.status {
            RoundStatus::Open => ParticipantLink::Open {
                participant,
                round,
                mapping,
            },
            RoundStatus::Closed => ParticipantLink::Closed {
                participant,
                round,
                mapping,
            },
        })
    }

    /// Takes a person out of a round: the link stops working, what they submitted still counts. Done again, it keeps
    /// the first time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn remove_participant(&self, id: ParticipantId, at: i64) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let removed = run!(
                        tx,
                        "UPDATE participant SET removed_at = coalesce(removed_at, $2) WHERE id = $1",
                        id.uuid(),
                        at,
                    )?;
                    if removed == 0 {
                        return Err(StoreError::NotFound);
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Gives a person a new link; the old one is worth nothing from then on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant, or they were removed; [`StoreError::Conflict`]
    /// `participant_token`.
    pub async fn update_participant_token(
        &self,
        id: ParticipantId,
        token_hash: TokenHash,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let updated = run!(
                        tx,
                        "UPDATE participant SET token_hash = $2 WHERE id = $1 AND removed_at IS NULL",
                        id.uuid(),
                        &token_hash[..],
                    )?;
                    if updated == 0 {
                        return Err(StoreError::NotFound);
                    }
                    Ok(())
                })
            })
            .await
    }
}

/// Adds a person to a round that is held, within a transaction.
pub(crate) async fn put_participant(
    tx: &mut Tx,
    round: RoundId,
    participant: &Participant,
    token_hash: TokenHash,
    at: i64,
) -> Result<(), StoreError> {
    let id = participant.id.uuid();
    run!(
        tx,
        "INSERT INTO participant
             (id, round, name, email, occupation, token_hash, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id,
        round.uuid(),
        participant.name.as_str(),
        participant.email.as_str(),
        participant.occupation.code(),
        &token_hash[..],
        at,
    )?;
    for municipality in &participant.municipalities {
        run!(
            tx,
            "INSERT INTO participant_municipality (participant, municipality)
             VALUES ($1, $2) ON CONFLICT DO NOTHING",
            id,
            municipality_code(*municipality),
        )?;
    }
    Ok(())
}
