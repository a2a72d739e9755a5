//! Starting a mapping, its overview, and its settings.

use std::collections::BTreeSet;

use app::{
    components::Errors,
    document::{Frame, Tab},
    pages::{
        mapping::{self as pages, Step},
        workshops::Standing,
    },
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{MappingId, OpId},
    map::{AgreedKey, Command, Event, Refusal},
    mapping::{Language, Mapping, Member, Participation},
    municipality::Municipality,
    rights::{Action, Actor, Subject},
    survey::RoundStatus,
    text::{Text, Title},
};

use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/ny", get(new).post(create))
        .route("/k/{mapping}", get(overview))
        .route(
            "/k/{mapping}/installningar",
            get(settings).post(save_settings),
        )
        .route("/k/{mapping}/angra", post(undo))
}

async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    visitor.may(Action::StartMapping, &Subject::Service)?;
    let form = pages::MappingForm {
        id: new_id().to_string(),
        name: String::new(),
        period: String::new(),
        language: Language::Swedish.code().to_owned(),
        municipalities: Municipality::fyrbodal()
            .iter()
            .map(ToString::to_string)
            .collect(),
        errors: Errors::default(),
    };
    Ok(new_page(&app, &visitor, StatusCode::OK, form).await)
}

async fn new_page(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    form: pages::MappingForm,
) -> Response {
    let frame = visitor.frame(app, visitor.texts.mapping_new_title());
    render(status, frame, move |frame| pages::new(frame.texts, &form)).await
}

async fn create(
    State(app): State<App>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Response, Failure> {
    visitor.may(Action::StartMapping, &Subject::Service)?;
    let Actor::Account { id: account, .. } = visitor.actor else {
        return Err(Failure::SignInNeeded);
    };
    let id = MappingId::new(fields.id("id")?);
    let (form, read) = read_form(visitor.texts, &fields);
    let Some((name, period, language, municipalities)) = read else {
        return Ok(new_page(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, form).await);
    };
    if app.store.mapping(id).await?.is_none() {
        let members = municipalities.into_iter().map(member).collect();
        let mapping = Mapping {
            id,
            name,
            period,
            language,
            example: false,
            members,
        };
        (app.store)
            .create_mapping(&mapping, Some(account), now())
            .await?;
    }
    Ok(see_other(format!("/k/{id}?klart=skapad")))
}

fn member(municipality: Municipality) -> Member {
    Member {
        municipality,
        participation: Participation::Invited,
        note: Text::default(),
    }
}

type Settings = (Title, Text<1, 40>, Language, Vec<Municipality>);

/// What was typed, and what it means if it is right.
fn read_form(texts: Texts, fields: &Fields) -> (pages::MappingForm, Option<Settings>) {
    let mut errors = Errors::default();
    let name = (Title::parse(fields.get("namn")))
        .map_err(|error| {
            errors.add(
                "namn",
                crate::form::text_error(texts, texts.mapping_name(), error),
            );
        })
        .ok();
    let period = (Text::<1, 40>::parse(fields.get("period")))
        .map_err(|error| {
            errors.add(
                "period",
                crate::form::text_error(texts, texts.mapping_period(), error),
            );
        })
        .ok();
    let language = Language::from_code(fields.get("sprak")).unwrap_or(Language::Swedish);
    let chosen: BTreeSet<Municipality> = fields
        .all("kommun")
        .filter_map(|code| code.parse().ok())
        .collect();
    let mut municipalities: Vec<_> = chosen.into_iter().collect();
    Municipality::sort(&mut municipalities);
    if municipalities.is_empty() {
        errors.add("kommun", texts.mapping_municipalities_missing());
    }
    let right = errors.is_empty();
    let form = pages::MappingForm {
        id: fields.get("id").to_owned(),
        name: fields.get("namn").to_owned(),
        period: fields.get("period").to_owned(),
        language: language.code().to_owned(),
        municipalities: municipalities.iter().map(ToString::to_string).collect(),
        errors,
    };
    let read = (name.zip(period)).filter(|_| right);
    (
        form,
        read.map(|(name, period)| (name, period, language, municipalities)),
    )
}

async fn overview(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadMap, Tab::Overview)
        .await?;
    let rounds = app.store.rounds(id).await?;
    let active = room.state.contents.active_in_order().len();
    let open = rounds
        .iter()
        .rev()
        .find(|round| round.status == RoundStatus::Open);
    let closed = rounds
        .iter()
        .rev()
        .find(|round| round.status == RoundStatus::Closed);
    let data = pages::Overview {
        mapping: room.mapping.clone(),
        goals: room.state.contents.goals.len(),
        capabilities: active,
        weaknesses: room.state.contents.weaknesses.len(),
        version: (room.state.versions.last()).map(|version| {
            (
                version.number,
                version.date.to_string(),
                version.decided_by.to_string(),
            )
        }),
        changed: room.state.has_changed_since_ratified(),
        workshops: workshops(&room),
        rounds: rounds.len(),
        open: open.map(|round| (round.id, round.name.to_string())),
        closed: closed.map(|round| (round.id, round.name.to_string())),
        may_edit: room.may(Action::EditMap),
        may_ratify: room.may(Action::RatifyMap),
        may_manage: room.may(Action::ManageMapping),
        may_follow: room.may(Action::ReadProgress),
        step: match (active, room.state.versions.is_empty(), open, closed) {
            (0, true, _, _) => Step::Identify,
            (_, true, _, _) => Step::Ratify,
            (_, false, None, None) => Step::Survey,
            (_, false, Some(_), _) => Step::Answer,
            (_, false, None, Some(_)) => Step::Improve,
        },
    };
    let title = room.mapping.name.to_string();
    Ok(room
        .page(title, move |frame| pages::overview(frame.texts, &data))
        .await)
}

