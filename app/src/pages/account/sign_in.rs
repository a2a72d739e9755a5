//! Ways in: a link by mail, and a password for when no mail arrives.

use leptos::prelude::*;

use crate::{
    components::{ErrorSummary, Errors, SubmitRow, TextField, outbox_notice},
    texts::Texts,
};

/// Where one asks for a link to sign in; with the notice when letters land in files.
pub fn ask(texts: Texts, email: &str, errors: &Errors, outbox: bool) -> AnyView {
    let notice = outbox.then(|| outbox_notice(texts));
    let title = texts.account_how_title();
    view! {
        <div class="narrow">
            <ErrorSummary texts=texts errors=errors.clone() />
            <div class="page-head">
                <h1>{title}</h1>
                <p class="lead">{texts.account_how_lead()}</p>
            </div>
            {notice}
            <form method="post" action="/logga-in" class="card stack" novalidate>
                <TextField name="epost" label=texts.account_email() value=email error=errors.of("epost") kind="email" max=200 required=true autocomplete="email" />
                <SubmitRow label=texts.account_send_link() />
            </form>
            <h2>{texts.account_how_survey()}</h2>
            <p>{texts.account_how_survey_text()}</p>
            <h2>{texts.account_how_no_mail()}</h2>
            <p>{texts.account_how_no_mail_text()}</p>
            <p><a href="/logga-in/losenord">{texts.account_password_title()}</a></p>
            <h2>{texts.account_how_coordinator()}</h2>
            <p>{texts.account_how_coordinator_text()}" "<code>"server link"</code>"."</p>
        </div>
    }
    .into_any()
}

/// What to do when one has asked, the same for everyone.
pub fn sent(texts: Texts, outbox: bool) -> AnyView {
    let notice = outbox.then(|| outbox_notice(texts));
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.account_sent_title()}</h1>
                <p class="lead">{texts.account_sent_lead()}</p>
            </div>
            {notice}
            <h2>{texts.account_sent_none()}</h2>
            <ul>
                <li>{texts.account_sent_spam()}</li>
                <li>{texts.account_sent_address()}</li>
                <li>{texts.account_sent_ask()}</li>
            </ul>
            <p><a href="/logga-in">{texts.account_sent_again()}</a></p>
        </div>
    }
    .into_any()
}

/// Signing in with a password.
pub fn with_password(texts: Texts, email: &str, errors: &Errors) -> AnyView {
    view! {
        <div class="narrow">
            <ErrorSummary texts=texts errors=errors.clone() kept=Some(texts.account_password_retype()) />
            <div class="page-head">
                <h1>{texts.account_password_title()}</h1>
                <p class="lead">{texts.account_password_lead()}</p>
            </div>
            <form method="post" action="/logga-in/losenord" class="card stack" novalidate>
                <TextField name="epost" label=texts.account_email() value=email error=errors.of("epost") kind="email" max=200 required=true autocomplete="username" />
                <TextField name="losenord" label=texts.account_password() kind="password" max=200 required=true autocomplete="current-password" />
                <SubmitRow label=texts.frame_sign_in() />
            </form>
            <p><a href="/logga-in">{texts.account_password_other_way()}</a></p>
        </div>
    }
    .into_any()
}
