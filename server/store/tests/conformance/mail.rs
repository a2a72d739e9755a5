//! The queue of letters.

use std::collections::BTreeSet;

use domain::{
    ids::{AccountId, MailId, ParticipantId, RoundId},
    letter::{Letter, Mail, MailStatus, NewMail, OwnWords},
    survey::{Round, SurveyMode},
};
use store::{BACK_OFF, MailOutcome, Store, StoreError};

use crate::databases::{fresh, random_id, round, stored_account, stored_mapping, text};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn letter_to(letter: Letter, name: &str, dedupe: &str, due_at: i64) -> NewMail {
    NewMail {
        id: MailId::new(random_id()),
        mapping: None,
        letter,
        name: name.to_owned(),
        address: format!("{}@example.test", name.to_lowercase()),
        words: OwnWords::default(),
        dedupe: dedupe.to_owned(),
        due_at,
    }
}

fn invitation(name: &str, due_at: i64) -> NewMail {
    let (about, to) = (RoundId::new(random_id()), ParticipantId::new(random_id()));
    letter_to(
        Letter::Invitation(about, to),
        name,
        &format!("inbjudan:{to}"),
        due_at,
    )
}

async fn queued(store: &Store, mail: &NewMail) {
    let new = store.enqueue(vec![mail.clone()], 1).await;
    assert_eq!(new.expect("it can be queued"), 1);
}

async fn claimed(store: &Store, at: i64) -> Option<Mail> {
    store.claim_mail(at).await.expect("the queue can be read")
}

async fn seen(store: &Store, id: MailId) -> Mail {
    let mail = store.mail(id).await.expect("readable");
    mail.expect("it is there")
}

#[tokio::test]
async fn a_letter_comes_out_as_it_was_laid_in_whatever_its_kind() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let (one, two) = (random_id(), random_id());
        let letters = [
            Letter::SignIn(AccountId::new(one)),
            Letter::Invitation(RoundId::new(one), ParticipantId::new(two)),
            Letter::Reminder(RoundId::new(one), ParticipantId::new(two), 2),
            Letter::Thanks(RoundId::new(one), ParticipantId::new(two)),
            Letter::Workshop(
                domain::ids::WorkshopId::new(one),
                domain::ids::InviteeId::new(two),
            ),
            Letter::Enquiry(
                domain::ids::EnquiryId::new(one),
                domain::ids::ContactId::new(two),
            ),
        ];
        for letter in letters {
            let new = NewMail {
                mapping: Some(mapping),
                words: text("Välkommen!\n\nHälsar Siv"),
                ..letter_to(letter, "Åsa", letter.kind(), 10)
            };
            queued(&db.store, &new).await;
            let stored = seen(&db.store, new.id).await;
            assert_eq!(stored.new, new);
            assert_eq!((stored.status, stored.attempts), (MailStatus::Queued, 0));
            let claimed = claimed(&db.store, 20).await.expect("it is due");
            assert_eq!(claimed.new, new);
            assert_eq!((claimed.status, claimed.attempts), (MailStatus::Sending, 1));
        }
        let about = db.store.mails_about(one).await.expect("readable");
        assert_eq!(about.len(), letters.len());
    }
}

