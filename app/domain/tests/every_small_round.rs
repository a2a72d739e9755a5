//! Every round of a small universe, published: how a hidden group answered cannot be worked out.
//!
//! Three municipalities with up to four people each, who say one of two levels, and groups of three as the least: all
//! 3375 rounds. Of each everything is published, and every round is looked for that has the same figures wherever one
//! is published: the group must have answered otherwise in one of them. (That one figure rather than another is hidden
//! is not counted as a figure.)

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{CapabilityId, RoundId},
    level::{Answer, Level},
    map::{Anchors, Capability, CapabilityDraft, CapabilityKind, Contents, Status, Version},
    mapping::{Member, Participation},
    municipality::Municipality,
    results::{Analysis, Asked, CellValue, RoundData},
    statistics::suppression::GroupSize,
    survey::{Occupation, SubmittedAnswer},
    text::{Description, Formulation, Owner, Text},
};
use time::macros::date;
use uuid::Uuid;

const MUNICIPALITIES: usize = 3;
const MOST: u32 = 4;
const N_MIN: u8 = 3;

/// People on the one level and on the other.
type Group = (u32, u32);

fn capability() -> CapabilityId {
    CapabilityId::new(Uuid::from_u128(1))
}

fn version() -> Version {
    let mut contents = Contents::default();
    let draft = CapabilityDraft {
        name: "Kontinuitet".parse().expect("fits"),
        formulation: Formulation::default(),
        description: Description::default(),
        kind: CapabilityKind::Supporting,
        layers: BTreeSet::new(),
        area: None,
        goals: BTreeSet::new(),
        anchors: Anchors::default(),
        owner: Owner::default(),
    };
    let whole = Capability {
        draft,
        position: 0,
        status: Status::Active,
    };
    contents.capabilities.insert(capability(), whole);
    Version {
        number: 1,
        date: date!(2026 - 03 - 17),
        decided_by: "Exempel".parse().expect("fits"),
        contents,
    }
}

/// Everything that is published of a round with these groups.
fn publish(version: &Version, members: &[Member], groups: [Group; MUNICIPALITIES]) -> Analysis {
    let level = |number| Answer::Level(Level::new(number).expect("from 1 to 5"));
    let mut answers = Vec::new();
    let mut people = Vec::new();
    for (member, (low, high)) in members.iter().zip(groups) {
        for nth in 0..low + high {
            answers.push(SubmittedAnswer {
                respondent: u32::try_from(answers.len()).expect("few"),
                municipality: member.municipality,
                capability: capability(),
                current: Some(level(if nth < low { 1 } else { 2 })),
                target: Some(level(4)),
            });
            people.push(Asked {
                occupation: Occupation::Other,
                municipalities: vec![member.municipality],
                submitted: true,
            });
        }
    }
    Analysis::of(&RoundData {
        round: RoundId::new(Uuid::from_u128(9)),
        version,
        members,
        n_min: N_MIN,
        answers: &answers,
        invited: people.len(),
        submitted: people.len(),
        repeated: 0,
        people: &people,
        agreed: &BTreeMap::new(),
        effects: &BTreeMap::new(),
    })
}

/// What is published about one municipality, and what another round must have there to look the same.
struct Known {
    /// Its whole distribution.
    bars: Option<[u32; 5]>,
    /// Its value, or why there is none.
    value: CellValue,
    /// The sizes that are told: answers to the capability, and people who submitted.
    sizes: Vec<GroupSize>,
}

impl Known {
    fn fits(&self, (low, high): Group) -> bool {
        let people = low + high;
        let bars = self.bars.is_none_or(|bars| bars[..2] == [low, high]);
        let value = match self.value {
            CellValue::Missing => people == 0,
            CellValue::Hidden => (1..3).contains(&people),
            CellValue::Levels { current, .. } => {
                people >= 3 && (current.get() == 1) == (2 * low >= people)
            }
            CellValue::NotApplicable => false,
        };
        bars && value
            && self.sizes.iter().all(|size| match *size {
                GroupSize::Nobody => people == 0,
                GroupSize::UpTo(most) => (1..=u32::from(most)).contains(&people),
                GroupSize::Exactly(exactly) => people == exactly,
                GroupSize::Hidden => people > 0,
            })
    }
}

#[test]
fn how_a_hidden_group_answered_cannot_be_worked_out() {
    let version = version();
    let members: Vec<Member> = (Municipality::fyrbodal().into_iter().take(MUNICIPALITIES))
        .map(|municipality| Member {
            municipality,
            participation: Participation::Full,
            note: Text::default(),
        })
        .collect();
    let groups: Vec<Group> = (0..=MOST)
        .flat_map(|low| (0..=MOST - low).map(move |high| (low, high)))
        .collect();
    let rounds: Vec<[Group; MUNICIPALITIES]> = (groups.iter())
        .flat_map(|one| groups.iter().map(move |two| (*one, *two)))
        .flat_map(|(one, two)| groups.iter().map(move |three| [one, two, *three]))
        .collect();
    assert_eq!(rounds.len(), 3375);
    let (mut hidden, mut told) = (0, Vec::new());
    for &round in &rounds {
        let published = publish(&version, &members, round);
        let spread = published
            .spread
            .capability(capability())
            .expect("it is there");
        let coverage = &published.coverage;
        let known: Vec<Known> = (0..MUNICIPALITIES)
            .map(|place| Known {
                bars: (spread.municipal[place].current.bars.as_ref()).map(|bars| bars.counts),
                value: spread.values[place],
                sizes: std::iter::once(spread.municipal[place].current.people)
                    .chain((coverage.turnout.get(place)).map(|turnout| turnout.submitted))
                    .collect(),
            })
            .collect();
        let region = spread.current.bars.as_ref().map(|bars| bars.counts);
        let submitted = coverage.people.with;
        let looks_the_same = |other: &&[Group; MUNICIPALITIES]| {
            let sum = |side: fn(&Group) -> u32| other.iter().map(side).sum::<u32>();
            let (low, high) = (sum(|group| group.0), sum(|group| group.1));
            usize::try_from(low + high) == Ok(submitted)
                && region.is_none_or(|counts| counts[..2] == [low, high])
                && known
                    .iter()
                    .zip(*other)
                    .all(|(known, group)| known.fits(*group))
        };
        let same: Vec<_> = rounds.iter().filter(looks_the_same).collect();
        assert!(same.contains(&&round), "{round:?} looks like itself");
        // That all of a large enough rest said the same is told on purpose, as of a large enough whole.
        let unanimous = region.is_some_and(|counts| {
            let shown = |level: usize| -> u32 {
                known
                    .iter()
                    .filter_map(|known| known.bars)
                    .map(|bars| bars[level])
                    .sum()
            };
            let rest = [counts[0] - shown(0), counts[1] - shown(1)];
            rest.contains(&0) && rest.iter().sum::<u32>() >= u32::from(N_MIN)
        });
        for (place, group) in round.into_iter().enumerate() {
            if known[place].bars.is_none() && group != (0, 0) && !unanimous {
                hidden += 1;
                if same.iter().all(|other| other[place] == group) {
                    told.push((round, place));
                }
            }
        }
    }
    assert!(hidden > 1000, "many groups are hidden: {hidden}");
    let examples: Vec<_> = told.iter().take(8).collect();
    assert!(told.is_empty(), "{} of {hidden}: {examples:?}", told.len());
}
