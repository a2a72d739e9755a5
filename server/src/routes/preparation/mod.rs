//! Before the first workshop: who is invited, what they read, and what each municipality has done before.

mod invitation;
mod invitees;
mod own;
mod readiness;
mod reading;
mod round;

use axum::Router;

use crate::state::{App, new_id};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(invitees::routes())
        .merge(round::routes())
        .merge(invitation::routes())
        .merge(reading::routes())
        .merge(readiness::routes())
        .merge(own::routes())
}

fn new_op() -> String {
    new_id().to_string()
}
