//! The same region from SQL.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::{
    ids::{MappingId, OpId, ParticipantId},
    map::Author,
    mapping::{Language, Mapping},
    survey::{Occupation, Participant, Rating, Round, RoundStatus, Scope, SurveyMode},
    text::Text,
};
use store::Store;

use crate::{
    Outcome,
    http::Connection,
    memory, processor,
    region::{GOAL, Region, SWEDEN, id, text},
    report::Report,
    samples::Samples,
    server::Server,
};

/// The page of such a region is answered within this.
const PAGE_GOAL: Duration = Duration::from_millis(300);
/// How often it is asked for.
const PAGES: usize = 20;

/// How often everything is read and added up.
const RUNS: usize = 5;

/// Measures adding up from an embedded database.
///
/// # Errors
/// When the database fails.
pub(crate) async fn measure(report: &mut Report) -> Outcome {
    report.heading("The same from an embedded database");
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("bench.db").display());
    let region = Region::new(SWEDEN);
    let start = Instant::now();
    let store = Store::open(&url).await?;
    write(&region, &store).await?;
    store.close().await;
    let written = start.elapsed();

    let people = region.people().count();
    let expected = region.results(&region.answers());
    let store = Store::open(&url).await?;
    let before = memory::now();
    let spent = processor::own();
    let mut times = Vec::new();
    let mut parts = [Duration::ZERO; 3];
    for _ in 0..RUNS {
        let start = Instant::now();
        let answers = store.submitted_answers(region.round).await?;
        let read = start.elapsed();
        let turnout = store.turnout(region.round).await?;
        let counted = start.elapsed();
        let results = region.results(&answers);
        let all = start.elapsed();
        assert_eq!(turnout, (people, people));
        assert_eq!(results, expected);
        parts = [
            read,
            counted.saturating_sub(read),
            all.saturating_sub(counted),
        ];
        times.push(all);
    }
    let used = processor::each(spent, processor::own(), RUNS);
    let memory = memory::most_taken_since(before);
    store.close().await;
    report.row_with_goal("290 × 60 × 30", Samples::all(times), GOAL);
    let [read, counted, added] = parts.map(|part| part.as_millis());
    report.details(&[used, memory]);
    report.details(&[
        format!("of the last: answers read {read} ms"),
        format!("people counted {counted} ms"),
        format!("added up {added} ms"),
    ]);
    let written = written.as_secs_f64();
    report.details(&[format!(
        "written one submission at a time in {written:.0} s"
    )]);
    page(report, folder.path())
}

/// The director's page of such a region, from a server of its own.
fn page(report: &mut Report, folder: &Path) -> Outcome {
    report.heading("The director's page: 290 municipalities × 60 capabilities × 30 respondents");
    let server = Server::start_on(folder)?;
    let mut connection = Connection::open(&server.host)?;
    let path = format!("/k/{}/resultat", id(4, 0));
    let get = |connection: &mut Connection| connection.get(&path, "br");
    let (first, answer) = Samples::of(1, || get(&mut connection))?;
    if answer.status != 200 {
        report.missed(format!("{path} answers {}.", answer.status));
        return Ok(());
    }
    report.row("the first time", first);
    let before = processor::of(server.process());
    let (samples, answer) = Samples::of(PAGES, || get(&mut connection))?;
    let used = processor::each(before, processor::of(server.process()), PAGES);
    let kilobytes = answer.body.len().div_ceil(1000);
    report.row_with_goal(
        format!("compressed (br), {kilobytes} kB"),
        samples,
        PAGE_GOAL,
    );
    report.details(&[used]);
    Ok(())
}

/// Writes the region as if everyone had come by.
async fn write(region: &Region, store: &Store) -> Outcome {
    let mapping = Mapping {
        id: MappingId::new(id(4, 0)),
        name: text("Alla"),
        period: text("2026"),
        language: Language::Swedish,
        example: true,
        members: region.members.clone(),
    };
    store.create_mapping(&mapping, None, 1).await?;
    let round = Round {
        id: region.round,
        mapping: mapping.id,
        number: 1,
        name: text("Omgång 1"),
        version: 1,
        target_year: 2028,
        n_min: 6,
        mode: SurveyMode::Named,
        ask_effect: false,
        status: RoundStatus::Open,
        opened_at: 1,
        closed_at: None,
    };
    store.open_round(&round).await?;
    let participant = |respondent: u32| ParticipantId::new(id(5, respondent.into()));
    let people: Vec<_> = (region.people())
        .map(|(respondent, municipality, _)| {
            let mut token = [0; 32];
            token[..4].copy_from_slice(&respondent.to_le_bytes());
            let person = Participant {
                id: participant(respondent),
                round: region.round,
                name: text(&format!("Deltagare {respondent}")),
                email: Text::default(),
                occupation: Occupation::Other,
                municipalities: vec![municipality],
            };
            (person, token)
        })
        .collect();
    store.add_participants(region.round, &people, 1).await?;
    for (respondent, _, said) in region.people() {
        let ratings: Vec<_> = (said.into_iter())
            .map(|(capability, current, target)| {
                let rating = Rating {
                    current: Some(current),
                    target: Some(target),
                    ..Rating::default()
                };
                ((capability, Scope::All), rating)
            })
            .collect();
        store
            .save_draft(participant(respondent), &ratings, 2)
            .await?;
        store.submit(participant(respondent), 3).await?;
    }
    store.close_round(region.round, 4).await?;
    for (command, number) in region.commands().into_iter().zip(0..) {
        let op = OpId::new(id(8, number));
        (store.execute(mapping.id, Author::System, op, command, 5)).await?;
    }
    Ok(())
}
