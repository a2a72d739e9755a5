//! A participant's survey, behind a personal link.

mod area;
mod fault;
mod seat;
mod submit;
mod welcome;

use axum::{
    Router,
    routing::{get, post},
};

use crate::state::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/e/{token}", get(welcome::welcome))
        .route("/e/{token}/granska", get(submit::review))
        .route("/e/{token}/skicka", post(submit::submit))
        .route("/e/{token}/klart", get(submit::done))
        .route("/e/{token}/{area}", get(area::area).post(area::save))
}
