//! A participant's survey, behind a personal link.

mod area;
mod before;
mod code;
mod fault;
mod seat;
mod submit;
mod welcome;
mod whole;

use axum::{
    Router,
    routing::{get, post},
};

pub(super) use self::{fault::errors as answer_errors, seat::Seat};
use crate::state::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/e/{token}", get(welcome::welcome))
        .route("/e/{token}/allt", get(whole::whole).post(whole::save))
        .route("/e/{token}/granska", get(submit::review))
        .route("/e/{token}/skicka", post(submit::submit))
        .route("/e/{token}/klart", get(submit::done))
        .route("/e/{token}/infor-workshopen", get(before::before))
        .route("/e/{token}/kod", get(code::ask).post(code::open))
        .route("/e/{token}/{area}", get(area::area).post(area::save))
}
