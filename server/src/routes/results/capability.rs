//! One capability's results, and its municipalities as files.

use std::sync::Arc;

use app::pages::results::{
    CapabilityPage, Compared, Material, capability as page, capability_chart, capability_table,
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use charts::Layout;
use domain::{
    ids::{CapabilityId, MappingId},
    results::{Change, Incomparable, Standing},
    survey::Round,
};

use super::{Found, files::written, find};
use crate::{error::Failure, state::App, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/resultat/formaga/{capability}", get(show))
        .route(
            "/k/{mapping}/resultat/formaga/{capability}/{file}",
            get(download),
        )
}

/// The results without a choice of municipality, area or type: the page is about one capability in all of them.
async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Found, Failure> {
    let mut found = find(app, visitor, id).await?;
    found.filter.municipality = None;
    found.filter.area = None;
    found.filter.kind = None;
    Ok(found)
}

/// Its place among the round's capabilities.
fn place(material: &Material, capability: CapabilityId) -> Result<usize, Failure> {
    (material.region().capabilities.iter())
        .position(|row| row.id == capability)
        .ok_or(Failure::NotFound)
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, capability)): Path<(MappingId, CapabilityId)>,
) -> Result<Response, Failure> {
    let found = enter(&app, &visitor, id).await?;
    let Some(round) = found.round() else {
        let known = found.room.state.contents.capabilities.get(&capability);
        let title = known.ok_or(Failure::NotFound)?.draft.name.to_string();
        return Ok(found.nothing_yet(title).await);
    };
    let data = found.page(round).await?;
    let index = place(&data.material, capability)?;
    let title = data.material.region().capabilities[index].name.to_string();
    let mut remarks = app.store.shown_remarks(round.id).await?;
    remarks.retain(|remark| remark.capability == capability);
    let improvements = (found.room.state.work.improvements.values())
        .filter(|improvement| improvement.capabilities.contains(&capability))
        .cloned()
        .collect();
    let earlier = earlier(&found, round, &data.material, index).await?;
    let data = Arc::new(CapabilityPage {
        page: data,
        index,
        remarks,
        improvements,
        earlier,
    });
    let room = &found.room;
    Ok(room
        .page(title, move |frame| page(frame.texts, &data))
        .await)
}

/// Every closed round before this one, latest first, with what can be said of the change since.
async fn earlier(
    found: &Found,
    round: &Round,
    material: &Material,
    index: usize,
) -> Result<Vec<(String, Compared)>, Failure> {
    if !material.regional() {
        return Ok(Vec::new());
    }
    let room = &found.room;
    let version = |round: &Round| room.state.version(round.version).ok_or(Failure::NotFound);
    let capability = material.region().capabilities[index].id;
    let mut compared = Vec::new();
    for before in (found.rounds.iter()).filter(|before| before.number < round.number) {
        let known = (material.earlier.as_ref()).filter(|earlier| earlier.round.id == before.id);
        let change = if let Some(earlier) = known {
            Arc::clone(&earlier.change)
        } else {
            let region = crate::results::of(&room.app, &room.mapping, &room.state, before).await?;
            // A round of too few municipalities is each one's own to know, then as now.
            if region.conditions.standing == Standing::OwnOnly {
                continue;
            }
            Arc::new(Change::between(
                (version(before)?, &region),
                (version(round)?, material.region()),
            ))
        };
        let changed = (change.capabilities.iter()).find(|one| one.capability == index);
        let one = if let Some(changed) = changed {
            Compared::Changed(changed.clone())
        } else {
            let why = (change.incomparable.iter()).find(|(id, _)| *id == capability);
            Compared::Not(why.map_or(Incomparable::New, |(_, why)| *why))
        };
        compared.push((before.name.to_string(), one));
    }
    Ok(compared)
}

async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, capability, file)): Path<(MappingId, CapabilityId, String)>,
) -> Result<Response, Failure> {
    let found = enter(&app, &visitor, id).await?;
    let round = found.round().ok_or(Failure::NotFound)?;
    let material = found.material(round).await?;
    let index = place(&material, capability)?;
    let texts = found.room.texts;
    let (name, ending) = file.split_once('.').ok_or(Failure::NotFound)?;
    if name != "kommuner" {
        return Err(Failure::NotFound);
    }
    let chart = || capability_chart(texts, &material, index, Layout::Wide);
    let table = || Some(capability_table(texts, &material, index));
    written(texts, (name, ending), chart, table).await
}
