//! The compiled page for those with a role in the mapping, and what those who lead do with reflections.

use app::{
    document::Frame,
    pages::after::compiled::{self as pages, Inside},
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{CardId, MappingId, WorkshopId},
    map::{Command, Refusal},
    rights::{Action, may},
    workshop::{CardKind, CardState, PromoteTo, WorkCommand, record::following},
};

use super::{
    enter, reflections,
    shared::{self, Reader},
};
use crate::{
    error::Failure,
    form::Fields,
    live::Guest,
    page::{render, see_other},
    state::App,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    let at = "/k/{mapping}/workshop/{workshop}";
    Router::new()
        .route(&format!("{at}/sammanstallning"), get(show))
        .route(&format!("{at}/reflektioner/{{card}}"), post(promote))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((mapping, id)): Path<(MappingId, WorkshopId)>,
) -> Result<Response, Failure> {
    // Those who were in the room read what everyone with the link does.
    let guest = Guest::identify(app.clone(), visitor.clone(), &headers, (mapping, id)).await?;
    let seated = |actor| may(&actor, Action::TakePart, &guest.subject());
    if !guest.may(Action::ReadWorkshops) && guest.seated().is_ok_and(seated) {
        return Ok(see_other(shared::address(&app, id)));
    }
    let room = enter(&app, &visitor, mapping, Action::ReadWorkshops).await?;
    let leads = room.may(Action::LeadWorkshop);
    let reader = Reader::of_room(&room, id);
    let mut page = reader.page(None).await?;
    page.inside = Some(Inside {
        link: leads.then(|| format!("{}{}", app.public_url, shared::address(&app, id))),
        reflections: if leads {
            Some(reflections(&room, id, "sammanstallning").await?)
        } else {
            None
        },
    });
    if let Some((next, _)) = following(&room.state, id)
        && let Some((_, calendar)) = &mut page.next
    {
        *calendar = room.address(format_args!("/workshop/{next}/kalender.ics"));
    }
    let title = room.texts.compiled_of(&page.record.title);
    let frame = Frame {
        scripts: &["copy.js"],
        ..room.frame(title)
    };
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::view(frame.texts, &page)
    })
    .await)
}

/// Puts a reflection on the map.
async fn promote(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id, card)): Path<(MappingId, WorkshopId, CardId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping, Action::LeadWorkshop).await?;
    let op = fields.op()?;
    let what = PromoteTo::from_code(fields.get("som")).ok_or(Failure::BadForm)?;
    let is_reflection = (room.state.work.cards.get(&card)).is_some_and(|known| {
        known.workshop == id
            && known.kind == CardKind::Reflection
            && (known.state == CardState::Private || room.state.operation(op).is_some())
    });
    if !is_reflection {
        return Err(Failure::Refused(Refusal::NotFound));
    }
    let command = WorkCommand::Promote(card, what);
    room.execute(op, Command::Work(id, command)).await?;
    let back = match (fields.get("till"), following(&room.state, id)) {
        ("planera", Some((next, _))) => format!("/workshop/{next}/planera"),
        _ => format!("/workshop/{id}/sammanstallning"),
    };
    Ok(see_other(room.address(format_args!("{back}?op={op}"))))
}
