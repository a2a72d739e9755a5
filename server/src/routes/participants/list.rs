//! Many participants at once, from a list that is pasted or uploaded: shown first, then added whole or not at all.

use app::{
    components::Errors,
    pages::participants::{self as pages, ListForm, Preview},
};
use axum::{
    extract::{Multipart, Path, State, multipart::MultipartError},
    http::StatusCode,
    response::Response,
};
use domain::ids::{MappingId, ParticipantId, RoundId};
use uuid::Uuid;

use super::{Place, roster};
use crate::{
    error::Failure,
    form::Fields,
    state::{App, new_id},
    visitor::Visitor,
};

/// The id of the person in this place of a list whose first has `first`.
pub(super) fn following(first: Uuid, index: u128) -> ParticipantId {
    ParticipantId::new(Uuid::from_u128(first.as_u128().wrapping_add(index)))
}

pub(super) fn empty() -> ListForm {
    ListForm {
        id: new_id().to_string(),
        list: String::new(),
        errors: Errors::default(),
    }
}

/// A list as it came: pasted, or a file.
async fn received(mut multipart: Multipart) -> Result<(String, String), Failure> {
    let broken = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::BadForm,
    };
    let (mut id, mut pasted, mut file) = (String::new(), String::new(), String::new());
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(broken)?;
        let text = || String::from_utf8(bytes.to_vec()).map_err(|_| Failure::BadForm);
        match name.as_str() {
            "id" => id = text()?,
            "lista" => pasted = text()?,
            "fil" => file = roster::decode(&bytes),
            _ => {}
        }
    }
    let list = if file.trim().is_empty() { pasted } else { file };
    Ok((id, list))
}

/// Shows what a list was understood as, or what is wrong with it. Adds nobody.
pub(super) async fn review(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, path).await?;
    let (id, list) = received(multipart).await?;
    Uuid::parse_str(&id).map_err(|_| Failure::BadForm)?;
    match roster::read(place.room.texts, &list, &place.members(), &place.taken()) {
        Err(errors) => Ok(correct(place, ListForm { id, list, errors }).await),
        Ok(entries) => {
            let form = ListForm {
                id,
                list,
                errors: Errors::default(),
            };
            let rows = (entries.into_iter())
                .map(|e| {
                    (
                        e.name.to_string(),
                        e.email.to_string(),
                        e.occupation,
                        e.municipalities,
                    )
                })
                .collect();
            let (data, mapping, round) = (Preview { rows, form }, path.0, place.round);
            let title = place.room.texts.participant_preview_title();
            Ok((place.room)
                .page(title, move |frame| {
                    pages::preview(frame.texts, mapping, &round, &data)
                })
                .await)
        }
    }
}

async fn correct(place: Place, form: ListForm) -> Response {
    let (mapping, round) = (place.room.mapping.id, place.round);
    let title = place.room.texts.participant_import_title();
    (place.room)
        .again(title, move |frame| {
            pages::correct(frame.texts, mapping, &round, &form)
        })
        .await
}

/// Adds everyone on a list that has been shown, read anew; or shows what has become wrong with it since.
pub(super) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, path).await?;
    let id = fields.id("id")?;
    if place.knows(ParticipantId::new(id)) {
        return Ok(place.back("deltagare"));
    }
    let list = fields.get("lista");
    match roster::read(place.room.texts, list, &place.members(), &place.taken()) {
        Ok(entries) => place.add(id, entries).await,
        Err(errors) => {
            let (id, list) = (id.to_string(), list.to_owned());
            Ok(correct(place, ListForm { id, list, errors }).await)
        }
    }
}
