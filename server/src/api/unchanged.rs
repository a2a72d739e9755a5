//! Answers that are sent once: whoever has them already is told that nothing has changed.

use std::fmt::Write as _;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Whoever asked; asks again before it is used.
    Private,
    /// Everyone, for five minutes; scripts on any site may read it.
    Public,
}

/// Gives answers a tag of their content, and answers 304 where that is what the asker has.
pub(crate) async fn unchanged(kept: Kept, request: Request, next: Next) -> Response {
    let known = request.headers().clone();
    // Without a content there is nothing to make a tag of.
    let bare = request.method() == Method::HEAD;
    let response = next.run(request).await;
    if bare || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = tag(&bytes);
    let (control, vary) = match kept {
        Kept::Private => ("private, no-cache", "authorization, cookie"),
        Kept::Public => ("public, max-age=300", "accept-encoding"),
    };
    let headers = &mut parts.headers;
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    headers.insert(header::VARY, HeaderValue::from_static(vary));
    if kept == Kept::Public {
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
    }
    let has = has(&known, &tag);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if has {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Half of the content's SHA-256. Weak, for the same content may be sent compressed in different ways.
fn tag(content: &[u8]) -> String {
    let mut tag = String::from("W/\"");
    for byte in &Sha256::digest(content)[..16] {
        // Writing to a string never fails.
        write!(tag, "{byte:02x}").ok();
    }
    tag.push('"');
    tag
}

fn has(headers: &HeaderMap, tag: &str) -> bool {
    (headers.get_all(header::IF_NONE_MATCH).iter())
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_weak_or_strong_alone_or_in_a_list() {
        let tag = tag(b"{}");
        let strong = tag.trim_start_matches("W/").to_owned();
        for (sent, known) in [
            (tag.clone(), true),
            (strong.clone(), true),
            (format!("\"annan\", {tag}"), true),
            ("*".to_owned(), true),
            ("\"annan\"".to_owned(), false),
        ] {
            let mut headers = HeaderMap::new();
            let value = HeaderValue::from_str(&sent).expect("it is ASCII");
            headers.insert(header::IF_NONE_MATCH, value);
            assert_eq!(has(&headers, &tag), known, "{sent}");
        }
        assert!(!has(&HeaderMap::new(), &tag));
    }
}
