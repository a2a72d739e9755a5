//! A whole mapping as a file, out and in.

use domain::ids::MappingId;
use leptos::prelude::*;

use crate::{
    components::{ErrorSummary, Errors, SubmitRow},
    texts::Texts,
};

/// What can be done with a mapping's records.
pub fn out(texts: Texts, mapping: MappingId) -> AnyView {
    view! {
        <div class="page-head">
            <h1>{texts.record_title()}</h1>
            <p class="lead">{texts.record_lead()}</p>
        </div>
        <section class="card" aria-labelledby="uttag">
            <h2 id="uttag">{texts.record_out_title()}</h2>
            <p>{texts.record_out_text()}</p>
            <p>{texts.record_out_personal()}</p>
            <p>{texts.record_out_again()}</p>
            <p><a class="button primary" href=format!("/k/{mapping}/uttag.zip") download="">{texts.record_out_button()}</a></p>
        </section>
        <section class="card" aria-labelledby="gallring">
            <h2 id="gallring">{texts.record_disposal_title()}</h2>
            <p>{texts.record_disposal_text()}</p>
            <p><a class="button quiet" href=format!("/k/{mapping}/gallring")>{texts.record_disposal_link()}</a></p>
        </section>
    }
    .into_any()
}

/// The form that a mapping is read in with; `megabytes` is the largest file that is taken.
pub fn read_in(texts: Texts, megabytes: usize, errors: &Errors) -> AnyView {
    let error =
        (errors.of("fil")).map(|error| view! { <p class="field-error" id="fil-fel">{error}</p> });
    let describedby = if error.is_some() {
        "fil-hint fil-fel"
    } else {
        "fil-hint"
    };
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.record_in_title()}</h1>
                <p class="lead">{texts.record_in_lead()}</p>
            </div>
            <ErrorSummary texts errors=errors.clone() />
            <p>{texts.record_in_text()}</p>
            <form method="post" action="/importera" enctype="multipart/form-data">
                <div class="field">
                    <label for="fil">{texts.record_in_file()}</label>
                    <p class="hint" id="fil-hint">{texts.record_in_hint(megabytes)}</p>
                    {error}
                    <input type="file" id="fil" name="fil" accept=".zip,application/zip" aria-describedby=describedby />
                </div>
                <SubmitRow label=texts.record_in_button() cancel=("/".to_owned(), texts.form_cancel().to_owned()) />
            </form>
        </div>
    }
    .into_any()
}
