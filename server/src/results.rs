//! A round's results, added up once: those of a closed round change only when the log does.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    ids::RoundId,
    results::{RegionResult, RoundData},
    survey::Round,
};

use crate::{error::Failure, visitor::Room};

/// Results by round, with the log's `seq` they were made at.
#[derive(Default)]
pub(crate) struct ResultsCache(Mutex<HashMap<RoundId, (u64, Arc<RegionResult>)>>);

/// The results of a round, as everyone sees them: page, chart and file alike.
///
/// # Errors
/// [`Failure::NotFound`] when the round's version is not in the log.
pub(crate) async fn of_round(room: &Room, round: &Round) -> Result<Arc<RegionResult>, Failure> {
    let closed = round.closed_at.is_some();
    let cache = &room.app.results.0;
    let seq = room.state.seq;
    if closed
        && let Some((at, results)) =
            (cache.lock().unwrap_or_else(PoisonError::into_inner)).get(&round.id)
        && *at == seq
    {
        return Ok(Arc::clone(results));
    }
    let store = &room.app.store;
    let answers = store.submitted_answers(round.id).await?;
    let (invited, submitted) = store.turnout(round.id).await?;
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
            .insert(round.id, (seq, Arc::clone(&results)));
    }
    Ok(results)
}
