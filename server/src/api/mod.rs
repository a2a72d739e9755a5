//! The read-only API for programs: the same figures as on the pages, as JSON.
//!
//! Whoever asks shows a key (läsnyckel) or is signed in; examples are readable without. Nothing here adds anything up or
//! hides anything by itself: figures are those of [`crate::results`], with what is too small to be shown already hidden.

mod document;
mod door;
mod findings;
mod mappings;
mod problem;
mod results;
mod rounds;
mod spread;
mod unchanged;
mod versions;

pub(crate) use problem::problem;
pub(crate) use unchanged::{Kept, unchanged};

use axum::{Router, middleware::from_fn, routing::get};

use crate::state::App;

/// Where the API begins.
pub(crate) const ROOT: &str = "/api/";

/// The addresses of the API.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/openapi.json", get(async || document::whole()))
        .route("/api/v1/mappings", get(mappings::list))
        .route("/api/v1/mappings/{mapping}", get(mappings::show))
        .route("/api/v1/mappings/{mapping}/versions", get(versions::list))
        .route(
            "/api/v1/mappings/{mapping}/versions/{number}",
            get(versions::show),
        )
        .route("/api/v1/mappings/{mapping}/rounds", get(rounds::list))
        .route(
            "/api/v1/mappings/{mapping}/rounds/{round}/results",
            get(results::show),
        )
        .route(
            "/api/v1/mappings/{mapping}/rounds/{round}/spread",
            get(spread::show),
        )
        .route(
            "/api/v1/mappings/{mapping}/rounds/{round}/findings",
            get(findings::show),
        )
        .layer(from_fn(|request, next| {
            unchanged(Kept::Private, request, next)
        }))
}

/// A share as pages write it: whole per cent.
fn percent(share: f64) -> f64 {
    charts::rounded(100.0 * share, 0)
}

/// A mean, a median or a gap as pages write it: one decimal.
fn mean(value: f64) -> f64 {
    charts::rounded(value, 1)
}
