//! A vote: opened and closed by those who lead, blind while it is open.

use domain::workshop::{Ballot, Item, Voter};
use leptos::prelude::*;

use crate::live::{Class, Scene, frame::form::button, part::Part};

/// Where a point's vote stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It has not been opened.
    Before,
    /// Votes are taken in this round.
    Open(u8),
    /// It is closed after this many rounds.
    Closed(u8),
}

/// Where the vote at a point stands.
pub(super) fn standing(scene: &Scene, item: &Item) -> Standing {
    match scene.stage.ballots.get(&item.id) {
        None => Standing::Before,
        Some(Ballot {
            attempt,
            open: true,
        }) => Standing::Open(*attempt),
        Some(Ballot { attempt, .. }) => Standing::Closed(*attempt),
    }
}

impl Standing {
    /// The latest round whose votes may be shown: never that of an open vote.
    pub(super) fn shown(self) -> Option<u8> {
        match self {
            Self::Before => None,
            Self::Open(attempt) => attempt.checked_sub(1).filter(|before| *before > 0),
            Self::Closed(attempt) => Some(attempt),
        }
    }

    /// The round that votes are or were counted in.
    fn attempt(self) -> Option<u8> {
        match self {
            Self::Before => None,
            Self::Open(attempt) | Self::Closed(attempt) => Some(attempt),
        }
    }
}

/// How many have voted with a screen of their own, and how many votes were entered for someone in the room.
fn turnout(scene: &Scene, item: &Item, attempt: u8) -> (usize, usize) {
    let voters = scene.state.work.voters(scene.id, item.id, attempt);
    let people = (voters.iter())
        .filter(|voter| matches!(voter, Voter::Person(_)))
        .count();
    (people, voters.len() - people)
}

/// "17 av 27 har röstat": nothing else is told while the vote is open.
pub(super) fn counted(scene: &Scene, item: &Item, standing: Standing) -> Option<String> {
    let texts = scene.texts;
    let (people, room) = turnout(scene, item, standing.attempt()?);
    let all = scene.present().count().max(people);
    let mut said = texts.walk_voted(people, all);
    if room > 0 {
        said.push_str(". ");
        said.push_str(&texts.walk_voted_in_room(room));
    }
    Some(said)
}

/// What everyone sees of the vote itself, large on the wall.
pub(super) fn status(scene: &Scene, item: &Item, standing: Standing, wall: bool) -> Part {
    let texts = scene.texts;
    let words = match standing {
        Standing::Before => texts.walk_vote_before(),
        Standing::Open(2) => texts.walk_vote_open_again(),
        Standing::Open(_) => texts.walk_vote_open(),
        Standing::Closed(2) => texts.walk_vote_closed_again(),
        Standing::Closed(_) => texts.walk_vote_closed(),
    };
    let open = matches!(standing, Standing::Open(_));
    let blind = open.then(|| view! { <p class="muted">{texts.walk_vote_blind()}</p> });
    let count = (counted(scene, item, standing))
        .map(|count| view! { <p class="number walk-count">{count}</p> });
    let class = match (wall, open) {
        (true, true) => "walk-vote wall open",
        (true, false) => "walk-vote wall",
        (false, true) => "walk-vote card open",
        (false, false) => "walk-vote card",
    };
    Part::leaf(
        "rost-lage",
        view! { <section id="rost-lage" class=class><h2>{words}</h2>{count}{blind}</section> },
    )
}

/// Opening, closing, and once more where `again` says that there may be a second round.
pub(super) fn controls(scene: &Scene, item: &Item, standing: Standing, again: bool) -> Part {
    let texts = scene.texts;
    let step = |what: &'static str, class, words: &'static str| {
        let fields = [("punkt", item.id.to_string()), ("vad", what.to_owned())];
        button(
            scene,
            Class::Leader,
            "omrostning",
            &fields,
            class,
            words,
            "",
        )
    };
    let actions = match standing {
        Standing::Before => step("oppna", "button primary", texts.walk_vote_do_open()),
        Standing::Open(_) => step("stang", "button primary", texts.walk_vote_do_close()),
        Standing::Closed(1) if again => step("andra", "button", texts.walk_vote_do_again()),
        Standing::Closed(_) => ().into_any(),
    };
    Part::leaf(
        "rost-styr",
        view! { <div id="rost-styr" class="actions">{actions}</div> },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_round_is_never_shown_but_the_one_before_it_is() {
        assert_eq!(Standing::Before.shown(), None);
        assert_eq!(Standing::Open(1).shown(), None);
        assert_eq!(Standing::Open(2).shown(), Some(1));
        assert_eq!(Standing::Closed(2).shown(), Some(2));
    }
}
