//! The log of a map: what happened, in order, and the state it adds up to.

use std::sync::{Arc, PoisonError, RwLock};

use domain::{
    ids::{AccountId, AttendeeId, MappingId, OpId, ParticipantId},
    map::{Author, Command, Deed, Event, MapState, Recorded, Refusal, decide},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{row, rows, run},
    row::{choice, corrupt},
};

/// How often a command is decided anew because others came between.
const ATTEMPTS: usize = 50;

/// A map at hand.
#[derive(Default)]
pub(crate) struct Cached {
    /// Held by whoever decides: those who write to the same map within this process wait rather than collide.
    turn: tokio::sync::Mutex<()>,
    state: RwLock<Arc<MapState>>,
}

impl Cached {
    fn state(&self) -> Arc<MapState> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in events that follow what is known; those taken in already change nothing.
    fn take_in(&self, events: &[Recorded]) -> Arc<MapState> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let now = Arc::make_mut(&mut state);
        for recorded in events {
            now.apply(recorded);
        }
        Arc::clone(&state)
    }
}

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

#[derive(sqlx::FromRow)]
struct EventRow {
    seq: i64,
    op: Uuid,
    author_account: Option<Uuid>,
    author_participant: Option<Uuid>,
    author_attendee: Option<Uuid>,
    at: i64,
    deed: String,
    body: String,
}

impl EventRow {
    fn read(self) -> Result<Recorded, StoreError> {
        Ok(Recorded {
            seq: self.seq.cast_unsigned(),
            op: OpId::new(self.op),
            author: match (
                self.author_account,
                self.author_participant,
                self.author_attendee,
            ) {
                (Some(id), _, _) => Author::Account(AccountId::new(id)),
                (None, Some(id), _) => Author::Participant(ParticipantId::new(id)),
                (None, None, Some(id)) => Author::Attendee(AttendeeId::new(id)),
                (None, None, None) => Author::System,
            },
            at: self.at,
            deed: choice(&self.deed, Deed::from_code)?,
            event: serde_json::from_str(&self.body).map_err(|error| corrupt("event", error))?,
        })
    }
}

impl Store {
    /// The map as it stands, with everything that has been confirmed by now, by this process or any other.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn map_state(&self, mapping: MappingId) -> Result<Arc<MapState>, StoreError> {
        let (head,) = row!(
            (i64,),
            self.db,
            "SELECT head FROM mapping WHERE id = $1",
            mapping.uuid(),
        )?
        .ok_or(StoreError::NotFound)?;
        let cached = self.cached(mapping);
        let known = cached.state().seq;
        if known >= head.cast_unsigned() {
            return Ok(cached.state());
        }
        Ok(cached.take_in(&self.events_after(mapping, known).await?))
    }

    /// Events after number `seq` (0 for all), in order.
    pub async fn events_after(
        &self,
        mapping: MappingId,
        seq: u64,
    ) -> Result<Vec<Recorded>, StoreError> {
        rows!(
            EventRow,
            self.db,
            "SELECT seq, op, author_account, author_participant, author_attendee, at, deed, body
             FROM event WHERE mapping = $1 AND seq > $2 ORDER BY seq",
            mapping.uuid(),
            seq.cast_signed(),
        )?
        .into_iter()
        .map(EventRow::read)
        .collect()
    }

    /// Carries out a command on a map: decides on the newest state, stores the events and answers once they are
    /// committed. When someone else came between, it is decided anew. A command whose `op` has been carried out
    /// before changes nothing.
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
        // Asked before a place is made for it, so that foreign ids take no memory.
        self.map_state(mapping).await?;
        let cached = self.cached(mapping);
        let _turn = cached.turn.lock().await;
        for _ in 0..ATTEMPTS {
            let state = self.map_state(mapping).await?;
            let (deed, events) = decide(&state, op, command.clone())?;
            if events.is_empty() {
                return Ok(Executed {
                    state,
                    deed,
                    events: 0,
                });
            }
            let recorded: Vec<_> = (state.seq + 1..)
                .zip(events)
                .map(|(seq, event)| Recorded {
                    seq,
                    op,
                    author,
                    at,
                    deed,
                    event,
                })
                .collect();
            let seq = state.seq;
            // Nobody else holds it now, as a rule, so that taking in the events need not copy it.
            drop(state);
            let events = recorded.len();
            if let Some(recorded) = self.append(mapping, seq, recorded).await? {
                let state = cached.take_in(&recorded);
                return Ok(Executed {
                    state,
                    deed,
                    events,
                });
            }
        }
        Err(StoreError::Conflict("mapping_head").into())
    }

    /// Stores events after number `seq`, and gives them back; none when `seq` is no longer the last.
    async fn append(
        &self,
        mapping: MappingId,
        seq: u64,
        recorded: Vec<Recorded>,
    ) -> Result<Option<Vec<Recorded>>, StoreError> {
        let bodies = recorded
            .iter()
            .map(|recorded| body(&recorded.event))
            .collect::<Result<Vec<_>, _>>()?;
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    // Locks the row, so that numbers are committed in order.
                    let moved = row!(
                        (i64,),
                        tx,
                        "UPDATE mapping SET head = head + $3 WHERE id = $1 AND head = $2 RETURNING head",
                        mapping.uuid(),
                        seq.cast_signed(),
                        (recorded.len() as u64).cast_signed(),
                    )?;
                    if moved.is_none() {
                        return Ok(None);
                    }
                    for (recorded, body) in recorded.iter().zip(bodies) {
                        let (account, participant, attendee) = match recorded.author {
                            Author::Account(id) => (Some(id.uuid()), None, None),
                            Author::Participant(id) => (None, Some(id.uuid()), None),
                            Author::Attendee(id) => (None, None, Some(id.uuid())),
                            Author::System => (None, None, None),
                        };
                        run!(
                            tx,
                            "INSERT INTO event
                                 (mapping, seq, op, author_account, author_participant, author_attendee,
                                  at, deed, body)
                             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                            mapping.uuid(),
                            recorded.seq.cast_signed(),
                            recorded.op.uuid(),
                            account,
                            participant,
                            attendee,
                            recorded.at,
                            recorded.deed.code(),
                            body,
                        )?;
                    }
                    Ok(Some(recorded))
                })
            })
            .await
    }

    fn cached(&self, mapping: MappingId) -> Arc<Cached> {
        let mut maps = self.maps.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(maps.entry(mapping).or_default())
    }
}

fn body(event: &Event) -> Result<String, StoreError> {
    serde_json::to_string(event).map_err(|error| corrupt("event", error))
}
