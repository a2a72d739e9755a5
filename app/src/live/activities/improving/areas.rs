//! Improvement areas: as cards for everyone, and as forms for those who lead.

use domain::{
    ids::ImprovementId,
    text::{Text, Title},
    workshop::{Improvement, Pdca},
};
use leptos::prelude::*;

use super::pdca_text;
use crate::live::{
    Class, Scene,
    frame::form::{button, clearing, command},
    part::Part,
};

type Owner = Text<0, 120>;
type Step = Text<0, 200>;

/// The names of an area's capabilities, as they stand on the map now.
fn capabilities(scene: &Scene, area: &Improvement) -> Vec<(String, String)> {
    (area.capabilities.iter())
        .filter_map(|id| {
            let known = scene.state.contents.capabilities.get(id)?;
            Some((id.to_string(), known.draft.name.to_string()))
        })
        .collect()
}

/// The four places of the wheel, with the current one marked.
fn wheel(scene: &Scene, current: Pdca) -> AnyView {
    let steps: Vec<_> = (Pdca::ALL.iter())
        .map(|stage| {
            let here = *stage == current;
            view! {
                <li aria-current=here.then_some("step") class=if here { "here" } else { "" }>{pdca_text(scene.texts, *stage)}</li>
            }
        })
        .collect();
    view! { <ol class="walk-wheel" aria-label=scene.texts.walk_pdca()>{steps}</ol> }.into_any()
}

/// Who owns it and what comes first; what is missing is said in words.
fn facts(scene: &Scene, area: &Improvement) -> AnyView {
    let texts = scene.texts;
    let owner = if area.owner.is_empty() {
        view! { <span class="badge warn">{texts.walk_no_owner()}</span> }.into_any()
    } else {
        view! { {area.owner.to_string()} }.into_any()
    };
    let step = if area.first_step.is_empty() {
        view! { <span class="muted">{texts.walk_no_step()}</span> }.into_any()
    } else {
        view! { {area.first_step.to_string()} }.into_any()
    };
    view! {
        <dl class="walk-facts">
            <div><dt>{texts.walk_owner()}</dt><dd>{owner}</dd></div>
            <div><dt>{texts.walk_first_step()}</dt><dd>{step}</dd></div>
        </dl>
    }
    .into_any()
}

/// A card an area: for the wall and for phones.
pub(super) fn cards(scene: &Scene, wall: bool) -> Part {
    let texts = scene.texts;
    let mut cards: Vec<_> = (scene.state.work.improvements.iter())
        .map(|(id, area)| {
            let card = format!("for-k-{id}");
            let names: Vec<_> = capabilities(scene, area)
                .into_iter()
                .map(|(_, name)| name)
                .collect();
            let from =
                (!names.is_empty()).then(|| view! { <p class="muted">{names.join(" · ")}</p> });
            Part::leaf(
                card.clone(),
                view! {
                    <li id=card class="card walk-area-card">
                        <h2>{area.name.to_string()}</h2>
                        {from}
                        {facts(scene, area)}
                        {wheel(scene, area.stage)}
                    </li>
                },
            )
        })
        .collect();
    if cards.is_empty() {
        cards.push(Part::leaf(
            "for-inga",
            view! { <li id="for-inga" class="empty">{texts.walk_no_areas()}</li> },
        ));
    }
    let class = match (wall, scene.state.work.improvements.len()) {
        (false, _) => "walk-area-cards",
        (true, 0..=6) => "walk-area-cards wall",
        (true, _) => "walk-area-cards wall many",
    };
    Part::list(
        "for-omraden",
        view! { <ul id="for-omraden" class=class></ul> },
        cards,
    )
}

/// A part an area with its form, and last a form for a new one.
pub(super) fn for_leaders(scene: &Scene) -> Part {
    let texts = scene.texts;
    let improvements = &scene.state.work.improvements;
    let cards: Vec<_> = improvements
        .iter()
        .map(|(id, area)| editable(scene, *id, area))
        .collect();
    let empty = improvements
        .is_empty()
        .then(|| texts.walk_no_areas_leader());
    let mut parts = vec![
        Part::leaf(
            "for-rubrik",
            view! { <div id="for-rubrik"><h2>{texts.walk_areas(improvements.len())}</h2><p class="muted">{empty}</p></div> },
        ),
        Part::list(
            "for-omraden",
            view! { <ul id="for-omraden" class="plain walk-main"></ul> },
            cards,
        ),
    ];
    parts.push(new(scene));
    Part::list(
        "for-mitten",
        view! { <div id="for-mitten" class="walk-main"></div> },
        parts,
    )
}

