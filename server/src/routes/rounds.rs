//! Survey rounds: the list, opening one, following it and closing it.

use std::collections::HashMap;

use app::{
    components::{Errors, date},
    document::{Frame, Tab},
    pages::{
        round_progress::{self, DontKnow, RoundPage, Turnout},
        rounds::{self as pages, RoundForm, RoundList, RoundRow},
    },
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{CapabilityId, MappingId, RoundId},
    level::Answer,
    map::Version,
    rights::Action,
    survey::{Occupation, Progress, Round, RoundStatus, SubmittedAnswer, SurveyMode},
    text::Title,
};
use store::StoreError;

use crate::{
    error::Failure,
    form::{Fields, text_error},
    page::see_other,
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

/// Fewest answers for a distribution that a new round begins with.
const DEFAULT_N_MIN: u8 = 6;
/// A target level is meant for a year at most this far ahead.
const MOST_YEARS_AHEAD: u16 = 20;
/// Share of vet ej above which a capability should be reworded or asked of others (METHOD §4.6).
const MUCH_DONT_KNOW: f64 = 0.30;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/omgangar", get(list))
        .route("/k/{mapping}/omgangar/ny", get(new).post(open))
        .route("/k/{mapping}/omgangar/{round}", get(follow))
        .route("/k/{mapping}/omgangar/{round}/stang", post(close))
}

/// A round of this mapping.
///
/// # Errors
/// [`Failure::NotFound`] when there is none, or it is another mapping's.
pub(super) async fn of_mapping(room: &Room, id: RoundId) -> Result<Round, Failure> {
    let round = room.app.store.round(id).await?;
    (round.filter(|round| round.mapping == room.mapping.id)).ok_or(Failure::NotFound)
}

/// The version of the map that a round asks about.
///
/// # Errors
/// [`Failure::NotFound`] when the log has no such version.
pub(super) fn version<'a>(room: &'a Room, round: &Round) -> Result<&'a Version, Failure> {
    let version = room.state.version(round.version);
    version.map(AsRef::as_ref).ok_or(Failure::NotFound)
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadProgress, Tab::Rounds)
        .await?;
    let mut rounds = Vec::new();
    for round in app.store.rounds(id).await?.into_iter().rev() {
        let progress = app.store.progress(round.id).await?;
        rounds.push(RoundRow {
            invited: progress.len(),
            submitted: (progress.iter().filter(|row| is_submitted(row.1))).count(),
            round,
        });
    }
    let data = RoundList {
        mapping: id,
        rounds,
        ratified: !room.state.versions.is_empty(),
        may_manage: room.may(Action::ManageRounds),
        may_ratify: room.may(Action::RatifyMap),
    };
    let title = room.texts.round_list_title();
    Ok(room
        .page(title, move |frame| pages::list(frame.texts, &data))
        .await)
}

fn is_submitted(progress: Progress) -> bool {
    matches!(progress, Progress::Submitted { .. })
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ManageRounds, Tab::Rounds)
        .await?;
    let number = next_number(&room).await?;
    let form = RoundForm {
        id: new_id().to_string(),
        name: room.texts.round_name_default(number),
        version: (room.state.versions.last()).map_or_else(String::new, |v| v.number.to_string()),
        year: (this_year() + 2).to_string(),
        n_min: DEFAULT_N_MIN.to_string(),
        versions: versions(&room),
        errors: Errors::default(),
    };
    Ok(form_page(&room, form, false).await)
}

async fn form_page(room: &Room, form: RoundForm, again: bool) -> Response {
    let (mapping, may_ratify) = (room.mapping.id, room.may(Action::RatifyMap));
    let body = move |frame: &Frame| pages::new(frame.texts, mapping, may_ratify, &form);
    let title = room.texts.round_new_title();
    if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}

/// Ratified versions, newest first.
fn versions(room: &Room) -> Vec<(u32, String)> {
    (room.state.versions.iter().rev())
        .map(|version| (version.number, version.date.to_string()))
        .collect()
}

async fn next_number(room: &Room) -> Result<u32, Failure> {
    let rounds = room.app.store.rounds(room.mapping.id).await?;
    Ok(rounds.last().map_or(1, |round| round.number + 1))
}

/// The year in Sweden.
fn this_year() -> u16 {
    let today = date(now());
    today
        .get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or_default()
}

async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ManageRounds, Tab::Rounds)
        .await?;
    let round_id = RoundId::new(fields.id("id")?);
    let opened = room.address(format_args!("/omgangar/{round_id}?klart=oppnad"));
    if let Some(known) = app.store.round(round_id).await? {
        // The form was sent twice.
        return if known.mapping == id {
            Ok(see_other(opened))
        } else {
            Err(Failure::BadForm)
        };
    }
    let (form, read) = read_form(&room, &fields);
    let Some((name, version, target_year, n_min)) = read else {
        return Ok(form_page(&room, form, true).await);
    };
    let round = Round {
        id: round_id,
        mapping: id,
        number: next_number(&room).await?,
        name,
        version,
        target_year,
        n_min,
        mode: SurveyMode::Named,
        ask_effect: false,
        status: RoundStatus::Open,
        opened_at: now(),
        closed_at: None,
    };
    match app.store.open_round(&round).await {
        Ok(()) => {}
        // The same form sent twice at once: the other one opened it.
        Err(StoreError::Conflict("round_id")) => return Ok(see_other(opened)),
        // Someone else opened a round in between.
        Err(StoreError::Conflict("round_number")) => {
            let number = next_number(&room).await?;
            app.store.open_round(&Round { number, ..round }).await?;
        }
        Err(error) => return Err(error.into()),
    }
    room.record("round.open", &round_id.to_string()).await?;
    Ok(see_other(opened))
}

