//! Signing in, with a link or a password, and one's own account.

mod letter;
mod own;
mod password;
mod sessions;

pub(super) use self::sessions::is_whole;

use app::pages::account as pages;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use domain::{ids::SessionId, rights::Actor};
use store::{LoginLink, NewSession};

use crate::{
    error::Failure,
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
        .route("/logga-in", get(letter::show).post(letter::ask))
        .route("/logga-in/skickat", get(letter::asked))
        .route(
            "/logga-in/losenord",
            get(password::show).post(password::sign_in),
        )
        .route("/logga-in/{token}", get(offer).post(sign_in))
        .route("/logga-ut", post(sign_out))
        .route("/sessioner", get(sessions::sessions).post(sessions::revoke))
        .route("/konto", get(own::show))
        .route("/konto/losenord", post(own::set_password))
        .route("/konto/losenord/ta-bort", post(own::remove_password))
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
    let (secret, session) = new_session(&headers);
    match (app.store)
        .use_login_link(Token::received(&token).hash(), session, now())
        .await?
    {
        LoginLink::Valid(_) => {}
        LoginLink::Used | LoginLink::Expired | LoginLink::Unknown => {
            return Err(Failure::SignInLink);
        }
    }
    Ok(signed_in(&app, &secret))
}

/// A session to be started in this browser, with the secret for its cookie.
fn new_session(headers: &HeaderMap) -> (Token, NewSession) {
    let secret = Token::random();
    let session = NewSession {
        id: SessionId::new(new_id()),
        token_hash: secret.hash(),
        label: browser(headers),
        expires_at: now() + SESSION_DAYS * DAY,
    };
    (secret, session)
}

/// To the first page, with the cookie.
fn signed_in(app: &App, secret: &Token) -> Response {
    with_cookie(
        see_other("/"),
        app,
        secret.as_str(),
        SESSION_DAYS * DAY / 1000,
    )
}

async fn sign_out(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if let (Some(session), Actor::Account { id, .. }) = (visitor.session, &visitor.actor) {
        app.store.revoke_session(*id, session).await?;
    }
    Ok(with_cookie(see_other("/"), &app, "", 0))
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
