//! From rows to the command that adds them.

mod goals;

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Column, Fault, Finding, Reading, Remark, Row, RowKind};
use crate::{
    ids::{AreaId, CapabilityId, GoalId, WeaknessId},
    map::{
        Anchors, Area, CapabilityDraft, CapabilityKind, Command, Contents, Goal, GoalLevel, Layer,
        Weakness, WeaknessKind,
    },
    text::{AreaName, Text, TextError, fold},
};

/// What has been read so far.
struct Reader<'a, F> {
    contents: &'a Contents,
    new_id: F,
    faults: Vec<Finding<Fault>>,
    remarks: Vec<Finding<Remark>>,
    areas: Vec<(AreaId, Area)>,
    area_ids: BTreeMap<String, AreaId>,
    goals: Vec<(GoalId, Goal)>,
    /// By folded title: the file's before the map's.
    goal_ids: BTreeMap<String, Vec<(GoalId, GoalLevel)>>,
    capabilities: Vec<(CapabilityId, CapabilityDraft)>,
    capability_ids: BTreeMap<String, CapabilityId>,
    weaknesses: Vec<(WeaknessId, Weakness)>,
}

/// Reads every row of `reading`, and adds to it what is found and, when nothing is wrong, the command.
pub(super) fn read_rows(reading: &mut Reading, contents: &Contents, new_id: impl FnMut() -> Uuid) {
    let mut reader = Reader {
        contents,
        new_id,
        faults: Vec::new(),
        remarks: Vec::new(),
        areas: Vec::new(),
        area_ids: BTreeMap::new(),
        goals: Vec::new(),
        goal_ids: BTreeMap::new(),
        capabilities: Vec::new(),
        capability_ids: BTreeMap::new(),
        weaknesses: Vec::new(),
    };
    for (id, area) in &contents.areas {
        reader.area_ids.insert(fold(&area.name), *id);
    }
    let kinds: Vec<_> = (reading.rows.iter())
        .map(|row| (row, reader.kind(row)))
        .collect();
    // What others point at is read first; each keeps the order of the file.
    for (row, kind) in &kinds {
        match kind {
            Some(RowKind::Area) => reader.area(row),
            Some(RowKind::Capability) => {
                // The areas come in the order of the file; a name that cannot be one is told of with the rest of the row.
                if let Ok(name) = AreaName::parse(row.get(Column::Area)) {
                    reader.area_named(&name);
                }
            }
            _ => {}
        }
    }
    reader.read_goals(&kinds);
    for (row, _) in kinds
        .iter()
        .filter(|(_, kind)| *kind == Some(RowKind::Capability))
    {
        reader.capability(row);
    }
    for (row, _) in kinds
        .iter()
        .filter(|(_, kind)| *kind == Some(RowKind::Weakness))
    {
        reader.weakness(row);
    }
    reader.faults.sort_by_key(|fault| (fault.row, fault.column));
    reader
        .remarks
        .sort_by_key(|remark| (remark.row, remark.column));
    reading.faults.append(&mut reader.faults);
    reading.remarks.append(&mut reader.remarks);
    if reading.faults.is_empty() {
        reading.command = Some(Command::Import {
            areas: reader.areas,
            capabilities: reader.capabilities,
            goals: reader.goals,
            weaknesses: reader.weaknesses,
        });
    }
}

