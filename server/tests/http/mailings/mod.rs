//! Invitations and reminders of a round, from the form to the letter.

mod invitations;
mod letters;
mod reminders;

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use domain::{
    ids::RoundId,
    letter::{Mail, MailStatus},
};

use crate::{
    client::Response,
    world::{World, random_id},
};

/// How long the worker may take to send what lies in the queue.
const PATIENCE: Duration = Duration::from_secs(30);

fn id() -> String {
    random_id().to_string()
}

fn address(world: &World, path: &str) -> String {
    let series = &world.ours;
    format!(
        "/k/{}/omgangar/{}/utskick{path}",
        series.mapping, series.open
    )
}

/// Where a form leads, such as `inbjudna`.
fn said(answer: &Response) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location").unwrap_or_default();
    to.split("klart=").nth(1).unwrap_or(to).to_owned()
}

/// The letters of a round when all of them have been sent, or stopped.
async fn settled(world: &World, round: RoundId) -> Vec<Mail> {
    let begun = Instant::now();
    loop {
        let mails = world
            .store
            .mails_about(round.uuid())
            .await
            .expect("readable");
        let waiting = |mail: &Mail| matches!(mail.status, MailStatus::Queued | MailStatus::Sending);
        if !mails.iter().any(waiting) {
            return mails;
        }
        assert!(begun.elapsed() < PATIENCE, "{mails:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// The file of a letter, its soft line breaks taken out.
fn letter(world: &World, mail: &Mail) -> String {
    let path = world.place.outbox().join(format!("{}.eml", mail.new.id));
    let file = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8_lossy(&file).replace("=\r\n", "")
}

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
