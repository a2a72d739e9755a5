//! What is read after a workshop: minutes, the compiled page with its reflections, and how the map grew.

mod compiled;
mod minutes;
mod replay;
mod shared;

use std::collections::BTreeMap;

use app::{
    document::Tab,
    pages::after::reflections::{Reflection, Reflections},
};
use axum::Router;
use domain::{
    ids::{MappingId, WorkshopId},
    map::{Author, MapState},
    mapping::Mapping,
    rights::Action,
    workshop::record::{Record, preceding, record},
};

use crate::{
    error::Failure,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(minutes::routes())
        .merge(compiled::routes())
        .merge(shared::routes())
        .merge(replay::routes())
}

/// Lets someone in to a workshop's papers.
async fn enter(
    app: &App,
    visitor: &Visitor,
    id: MappingId,
    action: Action,
) -> Result<Room, Failure> {
    visitor.enter(app, id, action, Tab::Workshops).await
}

/// What came of a workshop of this mapping.
///
/// # Errors
/// [`Failure::NotFound`] when the log has none.
async fn of_workshop(
    app: &App,
    mapping: &Mapping,
    state: &MapState,
    id: WorkshopId,
) -> Result<Record, Failure> {
    if !state.work.workshops.contains_key(&id) {
        return Err(Failure::NotFound);
    }
    let people = app.store.attendees(id).await?;
    record(state, id, &people, &mapping.members).ok_or(Failure::NotFound)
}

/// The names of people by what the log calls them; those who cannot be found have none.
async fn names(
    app: &App,
    workshop: WorkshopId,
    authors: &[Author],
) -> Result<BTreeMap<Author, String>, Failure> {
    let mut names = BTreeMap::new();
    for attendee in app.store.attendees(workshop).await? {
        names.insert(Author::Attendee(attendee.id), attendee.name.to_string());
    }
    for &author in authors {
        if let Author::Account(id) = author
            && !names.contains_key(&author)
            && let Some(account) = app.store.account(id).await?
        {
            names.insert(author, account.name.to_string());
        }
    }
    Ok(names)
}

/// What has been written for those who lead after a workshop; `back` is the page that shows it.
///
/// # Errors
/// [`Failure::Internal`] when names cannot be read.
async fn reflections(
    room: &Room,
    workshop: WorkshopId,
    back: &'static str,
) -> Result<Reflections, Failure> {
    let work = &room.state.work;
    let cards: Vec<_> = work.reflections(workshop).collect();
    let authors: Vec<_> = cards.iter().map(|(_, card)| card.by).collect();
    let names = names(&room.app, workshop, &authors).await?;
    let all = (cards.into_iter())
        .map(|(id, card)| {
            let reflection = Reflection {
                card: id,
                text: card.text.to_string(),
                name: names.get(&card.by).cloned().unwrap_or_default(),
                municipality: card.municipality,
            };
            (reflection, new_id().to_string())
        })
        .collect();
    let title = (work.workshops.get(&workshop)).map(|plan| plan.title.to_string());
    Ok(Reflections {
        mapping: room.mapping.id,
        workshop,
        title: title.unwrap_or_default(),
        all,
        back,
    })
}

/// What has been written since the workshop before this one, for the page where this one is planned; none when nothing
/// has.
///
/// # Errors
/// [`Failure::Internal`] when names cannot be read.
pub(super) async fn reflections_before(
    room: &Room,
    workshop: WorkshopId,
) -> Result<Option<Reflections>, Failure> {
    let Some((before, _)) = preceding(&room.state, workshop) else {
        return Ok(None);
    };
    let found = reflections(room, before, "planera").await?;
    Ok((!found.all.is_empty()).then_some(found))
}
