//! Attempts to work out hidden answers from everything that is published about a round.
//!
//! An answer is safe when there is another round, with other answers in the hidden group, that has the same figures
//! wherever figures are published: then nobody can tell the two apart, whatever they subtract, multiply or bound. Such
//! a round is searched for by trading answers. Two things are told on purpose and are no finding: that everyone of a
//! large enough rest said the same, and what a municipality of three people or more stands for.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{CapabilityId, RoundId},
    level::{Answer, Level},
    map::{
        Agreed, AgreedKey, AgreedLevel, Anchors, Capability, CapabilityDraft, CapabilityKind,
        Contents, EffectKey, Status, Version,
    },
    mapping::{Member, Participation},
    municipality::Municipality,
    results::{
        Asked, CapabilitySpread, CellValue, Coverage, CoverageCell, Distribution, RegionResult,
        RoundData, Spread,
    },
    statistics::suppression::{GroupSize, LeastGroup, hide_sizes, tell_sizes},
    survey::{Occupation, SubmittedAnswer},
    text::{Description, Formulation, Reason, Text},
};
use proptest::prelude::*;
use time::{Date, Month};
use uuid::Uuid;

const ROUND: RoundId = RoundId::new(Uuid::from_u128(9));

/// A round as small as rounds can be, where hidden groups are easiest to work out.
#[derive(Clone, Debug)]
struct Case {
    municipalities: usize,
    capabilities: usize,
    n_min: u8,
    repeated: u32,
    people: Vec<Vec<usize>>,
    answers: Vec<SubmittedAnswer>,
    agreed: BTreeMap<AgreedKey, AgreedLevel>,
}

/// Everything that is published.
#[derive(Debug, PartialEq)]
struct Published {
    region: RegionResult,
    spread: Spread,
    coverage: Coverage,
}

impl Published {
    /// Takes away the regional figures that are hidden in another round, and with them the order that they are in.
    fn hidden_as(mut self, other: &Self) -> Self {
        let hides = |id: CapabilityId, question: Question| {
            let spread = other.spread.capability(id).expect("the same version");
            match question {
                Question::DontKnow => spread.dont_know_share.is_none(),
                _ => question.distribution(spread).bars.is_none(),
            }
        };
        for spread in &mut self.spread.capabilities {
            if hides(spread.id, Question::Current) {
                spread.current.clone_from(
                    &other
                        .spread
                        .capability(spread.id)
                        .expect("the same")
                        .current,
                );
            }
            if hides(spread.id, Question::Target) {
                spread
                    .target
                    .clone_from(&other.spread.capability(spread.id).expect("the same").target);
            }
            if hides(spread.id, Question::DontKnow) {
                spread.dont_know_share = None;
                self.coverage.dont_know_share = None;
                self.region.conditions.much_dont_know.clear();
            }
        }
        for result in &mut self.region.capabilities {
            if hides(result.id, Question::DontKnow) {
                result.dont_know_share = None;
            }
        }
        self.spread.capabilities.sort_by_key(|spread| spread.id);
        self
    }
}

/// What never changes when answers do.
struct Ground {
    version: Version,
    members: Vec<Member>,
    asked: Vec<Asked>,
}

fn capability(row: usize) -> CapabilityId {
    CapabilityId::new(Uuid::from_u128(100 + row as u128))
}

