//! The capability map: its contents, its versions and the log that everything on it comes from.

mod command;
mod content;
mod decide;
mod event;
mod growth;
mod lineage;
mod state;

pub use command::{Command, Refusal};
pub(crate) use content::choices;
pub use content::{
    Anchors, Area, Capability, CapabilityDraft, CapabilityKind, Contents, Goal, GoalLevel, Layer,
    Status, Weakness, WeaknessKind,
};
pub use decide::decide;
pub use event::{
    Agreed, AgreedKey, AgreedLevel, Author, Change, Deed, Effect, EffectKey, Event, Recorded,
};
pub use growth::{Counts, GrowthStep};
pub use lineage::{Descent, descent, descent_between};
pub use state::{MapState, Operation, Version};
