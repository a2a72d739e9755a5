//! The queue of letters: laid down once, claimed by one sender at a time, and never sent twice by itself.
//!
//! A letter is claimed, and that is committed, before it is sent. One whose sender is killed in between stays claimed;
//! at the next start it becomes [`MailStatus::Unclear`], and only a person has it sent again.

mod row;

use domain::{
    ids::{MailId, MappingId},
    letter::{Mail, MailStatus, NewMail},
    text::swedish_order,
};
use row::{MailRow, columns};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Tx, row, rows, run},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// When letters that tell nothing of their hour are tried again: in the morning, Swedish time.
const MORNING: i64 = 7 * 60 * 60 * 1000;

/// How long a letter waits after each try that did not succeed, in milliseconds: 1, 5, 15 and 60 minutes, 3 and 6
/// hours. After the last it is given up.
pub const BACK_OFF: [i64; 6] = [60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000];

/// What came of sending a claimed letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailOutcome {
    /// The mail server took it in, or it lies in the outbox.
    Sent,
    /// Not taken in; may be tried again.
    Later,
    /// Refused for good.
    Bounced,
    /// Nobody knows whether it was taken in.
    Unclear,
    /// There was no reason to send it any more.
    Moot,
}

/// Thanks in a confidential round tell the day only, so that they do not tell in which order people answered.
macro_rules! coarse {
    () => {
        "(kind = 'tack' AND about IN (SELECT id FROM round WHERE mode = 'konfidentiell'))"
    };
}

