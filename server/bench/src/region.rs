//! A region far larger than any, added up in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    time::Duration,
};

use domain::{
    ids::{AreaId, CapabilityId, RoundId},
    level::{Answer, Level},
    map::{
        Area, Capability, CapabilityDraft, CapabilityKind, Command, Contents, Effect, EffectKey,
        Status, Version,
    },
    mapping::{Member, Participation},
    municipality::Municipality,
    results::{RegionResult, RoundData},
    statistics::{
        self,
        priority::Sample,
        random::SplitMix64,
        ranking::{REPLICATES, rank_stability},
    },
    survey::SubmittedAnswer,
    text::Text,
};
use time::macros::date;
use uuid::Uuid;

use crate::{memory, processor, report::Report, samples::Samples};

/// The largest region is added up within this.
pub(crate) const GOAL: Duration = Duration::from_secs(1);

/// How large a region is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) municipalities: usize,
    pub(crate) capabilities: u32,
    /// In each municipality.
    pub(crate) respondents: u32,
}

/// Fyrbodal as the example has it: about four a municipality.
const FYRBODAL: Size = Size {
    municipalities: 14,
    capabilities: 32,
    respondents: 4,
};
/// All of Sweden, every municipality asking thirty.
pub(crate) const SWEDEN: Size = Size {
    municipalities: 290,
    capabilities: 60,
    respondents: 30,
};

/// Measures adding up, ranking included.
pub(crate) fn measure(report: &mut Report) {
    report.heading(
        "A region added up in memory, with the ranking and its bootstrap of 2000 resamples",
    );
    aggregate(report, "14 × 32 × 4", FYRBODAL, 50);
    aggregate(report, "290 × 60 × 30", SWEDEN, 7);
}

/// Measures the ranking alone.
pub(crate) fn measure_bootstrap(report: &mut Report) {
    report.heading("The bootstrap of 2000 resamples alone");
    bootstrap(report, "14 × 32 × 4", FYRBODAL, 50);
    bootstrap(report, "290 × 60 × 30", SWEDEN, 7);
}

fn aggregate(report: &mut Report, what: &str, size: Size, times: usize) {
    let region = Region::new(size);
    let answers = region.answers();
    let add_up = || Ok::<_, Infallible>(region.results(&answers));
    let (memory, time) = (memory::now(), processor::own());
    let Ok((samples, results)) = Samples::of(times, add_up);
    let details = [
        format!("{} answers", answers.len()),
        processor::each(time, processor::own(), times),
        memory::most_taken_since(memory),
    ];
    assert_eq!(results.conditions.present.len(), size.municipalities);
    let capabilities = region.version.contents.capabilities.len();
    assert_eq!(results.ranking.len(), capabilities);
    report.row_with_goal(what, samples, GOAL);
    report.details(&details);
}

fn bootstrap(report: &mut Report, what: &str, size: Size, times: usize) {
    let region = Region::new(size);
    let sample = region.sample();
    let rank = || Ok::<_, Infallible>(rank_stability(&sample, REPLICATES, 1, 5));
    let before = processor::own();
    let Ok((samples, stability)) = Samples::of(times, rank);
    let used = processor::each(before, processor::own(), times);
    assert_eq!(stability.order.len(), sample.effects.len());
    report.row(what, samples);
    report.details(&[used]);
}

/// An invented region in which everyone has answered everything.
pub(crate) struct Region {
    size: Size,
    pub(crate) round: RoundId,
    version: Version,
    pub(crate) members: Vec<Member>,
    effects: BTreeMap<EffectKey, Effect>,
}

pub(crate) fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128(kind << 96 | number)
}

pub(crate) fn text<const MIN: usize, const MAX: usize>(written: &str) -> Text<MIN, MAX> {
    Text::parse(written).expect("the invented texts fit")
}

