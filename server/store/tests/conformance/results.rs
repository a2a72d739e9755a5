use domain::{
    ids::{ParticipantId, RoundId},
    level::Answer,
    results::Asked,
    survey::{Progress, Rating, Scope, SubmittedAnswer},
    text::Text,
};
use store::{SaveOutcome, SubmitOutcome};
use uuid::Uuid;

use crate::databases::{
    Database, capability, fresh, level, municipality, only, participant, rating,
    stored_participant, stored_round, text, token,
};

#[tokio::test]
async fn an_own_rating_goes_before_the_one_for_all() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Mellerud", "Orust"]).await;
        let comment_only = Rating {
            comment: text("Se i fjol"),
            ..Rating::default()
        };
        let ratings = [
            ((capability(1), Scope::All), rating(level(2), level(4))),
            (
                (capability(1), only("Åmål")),
                rating(level(5), Answer::DontKnow),
            ),
            ((capability(1), only("Orust")), comment_only),
            (
                (capability(2), only("Mellerud")),
                rating(Answer::NotApplicable, Answer::Declined),
            ),
        ];
        (db.store.save_draft(nils.id, &ratings, 30).await).expect("he is asked");
        (db.store.submit(nils.id, 31).await).expect("he is asked");
        let mut answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        answers.sort_by_key(|answer| (answer.capability, answer.municipality.name()));
        let answer = |name, number, current, target| SubmittedAnswer {
            respondent: 0,
            municipality: municipality(name),
            capability: capability(number),
            current: Some(current),
            target: Some(target),
        };
        let expected = [
            answer("Mellerud", 1, level(2), level(4)),
            answer("Åmål", 1, level(5), Answer::DontKnow),
            answer("Mellerud", 2, Answer::NotApplicable, Answer::Declined),
        ];
        assert_eq!(answers, expected, "{}", db.url);
        let remarks = db.store.remarks(round.id).await.expect("readable");
        let written: Vec<_> = (remarks.iter())
            .map(|remark| (remark.capability, remark.comment.as_str()))
            .collect();
        assert_eq!(written, [(capability(1), "Se i fjol")], "{}", db.url);
    }
}

/// A reproducible stream of numbers (Lehmer's generator modulo 2³¹ − 1).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        self.0 % bound
    }

    fn answer(&mut self) -> Option<Answer> {
        let index = usize::try_from(self.below(10)).expect("small");
        Answer::ALL.get(index).copied()
    }

    fn rating(&mut self) -> Rating {
        Rating {
            current: self.answer(),
            target: self.answer(),
            effect: None,
            comment: if self.below(4) == 0 {
                text("Obs")
            } else {
                Text::default()
            },
            weakness: Text::default(),
        }
    }
}

#[tokio::test]
async fn results_and_progress_say_the_same_as_every_persons_own_sheet() {
    const HOMES: [&[&str]; 4] = [
        &["Åmål"],
        &["Orust", "Åmål"],
        &["Dals-Ed", "Orust", "Tanum"],
        &["Tanum"],
    ];
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let capabilities: Vec<_> = (1..=6).map(capability).collect();
        let mut numbers = Numbers(20_261_122);
        let mut people = Vec::new();
        for number in 0..24_u8 {
            let homes = HOMES[usize::from(number) % HOMES.len()];
            let mut person = participant(round.id, &format!("Person {number}"), homes);
            person.id = ParticipantId::new(Uuid::from_u128(numbers.below(1 << 31).into()));
            people.push((person, token(number)));
        }
        (db.store.add_participants(round.id, &people, 20).await).expect("the round is open");
        people.sort_by_key(|(person, _)| person.id);

        let (mut expected, mut progress) = (Vec::new(), Vec::new());
        let mut respondent = 0;
        for (person, _) in &people {
            let scopes =
                (person.municipalities.iter().map(|home| Scope::Only(*home))).chain([Scope::All]);
            let mut ratings = Vec::new();
            for scope in scopes {
                for capability in &capabilities {
                    if numbers.below(3) > 0 {
                        ratings.push(((*capability, scope), numbers.rating()));
                    }
                }
            }
            let saved = db.store.save_draft(person.id, &ratings, 30).await;
            assert_eq!(saved.expect("they are asked"), SaveOutcome::Saved);
            let submits = numbers.below(4) > 0;
            if submits {
                let submitted = db.store.submit(person.id, 40).await;
                assert_eq!(submitted.expect("they are asked"), SubmitOutcome::Submitted);
            }
            let (sheet, how_far) = db.store.sheet(person.id).await.expect("they are asked");
            let answered = sheet.completed(&capabilities, &person.municipalities);
            progress.push((person.id, how_far, answered));
            if !submits {
                assert_eq!(how_far, Progress::Draft);
                continue;
            }
            for &capability in &capabilities {
                for &municipality in &person.municipalities {
                    let rating = sheet.rating_for(capability, municipality);
                    let rating = rating.filter(|r| r.current.is_some() || r.target.is_some());
                    expected.extend(rating.map(|rating| SubmittedAnswer {
                        respondent,
                        municipality,
                        capability,
                        current: rating.current,
                        target: rating.target,
                    }));
                }
            }
            respondent += 1;
        }
        let key =
            |answer: &SubmittedAnswer| (answer.respondent, answer.capability, answer.municipality);
        let mut answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        answers.sort_by_key(key);
        expected.sort_by_key(key);
        assert!(
            expected.len() > 100,
            "only {} answers: too few to tell",
            expected.len()
        );
        assert_eq!(answers, expected, "{}", db.url);
        assert_eq!(
            db.store.progress(round.id).await.expect("readable"),
            progress,
            "{}",
            db.url
        );
        assert!(progress.iter().any(|(_, _, answered)| *answered > 0));
        let submitted = progress
            .iter()
            .filter(|(_, progress, _)| matches!(progress, Progress::Submitted { .. }))
            .count();
        assert_eq!(
            db.store.turnout(round.id).await.expect("readable"),
            (progress.len(), submitted),
            "{}",
            db.url
        );
        removed_submitters_count(&db, round.id, &progress, submitted).await;
    }
}

