//! What each view shows while a point is the current one: one module an activity.

mod agreeing;
mod ballot;
pub(crate) mod bars;
mod deciding;
#[cfg(test)]
mod deciding_tests;
mod dot_vote;
mod effect_vote;
mod focus;
mod goals;
mod grouping;
mod improving;
#[cfg(test)]
mod measured;
mod municipal_round;
mod own_cards;
mod ratifying;
mod reading;
mod spread;
mod talk;
mod voices;
mod writing;

use domain::workshop::{Activity, Item};

use super::{Me, Scene, part::Part};

/// The content of the projector view.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    match item.activity {
        Activity::Talk => talk::projector(scene, item),
        Activity::Goals => goals::projector(scene, item),
        Activity::Writing => writing::projector(scene, item),
        Activity::Reading => reading::projector(scene, item),
        Activity::Grouping => grouping::projector(scene, item),
        Activity::MunicipalRound => municipal_round::projector(scene, item),
        Activity::Ratifying => ratifying::projector(scene, item),
        Activity::Spread => spread::projector(scene, item),
        Activity::Agreeing => agreeing::projector(scene, item),
        Activity::EffectVote => effect_vote::projector(scene, item),
        Activity::Improving => improving::projector(scene, item),
        Activity::DotVote => dot_vote::projector(scene, item),
        Activity::Deciding => deciding::projector(scene, item),
    }
}

/// The content of the leader view.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    match item.activity {
        Activity::Talk => talk::leader(scene, item),
        Activity::Goals => goals::leader(scene, item),
        Activity::Writing => writing::leader(scene, item),
        Activity::Reading => reading::leader(scene, item),
        Activity::Grouping => grouping::leader(scene, item),
        Activity::MunicipalRound => municipal_round::leader(scene, item),
        Activity::Ratifying => ratifying::leader(scene, item),
        Activity::Spread => spread::leader(scene, item),
        Activity::Agreeing => agreeing::leader(scene, item),
        Activity::EffectVote => effect_vote::leader(scene, item),
        Activity::Improving => improving::leader(scene, item),
        Activity::DotVote => dot_vote::leader(scene, item),
        Activity::Deciding => deciding::leader(scene, item),
    }
}

/// The content of the participant view.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    match item.activity {
        Activity::Talk => talk::participant(scene, item),
        Activity::Goals => goals::participant(scene, item),
        Activity::Writing => writing::participant(scene, item),
        Activity::Reading => reading::participant(scene, item),
        Activity::Grouping => grouping::participant(scene, item),
        Activity::MunicipalRound => municipal_round::participant(scene, item),
        Activity::Ratifying => ratifying::participant(scene, item),
        Activity::Spread => spread::participant(scene, item),
        Activity::Agreeing => agreeing::participant(scene, item),
        Activity::EffectVote => effect_vote::participant(scene, item),
        Activity::Improving => improving::participant(scene, item),
        Activity::DotVote => dot_vote::participant(scene, item),
        Activity::Deciding => deciding::participant(scene, item),
    }
}

/// What only one person sees.
pub(super) fn mine(scene: &Scene, item: &Item, me: &Me) -> Vec<Part> {
    match item.activity {
        Activity::Talk => talk::mine(scene, item, me),
        Activity::Goals => goals::mine(scene, item, me),
        Activity::Writing => writing::mine(scene, item, me),
        Activity::Reading => reading::mine(scene, item, me),
        Activity::Grouping => grouping::mine(scene, item, me),
        Activity::MunicipalRound => municipal_round::mine(scene, item, me),
        Activity::Ratifying => ratifying::mine(scene, item, me),
        Activity::Spread => spread::mine(scene, item, me),
        Activity::Agreeing => agreeing::mine(scene, item, me),
        Activity::EffectVote => effect_vote::mine(scene, item, me),
        Activity::Improving => improving::mine(scene, item, me),
        Activity::DotVote => dot_vote::mine(scene, item, me),
        Activity::Deciding => deciding::mine(scene, item, me),
    }
}
