//! A browser that follows a workshop: what came, and when.

use std::{
    cell::RefCell,
    io,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::task::{JoinHandle, spawn_local};

use super::{
    shown::{Event, Messages, Number},
    wire::Wire,
};

/// Someone who listens until dropped.
pub(super) struct Receiver {
    /// The class of audience.
    pub(super) class: &'static str,
    heard: Rc<RefCell<Heard>>,
    task: JoinHandle<()>,
}

/// What has come.
#[derive(Default)]
struct Heard {
    /// When a place in the log was reached, in order.
    arrivals: Vec<(Instant, u64)>,
    /// The events with parts.
    numbers: Vec<Number>,
    bytes: usize,
    /// Why nothing more comes.
    over: Option<String>,
}

impl Receiver {
    /// Begins to listen to a class's stream.
    ///
    /// # Errors
    /// When the server does not answer with a stream.
    pub(super) async fn start(
        host: &str,
        address: &str,
        class: &'static str,
        cookie: &str,
        messages: &Rc<RefCell<Messages>>,
    ) -> io::Result<Self> {
        let wire = Wire::open(host).await?;
        let path = format!("{address}/strom?vy={class}");
        let mut events = wire.listen(&path, cookie).await?;
        let (heard, messages) = (Rc::new(RefCell::new(Heard::default())), Rc::clone(messages));
        let writes = Rc::clone(&heard);
        let task = spawn_local(async move {
            let over = loop {
                match events.next().await {
                    Ok(Some(event)) => {
                        let at = Instant::now();
                        let read = messages.borrow_mut().read(event);
                        let fault =
                            (read.is_none()).then(|| String::from_utf8_lossy(event).into_owned());
                        let mut heard = writes.borrow_mut();
                        heard.bytes = events.received();
                        match read {
                            Some(Event::Parts(seq, number)) => {
                                heard.arrivals.push((at, seq));
                                heard.numbers.push(number);
                            }
                            Some(Event::Pulse) => {}
                            Some(Event::End) => break "the server ended the stream".to_owned(),
                            None => break format!("no event: {}", fault.unwrap_or_default()),
                        }
                    }
                    Ok(None) => break "the stream ended".to_owned(),
                    Err(error) => break error.to_string(),
                }
            };
            writes.borrow_mut().over = Some(over);
        });
        Ok(Self { class, heard, task })
    }

    /// How far in the log it has been told; 0 before the first event.
    pub(super) fn seq(&self) -> u64 {
        (self.heard.borrow().arrivals.last()).map_or(0, |(_, seq)| *seq)
    }

    /// When this place in the log was reached.
    pub(super) fn reached(&self, seq: u64) -> Option<Instant> {
        let heard = self.heard.borrow();
        let at = heard.arrivals.partition_point(|(_, known)| *known < seq);
        heard.arrivals.get(at).map(|(at, _)| *at)
    }

    /// The events with parts, in the order in which they came.
    pub(super) fn numbers(&self) -> Vec<Number> {
        self.heard.borrow().numbers.clone()
    }

    /// How many events with parts have come, and how many bytes in all.
    pub(super) fn size(&self) -> (usize, usize) {
        let heard = self.heard.borrow();
        (heard.numbers.len(), heard.bytes)
    }

    /// Why nothing more comes, if that is so.
    pub(super) fn over(&self) -> Option<String> {
        self.heard.borrow().over.clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Waits until everyone has been told this far, or has stopped listening, at most so long.
pub(super) async fn all_reach(receivers: &[Receiver], seq: u64, patience: Duration) {
    let until = Instant::now() + patience;
    while Instant::now() < until
        && (receivers.iter()).any(|one| one.seq() < seq && one.over().is_none())
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
