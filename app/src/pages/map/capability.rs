//! A capability: adding, reading and editing it.

use std::sync::Arc;

use domain::{
    ids::{CapabilityId, MappingId},
    map::{Capability, CapabilityKind, Contents, Layer, MapState},
};
use leptos::prelude::*;

use super::{
    anchors, area_choices, area_name, cancel, change, crumbs, goal_level_text, goal_name,
    layer_text,
};
use crate::{
    components::{
        CheckGroup, Choice, ErrorSummary, Errors, Hidden, RadioGroup, Select, TextArea, TextField,
        kind_text,
    },
    islands::advice::AdviceIsland,
    texts::Texts,
};

/// What has been typed about a capability.
#[derive(Clone, Debug, Default)]
pub struct CapabilityForm {
    /// The command's id.
    pub op: String,
    /// A new capability's id, made when the form was shown.
    pub id: String,
    /// Name.
    pub name: String,
    /// Formulation.
    pub formulation: String,
    /// Description.
    pub description: String,
    /// Code of the type.
    pub kind: String,
    /// Codes of layers.
    pub layers: Vec<String>,
    /// Id of the area; empty for none.
    pub area: String,
    /// Ids of goals.
    pub goals: Vec<String>,
    /// Its own words for the levels 1–5.
    pub anchors: [String; 5],
    /// Who answers for it.
    pub owner: String,
    /// What is wrong.
    pub errors: Errors,
}

impl CapabilityForm {
    /// The form of a capability as it stands.
    pub fn of(id: CapabilityId, capability: &Capability, op: String) -> Self {
        let draft = &capability.draft;
        Self {
            op,
            id: id.to_string(),
            name: draft.name.to_string(),
            formulation: draft.formulation.to_string(),
            description: draft.description.to_string(),
            kind: draft.kind.code().to_owned(),
            layers: (draft.layers.iter())
                .map(|layer| layer.code().to_owned())
                .collect(),
            area: draft.area.map(|area| area.to_string()).unwrap_or_default(),
            goals: draft.goals.iter().map(ToString::to_string).collect(),
            anchors: draft.anchors.0.clone().map(String::from),
            owner: draft.owner.to_string(),
            errors: Errors::default(),
        }
    }
}

/// A page about one capability.
#[derive(Clone, Debug)]
pub struct CapabilityPage {
    /// Whose map.
    pub mapping: MappingId,
    /// The map.
    pub state: Arc<MapState>,
    /// Which; none when it is new.
    pub capability: Option<CapabilityId>,
    /// What has been typed.
    pub form: CapabilityForm,
    /// What is typed in the forms that change its place.
    pub change: change::ChangeForm,
}

/// The page where a capability is added or edited.
pub fn edit(texts: Texts, page: &CapabilityPage) -> AnyView {
    let title = if page.capability.is_some() {
        texts.capability_edit_title()
    } else {
        texts.capability_new_title()
    };
    let action = match page.capability {
        Some(id) => format!("/k/{}/formagor/{id}", page.mapping),
        None => format!("/k/{}/formagor/ny", page.mapping),
    };
    let changes = (page.capability).map(|id| change::view(texts, page, id));
    let mut errors = page.form.errors.clone();
    errors.extend(&page.change.errors);
    let heading = match page
        .capability
        .and_then(|id| page.state.contents.capabilities.get(&id))
    {
        Some(capability) => capability.draft.name.to_string(),
        None => title.to_owned(),
    };
    view! {
        <div class="narrow">
            {crumbs(texts, page.mapping, &heading)}
            <div class="page-head">
                <h1>{heading.clone()}</h1>
                <p class="lead">{texts.capability_lead()}</p>
            </div>
            <ErrorSummary texts errors />
            <form method="post" action=action novalidate>
                {fields(texts, page)}
            </form>
            {changes}
        </div>
    }
    .into_any()
}

