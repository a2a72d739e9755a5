//! How the answers of a round are coming in.

use std::collections::{BTreeMap, HashMap};

use app::{
    components::swedish_time,
    document::Tab,
    pages::round_progress::{self, DontKnow, Person, RoundPage, Turnout},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{CapabilityId, MappingId, RoundId},
    level::Answer,
    rights::Action,
    survey::{
        Occupation, Participant, Progress, Round, RoundStatus, Screening, SubmittedAnswer,
        SurveyMode,
    },
};
use time::Duration;

use super::{is_submitted, of_mapping, version};
use crate::{
    error::Failure,
    state::{App, now},
    visitor::{Room, Visitor},
};

/// Share of vet ej above which a capability should be reworded or asked of others (METHOD §4.6).
const MUCH_DONT_KNOW: f64 = 0.30;
/// More days than this are told week by week.
const MOST_DAYS: i64 = 31;

pub(super) async fn follow(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadProgress, Tab::Rounds)
        .await?;
    let round = of_mapping(&room, round).await?;
    let data = page(&room, round).await?;
    let title = room.texts.round_page_title(data.round.name.as_str());
    Ok(room
        .page(title, move |frame| round_progress::page(frame.texts, &data))
        .await)
}

async fn page(room: &Room, round: Round) -> Result<RoundPage, Failure> {
    let store = &room.app.store;
    let capabilities = version(room, &round)?.contents.active_in_order().len();
    let participants = store.participants(round.id).await?;
    let rows = store.progress(round.id).await?;
    let progress: HashMap<_, _> = rows.iter().map(|row| (row.0, (row.1, row.2))).collect();
    let turnout = |belongs: &dyn Fn(&Participant) -> bool| {
        let mut turnout = Turnout::default();
        for participant in participants.iter().filter(|p| belongs(p)) {
            turnout.asked += 1;
            let status = progress.get(&participant.id).map(|row| row.0);
            turnout.submitted += usize::from(status.is_some_and(is_submitted));
        }
        turnout
    };
    let submitted = rows.iter().filter(|row| is_submitted(row.1)).count();
    // While answers come in one by one, two reloads would tell what the one between them said.
    let dont_know = if round.status == RoundStatus::Open || submitted < usize::from(round.n_min) {
        None
    } else {
        let answers = store.submitted_answers(round.id).await?;
        let repeated = store.repeated_responses(round.id).await?;
        Some(dont_know(room, &round, &answers, repeated)?)
    };
    // In a confidential round nobody's share of answers is known.
    let named = round.mode == SurveyMode::Named;
    // Names are for those who lead; others read how many.
    let people = (participants.iter())
        .filter(|_| room.may(Action::ManageRounds))
        .map(|participant| {
            let (status, answered) =
                (progress.get(&participant.id).copied()).unwrap_or((Progress::NotStarted, 0));
            Person {
                name: participant.name.to_string(),
                municipalities: participant.municipalities.clone(),
                status,
                answered: (named && status == Progress::Draft).then_some(answered),
            }
        })
        .collect();
    let waiting = if round.status == RoundStatus::Closed && room.may(Action::ManageRounds) {
        let remarks = store.remarks(round.id).await?;
        (remarks.iter())
            .filter(|remark| remark.screening == Screening::Waiting)
            .count()
    } else {
        0
    };
    Ok(RoundPage {
        at: now(),
        invited: participants.len(),
        started: (rows.iter())
            .filter(|row| row.1 != Progress::NotStarted)
            .count(),
        submitted,
        complete: named.then(|| rows.iter().filter(|row| row.2 >= capabilities).count()),
        capabilities,
        municipalities: (room.mapping.members.iter())
            .map(|member| member.municipality)
            .map(|m| (m, turnout(&|p| p.municipalities.contains(&m))))
            .collect(),
        roles: (Occupation::ALL.iter())
            .map(|role| (*role, turnout(&|p| p.occupation == *role)))
            .filter(|(_, turnout)| turnout.asked > 0)
            .collect(),
        days: days(&round, rows.iter().map(|row| row.1)),
        people,
        dont_know,
        waiting,
        may_manage: room.may(Action::ManageRounds),
        may_read_results: room.may(Action::ReadResults),
        may_set_effects: room.may(Action::SetEffects),
        round,
    })
}

