//! A ratified version: numbered, locked, and what became of the one before it.

use std::sync::Arc;

use domain::{
    ids::MappingId,
    map::{Capability, Contents, Descent, Version, descent_between},
};
use leptos::prelude::*;

use super::{anchors, board, crumbs, names, tree::branch, weakness_kind_text};
use crate::{
    components::{Empty, kind_text},
    texts::Texts,
};

/// A version as a page, written so that it prints well.
pub fn view(
    texts: Texts,
    mapping: MappingId,
    version: &Version,
    previous: Option<&Version>,
) -> AnyView {
    let title = texts.version_title(version.number);
    let contents = &version.contents;
    let goals = (!contents.goals.is_empty()).then(|| {
        view! {
            <section aria-labelledby="mal">
                <h2 id="mal">{texts.version_goals()}</h2>
                <div class="goal-tree">{branch(texts, contents, None, None)}</div>
            </section>
        }
    });
    let changed = previous.map(|old| {
        let heading = texts.version_changes(old.number, version.number);
        let href = format!("/k/{mapping}/versioner/{}", old.number);
        let table = changes(texts, old, contents, version.number);
        view! {
            <section class="card">
                <h2 id="andrat">{heading}</h2>
                {table}
                <p><a href=href>{texts.version_previous(old.number)}</a></p>
            </section>
        }
    });
    view! {
        <article class="stack version">
            {crumbs(texts, mapping, &title)}
            <div class="page-head">
                <h1>{title.clone()}</h1>
                <p class="lead">{texts.version_lead(version.date, &version.decided_by)}</p>
                <p class="muted">{texts.map_counts(contents.areas.len(), contents.active_in_order().len(), contents.weaknesses.len())}</p>
            </div>
            {goals}
            <section aria-labelledby="omraden">
                <h2 id="omraden">{texts.map_areas()}</h2>
                {outline(texts, contents)}
            </section>
            {weaknesses(texts, contents)}
            {changed}
        </article>
    }
    .into_any()
}

/// Every version, the latest first.
pub fn list(texts: Texts, mapping: MappingId, versions: &[Arc<Version>]) -> AnyView {
    let content = if versions.is_empty() {
        view! { <Empty text=texts.map_versions_none() /> }.into_any()
    } else {
        board::version_links(texts, mapping, versions)
    };
    view! {
        <div class="narrow stack">
            {crumbs(texts, mapping, texts.version_list_title())}
            <div class="page-head">
                <h1>{texts.version_list_title()}</h1>
                <p class="lead">{texts.version_list_lead()}</p>
            </div>
            {content}
        </div>
    }
    .into_any()
}

/// Areas with what stands in them, all words in full.
pub(super) fn outline(texts: Texts, contents: &Contents) -> AnyView {
    let areas: Vec<_> = (contents.areas_in_order().into_iter())
        .map(|(id, area)| {
            let inside: Vec<_> = (contents.capabilities_in(Some(id)).into_iter())
                .map(|(_, capability)| {
                    let draft = &capability.draft;
                    let formulation = if draft.formulation.is_empty() {
                        texts.version_no_formulation().to_owned()
                    } else {
                        draft.formulation.to_string()
                    };
                    let description = (!draft.description.is_empty())
                        .then(|| view! { <p class="muted">{draft.description.to_string()}</p> });
                    let own_words = anchors::list(texts, &draft.anchors).map(|list| {
                        view! { <p class="muted">{texts.capability_anchors()}</p> {list} }
                    });
                    view! {
                        <li class="capability-card">
                            <p class="name">{draft.name.to_string()}</p>
                            <p>{formulation}</p>
                            {description}
                            {own_words}
                            <p><span class="tag">{kind_text(texts, draft.kind)}</span></p>
                        </li>
                    }
                })
                .collect();
            view! {
                <div class="area">
                    <h3><span>{area.name.to_string()}</span>" "<span class="count">{inside.len()}</span></h3>
                    <ul class="cards" role="list">{inside}</ul>
                </div>
            }
        })
        .collect();
    view! { <div class="areas">{areas}</div> }.into_any()
}

fn weaknesses(texts: Texts, contents: &Contents) -> AnyView {
    let rows: Vec<_> = (contents.weaknesses.values())
        .map(|weakness| {
            let about = (weakness
                .capability
                .and_then(|id| contents.capabilities.get(&id)))
            .map(|capability| format!(" · {}", capability.draft.name));
            view! {
                <li class="weakness-card">
                    <p class="name">{weakness.name.to_string()}</p>
                    <p>{weakness_kind_text(texts, weakness.kind)}{about}</p>
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section aria-labelledby="oformagor">
            <h2 id="oformagor">{texts.version_weaknesses()}</h2>
            <ul class="cards weaknesses" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// From each capability of an older version to what it is in `now`, the version `number`: only what is not the same.
pub(super) fn changes(texts: Texts, old: &Version, now: &Contents, number: u32) -> AnyView {
    let mut rows: Vec<AnyView> = Vec::new();
    let mut row = |was: String, became: String| {
        rows.push(view! { <tr><th scope="row">{was}</th><td>{became}</td></tr> }.into_any());
    };
    for (id, was) in old.contents.active_in_order() {
        let became = match descent_between(&old.contents, now, id) {
            None | Some(Descent::Same) => continue,
            Some(Descent::Reworded) => match now.capabilities.get(&id) {
                Some(found) if found.draft.name != was.draft.name => {
                    texts.version_reworded_to(&found.draft.name)
                }
                _ => texts.version_reworded().to_owned(),
            },
            Some(Descent::Became(into)) => texts.version_merged_or_split(names(now, into)),
            Some(Descent::Struck) => texts.version_struck().to_owned(),
        };
        row(was.draft.name.to_string(), became);
    }
    for (id, found) in now.active_in_order() {
        let known = (old.contents.capabilities.get(&id)).is_some_and(Capability::is_active);
        if !known {
            row(
                found.draft.name.to_string(),
                texts.version_added().to_owned(),
            );
        }
    }
    if rows.is_empty() {
        return view! { <p>{texts.version_changes_none(old.number)}</p> }.into_any();
    }
    let caption = texts.version_changes(old.number, number);
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
            <table class="data">
                <thead><tr><th scope="col">{texts.version_capability()}</th><th scope="col">{texts.version_became()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
