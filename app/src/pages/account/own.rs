//! One's own account.

use leptos::prelude::*;

use crate::{
    components::{ErrorSummary, Errors, SubmitRow, TextField},
    texts::Texts,
};

/// What the account's page shows.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// Name.
    pub name: String,
    /// E-mail; may be empty.
    pub email: String,
    /// What there is to say of a password.
    pub password: PasswordPart,
    /// What is wrong with the password typed.
    pub errors: Errors,
}

/// Whether the account may have a password for when no mail arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordPart {
    /// It may not, and nothing is said of it.
    None,
    /// It may when it has an e-mail address, which one signs in with.
    NoAddress,
    /// It may.
    May {
        /// Whether it has one.
        has: bool,
    },
}

/// One's own account: who one is, where one is signed in, and the password.
pub fn own(texts: Texts, own: &OwnAccount) -> AnyView {
    let email = if own.email.is_empty() {
        texts.account_no_email().to_owned()
    } else {
        own.email.clone()
    };
    view! {
        <div class="narrow">
            <ErrorSummary texts=texts errors=own.errors.clone() kept=Some(texts.account_password_retype()) />
            <div class="page-head">
                <h1>{texts.account_own_title()}</h1>
                <p class="lead">{own.name.clone()}", "{email}</p>
            </div>
            <ul>
                <li><a href="/sessioner">{texts.account_sessions_title()}</a></li>
                <li><a href="/konto/uppgifter">{texts.record_own_link()}</a></li>
            </ul>
            {password(texts, own)}
        </div>
    }
    .into_any()
}

fn password(texts: Texts, own: &OwnAccount) -> AnyView {
    let has = match own.password {
        PasswordPart::None => return ().into_any(),
        PasswordPart::NoAddress => {
            return view! {
                <h2>{texts.account_password_own()}</h2>
                <p>{texts.account_password_no_address()}</p>
            }
            .into_any();
        }
        PasswordPart::May { has } => has,
    };
    let (state, label) = if has {
        (
            texts.account_password_has(),
            texts.account_password_change(),
        )
    } else {
        (
            texts.account_password_has_not(),
            texts.account_password_set(),
        )
    };
    let present = has.then(|| {
        view! { <TextField name="nuvarande" label=texts.account_password_present() error=own.errors.of("nuvarande") kind="password" max=200 required=true autocomplete="current-password" /> }
    });
    // It needs the present password as well, so that it stands in the same form.
    let remove = has.then(|| {
        view! {
            <p>
                <button class="button quiet" type="submit" formaction="/konto/losenord/ta-bort">
                    {texts.account_password_remove()}
                </button>
            </p>
        }
    });
    view! {
        <section class="stack" aria-labelledby="losenord-rubrik">
            <h2 id="losenord-rubrik">{texts.account_password_own()}</h2>
            <p>{texts.account_password_why()}" "{state}</p>
            <form method="post" action="/konto/losenord" class="card stack" novalidate>
                <input type="hidden" name="username" value=own.email.clone() autocomplete="username" />
                {present}
                <TextField name="nytt" label=texts.account_password_new() hint=texts.account_password_hint() error=own.errors.of("nytt") kind="password" max=200 required=true autocomplete="new-password" />
                <TextField name="igen" label=texts.account_password_again() error=own.errors.of("igen") kind="password" max=200 required=true autocomplete="new-password" />
                <SubmitRow label=label />
                {remove}
            </form>
        </section>
    }
    .into_any()
}
