//! What is kept about someone who signs in, and removing the account.

use leptos::prelude::*;

use crate::{
    components::{ErrorSummary, Errors},
    texts::Texts,
};

/// A heading with what is kept under it: single things by name, or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// Words and what they stand for.
    pub facts: Vec<(&'static str, String)>,
    /// Lines, each about one thing.
    pub lines: Vec<String>,
}

/// One's own data.
pub fn page(texts: Texts, sections: &[Section]) -> AnyView {
    view! {
        <div class="page-head">
            <h1>{texts.record_own_title()}</h1>
            <p class="lead">{texts.record_own_lead()}</p>
        </div>
        {show(texts, sections)}
        <div class="actions">
            <a class="button primary" href="/konto/uppgifter.json" download="">{texts.record_own_json()}</a>
            <a class="button quiet" href="/konto/ta-bort">{texts.record_own_remove()}</a>
        </div>
    }
    .into_any()
}

/// Sections, one card each.
pub(super) fn show(texts: Texts, sections: &[Section]) -> AnyView {
    (sections.iter())
        .map(|section| {
            let facts: Vec<_> = (section.facts.iter())
                .map(|(words, value)| view! { <div><dt>{*words}</dt><dd>{value.clone()}</dd></div> })
                .collect();
            let facts =
                (!facts.is_empty()).then(|| view! { <dl class="definition">{facts}</dl> });
            let lines: Vec<_> = (section.lines.iter())
                .map(|line| view! { <li>{line.clone()}</li> })
                .collect();
            let lines = (!lines.is_empty()).then(|| view! { <ul class="plain">{lines}</ul> });
            let nothing = (facts.is_none() && lines.is_none())
                .then(|| view! { <p class="muted">{texts.record_own_nothing()}</p> });
            view! { <section class="card"><h2>{section.title}</h2>{facts}{lines}{nothing}</section> }
        })
        .collect_view()
        .into_any()
}

/// For a session that somebody else may have begun.
pub fn bound(texts: Texts) -> AnyView {
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.record_own_bound_title()}</h1>
                <p class="lead">{texts.record_own_bound()}</p>
            </div>
            <p><a class="button primary" href="/logga-in">{texts.frame_sign_in()}</a></p>
        </div>
    }
    .into_any()
}

/// What removing the account means, and the button; or why it cannot be removed yet: the mappings, with their addresses,
/// that would be left without a samordnare.
pub fn remove(texts: Texts, only: &[(String, String)], errors: &Errors) -> AnyView {
    let body = if only.is_empty() {
        let unsure = (errors.of("saker"))
            .map(|error| view! { <p class="field-error" id="saker-fel">{error}</p> });
        let describedby = unsure.is_some().then_some("saker-fel");
        view! {
            <p>{texts.record_remove_gone()}</p>
            <p>{texts.record_remove_stays()}</p>
            <form method="post" action="/konto/ta-bort" novalidate>
                <div class="field">
                    {unsure}
                    <div class="choice">
                        <input type="checkbox" id="saker" name="saker" value="ja" aria-describedby=describedby />
                        <label for="saker">{texts.record_remove_sure()}</label>
                    </div>
                </div>
                <div class="actions">
                    <button class="button danger" type="submit">{texts.record_remove_button()}</button>
                    <a class="button quiet" href="/konto/uppgifter">{texts.form_cancel()}</a>
                </div>
            </form>
        }
        .into_any()
    } else {
        let list: Vec<_> = (only.iter())
            .map(|(name, address)| view! { <li><a href=address.clone()>{name.clone()}</a></li> })
            .collect();
        view! {
            <section class="card">
                <p>{texts.record_remove_last()}</p>
                <p>{texts.record_remove_last_in()}</p>
                <ul>{list}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.record_remove_title()}</h1>
                <p class="lead">{texts.record_remove_lead()}</p>
            </div>
            <ErrorSummary texts errors=errors.clone() />
            {body}
        </div>
    }
    .into_any()
}

/// The account is gone.
pub fn removed(texts: Texts) -> AnyView {
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.record_removed_title()}</h1>
                <p class="lead">{texts.record_removed_text()}</p>
            </div>
            <p><a class="button primary" href="/">{texts.record_removed_home()}</a></p>
        </div>
    }
    .into_any()
}
