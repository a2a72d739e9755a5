//! The whole map: goals as a tree, areas side by side with their capabilities and weaknesses.

use std::sync::Arc;

use domain::{
    ids::{AreaId, CapabilityId, MappingId, OpId, WeaknessId},
    map::{Capability, Contents, MapState, Status, Version, Weakness},
};
use leptos::prelude::*;

use super::{names, second_look::advice_card, tree::branch, weakness_kind_text};
use crate::{
    components::{Empty, Hidden, kind_text},
    texts::Texts,
};

/// What the map page shows.
#[derive(Clone, Debug)]
pub struct Board {
    /// Whose map.
    pub mapping: MappingId,
    /// The map.
    pub state: Arc<MapState>,
    /// Whether the visitor may change it.
    pub may_edit: bool,
    /// Whether the visitor may ratify it.
    pub may_ratify: bool,
    /// The visitor's latest operation that can be undone, and what it was.
    pub undo: Option<(OpId, String)>,
    /// How many capabilities the catalogue has.
    pub catalogue: usize,
    /// Ids for the commands of this page, made when it is shown.
    pub op: OpId,
}

impl Board {
    pub(super) fn contents(&self) -> &Contents {
        &self.state.contents
    }

    pub(super) fn link(&self, path: &str) -> String {
        format!("/k/{}{path}", self.mapping)
    }

    fn is_empty(&self) -> bool {
        let contents = self.contents();
        contents.areas.is_empty()
            && contents.capabilities.is_empty()
            && contents.weaknesses.is_empty()
    }
}

/// The map page.
pub fn view(texts: Texts, board: &Board) -> AnyView {
    let contents = board.contents();
    let counts = texts.map_counts(
        contents.areas.len(),
        contents.active_in_order().len(),
        contents.weaknesses.len(),
    );
    let version = board.state.versions.last().map(|version| {
        let words = if board.state.has_changed_since_ratified() {
            texts.map_version_changed(version.number, version.date)
        } else {
            texts.map_version_now(version.number, version.date)
        };
        view! { <p>{words}</p> }
    });
    let ratify = (board.may_ratify && !board.is_empty()).then(|| {
        view! { <a class="button primary" href=board.link("/faststall")>{texts.map_ratify()}</a> }
    });
    let content = if board.is_empty() {
        beginning(texts, board)
    } else {
        areas(texts, board)
    };
    view! {
        <div class="wide stack">
            <div class="page-head">
                <h1>{texts.map_title()}</h1>
                <p class="lead">{texts.map_lead()}</p>
                <p class="muted">{counts}</p>
                {version}
                <div class="actions">{ratify}{tools(texts, board)}</div>
            </div>
            {advice_card(texts, board)}
            {goals(texts, board)}
            {content}
            {retired(texts, board)}
            {versions(texts, board)}
        </div>
    }
    .into_any()
}

/// What can be done with the map as a whole.
fn tools(texts: Texts, board: &Board) -> AnyView {
    let import = board.may_edit.then(
        || view! { <a class="button quiet" href=board.link("/import")>{texts.map_import()}</a> },
    );
    let export = (!board.is_empty()).then(|| {
        view! { <a class="button quiet" href=board.link("/karta.csv") download="">{texts.map_export()}</a> }
    });
    let undo = board.undo.clone().map(|(op, what)| {
        view! {
            <form method="post" action=board.link("/angra") class="inline-form">
                <Hidden name="op" value=op.to_string() />
                <button class="button quiet" type="submit" title=what>{texts.map_undo_latest()}</button>
            </form>
        }
    });
    view! {
        {import}
        {export}
        <a class="button quiet" href=board.link("/historik")>{texts.map_history()}</a>
        {undo}
    }
    .into_any()
}

