//! Reflections between workshops: the box that they are written in, and the list for those who lead.

use domain::{
    ids::{CardId, MappingId, WorkshopId},
    municipality::Municipality,
    text::Title,
    workshop::{CardText, PromoteTo},
};
use leptos::prelude::*;

use super::address;
use crate::{
    components::{
        Choice, Empty, ErrorSummary, Errors, Hidden, Select, SubmitRow, TextArea, TextField,
    },
    texts::Texts,
};

/// Something written for those who lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reflection {
    /// Which card.
    pub card: CardId,
    /// The words.
    pub text: String,
    /// Who, as they want to be called; empty when they did not say.
    pub name: String,
    /// From where.
    pub municipality: Option<Municipality>,
}

/// Everything written after a workshop that has become nothing yet.
#[derive(Clone, Debug)]
pub struct Reflections {
    /// Whose.
    pub mapping: MappingId,
    /// After which workshop.
    pub workshop: WorkshopId,
    /// Its name.
    pub title: String,
    /// What was written, each with the id of the command that puts it on the map.
    pub all: Vec<(Reflection, String)>,
    /// Where the list stands, for the visitor comes back there: `sammanstallning`, or `planera` of the next workshop.
    pub back: &'static str,
}

/// The reflections after a workshop, for those who lead: each can be put on the map.
pub fn list(texts: Texts, reflections: &Reflections) -> AnyView {
    let content = if reflections.all.is_empty() {
        view! { <Empty text=texts.compiled_reflections_none() /> }.into_any()
    } else {
        let rows: Vec<_> = (reflections.all.iter())
            .map(|(reflection, op)| one(texts, reflections, reflection, op))
            .collect();
        view! { <ul class="reflections" role="list">{rows}</ul> }.into_any()
    };
    let of = texts.compiled_reflections_of(&reflections.title);
    view! {
        <section class="card" aria-labelledby="reflektioner">
            <h2 id="reflektioner">{texts.compiled_reflections()}</h2>
            <p class="muted">{of}". "{texts.compiled_reflections_lead()}</p>
            {content}
        </section>
    }
    .into_any()
}

fn one(texts: Texts, list: &Reflections, reflection: &Reflection, op: &str) -> AnyView {
    let name = if reflection.name.is_empty() {
        texts.compiled_box_nameless()
    } else {
        &reflection.name
    };
    let by = match reflection.municipality {
        Some(municipality) => texts.compiled_reflection_by(name, municipality.name()),
        None => name.to_owned(),
    };
    let path = format!("/reflektioner/{}", reflection.card);
    let action = address(list.mapping, list.workshop, &path);
    let buttons: Vec<_> = (PromoteTo::ALL.iter())
        .map(|what| {
            let words = match what {
                PromoteTo::Capability => texts.compiled_make_capability(),
                PromoteTo::Weakness => texts.compiled_make_weakness(),
                PromoteTo::Goal => texts.compiled_make_goal(),
            };
            let label = texts.compiled_make_label(words, &reflection.text);
            view! {
                <button class="button quiet small" type="submit" name="som" value=what.code() aria-label=label>{words}</button>
            }
        })
        .collect();
    view! {
        <li>
            <p class="said">{reflection.text.clone()}</p>
            <p class="muted">{by}</p>
            <form method="post" action=action class="inline-form row">
                <Hidden name="op" value=op.to_owned() />
                <Hidden name="till" value=list.back />
                <span aria-hidden="true">{texts.compiled_make()}</span>
                {buttons}
            </form>
        </li>
    }
    .into_any()
}

/// The box that a reflection is written in.
#[derive(Clone, Debug)]
pub struct ReflectionBox {
    /// Where it is sent: the page itself.
    pub action: String,
    /// The command's id.
    pub op: String,
    /// What has been typed.
    pub text: String,
    /// The name, when they gave one.
    pub name: String,
    /// The chosen municipality's code.
    pub municipality: String,
    /// The mapping's municipalities.
    pub municipalities: Vec<Municipality>,
    /// Whether the visitor is signed in with a role here, so that who they are is known.
    pub known: bool,
    /// What they have just sent.
    pub saved: Option<String>,
    /// What is wrong.
    pub errors: Errors,
}

/// The box, or thanks with the box after it.
pub fn reflection_box(texts: Texts, data: &ReflectionBox) -> AnyView {
    let saved = data.saved.as_ref().map(|words| {
        view! {
            <div class="notice" role="status">
                <div>
                    <p><strong>{texts.compiled_thanks()}</strong></p>
                    <p>{texts.compiled_thanks_said()}</p>
                    <blockquote class="said">{words.clone()}</blockquote>
                </div>
            </div>
        }
    });
    let send = if data.saved.is_some() {
        texts.compiled_box_more()
    } else {
        texts.compiled_box_send()
    };
    let mut choices: Vec<Choice> = vec![(String::new(), texts.compiled_box_choose().to_owned())];
    choices.extend((data.municipalities.iter()).map(|m| (m.to_string(), m.name().to_owned())));
    let person = (!data.known).then(|| {
        view! {
            <TextField name="namn" label=texts.compiled_box_name() value=data.name.clone() error=data.errors.of("namn") max=Title::MAX autocomplete="name" />
        }
    });
    view! {
        <section class="card reflection" id="reflektion" aria-labelledby="din-reflektion">
            <h2 id="din-reflektion">{texts.compiled_box_title()}</h2>
            {saved}
            <p>{texts.compiled_box_lead()}</p>
            <ErrorSummary texts errors=data.errors.clone() />
            <form method="post" action=data.action.clone() class="stack">
                <Hidden name="op" value=data.op.clone() />
                <TextArea name="text" label=texts.compiled_box_text() hint=texts.compiled_box_text_hint() value=data.text.clone() error=data.errors.of("text") max=CardText::MAX rows=3 />
                {person}
                <Select name="kommun" label=texts.compiled_box_municipality() choices selected=data.municipality.clone() error=data.errors.of("kommun") />
                <p class="muted">{texts.compiled_box_public()}</p>
                <SubmitRow label=send />
            </form>
        </section>
    }
    .into_any()
}
