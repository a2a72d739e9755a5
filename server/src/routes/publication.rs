//! What of a mapping is open data, and who says so.

use std::collections::BTreeMap;

use app::{
    components::Errors,
    document::{Frame, Tab},
    pages::publication::{self as pages, MunicipalityRow, OpennessPage},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{CapabilityId, MappingId},
    municipality::Municipality,
    publication::{Ground, Opened},
    rights::Action,
};

use super::{datasets, today};
use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/oppna-data", get(show))
        .route(
            "/k/{mapping}/oppna-data/kommun/{municipality}",
            post(municipality),
        )
        .route("/k/{mapping}/oppna-data/formagor", post(capabilities))
}

/// What was typed for a municipality and not taken.
#[derive(Default)]
struct Typed {
    whose: Option<Municipality>,
    ground: String,
    errors: Errors,
}

async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    visitor
        .enter(app, id, Action::ReadResults, Tab::Results)
        .await
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    page(&room, Typed::default()).await
}

async fn page(room: &Room, typed: Typed) -> Result<Response, Failure> {
    let publication = room.app.store.publication(room.mapping.id).await?;
    // What was ratified last is what is asked about; before that, the map as it stands.
    let contents = (room.state.versions.last()).map_or(&*room.state.contents, |v| &v.contents);
    let municipalities = (room.mapping.members.iter())
        .map(|member| {
            let whose = member.municipality;
            MunicipalityRow {
                municipality: whose,
                opened: (publication.municipalities.iter())
                    .find(|opened| opened.municipality == whose)
                    .cloned(),
                may: room.may_for(Action::PublishMunicipality, whose),
                typed: (typed.whose == Some(whose)).then(|| typed.ground.clone()),
            }
        })
        .collect();
    let again = !typed.errors.is_empty();
    let data = OpennessPage {
        mapping: room.mapping.id,
        example: room.mapping.example,
        municipalities,
        capabilities: publication.openness(contents),
        may_capabilities: room.may(Action::PublishMunicipality),
        datasets: datasets::rows(&datasets::of_mapping(&room.app, &room.mapping).await?),
        op: new_id().to_string(),
        errors: typed.errors,
    };
    let title = room.texts.publication_title();
    let body = move |frame: &Frame| pages::openness(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

async fn municipality(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, whose)): Path<(MappingId, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let whose: Municipality = whose.parse().map_err(|_| Failure::NotFound)?;
    let members = &room.mapping.members;
    if !members.iter().any(|member| member.municipality == whose) {
        return Err(Failure::NotFound);
    }
    if !room.may_for(Action::PublishMunicipality, whose) {
        return Err(room.refusal());
    }
    // What is invented is never open data.
    if room.mapping.example {
        return Err(Failure::NotFound);
    }
    fields.op()?;
    let code = whose.to_string();
    match fields.get("oppna") {
        "nej" => {
            app.store.close_municipality(id, whose).await?;
            room.record("publication.close", &code).await?;
            Ok(see_other(room.address("/oppna-data?klart=kommun-stangd")))
        }
        "ja" => {
            let (texts, field) = (room.texts, format!("grund-{code}"));
            let mut errors = Errors::default();
            let ground: Ground =
                fields.text(&field, texts.publication_ground(), texts, &mut errors);
            if !errors.is_empty() {
                let typed = Typed {
                    whose: Some(whose),
                    ground: fields.get(&field).to_owned(),
                    errors,
                };
                return page(&room, typed).await;
            }
            let detail = format!("{code}: {ground}");
            let opened = Opened {
                municipality: whose,
                ground,
                since: today(),
            };
            app.store.open_municipality(id, &opened).await?;
            room.record("publication.open", &detail).await?;
            Ok(see_other(room.address("/oppna-data?klart=kommun-oppnad")))
        }
        _ => Err(Failure::BadForm),
    }
}

async fn capabilities(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    room.must(Action::PublishMunicipality)?;
    if room.mapping.example {
        return Err(Failure::NotFound);
    }
    fields.op()?;
    let ids = |name: &str| -> Result<Vec<CapabilityId>, Failure> {
        fields
            .all(name)
            .map(|id| id.parse().map_err(|_| Failure::BadForm))
            .collect()
    };
    let (shown, open) = (ids("visad")?, ids("formaga")?);
    let contents = (room.state.versions.last()).map_or(&*room.state.contents, |v| &v.contents);
    // Only what has been changed is decided: about the others the program's caution goes on deciding.
    let changed: BTreeMap<_, _> = (app.store.publication(id).await?.openness(contents).iter())
        .filter(|row| shown.contains(&row.id) && open.contains(&row.id) != row.open)
        .map(|row| (row.id, !row.open))
        .collect();
    if !changed.is_empty() {
        app.store.open_capabilities(id, &changed).await?;
        let list: Vec<_> = (changed.iter())
            .map(|(id, open)| format!("{id}: {}", if *open { "öppen" } else { "stängd" }))
            .collect();
        room.record("publication.capabilities", &list.join(", "))
            .await?;
    }
    Ok(see_other(room.address("/oppna-data?klart=formagor-oppna")))
}
