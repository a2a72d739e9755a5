//! Live workshops: their agenda, what happens in them now, and what is written, voted and decided there.
//!
//! Everything here is part of a mapping's log ([`crate::map::Event`]); the rules are in `map::decide`.

mod agenda;
mod attendee;
mod card;
mod command;
mod note;
pub mod record;
mod stage;
mod template;
mod vote;
mod work;

pub use agenda::{Activity, Item, ItemKind};
pub use attendee::Attendee;
pub use card::{Became, Card, CardKind, CardState, CardText, split_wording};
pub use command::{BallotStep, PromoteTo, TimerStep, WorkCommand};
pub use note::{Improvement, Minutes, Note, NoteKind, NoteText, Pdca};
pub use stage::{Ballot, Stage, Timer, Workshop};
pub use template::{Series, template};
pub use vote::{ReadyKey, ReviewKey, VoteKey, VoteOn, Voter};
pub use work::Work;