impl Case {
    fn ground(&self) -> Ground {
        let mut contents = Contents::default();
        for row in 0..self.capabilities {
            let draft = CapabilityDraft {
                name: format!("Förmåga {row}").parse().expect("fits"),
                formulation: Formulation::default(),
                description: Description::default(),
                kind: CapabilityKind::Supporting,
                layers: BTreeSet::new(),
                area: None,
                owner: domain::text::Owner::default(),
                goals: BTreeSet::new(),
                anchors: Anchors::default(),
            };
            let position = u32::try_from(row).expect("few");
            contents.capabilities.insert(
                capability(row),
                Capability {
                    draft,
                    position,
                    status: Status::Active,
                },
            );
        }
        Ground {
            version: Version {
                number: 1,
                date: Date::from_calendar_date(2026, Month::March, 17).expect("a day"),
                decided_by: "Exempel".parse().expect("fits"),
                contents,
            },
            members: (Municipality::fyrbodal().into_iter())
                .take(self.municipalities)
                .map(|municipality| Member {
                    municipality,
                    participation: Participation::Full,
                    note: Text::default(),
                })
                .collect(),
            asked: (self.people.iter().enumerate())
                .map(|(number, homes)| Asked {
                    occupation: Occupation::ALL[number % 3],
                    municipalities: (homes.iter())
                        .map(|home| Municipality::fyrbodal()[*home])
                        .collect(),
                    submitted: true,
                })
                .collect(),
        }
    }

    /// The answers, one a line: who, about what, for whom, current and target.
    fn in_short(&self) -> String {
        let given = |answer: Option<Answer>| answer.map_or(0, Answer::code);
        let lines: Vec<_> = (self.answers.iter())
            .map(|answer| {
                let row = (0..self.capabilities).find(|row| capability(*row) == answer.capability);
                format!(
                    "{} {row:?} {} {} {}",
                    answer.respondent,
                    answer.municipality.name(),
                    given(answer.current),
                    given(answer.target),
                )
            })
            .collect();
        format!("n_min {}\n{}", self.n_min, lines.join("\n"))
    }

    fn publish(&self, ground: &Ground, answers: &[SubmittedAnswer]) -> Published {
        let effects: BTreeMap<EffectKey, _> = BTreeMap::new();
        let data = RoundData {
            round: ROUND,
            version: &ground.version,
            members: &ground.members,
            n_min: self.n_min,
            answers,
            invited: self.people.len(),
            submitted: self.people.len(),
            repeated: self.repeated,
            people: &ground.asked,
            agreed: &self.agreed,
            // Without effects there are no places, whose intervals are drawn from answers: see the tests of the
            // ranking for what they may rest on.
            effects: &effects,
        };
        Published {
            region: RegionResult::aggregate(&data),
            spread: Spread::of(&data),
            coverage: Coverage::of(&data),
        }
    }
}

/// Which of the answers' parts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Question {
    Current,
    Target,
    DontKnow,
}

impl Question {
    fn of(self, answer: &SubmittedAnswer) -> Option<Answer> {
        match self {
            Self::Current | Self::DontKnow => answer.current,
            Self::Target => answer.target,
        }
    }

    fn put(self, answer: &mut SubmittedAnswer, given: Option<Answer>) {
        match self {
            Self::Current | Self::DontKnow => answer.current = given,
            Self::Target => answer.target = given,
        }
    }

    fn distribution(self, spread: &CapabilitySpread) -> &Distribution {
        match self {
            Self::Target => &spread.target,
            Self::Current | Self::DontKnow => &spread.current,
        }
    }

    fn municipal(self, spread: &CapabilitySpread, column: usize) -> &Distribution {
        match self {
            Self::Target => &spread.municipal[column].target,
            Self::Current | Self::DontKnow => &spread.municipal[column].current,
        }
    }
}

/// A hidden group: about one capability, for one municipality.
#[derive(Clone, Copy, Debug)]
struct Group {
    capability: CapabilityId,
    municipality: Municipality,
    question: Question,
}

impl Group {
    fn holds(&self, answer: &SubmittedAnswer) -> bool {
        answer.capability == self.capability && answer.municipality == self.municipality
    }

