//! The first page behind a personal link.

use app::pages::survey as pages;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::survey::Progress;

use super::seat::Seat;
use crate::{error::Failure, page::see_other, state::App, visitor::Visitor};

pub(super) async fn welcome(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    // The survey is closed, but the same link lets its holder into the workshop that talks about it.
    let unanswered = !matches!(seat.survey.progress, Progress::Submitted { .. });
    if !seat.open && unanswered && seat.survey.workshop {
        return Ok(see_other(seat.survey.address("/workshop")));
    }
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    let title = format!(
        "{} – {}",
        seat.survey.round.name,
        seat.texts.survey_eyebrow()
    );
    let survey = seat.survey.clone();
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            pages::welcome::view(frame.texts, &survey)
        })
        .await)
}
