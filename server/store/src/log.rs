//! The log of a map: what happened, in order, and the state it adds up to.

use std::sync::Arc;

use domain::{
    ids::{AccountId, AttendeeId, MappingId, OpId, ParticipantId},
    map::{Author, Deed, Event, MapState, Recorded},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{row, rows, run},
    row::{choice, corrupt},
    watch::tell_others,
};

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

    /// Stores events after number `seq`, all or none; false when `seq` is no longer the last.
    pub(crate) async fn append(
        &self,
        mapping: MappingId,
        seq: u64,
        recorded: Vec<Recorded>,
    ) -> Result<bool, StoreError> {
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
                    let Some((head,)) = moved else {
                        return Ok(false);
                    };
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
                    tell_others(tx, mapping, head).await?;
                    Ok(true)
                })
            })
            .await
    }
}

fn body(event: &Event) -> Result<String, StoreError> {
    serde_json::to_string(event).map_err(|error| corrupt("event", error))
}
