use std::collections::BTreeSet;

use domain::{
    ids::{ParticipantId, RoundId},
    letter::{Letter, MailStatus, Reminder, ReminderStatus},
    survey::Participant,
};
use store::{Store, StoreError};

use crate::databases::{
    capability, fresh, level, mapping, participant, random_id, rating, round, stored_participant,
    stored_round, text, token,
};

/// A reminder that is planned for this time.
fn planned(number: u8, due_at: i64) -> Reminder {
    Reminder {
        number,
        due_at,
        status: ReminderStatus::Planned,
        words: text(&format!("Ord {number}")),
    }
}

/// Submits an answer about one capability.
async fn answer(store: &Store, participant: &Participant) {
    let ratings = [(
        (capability(1), domain::survey::Scope::All),
        rating(level(2), level(4)),
    )];
    (store.save_draft(participant.id, &ratings, 30).await).expect("the round is open");
    (store.submit(participant.id, 30).await).expect("the round is open");
}

/// Who has got which letter of a round, as kind, number and recipient.
async fn letters(store: &Store, round: RoundId) -> BTreeSet<(&'static str, u8, ParticipantId)> {
    let mails = store.mails_about(round.uuid()).await.expect("readable");
    let found: BTreeSet<_> = (mails.iter())
        .filter(|mail| !matches!(mail.new.letter, Letter::Thanks(..)))
        .map(|mail| {
            let letter = mail.new.letter;
            let recipient = ParticipantId::new(letter.recipient());
            (letter.kind(), letter.number(), recipient)
        })
        .collect();
    let thanks = (mails.iter()).filter(|mail| matches!(mail.new.letter, Letter::Thanks(..)));
    assert_eq!(
        found.len() + thanks.count(),
        mails.len(),
        "no letter is there twice"
    );
    found
}

async fn status(store: &Store, round: RoundId, number: u8) -> ReminderStatus {
    let reminders = store.reminders(round).await.expect("readable");
    let found = reminders.iter().find(|reminder| reminder.number == number);
    found.expect("it is planned").status
}

#[tokio::test]
async fn an_invitation_goes_once_to_those_with_an_address_who_have_not_answered() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        let eva = stored_participant(&db.store, &round, 2, &["Orust"]).await;
        let gone = stored_participant(&db.store, &round, 3, &["Orust"]).await;
        let mut paper = participant(round.id, "Papper Exempel", &["Orust"]);
        paper.email = text("");
        (db.store
            .add_participants(round.id, &[(paper, token(4))], 20)
            .await)
            .expect("the round is open");
        answer(&db.store, &eva).await;
        db.store
            .remove_participant(gone.id, 30)
            .await
            .expect("she is asked");

        let plan = [planned(1, 500), planned(2, 900)];
        let words = text("Svara senast på fredag.");
        let invited = db.store.invite(round.id, &words, &plan, 40).await;
        assert_eq!(invited.expect("the round is open"), 1);
        assert_eq!(
            letters(&db.store, round.id).await,
            [("inbjudan", 0, nils.id)].into()
        );
        assert_eq!(db.store.reminders(round.id).await.expect("readable"), plan);
        let mails = db
            .store
            .mails_about(round.id.uuid())
            .await
            .expect("readable");
        let mail = (mails.iter()).find(|mail| mail.new.letter.kind() == "inbjudan");
        let mail = mail.expect("it was laid in the queue");
        assert_eq!((&mail.new.words, mail.status), (&words, MailStatus::Queued));
        assert_eq!((mail.new.name.as_str(), mail.new.due_at), ("Person 1", 40));
        assert_eq!(mail.new.mapping, Some(round.mapping));

        // Again, with one more who is asked: only the new one, and the plan stands as it is.
        let late = stored_participant(&db.store, &round, 5, &["Orust"]).await;
        let again = db
            .store
            .invite(round.id, &words, &[planned(1, 7)], 50)
            .await;
        assert_eq!(again.expect("the round is open"), 1);
        let expected = [("inbjudan", 0, nils.id), ("inbjudan", 0, late.id)].into();
        assert_eq!(letters(&db.store, round.id).await, expected);
        assert_eq!(db.store.reminders(round.id).await.expect("readable"), plan);
        let none = db.store.invite(round.id, &words, &[], 60).await;
        assert_eq!(none.expect("the round is open"), 0);

        db.store.close_round(round.id, 70).await.expect("it exists");
        let closed = db.store.invite(round.id, &words, &[], 80).await;
        assert!(
            matches!(closed, Err(StoreError::Conflict("round_closed"))),
            "{closed:?}"
        );
        let unknown = RoundId::new(random_id());
        let unknown = db.store.invite(unknown, &words, &[], 80).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
    }
}

