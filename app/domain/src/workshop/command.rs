//! What someone wants done in a workshop.

use serde::{Deserialize, Serialize};

use super::{
    agenda::Item,
    card::{CardKind, CardText},
    note::{Improvement, Minutes, Note},
    stage::Workshop,
    vote::{VoteOn, Voter},
};
use crate::{
    ids::{CapabilityId, CardId, ImprovementId, ItemId, NoteId},
    map::{Author, choices},
    municipality::Municipality,
};

choices! {
    /// What a facilitator makes of a card.
    PromoteTo {
        /// A capability without area.
        Capability = "förmåga",
        /// A weakness.
        Weakness = "oförmåga",
        /// A regional goal.
        Goal = "mål",
    }
}

/// What is done with the timer. Times are milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimerStep {
    /// Starts it anew.
    Start {
        /// How long, 1–480 minutes.
        minutes: u16,
        /// Now.
        at: i64,
    },
    /// Stops it for a while.
    Pause {
        /// Now.
        at: i64,
    },
    /// Goes on.
    Resume {
        /// Now.
        at: i64,
    },
    /// More time.
    Extend {
        /// How much, 1–480 minutes.
        minutes: u16,
    },
    /// Takes it away.
    Stop,
}

/// What is done with a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BallotStep {
    /// Takes votes.
    Open,
    /// Takes no more, and shows them.
    Close,
    /// Takes votes a second time.
    Again,
}

/// What someone wants done in a workshop. Whether they may is asked at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkCommand {
    /// Adds the workshop, or changes everything about it but the agenda.
    Plan(Box<Workshop>),
    /// Adds a point, last or before another, or edits it where it stands.
    SaveItem(Box<Item>, Option<ItemId>),
    /// Moves a point before another, or last.
    MoveItem(ItemId, Option<ItemId>),
    /// Takes out a point that has not been current.
    RemoveItem(ItemId),
    /// Leaves a point out, or not.
    SkipItem(ItemId, bool),
    /// Opens the workshop, or opens it again.
    Open {
        /// Now.
        at: i64,
    },
    /// Ends it.
    End {
        /// Now.
        at: i64,
    },
    /// Makes a point the current one, forwards or back.
    Enter {
        /// Which.
        item: ItemId,
        /// Now.
        at: i64,
    },
    /// The timer.
    Timer(TimerStep),
    /// Shows what has been written silently at a point, and puts it on the map.
    Reveal(ItemId),
    /// Points everyone at a capability.
    Focus(Option<CapabilityId>),
    /// Gives a municipality its turn.
    Turn(Option<Municipality>),
    /// Lets only facilitators move things on the board, or everyone.
    Lock(bool),
    /// Opens or closes a vote.
    Ballot(ItemId, BallotStep),
    /// Writes a card.
    Write {
        /// Its id.
        card: CardId,
        /// At which point.
        item: ItemId,
        /// What it is.
        kind: CardKind,
        /// The words.
        text: CardText,
        /// Who.
        by: Author,
        /// For which municipality.
        municipality: Option<Municipality>,
        /// About what.
        about: Option<CapabilityId>,
    },
    /// Changes the words of one's own card while it is private, or of a comment.
    EditCard {
        /// Which.
        card: CardId,
        /// The words.
        text: CardText,
        /// Who.
        by: Author,
    },
    /// Takes back one's own card while it has become nothing.
    WithdrawCard {
        /// Which.
        card: CardId,
        /// Who.
        by: Author,
    },
    /// Hides a shown card, or shows it again.
    HideCard(CardId, bool),
    /// Puts a card on the map.
    Promote(CardId, PromoteTo),
    /// Votes, changes the vote, or takes it back.
    Vote {
        /// At which point.
        item: ItemId,
        /// On what.
        on: VoteOn,
        /// Whose.
        voter: Voter,
        /// How much; none takes it back.
        value: Option<u8>,
    },
    /// Says "klar", or takes it back.
    Ready {
        /// At which point.
        item: ItemId,
        /// Who.
        by: Author,
        /// Klar, or not.
        ready: bool,
    },
    /// Approves a capability, or takes it back.
    Review(CapabilityId, bool),
    /// Writes a note or decision, or edits it.
    SaveNote(NoteId, Box<Note>),
    /// Takes out a note or decision.
    RemoveNote(NoteId),
    /// Records a proposed decision.
    Record(NoteId),
    /// Names an improvement area, or edits it.
    SaveImprovement(ImprovementId, Box<Improvement>),
    /// Takes out an improvement area.
    RemoveImprovement(ImprovementId),
    /// Edits the minutes.
    SaveMinutes(Box<Minutes>),
}
