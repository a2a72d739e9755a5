//! A round's results, added up once: those of a closed round change only when what they are made from does.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    ids::RoundId,
    map::{AgreedKey, AgreedLevel, Effect, EffectKey, MapState},
    mapping::{Mapping, Member},
    municipality::Municipality,
    results::{RegionResult, RoundData, Spread},
    survey::{Round, SubmittedAnswer},
};

use crate::{error::Failure, state::App, visitor::Room};

/// Results by round, with what they were made from.
#[derive(Default)]
pub(crate) struct ResultsCache {
    regions: Mutex<HashMap<RoundId, (Basis, Arc<RegionResult>)>>,
    spreads: Mutex<HashMap<RoundId, Spreading>>,
}

/// How a closed round's answers spread, with what that was made from.
#[derive(Clone)]
struct Spreading {
    /// When the round was closed; its answers are those of that time.
    closed_at: i64,
    /// The answers, read once.
    answers: Arc<Vec<SubmittedAnswer>>,
    /// Agreed levels.
    agreed: Arc<BTreeMap<AgreedKey, AgreedLevel>>,
    /// How the municipalities take part.
    members: Vec<Member>,
    /// What came of it.
    spread: Arc<Spread>,
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
    let closed = round.closed_at.is_some();
    let cache = &app.results.regions;
    let store = &app.store;
    let basis = Basis {
        agreed: Arc::clone(&state.agreed),
        effects: Arc::clone(&state.effects),
        members: mapping.members.clone(),
        turnout: store.turnout(round.id).await?,
    };
    if closed
        && let Some((of, results)) =
            (cache.lock().unwrap_or_else(PoisonError::into_inner)).get(&round.id)
        && *of == basis
    {
        return Ok(Arc::clone(results));
    }
    let answers = store.submitted_answers(round.id).await?;
    let repeated = store.repeated_responses(round.id).await?;
    let people = store.asked(round.id).await?;
    let (invited, submitted) = basis.turnout;
    let n_min = round.n_min;
    let (state, members, round_id) = (Arc::clone(state), mapping.members.clone(), round.id);
    let version = state
        .version(round.version)
        .cloned()
        .ok_or(Failure::NotFound)?;
    let results = tokio::task::spawn_blocking(move || {
        RegionResult::aggregate(&RoundData {
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
    let results = Arc::new(results);
    if closed {
        (cache.lock().unwrap_or_else(PoisonError::into_inner))
            .insert(round.id, (basis, Arc::clone(&results)));
    }
    Ok(results)
}

/// How the answers for one municipality spread, in a closed round.
///
/// # Errors
/// As [`spread`].
pub(crate) async fn municipal_spread(
    app: &App,
    mapping: &Mapping,
    state: &MapState,
    round: &Round,
    municipality: Municipality,
) -> Result<Spread, Failure> {
    if round.closed_at.is_none() || round.mapping != mapping.id {
        return Err(Failure::NotFound);
    }
    let version = state.version(round.version).ok_or(Failure::NotFound)?;
    let mut answers = app.store.submitted_answers(round.id).await?;
    answers.retain(|answer| answer.municipality == municipality);
    Ok(Spread::of(&RoundData {
        round: round.id,
        version,
        members: &mapping.members,
        n_min: round.n_min,
        answers: &answers,
        invited: 0,
        submitted: 0,
        // For one municipality everyone has one response.
        repeated: 0,
        people: &[],
        agreed: &state.agreed,
        effects: &state.effects,
    }))
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
    let cache = &app.results.spreads;
    let known = (cache.lock().unwrap_or_else(PoisonError::into_inner))
        .get(&round.id)
        .filter(|known| known.closed_at == closed_at)
        .cloned();
    if let Some(known) = &known
        && known.agreed == state.agreed
        && known.members == mapping.members
    {
        return Ok(Arc::clone(&known.spread));
    }
    let version = state.version(round.version).ok_or(Failure::NotFound)?;
    let answers = match known {
        Some(known) => known.answers,
        None => Arc::new(app.store.submitted_answers(round.id).await?),
    };
    let repeated = app.store.repeated_responses(round.id).await?;
    let spread = Arc::new(Spread::of(&RoundData {
        round: round.id,
        version,
        members: &mapping.members,
        n_min: round.n_min,
        answers: &answers,
        // How many were asked says nothing about how the answers spread.
        invited: 0,
        submitted: 0,
        repeated,
        people: &[],
        agreed: &state.agreed,
        effects: &state.effects,
    }));
    let made = Spreading {
        closed_at,
        answers,
        agreed: Arc::clone(&state.agreed),
        members: mapping.members.clone(),
        spread: Arc::clone(&spread),
    };
    (cache.lock().unwrap_or_else(PoisonError::into_inner)).insert(round.id, made);
    Ok(spread)
}
