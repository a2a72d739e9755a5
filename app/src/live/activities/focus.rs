//! The capability that everyone looks at, and the way through the others.

use domain::ids::CapabilityId;
use leptos::prelude::*;

use crate::live::{Class, Scene, frame::form::button};

/// A walk through capabilities in some order.
pub(super) struct Walk {
    /// The order.
    ids: Vec<CapabilityId>,
    /// Where the focus is in it.
    at: Option<usize>,
}

impl Walk {
    pub(super) fn new(scene: &Scene, ids: Vec<CapabilityId>) -> Self {
        let at = (scene.stage.focus).and_then(|focus| ids.iter().position(|id| *id == focus));
        Self { ids, at }
    }

    /// The capability in focus, when it is part of the walk.
    pub(super) fn focus(&self) -> Option<CapabilityId> {
        self.at.map(|at| self.ids[at])
    }

    /// The one before.
    pub(super) fn previous(&self) -> Option<CapabilityId> {
        self.ids.get(self.at?.checked_sub(1)?).copied()
    }

    /// The one after; the first when nothing is in focus.
    pub(super) fn next(&self) -> Option<CapabilityId> {
        self.ids.get(self.at.map_or(0, |at| at + 1)).copied()
    }

    /// The next one for which this holds, from the focus on and around.
    pub(super) fn next_where(&self, holds: impl Fn(CapabilityId) -> bool) -> Option<CapabilityId> {
        let begin = self.at.map_or(0, |at| at + 1);
        let (before, after) = self.ids.split_at(begin);
        let focus = self.focus();
        (after.iter().chain(before))
            .copied()
            .find(|id| Some(*id) != focus && holds(*id))
    }

    /// "4 av 32", when something is in focus.
    pub(super) fn place(&self, scene: &Scene) -> Option<String> {
        (self.at).map(|at| scene.texts.walk_of(at + 1, self.ids.len()))
    }
}

/// A button that points everyone at a capability.
pub(super) fn look_at(
    scene: &Scene,
    id: CapabilityId,
    class: &'static str,
    words: impl IntoView + 'static,
    about: &str,
) -> AnyView {
    let fields = [("formaga", id.to_string())];
    button(scene, Class::Leader, "fokus", &fields, class, words, about)
}

/// Back, forward, and where we are; going on is the main thing when `main`.
pub(super) fn steps(scene: &Scene, walk: &Walk, main: bool) -> AnyView {
    let texts = scene.texts;
    let back = (walk.previous()).map(|id| look_at(scene, id, "button", texts.walk_previous(), ""));
    let words = match walk.at {
        None => texts.walk_begin(),
        Some(_) => texts.walk_next(),
    };
    let class = if main { "button primary" } else { "button" };
    let on = (walk.next()).map(|id| look_at(scene, id, class, words, ""));
    let place = (walk.place(scene)).map(|place| view! { <p class="muted number">{place}</p> });
    view! { <div class="walk-steps">{back}{on}{place}</div> }.into_any()
}

/// A row in a list of capabilities that puts the one it names in focus.
pub(super) fn row_class(scene: &Scene, id: CapabilityId) -> &'static str {
    if scene.stage.focus == Some(id) {
        "walk-row current"
    } else {
        "walk-row"
    }
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, WorkCommand};

    use super::*;
    use crate::live::sample::{capability, lead, scene};

    fn walk(focus: Option<usize>) -> Walk {
        let mut scene = scene(Activity::Ratifying);
        lead(&mut scene, WorkCommand::Focus(focus.map(capability)));
        Walk::new(&scene, (0..4).map(capability).collect())
    }

    #[test]
    fn a_walk_begins_with_the_first_and_ends_with_the_last() {
        let start = walk(None);
        assert_eq!(
            (start.previous(), start.next()),
            (None, Some(capability(0)))
        );
        let end = walk(Some(3));
        assert_eq!((end.previous(), end.next()), (Some(capability(2)), None));
    }

    #[test]
    fn what_is_left_is_found_forwards_and_then_from_the_beginning() {
        let left = |id| [capability(0), capability(2)].contains(&id);
        assert_eq!(walk(Some(1)).next_where(left), Some(capability(2)));
        assert_eq!(walk(Some(2)).next_where(left), Some(capability(0)));
        assert_eq!(walk(None).next_where(left), Some(capability(0)));
        assert_eq!(walk(Some(2)).next_where(|id| id == capability(2)), None);
    }

    #[test]
    fn a_focus_that_is_not_in_the_walk_is_none() {
        assert_eq!(walk(Some(6)).focus(), None);
    }
}
