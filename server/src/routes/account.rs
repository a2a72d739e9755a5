//! Signing in with a one-time link, and one's own sessions.

use app::pages::account as pages;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{AccountId, SessionId},
    rights::{Action, Actor, Subject},
};
use store::{LoginLink, NewSession, Session, StoreError};

use crate::{
    error::Failure,
    form::Fields,
    link::Token,
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::Visitor,
};

/// A session ends this long after it began.
const SESSION_DAYS: i64 = 60;
const DAY: i64 = 24 * 60 * 60 * 1000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/logga-in", get(how_to_sign_in))
        .route("/logga-in/{token}", get(offer).post(sign_in))
        .route("/logga-ut", post(sign_out))
        .route("/sessioner", get(sessions).post(revoke))
}

async fn how_to_sign_in(State(app): State<App>, visitor: Visitor) -> Response {
    let frame = visitor.frame(&app, visitor.texts.account_how_title());
    render(StatusCode::OK, frame, |frame| pages::how(frame.texts)).await
}

/// Shows a button only: mail scanners open links, and must not use them up.
async fn offer(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    match app
        .store
        .login_link(Token::received(&token).hash(), now())
        .await?
    {
        LoginLink::Valid(_) => {}
        LoginLink::Used | LoginLink::Expired | LoginLink::Unknown => {
            return Err(Failure::SignInLink);
        }
    }
    let frame = visitor.frame(&app, visitor.texts.account_offer_title());
    Ok(render(StatusCode::OK, frame, |frame| pages::offer(frame.texts)).await)
}

async fn sign_in(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (secret, at) = (Token::random(), now());
    let session = NewSession {
        id: SessionId::new(new_id()),
        token_hash: secret.hash(),
        label: browser(&headers),
        expires_at: at + SESSION_DAYS * DAY,
    };
    match (app.store)
        .use_login_link(Token::received(&token).hash(), session, at)
        .await?
    {
        LoginLink::Valid(_) => {}
        LoginLink::Used | LoginLink::Expired | LoginLink::Unknown => {
            return Err(Failure::SignInLink);
        }
    }
    Ok(with_cookie(
        see_other("/"),
        &app,
        secret.as_str(),
        SESSION_DAYS * DAY / 1000,
    ))
}

async fn sign_out(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if let (Some(session), Actor::Account { id, .. }) = (visitor.session, &visitor.actor) {
        app.store.revoke_session(*id, session).await?;
    }
    Ok(with_cookie(see_other("/"), &app, "", 0))
}

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

async fn sessions(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
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

async fn revoke(
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

fn with_cookie(mut response: Response, app: &App, value: &str, seconds: i64) -> Response {
    let secure = if app.secure() { "; Secure" } else { "" };
    let cookie = format!(
        "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
        Visitor::cookie_name(app)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The browser and the system, as people call them; not the whole user agent, which tells more than is needed.
fn browser(headers: &HeaderMap) -> String {
    let agent = (headers.get(header::USER_AGENT))
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        (names.iter().find(|(mark, _)| agent.contains(mark))).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "–".to_owned(),
    }
}
