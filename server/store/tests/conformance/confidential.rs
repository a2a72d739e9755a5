//! Confidential rounds: nothing stored ties an answer to its person, and everything that is counted is the same as if
//! something did.

use domain::{
    ids::{CapabilityId, ParticipantId},
    survey::{Progress, Rating, Round, Scope, Sheet, SurveyMode, form::Ratings},
};
use store::{AnswerForm, AnswerOutcome, RecoveryCode, Store, StoreError};

use crate::databases::{
    capability, fresh, level, only, rating, round, stored_mapping, stored_participant, text,
};

pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;
/// A time of day on the hundredth day.
pub(crate) const NOON: i64 = 100 * DAY + 12 * 60 * 60 * 1000 + 345;

pub(crate) fn code() -> RecoveryCode {
    RecoveryCode::random().expect("the system has randomness")
}

pub(crate) async fn confidential_round(store: &Store) -> Round {
    let mut round = round(stored_mapping(store).await, 1);
    round.mode = SurveyMode::Confidential;
    store.open_round(&round).await.expect("its number is new");
    round
}

pub(crate) fn said(number: u128, current: u8, target: u8) -> ((CapabilityId, Scope), Rating) {
    (
        (capability(number), Scope::All),
        rating(level(current), level(target)),
    )
}

/// What a person says, as the form has it.
pub(crate) fn form(
    participant: ParticipantId,
    code: &RecoveryCode,
    ratings: Ratings,
    submit: bool,
) -> AnswerForm {
    AnswerForm {
        participant,
        code: Some(code.clone()),
        ratings,
        submit,
        at: NOON,
    }
}

pub(crate) async fn answer(store: &Store, form: AnswerForm) -> AnswerOutcome {
    store.answer(form).await.expect("they are asked")
}

#[tokio::test]
async fn a_confidential_draft_is_found_with_its_code_and_not_otherwise() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let eva = stored_participant(&db.store, &round, 2, &["Åmål"]).await.id;
        let own = code();
        let saved = answer(&db.store, form(nils, &own, vec![said(1, 2, 4)], false)).await;
        assert_eq!(saved, AnswerOutcome::Saved);
        let more = vec![
            said(2, 3, 3),
            ((capability(9), Scope::All), Rating::default()),
        ];
        answer(&db.store, form(nils, &own, more, false)).await;
        let store = db.reopened().await;
        let expected = Sheet {
            ratings: [said(1, 2, 4), said(2, 3, 3)].into(),
        };
        let found = store
            .sealed_sheet(round.id, nils, &own)
            .await
            .expect("readable");
        assert_eq!(found, Some((expected, false)));
        for (whose, with) in [(nils, code()), (eva, own.clone())] {
            let found = store
                .sealed_sheet(round.id, whose, &with)
                .await
                .expect("readable");
            assert_eq!(found, None);
        }
        let (sheet, progress) = store.sheet(nils).await.expect("he is asked");
        assert_eq!((sheet.ratings.len(), progress), (0, Progress::Draft));
        assert_eq!(
            store.submitted_answers(round.id).await.expect("readable"),
            []
        );
        // Who comes without the code begins anew; what was sealed stays where it is.
        let begun = answer(&store, form(nils, &code(), vec![said(1, 5, 5)], false)).await;
        assert_eq!(begun, AnswerOutcome::Saved);
        let without = AnswerForm {
            code: None,
            ..form(nils, &own, vec![said(1, 5, 5)], true)
        };
        assert_eq!(answer(&store, without).await, AnswerOutcome::CodeNeeded);
        let found = store
            .sealed_sheet(round.id, nils, &own)
            .await
            .expect("readable");
        assert_eq!(found.map(|(sheet, _)| sheet.ratings.len()), Some(2));
    }
}

#[tokio::test]
async fn a_submitted_confidential_sheet_is_changed_with_its_code_alone() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let own = code();
        let submitted = answer(&db.store, form(nils, &own, vec![said(1, 2, 4)], true)).await;
        assert_eq!(submitted, AnswerOutcome::Submitted);
        let (_, progress) = db.store.sheet(nils).await.expect("he is asked");
        assert_eq!(progress, Progress::Submitted { at: 100 * DAY });
        let current = async || {
            let answers = db
                .store
                .submitted_answers(round.id)
                .await
                .expect("readable");
            (answers.iter())
                .map(|answer| answer.current)
                .collect::<Vec<_>>()
        };
        assert_eq!(current().await, [Some(level(2))]);
        let other = code();
        for submit in [false, true] {
            let refused = answer(&db.store, form(nils, &other, vec![said(1, 5, 5)], submit)).await;
            assert_eq!(refused, AnswerOutcome::CodeNeeded);
        }
        let found = db
            .store
            .sealed_sheet(round.id, nils, &other)
            .await
            .expect("readable");
        assert_eq!((found, current().await), (None, vec![Some(level(2))]));
        // Sent again it is the same; changed, it is counted at once, and once.
        for number in [2, 3] {
            let changed = form(nils, &own, vec![said(1, number, 4)], number == 2);
            assert_eq!(answer(&db.store, changed).await, AnswerOutcome::Submitted);
            assert_eq!(current().await, [Some(level(number))]);
        }
        db.store
            .close_round(round.id, NOON + 1)
            .await
            .expect("it exists");
        let late = answer(&db.store, form(nils, &own, vec![said(1, 1, 1)], true)).await;
        assert_eq!(
            (late, current().await),
            (AnswerOutcome::RoundClosed, vec![Some(level(3))])
        );
        let found = db
            .store
            .sealed_sheet(round.id, nils, &own)
            .await
            .expect("readable");
        assert_eq!(found.map(|(_, submitted)| submitted), Some(true));
    }
}

