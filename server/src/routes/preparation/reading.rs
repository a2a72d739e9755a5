//! The text to read before the first workshop, for those who have a role in the mapping.

use app::{
    components::{Errors, date},
    document::{Frame, Said, Tab},
    pages::preparation::reading::{self as pages, ChangePage, Reading, ReadingPage, Tick},
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::MappingId,
    mapping::Mapping,
    participation::Material,
    rights::{Action, Actor},
};
use store::StoreError;
use uuid::Uuid;

use crate::{
    error::Failure,
    form::{Fields, text_error},
    material,
    page::{render, see_other},
    state::{App, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    let base = "/k/{mapping}/forberedelse";
    Router::new()
        .route(base, get(show))
        .route(&format!("{base}/last"), post(tick))
        .route(&format!("{base}/andra"), get(edit).post(change))
}

/// A mapping's text in Markdown: its own or the standard text.
pub(super) async fn markdown(app: &App, mapping: &Mapping) -> Result<String, StoreError> {
    let own = app.store.reading(mapping.id).await?;
    Ok(own.map_or_else(
        || material::standard(mapping.language).to_owned(),
        |(body, _)| body.to_string(),
    ))
}

/// A mapping's text for someone who reads it: `reader` and where they say that they have.
pub(super) async fn reading(
    app: &App,
    mapping: &Mapping,
    reader: Option<(Uuid, String)>,
) -> Result<Reading, StoreError> {
    let markdown = markdown(app, mapping).await?;
    let tick = match reader {
        Some((reader, action)) => Some(Tick {
            action,
            day: app.store.has_read(mapping.id, reader).await?,
        }),
        None => None,
    };
    Ok(Reading {
        html: material::html(&markdown),
        minutes: material::minutes(&markdown),
        tick,
    })
}

/// Notes what somebody says of having read the text. Said again, it changes nothing.
///
/// # Errors
/// [`Failure::BadForm`] when the form says neither yes nor no.
pub(super) async fn set(
    app: &App,
    mapping: MappingId,
    reader: Uuid,
    fields: &Fields,
) -> Result<(), Failure> {
    match fields.get("last") {
        "ja" => {
            let today = date(now());
            app.store.set_has_read(mapping, reader, &today).await?;
        }
        "nej" => app.store.unset_has_read(mapping, reader).await?,
        _ => return Err(Failure::BadForm),
    }
    Ok(())
}

/// The account that visits; none for someone who looks at an example.
fn account(room: &Room) -> Option<Uuid> {
    match &room.visitor.actor {
        Actor::Account { id, .. } => Some(id.uuid()),
        _ => None,
    }
}

async fn enter(app: &App, visitor: &Visitor, mapping: MappingId) -> Result<Room, Failure> {
    visitor
        .enter(app, mapping, Action::ReadMaterial, Tab::Participation)
        .await
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping).await?;
    let action = room.address("/forberedelse/last");
    // Those who look at an example without a role in it are not counted.
    let member = (room.visitor.actor.membership(mapping)).and_then(|_| account(&room));
    let reader = member.map(|reader| (reader, action));
    let data = ReadingPage {
        mapping,
        reading: reading(&app, &room.mapping, reader).await?,
        count: app.store.count_readers(mapping).await?,
        may_go_back: room.may(Action::ReadProgress),
        may_change: room.may(Action::ManageParticipation),
    };
    let texts = room.texts;
    let mut frame = room.frame(texts.preparation_title());
    let said = match room.visitor.query("klart") {
        "text" => Some(texts.preparation_said_saved()),
        "standard" => Some(texts.preparation_said_standard()),
        _ => None,
    };
    if let Some(message) = said {
        frame.said = Some(Said {
            message: message.to_owned(),
            undo: None,
        });
    }
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::page(frame.texts, &data)
    })
    .await)
}

async fn tick(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping).await?;
    let member = (room.visitor.actor.membership(mapping)).and_then(|_| account(&room));
    let reader = member.ok_or_else(|| room.refusal())?;
    set(&app, mapping, reader, &fields).await?;
    Ok(see_other(room.address("/forberedelse#last")))
}

async fn enter_to_change(
    app: &App,
    visitor: &Visitor,
    mapping: MappingId,
) -> Result<Room, Failure> {
    let action = Action::ManageParticipation;
    (visitor.enter(app, mapping, action, Tab::Participation)).await
}

async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter_to_change(&app, &visitor, mapping).await?;
    let body = markdown(&app, &room.mapping).await?;
    let own = app.store.reading(mapping).await?;
    let page = ChangePage {
        mapping,
        html: material::html(&body),
        body,
        seen: own
            .as_ref()
            .map_or_else(String::new, |(_, at)| at.to_string()),
        own: own.is_some(),
        previewed: false,
        errors: Errors::default(),
    };
    Ok(change_page(&room, page).await)
}

async fn change_page(room: &Room, page: ChangePage) -> Response {
    let status = if page.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let frame = room.frame(room.texts.preparation_change_title());
    render(status, frame, move |frame: &Frame| {
        pages::change(frame.texts, &page)
    })
    .await
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_change(&app, &visitor, mapping).await?;
    let texts = room.texts;
    let seen = match fields.get("sedd") {
        "" => None,
        at => Some(at.parse().map_err(|_| Failure::BadForm)?),
    };
    let typed = fields.get("text");
    let mut errors = Errors::default();
    let body = match fields.get("gor") {
        "standard" => None,
        "spara" | "visa" => Some(Material::parse(typed)),
        _ => return Err(Failure::BadForm),
    };
    let body = body
        .transpose()
        .map_err(|error| errors.add("text", text_error(texts, texts.preparation_body(), error)));
    let mut shown_as = fields.get("sedd").to_owned();
    if let (Ok(body), "spara" | "standard") = (&body, fields.get("gor")) {
        match (app.store.set_reading(mapping, body.clone(), seen, now())).await {
            Ok(()) => {
                room.record("reading.change", "").await?;
                let said = if body.is_some() { "text" } else { "standard" };
                return Ok(see_other(
                    room.address(format_args!("/forberedelse?klart={said}")),
                ));
            }
            // The other text has been seen now: saving again is on purpose.
            Err(StoreError::Conflict("reading")) => {
                errors.add("text", texts.preparation_changed_since());
                let stored = app.store.reading(mapping).await?;
                shown_as = stored.map_or_else(String::new, |(_, at)| at.to_string());
            }
            Err(error) => return Err(error.into()),
        }
    }
    let standard = fields.get("gor") == "standard";
    let text = if standard {
        markdown(&app, &room.mapping).await?
    } else {
        typed.to_owned()
    };
    // What is far too long to be saved is not shown either.
    let shown: String = text.chars().take(Material::MAX).collect();
    let page = ChangePage {
        mapping,
        html: material::html(&shown),
        body: text,
        seen: shown_as,
        own: app.store.reading(mapping).await?.is_some(),
        previewed: !standard,
        errors,
    };
    Ok(change_page(&room, page).await)
}
