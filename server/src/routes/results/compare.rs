//! Municipalities side by side, as a page and as a file.

use std::sync::Arc;

use app::pages::results::{ComparePage, MOST_COMPARED, compare as page, compare_table};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{MethodRouter, get},
};
use domain::{ids::MappingId, municipality::Municipality};

use super::{Found, files::written, find};
use crate::{error::Failure, state::App, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/resultat/jamfor", get(show))
        .route("/k/{mapping}/resultat/jamfor.csv", file("csv"))
        .route("/k/{mapping}/resultat/jamfor.rfc.csv", file("rfc.csv"))
        .route("/k/{mapping}/resultat/jamfor.xlsx", file("xlsx"))
        .route("/k/{mapping}/resultat/jamfor.json", file("json"))
}

/// The results of all municipalities that may be shown: which of them are beside each other is asked for apart.
async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Found, Failure> {
    let mut found = find(app, visitor, id).await?;
    found.filter.municipality = None;
    Ok(found)
}

/// Those that are asked for, of those that may be shown, in the order of the tables.
fn chosen(visitor: &Visitor, shown: &[Municipality]) -> Vec<Municipality> {
    let asked: Vec<Municipality> = (visitor.query_all("kommun"))
        .filter_map(|code| code.parse().ok())
        .collect();
    (shown.iter().copied())
        .filter(|municipality| asked.contains(municipality))
        .collect()
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let found = enter(&app, &visitor, id).await?;
    let title = found.room.texts.compare_title();
    let Some(round) = found.round() else {
        return Ok(found.nothing_yet(title).await);
    };
    let data = found.page(round).await?;
    let data = Arc::new(ComparePage {
        chosen: chosen(&visitor, &data.municipalities),
        page: data,
    });
    let room = &found.room;
    Ok(room
        .page(title, move |frame| page(frame.texts, &data))
        .await)
}

/// The table as a file with this ending.
fn file(ending: &'static str) -> MethodRouter<App> {
    get(
        move |State(app): State<App>, visitor: Visitor, Path(id): Path<MappingId>| async move {
            download(&app, &visitor, id, ending).await
        },
    )
}

/// # Errors
/// [`Failure::NotFound`] where the page has no table either: fewer than two that may be shown, or more than are read
/// beside each other.
async fn download(
    app: &App,
    visitor: &Visitor,
    id: MappingId,
    ending: &'static str,
) -> Result<Response, Failure> {
    let found = enter(app, visitor, id).await?;
    let round = found.round().ok_or(Failure::NotFound)?;
    let data = found.page(round).await?;
    let chosen = chosen(visitor, &data.municipalities);
    if !(2..=MOST_COMPARED).contains(&chosen.len()) {
        return Err(Failure::NotFound);
    }
    let texts = found.room.texts;
    let table = || Some(compare_table(texts, &data.material, &chosen));
    written(texts, ("jamfor", ending), || None, table).await
}