type Settings = (Title, u32, u16, u8);

/// What was typed, and what it means if it is right.
fn read_form(room: &Room, fields: &Fields) -> (RoundForm, Option<Settings>) {
    let texts = room.texts;
    let mut errors = Errors::default();
    let name = (Title::parse(fields.get("namn")))
        .map_err(|error| errors.add("namn", text_error(texts, texts.round_name(), error)))
        .ok();
    let version =
        (fields.get("version").parse().ok()).filter(|number| room.state.version(*number).is_some());
    if version.is_none() {
        errors.add("version", texts.round_version_missing());
    }
    let years = this_year()..=this_year() + MOST_YEARS_AHEAD;
    let year = (fields.get("ar").trim().parse().ok()).filter(|year| years.contains(year));
    if year.is_none() {
        errors.add("ar", texts.round_year_wrong(years.start(), years.end()));
    }
    let n_min = (fields.get("n_min").trim().parse().ok()).filter(|n| (3..=10).contains(n));
    if n_min.is_none() {
        errors.add("n_min", texts.round_n_min_wrong());
    }
    let form = RoundForm {
        id: fields.get("id").to_owned(),
        name: fields.get("namn").to_owned(),
        version: fields.get("version").to_owned(),
        year: fields.get("ar").to_owned(),
        n_min: fields.get("n_min").to_owned(),
        versions: versions(room),
        errors,
    };
    let read = match (name, version, year, n_min) {
        (Some(name), Some(version), Some(year), Some(n_min)) => Some((name, version, year, n_min)),
        _ => None,
    };
    (form, read)
}

async fn follow(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadProgress, Tab::Rounds)
        .await?;
    let round = of_mapping(&room, round).await?;
    let data = progress_page(&room, round).await?;
    let title = room.texts.round_page_title(data.round.name.as_str());
    Ok(room
        .page(title, move |frame| round_progress::page(frame.texts, &data))
        .await)
}

async fn progress_page(room: &Room, round: Round) -> Result<RoundPage, Failure> {
    let store = &room.app.store;
    let capabilities = version(room, &round)?.contents.active_in_order().len();
    let participants = store.participants(round.id).await?;
    let rows = store.progress(round.id).await?;
    let progress: HashMap<_, _> = rows.iter().map(|row| (row.0, row.1)).collect();
    let turnout = |belongs: &dyn Fn(&domain::survey::Participant) -> bool| {
        let mut turnout = Turnout::default();
        for participant in participants.iter().filter(|p| belongs(p)) {
            turnout.asked += 1;
            let status = progress.get(&participant.id).copied();
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
        Some(dont_know(room, &round, &answers)?)
    };
    Ok(RoundPage {
        at: now(),
        invited: participants.len(),
        started: (rows.iter())
            .filter(|row| row.1 != Progress::NotStarted)
            .count(),
        submitted,
        complete: rows.iter().filter(|row| row.2 >= capabilities).count(),
        capabilities,
        municipalities: (room.mapping.members.iter())
            .map(|member| member.municipality)
            .map(|m| (m, turnout(&|p| p.municipalities.contains(&m))))
            .collect(),
        roles: (Occupation::ALL.iter())
            .map(|role| (*role, turnout(&|p| p.occupation == *role)))
            .filter(|(_, turnout)| turnout.asked > 0)
            .collect(),
        dont_know,
        may_manage: room.may(Action::ManageRounds),
        may_read_results: room.may(Action::ReadResults),
        may_set_effects: room.may(Action::SetEffects),
        round,
    })
}

/// The share of vet ej on the current level by capability, most first, with the results' own definition: what holds for
/// several municipalities counts in each. A capability that fewer than `n_min` people have said anything about is left
/// out, so that nobody's answer can be guessed.
fn dont_know(
    room: &Room,
    round: &Round,
    answers: &[SubmittedAnswer],
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
            let count = counts
                .get(&id)
                .filter(|count| count.people >= u32::from(round.n_min))?;
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

async fn close(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ManageRounds, Tab::Rounds)
        .await?;
    let round = of_mapping(&room, round).await?;
    if round.status == RoundStatus::Open {
        app.store.close_round(round.id, now()).await?;
        room.record("round.close", &round.id.to_string()).await?;
    }
    Ok(see_other(room.address(format_args!(
        "/omgangar/{}?klart=stangd",
        round.id
    ))))
}
