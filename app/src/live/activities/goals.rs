//! Activity Goals: the goals are read, and what is missing is proposed.

use domain::{
    ids::{CardId, GoalId},
    map::{Contents, GoalLevel},
    workshop::{Card, CardKind, CardState, Item},
};
use leptos::prelude::*;

use super::{
    own_cards::{Prompt, writing},
    reading::hidden,
    voices::tags,
    writing::for_the_room,
};
use crate::{
    live::{Class, Me, Scene, frame::form::button, part::Part},
    texts::Texts,
};

const PROPOSAL: &[CardKind] = &[CardKind::Goal];

/// More goals than this are written smaller on the wall.
const FEW: usize = 9;

/// Goals under one (or the roots), each with those under it.
fn branch(texts: Texts, contents: &Contents, parent: Option<GoalId>) -> AnyView {
    let rows: Vec<_> = (contents.goals_under(parent).into_iter())
        .map(|(id, goal)| {
            let level = match goal.level {
                GoalLevel::National => texts.terms_goal_national(),
                GoalLevel::Regional => texts.terms_goal_regional(),
                GoalLevel::Local => texts.terms_goal_local(),
            };
            let home = tags(goal.municipality.as_slice(), 1);
            view! {
                <li>
                    <span class="tag">{level}</span>
                    " "
                    <span class="name">{goal.title.to_string()}</span>
                    " "
                    {home}
                    {branch(texts, contents, Some(id))}
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <ul>{rows}</ul> }.into_any()
}

fn tree(scene: &Scene) -> Part {
    let texts = scene.texts;
    let contents = &scene.state.contents;
    let class = if contents.goals.len() > FEW {
        "goals many"
    } else {
        "goals"
    };
    let inner = if contents.goals.is_empty() {
        view! { <p class="empty">{texts.board_no_goals()}</p> }.into_any()
    } else {
        view! { <div class="goal-tree">{branch(texts, contents, None)}</div> }.into_any()
    };
    Part::leaf(
        "malen",
        view! {
            <section id="malen" class=class aria-labelledby="malen-rubrik">
                <h2 id="malen-rubrik" class="visually-hidden">{texts.board_goals()}</h2>
                {inner}
            </section>
        },
    )
}

/// Proposals that have not become goals.
fn proposals(scene: &Scene, item: &Item, row: impl Fn(CardId, &Card) -> Part) -> Vec<Part> {
    let rows: Vec<_> = (scene.state.work.cards_at(scene.id, item.id))
        .filter(|(_, card)| {
            card.kind == CardKind::Goal && card.state == CardState::Shown && card.became.is_none()
        })
        .map(|(id, card)| row(id, card))
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        Part::leaf(
            "forslag-rubrik",
            view! { <h2 id="forslag-rubrik">{scene.texts.board_proposed_goals()}</h2> },
        ),
        Part::list(
            "forslag",
            view! { <ul id="forslag" class="read-cards proposals"></ul> },
            rows,
        ),
    ]
}

fn proposal(id: CardId, card: &Card, actions: AnyView) -> Part {
    let id = format!("forslag-{id}");
    let home = tags(card.municipality.as_slice(), 1);
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class="read-card">
                <p class="words">{card.text.to_string()}</p>
                <p class="from">{home}</p>
                {actions}
            </li>
        },
    )
}

fn shown(scene: &Scene, item: &Item) -> Vec<Part> {
    let mut parts = vec![tree(scene)];
    parts.extend(proposals(scene, item, |id, card| {
        proposal(id, card, ().into_any())
    }));
    parts
}

/// On the wall.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    shown(scene, item)
}

/// For those who lead: proposals become goals.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    let texts = scene.texts;
    let mut parts = vec![tree(scene)];
    parts.extend(proposals(scene, item, |id, card| {
        let goal = [("kort", id.to_string()), ("som", "mål".to_owned())];
        let hide = [("kort", id.to_string()), ("pa", "1".to_owned())];
        let press = |verb, fields: &[(&'static str, String)], class, words: &'static str| {
            button(scene, Class::Leader, verb, fields, class, words, &card.text)
        };
        let actions = view! {
            <div class="row">
                {press("befordra", &goal, "button small", texts.board_make_goal())}
                {press("doljkort", &hide, "button small quiet", texts.board_hide())}
            </div>
        };
        proposal(id, card, actions.into_any())
    }));
    let gone = (scene.state.work.cards_at(scene.id, item.id))
        .filter(|(_, card)| card.kind == CardKind::Goal && card.state == CardState::Hidden);
    parts.extend(hidden(scene, gone.collect()));
    let mut homes: Vec<_> = (scene.mapping.members.iter())
        .map(|member| member.municipality)
        .collect();
    domain::municipality::Municipality::sort(&mut homes);
    parts.push(for_the_room(scene, item, PROPOSAL, &homes));
    parts
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    shown(scene, item)
}

/// For one person: a field for a goal that is missing.
pub(super) fn mine(scene: &Scene, item: &Item, me: &Me) -> Vec<Part> {
    let prompt = Prompt {
        kinds: PROPOSAL,
        label: scene.texts.board_goal_label(),
        municipality: None,
    };
    writing(scene, item, me, &prompt)
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, PromoteTo, WorkCommand};

    use super::*;
    use crate::live::{
        leader, participant,
        sample::{self, card, lead, me},
    };

    #[test]
    fn a_proposal_is_seen_by_all_until_it_becomes_a_goal_among_the_others() {
        let mut scene = sample::scene(Activity::Goals);
        let words = "Ingen ska behöva fråga två gånger";
        let page = participant::scene(&scene).to_page();
        assert!(
            page.contains("Föreslagna mål") && page.contains(words),
            "{page}"
        );
        assert!(
            leader::scene(&scene)
                .to_page()
                .contains("value=\"befordra\"")
        );
        lead(&mut scene, WorkCommand::Promote(card(0), PromoteTo::Goal));
        let page = participant::scene(&scene).to_page();
        assert!(
            !page.contains("Föreslagna mål") && page.contains(words),
            "{page}"
        );
    }

    #[test]
    fn a_proposal_can_be_taken_back_only_while_it_is_one() {
        let mut scene = sample::scene(Activity::Goals);
        let own = |scene: &Scene| participant::mine(scene, &me(scene, 1)).to_page();
        assert!(own(&scene).contains("value=\"tabortkort\""));
        lead(&mut scene, WorkCommand::Promote(card(0), PromoteTo::Goal));
        assert!(!own(&scene).contains("value=\"tabortkort\""));
    }
}
