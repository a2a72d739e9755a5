//! What is around an activity in the three views: who, when, where in the agenda, and how to come in.

pub(super) mod agenda;
pub(super) mod clock;
pub(super) mod form;
pub(super) mod head;
pub(super) mod join;
pub(super) mod lead;
pub(super) mod notes;
pub(super) mod outcome;
pub(super) mod people;
pub(super) mod reflections;
pub(super) mod room;

use domain::workshop::Item;

use super::Scene;

/// Where in its course a workshop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment<'a> {
    /// Not opened yet.
    Before,
    /// At a point.
    Point(&'a Item),
    /// In a pause that something follows.
    Pause(&'a Item),
    /// Over.
    After,
}

impl<'a> Moment<'a> {
    /// Where this workshop is.
    pub(super) fn of(scene: &'a Scene) -> Self {
        match scene.item() {
            _ if scene.stage.ended_at.is_some() => Self::After,
            None => Self::Before,
            Some(item) if clock::is_pause(scene, item) => Self::Pause(item),
            Some(item) => Self::Point(item),
        }
    }

    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Point(_) => "point",
            Self::Pause(_) => "pause",
            Self::After => "after",
        }
    }
}
