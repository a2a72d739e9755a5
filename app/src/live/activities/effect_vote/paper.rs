//! One person's ballot paper: five large buttons a capability.

use domain::{
    level::Level,
    workshop::{Item, VoteKey, VoteOn, Voter},
};
use leptos::prelude::*;

use super::{Candidate, candidates, outcome::median};
use crate::live::{
    Class, Me, Scene, activities::bars::effect_word, frame::form::command, part::Part,
};

/// What this person has voted on a candidate in one round.
fn vote(scene: &Scene, item: &Item, me: &Me, attempt: u8, candidate: &Candidate) -> Option<u8> {
    let key = VoteKey {
        workshop: scene.id,
        item: item.id,
        attempt,
        on: VoteOn::Capability(candidate.id),
        voter: Voter::Person(me.author),
    };
    scene.state.work.votes.get(&key).copied()
}

/// The whole paper, area by area, with how far it has come.
pub(super) fn paper(scene: &Scene, item: &Item, me: &Me, attempt: u8) -> Part {
    let texts = scene.texts;
    let candidates = candidates(scene);
    let votes: Vec<_> = (candidates.iter())
        .map(|candidate| vote(scene, item, me, attempt, candidate))
        .collect();
    let done = votes.iter().flatten().count();
    let all = candidates.len();
    let first = (attempt > 1).then(|| scene.state.work.tally(scene.id, item.id, attempt - 1));
    let words = if done == all && all > 0 {
        texts.walk_vote_all_done().to_owned()
    } else {
        texts.walk_of(done, all)
    };
    let mut parts = vec![Part::leaf(
        "eff-hur-langt",
        view! {
            <div id="eff-hur-langt" class="progress walk-sticky">
                <p class="number" role="status">{words}</p>
                <progress value=done max=all.max(1) aria-hidden="true"></progress>
            </div>
        },
    )];
    let mut area = None;
    for (place, (candidate, vote)) in candidates.iter().zip(votes).enumerate() {
        if place == 0 || area != Some(&candidate.area) {
            area = Some(&candidate.area);
            let id = format!("eff-o-{place}");
            let name = (candidate.area.clone()).unwrap_or_else(|| texts.walk_no_area().to_owned());
            parts.push(Part::leaf(
                id.clone(),
                view! { <h2 id=id class="walk-area">{name}</h2> },
            ));
        }
        let before = (first.as_ref())
            .and_then(|first| first.get(&VoteOn::Capability(candidate.id)).copied())
            .and_then(median);
        parts.push(question(scene, item, candidate, vote, before));
    }
    Part::list(
        "eff-min",
        view! { <section id="eff-min" class="walk-paper"></section> },
        parts,
    )
}

fn question(
    scene: &Scene,
    item: &Item,
    candidate: &Candidate,
    vote: Option<u8>,
    before: Option<u8>,
) -> Part {
    let texts = scene.texts;
    let buttons: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            let number = level.get();
            let mine = vote == Some(number);
            let word = effect_word(texts, number.into());
            view! {
                <button class="walk-choice" type="submit" name="varde" value=number aria-pressed=if mine { "true" } else { "false" }>
                    {number}<span class="visually-hidden">" "{word}</span>
                </button>
            }
        })
        .collect();
    let back = vote.map(|_| {
        view! { <button class="link" type="submit" name="varde" value="">{texts.walk_vote_clear()}</button> }
    });
    let chosen = vote.map(|vote| view! { <span>{effect_word(texts, vote.into())}</span> });
    let before =
        before.map(|before| view! { <p class="muted">{texts.walk_vote_before_was(before)}</p> });
    let formulation = (!candidate.formulation.is_empty())
        .then(|| view! { <p class="muted">{candidate.formulation.clone()}</p> });
    let id = format!("eff-r-{}", candidate.id);
    let name = format!("{id}-namn");
    let inner = view! {
        <div class="walk-choices" role="group" aria-labelledby=name.clone()>{buttons}</div>
        <p class="walk-chosen">{chosen} {back}</p>
    };
    let fields = [
        ("punkt", item.id.to_string()),
        ("formaga", candidate.id.to_string()),
    ];
    let class = if vote.is_some() {
        "walk-candidate done"
    } else {
        "walk-candidate"
    };
    Part::leaf(
        id.clone(),
        view! {
            <div id=id class=class>
                <h3 id=name>{candidate.name.clone()}</h3>
                {formulation}
                {before}
                {command(scene, Class::Participant, "rosta", &fields, "", inner)}
            </div>
        },
    )
}
