//! The first page behind a personal link.

use app::pages::survey::welcome::{self as pages, Few};
use axum::{http::StatusCode, response::Response};

use super::seat::Seat;
use crate::{error::Failure, page::see_other};

pub(super) async fn welcome(seat: Seat) -> Result<Response, Failure> {
    // The survey is closed, but the same link lets its holder into the workshop that talks about it.
    if !seat.open && !seat.survey.is_submitted() && seat.survey.workshop {
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
    let everyone = seat.app.store.participants(survey.round.id).await?;
    let few = Few::of(&survey.participant, survey.round.mode, &everyone);
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            pages::view(frame.texts, &survey, few)
        })
        .await)
}
