//! Goals as a tree: the red thread from national to local.

use domain::{
    ids::{GoalId, MappingId},
    map::Contents,
};
use leptos::prelude::*;

use super::{goal_level_text, goal_name};
use crate::texts::Texts;

/// The goals under one (or the roots), each with those under it; with `link`, each leads to its page in that mapping.
pub(super) fn branch(
    texts: Texts,
    contents: &Contents,
    parent: Option<GoalId>,
    link: Option<MappingId>,
) -> AnyView {
    let rows: Vec<_> = (contents.goals_under(parent).into_iter())
        .map(|(id, goal)| {
            let name = goal_name(goal);
            let name = match link {
                Some(mapping) => {
                    view! { <a href=format!("/k/{mapping}/mal/{id}")>{name}</a> }.into_any()
                }
                None => view! { <span>{name}</span> }.into_any(),
            };
            view! {
                <li>
                    <span class="tag">{goal_level_text(texts, goal.level)}</span>" "{name}
                    {branch(texts, contents, Some(id), link)}
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <ul>{rows}</ul> }.into_any()
}
