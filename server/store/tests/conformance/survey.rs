use domain::{
    ids::{ParticipantId, RoundId},
    level::Answer,
    survey::{Progress, Rating, RoundStatus, Scope},
};
use store::{ParticipantLink, SaveOutcome, StoreError, SubmitOutcome};

use crate::databases::{
    capability, fresh, level, only, participant, random_id, rating, round, stored_mapping,
    stored_participant, stored_round, text, token,
};

#[tokio::test]
async fn rounds_are_numbered_within_their_mapping_and_closed_once() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let (mut first, second) = (round(mapping, 1), round(mapping, 2));
        for round in [&second, &first] {
            db.store
                .open_round(round)
                .await
                .expect("the number is free");
        }
        let taken = db.store.open_round(&round(mapping, 2)).await;
        assert!(
            matches!(taken, Err(StoreError::Conflict("round_number"))),
            "{taken:?}"
        );
        let elsewhere = round(stored_mapping(&db.store).await, 2);
        db.store
            .open_round(&elsewhere)
            .await
            .expect("another mapping counts for itself");
        for at in [50, 60] {
            db.store.close_round(first.id, at).await.expect("it exists");
        }
        first.status = RoundStatus::Closed;
        first.closed_at = Some(50);
        let rounds = db.store.rounds(mapping).await.expect("readable");
        assert_eq!(rounds, [first.clone(), second]);
        assert_eq!(
            db.store.round(first.id).await.expect("readable"),
            Some(first)
        );
        let foreign = db.store.close_round(RoundId::new(random_id()), 70).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
    }
}

#[tokio::test]
async fn people_are_added_all_or_none() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let people = [
            (
                participant(round.id, "Östen Exempel", &["Åmål", "Mellerud"]),
                token(1),
            ),
            (participant(round.id, "Arvid Exempel", &["Orust"]), token(2)),
        ];
        let (mut clash, _) = people[0].clone();
        clash.id = ParticipantId::new(random_id());
        let with_clash = [people[0].clone(), people[1].clone(), (clash, token(2))];
        let refused = db.store.add_participants(round.id, &with_clash, 20).await;
        let conflict = StoreError::Conflict("participant_token").to_string();
        assert_eq!(refused.expect_err("a token is taken").to_string(), conflict);
        assert_eq!(db.store.participants(round.id).await.expect("readable"), []);
        (db.store.add_participants(round.id, &people, 20).await).expect("the round is open");
        let found = db.store.participants(round.id).await.expect("readable");
        assert_eq!(found, [people[1].0.clone(), people[0].0.clone()]);
        db.store.close_round(round.id, 30).await.expect("it exists");
        let late = [(participant(round.id, "Sen Exempel", &["Orust"]), token(3))];
        let refused = db.store.add_participants(round.id, &late, 40).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("round_closed"))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_personal_link_leads_to_its_round_until_it_is_closed_replaced_or_removed() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Mellerud"]).await;
        let eva = stored_participant(&db.store, &round, 2, &["Orust"]).await;
        let by = |number| db.store.participant_by_token(token(number));
        match by(1).await.expect("readable") {
            ParticipantLink::Open {
                participant,
                round: found,
                mapping,
            } => {
                assert_eq!((participant, found), (nils.clone(), round.clone()));
                assert_eq!((mapping.id, mapping.members.len()), (round.mapping, 14));
            }
            other => panic!("{other:?}"),
        }
        (db.store.update_participant_token(nils.id, token(3)).await).expect("he is asked");
        assert_eq!(by(1).await.expect("readable"), ParticipantLink::Unknown);
        (db.store.remove_participant(eva.id, 25).await).expect("she is asked");
        assert_eq!(by(2).await.expect("readable"), ParticipantLink::Removed);
        let refused = db.store.update_participant_token(eva.id, token(4)).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        db.store.close_round(round.id, 30).await.expect("it exists");
        match by(3).await.expect("readable") {
            ParticipantLink::Closed {
                participant, round, ..
            } => {
                assert_eq!((participant, round.closed_at), (nils, Some(30)));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_draft_is_kept_changed_and_emptied_answer_by_answer() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Mellerud"])
            .await
            .id;
        let (sheet, progress) = db.store.sheet(nils).await.expect("he is asked");
        assert_eq!((sheet.ratings.len(), progress), (0, Progress::NotStarted));
        let full = Rating {
            comment: text("Två rader,\nen med ”citat”; 100 %"),
            weakness: text("Få som kan"),
            ..rating(level(2), Answer::DontKnow)
        };
        let first = [
            ((capability(1), Scope::All), full.clone()),
            (
                (capability(1), only("Åmål")),
                rating(Answer::NotApplicable, Answer::Declined),
            ),
            ((capability(2), Scope::All), rating(level(1), level(5))),
        ];
        let saved = db.store.save_draft(nils, &first, 30).await;
        assert_eq!(saved.expect("he is asked"), SaveOutcome::Saved);
        let (sheet, progress) = db.store.sheet(nils).await.expect("he is asked");
        assert_eq!(sheet.ratings, first.clone().into(), "{}", db.url);
        assert_eq!(progress, Progress::Draft);
        let half = Rating {
            target: None,
            ..rating(level(4), level(4))
        };
        let second = [
            ((capability(1), only("Åmål")), Rating::default()),
            ((capability(2), Scope::All), half.clone()),
            ((capability(3), Scope::All), Rating::default()),
        ];
        let saved = db.store.save_draft(nils, &second, 31).await;
        assert_eq!(saved.expect("he is asked"), SaveOutcome::Saved);
        let expected = [
            ((capability(1), Scope::All), full),
            ((capability(2), Scope::All), half),
        ];
        let (sheet, _) = db.reopened().await.sheet(nils).await.expect("he is asked");
        assert_eq!(sheet.ratings, expected.into());
    }
}

