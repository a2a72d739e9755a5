//! One area: its page, and saving it as draft.

use std::collections::BTreeMap;

use app::components::Errors;
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{
    ids::CapabilityId,
    survey::{
        Sheet,
        form::{self, Ratings},
    },
};
use sha2::{Digest, Sha256};
use store::{AnswerForm, AnswerOutcome};

use super::{code, fault::errors, seat::Seat};
use crate::{error::Failure, form::Fields, page::see_other, state::now};

/// The header by which the page's script says that it only saves a draft and shows no page.
const DRAFT: &str = "x-draft";
/// The header that answers a draft with the version of the page that is now saved.
const VERSION: &str = "x-version";

pub(super) async fn area(
    mut seat: Seat,
    Path((_, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    let area = seat.area(&number)?;
    seat.need_code()?;
    let seat = seat.with_readiness().await?;
    let typed = seat.stored(&seat.survey.areas[area].ids());
    Ok(seat.area_page(area, typed, Errors::default()).await)
}

/// Saves a page as draft, all of it or nothing, and goes where the pressed button says.
pub(super) async fn save(
    mut seat: Seat,
    Path((_, number)): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    if !seat.open {
        return Err(Failure::RoundClosed);
    }
    let area = seat.area(&number)?;
    let ids = seat.survey.areas[area].ids();
    let own_code = seat.code_of(&fields).await?;
    let ratings = match read(&seat, &ids, own_code, &fields) {
        Ok(ratings) => ratings,
        Err(errors) => {
            let seat = seat.with_readiness().await?;
            return Ok(seat.area_page(area, typed(&fields), errors).await);
        }
    };
    if let Some(refused) = store(&seat, ratings.clone(), false, is_draft(&headers)).await? {
        return Ok(refused);
    }
    if is_draft(&headers) {
        return Ok(saved_draft(&seat, &ids, ratings));
    }
    let survey = &seat.survey;
    let to = match fields.get("till") {
        "start" => survey.address(""),
        "granska" => survey.address("/granska"),
        number => match seat.area(number) {
            Ok(index) => survey.address(format_args!("/{}", index + 1)),
            Err(_) => survey.address("/granska"),
        },
    };
    Ok(seat.telling(see_other(to)))
}

/// Whether the page's script saves a draft.
pub(super) fn is_draft(headers: &HeaderMap) -> bool {
    headers.contains_key(DRAFT)
}

/// What was typed, to be shown again.
pub(super) fn typed(fields: &Fields) -> BTreeMap<String, String> {
    (fields.iter())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Reads a posted page about these capabilities, and says in words what is wrong with it.
pub(super) fn read(
    seat: &Seat,
    ids: &[CapabilityId],
    own_code: bool,
    fields: &Fields,
) -> Result<Ratings, Errors> {
    if !own_code {
        let mut wrong = Errors::default();
        wrong.add("svar", seat.texts.survey_other_code());
        return Err(wrong);
    }
    form::read(ids, &seat.survey.participant.municipalities, fields.iter())
        .map_err(|faults| errors(seat.texts, &seat.survey.areas, faults))
}

/// Stores answers. A response when others have been submitted that this browser has no code for.
///
/// # Errors
/// What the store refuses.
pub(super) async fn store(
    seat: &Seat,
    ratings: Ratings,
    submit: bool,
    draft: bool,
) -> Result<Option<Response>, Failure> {
    let form = AnswerForm {
        participant: seat.survey.participant.id,
        code: seat.code(),
        ratings,
        submit,
        at: now(),
    };
    match seat.app.store.answer(form).await? {
        AnswerOutcome::Saved | AnswerOutcome::Submitted => Ok(None),
        AnswerOutcome::RoundClosed => Err(Failure::RoundClosed),
        AnswerOutcome::Removed => Err(Failure::Removed),
        AnswerOutcome::ForeignMunicipality => Err(Failure::Forbidden),
        AnswerOutcome::CodeNeeded if draft => Ok(Some(StatusCode::CONFLICT.into_response())),
        AnswerOutcome::CodeNeeded => Ok(Some(code::not_saved(seat).await)),
    }
}

/// Answers the page's script: nothing but the version of the page that is now saved.
pub(super) fn saved_draft(seat: &Seat, ids: &[CapabilityId], ratings: Ratings) -> Response {
    let sheet = Sheet {
        ratings: ratings.into_iter().collect(),
    };
    let saved = form::fields(ids, &seat.survey.participant.municipalities, &sheet);
    let answer = (StatusCode::NO_CONTENT, [(VERSION, version(&saved))]).into_response();
    seat.telling(answer)
}

/// Tells what is stored of a page from what was stored of it before or will be after.
pub(super) fn version(fields: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for text in fields.iter().flat_map(|(name, value)| [name, value]) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    let bytes = hash.finalize();
    (bytes[..8].iter()).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
