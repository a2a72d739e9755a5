//! Looking the sheet through, submitting it, and the page that thanks for it.

use app::pages::survey as pages;
use axum::{http::StatusCode, response::Response};
use domain::survey::form::Ratings;

use super::{area::store, code, seat::Seat};
use crate::{error::Failure, form::Fields, page::see_other};

pub(super) async fn review(seat: Seat) -> Result<Response, Failure> {
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    Ok(seat.review_page(false).await)
}

/// Submits the sheet. One that has been submitted already is as good; an empty one is refused.
pub(super) async fn submit(mut seat: Seat, fields: Fields) -> Result<Response, Failure> {
    if !seat.open && !seat.survey.is_submitted() {
        return Err(Failure::RoundClosed);
    }
    // A form that was shown before the person opened their sheet with a code is about nothing that is kept.
    if !seat.code_of(&fields).await? {
        return Ok(see_other(seat.survey.address("/granska")));
    }
    if seat.survey.is_locked() {
        return Ok(code::not_saved(&seat).await);
    }
    if !seat.survey.is_submitted() {
        if seat.survey.sheet.ratings.is_empty() {
            return Ok(seat.review_page(true).await);
        }
        if let Some(refused) = store(&seat, Ratings::new(), true, false).await? {
            return Ok(refused);
        }
    }
    Ok(seat.telling(see_other(seat.survey.address("/klart"))))
}

pub(super) async fn done(seat: Seat) -> Result<Response, Failure> {
    if !seat.survey.is_submitted() {
        return if seat.open {
            Ok(see_other(seat.survey.address("/granska")))
        } else {
            Err(Failure::ClosedUnanswered)
        };
    }
    if let Some(elsewhere) = seat.locked() {
        return Ok(elsewhere);
    }
    let (survey, open) = (seat.survey.clone(), seat.open);
    let title = seat.texts.survey_done_title().to_owned();
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            pages::done::view(frame.texts, &survey, open)
        })
        .await)
}
