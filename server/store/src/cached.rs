//! The maps at hand: their state, who waits to change them and who wants to know when they change.

use std::{
    collections::HashMap,
    mem,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{
    ids::MappingId,
    map::{MapState, Recorded},
};
use tokio::sync::watch;

use crate::{Store, execute::Waiting};

/// The maps at hand, shared by all clones of a store.
#[derive(Clone, Default)]
pub(crate) struct Maps {
    by_mapping: Arc<Mutex<HashMap<MappingId, Arc<Cached>>>>,
    listening: Arc<AtomicBool>,
}

impl Maps {
    /// Whether nobody has listened to other processes until now; whoever asks first shall.
    pub(crate) fn nobody_listens(&self) -> bool {
        !self.listening.swap(true, Ordering::Relaxed)
    }
}

/// A map at hand.
#[derive(Default)]
pub(crate) struct Cached {
    /// Held by whoever decides: those who write to the same map within this process wait rather than collide.
    pub(crate) turn: tokio::sync::Mutex<()>,
    waiting: Mutex<Vec<Waiting>>,
    state: RwLock<Arc<MapState>>,
    changed: watch::Sender<u64>,
}

impl Cached {
    /// The map as this process knows it.
    pub(crate) fn state(&self) -> Arc<MapState> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in events that follow what is known; those taken in already change nothing.
    pub(crate) fn take_in(&self, events: &[Recorded]) -> Arc<MapState> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let now = Arc::make_mut(&mut state);
        for recorded in events {
            now.apply(recorded);
        }
        self.tell(state.seq);
        Arc::clone(&state)
    }

    /// Takes over a state whose events are committed, unless more is known already.
    pub(crate) fn take_over(&self, newer: Arc<MapState>) -> Arc<MapState> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if newer.seq > state.seq {
            *state = newer;
            self.tell(state.seq);
        }
        Arc::clone(&state)
    }

    fn tell(&self, seq: u64) {
        (self.changed).send_if_modified(|known| mem::replace(known, seq) != seq);
    }

    /// The number of the last event known here, and whenever it changes.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Whether anyone wants to know when it changes.
    pub(crate) fn is_watched(&self) -> bool {
        self.changed.receiver_count() > 0
    }

    /// Puts a command last in the queue. Whether it is the only one: then somebody must take a turn for the queue.
    pub(crate) fn enqueue(&self, command: Waiting) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(command);
        waiting.len() == 1
    }

    /// Empties the queue, first come first.
    pub(crate) fn take_queue(&self) -> Vec<Waiting> {
        mem::take(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store {
    /// A map at hand, if it is.
    pub(crate) fn at_hand(&self, mapping: MappingId) -> Option<Arc<Cached>> {
        let maps = &self.maps.by_mapping;
        let maps = maps.lock().unwrap_or_else(PoisonError::into_inner);
        maps.get(&mapping).map(Arc::clone)
    }

    /// A map at hand, if need be an empty one; not for foreign ids, which would take memory.
    pub(crate) fn cached(&self, mapping: MappingId) -> Arc<Cached> {
        let maps = &self.maps.by_mapping;
        let mut maps = maps.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(maps.entry(mapping).or_default())
    }

    /// Puts a map away that is no more.
    pub(crate) fn forget_map(&self, mapping: MappingId) {
        let maps = &self.maps.by_mapping;
        let mut maps = maps.lock().unwrap_or_else(PoisonError::into_inner);
        maps.remove(&mapping);
    }
}
