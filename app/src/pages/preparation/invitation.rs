//! Inviting people to a workshop: who is invited already, the letter as it will look, and sending it.

use domain::{
    ids::{InviteeId, MappingId, WorkshopId},
    letter::MailStatus,
    municipality::Municipality,
    workshop::Workshop,
};
use leptos::prelude::*;

use crate::{
    components::{Badge, Empty, ErrorSummary, Errors, Hidden, TextArea, outbox_notice},
    pages::{
        mailings::{
            letter::{Composition, preview},
            letter_tone, status_text,
        },
        participants::names,
        workshops::{address, when},
    },
    texts::Texts,
};

/// An invitee, and whether they have been invited to this workshop.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Which.
    pub id: InviteeId,
    /// Name.
    pub name: String,
    /// E-mail; may be empty.
    pub email: String,
    /// For whom.
    pub municipalities: Vec<Municipality>,
    /// What has become of the latest letter to them, and when.
    pub letter: Option<(MailStatus, String)>,
    /// Whether they are chosen.
    pub chosen: bool,
}

/// Inviting people to a workshop.
#[derive(Clone, Debug)]
pub struct InvitationPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Which workshop.
    pub id: WorkshopId,
    /// Its plan.
    pub workshop: Workshop,
    /// Whether it has been ended, so that nobody is invited any more.
    pub ended: bool,
    /// Whether letters are laid in a folder since there is no mail server.
    pub outbox: bool,
    /// All invitees.
    pub recipients: Vec<Recipient>,
    /// A mark of this form, made when it was shown.
    pub op: String,
    /// The sender's own words.
    pub words: String,
    /// The letter with these words.
    pub letter: Composition,
    /// Whether the preview was asked for, so that it stands open.
    pub previewed: bool,
    /// What is wrong.
    pub errors: Errors,
}

/// The page.
pub fn page(texts: Texts, data: &InvitationPage) -> AnyView {
    let workshop = &data.workshop;
    let plan = address(data.mapping, data.id, "/planera");
    let place = (!workshop.place.is_empty())
        .then(|| view! { <span class="where">{workshop.place.to_string()}</span> });
    let body = if data.ended {
        view! { <Empty text=texts.preparation_invite_ended() /> }.into_any()
    } else if data.recipients.is_empty() {
        let invitees = format!("/k/{}/inbjudna", data.mapping);
        let action = Some((invitees, texts.preparation_invite_add().to_owned()));
        view! { <Empty text=texts.preparation_invite_nobody() action=action /> }.into_any()
    } else {
        form(texts, data)
    };
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=plan>{texts.preparation_invite_back()}</a></p>
            <h1>{texts.preparation_invite_title(workshop.title.as_str())}</h1>
            <p class="when lead"><span>{when(texts, workshop)}</span>{place}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        {body}
    }
    .into_any()
}

fn form(texts: Texts, data: &InvitationPage) -> AnyView {
    let invited = (data.recipients.iter())
        .filter(|recipient| recipient.letter.is_some())
        .count();
    let rows: Vec<_> = (data.recipients.iter())
        .enumerate()
        .map(|(index, recipient)| row(texts, index, recipient, data.outbox))
        .collect();
    let error = (data.errors.of("till"))
        .map(|error| view! { <p class="field-error" id="till-fel">{error}</p> });
    let described = error.is_some().then_some("till-fel");
    let outbox = data.outbox.then(|| outbox_notice(texts));
    let action = address(data.mapping, data.id, "/inbjudan");
    let again = (invited > 0).then(|| texts.preparation_invite_again());
    view! {
        {outbox}
        <form method="post" action=action.clone() novalidate>
            <Hidden name="op" value=data.op.clone() />
            <div class="grid two">
                <section class="card" aria-labelledby="vilka">
                    <fieldset class="field choices recipients" aria-describedby=described>
                        <legend id="vilka">{texts.preparation_invite_who()}</legend>
                        <p class="hint">{texts.preparation_invite_count(invited, data.recipients.len())}" "{again}</p>
                        {error}
                        {rows}
                    </fieldset>
                </section>
                <section class="card" aria-labelledby="brev">
                    <h2 id="brev">{texts.preparation_invite_letter()}</h2>
                    <TextArea name="ord" label=texts.mailing_words() value=data.words.clone() error=data.errors.of("ord") hint=texts.preparation_invite_words_hint() max=2000 rows=6 />
                    <div class="actions">
                        <button class="button" type="submit" name="gor" value="visa" formaction=format!("{action}#brevet")>{texts.mailing_show()}</button>
                        <button class="button primary" type="submit" name="gor" value="skicka">{texts.preparation_invite_send()}</button>
                    </div>
                    <details class="more" id="brevet" open=data.previewed>
                        <summary>{texts.preparation_invite_preview()}</summary>
                        {preview(texts, &data.letter)}
                        <p class="hint">{texts.preparation_invite_attached()}</p>
                    </details>
                </section>
            </div>
        </form>
    }
    .into_any()
}

fn row(texts: Texts, index: usize, recipient: &Recipient, outbox: bool) -> AnyView {
    // The first has the group's own name, so that the error summary finds it.
    let id = if index == 0 {
        "till".to_owned()
    } else {
        format!("till-{index}")
    };
    let state = match &recipient.letter {
        Some((status, at)) => {
            let tone = letter_tone(*status);
            view! { <Badge tone text=status_text(texts, *status, outbox) />" "<span class="muted number">{at.clone()}</span> }
                .into_any()
        }
        None if recipient.email.is_empty() => {
            view! { <span class="muted">{texts.preparation_invite_no_email()}</span> }.into_any()
        }
        None => {
            view! { <span class="muted">{texts.preparation_invite_not_yet()}</span> }.into_any()
        }
    };
    // Whoever has been invited is invited again only when someone says so.
    let name = if recipient.letter.is_some() {
        "igen"
    } else {
        "till"
    };
    view! {
        <div class="choice">
            <input type="checkbox" id=id.clone() name=name value=recipient.id.to_string() checked=recipient.chosen disabled=recipient.email.is_empty() />
            <label for=id>
                <strong>{recipient.name.clone()}</strong>", "{names(&recipient.municipalities)}<br />{state}
            </label>
        </div>
    }
    .into_any()
}
