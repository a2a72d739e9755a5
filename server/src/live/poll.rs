//! Asking how things stand, for those whose streams are held back on the way.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::{MappingId, WorkshopId};

use app::live::participant;

use super::{
    guest::Guest,
    message::{hash_of, mine},
    stream::{asked_class, not_from_elsewhere},
};
use crate::{error::Failure, state::App, visitor::Visitor};

/// `GET …/lage?vy=<class>&har=<id>`: one message as in the stream; 204 when the browser has it.
pub(crate) async fn poll(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(path): Path<(MappingId, WorkshopId)>,
) -> Result<Response, Failure> {
    not_from_elsewhere(&headers)?;
    let class = asked_class(&visitor)?;
    let guest = Guest::identify(app.clone(), visitor, &headers, path).await?;
    let me = guest.enter(class)?;
    let live = app.hub.live(&app, path.0, path.1);
    let newest = guest.newest(&live).await?;
    let seq = newest.scene.state.seq;
    let view = newest.view_for(class, me.as_ref());
    let known = guest.visitor.query("har");
    // What changes for a person without the log growing, such as being let in, is told for a while.
    if known == format!("{seq}-{}", view.hash) && !(me.is_some() && live.people_changed_lately()) {
        return Ok((no_store(), StatusCode::NO_CONTENT).into_response());
    }
    let message = if hash_of(known) == view.hash {
        view.nothing(seq)
    } else {
        view.whole_at(seq)
    };
    let mine = me.and_then(|me| mine(&participant::mine(&newest.scene, &me), "").0);
    let json = message.json(mine.as_deref());
    let kind = HeaderValue::from_static("application/json");
    Ok((no_store(), [(header::CONTENT_TYPE, kind)], json).into_response())
}

fn no_store() -> [(header::HeaderName, HeaderValue); 1] {
    [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]
}
