//! The door to a confidential sheet that this browser has no code for.

use std::net::SocketAddr;

use app::{
    components::Errors,
    pages::survey::code::{self as pages, Why},
};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use store::RecoveryCode;

use super::seat::Seat;
use crate::{error::Failure, form::Fields, live::Source, page::see_other};

/// Asks for the code, when there is something that it opens.
pub(super) async fn ask(seat: Seat) -> Result<Response, Failure> {
    if !seat.survey.elsewhere {
        return Ok(see_other(seat.survey.address("")));
    }
    if !seat.open && !seat.survey.is_submitted() {
        return Err(Failure::ClosedUnanswered);
    }
    Ok(page(&seat, StatusCode::OK, false, "", Errors::default()).await)
}

/// Opens the sheet with a code that was typed, and lets the browser keep it.
pub(super) async fn open(
    mut seat: Seat,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    if !seat.survey.elsewhere {
        return Ok(see_other(seat.survey.address("")));
    }
    if !seat.open && !seat.survey.is_submitted() {
        return Err(Failure::ClosedUnanswered);
    }
    let (typed, whose) = (fields.get("kod"), seat.survey.participant.id);
    let source = Source::of(peer, &headers, seat.app.behind_proxy);
    let mut errors = Errors::default();
    if !seat.app.limits.may_try(source) || !seat.app.limits.may_unseal(whose) {
        errors.add("kod", seat.texts.survey_code_too_many());
        return Ok(page(&seat, StatusCode::TOO_MANY_REQUESTS, false, typed, errors).await);
    }
    let opened = match RecoveryCode::parse(typed) {
        Some(code) => seat.try_code(code).await?,
        None => false,
    };
    if !opened {
        seat.app.limits.wrong_code(source);
        seat.app.limits.wrong_seal(whose);
        errors.add("kod", seat.texts.survey_code_wrong());
        return Ok(page(
            &seat,
            StatusCode::UNPROCESSABLE_ENTITY,
            false,
            typed,
            errors,
        )
        .await);
    }
    let to = if seat.survey.is_submitted() {
        seat.survey.address("/klart")
    } else {
        seat.survey.address("")
    };
    Ok(seat.telling(see_other(to)))
}

/// Says that answers were not saved, because others have been submitted from elsewhere.
pub(super) async fn not_saved(seat: &Seat) -> Response {
    page(seat, StatusCode::CONFLICT, true, "", Errors::default()).await
}

async fn page(
    seat: &Seat,
    status: StatusCode,
    not_saved: bool,
    typed: &str,
    errors: Errors,
) -> Response {
    // Answers are refused only when others have been submitted, even if that was not so when the person came in.
    let why = match (seat.open, not_saved || seat.survey.is_submitted()) {
        (true, true) => Why::Answered,
        (false, _) => Why::Closed,
        (true, false) => Why::Begun,
    };
    let title = match why {
        Why::Answered => seat.texts.survey_code_title_answered(),
        Why::Closed => seat.texts.survey_code_title_closed(),
        Why::Begun => seat.texts.survey_code_title_begun(),
    };
    let (survey, typed) = (seat.survey.clone(), typed.to_owned());
    seat.page(status, title.to_owned(), move |frame| {
        pages::view(frame.texts, &survey, why, not_saved, &typed, &errors)
    })
    .await
}
