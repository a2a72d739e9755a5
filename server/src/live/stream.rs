//! Following a workshop: a stream of events with what changes.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::live::{Class, Me, participant};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::{AttendeeId, MappingId, WorkshopId},
    map::Author,
};
use futures_util::stream::unfold;
use tokio::{
    sync::watch,
    task::yield_now,
    time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until},
};

use super::{
    guest::{self, Guest},
    hub::Presence,
    message::{Message, hash_of, mine},
    output::{Output, Piece, reads_gzip},
    snapshot::{Key, Snapshot},
};
use crate::{
    error::Failure,
    state::{App, now},
    visitor::Visitor,
};

/// How often something is said when nothing happens, so that both ends know that the other is there.
const PULSE: Duration = Duration::from_secs(10);
/// How often a browser is told how far the log has come when that has changed nothing for it.
const CATCH_UP: Duration = Duration::from_secs(1);
/// How long a stream lasts before the browser comes again, and is asked for its rights again.
const LIFETIME: Duration = Duration::from_mins(5);

/// `GET …/strom?vy=<class>&har=<id>`.
pub(crate) async fn stream(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(path): Path<(MappingId, WorkshopId)>,
) -> Result<Response, Failure> {
    not_from_elsewhere(&headers)?;
    let class = asked_class(&visitor)?;
    let guest = Guest::identify(app.clone(), visitor, &headers, path).await?;
    let me = guest.enter(class)?;
    let known = (headers.get("last-event-id"))
        .and_then(|id| id.to_str().ok())
        .unwrap_or_else(|| guest.visitor.query("har"))
        .to_owned();
    let live = app.hub.live(&app, path.0, path.1);
    let attendee = match me.as_ref().map(|me| me.author) {
        Some(Author::Attendee(id)) => Some(id),
        _ => None,
    };
    let presence = live.enter(class, attendee)?;
    let newest = live.watch();
    let first = guest.newest(&live).await?;
    let gzip = reads_gzip(&headers);
    let now = Instant::now();
    let mut listener = Listener {
        class,
        seat: guest.relies_on(class),
        me,
        newest,
        stop: app.stop.subscribe(),
        pulse: every(now, PULSE),
        catch_up: every(now, CATCH_UP),
        hash: String::new(),
        key: None,
        mine: String::new(),
        stale: false,
        seq: 0,
        output: Output::new(gzip),
        until: now + LIFETIME,
        ended: false,
        _presence: presence,
    };
    listener.begin(&first, hash_of(&known));
    let events = unfold(listener, |mut listener| async move {
        let bytes = listener.next().await?;
        Some((Ok::<_, Infallible>(bytes), listener))
    });
    let mut response = Body::from_stream(events).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-encoding"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if gzip {
        let gzip = HeaderValue::from_static("gzip");
        headers.insert(header::CONTENT_ENCODING, gzip);
    }
    Ok(response)
}

/// `vy`: which view it is about; the participant's when nothing is said.
pub(super) fn asked_class(visitor: &Visitor) -> Result<Class, Failure> {
    match visitor.query("vy") {
        "" => Ok(Class::Participant),
        code => Class::from_code(code).ok_or(Failure::NotFound),
    }
}

/// Another site's page must not follow a workshop with the cookies of whoever looks at it.
///
/// # Errors
/// [`Failure::CrossSite`].
pub(super) fn not_from_elsewhere(headers: &HeaderMap) -> Result<(), Failure> {
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(Failure::CrossSite),
    }
}