#[tokio::test]
async fn confidential_texts_lie_by_themselves_and_keep_what_was_decided_while_they_stay() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Orust"])
            .await
            .id;
        let own = code();
        let with = |comment: &str| Rating {
            comment: text(comment),
            ..rating(level(1), level(2))
        };
        let ratings = vec![
            ((capability(1), Scope::All), with("Kvar")),
            ((capability(2), Scope::All), with("Borta")),
            // The same words for one municipality are the same text.
            ((capability(1), only("Orust")), with("Kvar")),
        ];
        answer(&db.store, form(nils, &own, ratings, true)).await;
        let texts = async || {
            let remarks = db.store.remarks(round.id).await.expect("readable");
            (remarks.into_iter())
                .map(|remark| (remark.comment.to_string(), remark.id, remark.screening))
                .collect::<Vec<_>>()
        };
        let before = texts().await;
        let words: Vec<_> = before.iter().map(|(words, ..)| words.as_str()).collect();
        assert_eq!(words, ["Kvar", "Borta"]);
        (db.store)
            .screen_remark(round.id, before[0].1, domain::survey::Screening::Shown)
            .await
            .expect("it is there");
        let changed = vec![((capability(2), Scope::All), with("Ny"))];
        answer(&db.store, form(nils, &own, changed, false)).await;
        let after = texts().await;
        assert_eq!(after[0].1, before[0].1, "the text was written anew");
        assert_eq!(after[0].2, domain::survey::Screening::Shown);
        assert_eq!((after.len(), after[1].0.as_str()), (2, "Ny"));
        assert_eq!(after[1].2, domain::survey::Screening::Waiting);
        assert_ne!(after[1].1, before[1].1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_devices_that_submit_different_codes_at_once_are_one_person() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let nodes = [db.store.clone(), db.reopened().await];
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..12_usize {
            let node = nodes[number % 2].clone();
            let own = code();
            tasks.spawn(async move {
                let level = u8::try_from(number % 5 + 1).expect("small");
                let form = form(nils, &own, vec![said(1, level, 5)], true);
                (node.answer(form).await.expect("he is asked"), own)
            });
        }
        let outcomes = tasks.join_all().await;
        let (first, others): (Vec<_>, Vec<_>) =
            (outcomes.into_iter()).partition(|(outcome, _)| *outcome == AnswerOutcome::Submitted);
        assert_eq!((first.len(), others.len()), (1, 11));
        assert!((others.iter()).all(|(outcome, _)| *outcome == AnswerOutcome::CodeNeeded));
        let answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        assert_eq!(answers.len(), 1);
        let (sheet, _) = (db.store.sealed_sheet(round.id, nils, &first[0].1).await)
            .expect("readable")
            .expect("his own");
        let stands = sheet.ratings[&(capability(1), Scope::All)].current;
        assert_eq!(answers[0].current, stands);
    }
}

#[tokio::test]
async fn one_who_cannot_be_stored_does_not_take_others_along() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let eva = stored_participant(&db.store, &round, 2, &["Orust"])
            .await
            .id;
        let nobody = ParticipantId::new(crate::databases::random_id());
        let foreign = vec![((capability(1), only("Orust")), rating(level(1), level(1)))];
        let (first, second, third, fourth) = tokio::join!(
            db.store
                .answer(form(nils, &code(), vec![said(1, 1, 2)], true)),
            db.store
                .answer(form(nobody, &code(), vec![said(1, 1, 2)], true)),
            db.store
                .answer(form(eva, &code(), vec![said(1, 3, 4)], true)),
            db.store.answer(form(nils, &code(), foreign, true)),
        );
        assert_eq!(first.expect("he is asked"), AnswerOutcome::Submitted);
        assert!(matches!(second, Err(StoreError::NotFound)), "{second:?}");
        assert_eq!(third.expect("she is asked"), AnswerOutcome::Submitted);
        let refused = [
            AnswerOutcome::ForeignMunicipality,
            AnswerOutcome::CodeNeeded,
        ];
        assert!(refused.contains(&fourth.expect("he is asked")));
        let answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        assert_eq!(answers.len(), 2);
    }
}
