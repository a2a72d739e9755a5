//! What is weak in the material: said with a stable id and a place to mend it.
//!
//! The main risk of a mapping is that *underlaget får en bristande kvalitet och återspeglar inte verkligheten*
//! (METHOD §3). So that is looked for, rather than left to whoever reads the figures.

use std::{collections::BTreeSet, fmt};

use super::{
    analysis::Analysis,
    cell::{Basis, CellValue},
};
use crate::{
    ids::{CapabilityId, GoalId},
    map::{Contents, GoalLevel, choices},
    municipality::Municipality,
    statistics::{agreement::AgreementLabel, suppression::GroupSize},
    workshop::Work,
};

choices! {
    /// What sort of weakness in the material it is.
    FindingKind {
        /// A municipality without any value.
        MissingMunicipality = "kommun-saknas",
        /// A capability without an owner.
        NoOwner = "utan-ägare",
        /// A municipality whose target is below its current level: true, or the questions have been mixed up.
        TargetBelow = "börläge-under",
        /// A capability that too few people have answered about for anything to be said of how they answered.
        LowN = "få-svar",
        /// A capability about which the answers disagree.
        HighSpread = "stor-spridning",
        /// A capability that more than 30 % answered vet ej about.
        MuchDontKnow = "mycket-vet-ej",
        /// A municipality whose values rest on answers alone, so that nobody stands for them yet.
        Unconfirmed = "ej-förankrad",
        /// A capability without effect on the goals, which has no place in the priority list.
        NoEffect = "utan-effekt",
        /// One of the largest gaps that no improvement area closes.
        NoInitiative = "utan-insats",
        /// Röd tråd: a capability that supports no goal.
        NoGoal = "utan-mål",
        /// Röd tråd: a goal that no capability supports, directly or through the goals under it.
        GoalWithoutCapability = "mål-utan-förmåga",
        /// Röd tråd: a local or regional goal that serves no goal above it.
        GoalWithoutParent = "mål-utan-mål",
    }
}

/// What a finding is about: also the place where it can be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A capability of the map.
    Capability(CapabilityId),
    /// A goal of the map.
    Goal(GoalId),
    /// A municipality's part.
    Municipality(Municipality),
    /// A municipality's level on a capability.
    Level(Municipality, CapabilityId),
}

/// What a finding is called for as long as it stands: its kind and its subject, so that it is the same in every round,
/// file and conversation. Displayed as `utan-ägare:018f…` or `börläge-under:1430:018f…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId {
    /// What sort.
    pub kind: FindingKind,
    /// About what.
    pub subject: Subject,
}

/// A weakness in the material.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is called.
    pub id: FindingId,
    /// How much: per cent of vet ej, agreement A, number of levels, the mean gap; what it is depends on the kind, and
    /// none where there is nothing to say but that it is so.
    pub measure: Option<f64>,
}

impl Finding {
    /// The municipality that it is about.
    pub const fn municipality(&self) -> Option<Municipality> {
        match self.id.subject {
            Subject::Municipality(municipality) | Subject::Level(municipality, _) => {
                Some(municipality)
            }
            Subject::Capability(_) | Subject::Goal(_) => None,
        }
    }

    /// Whether it tells something of how high levels are, or how people answered: not for everyone to see where there
    /// are too few municipalities for a region.
    pub const fn tells_levels(&self) -> bool {
        match self.id.kind {
            FindingKind::TargetBelow
            | FindingKind::LowN
            | FindingKind::HighSpread
            | FindingKind::MuchDontKnow
            | FindingKind::Unconfirmed
            | FindingKind::NoInitiative => true,
            FindingKind::MissingMunicipality
            | FindingKind::NoOwner
            | FindingKind::NoEffect
            | FindingKind::NoGoal
            | FindingKind::GoalWithoutCapability
            | FindingKind::GoalWithoutParent => false,
        }
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.code();
        match self.subject {
            Subject::Capability(id) => write!(f, "{kind}:{id}"),
            Subject::Goal(id) => write!(f, "{kind}:{id}"),
            Subject::Municipality(municipality) => write!(f, "{kind}:{municipality}"),
            Subject::Level(municipality, id) => write!(f, "{kind}:{municipality}:{id}"),
        }
    }
}

/// How many of the largest priorities should have an improvement area.
const FIRST: usize = 10;

/// All findings of a closed round, in the order of [`FindingKind::ALL`], then of the map and of the municipalities.
///
/// `ratified` is the version that the round asked about, `now` the map as it stands (owners and goals are mended
/// there), and `work` what workshops have come to. Findings about people say no more than [`Analysis`] does.
pub fn findings(analysis: &Analysis, now: &Contents, work: &Work) -> Vec<Finding> {
    let mut found = Found(Vec::new());
    found.of_municipalities(analysis);
    found.of_capabilities(analysis, now);
    found.of_levels(analysis);
    found.of_improvements(analysis, work);
    found.of_goals(now);
    let place = |finding: &Finding| {
        FindingKind::ALL
            .iter()
            .position(|kind| *kind == finding.id.kind)
    };
    found.0.sort_by_key(place);
    found.0
}

struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, kind: FindingKind, subject: Subject, measure: Option<f64>) {
        let id = FindingId { kind, subject };
        self.0.push(Finding { id, measure });
    }

    fn of_municipalities(&mut self, analysis: &Analysis) {
        let region = &analysis.region;
        for missing in &region.conditions.missing {
            let subject = Subject::Municipality(missing.municipality);
            self.add(FindingKind::MissingMunicipality, subject, None);
        }
        for (column, municipality) in region.municipalities.iter().enumerate() {
            let unconfirmed = (region.capabilities.iter())
                .filter(|row| {
                    let value = row.cells[column].value;
                    matches!(
                        value,
                        CellValue::Levels {
                            basis: Basis::Answers,
                            ..
                        }
                    )
                })
                .count();
            if unconfirmed > 0 {
                let subject = Subject::Municipality(*municipality);
                self.add(FindingKind::Unconfirmed, subject, Some(number(unconfirmed)));
            }
        }
    }

    fn of_capabilities(&mut self, analysis: &Analysis, now: &Contents) {
        for row in &analysis.region.capabilities {
            let subject = Subject::Capability(row.id);
            let stands =
                (now.capabilities.get(&row.id)).filter(|capability| capability.is_active());
            if let Some(capability) = stands {
                if capability.draft.owner.is_empty() {
                    self.add(FindingKind::NoOwner, subject, None);
                }
                if capability.draft.goals.is_empty() {
                    self.add(FindingKind::NoGoal, subject, None);
                }
            }
            if row.effect.is_none() {
                self.add(FindingKind::NoEffect, subject, None);
            }
            if analysis.region.conditions.much_dont_know.contains(&row.id) {
                let share = row.dont_know_share.map(|share| 100.0 * share);
                self.add(FindingKind::MuchDontKnow, subject, share);
            }
            let Some(spread) = analysis.spread.capability(row.id) else {
                continue;
            };
            match &spread.current.bars {
                // Nobody at all, or hidden for the sake of a smaller group, is mended by no more answers.
                None if matches!(spread.current.people, GroupSize::UpTo(_)) => {
                    self.add(FindingKind::LowN, subject, None);
                }
                Some(bars) if bars.label == Some(AgreementLabel::Divided) => {
                    self.add(FindingKind::HighSpread, subject, Some(bars.agreement));
                }
                None | Some(_) => {}
            }
        }
    }

    fn of_levels(&mut self, analysis: &Analysis) {
        for row in &analysis.region.capabilities {
            for (municipality, cell) in analysis.region.municipalities.iter().zip(&row.cells) {
                if let Some(gap) = cell.value.gap().filter(|gap| *gap < 0) {
                    let subject = Subject::Level(*municipality, row.id);
                    self.add(FindingKind::TargetBelow, subject, Some(f64::from(gap)));
                }
            }
        }
    }

    fn of_improvements(&mut self, analysis: &Analysis, work: &Work) {
        let closed: BTreeSet<CapabilityId> = (work.improvements.values())
            .flat_map(|improvement| improvement.capabilities.iter().copied())
            .collect();
        for ranked in analysis.region.ranking.iter().take(FIRST) {
            let row = &analysis.region.capabilities[ranked.capability];
            if row.gap_to_close.is_some_and(|gap| gap > 0.0) && !closed.contains(&row.id) {
                let subject = Subject::Capability(row.id);
                self.add(FindingKind::NoInitiative, subject, row.gap_to_close);
            }
        }
    }

    fn of_goals(&mut self, now: &Contents) {
        let mut supported: BTreeSet<GoalId> = (now.active_in_order().iter())
            .flat_map(|(_, capability)| capability.draft.goals.iter().copied())
            .collect();
        let mut waiting: Vec<GoalId> = supported.iter().copied().collect();
        while let Some(goal) = waiting.pop() {
            if let Some(parent) = now.goals.get(&goal).and_then(|goal| goal.parent)
                && supported.insert(parent)
            {
                waiting.push(parent);
            }
        }
        for (id, goal) in &now.goals {
            let subject = Subject::Goal(*id);
            if !supported.contains(id) {
                self.add(FindingKind::GoalWithoutCapability, subject, None);
            }
            let above = |level| now.goals.values().any(|other| other.level == level);
            let could_serve = match goal.level {
                GoalLevel::National => false,
                GoalLevel::Regional => above(GoalLevel::National),
                GoalLevel::Local => above(GoalLevel::National) || above(GoalLevel::Regional),
            };
            if goal.parent.is_none() && could_serve {
                self.add(FindingKind::GoalWithoutParent, subject, None);
            }
        }
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
