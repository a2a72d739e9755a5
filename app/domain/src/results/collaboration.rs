//! Scenarios of collaboration: who shares a gap, and who could lend a strength.

use std::cmp::Reverse;

use super::region::RegionResult;
use crate::map::choices;

choices! {
    /// What a shared gap asks for.
    CollaborationKind {
        /// Låna: somebody can support those who have the gap.
        Lend = "låna",
        /// Gemensamt: at least half of those with a value have the gap, and nobody can support.
        Together = "gemensamt",
        /// Några: two or more, but less than half, have the gap, and nobody can support.
        Some = "några",
        /// Egen: one municipality alone has the gap, and nobody can support.
        Own = "egen",
    }
}

/// A gap that is felt: two levels or more.
const CLEAR: u8 = 2;

/// What municipalities could do together about one capability.
#[derive(Clone, Debug, PartialEq)]
pub struct Collaboration {
    /// Index into [`RegionResult::capabilities`].
    pub capability: usize,
    /// What it asks for.
    pub kind: CollaborationKind,
    /// Columns of those with a gap, largest gap first, with the gap (1–4).
    pub sharing: Vec<(usize, u8)>,
    /// Columns of those whose target is below their current level, largest surplus first, with the surplus (1–4).
    pub lending: Vec<(usize, u8)>,
    /// Municipalities with a value.
    pub with_value: usize,
}

/// Capabilities of one area that ask for the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What they ask for.
    pub kind: CollaborationKind,
    /// The name of their area; none for those that have not been grouped.
    pub area: Option<String>,
    /// One a capability, highest priority first.
    pub collaborations: Vec<Collaboration>,
    /// Columns of those who have a gap of two or more in at least half of the scenario's capabilities, in the order
    /// of the members: the natural first circle.
    pub circle: Vec<usize>,
}

/// The scenarios of a region: first those where somebody can lend a strength, then what is shared by many; within each
/// kind the areas with the highest priority first. Capabilities that nobody has a gap in are in none.
pub fn scenarios(region: &RegionResult) -> Vec<Scenario> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut order: Vec<usize> = (0..region.capabilities.len()).collect();
    order.sort_by(|a, b| {
        let of = |index: &usize| {
            let row = &region.capabilities[*index];
            (
                row.priority.unwrap_or(-1.0),
                row.gap_to_close.unwrap_or(-1.0),
            )
        };
        let ((pa, ga), (pb, gb)) = (of(a), of(b));
        pb.total_cmp(&pa).then(gb.total_cmp(&ga)).then(a.cmp(b))
    });
    for capability in order {
        let Some(collaboration) = Collaboration::of(region, capability) else {
            continue;
        };
        let area = (region.capabilities[capability].area_name.as_ref()).map(ToString::to_string);
        let known = (scenarios.iter_mut())
            .find(|scenario| scenario.kind == collaboration.kind && scenario.area == area);
        match known {
            Some(scenario) => scenario.collaborations.push(collaboration),
            None => scenarios.push(Scenario {
                kind: collaboration.kind,
                area,
                collaborations: vec![collaboration],
                circle: Vec::new(),
            }),
        }
    }
    for scenario in &mut scenarios {
        scenario.circle = (0..region.municipalities.len())
            .filter(|column| {
                let sharing = (scenario.collaborations.iter())
                    .filter(|one| {
                        (one.sharing.iter())
                            .any(|(with_gap, gap)| with_gap == column && *gap >= CLEAR)
                    })
                    .count();
                2 * sharing >= scenario.collaborations.len()
            })
            .collect();
    }
    // Stable: areas stay in the order in which their first capability came.
    scenarios.sort_by_key(|scenario| {
        CollaborationKind::ALL
            .iter()
            .position(|kind| *kind == scenario.kind)
    });
    scenarios
}

impl Collaboration {
    fn of(region: &RegionResult, capability: usize) -> Option<Self> {
        let row = &region.capabilities[capability];
        let gaps = || {
            (row.cells.iter().enumerate())
                .filter_map(|(column, cell)| Some((column, cell.value.gap()?)))
        };
        let of_sign = |sign: i8| {
            let mut some: Vec<_> = gaps()
                .filter(|(_, gap)| gap.signum() == sign)
                .map(|(column, gap)| (column, gap.unsigned_abs()))
                .collect();
            some.sort_by_key(|(column, gap)| (Reverse(*gap), *column));
            some
        };
        let (sharing, lending) = (of_sign(1), of_sign(-1));
        let kind = match (sharing.len(), lending.len()) {
            (0, _) => return None,
            (_, 1..) => CollaborationKind::Lend,
            (1, 0) => CollaborationKind::Own,
            (many, 0) if 2 * many >= row.with_value => CollaborationKind::Together,
            _ => CollaborationKind::Some,
        };
        Some(Self {
            capability,
            kind,
            sharing,
            lending,
            with_value: row.with_value,
        })
    }
}
