//! Live workshops: their three views, what is sent to and from them, and joining.

mod join;
mod personal;

pub(super) use join::From;

use std::sync::Arc;

use app::{
    document::Frame,
    live::{Class, page, participant},
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::{get, post},
};
use domain::ids::{MappingId, WorkshopId};

use crate::{
    error::Failure,
    live::{self, Guest},
    page::render,
    state::{App, new_id},
    visitor::Visitor,
};

type At = Path<(MappingId, WorkshopId)>;

pub(super) fn routes() -> Router<App> {
    let at = "/k/{mapping}/workshop/{workshop}";
    Router::new()
        .route(&format!("{at}/delta"), get(take_part))
        .route(&format!("{at}/led"), get(lead))
        .route(&format!("{at}/projektor"), get(project))
        .route(&format!("{at}/strom"), get(live::stream))
        .route(&format!("{at}/lage"), get(live::poll))
        .route(&format!("{at}/gor"), post(live::act))
        .merge(join::routes())
        .merge(personal::routes())
}

async fn lead(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(path): At,
) -> Result<Response, Failure> {
    let guest = Guest::identify(app, visitor, &headers, path).await?;
    show(guest, Class::Leader).await
}

async fn project(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(path): At,
) -> Result<Response, Failure> {
    let guest = Guest::identify(app, visitor, &headers, path).await?;
    show(guest, Class::Projector).await
}

/// The participant's view; for those who have no seat the door to it. With `?kod=` it is where the code leads.
async fn take_part(
    State(app): State<App>,
    visitor: Visitor,
    source: join::From,
    headers: HeaderMap,
    Path(path): At,
) -> Result<Response, Failure> {
    let guest = Guest::identify(app.clone(), visitor.clone(), &headers, path).await?;
    let code = guest.visitor.query("kod").to_owned();
    if guest.seat.is_none() && !code.is_empty() {
        return join::door(guest, source, &code).await;
    }
    match show(guest, Class::Participant).await {
        Err(Failure::NoSeat | Failure::Forbidden) => Ok(join::ask_for_code(&app, &visitor).await),
        shown => shown,
    }
}

/// The page with a view as it stands, which works without its script too.
async fn show(guest: Guest, class: Class) -> Result<Response, Failure> {
    let me = guest.enter(class)?;
    let live = guest.app.hub.live(&guest.app, guest.mapping.id, guest.id);
    let snapshot = guest.newest(&live).await?;
    let scene = Arc::clone(&snapshot.scene);
    let name = scene.workshop.title.as_str();
    let name = match class {
        Class::Leader => scene.texts.join_view_lead(name),
        Class::Projector => scene.texts.join_view_project(name),
        Class::Participant => scene.texts.join_view_take_part(name),
    };
    let title = format!("{name} – {}", guest.mapping.name.as_str());
    let frame = Frame {
        texts: scene.texts,
        bare: true,
        scripts: &["live.js"],
        ..guest.visitor.frame(&guest.app, title)
    };
    let view = Arc::clone(snapshot.view_for(class, me.as_ref()));
    let mine = me.as_ref().map(|me| participant::mine(&scene, me));
    let person = guest.person(class);
    Ok(render(StatusCode::OK, frame, move |_| {
        let op = || new_id().to_string();
        page::view(&scene, class, &person, &view.tree, mine.as_ref(), op)
    })
    .await)
}
