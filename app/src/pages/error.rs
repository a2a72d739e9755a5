//! The page for everything that went wrong.

use std::borrow::Cow;

use leptos::prelude::*;

use crate::texts::Texts;

/// What to say.
#[derive(Clone, Debug)]
pub struct ErrorPage {
    /// The status, such as 404.
    pub status: u16,
    /// The heading.
    pub title: &'static str,
    /// What happened, and what became of what was written.
    pub happened: Cow<'static, str>,
    /// What to do.
    pub todo: &'static str,
    /// Whether signing in helps.
    pub sign_in: bool,
}

/// The page.
pub fn view(texts: Texts, page: &ErrorPage) -> AnyView {
    let sign_in = page
        .sign_in
        .then(|| view! { <a class="button primary" href="/logga-in">{texts.frame_sign_in()}</a> });
    view! {
        <div class="narrow error-page">
            <div class="page-head">
                <h1>{page.title}</h1>
                <p class="lead">{page.happened.clone()}</p>
            </div>
            <p>{page.todo}</p>
            <p class="actions">{sign_in}<a class="button quiet" href="/">{texts.error_home()}</a></p>
            <p class="hint">{texts.error_eyebrow(page.status)}</p>
        </div>
    }
    .into_any()
}
