//! Reminders of a round: when each goes out, to how many, and with which words.

use domain::letter::{OwnWords, ReminderStatus};
use leptos::prelude::*;

use super::{MailingsPage, letter::Composition, letter_details};
use crate::{
    components::{Badge, Errors, Hidden, TextArea, date_time},
    texts::Texts,
};

/// A reminder and what has been typed for it. Its fields are `dag-<number>` and `ord-<number>`.
#[derive(Clone, Debug)]
pub struct ReminderForm {
    /// 1, 2, …
    pub number: u8,
    /// A mark of this form, made when it was shown.
    pub op: String,
    /// Whether it goes out; none for one that is not planned yet.
    pub status: Option<ReminderStatus>,
    /// When it goes or went out, in milliseconds since 1970 UTC.
    pub due_at: i64,
    /// The day as it stands in the field, such as 2026-11-25.
    pub day: String,
    /// The sender's own words.
    pub words: String,
    /// The letter with these words.
    pub preview: Composition,
    /// Whether the form stands open: for its preview, or for what is wrong.
    pub open: bool,
    /// What is wrong.
    pub errors: Errors,
}

pub(super) fn section(texts: Texts, data: &MailingsPage) -> AnyView {
    let rows: Vec<_> = (data.reminders.iter())
        .map(|form| reminder(texts, data, form))
        .collect();
    let none = (data.reminders.is_empty()).then(|| view! { <p>{texts.mailing_no_reminders()}</p> });
    let another = data.another.as_ref().map(|form| {
        let summary = if data.reminders.is_empty() {
            texts.mailing_another_first()
        } else {
            texts.mailing_another()
        };
        view! {
            <details class="more" open=form.open>
                <summary>{summary}</summary>
                {fields(texts, data, form)}
            </details>
        }
    });
    view! {
        <section class="card" aria-labelledby="paminnelser">
            <h2 id="paminnelser">{texts.mailing_reminders()}</h2>
            <p class="hint">{texts.mailing_reminders_hint()}</p>
            {none}
            <ul class="reminders">{rows}</ul>
            {another}
        </section>
    }
    .into_any()
}

fn reminder(texts: Texts, data: &MailingsPage, form: &ReminderForm) -> AnyView {
    let number = form.number;
    let address = format!("{}/utskick/paminnelser/{number}", data.base());
    let count = data.reach.to_remind;
    let (badge, when) = match form.status {
        Some(ReminderStatus::Sent) => (
            view! { <Badge tone="done" text=texts.mailing_reminder_sent() /> }.into_any(),
            texts.mailing_sent_at(date_time(form.due_at)),
        ),
        Some(ReminderStatus::Stopped) => (
            view! { <Badge tone="warn" text=texts.mailing_reminder_stopped() /> }.into_any(),
            texts.mailing_was_planned(date_time(form.due_at)),
        ),
        Some(ReminderStatus::Planned) | None => (
            view! { <Badge text=texts.mailing_reminder_planned() /> }.into_any(),
            texts.mailing_goes(date_time(form.due_at), count),
        ),
    };
    let planned = (form.status == Some(ReminderStatus::Planned)).then(|| {
        let now = (count > 0).then(|| {
            view! {
                <details class="confirm">
                    <summary>{texts.mailing_send_now()}<span class="visually-hidden">" "{texts.mailing_reminder(number)}</span></summary>
                    <p>{texts.mailing_send_now_text()}</p>
                    <form method="post" action=format!("{address}/skicka")>
                        <Hidden name="op" value=form.op.clone() />
                        <button class="button primary" type="submit">{texts.mailing_send_now_confirm(count)}</button>
                    </form>
                </details>
            }
        });
        view! {
            <div class="actions">
                <form method="post" action=format!("{address}/stoppa") class="inline-form">
                    <Hidden name="op" value=form.op.clone() />
                    <button class="button" type="submit">
                        {texts.mailing_stop()}
                        <span class="visually-hidden">" "{texts.mailing_reminder(number)}</span>
                    </button>
                </form>
                {now}
            </div>
        }
    });
    let change = (form.status != Some(ReminderStatus::Sent)).then(|| {
        let summary = match form.status {
            Some(ReminderStatus::Stopped) => texts.mailing_plan_again(),
            _ => texts.mailing_change(),
        };
        view! {
            <details class="more" open=form.open>
                <summary>{summary}<span class="visually-hidden">" "{texts.mailing_reminder(number)}</span></summary>
                {fields(texts, data, form)}
            </details>
        }
    });
    let preview = letter_details(
        texts,
        &format!("paminnelse-{number}-brev"),
        texts.mailing_preview_reminder(),
        &form.preview,
        form.open && form.errors.is_empty(),
    );
    view! {
        <li id=format!("paminnelse-{number}")>
            <h3>{texts.mailing_reminder(number)}" "{badge}</h3>
            <p>{when}</p>
            {planned}
            {change}
            {preview}
        </li>
    }
    .into_any()
}

/// The day and the words of a reminder.
fn fields(texts: Texts, data: &MailingsPage, form: &ReminderForm) -> AnyView {
    let number = form.number;
    let action = format!("{}/utskick/paminnelser/{number}", data.base());
    let (day, words) = (format!("dag-{number}"), format!("ord-{number}"));
    let (hint_id, error_id) = (format!("{day}-hint"), format!("{day}-fel"));
    let error = form.errors.of(&day);
    let described = match &error {
        Some(_) => format!("{hint_id} {error_id}"),
        None => hint_id.clone(),
    };
    let invalid = error.is_some().then_some("true");
    let error = error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> });
    view! {
        <form method="post" action=action novalidate class="stack">
            <Hidden name="op" value=form.op.clone() />
            <div class="field">
                <label for=day.clone()>{texts.mailing_day()}</label>
                <p class="hint" id=hint_id>{texts.mailing_day_hint()}</p>
                {error}
                <input
                    type="date"
                    id=day.clone()
                    name=day
                    value=form.day.clone()
                    min=data.first_day.clone()
                    aria-describedby=described
                    aria-invalid=invalid
                />
            </div>
            <TextArea
                name=words.clone()
                label=texts.mailing_words()
                value=form.words.clone()
                error=form.errors.of(&words)
                max=OwnWords::MAX
                rows=4
            />
            <div class="actions">
                <button class="button primary" type="submit">{texts.mailing_plan()}</button>
                <button class="button" type="submit" name="gor" value="visa">{texts.mailing_show()}</button>
            </div>
        </form>
    }
    .into_any()
}
