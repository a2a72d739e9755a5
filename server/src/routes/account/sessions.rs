//! One's own sessions.

use app::pages::account as pages;
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    ids::{AccountId, SessionId},
    rights::{Action, Actor, Subject},
};
use store::{Session, StoreError};

use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    state::{App, now},
    visitor::Visitor,
};

/// Those of an account's sessions that its own session `current` may see and end. One that was started for a mapping,
/// with a link that somebody else may have made, knows only its like.
async fn within_reach(
    app: &App,
    account: AccountId,
    current: Option<SessionId>,
) -> Result<Vec<Session>, StoreError> {
    let mut sessions = app.store.sessions_of(account, now()).await?;
    let own = (sessions.iter()).find(|session| Some(session.id) == current);
    match own.map(|session| session.mapping) {
        // Ended in the meantime: it sees nothing any more.
        None => sessions.clear(),
        Some(None) => {}
        Some(bound) => sessions.retain(|session| session.mapping == bound),
    }
    Ok(sessions)
}

pub(super) async fn sessions(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    visitor.may(Action::ManageOwnSessions, &Subject::Service)?;
    let Actor::Account { id, .. } = &visitor.actor else {
        return Err(Failure::SignInNeeded);
    };
    let rows: Vec<_> = (within_reach(&app, *id, visitor.session).await?.into_iter())
        .map(|session| pages::SessionRow {
            current: Some(session.id) == visitor.session,
            id: session.id,
            label: session.label,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
        })
        .collect();
    let frame = visitor.frame(&app, visitor.texts.account_sessions_title());
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::sessions(frame.texts, &rows)
    })
    .await)
}

pub(super) async fn revoke(
    State(app): State<App>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Response, Failure> {
    visitor.may(Action::ManageOwnSessions, &Subject::Service)?;
    let Actor::Account { id, .. } = &visitor.actor else {
        return Err(Failure::SignInNeeded);
    };
    let session = SessionId::new(fields.id("session")?);
    let sessions = within_reach(&app, *id, visitor.session).await?;
    if !sessions.iter().any(|known| known.id == session) {
        return Ok(see_other("/sessioner"));
    }
    match app.store.revoke_session(*id, session).await {
        // Ended already: what was asked for is so.
        Ok(()) | Err(StoreError::NotFound) => Ok(see_other("/sessioner")),
        Err(error) => Err(error.into()),
    }
}

/// Whether somebody's own session opens everything that they may do, and not one mapping only. Such a one may have been
/// started with a link that somebody else made, and must not give itself another way in.
pub(in crate::routes) async fn is_whole(
    app: &App,
    account: AccountId,
    current: Option<SessionId>,
) -> Result<bool, StoreError> {
    let sessions = app.store.sessions_of(account, now()).await?;
    let own = (sessions.iter()).find(|session| Some(session.id) == current);
    Ok(own.is_some_and(|session| session.mapping.is_none()))
}