    /// What is to be kept from view: the levels, or how many said vet ej.
    fn secret(&self, answers: &[SubmittedAnswer]) -> Vec<usize> {
        let given = |wanted: Answer| {
            (answers.iter())
                .filter(|answer| self.holds(answer) && self.question.of(answer) == Some(wanted))
                .count()
        };
        match self.question {
            Question::DontKnow => vec![given(Answer::DontKnow)],
            Question::Current | Question::Target => {
                Level::ALL.map(|level| given(Answer::Level(level))).to_vec()
            }
        }
    }
}

/// Whether some other answers of the hidden group go with the same published figures: one answer is changed, or two.
fn another_round(case: &Case, ground: &Ground, published: &Published, group: Group) -> bool {
    let answers = &case.answers;
    let secret = group.secret(answers);
    let about: Vec<usize> = (0..answers.len())
        .filter(|&index| answers[index].capability == group.capability)
        .collect();
    let choices: Vec<Option<Answer>> = (Level::ALL.map(Answer::Level).into_iter())
        .chain([Answer::DontKnow, Answer::NotApplicable, Answer::Declined])
        .map(Some)
        .collect();
    let question = group.question;
    let other = |changes: &[(usize, Option<Answer>)]| {
        let mut changed = answers.clone();
        for (index, given) in changes {
            question.put(&mut changed[*index], *given);
        }
        group.secret(&changed) != secret
            && case.publish(ground, &changed).hidden_as(published) == *published
    };
    let traded = about.iter().any(|&one| {
        about.iter().any(|&two| {
            let (first, second) = (question.of(&answers[one]), question.of(&answers[two]));
            one < two
                && first != second
                && (group.holds(&answers[one]) || group.holds(&answers[two]))
                && other(&[(one, second), (two, first)])
        })
    });
    let changes =
        || (about.iter()).flat_map(|&index| choices.iter().map(move |given| (index, *given)));
    // Three people hand their answers round.
    let handed_round = || {
        let held = || about.iter().filter(|&&index| group.holds(&answers[index]));
        held().any(|&one| {
            about.iter().any(|&two| {
                about.iter().any(|&three| {
                    let given = [one, two, three].map(|index| question.of(&answers[index]));
                    given[0] != given[1]
                        && given[1] != given[2]
                        && given[2] != given[0]
                        && other(&[(one, given[1]), (two, given[2]), (three, given[0])])
                })
            })
        })
    };
    traded
        || changes().any(|change| other(&[change]))
        || handed_round()
        || changes()
            .filter(|(index, _)| group.holds(&answers[*index]))
            .any(|first| {
                changes()
                    .filter(|second| second.0 != first.0)
                    .any(|second| other(&[first, second]))
            })
}

/// Everyone's counts less those of the shown municipalities, as anyone can take them off.
fn rest(spread: &CapabilitySpread, question: Question) -> Option<[i64; 5]> {
    let mut rest = question
        .distribution(spread)
        .bars
        .as_ref()?
        .counts
        .map(i64::from);
    for column in 0..spread.municipal.len() {
        if let Some(bars) = &question.municipal(spread, column).bars {
            for (left, count) in rest.iter_mut().zip(bars.counts) {
                *left -= i64::from(count);
            }
        }
    }
    Some(rest)
}

/// Whether the rest of the answers is told to be all of one sort, which hides nothing.
fn all_the_same(
    case: &Case,
    spread: &CapabilitySpread,
    ground: &Ground,
    question: Question,
) -> bool {
    if question != Question::DontKnow {
        return rest(spread, question)
            .is_some_and(|rest| rest.iter().filter(|count| **count != 0).count() <= 1);
    }
    let hidden: Vec<_> = (case.answers.iter())
        .filter(|answer| {
            let column = (ground.members.iter())
                .position(|member| member.municipality == answer.municipality)
                .expect("a member");
            answer.capability == spread.id && spread.municipal[column].current.bars.is_none()
        })
        .collect();
    let dont_know = (hidden.iter())
        .filter(|answer| answer.current == Some(Answer::DontKnow))
        .count();
    spread.dont_know_share.is_some() && (dont_know == 0 || dont_know == hidden.len())
}

