//! Sheets that came on paper and are entered by those who lead the work, in rounds that keep no names with answers.
//!
//! In a named round a sheet on paper is its person's own answer, and is stored as one.

use domain::{
    ids::{ParticipantId, RoundId},
    municipality::Municipality,
    survey::form::Ratings,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    confidential::count_anew,
    database::{row, run},
    round::hold_open,
    row::municipality_code,
    sealed::{Lock, RecoveryCode, Sealed},
};

/// What stands where a person's code would: a sheet on paper has nobody who comes back for it.
const NOBODY: &str = "aaaa-aaaa-aaaa-aaaa";
/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What came of entering a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperOutcome {
    /// It is counted, just now or when the same form came before.
    Entered,
    /// The round takes no answers any more.
    RoundClosed,
}

impl Store {
    /// Counts a confidential sheet that came on paper: one response for each municipality, tied to nobody. `form` is the
    /// id that was made when the form was shown; sent again it is the same sheet.
    ///
    /// Whether the capabilities belong to the round's version, and the municipalities to the mapping, is the caller's to
    /// know. Ratings hold for all the municipalities.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such round.
    pub async fn enter_paper(
        &self,
        round: RoundId,
        form: Uuid,
        municipalities: &[Municipality],
        ratings: Ratings,
    ) -> Result<PaperOutcome, StoreError> {
        let own: Vec<i16> = (municipalities.iter().copied())
            .map(municipality_code)
            .collect();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !hold_open(tx, round.uuid()).await? {
                        return Ok(PaperOutcome::RoundClosed);
                    }
                    // A sealed sheet under the form's id tells the same form from another; the id itself is not stored.
                    let code = RecoveryCode::parse(NOBODY).ok_or(StoreError::NotFound)?;
                    let lock = Lock::new(round, ParticipantId::new(form), &code);
                    if lock.find(tx).await?.is_some() {
                        return Ok(PaperOutcome::Entered);
                    }
                    let mut sealed = Sealed::default();
                    sealed.take_in(&ratings);
                    sealed.submitted = true;
                    count_anew(tx, round.uuid(), &own, &mut sealed).await?;
                    run!(
                        tx,
                        "UPDATE round SET paper_repeats = paper_repeats + $2 WHERE id = $1",
                        round.uuid(),
                        i64::try_from(own.len().saturating_sub(1)).unwrap_or(i64::MAX),
                    )?;
                    lock.put(tx, &Sealed::default()).await?;
                    Ok(PaperOutcome::Entered)
                })
            })
            .await
    }

    /// Notes that someone in a confidential round has handed in their sheet on paper, so that they are counted as one who
    /// has answered and get no reminder. Someone who has submitted already stays as they are. Gives whether anything
    /// changed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant, or when they have been taken out of the round;
    /// [`StoreError::Conflict`] `round_closed`.
    pub async fn note_paper(
        &self,
        participant: ParticipantId,
        at: i64,
    ) -> Result<bool, StoreError> {
        let day = at - at.rem_euclid(DAY);
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let (round,) = row!(
                        (Uuid,),
                        tx,
                        "SELECT round FROM participant WHERE id = $1 AND removed_at IS NULL",
                        participant.uuid(),
                    )?
                    .ok_or(StoreError::NotFound)?;
                    if !hold_open(tx, round).await? {
                        return Err(StoreError::Conflict("round_closed"));
                    }
                    let changed = run!(
                        tx,
                        "UPDATE participant
                         SET started_at = coalesce(started_at, $2), submitted_at = $2
                         WHERE id = $1 AND submitted_at IS NULL AND removed_at IS NULL",
                        participant.uuid(),
                        day,
                    )?;
                    Ok(changed > 0)
                })
            })
            .await
    }
}
