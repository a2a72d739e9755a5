//! Commands that come at a steady pace, whatever becomes of those before.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use serde::Deserialize;
use tokio::{task::JoinSet, time::sleep_until};

use super::{
    room::{Room, reworded, written, wrong},
    wire::Wire,
};

/// A command that was sent.
#[derive(Debug)]
pub(super) struct Sent {
    /// Whether it writes something new.
    pub(super) new: bool,
    /// When it was due. Times are counted from here: a queue in front of the server is the server's time.
    pub(super) due: Instant,
    /// When it left.
    pub(super) left: Instant,
    /// When the answer had come.
    pub(super) answered: Instant,
    /// Its place in the log, or what was answered instead.
    pub(super) seq: Result<u64, String>,
}

#[derive(Deserialize)]
struct Done {
    seq: u64,
}

/// Connections that wait for something to send, as browsers keep them.
type Idle = Rc<RefCell<Vec<Wire>>>;

/// Has everyone in turn write and reword cards, so many commands a second: each person's first command is a new card,
/// and after that every third in the room.
pub(super) async fn cards(room: &mut Room, rate: u32, time: Duration) -> Vec<Sent> {
    let people = room.seats.len();
    let count = usize::try_from(u64::from(rate) * time.as_secs()).unwrap_or_default();
    let begin = Instant::now() + Duration::from_millis(100);
    let idle = Idle::default();
    let mut newest: Vec<Option<String>> = vec![None; people];
    let mut sent = JoinSet::new();
    for (number, step) in (0..count).zip(0..) {
        let person = number % people;
        let op = room.op();
        let text = format!("Svårt att hitta den som kan {number} saker på en gång (Exempel)");
        let (new, body) = match &newest[person] {
            Some(card) if number % 3 > 0 => (false, reworded(&op, card, &text)),
            _ => {
                newest[person] = Some(op.clone());
                (true, written(&op, number / 3, &text))
            }
        };
        let due = begin + Duration::from_secs(1) * step / rate;
        let (host, cookie) = (room.server.host.clone(), room.seats[person].clone());
        sent.spawn_local(post(host, cookie, body, due, new, Rc::clone(&idle)));
    }
    sent.join_all().await
}

/// Has everyone do this at the same moment, each over a connection that is there already.
pub(super) async fn at_once(room: &mut Room, body: impl Fn(&str, usize) -> String) -> Vec<Sent> {
    let mut wires = Vec::new();
    for _ in 0..room.seats.len() {
        wires.extend(Wire::open(&room.server.host).await);
    }
    let idle = Rc::new(RefCell::new(wires));
    let begin = Instant::now() + Duration::from_millis(200);
    let mut sent = JoinSet::new();
    for person in 0..room.seats.len() {
        let op = room.op();
        let (host, cookie) = (room.server.host.clone(), room.seats[person].clone());
        let body = body(&op, person);
        sent.spawn_local(post(host, cookie, body, begin, true, Rc::clone(&idle)));
    }
    sent.join_all().await
}

async fn post(
    host: String,
    cookie: String,
    body: String,
    due: Instant,
    new: bool,
    idle: Idle,
) -> Sent {
    sleep_until(due.into()).await;
    let left = Instant::now();
    let seq = ask(&host, &cookie, &body, &idle).await;
    Sent {
        new,
        due,
        left,
        answered: Instant::now(),
        seq,
    }
}

async fn ask(host: &str, cookie: &str, body: &str, idle: &Idle) -> Result<u64, String> {
    let kept = idle.borrow_mut().pop();
    let mut wire = match kept {
        Some(wire) => wire,
        None => Wire::open(host).await.map_err(|error| error.to_string())?,
    };
    let path = format!("{}/gor", Room::address());
    let answer = (wire.post(&path, cookie, "application/json", body).await)
        .map_err(|error| error.to_string())?;
    idle.borrow_mut().push(wire);
    match serde_json::from_slice::<Done>(&answer.body) {
        Ok(done) if answer.status == 200 => Ok(done.seq),
        _ => Err(wrong("a command", &answer)),
    }
}