fn fields(texts: Texts, page: &CapabilityPage) -> AnyView {
    let form = &page.form;
    let contents = &page.state.contents;
    let others: Vec<String> = (contents.active_in_order().into_iter())
        .filter(|(id, _)| Some(*id) != page.capability)
        .map(|(_, capability)| capability.draft.name.to_string())
        .collect();
    let kinds: Vec<Choice> = (CapabilityKind::ALL.iter())
        .map(|kind| (kind.code().to_owned(), kind_text(texts, *kind).to_owned()))
        .collect();
    let layers: Vec<Choice> = (Layer::ALL.iter())
        .map(|layer| {
            (
                layer.code().to_owned(),
                layer_text(texts, *layer).to_owned(),
            )
        })
        .collect();
    let goals = goal_choices(texts, contents);
    let goals = (!goals.is_empty()).then(|| {
        view! { <CheckGroup name="mal" legend=texts.capability_goals() choices=goals selected=form.goals.clone() /> }
    });
    let more = page.capability.is_none().then(|| {
        view! { <button class="button" type="submit" name="mera" value="1">{texts.capability_save_more()}</button> }
    });
    let (href, words) = cancel(texts, page.mapping);
    view! {
        <Hidden name="op" value=form.op.clone() />
        <Hidden name="id" value=form.id.clone() />
        <AdviceIsland
            language=texts.0
            others
            name=form.name.clone()
            formulation=form.formulation.clone()
            name_error=form.errors.of("namn")
            formulation_error=form.errors.of("formulering")
        />
        <TextArea name="beskrivning" label=texts.capability_description() value=form.description.clone() error=form.errors.of("beskrivning") hint=texts.capability_description_hint() max=1000 />
        <RadioGroup name="typ" legend=texts.capability_kind() choices=kinds selected=form.kind.clone() error=form.errors.of("typ") />
        <CheckGroup name="lager" legend=texts.capability_layers() choices=layers selected=form.layers.clone() hint=texts.capability_layers_hint() />
        <Select name="omrade" label=texts.capability_area() choices=area_choices(texts.capability_area_none(), contents) selected=form.area.clone() error=form.errors.of("omrade") />
        <TextField name="agare" label=texts.capability_owner() value=form.owner.clone() error=form.errors.of("agare") hint=texts.capability_owner_hint() max=80 />
        {goals}
        {anchors::fields(texts, &form.anchors, &form.errors)}
        <div class="actions">
            <button class="button primary" type="submit">{texts.form_save()}</button>
            {more}
            <a class="button quiet" href=href>{words}</a>
        </div>
    }
    .into_any()
}

/// Goals as choices, in the order of the tree, each with its level.
fn goal_choices(texts: Texts, contents: &Contents) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut waiting = contents.goals_under(None);
    waiting.reverse();
    while let Some((id, goal)) = waiting.pop() {
        let words = format!(
            "{}: {}",
            goal_level_text(texts, goal.level),
            goal_name(goal)
        );
        choices.push((id.to_string(), words));
        let mut under = contents.goals_under(Some(id));
        under.reverse();
        waiting.append(&mut under);
    }
    choices
}

/// A capability for someone who may not change the map.
pub fn read(
    texts: Texts,
    mapping: MappingId,
    contents: &Contents,
    capability: &Capability,
) -> AnyView {
    let draft = &capability.draft;
    let name = draft.name.to_string();
    let row = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd>{value}</dd> })
    };
    let goals: Vec<_> = (draft.goals.iter().filter_map(|id| contents.goals.get(id)))
        .map(goal_name)
        .collect();
    let layers: Vec<_> = (draft.layers.iter())
        .map(|layer| layer_text(texts, *layer))
        .collect();
    let area = (draft.area.and_then(|area| area_name(contents, area)))
        .unwrap_or_else(|| texts.map_ungrouped());
    let own_words = anchors::list(texts, &draft.anchors)
        .map(|list| view! { <dt>{texts.capability_anchors()}</dt><dd>{list}</dd> });
    view! {
        <div class="narrow">
            {crumbs(texts, mapping, &name)}
            <div class="page-head">
                <h1>{name.clone()}</h1>
                <p class="lead">{draft.formulation.to_string()}</p>
            </div>
            <dl class="definition">
                {row(texts.capability_description(), draft.description.to_string())}
                {row(texts.capability_area(), area.to_owned())}
                {row(texts.capability_kind(), kind_text(texts, draft.kind).to_owned())}
                {row(texts.capability_layers(), layers.join(", "))}
                {row(texts.capability_owner(), draft.owner.to_string())}
                {row(texts.capability_goals(), goals.join(" · "))}
                {own_words}
            </dl>
        </div>
    }
    .into_any()
}

/// A capability that is no longer on the map, and the way back.
pub fn retired(
    texts: Texts,
    mapping: MappingId,
    contents: &Contents,
    id: CapabilityId,
    op: &str,
    may_edit: bool,
) -> AnyView {
    let Some(capability) = contents.capabilities.get(&id) else {
        return ().into_any();
    };
    let name = capability.draft.name.to_string();
    let into: Vec<_> = match &capability.status {
        domain::map::Status::Active => Vec::new(),
        domain::map::Status::Retired { into } => (into.iter())
            .filter_map(|id| Some((*id, contents.capabilities.get(id)?)))
            .map(|(id, capability)| {
                let href = format!("/k/{mapping}/formagor/{id}");
                view! { <li><a href=href>{capability.draft.name.to_string()}</a></li> }
            })
            .collect(),
    };
    let into = (!into.is_empty())
        .then(|| view! { <h2>{texts.capability_retired_into()}</h2><ul>{into}</ul> });
    let restore = may_edit.then(|| {
        view! {
            <form method="post" action=format!("/k/{mapping}/formagor/{id}/aterstall")>
                <Hidden name="op" value=op.to_owned() />
                <div class="actions"><button class="button primary" type="submit">{texts.capability_restore()}</button></div>
            </form>
        }
    });
    view! {
        <div class="narrow stack">
            {crumbs(texts, mapping, &name)}
            <div class="page-head">
                <p class="eyebrow">{texts.capability_retired_title()}</p>
                <h1>{name.clone()}</h1>
                <p class="lead">{capability.draft.formulation.to_string()}</p>
            </div>
            <p>{texts.capability_retired_text()}</p>
            {into}
            {restore}
        </div>
    }
    .into_any()
}