#[tokio::test]
async fn a_submitted_sheet_may_be_changed_and_stays_submitted_until_the_round_closes() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let save = |number, at| {
            let ratings = [((capability(1), Scope::All), rating(level(number), level(5)))];
            let store = db.store.clone();
            async move {
                store
                    .save_draft(nils, &ratings, at)
                    .await
                    .expect("he is asked")
            }
        };
        assert_eq!(save(1, 30).await, SaveOutcome::Saved);
        assert_eq!(
            db.store
                .submitted_answers(round.id)
                .await
                .expect("readable"),
            []
        );
        let submit = |at| db.store.submit(nils, at);
        assert_eq!(
            submit(40).await.expect("he is asked"),
            SubmitOutcome::Submitted
        );
        let again = submit(45).await.expect("he is asked");
        assert_eq!(again, SubmitOutcome::AlreadySubmitted { at: 40 });
        assert_eq!(save(2, 50).await, SaveOutcome::Saved);
        db.store.close_round(round.id, 60).await.expect("it exists");
        assert_eq!(save(3, 70).await, SaveOutcome::RoundClosed);
        assert_eq!(
            submit(70).await.expect("he is asked"),
            SubmitOutcome::RoundClosed
        );
        let (sheet, progress) = db.store.sheet(nils).await.expect("he is asked");
        assert_eq!(progress, Progress::Submitted { at: 40 });
        let stands = rating(level(2), level(5));
        assert_eq!(
            sheet.ratings,
            [((capability(1), Scope::All), stands)].into()
        );
        let answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].current, Some(level(2)));
    }
}

#[tokio::test]
async fn who_is_removed_unknown_or_answers_for_others_changes_nothing() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let two = [
            ((capability(1), Scope::All), rating(level(1), level(2))),
            ((capability(2), only("Orust")), rating(level(1), level(2))),
        ];
        let saved = db.store.save_draft(nils, &two, 30).await;
        assert_eq!(
            saved.expect("he is asked"),
            SaveOutcome::ForeignMunicipality
        );
        let (sheet, progress) = db.store.sheet(nils).await.expect("he is asked");
        assert_eq!((sheet.ratings.len(), progress), (0, Progress::NotStarted));

        (db.store.save_draft(nils, &two[..1], 31).await).expect("he is asked");
        (db.store.submit(nils, 32).await).expect("he is asked");
        (db.store.remove_participant(nils, 33).await).expect("he is asked");
        let saved = db.store.save_draft(nils, &two[..1], 34).await;
        assert_eq!(saved.expect("he was asked"), SaveOutcome::Removed);
        let submitted = db.store.submit(nils, 34).await;
        assert_eq!(submitted.expect("he was asked"), SubmitOutcome::Removed);
        assert_eq!(db.store.participants(round.id).await.expect("readable"), []);
        assert_eq!(db.store.progress(round.id).await.expect("readable"), []);
        let answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        assert_eq!(answers.len(), 1, "what was submitted was thrown away");

        let nobody = ParticipantId::new(random_id());
        for refused in [
            db.store.sheet(nobody).await.map(|_| ()),
            db.store.save_draft(nobody, &two, 40).await.map(|_| ()),
            db.store.submit(nobody, 40).await.map(|_| ()),
            db.store.remove_participant(nobody, 40).await,
        ] {
            assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_tabs_that_save_at_once_share_one_response() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let nodes = [db.store.clone(), db.reopened().await];
        let mut tasks = tokio::task::JoinSet::new();
        for number in 1..=12_u8 {
            let node = nodes[usize::from(number % 2)].clone();
            tasks.spawn(async move {
                let place = (capability(u128::from(number)), Scope::All);
                let ratings = [(place, rating(level(1), level(2)))];
                node.save_draft(nils, &ratings, 30).await
            });
        }
        for saved in tasks.join_all().await {
            assert_eq!(saved.expect("he is asked"), SaveOutcome::Saved);
        }
        let (sheet, _) = db.store.sheet(nils).await.expect("he is asked");
        assert_eq!(sheet.ratings.len(), 12);
    }
}
