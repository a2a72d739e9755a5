//! Preparing for the workshop about the answers.

use app::pages::survey::before::{self as page, Before};
use axum::{http::StatusCode, response::Response};

use super::seat::Seat;
use crate::{error::Failure, page::see_other, results};

/// One's own answers beside the spread, when the round is closed; in a confidential round with the code alone.
pub(super) async fn before(seat: Seat) -> Result<Response, Failure> {
    if seat.open {
        return Ok(see_other(seat.survey.address("")));
    }
    if !seat.survey.is_submitted() {
        return Err(Failure::ClosedUnanswered);
    }
    if let Some(elsewhere) = seat.locked() {
        return Ok(elsewhere);
    }
    let (app, survey) = (&seat.app, &seat.survey);
    let round = &survey.round;
    let mapping = (app.store.mapping(round.mapping).await?).ok_or(Failure::NotFound)?;
    let state = app.store.map_state(mapping.id).await?;
    let all = results::spread(app, &mapping, &state, round).await?;
    let data = Before {
        survey: survey.clone(),
        all: (*all).clone(),
        remarks: app.store.shown_remarks(round.id).await?,
    };
    let title = seat.texts.before_title().to_owned();
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            page::view(frame.texts, &data)
        })
        .await)
}
