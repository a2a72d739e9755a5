//! Answering: drafts as one goes, and submitting.
//!
//! Who has answered stands with the participant, what was answered stands under a response of its own; `response_link`
//! is the only tie between them.

use domain::{
    ids::{CapabilityId, ParticipantId},
    level::Answer,
    survey::{Progress, Rating, Scope, Sheet},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Tx, row, rows, run},
    round::hold_open,
    row::{answer, scope, scope_code, surrogate, text},
};

/// What came of saving answers. Unless it is [`SaveOutcome::Saved`], nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    /// They are stored.
    Saved,
    /// The round takes no answers any more.
    RoundClosed,
    /// The person has been taken out of the round.
    Removed,
    /// One of the answers is for a municipality that the person does not answer for.
    ForeignMunicipality,
}

/// What came of submitting. A submitted sheet may be changed, and stays submitted, until the round closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// It is submitted.
    Submitted,
    /// It was already.
    AlreadySubmitted {
        /// When, in milliseconds since 1970 UTC.
        at: i64,
    },
    /// The round takes no answers any more.
    RoundClosed,
    /// The person has been taken out of the round.
    Removed,
}

/// How far the person has come, from what stands in their row.
pub(crate) fn progress(started_at: Option<i64>, submitted_at: Option<i64>) -> Progress {
    match (started_at, submitted_at) {
        (_, Some(at)) => Progress::Submitted { at },
        (Some(_), None) => Progress::Draft,
        (None, None) => Progress::NotStarted,
    }
}

#[derive(sqlx::FromRow)]
struct RatingRow {
    capability: Uuid,
    municipality: i16,
    current_answer: Option<i16>,
    target_answer: Option<i16>,
    effect_answer: Option<i16>,
    comment: String,
    weakness: String,
}

impl RatingRow {
    fn read(self) -> Result<((CapabilityId, Scope), Rating), StoreError> {
        let rating = Rating {
            current: answer(self.current_answer)?,
            target: answer(self.target_answer)?,
            effect: answer(self.effect_answer)?,
            comment: text(self.comment)?,
            weakness: text(self.weakness)?,
        };
        let capability = CapabilityId::new(self.capability);
        Ok(((capability, scope(self.municipality)?), rating))
    }
}

impl Store {
    /// What a person has answered so far, and how far they have come.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn sheet(&self, participant: ParticipantId) -> Result<(Sheet, Progress), StoreError> {
        let (started_at, submitted_at) = row!(
            (Option<i64>, Option<i64>),
            self.db,
            "SELECT started_at, submitted_at FROM participant WHERE id = $1",
            participant.uuid(),
        )?
        .ok_or(StoreError::NotFound)?;
        let ratings = rows!(
            RatingRow,
            self.db,
            "SELECT a.capability, a.municipality, a.current_answer, a.target_answer, a.effect_answer, a.comment, a.weakness
             FROM answer a JOIN response_link l ON l.response = a.response
             WHERE l.participant = $1",
            participant.uuid(),
        )?
        .into_iter()
        .map(RatingRow::read)
        .collect::<Result<_, _>>()?;
        Ok((Sheet { ratings }, progress(started_at, submitted_at)))
    }

    /// Stores these ratings beside those there are; an empty one takes the one there is away.
    ///
    /// Whether the capabilities belong to the round's version is the caller's to know.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn save_draft(
        &self,
        participant: ParticipantId,
        ratings: &[((CapabilityId, Scope), Rating)],
        at: i64,
    ) -> Result<SaveOutcome, StoreError> {
        let ratings = ratings.to_vec();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let part = match hold_part(tx, participant).await? {
                        Held::Open(part) => part,
                        Held::Closed => return Ok(SaveOutcome::RoundClosed),
                        Held::Removed => return Ok(SaveOutcome::Removed),
                    };
                    let own = own_municipalities(tx, participant).await?;
                    let foreign = ratings.iter().map(|((_, scope), _)| scope_code(*scope));
                    if foreign
                        .into_iter()
                        .any(|code| code != 0 && !own.contains(&code))
                    {
                        return Ok(SaveOutcome::ForeignMunicipality);
                    }
                    let response = begin_response(tx, participant, part, &own, at).await?;
                    for ((capability, scope), rating) in ratings {
                        put_rating(tx, response, capability, scope, &rating).await?;
                    }
                    Ok(SaveOutcome::Saved)
                })
            })
            .await
    }

    /// Submits what a person has answered.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn submit(
        &self,
        participant: ParticipantId,
        at: i64,
    ) -> Result<SubmitOutcome, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let part = match hold_part(tx, participant).await? {
                        Held::Open(part) => part,
                        Held::Closed => return Ok(SubmitOutcome::RoundClosed),
                        Held::Removed => return Ok(SubmitOutcome::Removed),
                    };
                    if let Some(at) = part.submitted_at {
                        return Ok(SubmitOutcome::AlreadySubmitted { at });
                    }
                    let own = own_municipalities(tx, participant).await?;
                    let response = begin_response(tx, participant, part, &own, at).await?;
                    run!(
                        tx,
                        "UPDATE participant SET submitted_at = $2 WHERE id = $1",
                        participant.uuid(),
                        at,
                    )?;
                    run!(
                        tx,
                        "UPDATE response SET submitted = TRUE WHERE id = $1",
                        response,
                    )?;
                    Ok(SubmitOutcome::Submitted)
                })
            })
            .await
    }
}

