//! What went wrong, for programs (RFC 9457).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The media type of a problem.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(super) struct Problem {
    /// Always `about:blank`: the status says what sort of problem it is.
    #[schema(example = "about:blank")]
    r#type: &'static str,
    /// The status in words.
    #[schema(example = "Not found")]
    title: &'static str,
    /// The HTTP status.
    #[schema(example = 404, minimum = 400, maximum = 599)]
    status: u16,
    /// What to do about it.
    #[schema(
        example = "There is nothing here. The mapping, the version or the round is not known, or the round is open."
    )]
    detail: &'static str,
}

/// The answer to a request that failed with this status.
pub(crate) fn problem(status: StatusCode) -> Response {
    let (title, detail) = match status {
        StatusCode::UNAUTHORIZED => (
            "Key needed",
            "Send a valid key as \"Authorization: Bearer KEY\". A samordnare makes keys on the mapping's page for programs. \
             The key may have been taken back, or its last day may be over.",
        ),
        StatusCode::FORBIDDEN => (
            "Not allowed",
            "The key, or whoever is signed in, may not read this mapping.",
        ),
        StatusCode::NOT_FOUND => (
            "Not found",
            "There is nothing here. The mapping, the version or the round is not known, or the round is open.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => ("Only reading", "The API is read-only: use GET."),
        status if status.is_client_error() => ("Bad request", "The request cannot be understood."),
        _ => (
            "Fault of ours",
            "Something went wrong on the server. Try again in a while.",
        ),
    };
    let body = Problem {
        r#type: "about:blank",
        title,
        status: status.as_u16(),
        detail,
    };
    let body = serde_json::to_string(&body).unwrap_or_default();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"formagekartan\""),
        );
    }
    response
}
