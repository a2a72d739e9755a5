//! People asked to take part in the series, and the links to their own pages.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::{InviteeId, MappingId, ParticipantId, RoundId},
    mapping::Mapping,
    participation::Invitee,
    survey::{Occupation, Participant},
    text::{fold, swedish_order},
};
use uuid::Uuid;

use crate::{
    Store, StoreError, TokenHash,
    database::{row, rows, run},
    participant::put_participant,
    round::hold_open,
    row::{choice, municipalities, municipality_code, text},
};

/// What a link to an invitee's own page leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InviteeLink {
    /// The page of this person, with what they are asked to take part in.
    Known(Box<(Invitee, Mapping)>),
    /// The person has been taken off the list.
    Removed,
    /// There is no such link.
    Unknown,
}

#[derive(sqlx::FromRow)]
struct InviteeRow {
    id: Uuid,
    mapping: Uuid,
    name: String,
    email: String,
    occupation: String,
    removed_at: Option<i64>,
}

impl InviteeRow {
    fn read(self, codes: impl IntoIterator<Item = i16>) -> Result<Invitee, StoreError> {
        Ok(Invitee {
            id: InviteeId::new(self.id),
            mapping: MappingId::new(self.mapping),
            name: text(self.name)?,
            email: text(self.email)?,
            occupation: choice(&self.occupation, Occupation::from_code)?,
            municipalities: municipalities(codes)?,
        })
    }
}

impl Store {
    /// Puts people on a mapping's list of invitees, all of them or none. Their own `mapping` field is not looked at.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `invitee_id` or `invitee_token`; [`StoreError::NotFound`] when there is no such
    /// mapping.
    pub async fn add_invitees(
        &self,
        mapping: MappingId,
        invitees: &[(Invitee, TokenHash)],
        at: i64,
    ) -> Result<(), StoreError> {
        let invitees = invitees.to_vec();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    for (invitee, token_hash) in invitees {
                        let id = invitee.id.uuid();
                        run!(
                            tx,
                            "INSERT INTO invitee (id, mapping, name, email, occupation, token_hash, added_at)
                             VALUES ($1, $2, $3, $4, $5, $6, $7)",
                            id,
                            mapping.uuid(),
                            invitee.name.as_str(),
                            invitee.email.as_str(),
                            invitee.occupation.code(),
                            &token_hash[..],
                            at,
                        )?;
                        for municipality in invitee.municipalities {
                            run!(
                                tx,
                                "INSERT INTO invitee_municipality (invitee, municipality)
                                 VALUES ($1, $2) ON CONFLICT DO NOTHING",
                                id,
                                municipality_code(municipality),
                            )?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }

    /// A mapping's invitees in Swedish order of their names; not those removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitees(&self, mapping: MappingId) -> Result<Vec<Invitee>, StoreError> {
        let found = rows!(
            InviteeRow,
            self.db,
            "SELECT id, mapping, name, email, occupation, removed_at FROM invitee
             WHERE mapping = $1 AND removed_at IS NULL",
            mapping.uuid(),
        )?;
        let mut codes: HashMap<Uuid, Vec<i16>> = HashMap::new();
        for (invitee, code) in rows!(
            (Uuid, i16),
            self.db,
            "SELECT m.invitee, m.municipality
             FROM invitee_municipality m JOIN invitee i ON i.id = m.invitee
             WHERE i.mapping = $1",
            mapping.uuid(),
        )? {
            codes.entry(invitee).or_default().push(code);
        }
        let mut invitees = (found.into_iter())
            .map(|row| {
                let codes = codes.remove(&row.id).unwrap_or_default();
                row.read(codes)
            })
            .collect::<Result<Vec<_>, _>>()?;
        invitees.sort_by(|a, b| swedish_order(&a.name, &b.name).then_with(|| a.id.cmp(&b.id)));
        Ok(invitees)
    }

    /// An invitee; none when there is none, or they were removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitee(&self, id: InviteeId) -> Result<Option<Invitee>, StoreError> {
        let found = row!(
            InviteeRow,
            self.db,
            "SELECT id, mapping, name, email, occupation, removed_at FROM invitee
             WHERE id = $1 AND removed_at IS NULL",
            id.uuid(),
        )?;
        match found {
            Some(found) => self.with_municipalities(found).await.map(Some),
            None => Ok(None),
        }
    }

