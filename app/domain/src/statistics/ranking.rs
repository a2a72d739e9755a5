//! How sure the order of priorities is: a bootstrap over the respondents.

use std::ops::Sub;

use super::{
    priority::{Municipality, Sample, level},
    random::SplitMix64,
};

/// The number of resamples that the method asks for.
pub const REPLICATES: u32 = 2000;

/// Neighbours between these chances of the first being before the second cannot be told
/// apart.
const UNDECIDED: std::ops::RangeInclusive<f64> = 0.25..=0.75;

/// Priorities closer than this are equal: only rounding lies between them.
const PRECISION: f64 = 1e9;

/// How sure the place of one capability is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankStability {
    /// The 5 and 95 % quantiles of its rank, 1 the most urgent.
    pub interval: (u32, u32),
    /// The chance of it being among the first `top_k`, 0–1.
    pub p_top_k: f64,
}

/// How sure the order of all capabilities is.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// The capabilities that have a priority, by index, most urgent first; equals in the
    /// order of the capabilities.
    pub order: Vec<usize>,
    /// Per capability, in the order of the capabilities. Without priority: `None`.
    pub ranks: Vec<Option<RankStability>>,
    /// For each neighbour pair a, b of `order`: P(a before b) + ½P(tie), 0–1.
    pub ahead: Vec<f64>,
    /// For each place of `order`, the same chances of the one there against each of those after it.
    leads: Vec<Vec<f64>>,
}

impl Stability {
    /// The order cut into groups that "kan inte skiljas åt": runs of neighbours each
    /// of which has a chance between .25 and .75 of being before the next, and the first
    /// of which has such a chance of being before any of them: without that, a chain
    /// of small steps would put the first and the thirtieth in one group though they are
    /// easily told apart. A capability that stands out is a group of its own; no
    /// capabilities, no groups.
    pub fn groups(&self) -> Vec<&[usize]> {
        let near = |chance: Option<&f64>| chance.is_some_and(|chance| UNDECIDED.contains(chance));
        let mut groups = Vec::new();
        let mut start = 0;
        for end in 1..=self.order.len() {
            let first = self
                .leads
                .get(start)
                .and_then(|leads| leads.get(end - 1 - start));
            let together = near(self.ahead.get(end - 1)) && near(first);
            if !together {
                groups.push(&self.order[start..end]);
                start = end;
            }
        }
        groups
    }
}

/// The stability of the order of priorities under resampling of the respondents within
/// each municipality (the bootstrap, Efron, 1979; for ranks, Goldstein & Spiegelhalter,
/// 1996).
///
/// A resample draws as many respondents as the municipality has, with replacement, each
/// with all their answers. An agreed level moves as the low median of the answers moves
/// (and stays on the scale): what was agreed was agreed by the people who happened to be
/// there, and to hold it still would make the order look certain as soon as levels are
/// agreed. Equals share their places: in
/// a tie over places 3 and 4 each has either with chance ½, so the chances of being
/// among the first k sum to k. A capability left without any value in a resample comes
/// last there.
///
/// The same sample, seed and number of replicates (at least one is made) give the same
/// result everywhere; each municipality has its own stream of random numbers, so that
/// a change in one does not stir the others. A municipality with one respondent, or with
/// agreed levels and no answers, does not vary: the interval tells of disagreement within
/// municipalities, not of those that are missing.
pub fn rank_stability(sample: &Sample, replicates: u32, seed: u64, top_k: usize) -> Stability {
    let capabilities = sample.effects.len();
    let order = order(sample);
    let replicates = replicates.max(1);
    let resamples = Resamples::draw(sample, replicates, seed);

    let places = order.len();
    let mut chances = vec![0.0; places * places];
    let mut half_wins: Vec<Vec<u32>> = (1..=places).map(|after| vec![0; places - after]).collect();
    let mut scores = vec![0.0; places];
    let mut sorted: Vec<usize> = (0..places).collect();
    for (gaps, present) in resamples.iter() {
        for (score, &capability) in scores.iter_mut().zip(&order) {
            *score = match (sample.effect(capability), present[capability]) {
                (Some(effect), municipalities @ 1..) => {
                    rounded(effect * f64::from(gaps[capability]) / f64::from(municipalities))
                }
                _ => f64::NEG_INFINITY,
            };
        }
        for (place, half_wins) in half_wins.iter_mut().enumerate() {
            let (score, after) = (scores[place], &scores[place + 1..]);
            for (half_wins, other) in half_wins.iter_mut().zip(after) {
                // One half for not being after and one for being before, without branches.
                *half_wins += u32::from(score >= *other) + u32::from(score > *other);
            }
        }
        sorted.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let mut first = 0;
        for equals in sorted.chunk_by(|&a, &b| scores[a].total_cmp(&scores[b]).is_eq()) {
            let share = 1.0 / super::real(equals.len());
            for &capability in equals {
                let row = capability * places;
                for chance in &mut chances[row + first..row + first + equals.len()] {
                    *chance += share;
                }
            }
            first += equals.len();
        }
    }

    let replicates = f64::from(replicates);
    for chance in &mut chances {
        *chance /= replicates;
    }
    let mut ranks = vec![None; capabilities];
    for (chances, &capability) in chances.chunks_exact(places.max(1)).zip(&order) {
        ranks[capability] = Some(RankStability {
            interval: (place_at(chances, 0.05), place_at(chances, 0.95)),
            p_top_k: chances.iter().take(top_k).sum::<f64>().min(1.0),
        });
    }
    let leads: Vec<Vec<f64>> = (half_wins.iter())
        .map(|row| {
            row.iter()
                .map(|&halves| f64::from(halves) / 2.0 / replicates)
                .collect()
        })
        .collect();
    Stability {
        order,
        ranks,
        ahead: (leads.iter())
            .filter_map(|row| row.first().copied())
            .collect(),
        leads,
    }
}

