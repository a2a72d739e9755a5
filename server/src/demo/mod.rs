//! The invented example mapping of Fyrbodal: what `--demo` fills an empty database with.
//!
//! Everything in it, ids too, comes from one seed. It is written step by step with the same functions as real answers,
//! and every step may be repeated without harm; that the second round is closed is the last step and says that all is
//! there. A start that was interrupted is therefore made good by the next one.

mod answers;
mod map;
mod model;
mod participation;
mod people;
mod preparation;
mod remarks;
mod script;
mod seed;
#[cfg(test)]
mod tests;
mod workshops;

use std::error::Error;

use domain::{
    ids::{MappingId, OpId, ParticipantId, RoundId},
    map::{Author, Command},
    mapping::{Language, Mapping},
    survey::{Round, RoundStatus, SurveyMode},
    workshop::Series,
};
use store::{SaveOutcome, Store, StoreError, SubmitOutcome};
use time::{
    Date, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

use self::{
    people::Outcome,
    seed::{Purpose, id, text},
};
use crate::link::LinkKey;

/// The example's id, the same in every database.
pub(crate) const MAPPING: MappingId =
    MappingId::new(Uuid::from_u128(0x0f0e_3a9a_4c1d_4e58_9b7e_f012_2d0b_da11));

/// Who decides in the example.
const DECIDED_BY: &str = "Fyrbodals kommunalförbund, Exempel";

/// When things happen in the example, round by round.
struct Calendar {
    name: &'static str,
    version: u32,
    prepared: OffsetDateTime,
    ratified: Date,
    opened: OffsetDateTime,
    closed: OffsetDateTime,
    agreed: OffsetDateTime,
}

const ROUNDS: [Calendar; 2] = [
    Calendar {
        name: "Våren 2026",
        version: 1,
        prepared: datetime!(2026-02-10 09:00 UTC),
        ratified: date!(2026 - 03 - 17),
        opened: datetime!(2026-03-23 07:00 UTC),
        closed: datetime!(2026-04-17 15:00 UTC),
        agreed: datetime!(2026-04-28 08:00 UTC),
    },
    Calendar {
        name: "Hösten 2026",
        version: 2,
        prepared: datetime!(2026-08-18 11:00 UTC),
        ratified: date!(2026 - 09 - 15),
        opened: datetime!(2026-09-28 07:00 UTC),
        closed: datetime!(2026-10-23 15:00 UTC),
        agreed: datetime!(2026-11-03 10:25 UTC),
    },
];

/// The year that target levels are meant for.
const TARGET_YEAR: u16 = 2028;

/// Fewest answers for a distribution to be shown.
const N_MIN: u8 = 6;

const MINUTE: i64 = 60 * 1000;

/// Fills in the example, unless it is there. An example that was left half-made is completed.
///
/// # Errors
/// When the database fails. What has been written by then is made use of the next time.
pub(crate) async fn fill(store: &Store, key: &LinkKey) -> Result<(), Box<dyn Error>> {
    let rounds = store.rounds(MAPPING).await?;
    let closed = |number| {
        (rounds.iter()).any(|round| round.number == number && round.status == RoundStatus::Closed)
    };
    if closed(2) {
        return Ok(());
    }
    let mapping = Mapping {
        id: MAPPING,
        name: text("Fyrbodal"),
        period: text("2026–2027"),
        language: Language::Swedish,
        example: true,
        members: people::members(),
    };
    let created = millis(datetime!(2026-02-02 08:00 UTC));
    unless_done(store.create_mapping(&mapping, None, created).await)?;
    preparation::note(store, key).await?;
    participation::note(store, created).await?;
    let mut log = Log { store, next: 0 };
    for (number, calendar) in (1_usize..).zip(&ROUNDS) {
        let ratify = Command::Ratify {
            date: calendar.ratified,
            decided_by: text(DECIDED_BY),
        };
        let ratified = millis(calendar.ratified.midnight().assume_utc()) + 14 * 60 * MINUTE;
        if number == 1 {
            for (nth, command) in (0..).zip(map::first_version()) {
                // A week between the meetings that prepare it.
                let at = millis(calendar.prepared) + nth * 7 * 24 * 60 * MINUTE;
                log.execute(command, at).await?;
            }
            log.execute(ratify, ratified).await?;
        } else {
            let [data, people, goal, weakness] = map::second_version();
            workshops::begin(
                &mut log,
                round(number, calendar).id,
                millis(calendar.prepared),
                [goal, weakness],
            )
            .await?;
            let walk = ratified - 120 * MINUTE;
            let on_map = vec![
                (2, walk, data),
                (4, walk + 60 * MINUTE, people),
                (5, ratified - 20 * MINUTE, ratify),
            ];
            workshops::hold(&mut log, Series::Ws3, on_map).await?;
        }

        let round = round(number, calendar);
        unless_done(store.open_round(&round).await)?;
        let sheets: Vec<_> = (people::asked(number).into_iter())
            .map(|person| {
                let sheet = answers::sheet(&person, number);
                (person, sheet)
            })
            .collect();
        if !(rounds.iter()).any(|known| known.id == round.id && known.status == RoundStatus::Closed)
        {
            collect(store, key, number, &round, &sheets).await?;
        }
        let agreements = answers::agreements(number, round.id, &sheets);
        let mut decided: Vec<_> = (0..)
            .zip(agreements)
            .map(|(nth, command)| (4, millis(calendar.agreed) + nth * 4 * MINUTE, command))
            .collect();
        let effects = answers::effects(number, round.id);
        decided.push((5, millis(calendar.agreed) + 60 * MINUTE, effects));
        if number == 1 {
            for (_, at, command) in decided {
                log.execute(command, at).await?;
            }
        } else {
            workshops::hold(&mut log, Series::Ws4, decided).await?;
            workshops::look_ahead(&mut log).await?;
        }
        store.close_round(round.id, millis(calendar.closed)).await?;
        // Invented texts need nobody to read them first.
        store.show_waiting_remarks(round.id).await?;
    }
    Ok(())
}

fn round(number: usize, calendar: &Calendar) -> Round {
    Round {
        id: RoundId::new(id(Purpose::Round, &[number])),
        mapping: MAPPING,
        number: calendar.version,
        name: text(calendar.name),
        version: calendar.version,
        target_year: TARGET_YEAR,
        n_min: N_MIN,
        mode: SurveyMode::Named,
        ask_effect: false,
        status: RoundStatus::Open,
        opened_at: millis(calendar.opened),
        closed_at: None,
    }
}

/// Asks everyone in a round and takes in what they answer.
async fn collect(
    store: &Store,
    key: &LinkKey,
    number: usize,
    round: &Round,
    sheets: &[(people::Person, answers::Ratings)],
) -> Result<(), Box<dyn Error>> {
    let participants: Vec<_> = (sheets.iter())
        .map(|(person, _)| {
            let participant = person.participant(number, round.id);
            let token = key.participant(participant.id).hash();
            (participant, token)
        })
        .collect();
    let asked = round.opened_at;
    unless_done(store.add_participants(round.id, &participants, asked).await)?;
    for ((nth, (participant, _)), (person, ratings)) in (1..).zip(&participants).zip(sheets) {
        let outcome = person.outcome(number);
        if outcome == Outcome::Nothing {
            continue;
        }
        // Spread over the first fortnight.
        let at = asked + nth * 7 * 60 * MINUTE;
        answer(store, participant.id, ratings, outcome, at).await?;
    }
    Ok(())
}

async fn answer(
    store: &Store,
    participant: ParticipantId,
    ratings: &answers::Ratings,
    outcome: Outcome,
    at: i64,
) -> Result<(), Box<dyn Error>> {
    let saved = store.save_draft(participant, ratings, at).await?;
    if saved != SaveOutcome::Saved {
        return Err(format!("the example's answers were not saved: {saved:?}").into());
    }
    if outcome == Outcome::Submitted {
        match store.submit(participant, at + 25 * MINUTE).await? {
            SubmitOutcome::Submitted | SubmitOutcome::AlreadySubmitted { .. } => {}
            refused => {
                return Err(
                    format!("the example's answers were not submitted: {refused:?}").into(),
                );
            }
        }
    }
    Ok(())
}

/// Writes to the example's log. The nth command has the same op every time, so that it is carried out once.
struct Log<'a> {
    store: &'a Store,
    next: usize,
}

impl Log<'_> {
    async fn execute(&mut self, command: Command, at: i64) -> Result<(), Box<dyn Error>> {
        self.execute_as(Author::System, command, at).await
    }

    async fn execute_as(
        &mut self,
        author: Author,
        command: Command,
        at: i64,
    ) -> Result<(), Box<dyn Error>> {
        let op = OpId::new(id(Purpose::Operation, &[self.next]));
        self.next += 1;
        (self.store)
            .execute(MAPPING, author, op, command, at)
            .await?;
        Ok(())
    }
}

/// Takes a step that an earlier start has taken for done.
fn unless_done(step: Result<(), StoreError>) -> Result<(), StoreError> {
    match step {
        Err(StoreError::Conflict(_)) => Ok(()),
        other => other,
    }
}

fn millis(moment: OffsetDateTime) -> i64 {
    moment.unix_timestamp() * 1000
}
