use domain::{
    ids::RoundId,
    level::Answer,
    survey::{Rating, Scope, Screening, SurveyMode, form::Ratings},
};
use store::{AnswerForm, AnswerOutcome, PaperOutcome, RecoveryCode, Store, StoreError};

use crate::databases::{
    capability, fresh, level, municipality, only, random_id, rating, round, stored_mapping,
    stored_participant, stored_round, text,
};

fn said(comment: &str, weakness: &str) -> Rating {
    Rating {
        comment: text(comment),
        weakness: text(weakness),
        ..rating(level(2), level(4))
    }
}

async fn texts(store: &Store, round: RoundId) -> Vec<(String, String, Screening)> {
    (store.remarks(round).await.expect("readable").into_iter())
        .map(|remark| {
            (
                remark.comment.to_string(),
                remark.weakness.to_string(),
                remark.screening,
            )
        })
        .collect()
}

#[tokio::test]
async fn a_text_waits_until_somebody_decides_and_keeps_the_decision_while_it_is_the_same() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Orust"]).await;
        let ratings = [
            ((capability(1), Scope::All), said("Se i fjol", "")),
            ((capability(1), only("Orust")), said("Se i fjol", "")),
            ((capability(2), Scope::All), said("", "Ingen tid")),
        ];
        (db.store.save_draft(nils.id, &ratings, 30).await).expect("he is asked");
        assert_eq!(
            texts(&db.store, round.id).await,
            [],
            "a draft is nobody's to read"
        );
        (db.store.submit(nils.id, 31).await).expect("he is asked");
        let remarks = db.store.remarks(round.id).await.expect("readable");
        assert_eq!(
            remarks.len(),
            2,
            "the same words for two municipalities are one text"
        );
        assert!((remarks.iter()).all(|remark| remark.screening == Screening::Waiting));
        assert_eq!(
            db.store.shown_remarks(round.id).await.expect("readable"),
            []
        );

        for (remark, screening) in remarks.iter().zip([Screening::Shown, Screening::Hidden]) {
            (db.store.screen_remark(round.id, remark.id, screening).await).expect("it is there");
        }
        let shown = db.store.shown_remarks(round.id).await.expect("readable");
        assert_eq!(shown.len(), 1);
        assert_eq!(&*shown[0].comment, "Se i fjol");

        // One text is changed, the other is saved again as it was.
        let again = [
            ((capability(1), Scope::All), said("Se i fjol", "")),
            ((capability(1), only("Orust")), Rating::default()),
            ((capability(2), Scope::All), said("", "Ingen tid alls")),
        ];
        (db.store.save_draft(nils.id, &again, 40).await).expect("he is asked");
        let expected = [
            ("Se i fjol".to_owned(), String::new(), Screening::Shown),
            (
                String::new(),
                "Ingen tid alls".to_owned(),
                Screening::Waiting,
            ),
        ];
        assert_eq!(texts(&db.store, round.id).await, expected, "{}", db.url);
        assert_eq!(
            db.store
                .show_waiting_remarks(round.id)
                .await
                .expect("stored"),
            1
        );
        assert_eq!(
            db.store
                .show_waiting_remarks(round.id)
                .await
                .expect("stored"),
            0
        );
        assert_eq!(
            db.store
                .shown_remarks(round.id)
                .await
                .expect("readable")
                .len(),
            2
        );

        // A text that is gone, and another round's.
        let gone = remarks
            .iter()
            .find(|remark| &*remark.weakness == "Ingen tid")
            .expect("it was there");
        let tried = db
            .store
            .screen_remark(round.id, gone.id, Screening::Shown)
            .await;
        assert!(matches!(tried, Err(StoreError::NotFound)), "{tried:?}");
        let elsewhere = RoundId::new(random_id());
        let tried = (db.store)
            .screen_remark(elsewhere, shown[0].id, Screening::Hidden)
            .await;
        assert!(matches!(tried, Err(StoreError::NotFound)), "{tried:?}");
    }
}

