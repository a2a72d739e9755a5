//! A round's results, added up once: those of a closed round change only when what they are made from does.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    ids::RoundId,
    map::{AgreedKey, AgreedLevel, Effect, EffectKey},
    mapping::Member,
    results::{RegionResult, RoundData},
    survey::Round,
};

use crate::{error::Failure, visitor::Room};

/// Results by round, with what they were made from.
#[derive(Default)]
pub(crate) struct ResultsCache(Mutex<HashMap<RoundId, (Basis, Arc<RegionResult>)>>);

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
    let closed = round.closed_at.is_some();
    let cache = &room.app.results.0;
    let store = &room.app.store;
    let basis = Basis {
        agreed: Arc::clone(&room.state.agreed),
        effects: Arc::clone(&room.state.effects),
        members: room.mapping.members.clone(),
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
    let (invited, submitted) = basis.turnout;
    let n_min = round.n_min;
    let (state, mapping, round_id) = (Arc::clone(&room.state), room.mapping.clone(), round.id);
    let version = state
        .version(round.version)
        .cloned()
        .ok_or(Failure::NotFound)?;
    let results = tokio::task::spawn_blocking(move || {
        RegionResult::aggregate(&RoundData {
            round: round_id,
            version: &version,
            members: &mapping.members,
            n_min,
            answers: &answers,
            invited,
            submitted,
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
