//! What live views are made from, put together in one place.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::pending,
    sync::Arc,
};

use app::{live::Scene, texts::Texts};
use domain::{
    ids::{AttendeeId, MappingId, WorkshopId},
    map::{Author, MapState},
    mapping::Mapping,
    results::RegionResult,
    survey::Round,
    workshop::{Activity, Attendee},
};
use tokio::task::JoinHandle;

use super::verbs::tend_code;
use crate::{error::Failure, results, state::App};

/// Where scenes come from: the log, and what is beside it, which is read again when it may have changed.
pub(super) struct Source {
    app: App,
    mapping_id: MappingId,
    workshop: WorkshopId,
    mapping: Option<Arc<Mapping>>,
    people: Vec<Attendee>,
    /// Which change of the people has been read; 0 for none.
    known: u64,
    code: Option<String>,
    names: BTreeMap<Author, String>,
    /// The round that the workshop works with, once it is closed.
    round: Option<Round>,
    results: Option<Arc<RegionResult>>,
    /// The state that the results were made from, or are being made from.
    basis: Option<Arc<MapState>>,
    adding: Option<JoinHandle<Result<Arc<RegionResult>, Failure>>>,
}

impl Source {
    pub(super) fn new(app: App, mapping: MappingId, workshop: WorkshopId) -> Self {
        Self {
            app,
            mapping_id: mapping,
            workshop,
            mapping: None,
            people: Vec::new(),
            known: 0,
            code: None,
            names: BTreeMap::new(),
            round: None,
            results: None,
            basis: None,
            adding: None,
        }
    }

    /// Which change of the people has been read.
    pub(super) fn people(&self) -> u64 {
        self.known
    }

    /// Has everything beside the log read again the next time.
    pub(super) fn look_again(&mut self) {
        self.mapping = None;
    }

    /// The scene as it is now, with at least this change of the people in it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no such mapping or workshop.
    pub(super) async fn scene(
        &mut self,
        people: u64,
        connected: BTreeSet<AttendeeId>,
    ) -> Result<Scene, Failure> {
        let app = self.app.clone();
        let mut beside = false;
        let mapping = match &self.mapping {
            Some(mapping) if self.known == people => Arc::clone(mapping),
            _ => {
                beside = true;
                self.read_beside().await?
            }
        };
        let state = app.store.map_state(self.mapping_id).await?;
        let workshop = (state.work.workshops.get(&self.workshop))
            .cloned()
            .ok_or(Failure::NotFound)?;
        let now = state.work.stage(self.workshop);
        if now.is_open() != self.code.is_some() {
            self.code = tend_code(&app, self.workshop, now.is_open()).await?;
        }
        if beside {
            let before = self.round.as_ref().map(|round| (round.id, round.closed_at));
            self.round = match workshop.round {
                Some(round) => app.store.round(round).await?,
                None => None,
            };
            (self.round).take_if(|round| round.closed_at.is_none() || round.mapping != mapping.id);
            if before != self.round.as_ref().map(|round| (round.id, round.closed_at)) {
                // What was added up is about another round.
                self.results = None;
                self.basis = None;
                self.adding = None;
            }
        }
        self.add_names(&state).await?;
        let activity = now.activity(&workshop);
        let counts = matches!(
            activity,
            Some(Activity::Spread | Activity::EffectVote | Activity::Improving | Activity::DotVote)
        );
        if counts {
            self.add_up(&mapping, &state).await;
        }
        let spread = match (&self.round, activity) {
            (Some(round), Some(Activity::Spread | Activity::Agreeing)) => {
                Some(results::spread(&app, &mapping, &state, round).await?)
            }
            _ => None,
        };
        self.known = people;
        let url = &app.public_url;
        Ok(Scene {
            texts: Texts(mapping.language),
            join_url: match &self.code {
                Some(code) => format!("{url}/w/{code}"),
                None => format!("{url}/w"),
            },
            short_url: format!(
                "{}/w",
                url.split_once("://").map_or(url.as_str(), |(_, rest)| rest)
            ),
            mapping,
            state,
            id: self.workshop,
            workshop,
            stage: now,
            people: self.people.clone(),
            connected,
            names: self.names.clone(),
            code: self.code.clone(),
            results: self.results.clone().filter(|_| counts),
            spread,
        })
    }

    async fn read_beside(&mut self) -> Result<Arc<Mapping>, Failure> {
        let store = &self.app.store;
        let mapping = store
            .mapping(self.mapping_id)
            .await?
            .ok_or(Failure::NotFound)?;
        let mapping = Arc::new(mapping);
        self.people = store.attendees(self.workshop).await?;
        self.people.retain(|person| !person.removed);
        self.code = store.code_of(self.workshop).await?;
        self.mapping = Some(Arc::clone(&mapping));
        Ok(mapping)
    }

    /// Reads the names of those signed in who have written something.
    async fn add_names(&mut self, state: &MapState) -> Result<(), Failure> {
        let unknown: BTreeSet<_> = (state.work.cards.values())
            .filter(|card| card.workshop == self.workshop)
            .filter_map(|card| match card.by {
                Author::Account(id) if !self.names.contains_key(&card.by) => Some(id),
                _ => None,
            })
            .collect();
        for id in unknown {
            let account = self.app.store.account(id).await?;
            let name = account.map_or_else(String::new, |account| account.name.to_string());
            self.names.insert(Author::Account(id), name);
        }
        Ok(())
    }

    /// Begins to add up the closed round's results when the room looks at them and what they are made from has
    /// changed. The scene shows what there is meanwhile.
    async fn add_up(&mut self, mapping: &Arc<Mapping>, state: &Arc<MapState>) {
        let same = self.basis.as_ref().is_some_and(|basis| {
            Arc::ptr_eq(&basis.agreed, &state.agreed) && Arc::ptr_eq(&basis.effects, &state.effects)
        });
        let Some(round) = &self.round else {
            return;
        };
        if same || self.adding.is_some() {
            return;
        }
        self.basis = Some(Arc::clone(state));
        let (app, mapping, state, round) = (
            self.app.clone(),
            Arc::clone(mapping),
            Arc::clone(state),
            round.clone(),
        );
        let mut adding =
            tokio::spawn(async move { results::of(&app, &mapping, &state, &round).await });
        if self.results.is_none() {
            // The first scene waits: it would be empty otherwise.
            let added = (&mut adding).await;
            self.take(added);
        } else {
            self.adding = Some(adding);
        }
    }

    fn take(&mut self, added: Result<Result<Arc<RegionResult>, Failure>, tokio::task::JoinError>) {
        match added {
            Ok(Ok(results)) => self.results = Some(results),
            Ok(Err(_)) => self.basis = None,
            Err(error) => {
                tracing::error!(%error, "results could not be added up");
                self.basis = None;
            }
        }
    }

    /// Waits until results that are being added up are there.
    pub(super) async fn results_change(&mut self) {
        match &mut self.adding {
            Some(adding) => {
                let added = adding.await;
                self.adding = None;
                self.take(added);
            }
            None => pending().await,
        }
    }
}
