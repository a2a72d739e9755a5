//! One area: its page, and saving it as draft.

use std::collections::BTreeMap;

use app::components::Errors;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::survey::{Sheet, form};
use sha2::{Digest, Sha256};
use store::SaveOutcome;

use super::{fault::errors, seat::Seat};
use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    state::{App, now},
    visitor::Visitor,
};

/// The header by which the page's script says that it only saves a draft and shows no page.
const DRAFT: &str = "x-draft";
/// The header that answers a draft with the version of the page that is now saved.
const VERSION: &str = "x-version";

pub(super) async fn area(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    let area = seat.area(&number)?;
    let typed = seat.stored(area);
    Ok(seat.area_page(area, typed, Errors::default()).await)
}

/// Saves a page as draft, all of it or nothing, and goes where the pressed button says.
pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, number)): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if !seat.open {
        return Err(Failure::RoundClosed);
    }
    let area = seat.area(&number)?;
    let survey = &seat.survey;
    let participant = &survey.participant;
    let ids = survey.areas[area].ids();
    let ratings = match form::read(&ids, &participant.municipalities, fields.iter()) {
        Ok(ratings) => ratings,
        Err(faults) => {
            let errors = errors(seat.texts, &survey.areas[area], faults);
            let typed = (fields.iter())
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            return Ok(seat.area_page(area, typed, errors).await);
        }
    };
    match (seat.app.store)
        .save_draft(participant.id, &ratings, now())
        .await?
    {
        SaveOutcome::Saved => {}
        SaveOutcome::RoundClosed => return Err(Failure::RoundClosed),
        SaveOutcome::Removed => return Err(Failure::Removed),
        SaveOutcome::ForeignMunicipality => return Err(Failure::Forbidden),
    }
    if headers.contains_key(DRAFT) {
        let sheet = Sheet {
            ratings: ratings.into_iter().collect(),
        };
        let saved = form::fields(&ids, &participant.municipalities, &sheet);
        return Ok((StatusCode::NO_CONTENT, [(VERSION, version(&saved))]).into_response());
    }
    let to = match fields.get("till") {
        "start" => survey.address(""),
        "granska" => survey.address("/granska"),
        number => match seat.area(number) {
            Ok(index) => survey.address(format_args!("/{}", index + 1)),
            Err(_) => survey.address("/granska"),
        },
    };
    Ok(see_other(to))
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