impl Store {
    /// Lays letters in the queue; those whose `dedupe` is there already are passed over. Gives the number of new ones.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn enqueue(&self, mails: Vec<NewMail>, at: i64) -> Result<u64, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let mut new = 0;
                    for mail in mails {
                        new += put_mail(tx, &mail, at).await?;
                    }
                    Ok(new)
                })
            })
            .await
    }

    /// Takes one letter that is due out of the queue for sending: links to sign in with first, then the one that has
    /// been due the longest. Of many who ask at once each gets another letter. None when nothing is due.
    pub async fn claim_mail(&self, at: i64) -> Result<Option<Mail>, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    // Another node may take the one that was found; then there may still be others.
                    while due(tx, at).await? {
                        let claimed = row!(
                            MailRow,
                            tx,
                            concat!(
                                "UPDATE mail SET status = 'skickas', attempts = attempts + 1,
                                     changed_at = CASE WHEN ", coarse!(), " THEN $2 ELSE $1 END
                                 WHERE status = 'köat' AND id = (
                                     SELECT id FROM mail WHERE status = 'köat' AND due_at <= $1
                                     ORDER BY CASE WHEN kind = 'inloggning' THEN 0 ELSE 1 END, due_at, id LIMIT 1)
                                 RETURNING ",
                                columns!()
                            ),
                            at,
                            day(at),
                        )?;
                        if let Some(claimed) = claimed {
                            return claimed.read().map(Some);
                        }
                    }
                    Ok(None)
                })
            })
            .await
    }

    /// When the next letter in the queue is due, in milliseconds since 1970 UTC; none when the queue is empty.
    pub async fn next_mail_due(&self) -> Result<Option<i64>, StoreError> {
        let next = row!(
            (Option<i64>,),
            self.db,
            "SELECT min(due_at) FROM mail WHERE status = 'köat'",
        )?;
        Ok(next.and_then(|(due_at,)| due_at))
    }

    /// Notes what came of sending a claimed letter, with what the mail server said. One to be tried again waits as long
    /// as `back_off` says for its number of tries (milliseconds, see [`BACK_OFF`]), and is given up after the last.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the letter was not claimed, or has been queued again since.
    pub async fn settle_mail(
        &self,
        claimed: &Mail,
        outcome: MailOutcome,
        answer: &str,
        back_off: &[i64],
        at: i64,
    ) -> Result<(), StoreError> {
        let tried = usize::try_from(claimed.attempts).unwrap_or(usize::MAX);
        let wait = tried.checked_sub(1).and_then(|tried| back_off.get(tried));
        let status = match (outcome, wait) {
            (MailOutcome::Sent, _) => MailStatus::Sent,
            (MailOutcome::Later, Some(_)) => MailStatus::Queued,
            (MailOutcome::Later, None) => MailStatus::Failed,
            (MailOutcome::Bounced, _) => MailStatus::Bounced,
            (MailOutcome::Unclear, _) => MailStatus::Unclear,
            (MailOutcome::Moot, _) => MailStatus::Stopped,
        };
        let due_at = match (status, wait) {
            (MailStatus::Queued, Some(wait)) => at + wait,
            _ => claimed.new.due_at,
        };
        let coarse_due = match status {
            MailStatus::Queued => day(due_at).max(day(at) + DAY) + MORNING,
            _ => due_at,
        };
        let (id, attempts, answer) = (
            claimed.new.id,
            i64::from(claimed.attempts),
            answer.to_owned(),
        );
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    // What was unclear, for another node thought that its sender was gone, is clear now.
                    let settled = run!(
                        tx,
                        concat!(
                            // A mail server's thanks often hold the time.
                            "UPDATE mail SET status = $3,
                                 answer = CASE WHEN $3 = 'skickat' AND ",
                            coarse!(),
                            " THEN '' ELSE $4 END,
                                 due_at = CASE WHEN ",
                            coarse!(),
                            " THEN $6 ELSE $5 END,
                                 changed_at = CASE WHEN ",
                            coarse!(),
                            " THEN $8 ELSE $7 END
                             WHERE id = $1 AND attempts = $2 AND status IN ('skickas', 'oklart')"
                        ),
                        id.uuid(),
                        attempts,
                        status.code(),
                        answer.as_str(),
                        due_at,
                        coarse_due,
                        at,
                        day(at),
                    )?;
                    found(settled)
                })
            })
            .await
    }

    /// At the start: what was being sent when the program ended may have been sent or not. Gives the number of such
    /// letters.
    pub async fn mails_left_unclear(&self, at: i64) -> Result<u64, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    Ok(run!(
                        tx,
                        concat!(
                            "UPDATE mail SET status = 'oklart',
                                 changed_at = CASE WHEN ",
                            coarse!(),
                            " THEN $2 ELSE $1 END
                             WHERE status = 'skickas'"
                        ),
                        at,
                        day(at),
                    )?)
                })
            })
            .await
    }

    /// One letter.
    pub async fn mail(&self, id: MailId) -> Result<Option<Mail>, StoreError> {
        row!(
            MailRow,
            self.db,
            concat!("SELECT ", columns!(), " FROM mail WHERE id = $1"),
            id.uuid(),
        )?
        .map(MailRow::read)
        .transpose()
    }

    /// Every letter about one round, workshop, enquiry or account: by kind and number, then in Swedish order of names.
    pub async fn mails_about(&self, about: Uuid) -> Result<Vec<Mail>, StoreError> {
        let mut mails = rows!(
            MailRow,
            self.db,
            concat!("SELECT ", columns!(), " FROM mail WHERE about = $1"),
            about,
        )?
        .into_iter()
        .map(MailRow::read)
        .collect::<Result<Vec<_>, _>>()?;
        mails.sort_by(|a, b| {
            let kind = |mail: &Mail| (mail.new.letter.kind(), mail.new.letter.number());
            (kind(a).cmp(&kind(b)))
                .then_with(|| swedish_order(&a.new.name, &b.new.name))
                .then_with(|| a.new.id.cmp(&b.new.id))
        });
        Ok(mails)
    }

    /// Takes a letter that waits out of the queue, for a person has said so.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there or does not wait any more.
    pub async fn stop_mail(&self, id: MailId, at: i64) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let stopped = run!(
                        tx,
                        concat!(
                            "UPDATE mail SET status = 'stoppat',
                                 changed_at = CASE WHEN ",
                            coarse!(),
                            " THEN $3 ELSE $2 END
                             WHERE id = $1 AND status = 'köat'"
                        ),
                        id.uuid(),
                        at,
                        day(at),
                    )?;
                    found(stopped)
                })
            })
            .await
    }

    /// Lays a letter that did not arrive, or perhaps did not, or was stopped, in the queue again with all its tries, for
    /// a person has said so. It goes to the name and address that the recipient has now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there, waits already or has been sent.
    pub async fn send_mail_again(&self, id: MailId, at: i64) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let queued = run!(
                        tx,
                        concat!(
                            "UPDATE mail SET status = 'köat', attempts = 0, answer = '',
                                 name = coalesce(
                                     (SELECT p.name FROM participant p WHERE p.id = recipient),
                                     (SELECT i.name FROM invitee i WHERE i.id = recipient),
                                     (SELECT c.name FROM enquiry_contact c WHERE c.id = recipient), name),
                                 address = coalesce(
                                     (SELECT nullif(p.email, '') FROM participant p WHERE p.id = recipient),
                                     (SELECT nullif(i.email, '') FROM invitee i WHERE i.id = recipient),
                                     (SELECT nullif(c.email, '') FROM enquiry_contact c WHERE c.id = recipient), address),
                                 due_at = CASE WHEN ", coarse!(), " THEN $3 ELSE $2 END,
                                 changed_at = CASE WHEN ", coarse!(), " THEN $3 ELSE $2 END
                             WHERE id = $1 AND status IN ('studsat', 'misslyckat', 'oklart', 'stoppat')"
                        ),
                        id.uuid(),
                        at,
                        day(at),
                    )?;
                    found(queued)
                })
            })
            .await
    }

    /// Deletes letters with links to sign in that have been settled since before `before`; gives which, since they may
    /// lie as files too.
    pub async fn forget_sign_in_mails(&self, before: i64) -> Result<Vec<MailId>, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let gone = rows!(
                        (Uuid,),
                        tx,
                        "DELETE FROM mail WHERE kind = 'inloggning' AND changed_at < $1
                         AND status NOT IN ('köat', 'skickas') RETURNING id",
                        before,
                    )?;
                    Ok(gone.into_iter().map(|(id,)| MailId::new(id)).collect())
                })
            })
            .await
    }
}