/// Where the series of workshops is.
fn workshops(room: &Room) -> pages::Workshops {
    let work = &room.state.work;
    let list = work.in_order();
    let first = |standing| {
        let found = (list.iter()).find(|(id, _)| Standing::of(&work.stage(*id)) == standing);
        found.map(|(_, workshop)| (*workshop).clone())
    };
    match (first(Standing::Open), first(Standing::Planned)) {
        (Some(open), _) => pages::Workshops::Open(open),
        (None, Some(coming)) => pages::Workshops::Coming(coming),
        (None, None) if list.is_empty() => pages::Workshops::None,
        (None, None) => pages::Workshops::Ended,
    }
}

async fn settings(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ManageMapping, Tab::People)
        .await?;
    let form = pages::SettingsForm {
        name: room.mapping.name.to_string(),
        period: room.mapping.period.to_string(),
        language: room.mapping.language.code().to_owned(),
        members: room.mapping.members.clone(),
        errors: Errors::default(),
    };
    settings_page(&room, form, false).await
}

async fn settings_page(
    room: &Room,
    form: pages::SettingsForm,
    again: bool,
) -> Result<Response, Failure> {
    let back = room.address("/installningar");
    let title = room.texts.mapping_settings_title();
    let body = move |frame: &Frame| pages::settings(frame.texts, &back, &form);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

async fn save_settings(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ManageMapping, Tab::People)
        .await?;
    let texts = room.texts;
    let mut errors = Errors::default();
    let mut members = room.mapping.members.clone();
    for member in &mut members {
        let code = member.municipality;
        if let Some(grade) = Participation::from_code(fields.get(&format!("deltar-{code}"))) {
            member.participation = grade;
        }
        let field = format!("not-{code}");
        member.note = fields.text(&field, texts.mapping_note(), texts, &mut errors);
    }
    let name: Result<Title, _> = Text::parse(fields.get("namn"));
    let period: Result<Text<1, 40>, _> = Text::parse(fields.get("period"));
    if let Err(error) = &name {
        errors.add(
            "namn",
            crate::form::text_error(texts, texts.mapping_name(), *error),
        );
    }
    if let Err(error) = &period {
        errors.add(
            "period",
            crate::form::text_error(texts, texts.mapping_period(), *error),
        );
    }
    let language = Language::from_code(fields.get("sprak")).unwrap_or(room.mapping.language);
    if let (Ok(name), Ok(period), true) = (name, period, errors.is_empty()) {
        let mapping = Mapping {
            name,
            period,
            language,
            members,
            ..room.mapping.clone()
        };
        app.store.save_mapping(&mapping).await?;
        for (before, after) in room.mapping.members.iter().zip(&mapping.members) {
            let (from, to) = (before.participation, after.participation);
            if from != to {
                let whose = after.municipality;
                let detail = format!("{whose} serien: {} → {}", from.code(), to.code());
                room.record("participation.set", &detail).await?;
            }
        }
        return Ok(see_other(room.address("/installningar?klart=sparat")));
    }
    let form = pages::SettingsForm {
        name: fields.get("namn").to_owned(),
        period: fields.get("period").to_owned(),
        language: language.code().to_owned(),
        members,
        errors,
    };
    settings_page(&room, form, true).await
}

/// Takes an operation on the map back. A second click finds it undone, which is what was asked for.
async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    let undone = fields.op()?;
    let Some(operation) = room.state.operation(undone) else {
        // Whoever may not change the map is not told what is in its log.
        room.must(Action::EditMap)?;
        return Err(Failure::Refused(Refusal::NotFound));
    };
    if !room.may_undo(operation) {
        return Err(room.refusal());
    }
    let back = match operation.events.first() {
        _ if fields.get("till") == "historik" => "/historik".to_owned(),
        Some(Event::Agreed(change)) => {
            let AgreedKey {
                round,
                municipality,
                ..
            } = change.id;
            format!("/omgangar/{round}/bedomning/{municipality}")
        }
        Some(Event::Effect(change)) => format!("/omgangar/{}/effekt", change.id.round),
        // Without what was there before there is no workshop any more.
        Some(Event::Workshop(change)) if change.before.is_none() => "/workshopar".to_owned(),
        Some(Event::Workshop(change)) => format!("/workshop/{}/planera", change.id),
        _ => "/karta".to_owned(),
    };
    let op = OpId::new(new_id());
    match room.execute(op, Command::Undo(undone)).await {
        Ok(_) | Err(Failure::Refused(Refusal::AlreadyUndone)) => {}
        Err(failure) => return Err(failure),
    }
    Ok(see_other(room.address(format_args!("{back}?op={op}"))))
}
