//! Joining by a code.

use std::{convert::Infallible, net::SocketAddr};

use app::{
    components::Errors,
    document::Frame,
    pages::join::{self as pages, JoinForm},
};
use axum::{
    Router,
    extract::{ConnectInfo, FromRequestParts, Path, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
    routing::get,
};
use domain::{
    ids::{AttendeeId, MappingId, WorkshopId},
    mapping::Mapping,
    municipality::Municipality,
    rights::Actor,
    survey::Occupation,
    workshop::{Attendee, Workshop},
};
use store::StoreError;

use crate::{
    error::Failure,
    form::Fields,
    live::{COOKIE, Guest, Source, represents},
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::Visitor,
};

/// How long a browser keeps its seat, in seconds: over the day and the days around it.
const SEAT_SECONDS: u32 = 14 * 24 * 60 * 60;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/w", get(ask).post(join))
        .route("/w/{code}", get(open))
}

/// Where a request comes from.
#[derive(Clone, Copy)]
pub(in crate::routes) struct From(Source);

impl From {
    /// The address, for limits.
    pub(in crate::routes) fn source(self) -> Source {
        self.0
    }
}

impl FromRequestParts<App> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = (parts.extensions.get::<ConnectInfo<SocketAddr>>())
            .map_or(SocketAddr::from(([0, 0, 0, 0], 0)), |peer| peer.0);
        Ok(Self(Source::of(peer, &parts.headers, app.behind_proxy)))
    }
}

/// A code as people type it, in its own form.
fn plain(typed: &str) -> String {
    (typed.chars().filter(char::is_ascii_alphanumeric))
        .map(|letter| letter.to_ascii_lowercase())
        .take(20)
        .collect()
}

/// `GET /w`: where the code is typed; `?kod=` goes on to it.
async fn ask(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let typed = visitor.query("kod").to_owned();
    let code = plain(&typed);
    if !code.is_empty() {
        return Ok(see_other(format!("/w/{code}")));
    }
    if typed.is_empty() {
        return Ok(ask_for_code(&app, &visitor).await);
    }
    let mut errors = Errors::default();
    errors.add("kod", visitor.texts.join_code_missing());
    let frame = Frame {
        bare: true,
        ..visitor.frame(&app, visitor.texts.join_title())
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(render(status, frame, move |frame| {
        pages::code(frame.texts, &typed, &errors)
    })
    .await)
}

/// Where the code is typed.
pub(super) async fn ask_for_code(app: &App, visitor: &Visitor) -> Response {
    let frame = Frame {
        bare: true,
        ..visitor.frame(app, visitor.texts.join_title())
    };
    let errors = Errors::default();
    render(StatusCode::OK, frame, move |frame| {
        pages::code(frame.texts, "", &errors)
    })
    .await
}

/// The workshop that a code opens.
///
/// # Errors
/// [`Failure::WorkshopCode`] when there is none; [`Failure::TooMany`] when this address has tried too many wrong ones.
async fn find(app: &App, from: From, code: &str) -> Result<(MappingId, WorkshopId), Failure> {
    if !app.limits.may_try(from.0) {
        return Err(Failure::TooMany);
    }
    let found = match plain(code) {
        code if code.is_empty() => None,
        code => app.store.workshop_by_code(&code).await?,
    };
    if let Some((mapping, workshop)) = found {
        let state = app.store.map_state(mapping).await?;
        if state.work.stage(workshop).is_open() {
            return Ok((mapping, workshop));
        }
    }
    app.limits.wrong_code(from.0);
    Err(Failure::WorkshopCode)
}

/// `GET /w/{code}`, which the QR code holds: on to the workshop, where a browser that has a seat is known.
async fn open(
    State(app): State<App>,
    from: From,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let (mapping, workshop) = find(&app, from, &code).await?;
    let code = plain(&code);
    Ok(see_other(format!(
        "/k/{mapping}/workshop/{workshop}/delta?kod={code}"
    )))
}

/// The form for one who has come with a code.
pub(super) async fn door(guest: Guest, from: From, code: &str) -> Result<Response, Failure> {
    if find(&guest.app, from, code).await? != (guest.mapping.id, guest.id) {
        guest.app.limits.wrong_code(from.0);
        return Err(Failure::WorkshopCode);
    }
    let mut form = empty_form(
        &guest.mapping,
        guest.workshop()?,
        &plain(code),
        &guest.visitor,
    );
    form.op = new_id().to_string();
    let membership = guest.visitor.actor.membership(guest.mapping.id);
    form.municipalities = (membership.iter())
        .flat_map(|membership| &membership.municipalities)
        .map(ToString::to_string)
        .collect();
    Ok(page(
        &guest.app,
        &guest.visitor,
        &guest.mapping,
        form,
        StatusCode::OK,
    )
    .await)
}

fn empty_form(mapping: &Mapping, workshop: &Workshop, code: &str, visitor: &Visitor) -> JoinForm {
    JoinForm {
        code: code.to_owned(),
        title: workshop.title.to_string(),
        mapping: mapping.name.to_string(),
        approval: workshop.approval,
        known: visitor.name.clone(),
        members: (mapping.members.iter())
            .map(|member| member.municipality)
            .collect(),
        name: visitor.name.clone().unwrap_or_default(),
        occupation: Occupation::Other.code().to_owned(),
        ..JoinForm::default()
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    mapping: &Mapping,
    form: JoinForm,
    status: StatusCode,
) -> Response {
    let frame = Frame {
        texts: visitor.texts_for(mapping.language),
        bare: true,
        ..visitor.frame(app, visitor.texts.join_title())
    };
    render(status, frame, move |frame| pages::view(frame.texts, &form)).await
}

/// `POST /w`: takes a seat.
async fn join(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    fields: Fields,
) -> Result<Response, Failure> {
    let op = fields.op()?;
    let (mapping_id, workshop_id) = find(&app, from, fields.get("kod")).await?;
    let mapping = (app.store.mapping(mapping_id).await?).ok_or(Failure::NotFound)?;
    let state = app.store.map_state(mapping_id).await?;
    let workshop = (state.work.workshops.get(&workshop_id)).ok_or(Failure::NotFound)?;
    let texts = visitor.texts_for(mapping.language);
    let mut form = JoinForm {
        op: op.to_string(),
        name: fields.get("namn").to_owned(),
        municipalities: fields.all("kommun").map(ToOwned::to_owned).collect(),
        occupation: fields.get("roll").to_owned(),
        ..empty_form(&mapping, workshop, &plain(fields.get("kod")), &visitor)
    };
    let name = fields.text("namn", texts.join_form_name(), texts, &mut form.errors);
    let mut municipalities: Vec<Municipality> = (fields.all("kommun"))
        .filter_map(|code| code.parse().ok())
        .filter(|code| form.members.contains(code))
        .collect();
    Municipality::sort(&mut municipalities);
    municipalities.dedup();
    if municipalities.is_empty() {
        form.errors
            .add("kommun", texts.join_form_municipality_missing());
    }
    let occupation = Occupation::from_code(fields.get("roll")).ok_or(Failure::BadForm)?;
    if !form.errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(&app, &visitor, &mapping, form, status).await);
    }
    let account = match &visitor.actor {
        Actor::Account { id, .. } => Some(*id),
        _ => None,
    };
    let mut attendee = Attendee {
        id: app.key.new_seat(workshop_id, op),
        name,
        occupation,
        municipalities,
        account,
        participant: None,
        approved: !workshop.approval,
        speaks: false,
        joined_at: now(),
        removed: false,
    };
    attendee.speaks = represents(&visitor.actor, mapping_id, &attendee);
    seat(&app, (mapping_id, workshop_id), attendee).await
}

