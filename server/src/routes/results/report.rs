//! The report: the form, and the files that are made from it.

use std::{str::FromStr, time::Duration};

use app::pages::results::report as pages;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
    routing::{get, post},
};
use domain::{ids::MappingId, municipality::Municipality, participation::summary};

use super::{Found, files::attachment, find};
use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    reports::{Format, JobId, Outcome, report},
    routes::enquiries::today,
    state::App,
    visitor::{Room, Visitor},
};

/// How long whoever asks for a file waits for it before they are shown how far it has come.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often the page that says so is loaded anew.
const REFRESH: HeaderValue = HeaderValue::from_static("2");

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/resultat/rapport", get(form).post(begin))
        .route("/k/{mapping}/resultat/rapport/{job}", get(standing))
        .route("/k/{mapping}/resultat/rapport/{job}/fil", get(file))
        .route("/k/{mapping}/resultat/rapport/{job}/avbryt", post(cancel))
}

async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let found = find(&app, &visitor, id).await?;
    let room = &found.room;
    let title = room.texts.report_title();
    let Some(round) = found.round() else {
        let back = room.address("");
        return Ok(room
            .page(title, move |frame| {
                pages::nothing(frame.texts, back.clone())
            })
            .await);
    };
    let data = found.page(round).await?;
    let own = (room.visitor.actor.membership(id)).and_then(|own| own.municipalities.first());
    let page = pages::ReportPage {
        address: room.address("/resultat/rapport"),
        round: round.id,
        eyebrow: room.texts.result_eyebrow(round.version, &round.name),
        kinds: (Format::ALL.iter())
            .filter_map(|format| pages::Kind::from_ending(format.ending()))
            .collect(),
        municipalities: data.municipalities.clone(),
        chosen: (found.filter.municipality)
            .or(own.copied())
            .filter(|chosen| data.municipalities.contains(chosen)),
    };
    Ok(room
        .page(title, move |frame| pages::form(frame.texts, &page, &data))
        .await)
}

async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let mut found = find(&app, &visitor, id).await?;
    if let Ok(round) = fields.get("omgang").parse() {
        if !found.rounds.iter().any(|known| known.id == round) {
            return Err(Failure::NotFound);
        }
        found.filter.round = Some(round);
    }
    let round = found.round().ok_or(Failure::NotFound)?;
    let format = (Format::ALL.iter().copied())
        .find(|format| format.ending() == fields.get("format"))
        .ok_or(Failure::BadForm)?;
    let municipality = Municipality::from_str(fields.get("kommun")).ok();
    let material = found.material(round).await?;
    let (texts, day) = (found.room.texts, today());
    let participation = participation(&found);
    let job = app.reports.begin(id, format, move || {
        report(texts, &material, municipality, participation, day)
    });
    let address = found.room.address(format_args!("/resultat/rapport/{job}"));
    if let Some(job) = app.reports.get(id, job) {
        job.wait(PATIENCE).await;
    }
    Ok(see_other(address))
}

/// How the municipalities take part, in the method's words, and who.
fn participation(found: &Found) -> Vec<String> {
    let members = &found.room.mapping.members;
    let summary = summary(members.iter().map(|m| (m.municipality, m.participation)));
    app::pages::participation::words::summary_sentences(found.room.texts, &summary)
}

async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    Ok(find(app, visitor, id).await?.room)
}

async fn standing(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, job)): Path<(MappingId, JobId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let (address, back) = (
        room.address(format_args!("/resultat/rapport/{job}")),
        room.address("/resultat/rapport"),
    );
    let job = app.reports.get(id, job).ok_or(Failure::ReportGone)?;
    let kind = pages::Kind::from_ending(job.format.ending()).ok_or(Failure::NotFound)?;
    let standing = match job.wait(Duration::ZERO).await {
        Outcome::Waiting => pages::Standing::Waiting,
        Outcome::Working(progress) => pages::Standing::Working {
            done: progress.done,
            of: progress.of,
        },
        Outcome::Ready(file) => pages::Standing::Ready(file.len()),
        Outcome::Failed => pages::Standing::Failed,
    };
    let title = room.texts.report_file();
    let going = matches!(
        standing,
        pages::Standing::Waiting | pages::Standing::Working { .. }
    );
    let mut response = room
        .page(title, move |frame| {
            pages::standing(frame.texts, kind, &standing, &address, &back)
        })
        .await;
    if going {
        response.headers_mut().insert(header::REFRESH, REFRESH);
    }
    Ok(response)
}

async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, job)): Path<(MappingId, JobId)>,
) -> Result<Response, Failure> {
    enter(&app, &visitor, id).await?;
    let job = app.reports.get(id, job).ok_or(Failure::ReportGone)?;
    let format = job.format;
    match job.wait(Duration::ZERO).await {
        Outcome::Ready(file) => Ok(attachment(
            Vec::clone(&file),
            format.media_type(),
            &format!("formagekartan.{}", format.ending()),
        )),
        _ => Err(Failure::ReportGone),
    }
}

async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, job)): Path<(MappingId, JobId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    if !app.reports.cancel(id, job) {
        return Err(Failure::ReportGone);
    }
    Ok(see_other(room.address("/resultat/rapport")))
}
