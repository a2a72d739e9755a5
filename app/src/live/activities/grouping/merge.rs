//! Merging: two that the person chooses, or two that seem to be the same.

use domain::{
    ids::CapabilityId,
    likeness::{Likeness, Why, suggestions},
    text::swedish_order,
};
use leptos::prelude::*;

use super::Board;
use crate::live::part::Part;

/// The form that choices in the cards belong to.
pub(super) const FORM: &str = "slaihop";

/// So many suggestions are shown at a time, the most alike first.
const MOST: usize = 8;

/// What every form of this verb sends. Its field `till` is what stays, so that the view to come back to is `vy`.
fn hidden(board: &Board) -> AnyView {
    view! {
        <input type="hidden" name="gor" value="slaihop" />
        <input type="hidden" name="op" value="{op}" />
        <input type="hidden" name="vy" value=board.class.code() />
    }
    .into_any()
}

/// The form for the capability chosen in its card, and the one that it goes into. A style shows it when one is
/// chosen. Its options are parts, so that a new capability does not resend them all.
pub(super) fn bar(board: &Board) -> Part {
    let texts = board.scene.texts;
    let mut all = board.scene.state.contents.active_in_order();
    all.sort_by(|(a, x), (b, y)| {
        swedish_order(&x.draft.name, &y.draft.name).then_with(|| a.cmp(b))
    });
    let mut options = vec![Part::leaf(
        "till-ingen",
        view! { <option id="till-ingen" value="">{texts.board_choose()}</option> },
    )];
    options.extend(all.into_iter().map(|(id, capability)| {
        let place = format!("till-{id}");
        let name = capability.draft.name.to_string();
        Part::leaf(
            place.clone(),
            view! { <option id=place value=id.to_string()>{name}</option> },
        )
    }));
    let action = board.scene.address("/gor");
    Part::list(
        FORM,
        view! { <form id=FORM method="post" action=action class="merge-bar" data-live></form> },
        vec![
            Part::leaf(
                "slaihop-start",
                view! {
                    <div id="slaihop-start" class="merge-words">
                        {hidden(board)}
                        <label for="slaihop-till">{texts.board_merge_into()}</label>
                    </div>
                },
            ),
            Part::list(
                "slaihop-till",
                view! { <select id="slaihop-till" name="till" required></select> },
                options,
            ),
            Part::leaf(
                "slaihop-slut",
                view! {
                    <div id="slaihop-slut" class="row">
                        <button class="button primary" type="submit">{texts.board_merge()}</button>
                        <button class="button quiet" type="reset">{texts.board_merge_cancel()}</button>
                    </div>
                },
            ),
        ],
    )
}

/// Capabilities that may be the same, with the reasons in words and one button. Nothing when there are none.
pub(super) fn suggested(board: &Board) -> Option<Part> {
    let texts = board.scene.texts;
    let found = suggestions(&board.scene.state.contents);
    if found.is_empty() {
        return None;
    }
    let count = found.len();
    let rows = (found.iter().take(MOST))
        .map(|likeness| suggestion(board, likeness))
        .collect();
    Some(Part::list(
        "likheter",
        view! { <section id="likheter" class="likenesses" aria-labelledby="likheter-rubrik"></section> },
        vec![
            Part::leaf(
                "likheter-rubrik",
                view! { <h2 id="likheter-rubrik">{texts.board_alike()}" "<span class="count">{count}</span></h2> },
            ),
            Part::leaf(
                "likheter-text",
                view! { <p id="likheter-text" class="hint">{texts.board_alike_hint()}</p> },
            ),
            Part::list(
                "likheter-lista",
                view! { <ul id="likheter-lista" class="likeness-list"></ul> },
                rows,
            ),
        ],
    ))
}

/// The one that more have said stays; else the shorter name, else the one that was there first.
fn stays(board: &Board, likeness: &Likeness) -> (CapabilityId, CapabilityId) {
    let worth = |id: CapabilityId| {
        let grouped = (board.scene.state.contents.capabilities.get(&id))
            .is_some_and(|known| known.draft.area.is_some());
        (board.voices.said(id).len(), grouped)
    };
    if worth(likeness.b) > worth(likeness.a) {
        (likeness.b, likeness.a)
    } else {
        (likeness.a, likeness.b)
    }
}

fn suggestion(board: &Board, likeness: &Likeness) -> Part {
    let texts = board.scene.texts;
    let name = |id: CapabilityId| {
        (board.scene.state.contents.capabilities.get(&id))
            .map_or_else(String::new, |known| known.draft.name.to_string())
    };
    let (kept, gone) = stays(board, likeness);
    let reasons: Vec<_> = (likeness.why.iter())
        .map(|why| view! { <li>{reason(board, why, &name)}</li> })
        .collect();
    let place = format!("likhet-{}-{}", likeness.a, likeness.b);
    Part::leaf(
        place.clone(),
        view! {
            <li id=place class="likeness">
                <p class="likeness-pair">
                    <b>{name(kept)}</b>
                    " "
                    <span class="and">{texts.board_and()}</span>
                    " "
                    <b>{name(gone)}</b>
                </p>
                <ul class="likeness-why">{reasons}</ul>
                <form method="post" action=board.scene.address("/gor") class="inline-form" data-live>
                    {hidden(board)}
                    <input type="hidden" name="fran" value=gone.to_string() />
                    <input type="hidden" name="till" value=kept.to_string() />
                    <button class="button small" type="submit">{texts.board_merge_to(name(kept))}</button>
                </form>
            </li>
        },
    )
}

fn reason(board: &Board, why: &Why, name: &impl Fn(CapabilityId) -> String) -> String {
    let texts = board.scene.texts;
    match why {
        Why::SameName => texts.board_why_same_name().to_owned(),
        Why::SameWords => texts.board_why_same_words().to_owned(),
        Why::Compound => texts.board_why_compound().to_owned(),
        Why::Contained { short } => texts.board_why_contained(name(*short)),
        Why::SharedWords(words) => texts.board_why_shared(words.join(", ")),
        Why::Spelling(letters) => texts.board_why_spelling(letters),
        Why::Formulation => texts.board_why_formulation().to_owned(),
        Why::Goals(count) => texts.board_why_goals(count),
        Why::Weaknesses(count) => texts.board_why_weaknesses(count),
    }
}
