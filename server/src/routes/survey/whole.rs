//! The whole survey on one page: saved or submitted in one go.

use app::components::Errors;
use axum::{http::HeaderMap, response::Response};
use domain::survey::Rating;

use super::{
    area::{is_draft, read, saved_draft, store, typed},
    seat::Seat,
};
use crate::{error::Failure, form::Fields, page::see_other};

pub(super) async fn whole(mut seat: Seat) -> Result<Response, Failure> {
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    seat.need_code()?;
    let seat = seat.with_readiness().await?;
    let typed = seat.stored(&seat.all());
    Ok(seat.whole_page(typed, Errors::default()).await)
}

/// Saves the whole sheet, and submits it in the same transaction when the button says so. An empty one is not submitted.
pub(super) async fn save(
    mut seat: Seat,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    if !seat.open {
        return Err(Failure::RoundClosed);
    }
    let ids = seat.all();
    let own_code = seat.code_of(&fields).await?;
    let draft = is_draft(&headers);
    let submit = fields.get("till") == "skicka" && !draft;
    let read = read(&seat, &ids, own_code, &fields).and_then(|ratings| {
        let nothing = ratings
            .iter()
            .all(|(_, rating)| *rating == Rating::default());
        if submit && nothing && !seat.survey.is_submitted() {
            let mut empty = Errors::default();
            empty.add("svar", seat.texts.survey_empty_refused());
            return Err(empty);
        }
        Ok(ratings)
    });
    let ratings = match read {
        Ok(ratings) => ratings,
        Err(errors) => {
            let seat = seat.with_readiness().await?;
            return Ok(seat.whole_page(typed(&fields), errors).await);
        }
    };
    let saved = draft.then(|| ratings.clone());
    if let Some(refused) = store(&seat, ratings, submit, draft).await? {
        return Ok(refused);
    }
    if let Some(saved) = saved {
        return Ok(saved_draft(&seat, &ids, saved));
    }
    let to = if submit { "/klart" } else { "" };
    Ok(seat.telling(see_other(seat.survey.address(to))))
}
