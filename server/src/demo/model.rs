//! How the invented answers come about: what holds for a capability, for a municipality, for a person, for the moment.

use domain::{
    level::{Answer, Level},
    map::Effect,
    municipality::Municipality,
    statistics::random::SplitMix64,
    survey::Occupation,
};

use super::{
    people::Person,
    seed::{Purpose, around_zero, happens, nearest, stream},
};

/// What holds for a capability in the whole region.
struct Condition {
    /// Its code in the catalogue.
    code: &'static str,
    /// Mean of what people think of the current level, 1–5. Low: hardly anyone is near what would be enough.
    current: f64,
    /// Mean of what they think is enough, 1–5.
    target: f64,
    /// How much better it has become by the second round.
    progress: f64,
    /// Effect on goals in the two rounds, 1–5.
    effects: [u8; 2],
    /// How many in a hundred do not know.
    dont_know: u32,
}

const fn c(
    code: &'static str,
    current: f64,
    target: f64,
    progress: f64,
    effects: [u8; 2],
    dont_know: u32,
) -> Condition {
    Condition {
        code,
        current,
        target,
        progress,
        effects,
        dont_know,
    }
}

/// In the order of the catalogue.
const CONDITIONS: [Condition; 32] = [
    c("K1", 2.0, 3.6, 0.0, [4, 4], 5),
    c("K2", 1.7, 3.4, 0.1, [4, 4], 9),
    c("K3", 1.6, 3.6, 0.0, [5, 5], 8),
    c("K4", 1.5, 3.5, 0.0, [4, 4], 10),
    c("K5", 2.5, 3.7, 0.5, [3, 3], 5),
    c("T1", 1.8, 3.8, 0.4, [5, 5], 7),
    c("T2", 1.5, 3.6, 0.1, [4, 4], 12),
    c("T3", 1.5, 3.5, 0.0, [4, 4], 10),
    c("T4", 1.7, 3.8, 0.6, [5, 5], 8),
    c("T5", 1.4, 3.8, 0.1, [5, 5], 11),
    c("T6", 2.0, 3.6, 0.0, [3, 3], 7),
    c("I1", 1.6, 3.4, 0.1, [4, 4], 8),
    c("I2", 1.8, 3.4, 0.0, [3, 3], 8),
    c("I3", 1.5, 3.6, 0.1, [5, 5], 9),
    c("I4", 1.3, 2.9, 0.0, [2, 2], 44),
    c("I5", 1.5, 3.2, 0.0, [3, 3], 10),
    c("I6", 1.3, 3.3, 0.3, [3, 4], 15),
    c("I7", 1.4, 3.0, 0.0, [2, 2], 15),
    c("F1", 2.8, 3.9, 0.0, [4, 4], 5),
    c("F2", 2.2, 3.8, 0.5, [4, 4], 6),
    c("F3", 1.4, 3.6, 0.0, [4, 4], 13),
    c("F4", 1.3, 3.3, 0.0, [3, 3], 15),
    c("F5", 1.7, 3.5, 0.0, [3, 3], 9),
    c("F6", 1.5, 3.4, 0.0, [3, 3], 40),
    c("F7", 2.0, 3.8, 0.1, [5, 5], 6),
    c("L1", 1.7, 3.7, 0.5, [4, 4], 7),
    c("L2", 1.4, 3.7, 0.1, [5, 5], 9),
    c("L3", 1.4, 3.5, 0.0, [4, 4], 12),
    c("L4", 1.6, 3.4, 0.0, [3, 3], 14),
    c("L5", 1.4, 3.6, 0.0, [4, 4], 9),
    c("L6", 1.8, 3.8, 0.2, [5, 5], 8),
    c("L7", 1.5, 3.7, 0.0, [4, 5], 8),
];

/// Where a municipality is ahead of what it needs, and can support others.
const AHEAD: [(&str, &str); 6] = [
    ("Trollhättan", "F1"),
    ("Uddevalla", "K5"),
    ("Vänersborg", "F7"),
    ("Strömstad", "I2"),
    ("Mellerud", "L6"),
    ("Sotenäs", "T6"),
];

/// Where a municipality has no use for a capability.
const NO_USE: [(&str, &str); 2] = [("Färgelanda", "I4"), ("Bengtsfors", "I7")];

/// How much municipalities differ over everything (standard deviation, levels).
const BETWEEN: f64 = 0.3;
/// How much they differ over one capability.
const WITHIN: f64 = 0.45;
/// How much people differ over everything: some are strict, some kind.
const TEMPER: f64 = 0.35;
/// How much they differ over one capability.
const OPINION: f64 = 0.45;
/// How much the same person differs from one time to the next.
const MOMENT: f64 = 0.3;

