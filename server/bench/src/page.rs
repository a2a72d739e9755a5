//! The director's page, as a browser gets it.

use std::time::Duration;

use crate::{
    Outcome,
    http::{Answer, Connection},
    processor,
    report::Report,
    samples::Samples,
    server::Server,
};

/// The director's page is answered within this.
const GOAL: Duration = Duration::from_millis(30);

/// The page weighs so many kilobytes at most, compressed, with all its charts.
const WEIGHT: usize = 150;

/// How often the page is asked for, after a few times that do not count.
const REQUESTS: usize = 300;
const WARM_UP: usize = 20;

/// Measures the director's page of the example.
///
/// # Errors
/// When the server cannot be started or breaks off.
pub(crate) fn measure(report: &mut Report) -> Outcome {
    report.heading("The director's page: 14 municipalities × 32 capabilities × 45 respondents");
    let folder = tempfile::tempdir()?;
    let server = Server::start(folder.path())?;
    report.row(
        "first start, with the example made",
        Samples::one(server.started_in),
    );
    drop(server);
    // A new process, so that nothing is at hand.
    let server = Server::start(folder.path())?;
    report.row("second start", Samples::one(server.started_in));
    let mut connection = Connection::open(&server.host)?;
    let home = connection.get("/", "identity")?;
    let Some(mapping) = first_mapping(&home) else {
        report.missed("The start page shows no mapping.");
        return Ok(());
    };
    let path = format!("/k/{mapping}/resultat");
    let before = processor::of(server.process());
    let (cold, answer) = Samples::of(1, || connection.get(&path, "br"))?;
    let used = processor::each(before, processor::of(server.process()), 1);
    if answer.status != 200 {
        report.missed(format!("{path} answers {}.", answer.status));
        return Ok(());
    }
    // Once in a server's life: the log is read and the round added up. It has no goal, for one time is no measurement.
    report.row("the first time", cold);
    report.details(&[used]);
    for (what, encoding) in [("plain", "identity"), ("compressed (br)", "br")] {
        Samples::of(WARM_UP, || connection.get(&path, encoding))?;
        let before = processor::of(server.process());
        let (samples, answer) = Samples::of(REQUESTS, || connection.get(&path, encoding))?;
        let kilobytes = answer.body.len().div_ceil(1000);
        let used = processor::each(before, processor::of(server.process()), REQUESTS);
        report.row_with_goal(format!("{what}, {kilobytes} kB"), samples, GOAL);
        report.details(&[used]);
        if encoding == "br" {
            let found = format!("{kilobytes} kB");
            report.goal("at most 150 kB compressed", &found, kilobytes <= WEIGHT);
        }
    }
    Ok(())
}

/// The id of the first mapping that a page links to.
fn first_mapping(page: &Answer) -> Option<String> {
    let body = String::from_utf8_lossy(&page.body);
    let (_, rest) = body.split_once("/k/")?;
    let id = rest.get(..36)?;
    let hyphens = id.bytes().filter(|byte| *byte == b'-').count();
    (hyphens == 4).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mapping_is_found_in_the_start_page() {
        let page = |body: &str| Answer {
            status: 200,
            body: body.into(),
        };
        let id = "0f0e3a9a-4c1d-4e58-9b7e-f0122d0bda11";
        let linked = page(&format!("<a href=\"/k/{id}/resultat\">"));
        assert_eq!(first_mapping(&linked).as_deref(), Some(id));
        assert_eq!(first_mapping(&page("<a href=\"/k/ny\">")), None);
    }
}
