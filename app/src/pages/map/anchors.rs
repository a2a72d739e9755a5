//! A capability's own words for the levels: writing them and reading them.

use domain::{
    advice::anchor_advice,
    level::Level,
    map::Anchors,
    text::{Anchor, Text},
};
use leptos::prelude::*;

use crate::{
    components::{Errors, TextField},
    islands::advice::advice_text,
    pages::survey::{level_meaning, level_name},
    texts::Texts,
};

/// The name of a level's field.
pub fn field(level: Level) -> String {
    format!("niva-{}", level.get())
}

/// The five fields, folded until one of them has words or an error.
pub(super) fn fields(texts: Texts, typed: &[String; 5], errors: &Errors) -> AnyView {
    let open = typed.iter().any(|words| !words.is_empty())
        || (Level::ALL.into_iter()).any(|level| errors.of(&field(level)).is_some());
    let rows: Vec<_> = (Level::ALL.into_iter().zip(typed))
        .map(|(level, words)| {
            let name = field(level);
            let error = errors.of(&name);
            let label = texts.capability_anchor(level.get(), level_name(texts, level));
            let hint = texts.capability_anchor_hint(level_meaning(texts, level));
            view! { <TextField name label value=words.clone() error hint max=Anchor::MAX /> }
        })
        .collect();
    let anchors = Anchors(
        typed
            .clone()
            .map(|words| Text::parse(&words).unwrap_or_default()),
    );
    let advice = anchor_advice(&anchors)
        .map(|advice| view! { <div class="advice"><ul><li>{advice_text(texts, &advice)}</li></ul></div> });
    view! {
        <details class="more own-words" id="egna-ord" open=open>
            <summary>{texts.capability_anchors()}</summary>
            <p class="hint">{texts.capability_anchors_text()}</p>
            {advice}
            {rows}
        </details>
    }
    .into_any()
}

/// The own words level by level; nothing when there are none.
pub(in crate::pages) fn list(texts: Texts, anchors: &Anchors) -> Option<AnyView> {
    let rows: Vec<_> = (Level::ALL.into_iter())
        .filter_map(|level| {
            let words = anchors.get(level)?.to_string();
            let label = format!("{} {}: ", level.get(), level_name(texts, level));
            Some(view! { <li><strong>{label}</strong>{words}</li> })
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <ul class="own-words">{rows}</ul> }.into_any())
}
