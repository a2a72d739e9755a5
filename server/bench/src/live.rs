//! A live workshop under load: how long from the moment a command is sent until the last screen has it.
//!
//! One thread plays everyone: those who send, and the browsers that listen. It keeps to its timetable whatever the
//! server does, counts from the moment a command was due, and puts together what each browser was sent, so that a part
//! that is lost or a sum that differs is seen.

mod receiver;
mod room;
mod shown;
mod storm;
mod wire;

use std::{
    cell::RefCell,
    collections::BTreeMap,
    error::Error,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::task::LocalSet;

use self::{
    receiver::{Receiver, all_reach},
    room::{Room, stored_cards, stored_votes, voted, wrong},
    shown::{Messages, Number},
    storm::Sent,
    wire::Wire,
};
use crate::{Outcome, memory, processor, report::Report, samples::Samples};

/// The last of a hundred has what was written within this.
const GOAL: Duration = Duration::from_millis(60);
/// A connection takes no more memory than this, in kB.
const CONNECTION: u64 = 64;
/// How long commands are sent.
const TIME: Duration = Duration::from_secs(30);
/// How long the last event may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who follows, and what is sent.
struct Case {
    what: &'static str,
    people: usize,
    /// How many more listen and never read.
    stalled: usize,
    /// Commands a second.
    rate: u32,
    goal: Option<Duration>,
}

const HUNDRED: Case = Case {
    what: "100 follow, 20 commands a second",
    people: 100,
    stalled: 0,
    rate: 20,
    goal: Some(GOAL),
};
const STALLED: Case = Case {
    what: "the same, and 10 who never read",
    stalled: 10,
    ..HUNDRED
};
const FIVE_HUNDRED: Case = Case {
    what: "500 follow, 5 commands a second",
    people: 500,
    stalled: 0,
    rate: 5,
    goal: None,
};
/// How many vote at once.
const VOTES: usize = 200;

/// Measures the parts that are wanted, one server after the other.
///
/// # Errors
/// When a server cannot be started, or a workshop cannot be opened in it.
pub(crate) fn measure(report: &mut Report, wanted: impl Fn(&str) -> bool) -> Outcome {
    let cases = [
        ("live-100", HUNDRED),
        ("live-stalled", STALLED),
        ("live-500", FIVE_HUNDRED),
    ];
    let cases: Vec<_> = (cases.into_iter())
        .filter(|(part, _)| wanted(part))
        .map(|(_, case)| case)
        .collect();
    let votes = wanted("live-votes");
    if cases.is_empty() && !votes {
        return Ok(());
    }
    report.heading("A live workshop: from a command until the last screen has it");
    // In a thread of its own, for it plays everyone by itself.
    let measured = std::thread::scope(|scope| {
        let mut all = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(LocalSet::new().run_until(async {
                for case in &cases {
                    follow(report, case).await?;
                }
                if votes {
                    vote(report).await?;
                }
                Ok::<_, Box<dyn Error>>(())
            }))
        };
        let thread = scope.spawn(move || all().map_err(|error| error.to_string()));
        (thread.join()).unwrap_or_else(|_| Err("the measurement of live workshops failed".into()))
    });
    Ok(measured?)
}

async fn follow(report: &mut Report, case: &Case) -> Outcome {
    let mut room = Room::open(case.people).await?;
    let process = room.server.process();
    let messages = Rc::default();
    // The first of each class makes the room; what that takes is no connection's.
    let mut receivers = Vec::new();
    for class in ["led", "projektor"] {
        receivers.push(listen(&room, class, &room.leader, &messages).await?);
    }
    receivers.push(listen(&room, "delta", &room.seats[0], &messages).await?);
    all_reach(&receivers, 1, PATIENCE).await;
    let before = memory::of(process);
    for seat in &room.seats[1..] {
        receivers.push(listen(&room, "delta", seat, &messages).await?);
    }
    all_reach(&receivers, 1, PATIENCE).await;
    let listening = memory::of(process);
    let mut stalled = Vec::new();
    for _ in 0..case.stalled {
        let path = format!("{}/strom?vy=led", Room::address());
        stalled.push(Wire::ignore(&room.server.host, &path, &room.leader).await?);
    }
    let sizes = || receivers.iter().map(Receiver::size);
    let (count, bytes) = sizes().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let (used, own) = (processor::whole(process), processor::own());
    let begun = Instant::now();
    let sent = storm::cards(&mut room, case.rate, TIME).await;
    let last = sent.iter().filter_map(|sent| sent.seq.as_ref().ok()).max();
    all_reach(&receivers, last.copied().unwrap_or_default(), PATIENCE).await;
    let took = begun.elapsed();
    let (used, own) = (
        share(used, processor::whole(process), took),
        share(own, processor::own(), took),
    );
    let memory = memory::of(process);

    let arrivals: Vec<_> = (sent.iter())
        .filter_map(|sent| arrival(sent, &receivers))
        .collect();
    let answers: Vec<_> = (sent.iter())
        .filter(|sent| sent.seq.is_ok())
        .map(|sent| sent.answered - sent.due)
        .collect();
    if arrivals.is_empty() {
        let said = sent.into_iter().find_map(|sent| sent.seq.err());
        report.missed(format!("{}: {}", case.what, said.unwrap_or_default()));
        return Ok(());
    }
    match case.goal {
        Some(goal) => report.row_with_goal(case.what, Samples::all(arrivals), goal),
        None => report.row(case.what, Samples::all(arrivals)),
    }
    report.row("    until it was answered", Samples::all(answers));
    let faults = faults(&room, &sent, &receivers, &messages).await?;
    let found = match faults.first() {
        Some(first) => format!("{} faults, the first: {first}", faults.len()),
        None => format!("{} commands, {} browsers", sent.len(), receivers.len()),
    };
    report.goal(
        "    nothing lost, all show the same",
        &found,
        faults.is_empty(),
    );
    if case.people > HUNDRED.people {
        let each = before.zip(listening).map(|(before, then)| {
            let more = u64::try_from(receivers.len() - 3).unwrap_or(u64::MAX);
            then.saturating_sub(before).div_ceil(more)
        });
        let found = each.map_or_else(|| "unknown".to_owned(), |each| format!("{each} kB"));
        let kept = each.is_some_and(|each| each < CONNECTION);
        report.goal(
            &format!("    memory a connection under {CONNECTION} kB"),
            &found,
            kept,
        );
    }
    let (events, sent_bytes) = sizes().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let (distinct, size) = messages.borrow().size();
    let seconds = took.as_secs_f64();
    report.details(&[
        format!("{:.0} events/s", rate(events - count, seconds)),
        format!("{:.1} MB/s", rate(sent_bytes - bytes, seconds) / 1e6),
        format!(
            "{} bytes a distinct event before it is compressed",
            size / distinct.max(1)
        ),
    ]);
    let late = sent.iter().map(|sent| sent.left - sent.due).collect();
    report.details(&[
        format!("processors: server {used}, this program {own}"),
        memory.map_or_else(String::new, |memory| {
            format!("server's memory {} MB", memory / 1000)
        }),
        format!(
            "commands left {:.1} ms late (p95)",
            millis(Samples::all(late).at(95))
        ),
    ]);
    drop(stalled);
    Ok(())
}

