//! The rooms that somebody listens to, by workshop.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use app::live::Class;
use domain::ids::{AttendeeId, MappingId, WorkshopId};
use tokio::{
    sync::{Notify, watch},
    time::timeout,
};

use super::{room, snapshot::Snapshot};
use crate::{error::Failure, state::App};

/// How many may listen to one workshop at a time.
const LISTENERS: usize = 2000;
/// How long a room waits for somebody to come back.
const IDLE: Duration = Duration::from_mins(2);
/// How long a change of the people is told to those who ask again and again.
const LATELY: Duration = Duration::from_secs(15);
/// How long a page waits for the room to take in what has been done.
const PATIENCE: Duration = Duration::from_secs(8);

/// All rooms.
#[derive(Default)]
pub(crate) struct Hub(Mutex<HashMap<WorkshopId, Arc<Live>>>);

impl Hub {
    /// The room of a workshop that is known to be there; it is opened if nobody has been in it.
    pub(crate) fn live(&self, app: &App, mapping: MappingId, workshop: WorkshopId) -> Arc<Live> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let live = rooms.entry(workshop).or_insert_with(|| {
            let live = Arc::new(Live::new(mapping, workshop));
            tokio::spawn(room::run(app.clone(), Arc::clone(&live)));
            live
        });
        live.touch();
        Arc::clone(live)
    }

    /// Tells a workshop's room, if there is one, that somebody has joined, been let in or sent away.
    pub(crate) fn people_changed(&self, workshop: WorkshopId) {
        let rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(live) = rooms.get(&workshop) {
            live.wanted.fetch_add(1, Ordering::SeqCst);
            live.inside(|inside| inside.people_changed = Some(Instant::now()));
            live.stir.notify_one();
        }
    }

    /// Closes a room, unless somebody is in it (`always`: even then).
    pub(super) fn close(&self, live: &Arc<Live>, always: bool) -> bool {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !always && !live.is_idle() {
            return false;
        }
        if (rooms.get(&live.workshop)).is_some_and(|known| Arc::ptr_eq(known, live)) {
            rooms.remove(&live.workshop);
        }
        true
    }
}

/// One workshop's room.
pub(crate) struct Live {
    pub(super) mapping: MappingId,
    pub(super) workshop: WorkshopId,
    /// How many changes of the people there have been.
    wanted: AtomicU64,
    /// Wakes the room for what is not in the log.
    pub(super) stir: Notify,
    newest: watch::Sender<Option<Arc<Snapshot>>>,
    inside: Mutex<Inside>,
}

/// Who is in a room.
struct Inside {
    /// How many listen, by class.
    listeners: [usize; 3],
    /// How many streams each has open.
    connected: HashMap<AttendeeId, usize>,
    /// Whether that has changed since it was last shown.
    moved: bool,
    /// When somebody last joined, was let in or sent away.
    people_changed: Option<Instant>,
    /// When somebody last asked for anything.
    used: Instant,
}

impl Live {
    fn new(mapping: MappingId, workshop: WorkshopId) -> Self {
        Self {
            mapping,
            workshop,
            wanted: AtomicU64::new(1),
            stir: Notify::new(),
            newest: watch::Sender::new(None),
            inside: Mutex::new(Inside {
                listeners: [0; 3],
                connected: HashMap::new(),
                moved: false,
                people_changed: None,
                used: Instant::now(),
            }),
        }
    }

    fn inside<T>(&self, change: impl FnOnce(&mut Inside) -> T) -> T {
        change(&mut self.inside.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn touch(&self) {
        self.inside(|inside| inside.used = Instant::now());
    }

    fn is_idle(&self) -> bool {
        self.inside(|inside| inside.listeners == [0; 3] && inside.used.elapsed() > IDLE)
    }

    /// Which change of the people must be shown.
    pub(super) fn wanted(&self) -> u64 {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Whether somebody has joined, been let in or sent away within the last while.
    pub(super) fn people_changed_lately(&self) -> bool {
        self.inside(|inside| inside.people_changed)
            .is_some_and(|changed| changed.elapsed() < LATELY)
    }

    /// The classes that somebody listens to.
    pub(super) fn listened(&self) -> Vec<Class> {
        let listeners = self.inside(|inside| inside.listeners);
        (Class::ALL.into_iter())
            .filter(|class| listeners[*class as usize] > 0)
            .collect()
    }

    /// Whether people have come or gone since it was last shown.
    pub(super) fn has_moved(&self) -> bool {
        self.inside(|inside| inside.moved)
    }

    /// Who has a stream open; from now on that is known.
    pub(super) fn connected(&self) -> BTreeSet<AttendeeId> {
        self.inside(|inside| {
            inside.moved = false;
            inside.connected.keys().copied().collect()
        })
    }

    /// Shows what has been made to everyone who listens.
    pub(super) fn show(&self, snapshot: Snapshot) -> Arc<Snapshot> {
        let snapshot = Arc::new(snapshot);
        self.newest.send_replace(Some(Arc::clone(&snapshot)));
        snapshot
    }

    /// Shows nothing any more: those who listen come again.
    pub(super) fn shut(&self) {
        self.newest.send_replace(None);
    }

    /// What is shown now, and then whenever it changes.
    pub(super) fn watch(&self) -> watch::Receiver<Option<Arc<Snapshot>>> {
        self.newest.subscribe()
    }

    /// What is shown once everything up to event number `seq`, and all that has happened to the people, is in it.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the room does not get that far in five seconds.
    pub(crate) async fn at_least(&self, seq: u64) -> Result<Arc<Snapshot>, Failure> {
        let people = self.wanted();
        let mut newest = self.watch();
        let reached = newest.wait_for(|newest| {
            (newest.as_ref())
                .is_some_and(|newest| newest.scene.state.seq >= seq && newest.people >= people)
        });
        if let Ok(Ok(newest)) = timeout(PATIENCE, reached).await {
            return newest.as_ref().map(Arc::clone).ok_or(Failure::Internal);
        }
        tracing::error!(workshop = %self.workshop, seq, "a workshop's room has fallen behind");
        Err(Failure::Internal)
    }

    /// Counts someone who begins to listen, until what is returned is dropped.
    ///
    /// # Errors
    /// [`Failure::TooMany`] when the room is full.
    pub(super) fn enter(
        self: &Arc<Self>,
        class: Class,
        attendee: Option<AttendeeId>,
    ) -> Result<Presence, Failure> {
        self.inside(|inside| {
            if inside.listeners.iter().sum::<usize>() >= LISTENERS {
                return Err(Failure::TooMany);
            }
            inside.listeners[class as usize] += 1;
            if let Some(attendee) = attendee {
                let open = inside.connected.entry(attendee).or_default();
                *open += 1;
                inside.moved |= *open == 1;
            }
            Ok(())
        })?;
        self.stir.notify_one();
        Ok(Presence {
            live: Arc::clone(self),
            class,
            attendee,
        })
    }
}

/// Someone who listens.
pub(super) struct Presence {
    live: Arc<Live>,
    class: Class,
    attendee: Option<AttendeeId>,
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.live.inside(|inside| {
            inside.listeners[self.class as usize] -= 1;
            inside.used = Instant::now();
            if let Some(attendee) = self.attendee
                && let Some(open) = inside.connected.get_mut(&attendee)
            {
                *open -= 1;
                if *open == 0 {
                    inside.connected.remove(&attendee);
                    inside.moved = true;
                }
            }
        });
        self.live.stir.notify_one();
    }
}
