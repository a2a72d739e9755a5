//! What else can be done with a capability: move it, merge it, split it, strike it.

use domain::{
    ids::{AreaId, CapabilityId},
    map::{Capability, Contents},
};
use leptos::prelude::*;

use super::{capability::CapabilityPage, placed_name};
use crate::{
    components::{Choice, Errors, Hidden, Select, TextArea},
    texts::Texts,
};

/// What has been typed in the forms that change a capability's place.
#[derive(Clone, Debug, Default)]
pub struct ChangeForm {
    /// The command's id; each of the forms carries it, for only one of them can be sent.
    pub op: String,
    /// Names of the parts, one a line.
    pub parts: String,
    /// What is wrong.
    pub errors: Errors,
}

/// The forms, each behind its heading.
pub(super) fn view(texts: Texts, page: &CapabilityPage, id: CapabilityId) -> AnyView {
    let contents = &page.state.contents;
    let Some(capability) = contents.capabilities.get(&id) else {
        return ().into_any();
    };
    let form = &page.change;
    let address = |verb: &str| format!("/k/{}/formagor/{id}/{verb}", page.mapping);
    let weaknesses: Vec<_> = (contents.weaknesses.iter())
        .filter(|(_, weakness)| weakness.capability == Some(id))
        .map(|(weakness, held)| {
            let href = format!("/k/{}/oformagor/{weakness}", page.mapping);
            view! { <li><a href=href>{held.name.to_string()}</a></li> }
        })
        .collect();
    let add = format!("/k/{}/oformagor/ny?formaga={id}", page.mapping);
    let others = others(contents, id);
    let merge = (!others.is_empty()).then(|| {
        view! {
            <details class="more" open=form.errors.of("kvar").is_some()>
                <summary>{texts.capability_merge()}</summary>
                <form method="post" action=address("sla-ihop") novalidate>
                    <p>{texts.capability_merge_text()}</p>
                    <Hidden name="op" value=form.op.clone() />
                    <Select name="kvar" label=texts.capability_merge_into() choices=others error=form.errors.of("kvar") />
                    <div class="actions"><button class="button" type="submit">{texts.capability_merge_do()}</button></div>
                </form>
            </details>
        }
    });
    view! {
        <section class="changes" aria-labelledby="mer">
            <h2 id="mer">{texts.capability_change()}</h2>
            <details class="more">
                <summary>{texts.capability_move()}</summary>
                <form method="post" action=address("flytta")>
                    <Hidden name="op" value=form.op.clone() />
                    {places(texts, contents, id, capability)}
                    <div class="actions"><button class="button" type="submit">{texts.capability_move_do()}</button></div>
                </form>
            </details>
            {merge}
            <details class="more" open=form.errors.of("delar").is_some()>
                <summary>{texts.capability_split()}</summary>
                <form method="post" action=address("dela") novalidate>
                    <p>{texts.capability_split_text()}</p>
                    <Hidden name="op" value=form.op.clone() />
                    <TextArea name="delar" label=texts.capability_split_names() value=form.parts.clone() error=form.errors.of("delar") hint=texts.capability_split_names_hint() rows=3 />
                    <div class="actions"><button class="button" type="submit">{texts.capability_split_do()}</button></div>
                </form>
            </details>
            <details class="more">
                <summary>{texts.capability_retire()}</summary>
                <form method="post" action=address("stryk")>
                    <p>{texts.capability_retire_text()}</p>
                    <Hidden name="op" value=form.op.clone() />
                    <div class="actions"><button class="button danger" type="submit">{texts.capability_retire_do()}</button></div>
                </form>
            </details>
        </section>
        <section aria-labelledby="oformagor">
            <h2 id="oformagor">{texts.capability_weaknesses()}</h2>
            <ul>{weaknesses}</ul>
            <a class="button quiet" href=add>{texts.map_add_weakness()}</a>
        </section>
    }
    .into_any()
}

/// Every other capability on the map.
fn others(contents: &Contents, id: CapabilityId) -> Vec<Choice> {
    (contents.active_in_order().into_iter())
        .filter(|(other, _)| *other != id)
        .map(|(other, _)| (other.to_string(), placed_name(contents, other)))
        .collect()
}

/// One choice for area and place: a capability that is not in the chosen area can never be asked for.
fn places(texts: Texts, contents: &Contents, id: CapabilityId, capability: &Capability) -> AnyView {
    let group = |area: Option<AreaId>, name: String| {
        let key = area.map(|area| area.to_string()).unwrap_or_default();
        let before: Vec<_> = (contents.capabilities_in(area).into_iter())
            .filter(|(other, _)| *other != id)
            .map(|(other, found)| {
                let words = texts.capability_move_before(&found.draft.name);
                view! { <option value=format!("{key}/{other}")>{words}</option> }
            })
            .collect();
        let here = capability.draft.area == area;
        let last = texts.capability_move_last();
        view! {
            <optgroup label=name>
                {before}
                <option value=format!("{key}/") selected=here>{last}</option>
            </optgroup>
        }
    };
    let groups: Vec<_> = (contents.areas_in_order().into_iter())
        .map(|(area, found)| group(Some(area), found.name.to_string()))
        .chain(std::iter::once(group(
            None,
            texts.map_ungrouped().to_owned(),
        )))
        .collect();
    view! {
        <div class="field">
            <label for="plats">{texts.capability_move_place()}</label>
            <select id="plats" name="plats">{groups}</select>
        </div>
    }
    .into_any()
}
