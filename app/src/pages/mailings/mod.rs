//! The mailings of a round: invitation, reminders, and what became of each letter.

pub mod letter;
mod reminders;
mod sent;

use domain::{
    letter::OwnWords,
    survey::{Round, RoundStatus},
};
use leptos::prelude::*;

pub use reminders::ReminderForm;
pub(in crate::pages) use sent::tone as letter_tone;
pub use sent::{SentLetter, status_text};

use self::letter::{Composition, preview};
use crate::{
    components::{ErrorSummary, Errors, Hidden, TextArea, outbox_notice},
    texts::Texts,
};

/// Whom letters can reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// People asked.
    pub asked: usize,
    /// Those of them who have submitted.
    pub answered: usize,
    /// Those with an address who have not answered and have not been invited.
    pub to_invite: usize,
    /// Those who have been invited by mail.
    pub invited: usize,
    /// Those without an address who have not answered.
    pub without_address: usize,
    /// Those with an address who have not answered: whom a reminder sent now would go to.
    pub to_remind: usize,
}

/// What has been typed for the invitation.
#[derive(Clone, Debug)]
pub struct InvitationForm {
    /// A mark of this form, made when it was shown.
    pub op: String,
    /// The sender's own words.
    pub words: String,
    /// The letter with these words.
    pub preview: Composition,
    /// Whether the preview was asked for, so that it stands open.
    pub open: bool,
    /// What is wrong.
    pub errors: Errors,
}

/// The mailings of a round.
#[derive(Clone, Debug)]
pub struct MailingsPage {
    /// The round.
    pub round: Round,
    /// Whether letters are laid in a folder since there is no mail server.
    pub outbox: bool,
    /// Whom letters can reach.
    pub reach: Reach,
    /// The invitation.
    pub invitation: InvitationForm,
    /// The first day that a reminder can be planned for, such as 2026-11-23.
    pub first_day: String,
    /// The reminders by number.
    pub reminders: Vec<ReminderForm>,
    /// A further reminder; none while there is nothing to remind of, or when there are as many as there can be.
    pub another: Option<ReminderForm>,
    /// The thanks that everyone with an address gets.
    pub thanks: Composition,
    /// Letters so far, the latest change first.
    pub letters: Vec<SentLetter>,
}

impl MailingsPage {
    fn base(&self) -> String {
        let round = &self.round;
        format!("/k/{}/omgangar/{}", round.mapping, round.id)
    }

    fn is_open(&self) -> bool {
        self.round.status == RoundStatus::Open
    }
}

/// The mailings of a round.
pub fn page(texts: Texts, data: &MailingsPage) -> AnyView {
    let base = data.base();
    let mut errors = data.invitation.errors.clone();
    for form in data.reminders.iter().chain(&data.another) {
        errors.extend(&form.errors);
    }
    let lead = if data.is_open() {
        texts.mailing_lead()
    } else {
        texts.mailing_lead_closed()
    };
    let forms = data.is_open().then(|| {
        view! {
            {invitation(texts, data)}
            {reminders::section(texts, data)}
            {thanks(texts, data)}
        }
    });
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base.clone()>{texts.participant_back()}</a></p>
            <h1>{texts.mailing_title(data.round.name.as_str())}</h1>
            <p class="lead">{lead}</p>
        </div>
        <ErrorSummary texts errors=errors />
        {data.outbox.then(|| outbox_notice(texts))}
        {reach(texts, data)}
        {forms}
        {sent::section(texts, &base, &data.letters, data.outbox)}
    }
    .into_any()
}

fn reach(texts: Texts, data: &MailingsPage) -> AnyView {
    let reach = data.reach;
    let base = data.base();
    let without = (reach.without_address > 0 && data.is_open()).then(|| {
        view! {
            <p class="hint">
                {texts.mailing_without_address_text()}
                " "
                <a href=format!("{base}/lankar")>{texts.participant_print()}</a>
            </p>
        }
    });
    let row = |label: &'static str, count: usize| {
        view! { <div><dt>{label}</dt><dd class="number">{count}</dd></div> }
    };
    view! {
        <section class="card" aria-labelledby="vilka">
            <h2 id="vilka">{texts.mailing_reach()}</h2>
            <dl class="counts">
                {row(texts.mailing_asked(), reach.asked)}
                {row(texts.mailing_to_invite(), reach.to_invite)}
                {row(texts.mailing_invited(), reach.invited)}
                {row(texts.mailing_without_address(), reach.without_address)}
                {row(texts.mailing_answered(), reach.answered)}
            </dl>
            {without}
        </section>
    }
    .into_any()
}

fn invitation(texts: Texts, data: &MailingsPage) -> AnyView {
    let form = &data.invitation;
    let action = format!("{}/utskick/inbjudan", data.base());
    let content = if data.reach.to_invite == 0 {
        let (words, action) = if data.reach.asked == 0 {
            let add = (
                format!("{}/deltagare", data.base()),
                texts.round_add_participants().to_owned(),
            );
            (texts.mailing_nobody_asked(), Some(add))
        } else {
            (texts.mailing_nobody_to_invite(), None)
        };
        let action =
            action.map(|(href, words)| view! { <p><a class="button" href=href>{words}</a></p> });
        view! { <p>{words}</p>{action} }.into_any()
    } else {
        let send = match data.reach.to_invite {
            1 => texts.mailing_invite_one().to_owned(),
            count => texts.mailing_invite(count),
        };
        view! {
            <form method="post" action=action novalidate class="stack">
                <Hidden name="op" value=form.op.clone() />
                <TextArea
                    name="ord"
                    label=texts.mailing_words()
                    hint=texts.mailing_words_hint()
                    value=form.words.clone()
                    error=form.errors.of("ord")
                    max=OwnWords::MAX
                    rows=5
                />
                <div class="actions">
                    <button class="button primary" type="submit">{send}</button>
                    <button class="button" type="submit" name="gor" value="visa">{texts.mailing_show()}</button>
                </div>
            </form>
            {letter_details(texts, "inbjudan-brev", texts.mailing_preview_invitation(), &form.preview, form.open)}
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="inbjudan">
            <h2 id="inbjudan">{texts.mailing_invitation()}</h2>
            <p class="hint">{texts.mailing_invitation_hint()}</p>
            {content}
        </section>
    }
    .into_any()
}

fn thanks(texts: Texts, data: &MailingsPage) -> AnyView {
    view! {
        <section class="card" aria-labelledby="tack">
            <h2 id="tack">{texts.mailing_thanks()}</h2>
            <p>{texts.mailing_thanks_text()}</p>
            {letter_details(texts, "tack-brev", texts.mailing_preview_thanks(), &data.thanks, false)}
        </section>
    }
    .into_any()
}

/// A letter behind a line that unfolds it.
fn letter_details(
    texts: Texts,
    id: &str,
    summary: &'static str,
    letter: &Composition,
    open: bool,
) -> AnyView {
    view! {
        <details class="more" id=id.to_owned() open=open>
            <summary>{summary}</summary>
            {preview(texts, letter)}
        </details>
    }
    .into_any()
}
