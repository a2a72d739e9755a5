//! Copying a mapping's invitees to a round's participants.

use app::document::Tab;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::post,
};
use domain::{
    ids::{MappingId, ParticipantId, RoundId},
    rights::Action,
    survey::Participant,
};
use store::StoreError;

use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    routes::rounds,
    state::{App, new_id, now},
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/k/{mapping}/omgangar/{round}/deltagare/inbjudna",
        post(fetch),
    )
}

/// Adds the invitees who are not in the round. Sent again it finds them there and adds nobody.
async fn fetch(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round)): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let action = Action::ManageRounds;
    let room = visitor.enter(&app, mapping, action, Tab::Rounds).await?;
    room.must(Action::ManageParticipation)?;
    let round = rounds::of_mapping(&room, round).await?;
    fields.op()?;
    let invitees = app.store.invitees(mapping).await?;
    let asked = invitees.len();
    let members: Vec<_> = (room.mapping.members.iter())
        .map(|member| member.municipality)
        .collect();
    let people: Vec<_> = (invitees.into_iter())
        .filter_map(|invitee| {
            let id = ParticipantId::new(new_id());
            // Municipalities that have left the mapping since have no place in its survey.
            let municipalities: Vec<_> = (invitee.municipalities.into_iter())
                .filter(|municipality| members.contains(municipality))
                .collect();
            let participant = Participant {
                id,
                round: round.id,
                name: invitee.name,
                email: invitee.email,
                occupation: invitee.occupation,
                municipalities,
            };
            let reachable = !participant.municipalities.is_empty();
            reachable.then(|| (participant, app.key.participant(id).hash()))
        })
        .collect();
    let added = match (app.store.add_missing_participants(round.id, &people, now())).await {
        Ok(added) => added,
        Err(StoreError::Conflict("round_closed")) => return Err(Failure::RoundClosed),
        Err(error) => return Err(error.into()),
    };
    if added > 0 {
        let detail = format!("{}: {added}", round.id);
        room.record("participants.add", &detail).await?;
    }
    let back = format!(
        "/omgangar/{}/deltagare?hamtade={added}&av={asked}",
        round.id
    );
    Ok(see_other(room.address(back)))
}
