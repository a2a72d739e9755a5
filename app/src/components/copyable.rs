//! A link to hand out.

use leptos::prelude::*;

use crate::texts::Texts;

/// A link that can be selected and copied by hand; the button appears with its script. `label` says what the link is,
/// and `whose` who it belongs to.
pub fn copyable(
    texts: Texts,
    id: impl std::fmt::Display,
    link: &str,
    label: String,
    whose: &str,
) -> AnyView {
    let id = format!("lank-{id}");
    view! {
        <div class="copyable">
            <input type="text" readonly id=id.clone() value=link.to_owned() aria-label=label />
            <button class="button quiet" type="button" hidden data-copy=id data-copied=texts.participant_copied()>
                {texts.participant_copy()}
                <span class="visually-hidden">": "{whose.to_owned()}</span>
            </button>
        </div>
    }
    .into_any()
}
