//! An area: adding, editing, moving and removing it.

use domain::{
    ids::{AreaId, MappingId},
    map::{Area, Contents},
    text::{AreaName, Description},
};
use leptos::prelude::*;

use super::{cancel, crumbs};
use crate::{
    components::{ErrorSummary, Errors, Hidden, SubmitRow, TextArea, TextField},
    texts::Texts,
};

/// What has been typed about an area.
#[derive(Clone, Debug, Default)]
pub struct AreaForm {
    /// The command's id.
    pub op: String,
    /// A new area's id, made when the form was shown.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// What is wrong.
    pub errors: Errors,
}

impl AreaForm {
    /// The form of an area as it stands.
    pub fn of(id: AreaId, area: &Area, op: String) -> Self {
        Self {
            op,
            id: id.to_string(),
            name: area.name.to_string(),
            description: area.description.to_string(),
            errors: Errors::default(),
        }
    }
}

/// A page about one area.
#[derive(Clone, Debug)]
pub struct AreaPage {
    /// Whose map.
    pub mapping: MappingId,
    /// Which; none when it is new.
    pub area: Option<AreaId>,
    /// Its place from 0, and how many areas there are.
    pub place: Option<(usize, usize)>,
    /// What has been typed.
    pub form: AreaForm,
}

impl AreaPage {
    /// An area's place among the areas of the map, from 0, and how many there are.
    pub fn place_of(contents: &Contents, id: AreaId) -> Option<(usize, usize)> {
        let areas = contents.areas_in_order();
        let place = areas.iter().position(|(other, _)| *other == id)?;
        Some((place, areas.len()))
    }
}

/// The page where an area is added or edited.
pub fn edit(texts: Texts, page: &AreaPage) -> AnyView {
    let form = &page.form;
    let (title, action) = match page.area {
        Some(id) => (
            texts.area_edit_title(),
            format!("/k/{}/omraden/{id}", page.mapping),
        ),
        None => (
            texts.area_new_title(),
            format!("/k/{}/omraden/ny", page.mapping),
        ),
    };
    view! {
        <div class="narrow">
            {crumbs(texts, page.mapping, title)}
            <div class="page-head"><h1>{title}</h1></div>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action=action novalidate>
                <Hidden name="op" value=form.op.clone() />
                <Hidden name="id" value=form.id.clone() />
                <TextField name="namn" label=texts.area_name() value=form.name.clone() error=form.errors.of("namn") hint=texts.area_name_hint() max=AreaName::MAX required=true />
                <TextArea name="beskrivning" label=texts.area_description() value=form.description.clone() error=form.errors.of("beskrivning") max=Description::MAX />
                <SubmitRow label=texts.form_save() cancel=cancel(texts, page.mapping) />
            </form>
            {page.area.map(|id| rest(texts, page, id))}
        </div>
    }
    .into_any()
}

fn rest(texts: Texts, page: &AreaPage, id: AreaId) -> AnyView {
    let address = |verb: &str| format!("/k/{}/omraden/{id}/{verb}", page.mapping);
    let moving = (page.place).filter(|(_, count)| *count > 1).map(|(place, count)| {
        let up = (place > 0).then(|| {
            view! { <button class="button" type="submit" name="till" value=(place - 1).to_string()>{texts.area_move_up()}</button> }
        });
        let down = (place + 1 < count).then(|| {
            view! { <button class="button" type="submit" name="till" value=(place + 1).to_string()>{texts.area_move_down()}</button> }
        });
        view! {
            <section class="changes" aria-labelledby="plats">
                <h2 id="plats">{texts.area_move()}</h2>
                <p>{texts.area_move_text(place + 1, count)}</p>
                <form method="post" action=address("flytta")>
                    <Hidden name="op" value=page.form.op.clone() />
                    <div class="actions">{up}{down}</div>
                </form>
            </section>
        }
    });
    view! {
        {moving}
        <section class="remove" aria-labelledby="ta-bort">
            <h2 id="ta-bort">{texts.area_remove()}</h2>
            <form method="post" action=address("ta-bort")>
                <Hidden name="op" value=page.form.op.clone() />
                <p class="hint">{texts.area_remove_hint()}</p>
                <button class="button danger" type="submit">{texts.area_remove()}</button>
            </form>
        </section>
    }
    .into_any()
}
