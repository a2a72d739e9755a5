//! What a workshop's room does: waits until something has happened, and shows what came of it.

use std::{sync::Arc, time::Duration};

use app::live::Class;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::{hub::Live, scene::Source, snapshot::Snapshot};
use crate::{error::Failure, state::App};

/// The least time between two showings: what happens within it is shown together.
const SPACING: Duration = Duration::from_millis(15);
/// How long people may have come or gone before the facilitators see it.
const PRESENCE: Duration = Duration::from_millis(500);
/// How often what is not in the log is looked at again, and whether anyone is left.
const LOOK: Duration = Duration::from_secs(5);
/// The same where other processes may have changed it.
const LOOK_SHARED: Duration = Duration::from_secs(1);
/// How long to wait when the database has not answered.
const PAUSE: Duration = Duration::from_millis(500);

/// Takes the room out of the hub when its task ends, however it ends.
struct Open {
    app: App,
    live: Arc<Live>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.app.hub.close(&self.live, true);
        self.live.shut();
    }
}

/// Runs a room until nobody has been there for a while, the workshop is gone or the server stops.
pub(super) async fn run(app: App, live: Arc<Live>) {
    let _open = Open {
        app: app.clone(),
        live: Arc::clone(&live),
    };
    let look = if app.store.is_shared() {
        LOOK_SHARED
    } else {
        LOOK
    };
    let mut heads = app.store.watch(live.mapping);
    let mut source = Source::new(app.clone(), live.mapping, live.workshop);
    let mut shown: Option<Arc<Snapshot>> = None;
    let mut due = Instant::now();
    while !app.is_stopping() {
        heads.mark_unchanged();
        let begun = Instant::now();
        if begun >= due {
            source.look_again();
            due = begun + look;
        }
        match step(&live, &mut source, shown.as_ref()).await {
            Ok(Some(snapshot)) => shown = Some(live.show(snapshot)),
            Ok(None) => {}
            Err(Failure::NotFound) => return,
            Err(_) => {
                source.look_again();
                sleep(PAUSE).await;
                continue;
            }
        }
        sleep_until(begun + SPACING).await;
        tokio::select! {
            _ = heads.changed() => {}
            () = news(&live, source.people()) => {}
            () = source.results_change() => {}
            () = sleep_until(due) => {
                if app.hub.close(&live, false) {
                    return;
                }
            }
            () = app.stopping() => return,
        }
    }
}

/// Waits for people: at once when others have joined or been let in than those `known`, a moment when they have come
/// or gone.
async fn news(live: &Live, known: u64) {
    // One waits for both: a stir wakes one waiter only.
    loop {
        if live.wanted() != known {
            return;
        }
        if live.has_moved() {
            break;
        }
        live.stir.notified().await;
    }
    let joined = async {
        while live.wanted() == known {
            live.stir.notified().await;
        }
    };
    timeout(PRESENCE, joined).await.ok();
}

fn at<T>(shared: Option<&Arc<T>>) -> Option<*const T> {
    shared.map(Arc::as_ptr)
}

/// Makes what is to be shown, unless it is what is shown already.
async fn step(
    live: &Live,
    source: &mut Source,
    shown: Option<&Arc<Snapshot>>,
) -> Result<Option<Snapshot>, Failure> {
    let people = live.wanted();
    let connected = live.connected();
    let scene = source.scene(people, connected).await?;
    let listened = live.listened();
    let touched = match shown {
        Some(shown) => {
            let before = &shown.scene;
            let same = before.state.seq == scene.state.seq
                && before.people == scene.people
                && before.code == scene.code
                && before.names == scene.names
                && before.mapping == scene.mapping
                && at(before.results.as_ref()) == at(scene.results.as_ref())
                && at(before.spread.as_ref()) == at(scene.spread.as_ref());
            match (same, before.connected == scene.connected) {
                (true, true) if shown.people == people => return Ok(None),
                (true, true) => Vec::new(),
                (true, false) => vec![Class::Leader],
                (false, _) => Class::ALL.to_vec(),
            }
        }
        None => Class::ALL.to_vec(),
    };
    let earlier = shown.map(Arc::clone);
    // Rendering is work for the processor: other requests do not wait for it.
    let made = tokio::task::spawn_blocking(move || {
        Snapshot::next(earlier.as_deref(), scene, people, &listened, &touched)
    });
    let made = made.await.map_err(|error| {
        tracing::error!(%error, "a workshop could not be rendered");
        Failure::Internal
    })?;
    Ok(Some(made))
}