/// Gives someone a seat, or the one that they have already, and lets their browser be known by it.
///
/// # Errors
/// [`Failure::TakenOut`] for one who has been sent away; [`Failure::TooMany`] when too many have come.
pub(super) async fn seat(
    app: &App,
    (mapping, workshop): (MappingId, WorkshopId),
    attendee: Attendee,
) -> Result<Response, Failure> {
    let known = known(app, workshop, &attendee).await?;
    let id = match known {
        Some(known) if known.removed => return Err(Failure::TakenOut),
        Some(known) => {
            // A token made with another key is of no use any more.
            let token = app.key.seat(known.id).hash();
            app.store.give_token(known.id, token).await?;
            known.id
        }
        None => {
            if !app.limits.take_seat(workshop) {
                return Err(Failure::TooMany);
            }
            let token = app.key.seat(attendee.id).hash();
            match app.store.add_attendee(workshop, &attendee, token).await {
                Ok(_) => {}
                // They came twice at the same time: the other request gave them their seat.
                Err(StoreError::Conflict("attendee_account" | "attendee_participant")) => {
                    return Ok(see_other(format!("/k/{mapping}/workshop/{workshop}/delta")));
                }
                Err(error) => return Err(error.into()),
            }
            attendee.id
        }
    };
    app.hub.people_changed(workshop);
    Ok(with_cookie(app, (mapping, workshop), id))
}

/// The seat that a person who is recognised has already.
async fn known(
    app: &App,
    workshop: WorkshopId,
    attendee: &Attendee,
) -> Result<Option<Attendee>, StoreError> {
    match (attendee.account, attendee.participant) {
        (Some(account), _) => app.store.attendee_of_account(workshop, account).await,
        (None, Some(participant)) => {
            (app.store)
                .attendee_of_participant(workshop, participant)
                .await
        }
        (None, None) => Ok(None),
    }
}

/// On to the workshop, with a cookie that goes nowhere else.
fn with_cookie(
    app: &App,
    (mapping, workshop): (MappingId, WorkshopId),
    id: AttendeeId,
) -> Response {
    let path = format!("/k/{mapping}/workshop/{workshop}");
    let secure = if app.secure() { "; Secure" } else { "" };
    let token = app.key.seat(id);
    let cookie = format!(
        "{COOKIE}={}; HttpOnly; SameSite=Lax; Path={path}; Max-Age={SEAT_SECONDS}{secure}",
        token.as_str()
    );
    let mut response = see_other(format!("{path}/delta"));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_code_may_be_typed_with_spaces_and_capitals() {
        assert_eq!(plain(" ABC-23 4"), "abc234");
        assert_eq!(plain("åäö"), "");
    }
}