/// A person's row, held until the transaction ends.
struct Part {
    round: Uuid,
    submitted_at: Option<i64>,
}

enum Held {
    Open(Part),
    Closed,
    Removed,
}

/// Holds the round open and the person's row, so that two tabs of one person come after one another.
async fn hold_part(tx: &mut Tx, participant: ParticipantId) -> Result<Held, StoreError> {
    let (round,) = row!(
        (Uuid,),
        tx,
        "SELECT round FROM participant WHERE id = $1",
        participant.uuid(),
    )?
    .ok_or(StoreError::NotFound)?;
    let open = hold_open(tx, round).await?;
    let held = row!(
        (Option<i64>,),
        tx,
        "UPDATE participant SET round = round WHERE id = $1 AND removed_at IS NULL
         RETURNING submitted_at",
        participant.uuid(),
    )?;
    Ok(match held {
        None => Held::Removed,
        Some(_) if !open => Held::Closed,
        Some((submitted_at,)) => Held::Open(Part {
            round,
            submitted_at,
        }),
    })
}

async fn own_municipalities(
    tx: &mut Tx,
    participant: ParticipantId,
) -> Result<Vec<i16>, StoreError> {
    let own = rows!(
        (i16,),
        tx,
        "SELECT municipality FROM participant_municipality WHERE participant = $1",
        participant.uuid(),
    )?;
    Ok(own.into_iter().map(|(code,)| code).collect())
}

/// The person's response, made at the first save. It carries the municipalities along, for the results must be
/// counted when the tie to the person has been cut.
async fn begin_response(
    tx: &mut Tx,
    participant: ParticipantId,
    part: Part,
    municipalities: &[i16],
    at: i64,
) -> Result<Uuid, StoreError> {
    let known = row!(
        (Uuid,),
        tx,
        "SELECT response FROM response_link WHERE participant = $1",
        participant.uuid(),
    )?;
    if let Some((response,)) = known {
        return Ok(response);
    }
    let response = surrogate()?;
    run!(
        tx,
        "UPDATE participant SET started_at = $2 WHERE id = $1",
        participant.uuid(),
        at,
    )?;
    run!(
        tx,
        "INSERT INTO response (id, round) VALUES ($1, $2)",
        response,
        part.round,
    )?;
    for code in municipalities {
        run!(
            tx,
            "INSERT INTO response_municipality (response, municipality) VALUES ($1, $2)",
            response,
            *code,
        )?;
    }
    run!(
        tx,
        "INSERT INTO response_link (participant, response) VALUES ($1, $2)",
        participant.uuid(),
        response,
    )?;
    Ok(response)
}

async fn put_rating(
    tx: &mut Tx,
    response: Uuid,
    capability: CapabilityId,
    scope: Scope,
    rating: &Rating,
) -> Result<(), StoreError> {
    if rating.is_empty() {
        run!(
            tx,
            "DELETE FROM answer WHERE response = $1 AND capability = $2 AND municipality = $3",
            response,
            capability.uuid(),
            scope_code(scope),
        )?;
        return Ok(());
    }
    run!(
        tx,
        "INSERT INTO answer
             (response, capability, municipality, current_answer, target_answer, effect_answer, comment, weakness)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (response, capability, municipality) DO UPDATE SET
             current_answer = excluded.current_answer, target_answer = excluded.target_answer,
             effect_answer = excluded.effect_answer,
             comment = excluded.comment, weakness = excluded.weakness",
        response,
        capability.uuid(),
        scope_code(scope),
        rating.current.map(Answer::code),
        rating.target.map(Answer::code),
        rating.effect.map(Answer::code),
        rating.comment.as_str(),
        rating.weakness.as_str(),
    )?;
    Ok(())
}