/// A municipality and a capability, by their places.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Whose.
    pub(super) municipality: Municipality,
    /// Which, by its place in the catalogue.
    pub(super) capability: usize,
}

impl Place {
    /// Whether the municipality is ahead of what it needs here.
    pub(super) fn is_ahead(self) -> bool {
        self.is_among(&AHEAD)
    }

    /// Whether the municipality has no use for the capability.
    pub(super) fn is_of_no_use(self) -> bool {
        self.is_among(&NO_USE)
    }

    fn is_among(self, places: &[(&str, &str)]) -> bool {
        places.contains(&(self.municipality.name(), CONDITIONS[self.capability].code))
    }

    /// Random numbers about this place and something more.
    pub(super) fn stream(self, purpose: Purpose, about: &[usize]) -> SplitMix64 {
        let code = self.municipality.to_string().parse().unwrap_or_default();
        stream(purpose, &[&[code, self.capability], about].concat())
    }

    /// What everyone would answer who saw everything: current and target level. Drawn by the seed, municipality by
    /// municipality, so that nothing here says anything about a real one.
    pub(super) fn truth(self, round: usize) -> (f64, f64) {
        let condition = &CONDITIONS[self.capability];
        if self.is_ahead() {
            return (4.5, 3.6);
        }
        let code = self.municipality.to_string().parse().unwrap_or_default();
        let between = BETWEEN * around_zero(&mut stream(Purpose::Municipality, &[code]));
        let mut random = self.stream(Purpose::Place, &[]);
        let progress = if round > 1 { condition.progress } else { 0.0 };
        let current = condition.current + between + WITHIN * around_zero(&mut random) + progress;
        let target = condition.target + between / 2.0 + WITHIN / 2.0 * around_zero(&mut random);
        (current, target)
    }

    /// One person's answers about it in a round: current and target level.
    pub(super) fn answers(self, person: &Person, round: usize) -> (Answer, Answer) {
        let mut opinion = self.stream(Purpose::Opinion, &[person.number]);
        let mut moment = self.stream(Purpose::Answer, &[person.number, round]);
        let dont_know = CONDITIONS[self.capability].dont_know;
        if self.is_of_no_use() && happens(&mut opinion, 80) || happens(&mut opinion, 1) {
            return (Answer::NotApplicable, Answer::NotApplicable);
        }
        let unknown = happens(&mut moment, dont_know);
        // Those who do not know how it is often know what would be enough.
        let unknown_target = unknown && happens(&mut moment, 60);
        let declined = happens(&mut moment, 1);
        let (current, target) = self.truth(round);
        let mut temper = stream(Purpose::Person, &[person.number]);
        let current = current
            + TEMPER * around_zero(&mut temper)
            + view(person.occupation, CONDITIONS[self.capability].code)
            + OPINION * around_zero(&mut opinion)
            + MOMENT * around_zero(&mut moment);
        let target = target
            + TEMPER / 2.0 * around_zero(&mut temper)
            + OPINION * around_zero(&mut opinion)
            + MOMENT * around_zero(&mut moment);
        let answer = |unknown, number| match (declined, unknown) {
            (true, _) => Answer::Declined,
            (false, true) => Answer::DontKnow,
            (false, false) => Answer::Level(nearest(number)),
        };
        (answer(unknown, current), answer(unknown_target, target))
    }
}

/// How much kinder (or stricter) a role is to a capability: one sees one's own house from inside. Over a few
/// capabilities the roles disagree outright.
fn view(occupation: Occupation, code: &str) -> f64 {
    let leads = matches!(
        occupation,
        Occupation::ChiefExecutive | Occupation::HeadOfAdministration
    );
    match code {
        "L1" | "L2" | "K3" if leads => 0.9,
        "L1" | "L2" | "K3" if occupation == Occupation::ItManager => -0.6,
        "T1" | "T5" if occupation == Occupation::InformationSecurity => -0.8,
        "T1" | "T5" if leads => 0.6,
        "L4" if occupation == Occupation::FinanceManager => 0.7,
        _ if code.starts_with('F') && occupation == Occupation::ItManager => 0.3,
        _ => 0.0,
    }
}

/// A capability's effect on goals in a round.
pub(super) fn effect(capability: usize, round: usize) -> Option<Effect> {
    let [first, second] = CONDITIONS[capability].effects;
    Level::new(if round == 1 { first } else { second }).map(Effect)
}

/// The codes of the capabilities that the model speaks of, in its order.
#[cfg(test)]
pub(super) fn codes() -> Vec<&'static str> {
    CONDITIONS.iter().map(|condition| condition.code).collect()
}
