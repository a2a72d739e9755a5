//! A mapping's records: out, in, disposal, and what is kept about a person.

mod archive;
mod asked;
mod disposal;
mod own;
mod protocol;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{records::ARCHIVE_LIMIT, state::App};

pub(super) fn routes() -> Router<App> {
    // A little more than the file itself, so that a file that is too large is told of beside the form.
    let file = DefaultBodyLimit::max(ARCHIVE_LIMIT + 64 * 1024);
    Router::new()
        .route("/k/{mapping}/uttag", get(archive::offer))
        .route("/k/{mapping}/uttag.zip", get(archive::take_out))
        .route(
            "/importera",
            get(archive::choose).post(archive::read_in).layer(file),
        )
        .route(
            "/k/{mapping}/gallring",
            get(disposal::rules).post(disposal::save_rule),
        )
        .route("/k/{mapping}/gallring/protokoll.csv", get(protocol::csv))
        .route(
            "/k/{mapping}/gallring/{kind}",
            get(disposal::preview).post(disposal::perform),
        )
        .route("/gallringsprotokoll/{disposal}", get(protocol::show))
        .route("/konto/uppgifter", get(own::show))
        .route("/konto/uppgifter.json", get(own::json))
        .route("/konto/ta-bort", get(own::ask).post(own::remove))
        .route("/e/{token}/mina-uppgifter", get(asked::show))
        .route("/e/{token}/mina-uppgifter.json", get(asked::json))
}

/// A file to keep: its kind, name and content.
fn file(kind: &'static str, name: &str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
