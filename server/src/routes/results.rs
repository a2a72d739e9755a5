//! Results: the page, how it was calculated, and its charts as files.

use std::sync::Arc;

use app::{
    document::Tab,
    pages::results::{self as pages, Figure, Filter, ResultsPage},
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use charts::Layout;
use domain::{
    ids::MappingId,
    municipality::Municipality,
    results::{RegionResult, Standing},
    rights::Action,
    survey::{Round, RoundStatus},
};

use crate::{
    error::Failure,
    results::of_round,
    state::App,
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/resultat", get(show))
        .route("/k/{mapping}/resultat/sa-har-vi-raknat", get(method))
        .route("/k/{mapping}/resultat/diagram/{file}", get(download))
}

/// The round that is asked for, or the latest closed one; closed rounds latest first.
struct Found {
    room: Room,
    filter: Filter,
    rounds: Vec<Round>,
    /// Whether a round is open.
    open: bool,
}

async fn find(app: &App, visitor: &Visitor, id: MappingId) -> Result<Found, Failure> {
    let room = visitor
        .enter(app, id, Action::ReadResults, Tab::Results)
        .await?;
    let mut filter = Filter::parse(|name| visitor.query(name));
    let mut rounds = app.store.rounds(id).await?;
    let open = rounds.iter().any(|round| round.status == RoundStatus::Open);
    rounds.retain(|round| round.status == RoundStatus::Closed);
    rounds.sort_by_key(|round| std::cmp::Reverse(round.number));
    filter.round = match filter.round {
        None => rounds.first().map(|round| round.id),
        Some(wanted) if rounds.iter().any(|round| round.id == wanted) => Some(wanted),
        Some(_) => return Err(Failure::NotFound),
    };
    Ok(Found {
        room,
        filter,
        rounds,
        open,
    })
}

impl Found {
    fn round(&self) -> Option<&Round> {
        self.rounds
            .iter()
            .find(|round| Some(round.id) == self.filter.round)
    }

    /// With too few municipalities for a region, each sees its own; those who run or steer the mapping see all.
    fn may_see(&self, result: &RegionResult) -> impl Fn(Municipality) -> bool + use<> {
        let regional = result.conditions.standing != Standing::OwnOnly;
        let room = self.room.clone();
        move |municipality| regional || room.may_for(Action::ReadMunicipality, municipality)
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let found = find(&app, &visitor, id).await?;
    let room = &found.room;
    let title = room.texts.result_title();
    let Some(round) = found.round() else {
        let (back, open) = (room.address(""), found.open);
        return Ok(room
            .page(title, move |frame| {
                pages::nothing_yet(frame.texts, back.clone(), open)
            })
            .await);
    };
    let result = of_round(room, round).await?;
    let version = room.state.version(round.version).ok_or(Failure::NotFound)?;
    let may_see = found.may_see(&result);
    let data = ResultsPage {
        base: room.address("/resultat"),
        shown: found.filter.shown(&result, &may_see),
        filter: found.filter,
        rounds: found
            .rounds
            .iter()
            .map(|round| (round.id, round.name.to_string()))
            .collect(),
        round: round.name.to_string(),
        version: round.version,
        areas: (version.contents.areas_in_order().into_iter())
            .map(|(id, area)| (id, area.name.to_string()))
            .collect(),
        municipalities: (result.municipalities.iter().copied())
            .filter(|m| may_see(*m))
            .collect(),
        result,
    };
    let data = Arc::new(data);
    Ok(room
        .page(title, move |frame| pages::page(frame.texts, &data))
        .await)
}

async fn method(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let found = find(&app, &visitor, id).await?;
    let room = &found.room;
    let round = found.round().ok_or(Failure::NotFound)?;
    let result = of_round(room, round).await?;
    let back = room.address(format_args!("/resultat{}", found.filter.query()));
    let (n_min, title) = (round.n_min, room.texts.result_method());
    let version = room.state.version(round.version).ok_or(Failure::NotFound)?;
    let version = Arc::clone(version);
    Ok(room
        .page(title, move |frame| {
            pages::method(frame.texts, &back, &result, n_min, &version.contents)
        })
        .await)
}

async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, file)): Path<(MappingId, String)>,
) -> Result<Response, Failure> {
    let found = find(&app, &visitor, id).await?;
    let round = found.round().ok_or(Failure::NotFound)?;
    let (name, ending) = file.rsplit_once('.').ok_or(Failure::NotFound)?;
    let figure = Figure::from_name(name).ok_or(Failure::NotFound)?;
    let result = of_round(&found.room, round).await?;
    // A regional figure is drawn only where there is one.
    if result.conditions.standing == Standing::OwnOnly && figure != Figure::Heatmap {
        return Err(Failure::NotFound);
    }
    let shown = found.filter.shown(&result, found.may_see(&result));
    let texts = found.room.texts;
    let (kind, body) = match ending {
        "svg" => {
            let chart = pages::draw(texts, figure, &result, &shown, &found.filter, Layout::Wide);
            ("image/svg+xml; charset=utf-8", chart.standalone_svg())
        }
        "csv" => {
            let table = pages::table(texts, figure, &result, &shown, &found.filter);
            ("text/csv; charset=utf-8", table.csv_excel())
        }
        _ => return Err(Failure::NotFound),
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"{}.{ending}\"", figure.name());
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