#[tokio::test]
async fn nobody_writes_to_the_invented_people_of_an_example() {
    for db in fresh().await {
        let mut example = mapping("Exempel");
        example.example = true;
        (db.store.create_mapping(&example, None, 1).await).expect("its id is new");
        let round = round(example.id, 1);
        db.store
            .open_round(&round)
            .await
            .expect("its number is new");
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        stored_participant(&db.store, &round, 2, &["Orust"]).await;
        answer(&db.store, &nils).await;
        let invited = (db.store)
            .invite(round.id, &text(""), &[planned(1, 500)], 40)
            .await;
        assert_eq!(invited.expect("the round is open"), 0);
        (db.store.plan_reminder(round.id, &planned(1, 500)).await).expect("the round is open");
        assert_eq!(db.store.send_due_reminders(500).await.expect("writable"), 0);
        let mails = db.store.mails_about(round.id.uuid()).await;
        assert_eq!(mails.expect("readable"), []);
    }
}

#[tokio::test]
async fn without_anybody_to_invite_nothing_is_planned() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let invited = db
            .store
            .invite(round.id, &text(""), &[planned(1, 500)], 40)
            .await;
        assert_eq!(invited.expect("the round is open"), 0);
        assert_eq!(db.store.reminders(round.id).await.expect("readable"), []);
    }
}

#[tokio::test]
async fn a_due_reminder_goes_exactly_once_however_many_look_at_the_same_time() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        let eva = stored_participant(&db.store, &round, 2, &["Orust"]).await;
        let answered = stored_participant(&db.store, &round, 3, &["Orust"]).await;
        (db.store.plan_reminder(round.id, &planned(1, 500)).await).expect("the round is open");
        assert_eq!(db.store.send_due_reminders(499).await.expect("writable"), 0);
        assert_eq!(letters(&db.store, round.id).await, [].into());
        answer(&db.store, &answered).await;

        let mut looking = tokio::task::JoinSet::new();
        for node in 0..8 {
            let store = if node % 2 == 0 {
                db.store.clone()
            } else {
                db.reopened().await
            };
            looking.spawn(async move { store.send_due_reminders(500).await });
        }
        let mut sent = 0;
        while let Some(found) = looking.join_next().await {
            sent += found.expect("no panic").expect("writable");
        }
        assert_eq!(sent, 2);
        let expected = [("påminnelse", 1, nils.id), ("påminnelse", 1, eva.id)].into();
        assert_eq!(letters(&db.store, round.id).await, expected);
        assert_eq!(status(&db.store, round.id, 1).await, ReminderStatus::Sent);
        assert_eq!(
            db.store.send_due_reminders(9999).await.expect("writable"),
            0
        );
        let now = db.store.send_reminder(round.id, 1, 9999).await;
        assert_eq!(now.expect("it has gone, which is what was asked"), 0);
    }
}

#[tokio::test]
async fn a_stopped_reminder_never_goes_until_it_is_planned_again() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        (db.store.plan_reminder(round.id, &planned(2, 500)).await).expect("the round is open");
        for _ in 0..2 {
            (db.store.stop_reminder(round.id, 2).await).expect("it has not gone");
        }
        assert_eq!(
            db.store.send_due_reminders(9999).await.expect("writable"),
            0
        );
        let now = db.store.send_reminder(round.id, 2, 9999).await;
        assert!(
            matches!(now, Err(StoreError::Conflict("reminder_stopped"))),
            "{now:?}"
        );
        assert_eq!(letters(&db.store, round.id).await, [].into());

        (db.store.plan_reminder(round.id, &planned(2, 800)).await).expect("the round is open");
        assert_eq!(db.store.send_due_reminders(799).await.expect("writable"), 0);
        assert_eq!(db.store.send_due_reminders(800).await.expect("writable"), 1);
        assert_eq!(
            letters(&db.store, round.id).await,
            [("påminnelse", 2, nils.id)].into()
        );

        // What has gone can be neither stopped nor planned.
        let stopped = db.store.stop_reminder(round.id, 2).await;
        assert!(
            matches!(stopped, Err(StoreError::Conflict("reminder_sent"))),
            "{stopped:?}"
        );
        let again = db.store.plan_reminder(round.id, &planned(2, 5000)).await;
        assert!(
            matches!(again, Err(StoreError::Conflict("reminder_sent"))),
            "{again:?}"
        );
        for number in [1, 9] {
            let unknown = db.store.stop_reminder(round.id, number).await;
            assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
        }
    }
}