impl<F: FnMut() -> Uuid> Reader<'_, F> {
    fn fault(&mut self, row: &Row, column: Column, what: Fault) {
        self.faults.push(Finding {
            row: row.number,
            column: Some(column),
            what,
        });
    }

    fn remark(&mut self, row: &Row, column: Column, what: Remark) {
        self.remarks.push(Finding {
            row: row.number,
            column: Some(column),
            what,
        });
    }

    fn text<const MIN: usize, const MAX: usize>(
        &mut self,
        row: &Row,
        column: Column,
    ) -> Option<Text<MIN, MAX>> {
        let what = match Text::parse(row.get(column)) {
            Ok(text) => return Some(text),
            Err(TextError::Empty) => Fault::Empty,
            Err(TextError::TooLong { length, max }) => Fault::TooLong { length, max },
            Err(TextError::Control) => Fault::Control,
        };
        self.fault(row, column, what);
        None
    }

    /// One of the choices, or the one for an empty cell; what must not be empty has none.
    fn choice<T: Copy>(
        &mut self,
        row: &Row,
        column: Column,
        choices: &[(T, &'static str)],
        empty: Option<T>,
    ) -> Option<T> {
        let found = row.get(column);
        if found.is_empty() {
            if empty.is_none() {
                self.fault(row, column, Fault::Empty);
            }
            return empty;
        }
        let chosen = chosen(found, choices);
        if chosen.is_none() {
            self.no_choice(row, column, found, choices);
        }
        chosen
    }

    fn no_choice<T>(
        &mut self,
        row: &Row,
        column: Column,
        found: &str,
        choices: &[(T, &'static str)],
    ) {
        let what = Fault::NoChoice {
            found: found.to_owned(),
            choices: choices.iter().map(|(_, code)| *code).collect(),
        };
        self.fault(row, column, what);
    }

    fn kind(&mut self, row: &Row) -> Option<RowKind> {
        let choices = coded(RowKind::ALL, RowKind::code);
        self.choice(row, Column::Kind, &choices, Some(RowKind::Capability))
    }

    /// A row about an area: its name stands under `namn` or `område`.
    fn area(&mut self, row: &Row) {
        let column = if row.get(Column::Name).is_empty() {
            Column::Area
        } else {
            Column::Name
        };
        let (Some(name), Some(description)) = (
            self.text::<1, 40>(row, column),
            self.text(row, Column::Description),
        ) else {
            return;
        };
        let id = self.area_named(&name);
        match self.areas.iter_mut().find(|(new, _)| *new == id) {
            Some((_, area)) => area.description = description,
            None => self.remark(row, column, Remark::KnownArea(name.to_string())),
        }
    }

    fn area_named(&mut self, name: &AreaName) -> AreaId {
        if let Some(id) = self.area_ids.get(&fold(name)) {
            return *id;
        }
        let id = AreaId::new((self.new_id)());
        self.area_ids.insert(fold(name), id);
        let area = Area {
            name: name.clone(),
            description: Text::default(),
            position: 0,
        };
        self.areas.push((id, area));
        id
    }

    fn capability(&mut self, row: &Row) {
        let name = self.text::<1, 40>(row, Column::Name);
        let formulation = self.text(row, Column::Formulation);
        let description = self.text(row, Column::Description);
        let kinds = coded(CapabilityKind::ALL, CapabilityKind::code);
        let kind = self.choice(row, Column::Type, &kinds, Some(CapabilityKind::Operational));
        let layers = self.layers(row);
        let goals = self.goals_of(row);
        let anchors = Column::LEVELS.map(|column| self.text(row, column));
        let area = match row.get(Column::Area) {
            "" => Some(None),
            _ => (self.text(row, Column::Area)).map(|name| Some(self.area_named(&name))),
        };
        let (Some(name), Some(formulation), Some(description), Some(kind)) =
            (name, formulation, description, kind)
        else {
            return;
        };
        let (Some(layers), Some(goals), Some(area)) = (layers, goals, area) else {
            return;
        };
        let [Some(one), Some(two), Some(three), Some(four), Some(five)] = anchors else {
            return;
        };
        let folded = fold(&name);
        let known = (self.contents.capabilities.values())
            .any(|other| other.is_active() && fold(&other.draft.name) == folded);
        if known || self.capability_ids.contains_key(&folded) {
            self.remark(row, Column::Name, Remark::Duplicate(name.to_string()));
        }
        let id = CapabilityId::new((self.new_id)());
        self.capability_ids.entry(folded).or_insert(id);
        let draft = CapabilityDraft {
            name,
            formulation,
            description,
            kind,
            layers,
            area,
            goals,
            anchors: Anchors([one, two, three, four, five]),
            owner: crate::text::Owner::default(),
        };
        self.capabilities.push((id, draft));
    }

    fn layers(&mut self, row: &Row) -> Option<BTreeSet<Layer>> {
        let choices = coded(Layer::ALL, Layer::code);
        let mut layers = BTreeSet::new();
        let mut right = true;
        let words = (row.get(Column::Layers).split([',', ';', '|', '\n'])).map(str::trim);
        for word in words.filter(|word| !word.is_empty()) {
            if let Some(layer) = chosen(word, &choices) {
                layers.insert(layer);
            } else {
                self.no_choice(row, Column::Layers, word, &choices);
                right = false;
            }
        }
        right.then_some(layers)
    }

    /// The goals a capability supports: a line that is no goal as it stands may hold several.
    fn goals_of(&mut self, row: &Row) -> Option<BTreeSet<GoalId>> {
        let mut goals = BTreeSet::new();
        let mut right = true;
        let lines = row.get(Column::Belongs).lines().flat_map(|line| {
            if self.goal_ids.contains_key(&fold(line)) {
                vec![line]
            } else {
                line.split('|').collect()
            }
        });
        let titles: Vec<_> = (lines.map(str::trim))
            .filter(|title| !title.is_empty())
            .collect();
        for title in titles {
            let found = (self.goal_ids.get(&fold(title))).and_then(|found| found.first());
            if let Some((id, _)) = found {
                goals.insert(*id);
            } else {
                let what = Fault::NotFound(title.to_owned());
                self.fault(row, Column::Belongs, what);
                right = false;
            }
        }
        right.then_some(goals)
    }

    fn weakness(&mut self, row: &Row) {
        let name = self.text(row, Column::Name);
        let description = self.text(row, Column::Description);
        let kinds = coded(WeaknessKind::ALL, WeaknessKind::code);
        let kind = self.choice(row, Column::Type, &kinds, None);
        let capability = match row.get(Column::Belongs) {
            "" => Some(None),
            held => {
                let folded = fold(held);
                let on_map = (self.contents.capabilities.iter())
                    .find(|(_, other)| other.is_active() && fold(&other.draft.name) == folded)
                    .map(|(id, _)| *id);
                let found = self.capability_ids.get(&folded).copied().or(on_map);
                if found.is_none() {
                    let what = Fault::NotFound(held.to_owned());
                    self.fault(row, Column::Belongs, what);
                }
                found.map(Some)
            }
        };
        let (Some(name), Some(description), Some(kind), Some(capability)) =
            (name, description, kind, capability)
        else {
            return;
        };
        let weakness = Weakness {
            name,
            description,
            kind,
            capability,
        };
        let id = WeaknessId::new((self.new_id)());
        self.weaknesses.push((id, weakness));
    }
}

/// Choices with their codes.
fn coded<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<(T, &'static str)> {
    all.iter().map(|choice| (*choice, code(*choice))).collect()
}

/// The choice with this code, regardless of case and diacritics.
fn chosen<T: Copy>(found: &str, choices: &[(T, &'static str)]) -> Option<T> {
    let folded = fold(found);
    (choices.iter())
        .find(|(_, code)| fold(code) == folded)
        .map(|(choice, _)| *choice)
}
