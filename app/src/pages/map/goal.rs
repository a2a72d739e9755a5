//! A goal: adding, editing and removing it.

use std::sync::Arc;

use domain::{
    ids::{GoalId, MappingId},
    map::{Goal, GoalLevel, MapState},
    municipality::Municipality,
    text::{Description, GoalTitle},
};
use leptos::prelude::*;

use super::{cancel, crumbs, goal_level_text, goal_name};
use crate::{
    components::{
        Choice, ErrorSummary, Errors, Hidden, RadioGroup, Select, SubmitRow, TextArea, TextField,
    },
    texts::Texts,
};

/// What has been typed about a goal.
#[derive(Clone, Debug, Default)]
pub struct GoalForm {
    /// The command's id.
    pub op: String,
    /// A new goal's id, made when the form was shown.
    pub id: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Code of the level.
    pub level: String,
    /// Id of the goal above; empty for none.
    pub parent: String,
    /// Code of the municipality; empty for none.
    pub municipality: String,
    /// What is wrong.
    pub errors: Errors,
}

impl GoalForm {
    /// The form of a goal as it stands.
    pub fn of(id: GoalId, goal: &Goal, op: String) -> Self {
        Self {
            op,
            id: id.to_string(),
            title: goal.title.to_string(),
            description: goal.description.to_string(),
            level: goal.level.code().to_owned(),
            parent: goal.parent.map(|id| id.to_string()).unwrap_or_default(),
            municipality: (goal.municipality)
                .map(|municipality| municipality.to_string())
                .unwrap_or_default(),
            errors: Errors::default(),
        }
    }
}

/// A page about one goal.
#[derive(Clone, Debug)]
pub struct GoalPage {
    /// Whose map.
    pub mapping: MappingId,
    /// The map.
    pub state: Arc<MapState>,
    /// The mapping's municipalities.
    pub municipalities: Vec<Municipality>,
    /// Which; none when it is new.
    pub goal: Option<GoalId>,
    /// What has been typed.
    pub form: GoalForm,
}

/// The page where a goal is added or edited.
pub fn edit(texts: Texts, page: &GoalPage) -> AnyView {
    let form = &page.form;
    let (title, action) = match page.goal {
        Some(id) => (
            texts.goal_edit_title(),
            format!("/k/{}/mal/{id}", page.mapping),
        ),
        None => (
            texts.goal_new_title(),
            format!("/k/{}/mal/ny", page.mapping),
        ),
    };
    let levels: Vec<Choice> = (GoalLevel::ALL.iter())
        .map(|level| {
            (
                level.code().to_owned(),
                goal_level_text(texts, *level).to_owned(),
            )
        })
        .collect();
    let municipalities: Vec<Choice> =
        std::iter::once((String::new(), texts.goal_municipality_none().to_owned()))
            .chain((page.municipalities.iter()).map(|m| (m.to_string(), m.name().to_owned())))
            .collect();
    view! {
        <div class="narrow">
            {crumbs(texts, page.mapping, title)}
            <div class="page-head">
                <h1>{title}</h1>
                <p class="lead">{texts.goal_lead()}</p>
            </div>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action=action novalidate>
                <Hidden name="op" value=form.op.clone() />
                <Hidden name="id" value=form.id.clone() />
                <TextField name="mal" label=texts.goal_name() value=form.title.clone() error=form.errors.of("mal") hint=texts.goal_name_hint() max=GoalTitle::MAX required=true />
                <RadioGroup name="niva" legend=texts.goal_level() choices=levels selected=form.level.clone() error=form.errors.of("niva") />
                <Select name="over" label=texts.goal_parent() choices=parents(texts, page) selected=form.parent.clone() error=form.errors.of("over") hint=texts.goal_parent_hint() />
                <Select name="kommun" label=texts.goal_municipality() choices=municipalities selected=form.municipality.clone() hint=texts.goal_municipality_hint() />
                <TextArea name="beskrivning" label=texts.goal_description() value=form.description.clone() error=form.errors.of("beskrivning") max=Description::MAX />
                <SubmitRow label=texts.form_save() cancel=cancel(texts, page.mapping) />
            </form>
            {page.goal.map(|id| remove(texts, page, id))}
        </div>
    }
    .into_any()
}

/// Goals that another can stand under: those that are not local, apart from this one.
fn parents(texts: Texts, page: &GoalPage) -> Vec<Choice> {
    let mut goals: Vec<_> = (page.state.contents.goals.iter())
        .filter(|(id, goal)| goal.level != GoalLevel::Local && Some(**id) != page.goal)
        .collect();
    goals.sort_by(|(_, a), (_, b)| {
        (a.level.cmp(&b.level)).then_with(|| domain::text::swedish_order(&a.title, &b.title))
    });
    std::iter::once((String::new(), texts.goal_parent_none().to_owned()))
        .chain(goals.into_iter().map(|(id, goal)| {
            let words = format!(
                "{}: {}",
                goal_level_text(texts, goal.level),
                goal_name(goal)
            );
            (id.to_string(), words)
        }))
        .collect()
}

fn remove(texts: Texts, page: &GoalPage, id: GoalId) -> AnyView {
    let children = (page.state.contents.goals.values()).any(|goal| goal.parent == Some(id));
    if children {
        return view! {
            <section class="remove" aria-labelledby="ta-bort">
                <h2 id="ta-bort">{texts.goal_remove()}</h2>
                <p class="hint">{texts.goal_remove_children()}</p>
            </section>
        }
        .into_any();
    }
    let action = format!("/k/{}/mal/{id}/ta-bort", page.mapping);
    view! {
        <section class="remove" aria-labelledby="ta-bort">
            <h2 id="ta-bort">{texts.goal_remove()}</h2>
            <form method="post" action=action>
                <Hidden name="op" value=page.form.op.clone() />
                <p class="hint">{texts.goal_remove_hint()}</p>
                <button class="button danger" type="submit">{texts.goal_remove()}</button>
            </form>
        </section>
    }
    .into_any()
}
