//! Live workshops: one room a workshop, which makes what each class of audience sees and sends what has changed.
//!
//! The log is the truth. A room waits for it to grow, makes a [`Scene`](app::live::Scene), renders the classes that
//! somebody listens to, and shows the outcome to everyone who listens as a [`Snapshot`](snapshot::Snapshot). Each
//! listener sends what its own browser lacks: a slow one misses nothing, for it goes on from where it is or gets the
//! whole tree, and no other waits for it.

mod guest;
mod hub;
mod limit;
mod message;
mod output;
mod poll;
mod room;
mod scene;
mod snapshot;
mod stream;
mod verbs;

pub(crate) use self::{
    guest::{COOKIE, Guest, represents},
    hub::Hub,
    limit::{Limits, Source},
    poll::poll,
    stream::stream,
    verbs::act,
};
