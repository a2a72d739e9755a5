//! A weakness: adding, editing and removing it.

use std::sync::Arc;

use domain::{
    ids::{MappingId, WeaknessId},
    map::{MapState, Weakness, WeaknessKind},
    text::{Description, WeaknessName},
};
use leptos::prelude::*;

use super::{cancel, crumbs, placed_name, weakness_kind_text};
use crate::{
    components::{
        Choice, ErrorSummary, Errors, Hidden, RadioGroup, Select, SubmitRow, TextArea, TextField,
    },
    texts::Texts,
};

/// What has been typed about a weakness.
#[derive(Clone, Debug, Default)]
pub struct WeaknessForm {
    /// The command's id.
    pub op: String,
    /// A new weakness's id, made when the form was shown.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Code of what it is made of.
    pub kind: String,
    /// Id of the capability it holds back; empty for none.
    pub capability: String,
    /// What is wrong.
    pub errors: Errors,
}

impl WeaknessForm {
    /// The form of a weakness as it stands.
    pub fn of(id: WeaknessId, weakness: &Weakness, op: String) -> Self {
        Self {
            op,
            id: id.to_string(),
            name: weakness.name.to_string(),
            description: weakness.description.to_string(),
            kind: weakness.kind.code().to_owned(),
            capability: (weakness.capability)
                .map(|id| id.to_string())
                .unwrap_or_default(),
            errors: Errors::default(),
        }
    }
}

/// A page about one weakness.
#[derive(Clone, Debug)]
pub struct WeaknessPage {
    /// Whose map.
    pub mapping: MappingId,
    /// The map.
    pub state: Arc<MapState>,
    /// Which; none when it is new.
    pub weakness: Option<WeaknessId>,
    /// What has been typed.
    pub form: WeaknessForm,
}

/// The page where a weakness is added or edited.
pub fn edit(texts: Texts, page: &WeaknessPage) -> AnyView {
    let form = &page.form;
    let (title, action) = match page.weakness {
        Some(id) => (
            texts.weakness_edit_title(),
            format!("/k/{}/oformagor/{id}", page.mapping),
        ),
        None => (
            texts.weakness_new_title(),
            format!("/k/{}/oformagor/ny", page.mapping),
        ),
    };
    let kinds: Vec<Choice> = (WeaknessKind::ALL.iter())
        .map(|kind| {
            (
                kind.code().to_owned(),
                weakness_kind_text(texts, *kind).to_owned(),
            )
        })
        .collect();
    let contents = &page.state.contents;
    // A weakness may point at a capability that has been struck since: it keeps that choice.
    let kept = (page.weakness.and_then(|id| contents.weaknesses.get(&id)))
        .and_then(|weakness| weakness.capability);
    let active = contents.active_in_order();
    let capabilities: Vec<Choice> =
        std::iter::once((String::new(), texts.weakness_capability_none().to_owned()))
            .chain(
                (active.iter().map(|(id, _)| *id))
                    .chain(kept.filter(|id| active.iter().all(|(other, _)| other != id)))
                    .map(|id| (id.to_string(), placed_name(contents, id))),
            )
            .collect();
    let remove = page.weakness.map(|id| {
        let action = format!("/k/{}/oformagor/{id}/ta-bort", page.mapping);
        view! {
            <section class="remove" aria-labelledby="ta-bort">
                <h2 id="ta-bort">{texts.weakness_remove()}</h2>
                <form method="post" action=action>
                    <Hidden name="op" value=form.op.clone() />
                    <p class="hint">{texts.weakness_remove_hint()}</p>
                    <button class="button danger" type="submit">{texts.weakness_remove()}</button>
                </form>
            </section>
        }
    });
    view! {
        <div class="narrow">
            {crumbs(texts, page.mapping, title)}
            <div class="page-head">
                <h1>{title}</h1>
                <p class="lead">{texts.weakness_lead()}</p>
            </div>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action=action novalidate>
                <Hidden name="op" value=form.op.clone() />
                <Hidden name="id" value=form.id.clone() />
                <TextField name="namn" label=texts.weakness_name() value=form.name.clone() error=form.errors.of("namn") max=WeaknessName::MAX required=true />
                <RadioGroup name="typ" legend=texts.weakness_kind() choices=kinds selected=form.kind.clone() error=form.errors.of("typ") />
                <Select name="formaga" label=texts.weakness_capability() choices=capabilities selected=form.capability.clone() error=form.errors.of("formaga") />
                <TextArea name="beskrivning" label=texts.weakness_description() value=form.description.clone() error=form.errors.of("beskrivning") max=Description::MAX />
                <SubmitRow label=texts.form_save() cancel=cancel(texts, page.mapping) />
            </form>
            {remove}
        </div>
    }
    .into_any()
}
