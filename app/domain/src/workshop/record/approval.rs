//! Who has written in the minutes, and when they were approved (justerade).

use time::Date;

use crate::{
    ids::WorkshopId,
    map::{Event, MapState, Operation},
    workshop::Minutes,
};

/// That somebody has approved the minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub by: String,
    /// The day, when it was said.
    pub on: Option<Date>,
    /// When something in them was last changed after that, in milliseconds since 1970 UTC.
    pub changed: Option<i64>,
}

/// Everything that has been done with a workshop's minutes, oldest first.
pub fn edits(state: &MapState, id: WorkshopId) -> impl Iterator<Item = &Operation> {
    (state.operations.iter())
        .map(AsRef::as_ref)
        .filter(move |operation| (operation.events.iter()).any(|event| of(event, id).is_some()))
}

/// The minutes before and after an event, when it changed these.
fn of(event: &Event, id: WorkshopId) -> Option<(Minutes, Minutes)> {
    match event {
        Event::Minutes(change) if change.id == id => Some((
            change.before.clone().unwrap_or_default(),
            change.after.clone().unwrap_or_default(),
        )),
        _ => None,
    }
}

/// The approval that stands now; none while nobody has approved them.
pub fn approval(state: &MapState, id: WorkshopId) -> Option<Approval> {
    let mut approval = None::<Approval>;
    for operation in edits(state, id) {
        for (before, after) in operation.events.iter().filter_map(|event| of(event, id)) {
            let said = |minutes: &Minutes| (minutes.approved_by.clone(), minutes.approved_on);
            if after.approved_by.is_empty() {
                approval = None;
            } else if said(&before) != said(&after) {
                approval = Some(Approval {
                    by: after.approved_by.to_string(),
                    on: after.approved_on,
                    changed: None,
                });
            } else if let Some(approval) = &mut approval {
                approval.changed = Some(operation.at);
            }
        }
    }
    approval
}
