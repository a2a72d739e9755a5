//! What came of a workshop: from the log to the minutes and to the page that everyone reads afterwards.
//!
//! It never holds what is private, hidden or a reflection, nor what a single person voted.

mod approval;
mod fact;
mod growth;
mod sources;

use std::collections::BTreeSet;

use time::Date;

use super::{Attendee, Item, ItemKind, Minutes, Note, NoteKind, NoteText, Series, Stage, Workshop};
use crate::{
    ids::{ItemId, WorkshopId},
    map::MapState,
    mapping::Member,
    municipality::Municipality,
    text::{Text, Title, swedish_order},
};
pub use approval::{Approval, approval, edits};
pub use fact::{Block, Dots, EffectRow, Fact, ImprovementRow, Remark};
pub use growth::MapGrowth;
use sources::Sources;

/// Fewest voters whose votes are added up for everyone: with one or two, a sum would tell what a single person voted.
pub const MIN_VOTERS: usize = 3;

/// How far a workshop has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has not been opened.
    Planned,
    /// It is under way.
    Open,
    /// It has been ended.
    Ended,
}

impl Progress {
    fn of(stage: &Stage) -> Self {
        match (stage.opened_at, stage.ended_at) {
            (None, _) => Self::Planned,
            (Some(_), None) => Self::Open,
            (Some(_), Some(_)) => Self::Ended,
        }
    }
}

/// Somebody who was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Name.
    pub name: Title,
    /// Where they come from.
    pub municipalities: Vec<Municipality>,
}

/// Which of the mapping's municipalities somebody was there from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// In Swedish order.
    pub present: Vec<Municipality>,
    /// In Swedish order.
    pub missing: Vec<Municipality>,
}

impl Coverage {
    /// How many municipalities the mapping has.
    pub fn all(&self) -> usize {
        self.present.len() + self.missing.len()
    }
}

/// A point of the agenda with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which.
    pub id: ItemId,
    /// Its heading.
    pub title: Title,
    /// Its type.
    pub kind: ItemKind,
    /// Who is responsible.
    pub responsible: Text<0, 80>,
    /// What was noted, one note a paragraph.
    pub noted: String,
    /// What somebody has written instead of that.
    pub corrected: Option<Text<0, 4000>>,
    /// What the log says came of it.
    pub facts: Vec<Fact>,
    /// Decisions that have been recorded.
    pub decisions: Vec<NoteText>,
    /// Decisions that have only been proposed.
    pub proposals: Vec<NoteText>,
}

impl Point {
    /// The text under the heading, as it stands.
    pub fn text(&self) -> &str {
        (self.corrected.as_deref()).unwrap_or(&self.noted)
    }

    fn is_empty(&self) -> bool {
        self.text().is_empty()
            && self.facts.is_empty()
            && self.decisions.is_empty()
            && self.proposals.is_empty()
    }
}

/// Everything that came of a workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which.
    pub workshop: WorkshopId,
    /// Which of the five it is.
    pub series: Series,
    /// Its name.
    pub title: Title,
    /// The day.
    pub date: Date,
    /// When it was planned to begin, in minutes since midnight, Swedish time.
    pub starts: u16,
    /// When it was planned to end, in minutes since midnight; may be past the midnight after.
    pub ends: u32,
    /// Where.
    pub place: Text<0, 120>,
    /// How far it has come.
    pub progress: Progress,
    /// Those who were there, municipality by municipality.
    pub present: Vec<Present>,
    /// Which municipalities they came from.
    pub coverage: Coverage,
    /// The points in order: without breaks, and without what was skipped and left nothing behind.
    pub points: Vec<Point>,
    /// What it did to the map.
    pub map: MapGrowth,
    /// What somebody has written in its minutes.
    pub minutes: Minutes,
}

impl Record {
    /// Everything recorded as decided, in the order of the points.
    pub fn decisions(&self) -> impl Iterator<Item = &NoteText> {
        self.points.iter().flat_map(|point| &point.decisions)
    }

    /// Everything that came of its points, in their order.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.points.iter().flat_map(|point| &point.facts)
    }
}

