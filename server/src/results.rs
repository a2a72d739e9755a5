//! A round's results, added up once: those of a closed round change only when what they are made from does.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    ids::RoundId,
    map::{AgreedKey, AgreedLevel, Effect, EffectKey, MapState},
    mapping::{Mapping, Member},
    results::{Analysis, RegionResult, RoundData, Spread},
    survey::{Round, SubmittedAnswer},
};

use crate::{error::Failure, state::App, visitor::Room};

/// Figures of closed rounds, with what they were made from.
#[derive(Default)]
pub(crate) struct ResultsCache {
    answers: Kept<Read>,
    analyses: Kept<(Basis, Analysis)>,
    spreads: Kept<(Spreading, Arc<Spread>)>,
}

/// How many closed rounds are kept in memory: those of a region's whole series, and then some.
const KEPT: usize = 32;

/// Something by round.
struct Kept<T>(Mutex<HashMap<RoundId, T>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Kept<T> {
    fn get(&self, round: RoundId) -> Option<T> {
        (self.0.lock().unwrap_or_else(PoisonError::into_inner))
            .get(&round)
            .cloned()
    }

    fn put(&self, round: RoundId, value: T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(round, value);
    }
}

/// The answers of a closed round, read once.
#[derive(Clone)]
struct Read {
    /// When it was closed; its answers are those of that time.
    closed_at: i64,
    answers: Arc<Vec<SubmittedAnswer>>,
    /// Respondents that may be the same people again.
    repeated: u32,
}

/// What is shown of how the answers spread is made from these, beside the answers.
#[derive(Clone, PartialEq)]
struct Spreading {
    /// When the round was closed.
    closed_at: i64,
    /// Agreed levels.
    agreed: Arc<BTreeMap<AgreedKey, AgreedLevel>>,
    /// How the municipalities take part.
    members: Vec<Member>,
}

/// What the results of a closed round are made from, beside its answers, which do not change.
#[derive(Clone, PartialEq)]
struct Basis {
    /// Agreed levels.
    agreed: Arc<BTreeMap<AgreedKey, AgreedLevel>>,
    /// Effects on goals.
    effects: Arc<BTreeMap<EffectKey, Effect>>,
    /// How the municipalities take part.
    members: Vec<Member>,
    /// People asked, and people who submitted.
    turnout: (usize, usize),
}

/// The results of a round, as everyone sees them: page, chart and file alike.
///
/// # Errors
/// [`Failure::NotFound`] when the round's version is not in the log.
pub(crate) async fn of_round(room: &Room, round: &Round) -> Result<Arc<RegionResult>, Failure> {
    of(&room.app, &room.mapping, &room.state, round).await
}

/// The results of a round in this state of the mapping.
///
/// # Errors
/// [`Failure::NotFound`] when the round's version is not in the log.
pub(crate) async fn of(
    app: &App,
    mapping: &Mapping,
    state: &Arc<MapState>,
    round: &Round,
) -> Result<Arc<RegionResult>, Failure> {
    Ok(added_up(app, mapping, state, round).await?.region)
}

/// All figures of a closed round, in this state of the mapping.
///
/// # Errors
/// [`Failure::NotFound`] while the round takes answers, when it is another mapping's, or when its version is not in
/// the log.
pub(crate) async fn analysis(
    app: &App,
    mapping: &Mapping,
    state: &Arc<MapState>,
    round: &Round,
) -> Result<Analysis, Failure> {
    if round.closed_at.is_none() || round.mapping != mapping.id {
        return Err(Failure::NotFound);
    }
    added_up(app, mapping, state, round).await
}

async fn added_up(
    app: &App,
    mapping: &Mapping,
    state: &Arc<MapState>,
    round: &Round,
) -> Result<Analysis, Failure> {
    let store = &app.store;
    let basis = Basis {
        agreed: Arc::clone(&state.agreed),
        effects: Arc::clone(&state.effects),
        members: mapping.members.clone(),
        turnout: store.turnout(round.id).await?,
    };
    let closed = round.closed_at.is_some();
    if closed
        && let Some((made_from, analysis)) = app.results.analyses.get(round.id)
        && made_from == basis
    {
        return Ok(analysis);
    }
    let Read {
        answers, repeated, ..
    } = read(app, round).await?;
    let people = store.asked(round.id).await?;
    let (invited, submitted) = basis.turnout;
    let n_min = round.n_min;
    let (state, members, round_id) = (Arc::clone(state), mapping.members.clone(), round.id);
    let version = state
        .version(round.version)
        .cloned()
        .ok_or(Failure::NotFound)?;
    let analysis = tokio::task::spawn_blocking(move || {
        Analysis::of(&RoundData {
            round: round_id,
            version: &version,
            members: &members,
            n_min,
            answers: &answers,
            invited,
            submitted,
            repeated,
            people: &people,
            agreed: &state.agreed,
            effects: &state.effects,
        })
    })
    .await
    .map_err(|error| {
        tracing::error!(%error, "results could not be added up");
        Failure::Internal
    })?;
    if closed {
        let made = (basis, analysis.clone());
        app.results.analyses.put(round.id, made);
    }
    Ok(analysis)
}

/// The submitted answers of a round; those of a closed one are read once.
async fn read(app: &App, round: &Round) -> Result<Read, Failure> {
    let cache = &app.results.answers;
    let known = (cache.get(round.id)).filter(|known| Some(known.closed_at) == round.closed_at);
    if let Some(known) = known {
        return Ok(known);
    }
    let read = Read {
        closed_at: round.closed_at.unwrap_or_default(),
        answers: Arc::new(app.store.submitted_answers(round.id).await?),
        repeated: app.store.repeated_responses(round.id).await?,
    };
    if round.closed_at.is_some() {
        cache.put(round.id, read.clone());
    }
    Ok(read)
}

/// How the answers of a closed round spread, for a workshop to talk about.
///
/// The answers are read once a closing; agreed levels are taken as they stand, which costs a few milliseconds.
///
/// # Errors
/// [`Failure::NotFound`] while the round takes answers, when it is another mapping's, or when its version is not in
/// the log.
pub(crate) async fn spread(
    app: &App,
    mapping: &Mapping,
    state: &MapState,
    round: &Round,
) -> Result<Arc<Spread>, Failure> {
    let closed_at = (round.closed_at)
        .filter(|_| round.mapping == mapping.id)
        .ok_or(Failure::NotFound)?;
    let basis = Spreading {
        closed_at,
        agreed: Arc::clone(&state.agreed),
        members: mapping.members.clone(),
    };
    if let Some((made_from, spread)) = app.results.spreads.get(round.id)
        && made_from == basis
    {
        return Ok(spread);
    }
    let version = state.version(round.version).ok_or(Failure::NotFound)?;
    let Read {
        answers, repeated, ..
    } = read(app, round).await?;
    let spread = Arc::new(Spread::of(&RoundData {
        round: round.id,
        version,
        members: &mapping.members,
        n_min: round.n_min,
        answers: &answers,
        // How many were asked, and who they are, says nothing about how the answers spread.
        invited: 0,
        submitted: 0,
        people: &[],
        repeated,
        agreed: &state.agreed,
        effects: &state.effects,
    }));
    let made = (basis, Arc::clone(&spread));
    app.results.spreads.put(round.id, made);
    Ok(spread)
}