#[tokio::test]
async fn a_reminder_can_go_before_its_day_and_passes_over_those_who_have_answered_since() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        let eva = stored_participant(&db.store, &round, 2, &["Orust"]).await;
        for reminder in [planned(1, 500_000), planned(2, 900_000)] {
            (db.store.plan_reminder(round.id, &reminder).await).expect("the round is open");
        }
        let first = db.store.send_reminder(round.id, 1, 40).await;
        assert_eq!(first.expect("it is planned"), 2);
        let reminders = db.store.reminders(round.id).await.expect("readable");
        assert_eq!(
            (reminders[0].status, reminders[0].due_at),
            (ReminderStatus::Sent, 40)
        );
        assert!(!db.store.has_submitted(nils.id).await.expect("readable"));
        answer(&db.store, &nils).await;
        assert!(db.store.has_submitted(nils.id).await.expect("readable"));
        assert_eq!(
            db.store
                .send_due_reminders(900_000)
                .await
                .expect("writable"),
            1
        );
        let expected = [
            ("påminnelse", 1, nils.id),
            ("påminnelse", 1, eva.id),
            ("påminnelse", 2, eva.id),
        ];
        assert_eq!(letters(&db.store, round.id).await, expected.into());
    }
}

#[tokio::test]
async fn nobody_is_reminded_twice_at_once_when_several_have_become_due_while_the_server_was_away() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        for reminder in [planned(1, 500), planned(2, 900), planned(3, 5000)] {
            (db.store.plan_reminder(round.id, &reminder).await).expect("the round is open");
        }
        assert_eq!(
            db.store.send_due_reminders(1000).await.expect("writable"),
            1
        );
        assert_eq!(
            letters(&db.store, round.id).await,
            [("påminnelse", 2, nils.id)].into()
        );
        for (number, expected) in [
            (1, ReminderStatus::Stopped),
            (2, ReminderStatus::Sent),
            (3, ReminderStatus::Planned),
        ] {
            assert_eq!(
                status(&db.store, round.id, number).await,
                expected,
                "{number}"
            );
        }
    }
}

#[tokio::test]
async fn reminders_of_a_closed_round_never_go() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        (db.store.plan_reminder(round.id, &planned(1, 500)).await).expect("the round is open");
        db.store
            .close_round(round.id, 400)
            .await
            .expect("it exists");
        assert_eq!(db.store.send_due_reminders(500).await.expect("writable"), 0);
        for refused in [
            db.store.send_reminder(round.id, 1, 600).await.map(|_| ()),
            db.store.plan_reminder(round.id, &planned(2, 700)).await,
        ] {
            assert!(
                matches!(refused, Err(StoreError::Conflict("round_closed"))),
                "{refused:?}"
            );
        }
        assert_eq!(letters(&db.store, round.id).await, [].into());
    }
}

#[tokio::test]
async fn a_participant_is_found_until_they_are_taken_out() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Mellerud"]).await;
        let found = db.store.participant(nils.id).await.expect("readable");
        assert_eq!(found, Some(nils.clone()));
        db.store
            .remove_participant(nils.id, 30)
            .await
            .expect("he is asked");
        assert_eq!(db.store.participant(nils.id).await.expect("readable"), None);
        let unknown = ParticipantId::new(random_id());
        assert_eq!(db.store.participant(unknown).await.expect("readable"), None);
        assert!(!db.store.has_submitted(unknown).await.expect("readable"));
    }
}