/// Whether a group is large enough to be told, and hidden for another one's sake only.
fn large(case: &Case, capability: CapabilityId, municipality: Municipality) -> bool {
    let about = |answer: &&SubmittedAnswer| answer.capability == capability;
    let alone = |answer: &&SubmittedAnswer| {
        answer.municipality == municipality
            && (case.answers.iter().filter(about))
                .filter(|other| other.respondent == answer.respondent)
                .count()
                == 1
    };
    let levels = |question: Question| {
        (case.answers.iter().filter(about).filter(alone))
            .filter(|answer| question.of(answer).and_then(Answer::level).is_some())
            .count()
    };
    let least = usize::from(case.n_min) + case.repeated as usize;
    levels(Question::Current).min(levels(Question::Target)) >= least
}

/// The groups that are hidden and that could be worked out.
fn worked_out(case: &Case) -> Vec<Group> {
    let ground = case.ground();
    let published = case.publish(&ground, &case.answers);
    let published = case.publish(&ground, &case.answers).hidden_as(&published);
    let mut found = Vec::new();
    for spread in &published.spread.capabilities {
        for (column, municipality) in published.spread.municipalities.iter().enumerate() {
            for question in [Question::Current, Question::Target, Question::DontKnow] {
                let own = question.municipal(spread, column);
                let cell = published
                    .region
                    .cell(spread.id, *municipality)
                    .expect("a member");
                // Inte aktuellt is told of three people and more, who all said so; and that three of three gave a
                // level follows from there being a value. Without the region's share there is no total of vet ej to
                // take anything off.
                let told_on_purpose = cell.value == CellValue::NotApplicable
                    || question == Question::DontKnow
                        && (case.n_min <= 4 && cell.value.levels().is_some()
                            || spread.dont_know_share.is_none());
                if own.bars.is_some()
                    || own.people == GroupSize::Nobody
                    || told_on_purpose
                    || large(case, spread.id, *municipality)
                    || all_the_same(case, spread, &ground, question)
                {
                    continue;
                }
                let group = Group {
                    capability: spread.id,
                    municipality: *municipality,
                    question,
                };
                if !another_round(case, &ground, &published, group) {
                    found.push(group);
                }
            }
        }
    }
    found
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        8 => (1u8..=5).prop_map(|level| Answer::Level(Level::new(level).expect("1–5"))),
        1 => Just(Answer::DontKnow),
        1 => prop::sample::select(vec![Answer::Declined, Answer::NotApplicable]),
    ]
}

/// People of few municipalities, some of them of several.
fn any_case() -> impl Strategy<Value = Case> {
    (2usize..=5, 1usize..=3, 3u8..=5).prop_flat_map(|(municipalities, capabilities, n_min)| {
        let homes = prop_oneof![
            5 => (0..municipalities).prop_map(|home| vec![home]),
            // Where most people are: a municipality that is large enough to be shown.
            5 => Just(vec![0]),
            1 => prop::sample::subsequence((0..municipalities).collect::<Vec<_>>(), 2..=municipalities),
        ];
        let said = prop::collection::vec((any_answer(), any_answer(), 0u8..10), capabilities * municipalities);
        let people = prop::collection::vec((homes, said), 2..16);
        let agreed = prop::collection::vec(prop::bool::weighted(0.2), capabilities * municipalities);
        (people, agreed, prop::bool::weighted(0.2)).prop_map(move |(people, agreed, confidential)| {
            built(municipalities, capabilities, n_min, people, &agreed, confidential)
        })
    })
}

type Person = (Vec<usize>, Vec<(Answer, Answer, u8)>);

