//! What every handler has at hand.

use std::{ops::Deref, sync::Arc, time::SystemTime};

use mail::Mailer;
use store::Store;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::{
    link::LinkKey,
    live::{Hub, Limits},
    reports::Jobs,
    results::ResultsCache,
    site::Site,
};

/// The running service. Clones share everything.
#[derive(Clone)]
pub(crate) struct App(Arc<Service>);

/// Who is responsible for open data, as the operator has said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Publisher {
    /// The organisation's name.
    pub(crate) name: Option<String>,
    /// Where questions about the data go.
    pub(crate) email: Option<String>,
}

/// See [`App`].
pub(crate) struct Service {
    /// The database.
    pub(crate) store: Store,
    /// What browsers fetch beside pages.
    pub(crate) site: Site,
    /// Who is responsible for open data.
    pub(crate) publisher: Publisher,
    /// The key of personal links.
    pub(crate) key: LinkKey,
    /// The address that people use, without a slash at the end.
    pub(crate) public_url: String,
    /// Results of closed rounds, added up once.
    pub(crate) results: ResultsCache,
    /// Reports that are being written.
    pub(crate) reports: Jobs,
    /// Rooms of live workshops.
    pub(crate) hub: Hub,
    /// How often codes may be tried.
    pub(crate) limits: Limits,
    /// Whether a proxy of ours says where requests come from.
    pub(crate) behind_proxy: bool,
    /// The way out for letters.
    pub(crate) mailer: Mailer,
    /// How long a letter waits after each try, in milliseconds; given up after the last.
    pub(crate) back_off: Vec<i64>,
    /// Wakes the sender of letters.
    pub(crate) mail_waiting: Notify,
    /// Becomes true when the server is about to stop.
    pub(crate) stop: watch::Sender<bool>,
}

impl App {
    pub(crate) fn new(service: Service) -> Self {
        Self(Arc::new(service))
    }

    /// Whether the server is about to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Waits until the server is about to stop.
    pub(crate) async fn stopping(&self) {
        self.stop.subscribe().wait_for(|stop| *stop).await.ok();
    }

    /// Says that a letter has been laid in the queue, so that it need not wait for the next look.
    pub(crate) fn mail_wake(&self) {
        self.mail_waiting.notify_one();
    }

    /// Waits until [`App::mail_wake`].
    pub(crate) async fn mail_woken(&self) {
        self.mail_waiting.notified().await;
    }

    /// Whether people come by https.
    pub(crate) fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl Deref for App {
    type Target = Service;
    fn deref(&self) -> &Service {
        &self.0
    }
}

/// Now, in milliseconds since 1970 UTC.
pub(crate) fn now() -> i64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}

/// Bytes that nobody can guess.
pub(crate) fn random_bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut random = [0; LENGTH];
    getrandom::fill(&mut random).expect("the operating system gives random numbers");
    random
}

/// A new id, ordered by time.
pub(crate) fn new_id() -> Uuid {
    let random = random_bytes();
    let millis = u64::try_from(now()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