/// How many submitted on each day from the opening of the round to its closing or today, no day left out; by week when
/// there are too many days. Those who submitted are counted on the day they did so first.
fn days(round: &Round, progress: impl Iterator<Item = Progress>) -> Vec<(String, usize)> {
    let submitted: Vec<i64> = progress
        .filter_map(|progress| match progress {
            Progress::Submitted { at } => Some(at),
            Progress::NotStarted | Progress::Draft => None,
        })
        .collect();
    if submitted.is_empty() {
        return Vec::new();
    }
    let end = round.closed_at.unwrap_or_else(now);
    // An answer outside the round's time, such as one in a round that was read in, has its day all the same.
    let first = submitted.iter().copied().fold(round.opened_at, i64::min);
    let last = submitted.iter().copied().fold(end, i64::max);
    let (mut day, last) = (swedish_time(first).date(), swedish_time(last).date());
    let weekly = (last - day).whole_days() >= MOST_DAYS;
    let label = |day: time::Date| {
        if weekly {
            let (year, week, _) = day.to_iso_week_date();
            format!("{year} v. {week}")
        } else {
            let (_, month, day) = day.to_calendar_date();
            format!("{day}/{}", u8::from(month))
        }
    };
    let mut labels: Vec<String> = Vec::new();
    loop {
        let label = label(day);
        if labels.last() != Some(&label) {
            labels.push(label);
        }
        if day >= last {
            break;
        }
        day += Duration::days(1);
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for at in submitted {
        *counts.entry(label(swedish_time(at).date())).or_default() += 1;
    }
    (labels.into_iter())
        .map(|label| {
            let answers = counts.get(&label).copied().unwrap_or_default();
            (label, answers)
        })
        .collect()
}

/// The share of vet ej on the current level by capability, most first, with the results' own definition: what holds for
/// several municipalities counts in each. A capability that fewer than `n_min` people have said anything about is left
/// out, so that nobody's answer can be guessed; `repeated` responses may be the same people again.
fn dont_know(
    room: &Room,
    round: &Round,
    answers: &[SubmittedAnswer],
    repeated: u32,
) -> Result<Vec<DontKnow>, Failure> {
    #[derive(Default)]
    struct Count {
        last: Option<u32>,
        people: u32,
        answers: u32,
        dont_know: u32,
    }
    let mut counts: HashMap<CapabilityId, Count> = HashMap::new();
    // Answers come respondent by respondent.
    for answer in answers {
        let count = counts.entry(answer.capability).or_default();
        if count.last.replace(answer.respondent) != Some(answer.respondent) {
            count.people += 1;
        }
        count.answers += 1;
        count.dont_know += u32::from(answer.current == Some(Answer::DontKnow));
    }
    let mut shares: Vec<_> = (version(room, round)?.contents.active_in_order().into_iter())
        .filter_map(|(id, capability)| {
            let count = (counts.get(&id))
                .filter(|count| count.people.saturating_sub(repeated) >= u32::from(round.n_min))?;
            let share = f64::from(count.dont_know) / f64::from(count.answers);
            Some(DontKnow {
                capability: capability.draft.name.to_string(),
                percent: (count.dont_know * 100 + count.answers / 2) / count.answers,
                much: share > MUCH_DONT_KNOW,
            })
        })
        .collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.percent));
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use domain::{ids::MappingId, text::Title};
    use uuid::Uuid;

    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1000;
    /// 2025-09-15 at noon, UTC.
    const NOON: i64 = 1_757_937_600_000;

    fn round(days: i64) -> Round {
        Round {
            id: RoundId::new(Uuid::nil()),
            mapping: MappingId::new(Uuid::nil()),
            number: 1,
            name: Title::parse("Hösten").expect("short enough"),
            version: 1,
            target_year: 2027,
            n_min: 6,
            mode: SurveyMode::Named,
            ask_effect: false,
            status: RoundStatus::Closed,
            opened_at: NOON,
            closed_at: Some(NOON + days * DAY),
        }
    }

    fn submitted(at: &[i64]) -> impl Iterator<Item = Progress> {
        (at.iter()).map(|at| Progress::Submitted { at: *at })
    }

    #[test]
    fn no_day_of_a_round_is_left_out() {
        let found = days(&round(3), submitted(&[NOON, NOON + 1, NOON + 2 * DAY]));
        let expected = [("15/9", 2), ("16/9", 0), ("17/9", 1), ("18/9", 0)];
        let expected: Vec<_> = expected.map(|(day, n)| (day.to_owned(), n)).into();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_answer_at_night_belongs_to_the_day_in_sweden() {
        // 22.30 UTC on the 15th is half past midnight on the 16th in Sweden.
        let found = days(&round(1), submitted(&[NOON + 10 * 3_600_000 + 1_800_000]));
        assert_eq!(found, [("15/9".to_owned(), 0), ("16/9".to_owned(), 1)]);
    }

    #[test]
    fn a_long_round_is_told_week_by_week() {
        let found = days(&round(60), submitted(&[NOON, NOON + 45 * DAY]));
        assert_eq!(found.len(), 9);
        assert_eq!(found[0], ("2025 v. 38".to_owned(), 1));
        assert_eq!(found.iter().map(|(_, n)| n).sum::<usize>(), 2);
    }

    #[test]
    fn nobody_who_has_answered_makes_no_chart() {
        assert_eq!(days(&round(3), submitted(&[])), []);
    }
}
