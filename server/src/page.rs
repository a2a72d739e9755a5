//! From a frame and a view to a response.

use app::document::{Frame, document};
use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

use crate::security::content_security_policy;

/// Renders a page with its own nonce. Pages are never kept by browsers or proxies.
pub(crate) async fn render(
    status: StatusCode,
    frame: Frame,
    body: impl Fn(&Frame) -> AnyView + Clone + Send + Sync + 'static,
) -> Response {
    let handler = leptos_axum::render_app_async_with_context(
        || {},
        move || {
            let nonce = use_nonce().map(|nonce| nonce.to_string());
            let policy = content_security_policy(nonce.as_deref().unwrap_or_default());
            if let (Some(options), Ok(policy)) = (
                use_context::<ResponseOptions>(),
                HeaderValue::from_str(&policy),
            ) {
                options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            }
            document(&frame, body(&frame))
        },
    );
    let mut response = handler(Request::new(Body::empty())).await;
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// After a form: 303, so that reloading asks for the page and does not send the form again.
pub(crate) fn see_other(to: impl AsRef<str>) -> Response {
    Redirect::to(to.as_ref()).into_response()
}