fn goals(texts: Texts, board: &Board) -> AnyView {
    let add = board.may_edit.then(|| {
        view! { <a class="button quiet" href=board.link("/mal/ny")>{texts.map_add_goal()}</a> }
    });
    let tree = if board.contents().goals.is_empty() {
        view! { <p class="muted">{texts.map_goals_empty()}</p> }.into_any()
    } else {
        view! { <div class="goal-tree">{branch(texts, board.contents(), None, board.may_edit.then_some(board.mapping))}</div> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="mal">
            <div class="row spread"><h2 id="mal">{texts.map_goals()}</h2>{add}</div>
            {tree}
        </section>
    }
    .into_any()
}

/// Three ways to begin.
fn beginning(texts: Texts, board: &Board) -> AnyView {
    if !board.may_edit {
        return view! { <Empty text=texts.map_empty_reader() /> }.into_any();
    }
    view! {
        <section aria-labelledby="borja">
            <h2 id="borja">{texts.map_empty_title()}</h2>
            <p>{texts.map_empty_text()}</p>
            <div class="grid beginnings">
                <div class="card">
                    <h3>{texts.map_start_catalogue_title()}</h3>
                    <p>{texts.map_start_catalogue_text(board.catalogue)}</p>
                    <form method="post" action=board.link("/karta/katalog") class="inline-form">
                        <Hidden name="op" value=board.op.to_string() />
                        <button class="button primary" type="submit">{texts.map_start_catalogue()}</button>
                    </form>
                </div>
                <div class="card">
                    <h3>{texts.map_start_empty_title()}</h3>
                    <p>{texts.map_start_empty_text()}</p>
                    <a class="button" href=board.link("/omraden/ny")>{texts.map_start_empty()}</a>
                </div>
                <div class="card">
                    <h3>{texts.map_start_import_title()}</h3>
                    <p>{texts.map_start_import_text()}</p>
                    <a class="button" href=board.link("/import")>{texts.map_start_import()}</a>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn areas(texts: Texts, board: &Board) -> AnyView {
    let contents = board.contents();
    let columns: Vec<_> = (contents.areas_in_order().into_iter())
        .map(|(id, area)| area_column(texts, board, id, &area.name))
        .collect();
    let ungrouped = contents.capabilities_in(None);
    let ungrouped = (!ungrouped.is_empty()).then(|| {
        view! {
            <div class="area ungrouped">
                <h3><span>{texts.map_ungrouped()}</span>" "<span class="count">{ungrouped.len()}</span></h3>
                <p class="hint">{texts.map_ungrouped_hint()}</p>
                <ul class="cards" role="list">{cards(texts, board, &ungrouped)}</ul>
            </div>
        }
    });
    let loose: Vec<_> = (contents.weaknesses.iter())
        .filter(|(_, weakness)| {
            (weakness
                .capability
                .and_then(|id| contents.capabilities.get(&id)))
            .is_none_or(|capability| !capability.is_active())
        })
        .map(|(id, weakness)| weakness_card(texts, board, *id, weakness))
        .collect();
    let loose = (!loose.is_empty()).then(|| {
        view! {
            <div class="area">
                <h3><span>{texts.map_loose_weaknesses()}</span>" "<span class="count">{loose.len()}</span></h3>
                <ul class="cards" role="list">{loose}</ul>
            </div>
        }
    });
    let add = board.may_edit.then(|| {
        view! {
            <div class="actions">
                <a class="button quiet" href=board.link("/omraden/ny")>{texts.map_add_area()}</a>
                <a class="button quiet" href=board.link("/formagor/ny")>{texts.map_add_capability()}</a>
                <a class="button quiet" href=board.link("/oformagor/ny")>{texts.map_add_weakness()}</a>
            </div>
        }
    });
    view! {
        <section aria-labelledby="omraden">
            <div class="row spread"><h2 id="omraden">{texts.map_areas()}</h2>{add}</div>
            <div class="areas">{columns}{ungrouped}{loose}</div>
        </section>
    }
    .into_any()
}

fn area_column(texts: Texts, board: &Board, id: AreaId, name: &str) -> AnyView {
    let inside = board.contents().capabilities_in(Some(id));
    let empty =
        (inside.is_empty()).then(|| view! { <p class="muted">{texts.map_area_empty()}</p> });
    let links = board.may_edit.then(|| {
        view! {
            <p class="area-links">
                <a href=board.link(&format!("/formagor/ny?omrade={id}")) aria-label=texts.map_add_capability_in(name)>{texts.map_add_capability()}</a>
                <a href=board.link(&format!("/omraden/{id}")) aria-label=texts.map_edit_area_of(name)>{texts.map_edit_area()}</a>
            </p>
        }
    });
    view! {
        <div class="area" id=format!("omrade-{id}")>
            <h3><span>{name.to_owned()}</span>" "<span class="count">{inside.len()}</span></h3>
            {empty}
            <ul class="cards" role="list">{cards(texts, board, &inside)}</ul>
            {links}
        </div>
    }
    .into_any()
}

/// Capabilities, each followed by the weaknesses that hold it back.
fn cards(texts: Texts, board: &Board, list: &[(CapabilityId, &Capability)]) -> Vec<AnyView> {
    let mut cards = Vec::new();
    for (id, capability) in list {
        let formulation = (!capability.draft.formulation.is_empty())
            .then(|| view! { <p>{capability.draft.formulation.to_string()}</p> });
        cards.push(
            view! {
                <li class="capability-card">
                    <h4><a href=board.link(&format!("/formagor/{id}"))>{capability.draft.name.to_string()}</a></h4>
                    {formulation}
                    <p><span class="tag">{kind_text(texts, capability.draft.kind)}</span></p>
                </li>
            }
            .into_any(),
        );
        for (weakness_id, weakness) in &board.contents().weaknesses {
            if weakness.capability == Some(*id) {
                cards.push(weakness_card(texts, board, *weakness_id, weakness));
            }
        }
    }
    cards
}

fn weakness_card(texts: Texts, board: &Board, id: WeaknessId, weakness: &Weakness) -> AnyView {
    let name = weakness.name.to_string();
    let name = if board.may_edit {
        view! { <a href=board.link(&format!("/oformagor/{id}"))>{name}</a> }.into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    };
    let about = (weakness
        .capability
        .and_then(|id| board.contents().capabilities.get(&id)))
    .map(|capability| format!(" · {}", capability.draft.name));
    view! {
        <li class="weakness-card">
            <p class="eyebrow">{texts.map_weakness_mark()}{about}</p>
            <h4>{name}</h4>
            <p><span class="tag">{weakness_kind_text(texts, weakness.kind)}</span></p>
        </li>
    }
    .into_any()
}

fn retired(texts: Texts, board: &Board) -> AnyView {
    let contents = board.contents();
    let rows: Vec<_> = (contents.capabilities.iter())
        .filter_map(|(id, capability)| match &capability.status {
            Status::Active => None,
            Status::Retired { into } => Some((id, capability, into)),
        })
        .map(|(id, capability, into)| {
            let fate = if into.is_empty() {
                texts.map_retired_struck().to_owned()
            } else {
                texts.map_retired_became(names(contents, into.iter().copied()))
            };
            let name = capability.draft.name.to_string();
            view! {
                <li><a href=board.link(&format!("/formagor/{id}"))>{name}</a><span class="muted">" – "{fate}</span></li>
            }
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <details class="more">
            <summary>{texts.map_retired(rows.len())}</summary>
            <ul>{rows}</ul>
        </details>
    }
    .into_any()
}

fn versions(texts: Texts, board: &Board) -> AnyView {
    let list = if board.state.versions.is_empty() {
        view! { <p class="muted">{texts.map_versions_none()}</p> }.into_any()
    } else {
        version_links(texts, board.mapping, &board.state.versions)
    };
    view! {
        <section class="card" aria-labelledby="versioner">
            <h2 id="versioner">{texts.map_versions()}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// Links to versions, the latest first.
pub(super) fn version_links(
    texts: Texts,
    mapping: MappingId,
    versions: &[Arc<Version>],
) -> AnyView {
    let rows: Vec<_> = (versions.iter().rev())
        .map(|version| {
            let href = format!("/k/{mapping}/versioner/{}", version.number);
            let by = texts.map_version_by(version.date, &version.decided_by);
            view! {
                <li><a href=href>{texts.map_version_link(version.number)}</a><span class="muted">" – "{by}</span></li>
            }
        })
        .collect();
    view! { <ul>{rows}</ul> }.into_any()
}
