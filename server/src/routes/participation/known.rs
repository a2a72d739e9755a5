//! What is stated of the municipalities, and what the tool knows of them by itself.

use std::collections::HashMap;

use app::pages::participation::{Cell, Row, words::columns};
use domain::{
    municipality::Municipality,
    participation::{Fact, Step},
    survey::{Progress, Round},
    text::swedish_order,
    workshop::Series,
};

use crate::{error::Failure, visitor::Room};

/// What the tool knows by itself, by municipality and step.
type Facts = HashMap<(Municipality, Step), Fact>;

async fn facts(room: &Room) -> Result<Facts, Failure> {
    let mut facts = Facts::new();
    came(room, &mut facts).await?;
    answered(room, &mut facts).await?;
    let invitees = room.app.store.invitees(room.mapping.id).await?;
    for municipality in invitees.iter().flat_map(|invitee| &invitee.municipalities) {
        let fact = (facts.entry((*municipality, Step::Preparation))).or_insert(Fact::Invited(0));
        if let Fact::Invited(count) = fact {
            *count += 1;
        }
    }
    Ok(facts)
}

/// Who came to the workshops that have been opened; of several of the same kind, to any of them.
async fn came(room: &Room, facts: &mut Facts) -> Result<(), Failure> {
    let work = &room.state.work;
    for (id, workshop) in work.in_order() {
        if work.stage(id).opened_at.is_none() {
            continue;
        }
        let step = match workshop.series {
            Series::Ws1 => Step::Ws1,
            Series::Ws2 => Step::Ws2,
            Series::Ws3 => Step::Ws3,
            Series::Ws4 => Step::Ws4,
            Series::Ws5 => Step::Ws5,
        };
        let there = room.app.store.attendees(id).await?;
        let there = (there.iter()).filter(|attendee| attendee.approved && !attendee.removed);
        for member in &room.mapping.members {
            facts
                .entry((member.municipality, step))
                .or_insert_with(|| Fact::Came(Vec::new()));
        }
        for attendee in there {
            for municipality in &attendee.municipalities {
                if let Some(Fact::Came(names)) = facts.get_mut(&(*municipality, step))
                    && !names.contains(&attendee.name)
                {
                    names.push(attendee.name.clone());
                }
            }
        }
    }
    for fact in facts.values_mut() {
        if let Fact::Came(names) = fact {
            names.sort_by(|a, b| swedish_order(a, b));
        }
    }
    Ok(())
}

/// The round whose answers are counted: the latest that anyone has submitted in, for a round that has just been opened
/// says nothing of who takes part; the latest while nobody has submitted in any.
pub(super) async fn counted_round(room: &Room) -> Result<Option<Round>, Failure> {
    let store = &room.app.store;
    let mut rounds = store.rounds(room.mapping.id).await?;
    for (nth, round) in rounds.iter().enumerate().rev() {
        let progress = store.progress(round.id).await?;
        if (progress.iter()).any(|row| matches!(row.1, Progress::Submitted { .. })) {
            return Ok(Some(rounds.swap_remove(nth)));
        }
    }
    Ok(rounds.pop())
}

/// How many have submitted. Who answers is no secret in either mode; what they answer is not told.
async fn answered(room: &Room, facts: &mut Facts) -> Result<(), Failure> {
    let store = &room.app.store;
    let Some(round) = counted_round(room).await? else {
        return Ok(());
    };
    let submitted: HashMap<_, _> = (store.progress(round.id).await?.iter())
        .map(|row| (row.0, matches!(row.1, Progress::Submitted { .. })))
        .collect();
    for participant in store.participants(round.id).await? {
        let done = submitted.get(&participant.id).copied().unwrap_or_default();
        for municipality in &participant.municipalities {
            let fact = (facts.entry((*municipality, Step::Survey))).or_insert(Fact::Answered {
                submitted: 0,
                asked: 0,
            });
            if let Fact::Answered { submitted, asked } = fact {
                *asked += 1;
                *submitted += usize::from(done);
            }
        }
    }
    Ok(())
}

/// Every municipality with what is stated and known of it in each column.
pub(super) async fn rows(room: &Room) -> Result<Vec<Row>, Failure> {
    let entries = room.app.store.participation(room.mapping.id).await?;
    let mut facts = facts(room).await?;
    let mut entries: HashMap<_, _> = (entries.into_iter())
        .map(|entry| ((entry.municipality, entry.step), entry))
        .collect();
    let rows = (room.mapping.members.iter())
        .map(|member| {
            let municipality = member.municipality;
            let cells = columns()
                .map(|step| Cell {
                    step,
                    entry: entries.remove(&(municipality, step)),
                    fact: step.and_then(|step| facts.remove(&(municipality, step))),
                })
                .collect();
            Row {
                municipality,
                cells,
            }
        })
        .collect();
    Ok(rows)
}
