//! What is kept about someone who signs in, and removing the account.

use app::{
    components::{Errors, date, date_time, role_text},
    pages::{
        mailings::status_text,
        records::own::{self as pages, Section},
    },
    texts::Texts,
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    ids::AccountId,
    rights::{Action, Actor, Subject},
};
use serde_json::json;
use store::{
    StoreError,
    records::{OwnAccount, OwnLetter},
};

use super::{super::account::is_whole, file};
use crate::{
    error::Failure,
    form::Fields,
    letters,
    page::render,
    state::{App, now},
    visitor::Visitor,
};

/// Who asks for their own data. Not with a session that begins with a link which somebody else may have made: they are
/// shown `Err` with the page that says so.
async fn enter(app: &App, visitor: &Visitor) -> Result<Result<AccountId, Response>, Failure> {
    visitor.may(Action::ManageOwnSessions, &Subject::Service)?;
    let Actor::Account { id, .. } = visitor.actor else {
        return Err(Failure::SignInNeeded);
    };
    if is_whole(app, id, visitor.session).await? {
        return Ok(Ok(id));
    }
    let frame = visitor.frame(app, visitor.texts.record_own_bound_title());
    Ok(Err(render(StatusCode::FORBIDDEN, frame, |frame| {
        pages::bound(frame.texts)
    })
    .await))
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let id = match enter(&app, &visitor).await? {
        Ok(id) => id,
        Err(page) => return Ok(page),
    };
    let own = app.store.own_account(id, now()).await?;
    let sections = sections(&app, visitor.texts, &own);
    let frame = visitor.frame(&app, visitor.texts.record_own_title());
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::page(frame.texts, &sections)
    })
    .await)
}

fn sections(app: &App, texts: Texts, own: &OwnAccount) -> Vec<Section> {
    let list = |title, lines| Section {
        title,
        facts: Vec::new(),
        lines,
    };
    let email = if own.account.email.is_empty() {
        texts.record_own_no_email().to_owned()
    } else {
        own.account.email.clone()
    };
    let password = if own.has_password {
        texts.record_own_password_yes()
    } else {
        texts.record_own_password_no()
    };
    let facts = vec![
        (texts.record_own_name(), own.account.name.to_string()),
        (texts.record_own_email(), email),
        (texts.record_own_since(), date(own.created_at)),
        (texts.record_own_password(), password.to_owned()),
    ];
    let roles = own.roles.iter().map(|(mapping, membership)| {
        texts.record_own_role_in(role_text(texts, membership.role), mapping)
    });
    let sessions = (own.sessions.iter())
        .map(|session| texts.record_own_session(&session.label, date_time(session.created_at)));
    let work = (own.work.iter()).map(|work| {
        texts.record_own_work_in(
            work.changes,
            &work.mapping,
            date(work.first),
            date(work.last),
        )
    });
    let seats = (own.seats.iter())
        .map(|(mapping, name, at)| texts.record_own_seat(mapping, name, date_time(*at)));
    let acts = (own.acts.iter())
        .map(|(at, act, detail)| texts.record_own_act(date_time(*at), act, detail));
    vec![
        Section {
            title: texts.record_own_account(),
            facts,
            lines: Vec::new(),
        },
        list(texts.record_own_roles(), roles.collect()),
        list(texts.record_own_sessions(), sessions.collect()),
        list(texts.record_own_work(), work.collect()),
        list(texts.record_own_seats(), seats.collect()),
        list(
            texts.record_own_letters(),
            letters(app, texts, &own.letters),
        ),
        list(texts.record_own_acts(), acts.collect()),
    ]
}

/// Letters to someone, a line each.
pub(super) fn letters(app: &App, texts: Texts, letters: &[OwnLetter]) -> Vec<String> {
    let outbox = app.mailer.is_outbox();
    (letters.iter())
        .map(|letter| {
            texts.record_own_letter(
                &letter.kind,
                &letter.address,
                date_time(letter.changed_at),
                status_text(texts, letter.status, outbox).to_lowercase(),
            )
        })
        .collect()
}