fn built(
    municipalities: usize,
    capabilities: usize,
    n_min: u8,
    people: Vec<Person>,
    agreed: &[bool],
    confidential: bool,
) -> Case {
    let names = Municipality::fyrbodal();
    let mut answers = Vec::new();
    let (mut respondent, mut repeated) = (0, 0);
    for (homes, said) in &people {
        for row in 0..capabilities {
            for (part, home) in (0..).zip(homes) {
                let (current, target, differs) = said[row * municipalities + home];
                // Most say the same for all of their municipalities, and a few leave a capability out.
                let same = said[row * municipalities + homes[0]];
                let (current, target) = if differs < 5 {
                    (same.0, same.1)
                } else {
                    (current, target)
                };
                if differs < 9 {
                    answers.push(SubmittedAnswer {
                        respondent: if confidential {
                            respondent + part
                        } else {
                            respondent
                        },
                        municipality: names[*home],
                        capability: capability(row),
                        current: Some(current),
                        target: Some(target),
                    });
                }
            }
        }
        let parts = u32::try_from(homes.len()).expect("few");
        respondent += parts;
        repeated += if confidential { parts - 1 } else { 0 };
    }
    let value = |level| Level::new(level).expect("1–5");
    let agreed = (agreed.iter().enumerate())
        .filter(|(_, agreed)| **agreed)
        .map(|(place, _)| {
            let key = AgreedKey {
                round: ROUND,
                municipality: names[place % municipalities],
                capability: capability(place / municipalities),
            };
            let levels = Agreed::Levels {
                current: value(2),
                target: value(4),
            };
            (
                key,
                AgreedLevel {
                    value: levels,
                    reason: Reason::default(),
                },
            )
        })
        .collect();
    Case {
        municipalities,
        capabilities,
        n_min,
        repeated,
        people: people.into_iter().map(|(homes, _)| homes).collect(),
        answers,
        agreed,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "the search misses another round in about one case of twenty: each is to be judged by hand"]
    fn no_hidden_answer_can_be_worked_out_from_all_that_is_published(case in any_case()) {
        let found = worked_out(&case);
        prop_assert!(found.is_empty(), "can be worked out: {found:?} of\n{}", case.in_short());
    }
}

proptest! {
    #[test]
    fn what_is_left_when_all_shown_is_taken_off_is_nobody_or_enough_people(case in any_case()) {
        let ground = case.ground();
        let published = case.publish(&ground, &case.answers);
        for spread in &published.spread.capabilities {
            let shown: BTreeSet<Municipality> = (published.spread.municipalities.iter().enumerate())
                .filter(|(column, _)| spread.municipal[*column].current.bars.is_some())
                .map(|(_, municipality)| *municipality)
                .collect();
            let mut homes: BTreeMap<u32, BTreeSet<Municipality>> = BTreeMap::new();
            for answer in case.answers.iter().filter(|answer| answer.capability == spread.id) {
                homes.entry(answer.respondent).or_default().insert(answer.municipality);
            }
            let left = (homes.values())
                .filter(|homes| homes.len() > 1 || !homes.is_subset(&shown))
                .count();
            let hidden: BTreeSet<_> = homes.values().flatten().filter(|home| !shown.contains(home)).collect();
            if !shown.is_empty() {
                let surely = left.saturating_sub(case.repeated as usize);
                prop_assert!(left == 0 || surely >= usize::from(case.n_min) && hidden.len() > 1);
            }
            for municipality in &shown {
                let alone = (homes.values())
                    .filter(|homes| homes.len() == 1 && homes.contains(municipality))
                    .count();
                prop_assert!(alone.saturating_sub(case.repeated as usize) >= usize::from(case.n_min));
            }
        }
    }

    #[test]
    fn every_figure_hides_and_shows_the_same_groups(case in any_case()) {
        let ground = case.ground();
        let Published { region, spread, coverage } = case.publish(&ground, &case.answers);
        let mut told = (0.0, 0.0);
        for (result, coverage) in region.capabilities.iter().zip(&coverage.capabilities) {
            let spread = spread.capability(result.id).expect("of the same version");
            prop_assert_eq!(result.dont_know_share, spread.dont_know_share);
            for ((cell, own), field) in result.cells.iter().zip(&spread.municipal).zip(&coverage.cells) {
                let shown = matches!(cell.answers, GroupSize::Exactly(_));
                prop_assert_eq!(own.current.bars.is_some(), shown);
                prop_assert_eq!(own.target.bars.is_some(), shown);
                prop_assert_eq!(own.dont_know_share.is_some(), shown);
                if let CoverageCell::Answers(size) = field {
                    prop_assert_eq!(*size, cell.answers);
                }
            }
            prop_assert_eq!(coverage.values.with <= coverage.values.total, true);
            if let Some(share) = result.dont_know_share {
                let answers = (case.answers.iter()).filter(|a| a.capability == result.id).count();
                let answers = f64::from(u32::try_from(answers).expect("few"));
                told = (told.0 + share * answers, told.1 + answers);
            }
        }
        // The share over all says nothing that the capabilities' own shares do not.
        let share = (told.1 > 0.0).then(|| told.0 / told.1);
        prop_assert_eq!(coverage.dont_know_share.is_some(), share.is_some());
        if let (Some(a), Some(b)) = (coverage.dont_know_share, share) {
            prop_assert!((a - b).abs() < 1e-9);
        }
    }
}

