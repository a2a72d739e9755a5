//! Hearing of what happens in a map, in this process and, where several share a database, in the others.

use std::time::Duration;

use domain::ids::MappingId;
use sqlx::{PgPool, postgres::PgListener};
use tokio::sync::watch;

use crate::{
    Store, StoreError,
    database::{Either, Tx},
};

/// Where processes that share a database tell each other which map has changed.
const CHANNEL: &str = "map";
/// How long to wait before listening again when the database has gone away.
const PAUSE: Duration = Duration::from_secs(1);

impl Store {
    /// The number of the last event that this process knows of in a mapping; it changes with every commit and whenever
    /// another process's events are read. Begin to watch before [`Store::map_state`] is read, so that nothing falls
    /// between. Not for ids that may be foreign: each takes some memory. On PostgreSQL the first call begins to listen
    /// to other processes, and must be made within the runtime; what they say may be late or lost, so look at
    /// [`Store::map_state`] now and then where [`Store::is_shared`].
    pub fn watch(&self, mapping: MappingId) -> watch::Receiver<u64> {
        if let Either::Postgres(pool) = &self.db
            && self.maps.nobody_listens()
        {
            tokio::spawn(listen(self.clone(), pool.clone()));
        }
        self.cached(mapping).watch()
    }

    /// Whether other processes may be writing to the same database.
    pub fn is_shared(&self) -> bool {
        matches!(self.db, Either::Postgres(_))
    }

    /// Reads what another process says that it has written, if anyone wants to know.
    async fn hear(&self, said: &str) -> Result<(), StoreError> {
        let Some((mapping, seq)) = read(said) else {
            return Ok(());
        };
        match self.at_hand(mapping) {
            Some(cached) if cached.is_watched() && cached.state().seq < seq => {
                self.map_state(mapping).await.map(drop)
            }
            _ => Ok(()),
        }
    }
}

/// Tells the other processes, once the transaction is committed, how far a map's log reaches.
pub(crate) async fn tell_others(
    tx: &mut Tx,
    mapping: MappingId,
    head: i64,
) -> Result<(), StoreError> {
    if let Either::Postgres(tx) = tx.link() {
        sqlx::query("SELECT pg_notify($1, $2)")
            .bind(CHANNEL)
            .bind(format!("{mapping} {head}"))
            .execute(tx)
            .await?;
    }
    Ok(())
}

fn read(said: &str) -> Option<(MappingId, u64)> {
    let (mapping, seq) = said.split_once(' ')?;
    Some((mapping.parse().ok()?, seq.parse().ok()?))
}

/// Listens until the pool is closed.
async fn listen(store: Store, pool: PgPool) {
    while !pool.is_closed() {
        if let Err(error) = listen_once(&store, &pool).await
            && !pool.is_closed()
        {
            tracing::warn!(%error, "cannot hear what other processes write; trying again");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn listen_once(store: &Store, pool: &PgPool) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let said = listener.recv().await?;
        if let Err(error) = store.hear(said.payload()).await {
            tracing::warn!(%error, "cannot read what another process has written");
        }
    }
}