#[tokio::test]
async fn who_was_asked_is_told_without_names_and_counts_as_the_turnout_does() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let homes: [&[&str]; 4] = [&["Åmål"], &["Åmål", "Orust"], &["Tanum"], &["Orust"]];
        let mut expected = Vec::new();
        for (number, homes) in (1..).zip(homes) {
            let person = stored_participant(&db.store, &round, number, homes).await;
            let (submits, leaves) = (number % 2 == 1, number > 2);
            if submits {
                (db.store.submit(person.id, 40).await).expect("they are asked");
            }
            if leaves {
                (db.store.remove_participant(person.id, 50).await).expect("they are asked");
            }
            let asked = Asked {
                occupation: person.occupation,
                municipalities: person.municipalities,
                submitted: submits,
            };
            expected.extend((submits || !leaves).then_some((person.id, asked)));
        }
        expected.sort_by_key(|(id, _)| *id);
        let expected: Vec<_> = expected.into_iter().map(|(_, asked)| asked).collect();
        let asked = db.store.asked(round.id).await.expect("readable");
        assert_eq!(asked, expected, "{}", db.url);
        let submitted = asked.iter().filter(|asked| asked.submitted).count();
        assert_eq!((asked.len(), submitted), (3, 2));
        let turnout = db.store.turnout(round.id).await.expect("readable");
        assert_eq!(turnout, (3, 2), "{}", db.url);
    }
}

/// Someone who submitted and was removed still counts in the turnout, for their answers do; another does not.
async fn removed_submitters_count(
    db: &Database,
    round: RoundId,
    progress: &[(ParticipantId, Progress, usize)],
    submitted: usize,
) {
    let one = |done: bool| {
        (progress.iter())
            .find(|(_, progress, _)| matches!(progress, Progress::Submitted { .. }) == done)
            .map(|(id, ..)| *id)
            .expect("some have submitted and some have not")
    };
    for id in [one(true), one(false)] {
        (db.store.remove_participant(id, 99).await).expect("they are in the round");
    }
    assert_eq!(
        db.store.turnout(round).await.expect("readable"),
        (progress.len() - 1, submitted),
        "{}",
        db.url
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_answer_lands_once_a_round_is_said_to_be_closed() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..8 {
            let person = stored_participant(&db.store, &round, number, &["Åmål"])
                .await
                .id;
            (db.store.submit(person, 25).await).expect("they are asked");
            let store = db.store.clone();
            tasks.spawn(async move {
                for turn in 1.. {
                    let ratings = [((capability(turn), Scope::All), rating(level(1), level(2)))];
                    match store.save_draft(person, &ratings, 30).await.expect("asked") {
                        SaveOutcome::Saved => {}
                        SaveOutcome::RoundClosed => return turn,
                        other => panic!("{other:?}"),
                    }
                }
                unreachable!("the round closes")
            });
        }
        while (db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable"))
        .len()
            < 20
        {}
        db.store.close_round(round.id, 50).await.expect("it exists");
        let at_close = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        let saved: u128 = tasks
            .join_all()
            .await
            .into_iter()
            .map(|turn| turn - 1)
            .sum();
        let later = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        assert_eq!(at_close, later, "{}", db.url);
        assert_eq!(later.len() as u128, saved, "a confirmed answer is missing");
    }
}