/// Calls `each` with every list of so many sizes from 0 to `most`.
fn all_sizes(groups: usize, most: u32, each: &mut impl FnMut(&[u32])) {
    let mut sizes = vec![0; groups];
    loop {
        each(&sizes);
        let Some(place) = sizes.iter().position(|size| *size < most) else {
            return;
        };
        sizes[place] += 1;
        sizes[..place].fill(0);
    }
}

/// Whether a group of this size may be told so.
fn fits(size: u32, told: GroupSize) -> bool {
    match told {
        GroupSize::Nobody => size == 0,
        GroupSize::UpTo(most) => (1..=u32::from(most)).contains(&size),
        GroupSize::Hidden => size > 0,
        GroupSize::Exactly(exactly) => size == exactly,
    }
}

#[test]
fn no_hidden_size_can_be_worked_out_of_sizes_and_their_total() {
    for least in [3, 4, 6] {
        let least = LeastGroup::new(least).expect("from 3 to 10");
        for groups in 1..=3 {
            let mut every: Vec<Vec<u32>> = Vec::new();
            all_sizes(groups, 8, &mut |sizes| every.push(sizes.to_vec()));
            let mut checked = BTreeSet::new();
            for sizes in &every {
                let (told, total) = hide_sizes(sizes, least);
                if !checked.insert(format!("{told:?} {total:?}")) {
                    continue;
                }
                let possible: Vec<_> = (every.iter())
                    .filter(|other| {
                        other
                            .iter()
                            .zip(&told)
                            .all(|(size, told)| fits(*size, *told))
                    })
                    .filter(|other| fits(other.iter().sum(), total))
                    .collect();
                for (place, size) in told.iter().enumerate() {
                    let values: BTreeSet<u32> = possible.iter().map(|other| other[place]).collect();
                    if matches!(size, GroupSize::UpTo(_) | GroupSize::Hidden) {
                        assert!(values.len() > 1, "{sizes:?} from {told:?} and {total:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn two_groups_of_five_are_told_without_the_class_that_would_give_them_away() {
    let least = LeastGroup::new(6).expect("from 3 to 10");
    let told = tell_sizes(&[5, 5, 9], &[true, true, false], true, least);
    assert_eq!(
        told,
        [GroupSize::Hidden, GroupSize::Hidden, GroupSize::Exactly(9)]
    );
    let told = tell_sizes(&[2, 5, 9], &[true, true, false], true, least);
    assert_eq!(
        told,
        [
            GroupSize::UpTo(5),
            GroupSize::UpTo(5),
            GroupSize::Exactly(9)
        ]
    );
}