/// The capabilities that have a priority, most urgent first.
fn order(sample: &Sample) -> Vec<usize> {
    let mut scored: Vec<(f64, usize)> = sample
        .priorities()
        .iter()
        .enumerate()
        .filter_map(|(capability, priority)| {
            Some((rounded(priority.as_ref()?.score()), capability))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored
        .into_iter()
        .map(|(_, capability)| capability)
        .collect()
}

/// A score without rounding errors, so that equals are equal.
fn rounded(score: f64) -> f64 {
    (score * PRECISION).round()
}

/// The least place, counted from one, up to which the chances sum to `p`.
fn place_at(chances: &[f64], p: f64) -> u32 {
    let mut sum = 0.0;
    let mut place = 0;
    for chance in chances {
        sum += chance;
        place += 1;
        if sum >= p - 1.0 / PRECISION {
            break;
        }
    }
    place
}

/// Per replicate and capability: the sum of gaps that count, and over how many
/// municipalities. Flat, replicate after replicate.
struct Resamples {
    capabilities: usize,
    gaps: Vec<u32>,
    present: Vec<u32>,
}

impl Resamples {
    fn draw(sample: &Sample, replicates: u32, seed: u64) -> Self {
        let capabilities = sample.effects.len();
        let times = usize::try_from(replicates).unwrap_or(usize::MAX);
        let mut drawn = Self {
            capabilities,
            gaps: vec![0; capabilities * times],
            present: vec![0; capabilities * times],
        };
        if capabilities == 0 {
            return drawn;
        }
        let mut streams = SplitMix64::new(seed);
        for municipality in &sample.municipalities {
            let mut random = SplitMix64::new(streams.next_u64());
            let mut ballots = Ballots::new(municipality, capabilities);
            let replicates = drawn
                .gaps
                .chunks_exact_mut(capabilities)
                .zip(drawn.present.chunks_exact_mut(capabilities));
            for (gaps, present) in replicates {
                ballots.resample(&mut random);
                ballots.add_gaps(gaps, present);
            }
        }
        drawn
    }

    fn iter(&self) -> impl Iterator<Item = (&[u32], &[u32])> {
        let size = self.capabilities.max(1);
        self.gaps
            .chunks_exact(size)
            .zip(self.present.chunks_exact(size))
    }
}

/// Answers at or below each of the levels 1–5, for current and for target.
const LANES: usize = 10;

/// Rows summed at a time, which spares the sum most of its way to memory and back.
const ABREAST: usize = 4;

/// The most rows whose sum still fits the small counters, in steps of those abreast.
const FITTING: usize = u8::MAX as usize / ABREAST * ABREAST;

/// One municipality's answers as ballots that can be summed: a respondent's row has, for
/// each lane and capability, 1 when the answer is at or below the lane's level. Summed
/// rows are cumulative counts, from which low medians can be read without sorting, and
/// everything is long runs of small integers that the compiler turns into vectors.
struct Ballots {
    capabilities: usize,
    respondents: u32,
    /// A row per respondent, and an empty one that evens out the last step.
    rows: Vec<u8>,
    picks: Vec<u32>,
    /// The sum of the picks, or of the last of them when there are too many.
    few: Vec<u8>,
    /// The sum of the picks when there are too many for small counters; else unused.
    many: Vec<u32>,
    levels: [Vec<u8>; 2],
    /// Agreed levels and the low medians of the answers as they are; 0 where there is none.
    agreed: [Vec<u8>; 2],
    medians: [Vec<u8>; 2],
}

impl Ballots {
    fn new(municipality: &Municipality, capabilities: usize) -> Self {
        let size = LANES * capabilities;
        let mut rows = Vec::new();
        let mut respondents = 0;
        for answers in municipality.respondents(capabilities) {
            let start = rows.len();
            rows.resize(start + size, 0);
            respondents += 1;
            for (capability, &(current, target)) in answers.iter().enumerate() {
                for (first, answer) in [(0, current), (LANES / 2, target)] {
                    if let Some(level) = answer.and_then(level) {
                        for lane in first + usize::from(level) - 1..first + LANES / 2 {
                            rows[start + lane * capabilities + capability] = 1;
                        }
                    }
                }
            }
        }
        rows.resize(rows.len() + size, 0);
        let (current, target) = (0..capabilities)
            .map(|capability| municipality.agreed(capability).unwrap_or_default())
            .unzip();
        let mut ballots = Self {
            capabilities,
            respondents,
            rows,
            picks: Vec::new(),
            few: vec![0; size],
            many: vec![0; size],
            levels: [vec![0; capabilities], vec![0; capabilities]],
            agreed: [current, target],
            medians: [vec![0; capabilities], vec![0; capabilities]],
        };
        ballots.picks.extend(0..respondents);
        ballots.count();
        ballots.find_medians();
        ballots.medians = ballots.levels.clone();
        ballots
    }

    /// Draws as many respondents as there are, and counts their answers.
    fn resample(&mut self, random: &mut SplitMix64) {
        self.picks.clear();
        self.picks
            .extend((0..self.respondents).map(|_| random.below(self.respondents)));
        self.count();
        self.find_medians();
    }

    /// Sums the rows of the picks.
    fn count(&mut self) {
        let size = self.few.len();
        let even = self.picks.len().next_multiple_of(ABREAST);
        self.picks.resize(even, self.respondents);
        self.few.fill(0);
        self.many.fill(0);
        for picks in self.picks.chunks(FITTING) {
            self.few.fill(0);
            for picks in picks.chunks_exact(ABREAST) {
                let [a, b, c, d] = [0, 1, 2, 3].map(|i| {
                    let start = picks[i] as usize * size;
                    &self.rows[start..start + size]
                });
                let rows = a.iter().zip(b).zip(c).zip(d);
                for (sum, (((a, b), c), d)) in self.few.iter_mut().zip(rows) {
                    *sum += a + b + c + d;
                }
            }
            if self.picks.len() > FITTING {
                for (many, &few) in self.many.iter_mut().zip(&self.few) {
                    *many += u32::from(few);
                }
            }
        }
    }

    /// Finds the low medians of what has been counted.
    fn find_medians(&mut self) {
        let half = LANES / 2 * self.capabilities;
        let [current, target] = &mut self.levels;
        if self.picks.len() > FITTING {
            low_medians(&self.many[..half], current);
            low_medians(&self.many[half..], target);
        } else {
            low_medians(&self.few[..half], current);
            low_medians(&self.few[half..], target);
        }
    }

    /// Adds this municipality's gaps to the sums of a replicate.
    fn add_gaps(&mut self, gaps: &mut [u32], present: &mut [u32]) {
        for ((levels, agreed), medians) in
            self.levels.iter_mut().zip(&self.agreed).zip(&self.medians)
        {
            for ((level, &agreed), &median) in levels.iter_mut().zip(agreed).zip(medians) {
                *level = moved(agreed, median, *level);
            }
        }
        let [current, target] = &self.levels;
        let sums = gaps.iter_mut().zip(present);
        for ((gap, present), (&current, &target)) in sums.zip(current.iter().zip(target)) {
            let answered = u32::from(current > 0) & u32::from(target > 0);
            *gap += answered * u32::from(target.saturating_sub(current));
            *present += answered;
        }
    }
}

/// The level of a resample: the drawn median, or the agreed level moved as the median moved. 0 stands for none.
fn moved(agreed: u8, median: u8, drawn: u8) -> u8 {
    if agreed == 0 {
        drawn
    } else if drawn == 0 || median == 0 {
        agreed
    } else {
        (agreed + drawn).saturating_sub(median).clamp(1, 5)
    }
}

/// The low median per capability from its cumulative counts: the least level up to which
/// half the answers lie. No answers: 0.
fn low_medians<T>(counts: &[T], levels: &mut [u8])
where
    T: Copy + Default + PartialOrd + Sub<Output = T>,
{
    let (below, all) = counts.split_at(counts.len() - levels.len());
    for (level, &all) in levels.iter_mut().zip(all) {
        *level = u8::from(all > T::default());
    }
    for up_to in below.chunks_exact(levels.len()) {
        for ((level, &up_to), &all) in levels.iter_mut().zip(up_to).zip(all) {
            *level += u8::from(up_to < all - up_to);
        }
    }
}
