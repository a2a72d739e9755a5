//! Goals: higher levels first, each under the one it names.

use uuid::Uuid;

use super::{Reader, coded};
use crate::{
    ids::GoalId,
    import::{Column, Fault, Remark, Row, RowKind},
    map::{Goal, GoalLevel},
    municipality::Municipality,
    text::{GoalTitle, fold},
};

impl<F: FnMut() -> Uuid> Reader<'_, F> {
    /// Goals, higher levels first, so that each comes after the one it stands under.
    pub(super) fn read_goals(&mut self, kinds: &[(&Row, Option<RowKind>)]) {
        let levels = coded(GoalLevel::ALL, GoalLevel::code);
        let mut rows = Vec::new();
        for (row, _) in kinds
            .iter()
            .filter(|(_, kind)| *kind == Some(RowKind::Goal))
        {
            if let Some(level) = self.choice(row, Column::Type, &levels, None) {
                rows.push((level, *row));
            }
        }
        rows.sort_by_key(|(level, _)| *level);
        for (level, row) in rows {
            self.goal(row, level);
        }
        for (id, goal) in &self.contents.goals {
            (self.goal_ids.entry(fold(&goal.title)).or_default()).push((*id, goal.level));
        }
    }

    fn goal(&mut self, row: &Row, level: GoalLevel) {
        let title: Option<GoalTitle> = self.text(row, Column::Name);
        let description = self.text(row, Column::Description);
        let parent = match row.get(Column::Belongs) {
            "" => Some(None),
            above => self.parent(row, above, level).map(Some),
        };
        let municipality = match row.get(Column::Municipality) {
            name if name.is_empty() || level != GoalLevel::Local => Some(None),
            name => {
                let found = Municipality::by_name(name);
                if found.is_none() {
                    let what = Fault::NotFound(name.to_owned());
                    self.fault(row, Column::Municipality, what);
                }
                found.map(Some)
            }
        };
        let (Some(title), Some(description), Some(parent), Some(municipality)) =
            (title, description, parent, municipality)
        else {
            return;
        };
        let known = (self.contents.goals.values()).any(|goal| fold(&goal.title) == fold(&title))
            || self.goal_ids.contains_key(&fold(&title));
        if known {
            self.remark(row, Column::Name, Remark::Duplicate(title.to_string()));
        }
        let id = GoalId::new((self.new_id)());
        (self.goal_ids.entry(fold(&title)).or_default()).push((id, level));
        let goal = Goal {
            level,
            parent,
            title,
            description,
            municipality,
        };
        self.goals.push((id, goal));
    }

    /// The goal of a higher level with this title.
    fn parent(&mut self, row: &Row, title: &str, level: GoalLevel) -> Option<GoalId> {
        let folded = fold(title);
        let on_map = (self.contents.goals.iter())
            .filter(|(_, goal)| fold(&goal.title) == folded)
            .map(|(id, goal)| (*id, goal.level));
        let in_file = self.goal_ids.get(&folded).into_iter().flatten().copied();
        let all: Vec<_> = in_file.chain(on_map).collect();
        let found = all.iter().find(|(_, above)| *above < level);
        if found.is_none() {
            // A goal of the same level further down the file is no better.
            let what = if all.is_empty() {
                Fault::NotFound(title.to_owned())
            } else {
                Fault::WrongParent(title.to_owned())
            };
            self.fault(row, Column::Belongs, what);
        }
        found.map(|(id, _)| *id)
    }
}
