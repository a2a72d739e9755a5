//! Measures what the project has promised about speed, and prints it beside the goals:
//!
//! - the director's page over 14 municipalities, 32 capabilities and 45 respondents in 30 ms, from a server of its own;
//! - a region of 290 municipalities, 60 capabilities and 30 respondents each added up in 1 s, in memory and from SQL,
//!   and its page in 300 ms;
//! - the bootstrap behind the order of priorities on both sizes;
//! - a live workshop that a hundred follow while twenty commands come a second: what was written is on the last screen
//!   in 60 ms, and nothing is lost. The same with five hundred, with some who never read, and two hundred votes at once.
//! - 300 people who submit 32 × 2 answers at once: 200 a second, 95 in a hundred within 500 ms, and nothing is lost, in
//!   named and confidential rounds. The same with oTree where it is installed.
//!
//! `make bench` builds everything for release and runs it. `SERVER_BIN` names another server to measure, and
//! `FORMAGEKARTAN_SITE_DIR` its site folder. It fails when a goal is missed. Parts can be named as arguments: `page`,
//! `region`, `database`, `bootstrap`, `submissions`, `live`, or of the live part `live-100`, `live-stalled`, `live-500`, `live-votes`.

mod database;
mod http;
mod live;
mod memory;
mod page;
mod processor;
mod region;
mod report;
mod samples;
mod server;
mod submissions;

use std::{env, error::Error, process::ExitCode};

use report::Report;

/// What can be measured alone.
const PARTS: [&str; 10] = [
    "page",
    "region",
    "database",
    "bootstrap",
    "submissions",
    "live",
    "live-100",
    "live-stalled",
    "live-500",
    "live-votes",
];

/// What a measurement comes to.
type Outcome = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let mut report = Report::default();
    if cfg!(debug_assertions) {
        report.note("Not built for release: the goals do not hold for these figures.");
    }
    if let Some(load) = processor::busy() {
        report.note(format!(
            "This machine is busy (load {load}): trust processor time rather than the clock."
        ));
    }
    let measured = measure(&mut report).await;
    print!("{report}");
    match measured {
        Ok(()) if report.all_kept() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(report: &mut Report) -> Outcome {
    let named: Vec<String> = env::args().skip(1).collect();
    if let Some(unknown) = named.iter().find(|part| !PARTS.contains(&part.as_str())) {
        return Err(format!("{unknown:?} is no part: {}", PARTS.join(", ")).into());
    }
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    if wanted("page") {
        page::measure(report)?;
    }
    if wanted("region") {
        region::measure(report);
    }
    if wanted("database") {
        database::measure(report).await?;
    }
    if wanted("bootstrap") {
        region::measure_bootstrap(report);
    }
    if wanted("submissions") {
        submissions::measure(report).await?;
    }
    live::measure(report, |part| wanted("live") || wanted(part))?;
    Ok(())
}