    /// What the link to an invitee's own page leads to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitee_by_token(&self, token_hash: TokenHash) -> Result<InviteeLink, StoreError> {
        let found = row!(
            InviteeRow,
            self.db,
            "SELECT id, mapping, name, email, occupation, removed_at FROM invitee
             WHERE token_hash = $1",
            &token_hash[..],
        )?;
        let Some(found) = found else {
            return Ok(InviteeLink::Unknown);
        };
        if found.removed_at.is_some() {
            return Ok(InviteeLink::Removed);
        }
        let invitee = self.with_municipalities(found).await?;
        let mapping = (self.mapping(invitee.mapping).await?).ok_or(StoreError::NotFound)?;
        Ok(InviteeLink::Known(Box::new((invitee, mapping))))
    }

    async fn with_municipalities(&self, found: InviteeRow) -> Result<Invitee, StoreError> {
        let codes = rows!(
            (i16,),
            self.db,
            "SELECT municipality FROM invitee_municipality WHERE invitee = $1",
            found.id,
        )?;
        found.read(codes.into_iter().map(|(code,)| code))
    }

    /// Takes a person off a mapping's list: the link to their page stops working. Done again, it keeps the first time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the mapping has no such invitee.
    pub async fn remove_invitee(
        &self,
        mapping: MappingId,
        id: InviteeId,
        at: i64,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let removed = run!(
                        tx,
                        "UPDATE invitee SET removed_at = coalesce(removed_at, $3)
                         WHERE id = $1 AND mapping = $2",
                        id.uuid(),
                        mapping.uuid(),
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

    /// Adds people to an open round unless they are there: by the same address, or by the same name when one of the two
    /// has no address. Someone who was taken out of the round is not put back. Gives the number of those added.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `round_closed`, `participant_id` or `participant_token`; [`StoreError::NotFound`] when
    /// there is no such round.
    pub async fn add_missing_participants(
        &self,
        round: RoundId,
        participants: &[(Participant, TokenHash)],
        at: i64,
    ) -> Result<usize, StoreError> {
        let participants = participants.to_vec();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    // Held by this one alone, so that of two who do this at once the second sees whom the first
                    // added.
                    run!(
                        tx,
                        "UPDATE round SET number = number WHERE id = $1",
                        round.uuid(),
                    )?;
                    if !hold_open(tx, round.uuid()).await? {
                        return Err(StoreError::Conflict("round_closed"));
                    }
                    let found = rows!(
                        (String, String),
                        tx,
                        "SELECT name, email FROM participant WHERE round = $1",
                        round.uuid(),
                    )?;
                    let mut there = There::default();
                    for (name, email) in &found {
                        there.add(name, email);
                    }
                    let mut added = 0;
                    for (participant, token_hash) in participants {
                        if there.knows(&participant.name, &participant.email) {
                            continue;
                        }
                        there.add(&participant.name, &participant.email);
                        put_participant(tx, round, &participant, token_hash, at).await?;
                        added += 1;
                    }
                    Ok(added)
                })
            })
            .await
    }

    /// The parts in the rounds of a mapping of whoever has this address, regardless of case, oldest round first; in
    /// closed rounds as well. None for an empty address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn surveys_of(
        &self,
        mapping: MappingId,
        email: &str,
    ) -> Result<Vec<(RoundId, ParticipantId)>, StoreError> {
        let wanted = email.trim().to_lowercase();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        // The address is compared here: the databases differ in what they take for lower case.
        let found = rows!(
            (Uuid, Uuid, String),
            self.db,
            "SELECT p.round, p.id, p.email FROM participant p JOIN round r ON r.id = p.round
             WHERE r.mapping = $1 AND p.removed_at IS NULL AND p.email <> ''
             ORDER BY r.number, p.added_at, p.id",
            mapping.uuid(),
        )?;
        Ok((found.into_iter())
            .filter(|(.., address)| address.to_lowercase() == wanted)
            .map(|(round, id, _)| (RoundId::new(round), ParticipantId::new(id)))
            .collect())
    }
}

/// Who is in a round.
#[derive(Default)]
struct There {
    emails: HashSet<String>,
    names: HashSet<String>,
    without_email: HashSet<String>,
}

impl There {
    fn add(&mut self, name: &str, email: &str) {
        self.names.insert(fold(name));
        if email.is_empty() {
            self.without_email.insert(fold(name));
        } else {
            self.emails.insert(email.to_lowercase());
        }
    }

    fn knows(&self, name: &str, email: &str) -> bool {
        if email.is_empty() {
            self.names.contains(&fold(name))
        } else {
            self.emails.contains(&email.to_lowercase()) || self.without_email.contains(&fold(name))
        }
    }
}
