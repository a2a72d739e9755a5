//! Open data for everyone: the page, the files and the catalogue.

mod catalogue;
mod file;

use std::sync::Arc;

use app::{
    components::date,
    pages::publication::{self as pages, DatasetRow, DatasetsPage},
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    ids::{MappingId, RoundId},
    map::Version,
    mapping::Mapping,
    municipality::Municipality,
    publication::{OpenData, Publication},
    survey::{Round, RoundStatus},
};

use crate::{
    api::{Kept, unchanged},
    error::Failure,
    page::render,
    state::App,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    let files = Router::new()
        .route("/datasets/dcat", get(catalogue))
        .route("/datasets/{mapping}/{file}", get(file))
        .layer(from_fn(|request, next| {
            unchanged(Kept::Public, request, next)
        }));
    Router::new().route("/datasets", get(list)).merge(files)
}

/// What is open of one closed round.
pub(super) struct Dataset {
    mapping: Mapping,
    round: Round,
    version: Arc<Version>,
    publication: Publication,
    data: OpenData,
}

impl Dataset {
    /// Its address without an ending.
    fn address(&self) -> String {
        format!("/datasets/{}/{}", self.mapping.id, self.round.id)
    }

    /// The mapping and the round.
    fn name(&self) -> String {
        format!(
            "{} {}, {}",
            self.mapping.name, self.mapping.period, self.round.name
        )
    }

    /// The day the round was closed.
    fn closed_on(&self) -> String {
        self.round.closed_at.map(date).unwrap_or_default()
    }
}

/// What is open of a mapping: latest round first. Of an example, nothing: what is invented is no open data.
pub(super) async fn of_mapping(app: &App, mapping: &Mapping) -> Result<Vec<Dataset>, Failure> {
    if mapping.example {
        return Ok(Vec::new());
    }
    let publication = app.store.publication(mapping.id).await?;
    if publication.municipalities.is_empty() {
        return Ok(Vec::new());
    }
    let members: Vec<Municipality> = (mapping.members.iter())
        .map(|member| member.municipality)
        .collect();
    let state = app.store.map_state(mapping.id).await?;
    let mut rounds = app.store.rounds(mapping.id).await?;
    rounds.retain(|round| round.status == RoundStatus::Closed);
    rounds.sort_by_key(|round| std::cmp::Reverse(round.number));
    Ok((rounds.into_iter())
        .filter_map(|round| {
            let version = state.version(round.version)?;
            let data = OpenData::of(
                &publication,
                round.id,
                &version.contents,
                &state.agreed,
                &members,
            )?;
            Some(Dataset {
                mapping: mapping.clone(),
                version: Arc::clone(version),
                publication: publication.clone(),
                round,
                data,
            })
        })
        .collect())
}

/// Everything that is open.
async fn all(app: &App) -> Result<Vec<Dataset>, Failure> {
    let mut found = Vec::new();
    for mapping in app.store.mappings().await? {
        found.extend(of_mapping(app, &mapping).await?);
    }
    Ok(found)
}

/// As a page lists them.
pub(super) fn rows(datasets: &[Dataset]) -> Vec<DatasetRow> {
    (datasets.iter())
        .map(|dataset| DatasetRow {
            address: dataset.address(),
            name: dataset.name(),
            municipalities: dataset.data.municipalities.len(),
            of: dataset.data.of,
            capabilities: dataset.data.capabilities.len(),
            version: dataset.version.number,
            closed_on: dataset.closed_on(),
        })
        .collect()
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let data = DatasetsPage {
        rows: rows(&all(&app).await?),
        publisher: app.publisher.name.clone(),
    };
    let frame = visitor.frame(&app, visitor.texts.publication_datasets_title());
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::datasets(frame.texts, &data)
    })
    .await)
}

async fn catalogue(State(app): State<App>) -> Result<Response, Failure> {
    let text = catalogue::rdf(&app.public_url, &app.publisher, &all(&app).await?);
    Ok(typed("application/rdf+xml; charset=utf-8", text))
}

async fn file(
    State(app): State<App>,
    Path((id, file)): Path<(MappingId, String)>,
) -> Result<Response, Failure> {
    let (round, ending) = file.rsplit_once('.').ok_or(Failure::NotFound)?;
    let round: RoundId = round.parse().map_err(|_| Failure::NotFound)?;
    let mapping = app.store.mapping(id).await?.ok_or(Failure::NotFound)?;
    let dataset = (of_mapping(&app, &mapping).await?.into_iter())
        .find(|dataset| dataset.round.id == round)
        .ok_or(Failure::NotFound)?;
    match ending {
        "csv" => Ok(typed(
            "text/csv; charset=utf-8; header=present",
            file::csv(&dataset)?,
        )),
        "json" => {
            let publisher = app.publisher.name.as_deref();
            Ok(typed("application/json", file::json(&dataset, publisher)?))
        }
        _ => Err(Failure::NotFound),
    }
}

fn typed(kind: &'static str, text: String) -> Response {
    let mut response = text.into_response();
    (response.headers_mut()).insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