#[tokio::test]
async fn effects_hold_for_every_municipality_unless_one_has_its_own() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Orust"]).await;
        let effect = |answer: Answer| Rating {
            effect: Some(answer),
            ..rating(level(2), level(4))
        };
        let ratings = [
            ((capability(1), Scope::All), effect(level(4))),
            ((capability(1), only("Orust")), effect(Answer::DontKnow)),
            ((capability(2), Scope::All), rating(level(1), level(3))),
        ];
        (db.store.save_draft(nils.id, &ratings, 30).await).expect("he is asked");
        assert_eq!(
            db.store.survey_effects(round.id).await.expect("readable"),
            []
        );
        (db.store.submit(nils.id, 31).await).expect("he is asked");
        let mut effects: Vec<_> = (db.store.survey_effects(round.id).await)
            .expect("readable")
            .into_iter()
            .map(|said| {
                (
                    said.respondent,
                    said.municipality,
                    said.capability,
                    said.effect,
                )
            })
            .collect();
        effects.sort_by_key(|said| said.1.name());
        let expected = [
            (0, municipality("Orust"), capability(1), Answer::DontKnow),
            (0, municipality("Åmål"), capability(1), level(4)),
        ];
        assert_eq!(effects, expected, "{}", db.url);
        assert_eq!(
            db.store
                .repeated_responses(round.id)
                .await
                .expect("readable"),
            0
        );
    }
}

#[tokio::test]
async fn parts_of_a_confidential_answer_are_known_to_be_more_than_people() {
    for db in fresh().await {
        let round = confidential(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Orust", "Mellerud"]).await;
        let form = AnswerForm {
            participant: nils.id,
            code: Some(RecoveryCode::random().expect("random numbers")),
            ratings: vec![((capability(1), Scope::All), said("Ett ord", ""))],
            submit: true,
            at: 30,
        };
        assert_eq!(
            db.store.answer(form).await.expect("stored"),
            AnswerOutcome::Submitted
        );
        assert_eq!(
            db.store
                .repeated_responses(round.id)
                .await
                .expect("readable"),
            2
        );
        assert_eq!(
            texts(&db.store, round.id).await,
            [("Ett ord".to_owned(), String::new(), Screening::Waiting)]
        );
    }
}

async fn confidential(store: &Store) -> domain::survey::Round {
    let round = domain::survey::Round {
        mode: SurveyMode::Confidential,
        ..round(stored_mapping(store).await, 1)
    };
    store.open_round(&round).await.expect("its number is new");
    round
}

#[tokio::test]
async fn a_sheet_on_paper_is_counted_once_however_often_its_form_comes_and_is_tied_to_nobody() {
    for db in fresh().await {
        let round = confidential(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        let own = [municipality("Orust"), municipality("Åmål")];
        let ratings: Ratings = vec![((capability(1), Scope::All), said("På papper", ""))];
        let form = random_id();
        for _ in 0..2 {
            let entered = (db
                .store
                .enter_paper(round.id, form, &own, ratings.clone())
                .await)
                .expect("the round is there");
            assert_eq!(entered, PaperOutcome::Entered);
        }
        let answers = (db.store.submitted_answers(round.id).await).expect("readable");
        let mut whose: Vec<_> = answers
            .iter()
            .map(|answer| answer.municipality.name())
            .collect();
        whose.sort_unstable();
        assert_eq!(whose, ["Orust", "Åmål"], "{}", db.url);
        assert_eq!(texts(&db.store, round.id).await.len(), 1);
        // However many have handed in sheets that are not entered yet, this one stays one person.
        for number in 5..9 {
            let other = stored_participant(&db.store, &round, number, &["Orust"]).await;
            db.store
                .note_paper(other.id, 3)
                .await
                .expect("she is asked");
            let repeated = db.store.repeated_responses(round.id).await;
            assert_eq!(repeated.expect("readable"), 1, "{}", db.url);
        }
        assert_eq!(db.store.turnout(round.id).await.expect("readable"), (5, 4));

        // Who has handed in is noted apart, to the day.
        let at = 3 * 86_400_000 + 4_711;
        assert!((db.store.note_paper(nils.id, at).await).expect("he is asked"));
        assert!(!(db.store.note_paper(nils.id, at + 86_400_000).await).expect("he is asked"));
        let (_, progress) = db.store.sheet(nils.id).await.expect("he is asked");
        assert_eq!(
            progress,
            domain::survey::Progress::Submitted { at: 3 * 86_400_000 }
        );
        // He cannot answer once more on the web.
        let again = AnswerForm {
            participant: nils.id,
            code: Some(RecoveryCode::random().expect("random numbers")),
            ratings: ratings.clone(),
            submit: true,
            at,
        };
        assert_eq!(
            db.store.answer(again).await.expect("stored"),
            AnswerOutcome::CodeNeeded
        );

        db.store
            .close_round(round.id, 90)
            .await
            .expect("it is open");
        let late = (db
            .store
            .enter_paper(round.id, random_id(), &own, ratings)
            .await)
            .expect("the round is there");
        assert_eq!(late, PaperOutcome::RoundClosed);
        let noted = db.store.note_paper(nils.id, at).await;
        assert!(
            matches!(noted, Err(StoreError::Conflict("round_closed"))),
            "{noted:?}"
        );
    }
}