fn every(now: Instant, time: Duration) -> Interval {
    let mut interval = interval_at(now + time, time);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// What a listener waits for.
enum News {
    End,
    Scene,
    Pulse,
    CatchUp,
}

/// One browser that listens, and what it has.
struct Listener {
    class: Class,
    /// The seat that it listens by: it ends when nobody has it.
    seat: Option<AttendeeId>,
    me: Option<Me>,
    newest: watch::Receiver<Option<Arc<Snapshot>>>,
    stop: watch::Receiver<bool>,
    pulse: Interval,
    catch_up: Interval,
    /// The hash of the tree it has.
    hash: String,
    /// What its own part was made from, and that part's hash.
    key: Option<Key>,
    mine: String,
    /// Whether that part may have changed since, by what others have done.
    stale: bool,
    /// How far in the log it has been told.
    seq: u64,
    /// What is to be sent.
    output: Output,
    until: Instant,
    ended: bool,
    /// Says that somebody listens, as long as this is there.
    _presence: Presence,
}

impl Listener {
    /// The next piece of the stream; none when it has ended.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(bytes) = self.output.next() {
                return Some(bytes);
            }
            if self.ended {
                return None;
            }
            if self.stale {
                self.freshen().await;
                continue;
            }
            let news = tokio::select! {
                biased;
                _ = self.stop.wait_for(|stop| *stop) => News::End,
                changed = self.newest.changed() => changed.map_or(News::End, |()| News::Scene),
                _ = self.pulse.tick() => News::Pulse,
                _ = self.catch_up.tick() => News::CatchUp,
                () = sleep_until(self.until) => News::End,
            };
            match news {
                News::End => self.end("stopp"),
                News::Scene => self.look(),
                News::Pulse => self.pulse(),
                News::CatchUp => self.catch_up(),
            }
        }
    }

    /// Makes this person's own part anew when everyone has been sent what all see.
    async fn freshen(&mut self) {
        yield_now().await;
        self.stale = false;
        self.key = None;
        self.look();
    }

    /// Takes in what is shown now. When the room has been closed, the browser comes again, to another one.
    fn look(&mut self) {
        let newest = self.newest.borrow_and_update().clone();
        match newest {
            Some(newest) => self.take(&newest),
            None => self.end("stopp"),
        }
    }

    fn pulse(&mut self) {
        let now = now();
        self.say(format!("event: puls\ndata: {{\"now\":{now}}}\n\n"));
    }

    fn say(&mut self, event: String) {
        self.output.put(&Piece::new(event));
    }

    fn end(&mut self, why: &str) {
        self.say(format!("event: slut\ndata: {{\"why\":\"{why}\"}}\n\n"));
        self.output.end();
        self.ended = true;
    }

    /// The first message: the whole, or what a browser that has been away lacks, and its own part.
    fn begin(&mut self, first: &Snapshot, known: &str) {
        known.clone_into(&mut self.hash);
        self.take(first);
        if !self.output.has_begun() {
            self.tell(
                first
                    .view_for(self.class, self.me.as_ref())
                    .nothing(first.scene.state.seq),
            );
        }
    }

    fn tell(&mut self, message: Message) {
        self.seq = message.seq;
        self.output.put(message.event());
    }

    /// Sends what this browser lacks of what is shown now.
    fn take(&mut self, newest: &Snapshot) {
        if let Some(id) = self.seat {
            let mut people = newest.scene.people.iter();
            let Some(person) = people.find(|person| person.id == id) else {
                return self.end("borttagen");
            };
            if let Some(me) = &mut self.me {
                *me = guest::me(person);
            }
        }
        let view = Arc::clone(newest.view_for(self.class, self.me.as_ref()));
        let mut messages: Vec<_> = match view.since(&self.hash) {
            Some(steps) => steps.into_iter().cloned().collect(),
            None => vec![view.whole().clone()],
        };
        self.hash.clone_from(&view.hash);
        match self.mine(newest) {
            None => messages.into_iter().for_each(|message| self.tell(message)),
            Some(mine) => {
                let last = messages
                    .pop()
                    .unwrap_or_else(|| view.nothing(newest.scene.state.seq));
                for message in messages {
                    self.tell(message);
                }
                self.seq = last.seq;
                for piece in last.event_with(&mine) {
                    self.output.put(&piece);
                }
            }
        }
    }

    /// This person's own part, if it has changed. What may come of others' cards and moves is left for later.
    fn mine(&mut self, newest: &Snapshot) -> Option<String> {
        let me = self.me.as_ref()?;
        let key = newest.key(me);
        if self.key == Some(key) {
            return None;
        }
        if self.key.is_some_and(|known| known.own == key.own) {
            self.stale = true;
            return None;
        }
        self.key = Some(key);
        let (json, hash) = mine(&participant::mine(&newest.scene, me), &self.mine);
        self.mine = hash;
        json
    }

    /// Tells how far the log has come, where that has changed nothing for this browser.
    fn catch_up(&mut self) {
        let newest = self.newest.borrow().clone();
        let Some(newest) = newest else {
            return;
        };
        let seq = newest.scene.state.seq;
        let view = newest.view_for(self.class, self.me.as_ref());
        if self.seq < seq && view.hash == self.hash {
            self.tell(view.nothing(seq));
        }
    }
}
