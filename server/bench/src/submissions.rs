//! Everyone submits at once: three hundred people press the button in the same moment, each with a complete sheet of
//! 32 capabilities and two questions, in a named and in a confidential round. The same with oTree where it is installed.
//!
//! The clock runs for each from the moment all press until the answer that the sheet is stored has come. Then the server
//! is killed, and what it had confirmed is counted in the database and in the results.

mod otree;
mod storm;

use std::{fmt::Write as _, path::Path, time::Duration};

use domain::{
    ids::{MappingId, OpId, ParticipantId},
    level::Answer,
    map::{Author, Command},
    mapping::{Language, Mapping},
    survey::{
        Occupation, Participant, Round, RoundStatus, Scope, SurveyMode,
        form::{Field, Part},
    },
};
use sha2::{Digest, Sha256};
use store::{RecoveryCode, Store};
use time::macros::date;

use self::storm::{Posted, post_all, request};
use crate::{
    Outcome, processor,
    region::{Region, Size, id, text},
    report::Report,
    samples::Samples,
    server::{Server, database_in},
};

/// Ten municipalities that ask thirty each: three hundred.
const PEOPLE: Size = Size {
    municipalities: 10,
    capabilities: 32,
    respondents: 30,
};
/// How often everyone submits at once, each time to a server and a database of their own.
const STORMS: usize = 3;
/// So long at most for 95 in a hundred.
const GOAL: Duration = Duration::from_millis(500);
/// So many complete submissions a second at least.
const RATE: f64 = 200.0;

/// Measures both modes, and oTree beside them.
///
/// # Errors
/// When a server cannot be started, or the database fails.
pub(crate) async fn measure(report: &mut Report) -> Outcome {
    report.heading("300 people submit 32 × 2 answers at once");
    for (what, mode) in [
        ("named round", SurveyMode::Named),
        ("confidential round", SurveyMode::Confidential),
    ] {
        let mut times = Vec::new();
        let mut rates = Vec::new();
        let mut used = String::new();
        for _ in 0..STORMS {
            let posted = storm(report, mode, &mut used).await?;
            rates.push(posted.rate());
            times.extend(posted.times);
        }
        report.row_with_goal(what, Samples::all(times), GOAL);
        let slowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
        report.goal(
            &format!("{what}: submissions a second"),
            &format!("{slowest:.0} in the slowest of {STORMS} storms, goal {RATE:.0}"),
            slowest >= RATE,
        );
        report.details(&[used]);
    }
    otree::measure(report).await
}

/// Everyone submits once; counts what was stored afterwards.
async fn storm(
    report: &mut Report,
    mode: SurveyMode,
    used: &mut String,
) -> Result<Posted, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let region = Region::new(PEOPLE);
    let people = prepare(folder.path(), &region, mode).await?;
    let server = Server::start_on(folder.path())?;
    let requests = requests(&server.host, &region, &people, mode)?;
    let count = requests.len();
    let before = processor::of(server.process());
    let posted = post_all(&server.host, requests).await?;
    *used = processor::each(before, processor::of(server.process()), count);
    // Killed at once: what has been answered must be on the disk.
    drop(server);
    let confirmed = (posted.heads.iter())
        .filter(|head| head.starts_with("HTTP/1.1 303") && head.contains("/klart"))
        .count();
    if confirmed < count {
        let odd = (posted.heads.iter()).find(|head| !head.starts_with("HTTP/1.1 303"));
        let first = odd.and_then(|head| head.lines().next()).unwrap_or_default();
        report.missed(format!(
            "{} of {count} were not answered with thanks: {first}",
            count - confirmed
        ));
    }
    let store = Store::open(&database_in(folder.path())).await?;
    let turnout = store.turnout(region.round).await?;
    let answers = store.submitted_answers(region.round).await?;
    store.close().await;
    let (expected, found) = (region.results(&region.answers()), region.results(&answers));
    let kept = turnout == (count, count)
        && answers.len() == region.answers().len()
        && found.capabilities == expected.capabilities
        && found.conditions == expected.conditions;
    if !kept {
        report.missed(format!(
            "After the storm {} of {count} people and {} answers are there, or the results differ.",
            turnout.1,
            answers.len()
        ));
    }
    Ok(posted)
}

/// The secret of a person's link.
fn token(respondent: u32) -> String {
    format!("bench{respondent:027}")
}

/// Makes a mapping with a ratified map, an open round and everyone asked, in a database of its own.
async fn prepare(
    folder: &Path,
    region: &Region,
    mode: SurveyMode,
) -> Result<Vec<Participant>, Box<dyn std::error::Error>> {
    let store = Store::open(&database_in(folder)).await?;
    let mapping = Mapping {
        id: MappingId::new(id(4, 0)),
        name: text("Exempel"),
        period: text("2026"),
        language: Language::Swedish,
        example: false,
        members: region.members.clone(),
    };
    store.create_mapping(&mapping, None, 1).await?;
    let contents = region.contents();
    let mut commands: Vec<Command> = (contents.areas.iter())
        .map(|(id, area)| Command::SaveArea(*id, area.clone()))
        .collect();
    commands.extend(
        (contents.capabilities.iter())
            .map(|(id, capability)| Command::SaveCapability(*id, capability.draft.clone())),
    );
    commands.push(Command::Ratify {
        date: date!(2026 - 03 - 17),
        decided_by: text("Exempel"),
    });
    for (command, number) in commands.into_iter().zip(1..) {
        let op = OpId::new(id(6, number));
        store
            .execute(mapping.id, Author::System, op, command, 1)
            .await?;
    }
    let round = Round {
        id: region.round,
        mapping: mapping.id,
        number: 1,
        name: text("Omgång 1"),
        version: 1,
        target_year: 2028,
        n_min: 6,
        mode,
        ask_effect: false,
        status: RoundStatus::Open,
        opened_at: 1,
        closed_at: None,
    };
    store.open_round(&round).await?;
    let people: Vec<_> = (region.people())
        .map(|(respondent, municipality, _)| {
            let person = Participant {
                id: ParticipantId::new(id(5, respondent.into())),
                round: region.round,
                name: text(&format!("Exempel {respondent}")),
                // Everyone is thanked: the letter is queued in the same transaction.
                email: text(&format!("exempel{respondent}@example.se")),
                occupation: Occupation::Other,
                municipalities: vec![municipality],
            };
            (person, Sha256::digest(token(respondent)).into())
        })
        .collect();
    store.add_participants(region.round, &people, 1).await?;
    store.close().await;
    Ok(people.into_iter().map(|(person, _)| person).collect())
}

/// What each person's browser sends when they press the button.
fn requests(
    host: &str,
    region: &Region,
    people: &[Participant],
    mode: SurveyMode,
) -> Result<Vec<Vec<u8>>, Box<dyn std::error::Error>> {
    let mut requests = Vec::with_capacity(people.len());
    for (respondent, _, said) in region.people() {
        let mut body = "till=skicka".to_owned();
        // The page that they have open had made a code.
        if mode == SurveyMode::Confidential {
            write!(body, "&kod={}", RecoveryCode::random()?)?;
        }
        for (capability, current, target) in said {
            for (part, answer) in [(Part::Current, current), (Part::Target, target)] {
                let field = Field {
                    capability,
                    scope: Scope::All,
                    part,
                };
                write!(body, "&{field}={}", Answer::field(answer))?;
            }
        }
        let path = format!("/e/{}/allt", token(respondent));
        requests.push(request(host, &path, &body));
    }
    Ok(requests)
}
