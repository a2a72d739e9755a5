//! Municipalities side by side, as a page and as a file.

use std::sync::Arc;

use app::pages::results::{ComparePage, MOST_COMPARED, compare as page, compare_table};
use axum::{
    Router,
    extract::{OriginalUri, Path, State},
    response::Response,
    routing::get,
};
use domain::{ids::MappingId, municipality::Municipality};

use super::{Found, files::written, find};
use crate::{error::Failure, state::App, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/resultat/jamfor", get(show))
        .route("/k/{mapping}/resultat/jamfor.csv", get(file))
        .route("/k/{mapping}/resultat/jamfor.rfc.csv", get(file))
        .route("/k/{mapping}/resultat/jamfor.xlsx", get(file))
        .route("/k/{mapping}/resultat/jamfor.json", get(file))
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

/// The table as a file with the ending that the address has.
///
/// # Errors
/// [`Failure::NotFound`] where the page has no table either: fewer than two that may be shown, or more than are read
/// beside each other.
async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    OriginalUri(address): OriginalUri,
) -> Result<Response, Failure> {
    let (_, ending) = (address.path().split_once("/jamfor.")).ok_or(Failure::NotFound)?;
    let found = enter(&app, &visitor, id).await?;
    let round = found.round().ok_or(Failure::NotFound)?;
    let data = found.page(round).await?;
    let chosen = chosen(&visitor, &data.municipalities);
    if !(2..=MOST_COMPARED).contains(&chosen.len()) {
        return Err(Failure::NotFound);
    }
    let texts = found.room.texts;
    let table = || Some(compare_table(texts, &data.material, &chosen));
    written(texts, ("jamfor", ending), || None, table).await
}
