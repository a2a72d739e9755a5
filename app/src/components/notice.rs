//! What has just happened, small marks, and pages with nothing on them yet.

#![expect(
    missing_docs,
    reason = "leptos makes undocumented fields of the arguments of a component"
)]

use leptos::prelude::*;

use crate::texts::Texts;

/// What has just happened, said once at the top of the page; may offer to undo it.
#[component]
pub fn Notice(
    #[prop(into)] message: String,
    /// Where an undo is posted, the operation, and the button's words.
    #[prop(optional_no_strip)]
    undo: Option<(String, String, String)>,
) -> impl IntoView {
    let undo = undo.map(|(action, op, words)| {
        view! {
            <form method="post" action=action class="inline-form">
                <input type="hidden" name="op" value=op />
                <button class="button quiet" type="submit">{words}</button>
            </form>
        }
    });
    view! { <div class="notice" role="status"><p>{message}</p>{undo}</div> }
}

/// A small mark beside a heading: `tone` is `example`, `done`, `warn` or `plain`.
#[component]
pub fn Badge(
    #[prop(default = "plain")] tone: &'static str,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! { <span class=format!("badge {tone}")>{text}</span> }
}

/// A page or list with nothing on it yet: says what to do next.
#[component]
pub fn Empty(
    #[prop(into)] text: String,
    /// Where to go, and the button's words.
    #[prop(optional_no_strip)]
    action: Option<(String, String)>,
) -> impl IntoView {
    let action =
        action.map(|(href, words)| view! { <a class="button primary" href=href>{words}</a> });
    view! { <div class="empty"><p>{text}</p>{action}</div> }
}

/// Says, where letters are sent or asked for, that no mail server is set and letters land in files.
pub fn outbox_notice(texts: Texts) -> AnyView {
    view! { <div class="condition"><p>{texts.letter_outbox()}</p></div> }.into_any()
}
