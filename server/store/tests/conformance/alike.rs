//! Named and confidential rounds with the same sheets count the same.

use std::collections::BTreeMap;

use domain::{
    ids::CapabilityId,
    level::Answer,
    municipality::Municipality,
    survey::{Rating, Round, Scope, Sheet, SurveyMode, form::Ratings},
};
use store::{AnswerForm, Store};

use crate::{
    confidential::{answer, code, confidential_round, form},
    databases::{capability, fresh, only, round, stored_participant, text},
};

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

    /// A page of answers about six capabilities, for all and for some that differ.
    fn page(&mut self, homes: &[&str]) -> Ratings {
        let mut page = Ratings::new();
        for number in 1..=6 {
            let mut scopes = vec![Scope::All];
            if homes.len() > 1 && self.below(3) == 0 {
                scopes.push(only(homes[0]));
            }
            for scope in scopes {
                let mut rating = Rating::default();
                if self.below(5) > 0 {
                    rating.current = self.answer();
                    rating.target = self.answer();
                    rating.effect = self.answer();
                }
                if self.below(4) == 0 {
                    rating.comment = text(
                        ["Obs", "Brist", "Bra"][usize::try_from(self.below(3)).expect("small")],
                    );
                }
                page.push(((capability(number), scope), rating));
            }
        }
        page
    }
}

/// What is counted of a round: in each municipality the people who answered, each with all they said, in no order.
type Counted = BTreeMap<&'static str, Vec<Vec<(CapabilityId, Option<Answer>, Option<Answer>)>>>;

async fn counted(store: &Store, round: &Round) -> Counted {
    let mut people: BTreeMap<(Municipality, u32), Vec<_>> = BTreeMap::new();
    for answer in store.submitted_answers(round.id).await.expect("readable") {
        people
            .entry((answer.municipality, answer.respondent))
            .or_default()
            .push((answer.capability, answer.current, answer.target));
    }
    let mut counted = Counted::new();
    for ((municipality, _), mut said) in people {
        said.sort_unstable();
        counted.entry(municipality.name()).or_default().push(said);
    }
    for people in counted.values_mut() {
        people.sort_unstable();
    }
    counted
}

async fn words(store: &Store, round: &Round) -> Vec<(CapabilityId, String)> {
    let remarks = store.remarks(round.id).await.expect("readable");
    let mut words: Vec<_> = (remarks.into_iter())
        .map(|remark| (remark.capability, remark.comment.to_string()))
        .collect();
    words.sort();
    words
}

#[tokio::test]
async fn named_and_confidential_rounds_with_the_same_sheets_count_the_same() {
    const HOMES: [&[&str]; 5] = [
        &["Åmål"],
        &["Orust", "Åmål"],
        &["Dals-Ed", "Orust", "Tanum"],
        &["Tanum"],
        &["Orust"],
    ];
    for seed in 1..=4_u64 {
        for db in fresh().await {
            let secret = confidential_round(&db.store).await;
            let mut open = round(secret.mapping, 2);
            open.mode = SurveyMode::Named;
            db.store.open_round(&open).await.expect("its number is new");
            let mut numbers = Numbers(seed * 7919);
            let mut known = Vec::new();
            for person in 0..12_u8 {
                let homes = HOMES[usize::from(person) % HOMES.len()];
                let here = stored_participant(&db.store, &secret, person + 1, homes).await;
                let there = stored_participant(&db.store, &open, person + 101, homes).await;
                known.push((here, there, code(), homes));
            }
            // Saved, submitted and changed in any order, as people do.
            for _ in 0..40 {
                let index = usize::try_from(numbers.below(12)).expect("small");
                let (here, there, own, homes) = &known[index];
                let (page, submit) = (numbers.page(homes), numbers.below(2) == 0);
                let in_secret = form(here.id, own, page.clone(), submit);
                let named = AnswerForm {
                    code: None,
                    ..form(there.id, own, page, submit)
                };
                let both = [
                    answer(&db.store, in_secret).await,
                    answer(&db.store, named).await,
                ];
                assert_eq!(both[0], both[1], "seed {seed}, {}", db.url);
            }
            let expected = counted(&db.store, &open).await;
            assert!(!expected.is_empty());
            assert_eq!(
                counted(&db.store, &secret).await,
                expected,
                "seed {seed}, {}",
                db.url
            );
            assert_eq!(
                words(&db.store, &secret).await,
                words(&db.store, &open).await
            );
            let turnouts = [secret.id, open.id].map(|round| db.store.turnout(round));
            let [in_secret, named] = turnouts;
            assert_eq!(
                in_secret.await.expect("readable"),
                named.await.expect("readable")
            );
            for (here, there, own, _) in &known {
                let (sheet, _) = db.store.sheet(there.id).await.expect("asked");
                let sealed = db
                    .store
                    .sealed_sheet(secret.id, here.id, own)
                    .await
                    .expect("readable");
                assert_eq!(
                    sealed.map_or_else(Sheet::default, |(sheet, _)| sheet),
                    sheet
                );
            }
        }
    }
}