fn text_field(
    id: String,
    name: &'static str,
    label: &'static str,
    value: String,
    max: usize,
    required: bool,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input id=id name=name type="text" value=value maxlength=max required=required autocomplete="off" />
        </div>
    }
    .into_any()
}

/// Capabilities of the map that the area does not have yet.
fn others(scene: &Scene, area: Option<&Improvement>) -> Vec<AnyView> {
    (scene.state.contents.active_in_order().into_iter())
        .filter(|(id, _)| area.is_none_or(|area| !area.capabilities.contains(id)))
        .map(|(id, known)| {
            view! { <option value=id.to_string()>{known.draft.name.to_string()}</option> }
                .into_any()
        })
        .collect()
}

fn editable(scene: &Scene, id: ImprovementId, area: &Improvement) -> Part {
    let texts = scene.texts;
    let name = area.name.to_string();
    let key = format!("for-k-{id}");
    let capability_list = capabilities(scene, area);
    let from: Vec<_> = capability_list
        .iter()
        .map(|(_, name)| name.clone())
        .collect();
    let boxes: Vec<_> = (capability_list.into_iter())
        .map(|(capability, name)| {
            let box_id = format!("{key}-{capability}");
            view! {
                <div class="choice">
                    <input type="checkbox" id=box_id.clone() name="formaga" value=capability checked />
                    <label for=box_id>{name}</label>
                </div>
            }
        })
        .collect();
    let stages: Vec<_> = (Pdca::ALL.iter())
        .map(|stage| {
            let chosen = *stage == area.stage;
            view! { <option value=stage.code() selected=chosen>{pdca_text(texts, *stage)}</option> }
        })
        .collect();
    let (more_id, stage_id) = (format!("{key}-fler"), format!("{key}-pdca"));
    let inner = view! {
        {text_field(format!("{key}-namn"), "namn", texts.walk_area_name(), name.clone(), Title::MAX, true)}
        <div class="walk-fields">
            {text_field(format!("{key}-agare"), "agare", texts.walk_owner(), area.owner.to_string(), Owner::MAX, false)}
            <div class="field">
                <label for=stage_id.clone()>{texts.walk_pdca()}</label>
                <select id=stage_id name="pdca">{stages}</select>
            </div>
        </div>
        {text_field(format!("{key}-steg"), "steg", texts.walk_first_step(), area.first_step.to_string(), Step::MAX, false)}
        <fieldset class="field choices">
            <legend>{texts.walk_capabilities()}</legend>
            {boxes}
            <div class="field">
                <label for=more_id.clone()>{texts.walk_add_capability()}</label>
                <select id=more_id name="formaga">
                    <option value="">{texts.walk_none_more()}</option>
                    {others(scene, Some(area))}
                </select>
            </div>
        </fieldset>
        <button class="button" type="submit">{texts.walk_save()}</button>
    };
    let fields = [("insats", id.to_string())];
    Part::leaf(
        key.clone(),
        view! {
            <li id=key.clone() class="card walk-area-card">
                <h3>{name.clone()}</h3>
                <p class="muted">{from.join(" · ")}</p>
                {facts(scene, area)}
                {wheel(scene, area.stage)}
                <details class="more" id=format!("{key}-andra")>
                    <summary>{texts.walk_edit_area()}<span class="visually-hidden">" "{name.clone()}</span></summary>
                    {command(scene, Class::Leader, "insats", &fields, "stack", inner)}
                    {button(scene, Class::Leader, "tabortinsats", &fields, "link", texts.walk_remove_area(), &name)}
                </details>
            </li>
        },
    )
}

/// A form for an area that comes from no capability on the list.
fn new(scene: &Scene) -> Part {
    let texts = scene.texts;
    let inner = view! {
        {text_field("for-ny-namn".to_owned(), "namn", texts.walk_area_name(), String::new(), Title::MAX, true)}
        <div class="field">
            <label for="for-ny-f">{texts.walk_add_capability()}</label>
            <select id="for-ny-f" name="formaga"><option value="">{texts.walk_none_more()}</option>{others(scene, None)}</select>
        </div>
        <div class="walk-fields">
            {text_field("for-ny-agare".to_owned(), "agare", texts.walk_owner(), String::new(), Owner::MAX, false)}
            {text_field("for-ny-steg".to_owned(), "steg", texts.walk_first_step(), String::new(), Step::MAX, false)}
        </div>
        <button class="button" type="submit">{texts.walk_add_area()}</button>
    };
    let fields = [("pdca", Pdca::Plan.code().to_owned())];
    Part::leaf(
        "for-ny",
        view! {
            <details id="for-ny" class="more card">
                <summary>{texts.walk_new_area()}</summary>
                {clearing(scene, Class::Leader, "insats", &fields, "stack", inner)}
            </details>
        },
    )
}
