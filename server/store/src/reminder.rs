//! Invitations and reminders of a round: who gets them, when reminders go out, and that each goes out once.

use domain::{
    ids::{MailId, MappingId, ParticipantId, RoundId},
    letter::{Letter, NewMail, OwnWords, Reminder, ReminderStatus},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Tx, row, rows, run},
    mail::put_mail,
    round::hold_open,
    row::{choice, number, surrogate, text},
};

#[derive(sqlx::FromRow)]
struct ReminderRow {
    number: i64,
    due_at: i64,
    status: String,
    words: String,
}

impl ReminderRow {
    fn read(self) -> Result<Reminder, StoreError> {
        Ok(Reminder {
            number: number(self.number)?,
            due_at: self.due_at,
            status: choice(&self.status, ReminderStatus::from_code)?,
            words: text(self.words)?,
        })
    }
}

impl Store {
    /// Lays an invitation in the queue for everyone in an open round who has an address, has not answered and has not
    /// been invited; gives their number. With the first of them these reminders are planned, those apart whose number is
    /// planned already.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `round_closed`; [`StoreError::NotFound`] when there is no such round.
    pub async fn invite(
        &self,
        round: RoundId,
        words: &OwnWords,
        plan: &[Reminder],
        at: i64,
    ) -> Result<u64, StoreError> {
        let (words, plan) = (words.clone(), plan.to_vec());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !hold_open(tx, round.uuid()).await? {
                        return Err(StoreError::Conflict("round_closed"));
                    }
                    let letters = write_to_unanswered(tx, round, None, &words, at).await?;
                    if letters > 0 {
                        for reminder in plan {
                            run!(
                                tx,
                                "INSERT INTO reminder (round, number, due_at, status, words)
                                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (round, number) DO NOTHING",
                                round.uuid(),
                                i64::from(reminder.number),
                                reminder.due_at,
                                reminder.status.code(),
                                reminder.words.as_str(),
                            )?;
                        }
                    }
                    Ok(letters)
                })
            })
            .await
    }

    /// The reminders of a round by number: planned, stopped and sent.
    pub async fn reminders(&self, round: RoundId) -> Result<Vec<Reminder>, StoreError> {
        rows!(
            ReminderRow,
            self.db,
            "SELECT number, due_at, status, words FROM reminder WHERE round = $1 ORDER BY number",
            round.uuid(),
        )?
        .into_iter()
        .map(ReminderRow::read)
        .collect()
    }

    /// Plans a reminder of an open round: a new one, or one that is planned or stopped otherwise than before. Its own
    /// `status` is not looked at.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `reminder_sent` when it has gone out, or `round_closed`; [`StoreError::NotFound`] when
    /// there is no such round.
    pub async fn plan_reminder(
        &self,
        round: RoundId,
        reminder: &Reminder,
    ) -> Result<(), StoreError> {
        let reminder = reminder.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !hold_open(tx, round.uuid()).await? {
                        return Err(StoreError::Conflict("round_closed"));
                    }
                    let planned = run!(
                        tx,
                        "INSERT INTO reminder (round, number, due_at, status, words)
                         VALUES ($1, $2, $3, $4, $5)
                         ON CONFLICT (round, number) DO UPDATE SET
                             due_at = excluded.due_at, status = excluded.status, words = excluded.words
                         WHERE reminder.status <> 'skickad'",
                        round.uuid(),
                        i64::from(reminder.number),
                        reminder.due_at,
                        ReminderStatus::Planned.code(),
                        reminder.words.as_str(),
                    )?;
                    if planned == 0 {
                        return Err(StoreError::Conflict("reminder_sent"));
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Stops a planned reminder. A stopped one stays so.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `reminder_sent` when it has gone out; [`StoreError::NotFound`] when there is none.
    pub async fn stop_reminder(&self, round: RoundId, number: u8) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let stopped = run!(
                        tx,
                        "UPDATE reminder SET status = 'stoppad'
                         WHERE round = $1 AND number = $2 AND status <> 'skickad'",
                        round.uuid(),
                        i64::from(number),
                    )?;
                    if stopped > 0 {
                        return Ok(());
                    }
                    Err(match status(tx, round, number).await? {
                        None => StoreError::NotFound,
                        Some(_) => StoreError::Conflict("reminder_sent"),
                    })
                })
            })
            .await
    }

    /// Sends a planned reminder now, whatever its day: lays it in the queue for those who have an address and have not
    /// answered, and gives their number. One that has gone out is not sent again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `reminder_stopped` or `round_closed`; [`StoreError::NotFound`] when there is none.
    pub async fn send_reminder(
        &self,
        round: RoundId,
        number: u8,
        at: i64,
    ) -> Result<u64, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !hold_open(tx, round.uuid()).await? {
                        return Err(StoreError::Conflict("round_closed"));
                    }
                    if let Some(letters) = send(tx, round, number, None, at).await? {
                        return Ok(letters);
                    }
                    match status(tx, round, number).await?.as_deref() {
                        None => Err(StoreError::NotFound),
                        Some("skickad") => Ok(0),
                        Some(_) => Err(StoreError::Conflict("reminder_stopped")),
                    }
                })
            })
            .await
    }

    /// Sends every planned reminder that is due in a round that is open, each once however many ask at the same time;
    /// gives the number of letters laid in the queue.
    ///
    /// When several of a round have become due since anybody asked, the last of them goes out and the others are
    /// stopped: nobody is reminded twice at once.
    pub async fn send_due_reminders(&self, at: i64) -> Result<u64, StoreError> {
        let due = rows!(
            (Uuid, i64),
            self.db,
            "SELECT m.round, m.number FROM reminder m JOIN round r ON r.id = m.round
             WHERE m.status = 'planerad' AND m.due_at <= $1 AND r.closed_at IS NULL
             ORDER BY m.round, m.due_at DESC, m.number DESC",
            at,
        )?;
        let (mut letters, mut failed) = (0, None);
        for (round, found) in due {
            let (round, number) = (RoundId::new(round), number::<u8>(found)?);
            let sent = self
                .db
                .write(move |tx| {
                    Box::pin(async move {
                        if !hold_open(tx, round.uuid()).await? {
                            return Ok::<_, StoreError>(0);
                        }
                        let Some(letters) = send(tx, round, number, Some(at), at).await? else {
                            return Ok(0);
                        };
                        run!(
                            tx,
                            "UPDATE reminder SET status = 'stoppad'
                             WHERE round = $1 AND status = 'planerad' AND due_at <= $2",
                            round.uuid(),
                            at,
                        )?;
                        Ok(letters)
                    })
                })
                .await;
            // Other rounds do not wait for what is wrong with one.
            match sent {
                Ok(sent) => letters += sent,
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(letters), Err)
    }

    /// Whether a participant has submitted; of one who is not there nothing is known.
    pub async fn has_submitted(&self, participant: ParticipantId) -> Result<bool, StoreError> {
        let found = row!(
            (Option<i64>,),
            self.db,
            "SELECT submitted_at FROM participant WHERE id = $1",
            participant.uuid(),
        )?;
        Ok(matches!(found, Some((Some(_),))))
    }
}