async fn listen(
    room: &Room,
    class: &'static str,
    cookie: &str,
    messages: &Rc<RefCell<Messages>>,
) -> Result<Receiver, Box<dyn Error>> {
    let host = &room.server.host;
    Ok(Receiver::start(host, &Room::address(), class, cookie, messages).await?)
}

/// How long after a command was due the last browser had it.
fn arrival(sent: &Sent, receivers: &[Receiver]) -> Option<Duration> {
    let seq = *sent.seq.as_ref().ok()?;
    let reached: Option<Vec<_>> = (receivers.iter()).map(|one| one.reached(seq)).collect();
    Some(reached?.into_iter().max()? - sent.due)
}

/// What went wrong: commands that were refused or not stored, browsers that were left behind or show something else.
async fn faults(
    room: &Room,
    sent: &[Sent],
    receivers: &[Receiver],
    messages: &RefCell<Messages>,
) -> Result<Vec<String>, Box<dyn Error>> {
    let mut faults: Vec<_> = (sent.iter())
        .filter_map(|sent| sent.seq.clone().err())
        .collect();
    let last = (sent.iter().filter_map(|sent| sent.seq.as_ref().ok()).max()).copied();
    let mut replayed = BTreeMap::<Vec<Number>, Result<String, String>>::new();
    let mut shown = BTreeMap::<&str, String>::new();
    for receiver in receivers {
        let class = receiver.class;
        if let Some(over) = receiver.over() {
            faults.push(format!("{class}: {over}"));
        } else if Some(receiver.seq()) < last {
            faults.push(format!("{class} has {} of {last:?}", receiver.seq()));
        }
        let replay = (replayed.entry(receiver.numbers()))
            .or_insert_with_key(|numbers| messages.borrow().replay(numbers));
        match replay {
            Err(fault) => faults.push(format!("{class}: {fault}")),
            Ok(hash) => {
                let first = shown.entry(class).or_insert_with(|| hash.clone());
                if first != hash {
                    faults.push(format!("{class}: {hash} beside {first}"));
                }
            }
        }
    }
    let mut wire = Wire::open(&room.server.host).await?;
    for (class, shown) in shown {
        let cookie = if class == "delta" {
            &room.seats[0]
        } else {
            &room.leader
        };
        let path = format!("{}/lage?vy={class}", Room::address());
        let now = wire.get(&path, cookie).await?;
        if !now.text().contains(&format!("-{shown}\"")) {
            faults.push(wrong(&format!("{class}, which shows {shown},"), &now));
        }
    }
    let store = room.store().await?;
    let stored = stored_cards(&store).await?;
    store.close().await;
    let written = sent.iter().filter(|sent| sent.new).count();
    if stored != written {
        faults.push(format!("{stored} of {written} cards are stored"));
    }
    Ok(faults)
}

async fn vote(report: &mut Report) -> Outcome {
    let mut room = Room::open(VOTES).await?;
    room.vote().await?;
    let sent = storm::at_once(&mut room, |op, person| voted(op, person % 5 + 1)).await;
    let refused = sent.iter().filter(|sent| sent.seq.is_err()).count();
    let times: Vec<_> = sent.iter().map(|sent| sent.answered - sent.due).collect();
    report.row(
        format!("{VOTES} votes at once, until answered"),
        Samples::all(times),
    );
    let store = room.store().await?;
    let stored = stored_votes(&store).await?;
    store.close().await;
    let found = format!("{stored} stored, {refused} refused");
    report.goal(
        "    every vote counts once",
        &found,
        (stored, refused) == (VOTES, 0),
    );
    Ok(())
}

/// How much of one processor was used, as words.
fn share(before: Option<Duration>, after: Option<Duration>, took: Duration) -> String {
    before.zip(after).map_or_else(
        || "unknown".to_owned(),
        |(before, after)| {
            let share = after.saturating_sub(before).as_secs_f64() / took.as_secs_f64();
            format!("{:.0} %", share * 100.0)
        },
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "far fewer than 2^52 are counted"
)]
fn rate(count: usize, seconds: f64) -> f64 {
    count as f64 / seconds
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
