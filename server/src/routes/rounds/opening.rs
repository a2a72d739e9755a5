//! Opening a round.

use app::{
    components::{Errors, date},
    document::{Frame, Tab},
    pages::rounds::{self as pages, RoundForm},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{MappingId, RoundId},
    rights::Action,
    survey::{Round, RoundStatus, SurveyMode},
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

pub(super) async fn new(
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
        mode: None,
        ask_effect: false,
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

pub(super) async fn open(
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
    let Some(settings) = read else {
        return Ok(form_page(&room, form, true).await);
    };
    let round = Round {
        id: round_id,
        mapping: id,
        number: next_number(&room).await?,
        name: settings.name,
        version: settings.version,
        target_year: settings.target_year,
        n_min: settings.n_min,
        mode: settings.mode,
        ask_effect: settings.ask_effect,
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

/// How a round is asked; nothing of it is changed once it is open.
struct Settings {
    name: Title,
    version: u32,
    target_year: u16,
    n_min: u8,
    mode: SurveyMode,
    ask_effect: bool,
}

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
    let mode = SurveyMode::from_code(fields.get("svarssatt"));
    if mode.is_none() {
        errors.add("svarssatt", texts.round_mode_missing());
    }
    let ask_effect = fields.get("effekt") == "ja";
    let form = RoundForm {
        id: fields.get("id").to_owned(),
        name: fields.get("namn").to_owned(),
        version: fields.get("version").to_owned(),
        year: fields.get("ar").to_owned(),
        n_min: fields.get("n_min").to_owned(),
        mode,
        ask_effect,
        versions: versions(room),
        errors,
    };
    let read = match (name, version, year, n_min, mode) {
        (Some(name), Some(version), Some(target_year), Some(n_min), Some(mode)) => Some(Settings {
            name,
            version,
            target_year,
            n_min,
            mode,
            ask_effect,
        }),
        _ => None,
    };
    (form, read)
}
