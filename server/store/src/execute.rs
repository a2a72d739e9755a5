//! Carrying out commands: decided one after the other on the newest state, those that wait together stored together.

use std::{slice, sync::Arc};

use domain::{
    ids::{MappingId, OpId},
    map::{Author, Command, Deed, MapState, Recorded, Refusal, decide},
};
use tokio::sync::oneshot;

use crate::{Store, StoreError, cached::Cached};

/// How often commands are decided anew because another process came between.
const ATTEMPTS: usize = 50;

/// A command that has been carried out.
#[derive(Clone, Debug)]
pub struct Executed {
    /// The map after it (and after whatever else has happened since).
    pub state: Arc<MapState>,
    /// What sort of command it was.
    pub deed: Deed,
    /// How many events it led to: none when it had been carried out before, or changed nothing.
    pub events: usize,
}

/// Why a command was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// The map's rules forbid it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A command that waits for its turn.
pub(crate) struct Waiting {
    author: Author,
    op: OpId,
    command: Command,
    at: i64,
    answer: oneshot::Sender<Result<Executed, ExecuteError>>,
}

/// What came of commands that were stored together, in their order, and the map after them.
type Together = (Arc<MapState>, Vec<Result<(Deed, usize), Refusal>>);

impl Store {
    /// Carries out a command on a map: decides on the newest state, stores the events and answers once they are
    /// committed. When someone else came between, it is decided anew. A command whose `op` has been carried out
    /// before changes nothing. A caller that goes away does not stop it.
    ///
    /// Commands that come while others are being stored share the next transaction: many at once cost little more
    /// than one, and each is still decided on the state that the one before it left, and refused by itself.
    ///
    /// # Errors
    /// [`ExecuteError::Refused`] by the map's rules; [`StoreError::NotFound`] when there is no such mapping or author.
    pub async fn execute(
        &self,
        mapping: MappingId,
        author: Author,
        op: OpId,
        command: Command,
        at: i64,
    ) -> Result<Executed, ExecuteError> {
        let cached = if let Some(cached) = self.at_hand(mapping) {
            cached
        } else {
            // Asked before a place is made for it, so that foreign ids take no memory.
            self.map_state(mapping).await?;
            self.cached(mapping)
        };
        let (answer, answered) = oneshot::channel();
        let first = cached.enqueue(Waiting {
            author,
            op,
            command,
            at,
            answer,
        });
        // Whoever comes into an empty queue takes a turn for all who have come until then. In a task of its own, for
        // the others' answers must not depend on whether this caller stays.
        if first {
            let store = self.clone();
            tokio::spawn(async move {
                let _turn = cached.turn.lock().await;
                let waiting = cached.take_queue();
                store.carry_out(mapping, &cached, waiting).await;
            });
        }
        // Only a defect, or the end of the program, leaves a command without an answer.
        (answered.await)
            .unwrap_or_else(|_| Err(StoreError::Database(sqlx::Error::WorkerCrashed).into()))
    }

    async fn carry_out(&self, mapping: MappingId, cached: &Cached, waiting: Vec<Waiting>) {
        match self.store_together(mapping, cached, &waiting).await {
            // One of them has an author who is not there: it must not take the others with it.
            Err(StoreError::NotFound) if waiting.len() > 1 => {
                for command in waiting {
                    let alone = slice::from_ref(&command);
                    let done = self.store_together(mapping, cached, alone).await;
                    answer(vec![command], done);
                }
            }
            done => answer(waiting, done),
        }
    }

    async fn store_together(
        &self,
        mapping: MappingId,
        cached: &Cached,
        waiting: &[Waiting],
    ) -> Result<Together, StoreError> {
        for _ in 0..ATTEMPTS {
            let mut state = self.map_state(mapping).await?;
            let (seq, mut recorded) = (state.seq, Vec::new());
            let verdicts = (waiting.iter())
                .map(|command| try_on(&mut state, command, &mut recorded))
                .collect();
            if recorded.is_empty() || self.append(mapping, seq, recorded).await? {
                return Ok((cached.take_over(state), verdicts));
            }
        }
        Err(StoreError::Conflict("mapping_head"))
    }
}

/// Decides a command and applies its events to the state, for the next command.
fn try_on(
    state: &mut Arc<MapState>,
    command: &Waiting,
    recorded: &mut Vec<Recorded>,
) -> Result<(Deed, usize), Refusal> {
    let (deed, events) = decide(state, command.op, command.command.clone())?;
    let count = events.len();
    for event in events {
        let next = Recorded {
            seq: state.seq + 1,
            op: command.op,
            author: command.author,
            at: command.at,
            deed,
            event,
        };
        Arc::make_mut(state).apply(&next);
        recorded.push(next);
    }
    Ok((deed, count))
}

/// Tells each what came of their command; those who have gone away hear nothing.
fn answer(mut waiting: Vec<Waiting>, done: Result<Together, StoreError>) {
    match done {
        Ok((state, verdicts)) => {
            for (command, verdict) in waiting.into_iter().zip(verdicts) {
                let done = verdict.map_err(ExecuteError::Refused);
                let _ = command.answer.send(done.map(|(deed, events)| Executed {
                    state: Arc::clone(&state),
                    deed,
                    events,
                }));
            }
        }
        Err(error) => {
            let last = waiting.pop();
            for command in waiting {
                let _ = command.answer.send(Err(error.again().into()));
            }
            if let Some(command) = last {
                let _ = command.answer.send(Err(error.into()));
            }
        }
    }
}