/// The beginning of a moment's day, UTC.
const fn day(at: i64) -> i64 {
    at - at.rem_euclid(DAY)
}

async fn due(tx: &mut Tx, at: i64) -> Result<bool, StoreError> {
    let found = row!(
        (Uuid,),
        tx,
        "SELECT id FROM mail WHERE status = 'köat' AND due_at <= $1 LIMIT 1",
        at,
    )?;
    Ok(found.is_some())
}

fn found(changed: u64) -> Result<(), StoreError> {
    if changed == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

/// Lays a letter in the queue within a transaction; gives 1 when it was not there. The people of an example mapping are
/// invented: nobody writes to them.
pub(crate) async fn put_mail(tx: &mut Tx, mail: &NewMail, at: i64) -> Result<u64, StoreError> {
    Ok(run!(
        tx,
        "INSERT INTO mail (id, mapping, kind, about, recipient, number, name, address, words, dedupe, status, due_at, changed_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'köat', $11, $12
         WHERE NOT EXISTS (SELECT 1 FROM mapping WHERE id = $2 AND example)
         ON CONFLICT (dedupe) DO NOTHING",
        mail.id.uuid(),
        mail.mapping.map(MappingId::uuid),
        mail.letter.kind(),
        mail.letter.about(),
        mail.letter.recipient(),
        i64::from(mail.letter.number()),
        mail.name.as_str(),
        mail.address.as_str(),
        mail.words.as_str(),
        mail.dedupe.as_str(),
        mail.due_at,
        at,
    )?)
}
