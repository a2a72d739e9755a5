//! The page behind a contact's own link: the question, and the answer.

use domain::participation::{Contact, Enquiry, Reply};
use leptos::prelude::*;

use super::enquiry::reply_text;
use crate::{
    components::{ErrorSummary, Errors, RadioGroup, SubmitRow, TextArea, TextField},
    texts::Texts,
};

/// Why no answer is taken any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// The last day is over.
    Over,
    /// The enquiry was closed.
    Closed,
}

/// The page behind a link.
#[derive(Clone, Debug)]
pub struct ReplyPage {
    /// The address of the page.
    pub address: String,
    /// The mapping's name and period.
    pub mapping: (String, String),
    /// What is asked.
    pub enquiry: Enquiry,
    /// Whose link it is, and what they have answered.
    pub contact: Contact,
    /// Why no answer is taken any more.
    pub shut: Option<Shut>,
    /// Whether an answer has just been refused for that.
    pub refused: bool,
    /// What has been typed: the code of the answer, the note and the name; none shows what is stored.
    pub typed: Option<(String, String, String)>,
    /// What is wrong.
    pub errors: Errors,
}

/// The page.
pub fn page(texts: Texts, data: &ReplyPage) -> AnyView {
    let (name, period) = &data.mapping;
    let content = match data.shut {
        Some(shut) => self::shut(texts, data, shut),
        None => form(texts, data),
    };
    view! {
        <div class="page-head question">
            <p class="eyebrow">{texts.enquiry_reply_eyebrow(name, period)}</p>
            <h1>{data.enquiry.question.to_string()}</h1>
            <p class="lines">{data.enquiry.explanation.to_string()}</p>
        </div>
        {content}
    }
    .into_any()
}

fn form(texts: Texts, data: &ReplyPage) -> AnyView {
    let contact = &data.contact;
    let whose = contact.municipality.name();
    let saved = contact.reply.map(|reply| {
        let said = reply_text(texts, reply);
        view! {
            <div class="notice" role="status">
                <div>
                    <p>{texts.enquiry_reply_saved(whose, said)}</p>
                    <p>{texts.enquiry_reply_saved_text(data.enquiry.deadline)}</p>
                </div>
            </div>
        }
    });
    let (reply, note, name) = data.typed.clone().unwrap_or_else(|| {
        let name = if contact.replied_by.is_empty() {
            &*contact.name
        } else {
            &*contact.replied_by
        };
        (
            contact.reply.map_or("", Reply::code).to_owned(),
            contact.note.to_string(),
            name.to_owned(),
        )
    });
    let words = |reply: Reply| match reply {
        Reply::Later => texts.enquiry_later(),
        reply => reply_text(texts, reply),
    };
    let choices = (Reply::ALL.iter())
        .map(|reply| (reply.code().to_owned(), words(*reply).to_owned()))
        .collect();
    let send = if contact.reply.is_some() {
        texts.enquiry_reply_change()
    } else {
        texts.enquiry_reply_send()
    };
    let errors = &data.errors;
    view! {
        <ErrorSummary texts errors=errors.clone() />
        {saved}
        <form method="post" action=data.address.clone() novalidate class="card reply-form">
            <h2>{texts.enquiry_reply_for(whose)}</h2>
            <p class="muted">{texts.enquiry_reply_until(data.enquiry.deadline)}</p>
            <RadioGroup name="svar" legend=texts.enquiry_reply_legend() choices=choices selected=reply error=errors.of("svar") />
            <TextArea name="kommentar" label=texts.enquiry_reply_note() value=note error=errors.of("kommentar") hint=texts.enquiry_reply_note_hint() max=200 rows=3 />
            <TextField name="namn" label=texts.enquiry_reply_name() value=name error=errors.of("namn") hint=texts.enquiry_reply_name_hint() max=80 required=true autocomplete="name" />
            <p class="muted">{texts.enquiry_reply_public()}</p>
            <SubmitRow label=send />
        </form>
    }
    .into_any()
}

fn shut(texts: Texts, data: &ReplyPage, shut: Shut) -> AnyView {
    let (title, text) = match shut {
        Shut::Over => (
            texts.enquiry_reply_over_title(),
            texts.enquiry_reply_over(data.enquiry.deadline),
        ),
        Shut::Closed => (
            texts.enquiry_reply_closed_title(),
            texts.enquiry_reply_closed().to_owned(),
        ),
    };
    let had = match data.contact.reply {
        Some(reply) => texts.enquiry_reply_had(reply_text(texts, reply)),
        None => texts.enquiry_reply_had_none(data.contact.municipality.name()),
    };
    let refused = (data.refused)
        .then(|| view! { <p role="alert"><strong>{texts.enquiry_reply_not_saved()}</strong></p> });
    view! {
        <section class="card" aria-labelledby="slut">
            <h2 id="slut">{title}</h2>
            {refused}
            <p>{text}</p>
            <p>{had}</p>
            <p>{texts.enquiry_reply_todo()}</p>
        </section>
    }
    .into_any()
}
