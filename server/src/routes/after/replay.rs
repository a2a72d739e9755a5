//! How the map grew, step by step over the log.

use app::{
    document::{Frame, Tab},
    pages::{
        after::replay::{self as pages, ReplayStep, STEPS},
        map::history::subject,
    },
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::{
    ids::MappingId,
    map::{Deed, Event, MapState, Operation},
    rights::Action,
};
use leptos::prelude::RenderHtml;

use crate::{
    error::Failure,
    page::render,
    state::App,
    visitor::{Visitor, deed_text},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/k/{mapping}/karta/uppspelning", get(show))
}

/// `?steg=` chooses a step, the last one when it does not say; `?del=1` gives only the map after it, for the script.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    let texts = room.texts;
    let wanted = room.visitor.query("steg").parse().unwrap_or(usize::MAX);
    let step = step(texts, &room.state, wanted);
    if room.visitor.query("del") == "1" {
        let step = step.ok_or(Failure::NotFound)?;
        // The marks between children that the framework leaves are of no use here.
        let html = pages::picture(texts, &step).to_html().replace("<!>", "");
        return Ok(([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response());
    }
    let frame = Frame {
        scripts: &["replay.js"],
        ..room.frame(texts.replay_title())
    };
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::view(frame.texts, id, step.as_ref())
    })
    .await)
}

/// A step by its number from 1, within those that there are; none when nothing has been put on the map.
fn step(texts: Texts, state: &MapState, wanted: usize) -> Option<ReplayStep> {
    let steps = state.growth(STEPS);
    let number = wanted.clamp(1, steps.len().max(1));
    let step = steps.get(number - 1)?;
    let begins = (number.checked_sub(2)).map_or(0, |before| steps[before].end);
    let operation = &state.operations[step.end - 1];
    Some(ReplayStep {
        number,
        all: steps.len(),
        at: operation.at,
        words: words(texts, state, operation),
        more: step.operations - 1,
        versions: (1_usize..)
            .zip(&steps)
            .filter_map(|(number, step)| Some((step.version?, number)))
            .collect(),
        counts: step.counts,
        contents: state.contents_after(step.end),
        before: state.contents_after(begins),
    })
}

/// What an operation did to the map. What happens in a workshop is told by what came on the map.
fn words(texts: Texts, state: &MapState, operation: &Operation) -> String {
    let deed = match operation.deed {
        Deed::CardWritten | Deed::CardPromoted | Deed::CardHidden => (operation.events.iter())
            .find_map(|event| match event {
                Event::Goal(_) => Some(Deed::GoalAdded),
                Event::Capability(change) => Some(match &change.after {
                    Some(after) if after.is_active() => Deed::CapabilityAdded,
                    _ => Deed::CapabilityRetired,
                }),
                Event::Weakness(change) if change.after.is_some() => Some(Deed::WeaknessAdded),
                Event::Weakness(_) => Some(Deed::WeaknessRemoved),
                _ => None,
            })
            .unwrap_or(operation.deed),
        deed => deed,
    };
    let about = match operation.deed {
        // Each new thing stands on the map.
        Deed::CardsRevealed => String::new(),
        _ => subject(texts, state, operation),
    };
    format!("{} {about}", deed_text(texts, deed))
        .trim_end()
        .to_owned()
}