/// What came of a workshop; none when there is no such workshop. `people` are all who have joined it, `members` the
/// mapping's municipalities. Linear in the log.
pub fn record(
    state: &MapState,
    id: WorkshopId,
    people: &[Attendee],
    members: &[Member],
) -> Option<Record> {
    let plan = state.work.workshops.get(&id)?;
    let live = state.work.stage(id);
    let minutes = state.work.minutes.get(&id).cloned().unwrap_or_default();
    let span = growth::span(state, id);
    let map = MapGrowth::of(state, span);
    let sources = Sources::new(state, id, plan, &live, &map, span);
    let points = (plan.agenda.iter())
        .map(|item| point(state, &live, item, &minutes, &sources))
        .zip(&plan.agenda)
        .filter(|(point, item)| {
            !(point.is_empty() && (item.skipped || item.kind == ItemKind::Break))
        })
        .map(|(point, _)| point)
        .collect();
    Some(Record {
        workshop: id,
        series: plan.series,
        title: plan.title.clone(),
        date: plan.date,
        starts: plan.starts,
        ends: u32::from(plan.starts) + plan.minutes(),
        place: plan.place.clone(),
        progress: Progress::of(&live),
        present: present(people),
        coverage: coverage(people, members),
        points,
        map,
        minutes,
    })
}

/// The workshop of the mapping's series that comes after this one, if it has been planned: by day, then in the order of
/// the series.
pub fn following(state: &MapState, id: WorkshopId) -> Option<(WorkshopId, &Workshop)> {
    let this = state.work.workshops.get(&id)?;
    let key = |id: WorkshopId, plan: &Workshop| (plan.date, plan.starts, plan.series, id);
    (state.work.workshops.iter())
        .map(|(other, plan)| (*other, plan))
        .filter(|(other, plan)| key(*other, plan) > key(id, this))
        .min_by_key(|(other, plan)| key(*other, plan))
}

/// The workshop that comes before this one, as [`following`] sees it.
pub fn preceding(state: &MapState, id: WorkshopId) -> Option<(WorkshopId, &Workshop)> {
    (state.work.workshops.iter())
        .map(|(other, plan)| (*other, plan))
        .find(|(other, _)| following(state, *other).is_some_and(|(next, _)| next == id))
}

fn point(
    state: &MapState,
    live: &Stage,
    item: &Item,
    minutes: &Minutes,
    sources: &Sources<'_>,
) -> Point {
    let notes = |kind: NoteKind| {
        (state.work.notes.values())
            .filter(move |note: &&Note| {
                note.workshop == sources.workshop && note.item == item.id && note.kind == kind
            })
            .map(|note| note.text.clone())
    };
    let paragraphs: Vec<_> = notes(NoteKind::Note).map(String::from).collect();
    let mut facts = sources.facts(item);
    let passed_over = Progress::of(live) == Progress::Ended
        && !live.visited.contains(&item.id)
        && !item.skipped
        && item.kind != ItemKind::Break;
    if passed_over && facts.is_empty() {
        facts.push(Fact::NotTaken);
    }
    Point {
        id: item.id,
        title: item.title.clone(),
        kind: item.kind,
        responsible: item.responsible.clone(),
        noted: paragraphs.join("\n\n"),
        corrected: minutes.points.get(&item.id).cloned(),
        facts,
        decisions: notes(NoteKind::Decided).collect(),
        proposals: notes(NoteKind::Proposed).collect(),
    }
}

fn present(people: &[Attendee]) -> Vec<Present> {
    let mut present: Vec<_> = (people.iter())
        .filter(|person| person.is_present())
        .map(|person| Present {
            name: person.name.clone(),
            municipalities: person.municipalities.clone(),
        })
        .collect();
    let home = |person: &Present| person.municipalities.first().map_or("", |m| m.name());
    present.sort_by(|a, b| {
        swedish_order(home(a), home(b)).then_with(|| swedish_order(&a.name, &b.name))
    });
    present
}

fn coverage(people: &[Attendee], members: &[Member]) -> Coverage {
    let there: BTreeSet<_> = (people.iter())
        .filter(|person| person.is_present())
        .flat_map(|person| person.municipalities.iter().copied())
        .collect();
    let all = members.iter().map(|member| member.municipality);
    let (mut present, mut missing): (Vec<_>, Vec<_>) = all.partition(|m| there.contains(m));
    Municipality::sort(&mut present);
    Municipality::sort(&mut missing);
    Coverage { present, missing }
}