/// Letters as JSON.
pub(super) fn letters_json(letters: &[OwnLetter]) -> serde_json::Value {
    (letters.iter())
        .map(|letter| {
            json!({
                "kind": letter.kind,
                "address": letter.address,
                "status": letter.status.code(),
                "changed_at": letter.changed_at,
            })
        })
        .collect()
}

pub(super) async fn json(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let id = match enter(&app, &visitor).await? {
        Ok(id) => id,
        Err(page) => return Ok(page),
    };
    let own = app.store.own_account(id, now()).await?;
    let value = json!({
        "format": "formagekartan-account",
        "version": 1,
        "made_at": now(),
        "account": {
            "id": own.account.id,
            "name": own.account.name,
            "email": own.account.email,
            "may_start": own.account.may_start,
            "created_at": own.created_at,
            "has_password": own.has_password,
        },
        "roles": own.roles.iter().map(|(mapping, membership)| json!({
            "mapping": { "id": membership.mapping, "name": mapping },
            "role": membership.role,
            "municipalities": membership.municipalities,
        })).collect::<Vec<_>>(),
        "sessions": own.sessions.iter().map(|session| json!({
            "label": session.label,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "expires_at": session.expires_at,
        })).collect::<Vec<_>>(),
        "work": own.work.iter().map(|work| json!({
            "mapping": work.mapping,
            "changes": work.changes,
            "first": work.first,
            "last": work.last,
        })).collect::<Vec<_>>(),
        "seats": own.seats.iter().map(|(mapping, name, at)| json!({
            "mapping": mapping, "name": name, "joined_at": at,
        })).collect::<Vec<_>>(),
        "letters": letters_json(&own.letters),
        "acts": own.acts.iter().map(|(at, act, detail)| json!({
            "at": at, "act": act, "detail": detail,
        })).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&value).map_err(|_| Failure::Internal)?;
    Ok(file("application/json", "mina-uppgifter.json", text))
}

pub(super) async fn ask(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    match enter(&app, &visitor).await? {
        Ok(id) => ask_page(&app, &visitor, id, Errors::default()).await,
        Err(page) => Ok(page),
    }
}

async fn ask_page(
    app: &App,
    visitor: &Visitor,
    id: AccountId,
    errors: Errors,
) -> Result<Response, Failure> {
    let only = app.store.only_coordinator_of(id).await?;
    let only: Vec<_> = (only.into_iter())
        .map(|(mapping, name)| (name, format!("/k/{mapping}/personer")))
        .collect();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let frame = visitor.frame(app, visitor.texts.record_remove_title());
    Ok(render(status, frame, move |frame| {
        pages::remove(frame.texts, &only, &errors)
    })
    .await)
}

/// Removes the account. The page that says so is the answer itself, for nobody is signed in any more.
pub(super) async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Response, Failure> {
    let id = match enter(&app, &visitor).await? {
        Ok(id) => id,
        Err(page) => return Ok(page),
    };
    let mut errors = Errors::default();
    if fields.get("saker") != "ja" {
        errors.add("saker", visitor.texts.record_remove_sure_missing());
        return ask_page(&app, &visitor, id, errors).await;
    }
    match app.store.remove_account(id, now()).await {
        Ok(gone) => letters::forget(&app, &gone).await,
        Err(StoreError::Conflict("last_coordinator")) => {
            errors.add("saker", visitor.texts.record_remove_last());
            return ask_page(&app, &visitor, id, errors).await;
        }
        Err(error) => return Err(error.into()),
    }
    let mut frame = visitor.frame(&app, visitor.texts.record_removed_title());
    frame.person = None;
    "/".clone_into(&mut frame.path);
    Ok(render(StatusCode::OK, frame, |frame| pages::removed(frame.texts)).await)
}
