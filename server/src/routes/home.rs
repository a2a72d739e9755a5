//! The start page and the pages about the service itself.

use app::pages::{home, statement};
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use domain::{
    mapping::Language,
    rights::{Action, Subject, may},
};

use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    state::App,
    visitor::{LANGUAGE_COOKIE, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(start))
        .route("/tillganglighet", get(accessibility))
        .route("/personuppgifter", get(privacy))
        .route("/sprak", post(choose_language))
}

async fn start(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let mut mappings = app.store.mappings().await?;
    mappings.retain(|mapping| {
        let subject = Subject::Mapping {
            id: mapping.id,
            example: mapping.example,
        };
        may(&visitor.actor, Action::ReadMap, &subject)
    });
    let data = home::Start {
        may_start: may(&visitor.actor, Action::StartMapping, &Subject::Service),
        signed_in: visitor.name.is_some(),
        mappings,
    };
    let frame = visitor.frame(&app, visitor.texts.home_title());
    Ok(render(StatusCode::OK, frame, move |frame| {
        home::start(frame.texts, &data)
    })
    .await)
}

async fn accessibility(State(app): State<App>, visitor: Visitor) -> Response {
    let frame = visitor.frame(&app, visitor.texts.frame_accessibility());
    render(StatusCode::OK, frame, |frame| {
        statement::accessibility(frame.texts)
    })
    .await
}

async fn privacy(State(app): State<App>, visitor: Visitor) -> Response {
    let frame = visitor.frame(&app, visitor.texts.frame_privacy());
    render(StatusCode::OK, frame, |frame| {
        statement::privacy(frame.texts)
    })
    .await
}

/// Keeps the choice in a cookie and goes back to the page it was made on.
async fn choose_language(fields: Fields) -> Result<Response, Failure> {
    let language = Language::from_code(fields.get("sprak")).ok_or(Failure::BadForm)?;
    let to = fields.get("till");
    // Only a path of ours: never another site's address, not even one that browsers find by dropping tabs and newlines.
    let odd = |c: char| c == '\\' || c.is_control();
    let to = if to.starts_with('/') && !to.starts_with("//") && !to.contains(odd) {
        to
    } else {
        "/"
    };
    let mut response = see_other(to);
    let cookie = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        language.code()
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
