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

/// The reflections after a workshop, for those who lead: each can be put on the map. `back` is where the page is: the
/// visitor comes back there.
pub fn list(
    texts: Texts,
    mapping: MappingId,
    workshop: WorkshopId,
    title: &str,
    reflections: &[Reflection],
    back: &'static str,
    mut op: impl FnMut() -> String,
) -> AnyView {
    let content = if reflections.is_empty() {
        view! { <Empty text=texts.compiled_reflections_none() /> }.into_any()
    } else {
        let rows: Vec<_> = (reflections.iter())
            .map(|reflection| one(texts, mapping, workshop, reflection, back, op()))
            .collect();
        view! { <ul class="reflections" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="reflektioner">
            <h2 id="reflektioner">{texts.compiled_reflections()}</h2>
            <p class="muted">{texts.compiled_reflections_of(title)}". "{texts.compiled_reflections_lead()}</p>
            {content}
        </section>
    }
    .into_any()
}

fn one(
    texts: Texts,
    mapping: MappingId,
    workshop: WorkshopId,
    reflection: &Reflection,
    back: &'static str,
    op: String,
) -> AnyView {
    let name = if reflection.name.is_empty() {
        texts.compiled_box_nameless()
    } else {
        &reflection.name
    };
    let by = match reflection.municipality {
        Some(municipality) => texts.compiled_reflection_by(name, municipality.name()),
        None => name.to_owned(),
    };
    let action = address(
        mapping,
        workshop,
        &format!("/reflektioner/{}", reflection.card),
    );
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
                <Hidden name="op" value=op />
                <Hidden name="till" value=back />
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
