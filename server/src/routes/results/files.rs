//! Charts as files.

use app::{
    pages::results::{self as pages, Figure},
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use charts::{Chart, Layout, Table};
use domain::ids::MappingId;
use report::{Fault, chart_xlsx, csv_rfc4180, png, table_json, table_xlsx};

use super::find;
use crate::{error::Failure, reports::language, state::App, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/k/{mapping}/resultat/diagram/{file}", get(download))
}

async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, file)): Path<(MappingId, String)>,
) -> Result<Response, Failure> {
    let found = find(&app, &visitor, id).await?;
    let round = found.round().ok_or(Failure::NotFound)?;
    let Some((name, ending)) = file.split_once('.') else {
        return super::figure::show(&found, &file).await;
    };
    let figure = Figure::from_name(name).ok_or(Failure::NotFound)?;
    let material = found.material(round).await?;
    let texts = found.room.texts;
    let chart = || pages::draw(texts, figure, &material, Layout::Wide);
    let table = || pages::table(texts, figure, &material);
    written(texts, (name, ending), chart, table).await
}

/// A chart, or the table that belongs to it, as a file of the kind that its ending tells.
///
/// # Errors
/// [`Failure::NotFound`] for another ending, and where there is nothing to draw.
pub(super) async fn written(
    texts: Texts,
    (name, ending): (&str, &str),
    chart: impl Fn() -> Option<Chart>,
    table: impl Fn() -> Option<Table>,
) -> Result<Response, Failure> {
    let chart = || chart().ok_or(Failure::NotFound);
    let table = || table().ok_or(Failure::NotFound);
    let language = language(texts);
    let failed = |fault: Fault| {
        tracing::error!(%fault, name, ending, "a chart could not be written");
        Failure::Internal
    };
    let body = match ending {
        "svg" => chart()?.standalone_svg().into_bytes(),
        "png" => {
            let chart = chart()?;
            (tokio::task::spawn_blocking(move || png(&chart)).await)
                .map_err(Fault::because)
                .and_then(|drawn| drawn)
                .map_err(failed)?
        }
        "csv" => table()?.csv_excel().into_bytes(),
        "rfc.csv" => csv_rfc4180(&table()?).into_bytes(),
        "xlsx" => {
            let table = table()?;
            match chart() {
                Ok(mut chart) => {
                    chart.table = table;
                    chart_xlsx(&chart, language)
                }
                Err(_) => table_xlsx(&table, language),
            }
            .map_err(failed)?
        }
        "json" => table_json(&table()?).into_bytes(),
        _ => return Err(Failure::NotFound),
    };
    let kind = match ending {
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "json" => "application/json",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/csv; charset=utf-8",
    };
    Ok(attachment(body, kind, &format!("{name}.{ending}")))
}

/// A file to keep, under a name of plain letters.
pub(super) fn attachment(body: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