impl Region {
    pub(crate) fn new(size: Size) -> Self {
        let round = RoundId::new(id(1, 0));
        let mut contents = Contents::default();
        let mut effects = BTreeMap::new();
        for position in 0..5 {
            let area = Area {
                name: text(&format!("Område {position}")),
                description: Text::default(),
                position,
            };
            contents
                .areas
                .insert(AreaId::new(id(2, position.into())), area);
        }
        for position in 0..size.capabilities {
            let capability = CapabilityId::new(id(3, position.into()));
            let draft = CapabilityDraft {
                name: text(&format!("Förmåga {position}")),
                formulation: text(&format!("Förmåga att göra det {position}:e som behövs")),
                description: Text::default(),
                kind: CapabilityKind::Supporting,
                layers: BTreeSet::new(),
                area: Some(AreaId::new(id(2, (position % 5).into()))),
                goals: BTreeSet::new(),
                anchors: domain::map::Anchors::default(),
                owner: domain::text::Owner::default(),
            };
            contents.capabilities.insert(
                capability,
                Capability {
                    draft,
                    position,
                    status: Status::Active,
                },
            );
            let level = Level::ALL[2 + position as usize % 3];
            effects.insert(EffectKey { round, capability }, Effect(level));
        }
        Self {
            size,
            round,
            version: Version {
                number: 1,
                date: date!(2026 - 03 - 17),
                decided_by: text("Exempel"),
                contents,
            },
            members: Municipality::all()
                .take(size.municipalities)
                .map(|municipality| Member {
                    municipality,
                    participation: Participation::Full,
                    note: Text::default(),
                })
                .collect(),
            effects,
        }
    }

    /// What makes the same map, ratified, with the same effects.
    pub(crate) fn commands(&self) -> Vec<Command> {
        let contents = &self.version.contents;
        let import = Command::Import {
            areas: (contents.areas.iter())
                .map(|(id, area)| (*id, area.clone()))
                .collect(),
            capabilities: (contents.capabilities.iter())
                .map(|(id, capability)| (*id, capability.draft.clone()))
                .collect(),
            goals: Vec::new(),
            weaknesses: Vec::new(),
        };
        let ratify = Command::Ratify {
            date: self.version.date,
            decided_by: self.version.decided_by.clone(),
        };
        let effects = (self.effects.iter())
            .map(|(key, effect)| (key.capability, Some(*effect)))
            .collect();
        let effects = Command::SetEffects {
            round: self.round,
            effects,
        };
        vec![import, ratify, effects]
    }

    /// What is asked about.
    pub(crate) fn contents(&self) -> &Contents {
        &self.version.contents
    }

    /// Everyone in order, with whom they answer for and what they say about each capability.
    pub(crate) fn people(
        &self,
    ) -> impl Iterator<Item = (u32, Municipality, Vec<(CapabilityId, Answer, Answer)>)> {
        let capabilities: Vec<_> = self.version.contents.capabilities.keys().copied().collect();
        let mut random = SplitMix64::new(290);
        (self.members.iter())
            .flat_map(|member| (0..self.size.respondents).map(|_| member.municipality))
            .zip(0..)
            .map(move |(municipality, respondent)| {
                let said = (0..)
                    .zip(&capabilities)
                    .map(|(place, capability)| {
                        // The floor effect: most are low, and more so for some capabilities than for others.
                        let low = random.below(3) + random.below(2 + place % 4);
                        let current = match random.below(10) {
                            0 => Answer::DontKnow,
                            _ => Answer::Level(Level::ALL[low.min(4) as usize]),
                        };
                        let target = Answer::Level(Level::ALL[2 + random.below(3) as usize]);
                        (*capability, current, target)
                    })
                    .collect();
                (respondent, municipality, said)
            })
    }

    pub(crate) fn answers(&self) -> Vec<SubmittedAnswer> {
        let mut answers = Vec::new();
        for (respondent, municipality, said) in self.people() {
            answers.extend(
                said.into_iter()
                    .map(|(capability, current, target)| SubmittedAnswer {
                        respondent,
                        municipality,
                        capability,
                        current: Some(current),
                        target: Some(target),
                    }),
            );
        }
        answers
    }

    pub(crate) fn results(&self, answers: &[SubmittedAnswer]) -> RegionResult {
        let people = self.members.len() * self.size.respondents as usize;
        RegionResult::aggregate(&RoundData {
            round: self.round,
            version: &self.version,
            members: &self.members,
            n_min: 6,
            answers,
            invited: people,
            submitted: people,
            repeated: 0,
            people: &[],
            agreed: &BTreeMap::new(),
            effects: &self.effects,
        })
    }

    fn sample(&self) -> Sample {
        let mut municipalities: BTreeMap<Municipality, statistics::priority::Municipality> =
            BTreeMap::new();
        let number = |answer: Answer| answer.level().map(Level::get);
        for (_, municipality, said) in self.people() {
            let pairs = said
                .into_iter()
                .map(|(_, current, target)| (number(current), number(target)));
            (municipalities.entry(municipality).or_default().answers).extend(pairs);
        }
        Sample {
            effects: (self.effects.values())
                .map(|effect| Some(f64::from(effect.0.get())))
                .collect(),
            municipalities: municipalities.into_values().collect(),
        }
    }
}
