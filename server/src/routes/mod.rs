//! All addresses, one module a noun; each handler asks for rights itself.

mod account;
mod after;
mod agreement;
mod datasets;
mod effects;
mod enquiries;
mod home;
mod live;
mod mailings;
mod map;
mod mapping;
mod paper;
mod participants;
mod participation;
mod people;
mod preparation;
mod publication;
mod records;
mod remarks;
mod results;
mod rounds;
mod survey;
mod tokens;
mod workshops;

pub(crate) use enquiries::{link as enquiry_link, today};

pub(crate) use participants::is_email;

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    middleware::from_fn_with_state,
    routing::get,
};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    timeout::TimeoutLayer,
};

use crate::{
    error::{Failure, error_pages},
    form::FORM_LIMIT,
    security, site,
    state::App,
};

/// The whole service.
pub(crate) fn all(app: App) -> Router {
    let csrf = match CsrfLayer::new().add_trusted_origin(&app.public_url) {
        Ok(layer) => layer,
        Err(error) => {
            tracing::warn!(%error, "--public-url is no origin; forms are accepted from the address itself only");
            CsrfLayer::new()
        }
    };
    Router::new()
        .merge(home::routes())
        .merge(crate::api::routes())
        .merge(account::routes())
        .merge(mapping::routes())
        .merge(mailings::routes())
        .merge(records::routes())
        .merge(remarks::routes())
        .merge(results::routes())
        .merge(map::routes())
        .merge(after::routes())
        .merge(paper::routes())
        .merge(participants::routes())
        .merge(participation::routes())
        .merge(people::routes())
        .merge(preparation::routes())
        .merge(publication::routes())
        .merge(datasets::routes())
        .merge(tokens::routes())
        .merge(effects::routes())
        .merge(enquiries::routes())
        .merge(agreement::routes())
        .merge(rounds::routes())
        .merge(live::routes())
        .merge(survey::routes())
        .merge(workshops::routes())
        .fallback(async || Failure::NotFound)
        .method_not_allowed_fallback(async || Failure::WrongMethod)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(csrf)
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(30),
        ))
        .layer(from_fn_with_state(app.clone(), error_pages))
        .layer(CompressionLayer::new())
        .route("/pkg/{name}", get(site::file))
        .route("/health/ready", get(ready))
        .layer(from_fn_with_state(app.clone(), security::headers))
        .with_state(app)
}

/// `GET /health/ready`: 200 when the database answers.
async fn ready(State(app): State<App>) -> Result<&'static str, StatusCode> {
    match app.store.ready().await {
        Ok(()) => Ok("ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