#[tokio::test]
async fn the_same_letter_is_queued_once() {
    for db in fresh().await {
        let first = invitation("Siv", 10);
        let again = NewMail {
            id: MailId::new(random_id()),
            ..first.clone()
        };
        let other = invitation("Eva", 10);
        queued(&db.store, &first).await;
        let new = db.store.enqueue(vec![again.clone(), other], 2).await;
        assert_eq!(new.expect("the new one is queued"), 1);
        assert_eq!(db.store.mail(again.id).await.expect("readable"), None);
        // It stays the same letter when it has been sent.
        while let Some(mail) = claimed(&db.store, 20).await {
            let settled = (db.store)
                .settle_mail(&mail, MailOutcome::Sent, "250 OK", &BACK_OFF, 30)
                .await;
            settled.expect("it was claimed");
        }
        let new = db.store.enqueue(vec![again], 40).await;
        assert_eq!(new.expect("it is known"), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_claim_at_once_never_get_the_same_letter() {
    for db in fresh().await {
        let letters: Vec<_> = (0..24).map(|n| invitation(&format!("P{n}"), 10)).collect();
        let new = db.store.enqueue(letters.clone(), 1).await;
        assert_eq!(new.expect("they are new"), 24);
        let nodes = [db.store.clone(), db.reopened().await];
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..8_usize {
            let node = nodes[number % 2].clone();
            tasks.spawn(async move {
                let mut got = Vec::new();
                while let Some(mail) = claimed(&node, 20).await {
                    assert_eq!(mail.attempts, 1);
                    got.push(mail.new.id);
                }
                got
            });
        }
        let got: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
        let different: BTreeSet<_> = got.iter().copied().collect();
        assert_eq!((got.len(), different.len()), (24, 24));
    }
}

#[tokio::test]
async fn links_to_sign_in_go_first_and_then_what_has_been_due_longest() {
    for db in fresh().await {
        let (early, late, future) = (
            invitation("A", 10),
            invitation("B", 20),
            invitation("C", 99),
        );
        let sign_in = Letter::SignIn(AccountId::new(random_id()));
        let link = letter_to(sign_in, "Siv", "inloggning:1", 30);
        for mail in [&late, &future, &early, &link] {
            queued(&db.store, mail).await;
        }
        assert_eq!(db.store.next_mail_due().await.expect("readable"), Some(10));
        let mut order = Vec::new();
        while let Some(mail) = claimed(&db.store, 50).await {
            order.push(mail.new.id);
        }
        assert_eq!(order, [link.id, early.id, late.id]);
        assert_eq!(db.store.next_mail_due().await.expect("readable"), Some(99));
    }
}

#[tokio::test]
async fn a_letter_is_tried_again_after_longer_and_longer_waits_and_then_given_up() {
    for db in fresh().await {
        let mail = invitation("Siv", 10);
        queued(&db.store, &mail).await;
        let mut at = 10;
        for wait in BACK_OFF {
            let tried = claimed(&db.store, at).await.expect("it is due");
            (db.store)
                .settle_mail(&tried, MailOutcome::Later, "451 senare", &BACK_OFF, at)
                .await
                .expect("it was claimed");
            let waiting = seen(&db.store, mail.id).await;
            assert_eq!(waiting.status, MailStatus::Queued);
            assert_eq!(
                (waiting.answer.as_str(), waiting.changed_at),
                ("451 senare", at)
            );
            assert_eq!(claimed(&db.store, at + wait - 1).await, None, "too early");
            at += wait;
        }
        let last = claimed(&db.store, at).await.expect("the last try");
        assert_eq!(last.attempts, 7);
        (db.store)
            .settle_mail(&last, MailOutcome::Later, "451 senare", &BACK_OFF, at)
            .await
            .expect("it was claimed");
        assert_eq!(seen(&db.store, mail.id).await.status, MailStatus::Failed);
        assert_eq!(claimed(&db.store, at + 30 * DAY).await, None);
    }
}

#[tokio::test]
async fn each_outcome_has_its_status_and_only_a_person_has_it_sent_again() {
    use MailOutcome::{Bounced, Moot, Sent, Unclear};
    for db in fresh().await {
        for (outcome, status, again) in [
            (Sent, MailStatus::Sent, false),
            (Bounced, MailStatus::Bounced, true),
            (Unclear, MailStatus::Unclear, true),
            (Moot, MailStatus::Stopped, true),
        ] {
            let mail = invitation("Siv", 10);
            queued(&db.store, &mail).await;
            let tried = claimed(&db.store, 20).await.expect("it is due");
            let settle = |outcome| {
                let (store, tried) = (db.store.clone(), tried.clone());
                async move {
                    store
                        .settle_mail(&tried, outcome, "så sa den", &BACK_OFF, 30)
                        .await
                }
            };
            settle(outcome).await.expect("it was claimed");
            let settled = seen(&db.store, mail.id).await;
            assert_eq!((settled.status, settled.attempts), (status, 1));
            assert_eq!(
                (settled.answer.as_str(), settled.changed_at),
                ("så sa den", 30)
            );
            assert_eq!(
                claimed(&db.store, 30 * DAY).await,
                None,
                "{outcome:?} is sent by itself"
            );

            let queued_again = db.store.send_mail_again(mail.id, 40).await;
            assert_eq!(queued_again.is_ok(), again, "{outcome:?}");
            if again {
                let waiting = seen(&db.store, mail.id).await;
                assert_eq!((waiting.status, waiting.attempts), (MailStatus::Queued, 0));
                assert!(waiting.answer.is_empty());
                // What was said of the first try comes too late.
                assert!(matches!(settle(Sent).await, Err(StoreError::NotFound)));
                assert!(
                    db.store.send_mail_again(mail.id, 41).await.is_err(),
                    "twice"
                );
                let tried = claimed(&db.store, 41).await.expect("it is due again");
                assert_eq!((tried.new.id, tried.attempts), (mail.id, 1));
            }
        }
    }
}

#[tokio::test]
async fn what_was_being_sent_at_a_crash_is_unclear_and_stays_so_by_itself() {
    for db in fresh().await {
        let (sending, waiting) = (invitation("Siv", 10), invitation("Eva", 90));
        queued(&db.store, &sending).await;
        queued(&db.store, &waiting).await;
        let tried = claimed(&db.store, 20).await.expect("it is due");
        let restarted = db.reopened().await;
        let left = restarted.mails_left_unclear(50).await;
        assert_eq!(left.expect("readable"), 1);
        let unclear = seen(&restarted, sending.id).await;
        assert_eq!(
            (unclear.status, unclear.changed_at),
            (MailStatus::Unclear, 50)
        );
        assert_eq!(
            seen(&restarted, waiting.id).await.status,
            MailStatus::Queued
        );
        let next = claimed(&restarted, DAY).await.expect("the other is due");
        assert_eq!(next.new.id, waiting.id);
        assert_eq!(
            claimed(&restarted, DAY).await,
            None,
            "it is sent again by itself"
        );
        // The one who sent it lives after all: then it is known.
        (db.store)
            .settle_mail(&tried, MailOutcome::Sent, "250 OK", &BACK_OFF, 60)
            .await
            .expect("it was claimed");
        assert_eq!(seen(&restarted, sending.id).await.status, MailStatus::Sent);
    }
}

#[tokio::test]
async fn a_letter_that_waits_can_be_stopped_and_no_other() {
    for db in fresh().await {
        let mail = invitation("Siv", 10);
        queued(&db.store, &mail).await;
        db.store.stop_mail(mail.id, 15).await.expect("it waits");
        assert_eq!(seen(&db.store, mail.id).await.status, MailStatus::Stopped);
        assert_eq!(claimed(&db.store, 20).await, None);
        let again = db.store.stop_mail(mail.id, 16).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        db.store
            .send_mail_again(mail.id, 17)
            .await
            .expect("a person says so");
        claimed(&db.store, 20).await.expect("it is due");
        let sending = db.store.stop_mail(mail.id, 21).await;
        assert!(
            matches!(sending, Err(StoreError::NotFound)),
            "it is under way"
        );
        let nobody = MailId::new(random_id());
        assert!(matches!(
            db.store.stop_mail(nobody, 1).await,
            Err(StoreError::NotFound)
        ));
    }
}

#[tokio::test]
async fn thanks_in_a_confidential_round_tell_the_day_and_no_more() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        for (number, mode) in [(1, SurveyMode::Named), (2, SurveyMode::Confidential)] {
            let round = Round {
                mode,
                ..round(mapping, number)
            };
            db.store
                .open_round(&round)
                .await
                .expect("its number is new");
            let to = ParticipantId::new(random_id());
            let thanks = letter_to(
                Letter::Thanks(round.id, to),
                "Siv",
                &format!("tack:{to}"),
                5 * DAY,
            );
            queued(&db.store, &thanks).await;
            let coarse = mode == SurveyMode::Confidential;
            let noon = 5 * DAY + DAY / 2;
            let seen_at = |at: i64| if coarse { at - at.rem_euclid(DAY) } else { at };
            let tried = claimed(&db.store, noon).await.expect("it is due");
            assert_eq!(tried.changed_at, seen_at(noon), "{mode:?}");
            (db.store)
                .settle_mail(&tried, MailOutcome::Later, "451", &BACK_OFF, noon + 7)
                .await
                .expect("it was claimed");
            let waiting = seen(&db.store, thanks.id).await;
            assert_eq!(waiting.changed_at, seen_at(noon + 7), "{mode:?}");
            let due_at = if coarse {
                6 * DAY + 7 * 60 * MINUTE
            } else {
                noon + 7 + MINUTE
            };
            assert_eq!(waiting.new.due_at, due_at, "{mode:?}");
            let tried = claimed(&db.store, 7 * DAY).await.expect("it is due");
            (db.store)
                .settle_mail(&tried, MailOutcome::Bounced, "550", &BACK_OFF, 7 * DAY + 9)
                .await
                .expect("it was claimed");
            (db.store.send_mail_again(thanks.id, 7 * DAY + 11).await).expect("a person says so");
            let again = seen(&db.store, thanks.id).await;
            assert_eq!(again.changed_at, seen_at(7 * DAY + 11), "{mode:?}");
            db.store
                .stop_mail(thanks.id, 7 * DAY + 13)
                .await
                .expect("it waits");
            let stopped = seen(&db.store, thanks.id).await;
            assert_eq!(stopped.changed_at, seen_at(7 * DAY + 13), "{mode:?}");

            (db.store.send_mail_again(thanks.id, 8 * DAY).await).expect("a person says so");
            let tried = claimed(&db.store, 8 * DAY).await.expect("it is due");
            (db.store)
                .settle_mail(
                    &tried,
                    MailOutcome::Sent,
                    "250 at 12.04.31",
                    &BACK_OFF,
                    9 * DAY,
                )
                .await
                .expect("it was claimed");
            let answer = if coarse { "" } else { "250 at 12.04.31" };
            assert_eq!(seen(&db.store, thanks.id).await.answer, answer, "{mode:?}");
        }
    }
}

#[tokio::test]
async fn settled_sign_in_letters_are_forgotten_after_a_while_and_no_others() {
    for db in fresh().await {
        let siv = stored_account(&db.store, "Siv Exempel", "siv@example.test").await;
        let link = |dedupe: &str| letter_to(Letter::SignIn(siv), "Siv", dedupe, 10);
        let (sent, waiting, other) = (link("1"), link("2"), invitation("Eva", 10));
        for mail in [&sent, &other] {
            queued(&db.store, mail).await;
            let tried = claimed(&db.store, 20).await.expect("it is due");
            (db.store)
                .settle_mail(&tried, MailOutcome::Sent, "250", &BACK_OFF, 30)
                .await
                .expect("it was claimed");
        }
        queued(&db.store, &waiting).await;
        assert_eq!(
            db.store.forget_sign_in_mails(30).await.expect("possible"),
            []
        );
        assert_eq!(
            db.store.forget_sign_in_mails(31).await.expect("possible"),
            [sent.id]
        );
        assert_eq!(db.store.mail(sent.id).await.expect("readable"), None);
        seen(&db.store, waiting.id).await;
        seen(&db.store, other.id).await;
    }
}
