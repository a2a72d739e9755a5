//! Looking the sheet through, submitting it, and the page that thanks for it.

use app::pages::survey as pages;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::survey::Progress;
use store::SubmitOutcome;

use super::seat::Seat;
use crate::{
    error::Failure,
    page::see_other,
    state::{App, now},
    visitor::Visitor,
};

pub(super) async fn review(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    Ok(seat.review_page(false).await)
}

/// Submits the sheet. One that has been submitted already is as good; an empty one is refused.
pub(super) async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    let submitted = matches!(seat.survey.progress, Progress::Submitted { .. });
    if !submitted && !seat.open {
        return Err(Failure::RoundClosed);
    }
    if !submitted {
        if seat.survey.sheet.ratings.is_empty() {
            return Ok(seat.review_page(true).await);
        }
        match (seat.app.store)
            .submit(seat.survey.participant.id, now())
            .await?
        {
            SubmitOutcome::Submitted | SubmitOutcome::AlreadySubmitted { .. } => {}
            SubmitOutcome::RoundClosed => return Err(Failure::RoundClosed),
            SubmitOutcome::Removed => return Err(Failure::Removed),
        }
    }
    Ok(see_other(seat.survey.address("/klart")))
}

pub(super) async fn done(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if !matches!(seat.survey.progress, Progress::Submitted { .. }) {
        return if seat.open {
            Ok(see_other(seat.survey.address("/granska")))
        } else {
            Err(Failure::RoundClosed)
        };
    }
    let (survey, open) = (seat.survey.clone(), seat.open);
    let title = seat.texts.survey_done_title().to_owned();
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            pages::done::view(frame.texts, &survey, open)
        })
        .await)
}
