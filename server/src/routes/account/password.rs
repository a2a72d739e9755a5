//! Signing in with a password, for when no mail arrives.

use app::{components::Errors, pages::account as pages};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};

use super::{new_session, signed_in};
use crate::{
    error::Failure,
    form::Fields,
    page::render,
    password,
    routes::live::From,
    state::{App, now},
    visitor::Visitor,
};

/// `GET /logga-in/losenord`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    page(&app, &visitor, "", Errors::default()).await
}

async fn page(app: &App, visitor: &Visitor, email: &str, errors: Errors) -> Response {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let (frame, email) = (
        visitor.frame(app, visitor.texts.account_password_title()),
        email.to_owned(),
    );
    render(status, frame, move |frame| {
        pages::with_password(frame.texts, &email, &errors)
    })
    .await
}

/// `POST /logga-in/losenord`: one answer to all that is wrong, and as slow for an address that nobody has.
pub(super) async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let (email, typed) = (fields.get("epost").trim(), fields.get("losenord"));
    if !app.limits.may_try_password(email, from.source()) {
        return Err(Failure::TooOften);
    }
    // What can be nobody's password need not be hashed, however long it is.
    let possible = typed.chars().count() <= password::MAX;
    let known = app.store.password_by_email(email).await?;
    let (account, hash) = known.unzip();
    if possible
        && password::is_right(typed.to_owned(), hash).await?
        && let Some(account) = account
    {
        let (secret, session) = new_session(&headers);
        app.store.start_session(account, session, now()).await?;
        app.store
            .record(now(), Some(account), None, "inloggning-losenord", "")
            .await?;
        return Ok(signed_in(&app, &secret));
    }
    let mut errors = Errors::default();
    errors.add("epost", visitor.texts.account_password_wrong());
    Ok(page(&app, &visitor, email, errors).await)
}
