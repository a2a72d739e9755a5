//! What has been answered by whom, in rounds where that is kept together.
//!
//! Who has answered stands with the participant, what was answered stands under a response of its own; `response_link`
//! is the only tie between them. In a confidential round there is none, drafts included: see [`crate::sealed`].

use domain::{
    ids::{CapabilityId, ParticipantId},
    survey::{Progress, Rating, Scope, Sheet},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{row, rows},
    row::{answer, scope, text},
};

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
    /// What a person has answered so far, and how far they have come. In a confidential round the sheet is empty, for
    /// it is found with the person's code alone.
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
}
