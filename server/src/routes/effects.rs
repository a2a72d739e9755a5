//! Effekt på mål: how much each capability matters.

use std::collections::BTreeMap;

use app::{
    components::Errors,
    document::{Frame, Tab},
    pages::effects::{self as pages, EffectForm, EffectRow},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{CapabilityId, MappingId, OpId, RoundId},
    level::Level,
    map::{Capability, Command, Effect, EffectKey},
    results::{EffectProposal, effect_proposals},
    rights::Action,
    survey::{Round, RoundStatus},
};

use super::rounds;
use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/omgangar/{round}/effekt", get(show).post(save))
        .route(
            "/k/{mapping}/omgangar/{round}/effekt/forslag",
            post(take_proposals),
        )
}

/// Every capability of the round's version with its effect.
async fn rows(room: &Room, round: &Round) -> Result<Vec<EffectRow>, Failure> {
    let proposals = proposals(room, round).await?;
    let contents = &rounds::version(room, round)?.contents;
    let row = |(id, capability): (CapabilityId, &domain::map::Capability)| {
        let key = EffectKey {
            round: round.id,
            capability: id,
        };
        let effect = (room.state.effects.get(&key))
            .map_or_else(String::new, |effect| effect.0.get().to_string());
        let area = capability
            .draft
            .area
            .and_then(|area| contents.areas.get(&area));
        EffectRow {
            capability: id,
            name: capability.draft.name.to_string(),
            formulation: capability.draft.formulation.to_string(),
            area: area.map(|area| area.name.to_string()),
            shown: effect.clone(),
            proposal: proposals.get(&id).copied(),
            effect,
        }
    };
    Ok(contents.active_in_order().into_iter().map(row).collect())
}

/// What the survey says about each capability; nothing while it is open, or when it did not ask.
async fn proposals(
    room: &Room,
    round: &Round,
) -> Result<BTreeMap<CapabilityId, EffectProposal>, Failure> {
    if !round.ask_effect || round.status == RoundStatus::Open {
        return Ok(BTreeMap::new());
    }
    let store = &room.app.store;
    let answers = store.survey_effects(round.id).await?;
    let repeated = store.repeated_responses(round.id).await?;
    Ok(effect_proposals(&answers, round.n_min, repeated))
}

/// Sets the survey's proposals where nothing has been set.
async fn take_proposals(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::SetEffects, Tab::Rounds)
        .await?;
    let round = rounds::of_mapping(&room, round).await?;
    let op: OpId = fields.op()?;
    let contents = &rounds::version(&room, &round)?.contents;
    let effects: Vec<_> = (proposals(&room, &round).await?.into_iter())
        .filter(|(capability, _)| {
            let active = contents.capabilities.get(capability);
            let key = EffectKey {
                round: round.id,
                capability: *capability,
            };
            active.is_some_and(Capability::is_active) && !room.state.effects.contains_key(&key)
        })
        .map(|(capability, proposal)| (capability, Some(Effect(proposal.effect))))
        .collect();
    let base = format!("/omgangar/{}/effekt", round.id);
    if effects.is_empty() && room.state.operation(op).is_none() {
        return Ok(see_other(room.address(base)));
    }
    let command = Command::SetEffects {
        round: round.id,
        effects,
    };
    room.execute(op, command).await?;
    Ok(see_other(room.address(format_args!("{base}?op={op}"))))
}

async fn page(room: &Room, form: EffectForm) -> Response {
    let title = room.texts.effect_title();
    let again = !form.errors.is_empty();
    let body = move |frame: &Frame| pages::form(frame.texts, &form);
    if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::SetEffects, Tab::Rounds)
        .await?;
    let round = rounds::of_mapping(&room, round).await?;
    let form = EffectForm {
        rows: rows(&room, &round).await?,
        round,
        op: new_id().to_string(),
        proposal_op: new_id().to_string(),
        errors: Errors::default(),
    };
    Ok(page(&room, form).await)
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::SetEffects, Tab::Rounds)
        .await?;
    let round = rounds::of_mapping(&room, round).await?;
    let op: OpId = fields.op()?;
    let mut rows = rows(&room, &round).await?;
    let known = |field: &str| {
        rows.iter()
            .any(|row| field.strip_prefix("effekt-") == Some(&row.capability.to_string()))
    };
    if (fields.iter()).any(|(field, _)| field.starts_with("effekt-") && !known(field)) {
        return Err(Failure::BadForm);
    }
    let (mut errors, mut effects) = (Errors::default(), Vec::new());
    for row in &mut rows {
        let field = format!("effekt-{}", row.capability);
        let stands = std::mem::take(&mut row.effect);
        fields.get(&field).clone_into(&mut row.effect);
        // What was shown: a row that has not been touched leaves what someone else has set since alone.
        let shown = fields.get(&format!("visad-{}", row.capability)).to_owned();
        let effect = match row.effect.as_str() {
            "" => None,
            number => {
                let level = number.parse().ok().and_then(Level::new);
                if level.is_none() {
                    errors.add(field, room.texts.effect_wrong(&row.name));
                }
                level.map(Effect)
            }
        };
        if row.effect != shown && row.effect != stands {
            effects.push((row.capability, effect));
        }
        row.shown = shown;
    }
    if !errors.is_empty() {
        let form = EffectForm {
            round,
            op: op.to_string(),
            proposal_op: new_id().to_string(),
            rows,
            errors,
        };
        return Ok(page(&room, form).await);
    }
    let base = format!("/omgangar/{}/effekt", round.id);
    if effects.is_empty() {
        return Ok(see_other(room.address(format_args!("{base}?klart=sparat"))));
    }
    let command = Command::SetEffects {
        round: round.id,
        effects,
    };
    room.execute(op, command).await?;
    Ok(see_other(room.address(format_args!("{base}?op={op}"))))
}