async fn status(tx: &mut Tx, round: RoundId, number: u8) -> Result<Option<String>, StoreError> {
    let found = row!(
        (String,),
        tx,
        "SELECT status FROM reminder WHERE round = $1 AND number = $2",
        round.uuid(),
        i64::from(number),
    )?;
    Ok(found.map(|(status,)| status))
}

/// Sends a planned reminder, if it is due by this time where one is given; none when it was not planned or not due.
/// Whoever changes its status is the one who sends it.
async fn send(
    tx: &mut Tx,
    round: RoundId,
    number: u8,
    due_by: Option<i64>,
    at: i64,
) -> Result<Option<u64>, StoreError> {
    let claimed = row!(
        (String,),
        tx,
        "UPDATE reminder SET status = 'skickad', due_at = $3
         WHERE round = $1 AND number = $2 AND status = 'planerad' AND due_at <= $4
         RETURNING words",
        round.uuid(),
        i64::from(number),
        at,
        due_by.unwrap_or(i64::MAX),
    )?;
    let Some((words,)) = claimed else {
        return Ok(None);
    };
    let words = text(words)?;
    write_to_unanswered(tx, round, Some(number), &words, at)
        .await
        .map(Some)
}

/// Lays a letter in the queue for everyone in the round who has an address and has not answered: an invitation, or the
/// reminder with this number. Those who have got the same letter before are passed over.
async fn write_to_unanswered(
    tx: &mut Tx,
    round: RoundId,
    reminder: Option<u8>,
    words: &OwnWords,
    at: i64,
) -> Result<u64, StoreError> {
    let (mapping,) = row!(
        (Uuid,),
        tx,
        "SELECT mapping FROM round WHERE id = $1",
        round.uuid(),
    )?
    .ok_or(StoreError::NotFound)?;
    let people = rows!(
        (Uuid, String, String),
        tx,
        "SELECT id, name, email FROM participant
         WHERE round = $1 AND email <> '' AND submitted_at IS NULL AND removed_at IS NULL
         ORDER BY id",
        round.uuid(),
    )?;
    let mut letters = 0;
    for (id, name, address) in people {
        let participant = ParticipantId::new(id);
        let (letter, dedupe) = match reminder {
            None => (
                Letter::Invitation(round, participant),
                format!("inbjudan:{participant}"),
            ),
            Some(number) => (
                Letter::Reminder(round, participant, number),
                format!("påminnelse:{participant}:{number}"),
            ),
        };
        let mail = NewMail {
            id: MailId::new(surrogate()?),
            mapping: Some(MappingId::new(mapping)),
            letter,
            name,
            address,
            words: words.clone(),
            dedupe,
            due_at: at,
        };
        letters += put_mail(tx, &mail, at).await?;
    }
    Ok(letters)
}
