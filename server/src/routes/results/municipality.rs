//! One municipality's results.

use std::sync::Arc;

use app::pages::results::{MunicipalityPage, municipality as page};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::MappingId, municipality::Municipality, results::MunicipalResult, rights::Action,
};

use super::find;
use crate::{
    error::Failure,
    state::App,
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/k/{mapping}/resultat/kommun/{municipality}", get(show))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, code)): Path<(MappingId, String)>,
) -> Result<Response, Failure> {
    let mut found = find(&app, &visitor, id).await?;
    let own = member(&found.room, &code)?;
    found.filter.municipality = Some(own);
    found.filter.area = None;
    found.filter.kind = None;
    let title = found.room.texts.municipality_title(own.name());
    let Some(round) = found.round() else {
        return Ok(found.nothing_yet(title).await);
    };
    let data = found.page(round).await?;
    // With too few municipalities for a region, nobody but its own people and those who run or steer it.
    if !data.municipalities.contains(&own) {
        return Err(found.room.refusal());
    }
    let own = MunicipalResult::of(data.material.region(), own).ok_or(Failure::NotFound)?;
    let agree = (found.room.may_for(Action::AgreeLevels, own.municipality)).then(|| {
        let path = format!("/omgangar/{}/bedomning/{}", round.id, own.municipality);
        found.room.address(path)
    });
    let data = Arc::new(MunicipalityPage {
        page: data,
        own,
        agree,
    });
    let room = &found.room;
    Ok(room
        .page(title, move |frame| page(frame.texts, &data))
        .await)
}

/// A municipality of the mapping.
fn member(room: &Room, code: &str) -> Result<Municipality, Failure> {
    (room.mapping.members.iter())
        .map(|member| member.municipality)
        .find(|municipality| municipality.to_string() == code)
        .ok_or(Failure::NotFound)
}
