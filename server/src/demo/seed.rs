//! Everything random in the example, from one seed: the same ids, levels and remarks at every start, everywhere.

use domain::{level::Level, statistics::random::SplitMix64, text::Text};
use uuid::{Builder, Uuid};

/// The seed of the whole example. Another number gives another, equally invented, region.
const SEED: u64 = 20_260_317;

/// What random numbers are for. Each purpose has streams of its own, so that a change in one does not stir the others.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Goal = 1,
    Area,
    Capability,
    Weakness,
    Round,
    Participant,
    Operation,
    Municipality,
    Place,
    Person,
    Opinion,
    Answer,
    Remark,
    Agreement,
    Workshop,
    Item,
    Attendee,
    Card,
    Note,
    Improvement,
    Enquiry,
}

/// The stream of random numbers for a purpose and the things it is about.
pub(super) fn stream(purpose: Purpose, about: &[usize]) -> SplitMix64 {
    let mut random = SplitMix64::new(SEED ^ ((purpose as u64) << 32));
    for &thing in about {
        random = SplitMix64::new(random.next_u64() ^ thing as u64);
    }
    random
}

/// The id of a thing: a random one that is the same every time.
pub(super) fn id(purpose: Purpose, about: &[usize]) -> Uuid {
    let mut random = stream(purpose, about);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&random.next_u64().to_le_bytes());
    bytes[8..].copy_from_slice(&random.next_u64().to_le_bytes());
    Builder::from_random_bytes(bytes).into_uuid()
}

/// A number around 0 with standard deviation 1, never beyond ±3.5: the sum of four even ones, which is close enough to
/// normal and, unlike a logarithm, the same to the last bit on every machine.
pub(super) fn around_zero(random: &mut SplitMix64) -> f64 {
    let sum = random.unit() + random.unit() + random.unit() + random.unit();
    (sum - 2.0) * 1.732
}

/// Whether something happens that does so `percent` times in a hundred.
pub(super) fn happens(random: &mut SplitMix64, percent: u32) -> bool {
    random.below(100) < percent
}

/// One of these, all equally likely.
pub(super) fn one_of<'a, T: ?Sized>(random: &mut SplitMix64, list: &[&'a T]) -> &'a T {
    let bound = u32::try_from(list.len()).unwrap_or(u32::MAX);
    list[random.below(bound) as usize]
}

/// The level nearest to a number; what lies beyond the scale is its first or last level.
pub(super) fn nearest(number: f64) -> Level {
    (Level::ALL.into_iter().rev())
        .find(|level| f64::from(level.get()) - 0.5 <= number)
        .unwrap_or(Level::ALL[0])
}

/// A text of the example's own.
pub(super) fn text<const MIN: usize, const MAX: usize>(written: &str) -> Text<MIN, MAX> {
    Text::parse(written).expect("the example's texts fit their places")
}
