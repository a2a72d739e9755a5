//! Sends what lies in the queue, one letter at a time.

use std::time::Duration;

use domain::letter::Mail;
use mail::{Outcome, Recipient};
use store::{MailOutcome, StoreError};

use super::{Composed, compose, forget};
use crate::state::{App, now};

/// How often the queue is looked at although nobody has said that there is something in it.
const TICK: Duration = Duration::from_secs(20);
const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long settled letters with links to sign in are kept.
const SIGN_IN_KEPT: i64 = 7 * DAY;

/// Works until the server stops. A letter under way is finished first, if it does not take too long.
pub(crate) async fn work(app: App) {
    match app.store.mails_left_unclear(now()).await {
        Ok(0) => {}
        Ok(count) => {
            tracing::warn!(
                count,
                "letters were being sent when the server ended last time; nobody knows whether they arrived"
            );
        }
        Err(error) => tracing::error!(%error, "the queue of letters could not be looked through"),
    }
    let mut forgotten_at = 0;
    while !app.is_stopping() {
        if now() - forgotten_at > DAY {
            forgotten_at = now();
            let before = forgotten_at - SIGN_IN_KEPT;
            match app.store.forget_sign_in_mails(before).await {
                Ok(gone) => forget(&app, &gone).await,
                Err(error) => tracing::error!(%error, "old sign-in letters could not be deleted"),
            }
        }
        let pause = match drain(&app).await {
            Ok(Drained::Empty) => until_next(&app).await.unwrap_or(TICK),
            // No use in trying every letter when there is no way to the mail server.
            Ok(Drained::NoWay) => shortest_wait(&app),
            Err(error) => {
                tracing::error!(%error, "the queue of letters could not be worked off");
                TICK
            }
        };
        tokio::select! {
            () = app.mail_woken() => {}
            () = tokio::time::sleep(pause.min(TICK)) => {}
            () = app.stopping() => {}
        }
    }
}

/// Why the queue was left.
enum Drained {
    /// Nothing in it is due.
    Empty,
    /// There is no way to the mail server.
    NoWay,
}

async fn drain(app: &App) -> Result<Drained, StoreError> {
    // Other letters do not wait for what is wrong with these.
    if let Err(error) = app.store.send_due_reminders(now()).await {
        tracing::error!(%error, "reminders could not be queued");
    }
    while !app.is_stopping() {
        let Some(claimed) = app.store.claim_mail(now()).await? else {
            return Ok(Drained::Empty);
        };
        let outcome = send(app, &claimed).await;
        let no_way = matches!(outcome, Sent::Tried(Outcome::NoWay(_)));
        settle(app, &claimed, outcome).await?;
        if no_way {
            return Ok(Drained::NoWay);
        }
    }
    Ok(Drained::Empty)
}

/// What became of a claimed letter.
enum Sent {
    /// It was handed to the mail server or the outbox.
    Tried(Outcome),
    /// It could not be written.
    NotComposed(String),
    /// There was no reason for it any more.
    Moot(String),
}

async fn send(app: &App, claimed: &Mail) -> Sent {
    // In a task of its own: a letter with a defect must not stop all others.
    let composed = {
        let (app, claimed) = (app.clone(), claimed.clone());
        tokio::spawn(async move { compose(&app, &claimed).await }).await
    };
    let message = match composed {
        Ok(Ok(Composed::Message(message))) => message,
        Ok(Ok(Composed::Moot(why))) => return Sent::Moot(why),
        Ok(Err(error)) => return Sent::NotComposed(error.to_string()),
        Err(error) => return Sent::NotComposed(error.to_string()),
    };
    let to = Recipient {
        name: &claimed.new.name,
        address: &claimed.new.address,
    };
    Sent::Tried((app.mailer).send(claimed.new.id.uuid(), to, &message).await)
}

async fn settle(app: &App, claimed: &Mail, sent: Sent) -> Result<(), StoreError> {
    let (outcome, answer) = match sent {
        Sent::Tried(Outcome::Accepted(said)) => (MailOutcome::Sent, said),
        Sent::Tried(Outcome::Later(said) | Outcome::NoWay(said)) | Sent::NotComposed(said) => {
            (MailOutcome::Later, said)
        }
        Sent::Tried(Outcome::Refused(said)) => (MailOutcome::Bounced, said),
        Sent::Tried(Outcome::Unclear(said)) => (MailOutcome::Unclear, said),
        Sent::Moot(why) => (MailOutcome::Moot, why),
    };
    if !matches!(outcome, MailOutcome::Sent | MailOutcome::Moot) {
        let kind = claimed.new.letter.kind();
        tracing::warn!(kind, ?outcome, answer, "a letter was not sent");
    }
    let settled = (app.store)
        .settle_mail(claimed, outcome, &answer, &app.back_off, now())
        .await;
    match settled {
        Ok(()) => Ok(()),
        // Somebody has had it sent again in the meantime, or it is deleted: no file of this time is to stay.
        Err(StoreError::NotFound) => {
            forget(app, &[claimed.new.id]).await;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// How long until the next letter is due; none when there is none.
async fn until_next(app: &App) -> Option<Duration> {
    let next = (app.store.next_mail_due().await)
        .inspect_err(|error| tracing::error!(%error, "the queue of letters could not be read"))
        .ok()??;
    Some(millis(next - now()))
}

fn shortest_wait(app: &App) -> Duration {
    (app.back_off.first()).map_or(TICK, |wait| millis(*wait))
}

fn millis(count: i64) -> Duration {
    Duration::from_millis(u64::try_from(count).unwrap_or(0))
}
