//! What each municipality has done before the mapping.

use app::{
    components::Errors,
    document::Tab,
    pages::preparation::readiness::{self as pages, ReadinessForm, ReadinessPage},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::MappingId,
    municipality::Municipality,
    participation::{Readiness, Strategy},
    rights::Action,
    text::Text,
};

use super::new_op;
use crate::{
    error::Failure,
    form::Fields,
    material::leads_out,
    page::see_other,
    state::App,
    visitor::{Room, Visitor},
};

/// The years in which a self-assessment can have been made.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/beredskap", get(show))
        .route(
            "/k/{mapping}/beredskap/{municipality}",
            get(edit).post(save),
        )
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
) -> Result<Response, Failure> {
    let action = Action::ReadProgress;
    let room = (visitor.enter(&app, mapping, action, Tab::Participation)).await?;
    let noted = app.store.readiness(mapping).await?;
    let rows = (room.mapping.members.iter())
        .map(|member| {
            let own = (noted.iter()).find(|noted| noted.municipality == member.municipality);
            (member.municipality, own.cloned())
        })
        .collect();
    let data = ReadinessPage {
        mapping,
        rows,
        may_change: room.may(Action::ManageParticipation),
    };
    let title = room.texts.readiness_title();
    Ok(room
        .page(title, move |frame| pages::page(frame.texts, &data))
        .await)
}

/// Lets someone in to note things of a municipality of the mapping.
async fn enter(
    app: &App,
    visitor: &Visitor,
    (mapping, code): (MappingId, String),
) -> Result<(Room, Municipality), Failure> {
    let action = Action::ManageParticipation;
    let room = (visitor.enter(app, mapping, action, Tab::Participation)).await?;
    let municipality = (room.mapping.members.iter())
        .map(|member| member.municipality)
        .find(|municipality| municipality.to_string() == code)
        .ok_or(Failure::NotFound)?;
    Ok((room, municipality))
}

async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, String)>,
) -> Result<Response, Failure> {
    let (room, municipality) = enter(&app, &visitor, path).await?;
    let noted = app.store.readiness(room.mapping.id).await?;
    let noted = (noted.into_iter()).find(|noted| noted.municipality == municipality);
    let form = match noted {
        Some(noted) => ReadinessForm {
            op: new_op(),
            strategy: noted.strategy.code().to_owned(),
            strategy_link: noted.strategy_link.to_string(),
            tool: noted.tool.to_string(),
            year: noted.year.map_or_else(String::new, |year| year.to_string()),
            tool_link: noted.tool_link.to_string(),
            note: noted.note.to_string(),
            errors: Errors::default(),
        },
        None => ReadinessForm {
            op: new_op(),
            strategy: Strategy::Unknown.code().to_owned(),
            ..ReadinessForm::default()
        },
    };
    Ok(page(&room, municipality, form).await)
}

async fn page(room: &Room, municipality: Municipality, form: ReadinessForm) -> Response {
    let (mapping, again) = (room.mapping.id, !form.errors.is_empty());
    let title = room.texts.readiness_form_title(municipality.name());
    let body =
        move |frame: &app::document::Frame| pages::form(frame.texts, mapping, municipality, &form);
    if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (room, municipality) = enter(&app, &visitor, path).await?;
    let op = fields.op()?;
    match read(&room, municipality, &fields) {
        Ok(readiness) => {
            app.store.set_readiness(room.mapping.id, &readiness).await?;
            let detail = municipality.to_string();
            room.record("readiness.change", &detail).await?;
            Ok(see_other(room.address("/beredskap?klart=sparat")))
        }
        Err(errors) => {
            let typed = |name: &str| fields.get(name).to_owned();
            let form = ReadinessForm {
                op: op.to_string(),
                strategy: typed("strategi"),
                strategy_link: typed("strategi-lank"),
                tool: typed("verktyg"),
                year: typed("ar"),
                tool_link: typed("verktyg-lank"),
                note: typed("ovrigt"),
                errors,
            };
            Ok(page(&room, municipality, form).await)
        }
    }
}

fn read(room: &Room, municipality: Municipality, fields: &Fields) -> Result<Readiness, Errors> {
    let texts = room.texts;
    let mut errors = Errors::default();
    let strategy = Strategy::from_code(fields.get("strategi"));
    if strategy.is_none() {
        errors.add(
            "strategi",
            texts.form_choose(texts.readiness_strategy().to_lowercase()),
        );
    }
    let link = |name: &str, label: &str, errors: &mut Errors| {
        let link: Text<0, 400> = fields.text(name, label, texts, errors);
        let web = leads_out(&link) && !link.to_lowercase().starts_with("mailto:");
        if !link.is_empty() && !web {
            errors.add(name, texts.readiness_link_wrong());
        }
        link
    };
    let strategy_link = link(
        "strategi-lank",
        texts.readiness_strategy_link(),
        &mut errors,
    );
    let tool_link = link("verktyg-lank", texts.readiness_tool_link(), &mut errors);
    let tool = fields.text("verktyg", texts.readiness_tool_name(), texts, &mut errors);
    let year = match fields.get("ar").trim() {
        "" => None,
        typed => {
            let year = (typed.parse().ok()).filter(|year| YEARS.contains(year));
            if year.is_none() {
                errors.add("ar", texts.readiness_year_wrong(YEARS.start(), YEARS.end()));
            }
            year
        }
    };
    let note = fields.text("ovrigt", texts.readiness_note(), texts, &mut errors);
    match (strategy, errors.is_empty()) {
        (Some(strategy), true) => Ok(Readiness {
            municipality,
            strategy,
            strategy_link,
            tool,
            year,
            tool_link,
            note,
        }),
        _ => Err(errors),
    }
}
