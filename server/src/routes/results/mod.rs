//! Results: the region's page, and how it was calculated. The other views of the same material have modules of their
//! own here.

mod capability;
mod compare;
mod figure;
mod files;
mod municipality;
mod report;
mod views;

use std::sync::Arc;

use app::{
    document::Tab,
    pages::results::{self as pages, Earlier, Filter, Material, ResultsPage},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::MappingId,
    municipality::Municipality,
    results::{Analysis, Change, Finding, RegionResult, Standing, findings},
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
        .merge(files::routes())
        .merge(municipality::routes())
        .merge(capability::routes())
        .merge(compare::routes())
        .merge(report::routes())
        .merge(views::routes())
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

    /// The page of a mapping without any closed round.
    async fn nothing_yet(&self, title: impl Into<String>) -> Response {
        let (back, open) = (self.room.address(""), self.open);
        self.room
            .page(title, move |frame| {
                pages::nothing_yet(frame.texts, back.clone(), open)
            })
            .await
    }

    /// With too few municipalities for a region, each sees its own; those who run or steer the mapping see all.
    fn may_see(&self, result: &RegionResult) -> impl Fn(Municipality) -> bool + use<> {
        let regional = result.conditions.standing != Standing::OwnOnly;
        let room = self.room.clone();
        move |municipality| regional || room.may_for(Action::ReadMunicipality, municipality)
    }

    /// What every view of this round is made from.
    async fn material(&self, round: &Round) -> Result<Material, Failure> {
        let Room {
            app,
            mapping,
            state,
            ..
        } = &self.room;
        let version = |round: &Round| state.version(round.version).ok_or(Failure::NotFound);
        let analysis = crate::results::analysis(app, mapping, state, round).await?;
        let before = (self.rounds.iter())
            .filter(|earlier| earlier.number < round.number)
            .max_by_key(|earlier| earlier.number);
        let mut earlier = None;
        if let Some(before) = before {
            let region = crate::results::of(app, mapping, state, before).await?;
            // A round of too few municipalities is each one's own to know, in a comparison too.
            if region.conditions.standing != Standing::OwnOnly {
                let change = Change::between(
                    (version(before)?, &region),
                    (version(round)?, &analysis.region),
                );
                earlier = Some(Earlier {
                    round: before.clone(),
                    change: Arc::new(change),
                });
            }
        }
        Ok(Material {
            mapping: mapping.clone(),
            round: round.clone(),
            version: Arc::clone(version(round)?),
            contents: Arc::clone(&state.contents),
            earlier,
            findings: Arc::new(self.findings(&analysis)),
            shown: (self.filter).shown(&analysis.region, self.may_see(&analysis.region)),
            filter: self.filter,
            analysis,
        })
    }

    /// What is weak in the material, as far as this reader may see it.
    fn findings(&self, analysis: &Analysis) -> Vec<Finding> {
        let state = &self.room.state;
        let may_see = self.may_see(&analysis.region);
        let regional = analysis.region.conditions.standing != Standing::OwnOnly;
        let mut found = findings(analysis, &state.contents, &state.work);
        found.retain(|finding| match finding.municipality() {
            Some(municipality) => may_see(municipality) || !finding.tells_levels(),
            None => regional || !finding.tells_levels(),
        });
        found
    }

    /// The material with what surrounds it on a page.
    async fn page(&self, round: &Round) -> Result<ResultsPage, Failure> {
        let material = self.material(round).await?;
        let may_see = self.may_see(material.region());
        Ok(ResultsPage {
            base: self.room.address("/resultat"),
            rounds: (self.rounds.iter())
                .map(|round| (round.id, round.name.to_string()))
                .collect(),
            areas: (material.version.contents.areas_in_order().into_iter())
                .map(|(id, area)| (id, area.name.to_string()))
                .collect(),
            municipalities: (material.region().municipalities.iter().copied())
                .filter(|municipality| may_see(*municipality))
                .collect(),
            material,
        })
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
        return Ok(found.nothing_yet(title).await);
    };
    let data = found.page(round).await?;
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
    let example = room.mapping.example;
    Ok(room
        .page(title, move |frame| {
            pages::method(
                frame.texts,
                &back,
                (&result, example),
                n_min,
                &version.contents,
            )
        })
        .await)
}
