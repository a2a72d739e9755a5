//! What a closed vote on effects came to: median, spread, and what the second round changed.

use std::cmp::Reverse;

use domain::{
    map::EffectKey,
    statistics::agreement::{AgreementLabel, agreement},
    workshop::{Item, VoteOn, record::MIN_VOTERS},
};
use leptos::prelude::*;

use super::{Candidate, candidates};
use crate::{
    live::{
        Scene,
        activities::bars::{agreement_text, small_bars},
        part::Part,
    },
    texts::Texts,
};

/// The most rows that fit on the wall.
const ON_WALL: usize = 10;

/// What the votes on one capability came to.
pub(super) struct Voted {
    candidate: Candidate,
    counts: [u32; 5],
    /// The lower median: what is used as the effect; none with few votes.
    median: Option<u8>,
    /// The median of the round before; none with few votes.
    before: Option<u8>,
    /// The effect that is set in the survey round.
    set: Option<u8>,
}

/// What a round of voting came to, highest median first, then most agreed.
pub(super) struct Outcome {
    attempt: u8,
    rows: Vec<Voted>,
}

/// The lower median of counted votes; none when they are fewer than [`MIN_VOTERS`], as it would tell what a single
/// person voted.
pub(super) fn median(counts: [u32; 5]) -> Option<u8> {
    let votes: u32 = counts.iter().sum();
    let mut below = 0;
    (1..).zip(counts).find_map(|(value, count)| {
        below += count;
        (votes as usize >= MIN_VOTERS && below >= votes.div_ceil(2)).then_some(value)
    })
}

impl Outcome {
    pub(super) fn new(scene: &Scene, item: &Item, attempt: u8) -> Self {
        let tally = |attempt| scene.state.work.tally(scene.id, item.id, attempt);
        let (now, before) = (tally(attempt), tally(attempt.saturating_sub(1)));
        let mut rows: Vec<_> = (candidates(scene).into_iter())
            .map(|candidate| {
                let on = VoteOn::Capability(candidate.id);
                let counts = now.get(&on).copied().unwrap_or_default();
                let set = (scene.workshop.round)
                    .and_then(|round| {
                        let capability = candidate.id;
                        scene.state.effects.get(&EffectKey { round, capability })
                    })
                    .map(|effect| effect.0.get());
                Voted {
                    candidate,
                    counts,
                    median: median(counts),
                    before: before.get(&on).copied().and_then(median),
                    set,
                }
            })
            .collect();
        rows.sort_by(|a, b| {
            let agreed = |row: &Voted| {
                (row.median)
                    .and_then(|_| agreement(&row.counts))
                    .unwrap_or(-1.0)
            };
            (Reverse(a.median).cmp(&Reverse(b.median)))
                .then_with(|| agreed(b).total_cmp(&agreed(a)))
        });
        Self { attempt, rows }
    }

    /// Capabilities that enough have voted on.
    pub(super) fn voted(&self) -> usize {
        self.rows.iter().filter(|row| row.median.is_some()).count()
    }

    /// Those of them whose effect is set to the median.
    pub(super) fn same(&self) -> usize {
        (self.rows.iter())
            .filter(|row| row.median.is_some() && row.median == row.set)
            .count()
    }

    /// Names of those that too few have voted on for anything to be told.
    fn few(&self) -> Vec<String> {
        self.names(|row| row.median.is_none() && row.votes() > 0)
    }

    /// Names of those that nobody has voted on.
    fn without(&self) -> Vec<String> {
        self.names(|row| row.votes() == 0)
    }

    fn names(&self, which: impl Fn(&Voted) -> bool) -> Vec<String> {
        (self.rows.iter())
            .filter(|row| which(row))
            .map(|row| row.candidate.name.clone())
            .collect()
    }

    /// Capabilities whose effect is set to anything.
    pub(super) fn set(&self) -> usize {
        self.rows.iter().filter(|row| row.set.is_some()).count()
    }
}

impl Voted {
    fn votes(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// "3 → 4 ↑" in the second round; nothing in the first, nor when few voted in either.
    fn change(&self, texts: Texts) -> Option<AnyView> {
        let (before, now) = (self.before?, self.median?);
        let (class, arrow, words) = match now.cmp(&before) {
            std::cmp::Ordering::Greater => ("walk-change up", "↑", texts.walk_raised(before, now)),
            std::cmp::Ordering::Less => ("walk-change down", "↓", texts.walk_lowered(before, now)),
            std::cmp::Ordering::Equal => ("walk-change", "=", texts.walk_unchanged(before)),
        };
        Some(
            view! {
                <span class=class>
                    <span aria-hidden="true">{format!("{before} → {now} {arrow}")}</span>
                    <span class="visually-hidden">{words}</span>
                </span>
            }
            .into_any(),
        )
    }

    /// The picture and the words of how the votes spread.
    fn spread(&self, texts: Texts) -> AnyView {
        let votes = self.votes();
        let says = agreement(&self.counts)
            .map(|a| agreement_text(texts, a, AgreementLabel::of(a, votes)))
            .unwrap_or_default();
        let counts: Vec<_> = (1..)
            .zip(self.counts)
            .map(|(value, count): (u8, u32)| format!("{value}: {count}"))
            .collect();
        view! {
            {small_bars(self.counts)}
            <span class="visually-hidden">{texts.walk_votes_spread(counts.join(", "))}</span>
            <span class="walk-says">{says}</span>
        }
        .into_any()
    }
}

fn row(texts: Texts, voted: &Voted) -> AnyView {
    let count = voted.votes();
    let set =
        (voted.set).map(|set| view! { <span class="badge">{texts.walk_effect_set(set)}</span> });
    view! {
        <span class="walk-median"><span class="visually-hidden">{texts.walk_median()}" "</span>{voted.median}</span>
        <div>
            <strong>{voted.candidate.name.clone()}</strong>
            <p class="walk-row-says">
                {voted.spread(texts)}
                <span class="muted number">{texts.walk_votes(count)}</span>
                {voted.change(texts)}
                {set}
            </p>
        </div>
    }
    .into_any()
}

/// Every capability that enough voted on, and the names of those with few votes or none.
pub(super) fn table(scene: &Scene, outcome: &Outcome) -> Part {
    let texts = scene.texts;
    let title = if outcome.attempt > 1 {
        texts.walk_result_again()
    } else {
        texts.walk_result()
    };
    let rows: Vec<_> = (outcome.rows.iter())
        .filter(|voted| voted.median.is_some())
        .map(|voted| {
            let id = format!("eff-u-{}", voted.candidate.id);
            Part::leaf(id.clone(), view! { <li id=id>{row(texts, voted)}</li> })
        })
        .collect();
    let mut parts = vec![
        Part::leaf("eff-rubrik", view! { <h2 id="eff-rubrik">{title}</h2> }),
        Part::list(
            "eff-utfall",
            view! { <ol id="eff-utfall" class="walk-outcome"></ol> },
            rows,
        ),
    ];
    let few = outcome.few();
    if !few.is_empty() {
        let words = texts.walk_few_votes(few.join(", "));
        parts.push(Part::leaf(
            "eff-fa",
            view! { <p id="eff-fa" class="muted">{words}</p> },
        ));
    }
    let without = outcome.without();
    if !without.is_empty() {
        let words = texts.walk_no_votes(without.join(", "));
        parts.push(Part::leaf(
            "eff-utan",
            view! { <p id="eff-utan" class="muted">{words}</p> },
        ));
    }
    Part::list(
        "eff-resultat",
        view! { <section id="eff-resultat" class="card"></section> },
        parts,
    )
}

/// The first ones, large.
pub(super) fn wall(scene: &Scene, outcome: &Outcome) -> Part {
    let texts = scene.texts;
    let rows: Vec<_> = (outcome.rows.iter())
        .filter(|voted| voted.median.is_some())
        .take(ON_WALL)
        .map(|voted| {
            view! {
                <li>
                    <span class="walk-median"><span class="visually-hidden">{texts.walk_median()}" "</span>{voted.median}</span>
                    <strong>{voted.candidate.name.clone()}</strong>
                    <span class="walk-row-says">{voted.spread(texts)} {voted.change(texts)}</span>
                </li>
            }
        })
        .collect();
    let more = outcome.voted().saturating_sub(ON_WALL);
    let more = (more > 0).then(|| view! { <p class="muted">{texts.walk_and_more(more)}</p> });
    let few = outcome.few().len();
    let few = (few > 0).then(|| view! { <p class="muted">{texts.walk_few_votes_count(few)}</p> });
    Part::leaf(
        "eff-resultat",
        view! {
            <section id="eff-resultat" class="walk-wall-outcome">
                <p class="eyebrow">{texts.walk_result_lead()}</p>
                <ol class="walk-outcome wall">{rows}</ol>
                {more}
                {few}
            </section>
        },
    )
}

#[cfg(test)]
mod tests {
    use domain::{statistics::location, workshop::record::MIN_VOTERS};

    use super::median;

    #[test]
    fn the_median_of_counts_is_that_of_the_votes_when_they_are_not_few() {
        // Every outcome of up to five votes, as numbers with base six where nought is no vote.
        for outcome in 0..6_u32.pow(5) {
            let votes: Vec<u8> = (0..5)
                .map(|place| u8::try_from(outcome / 6_u32.pow(place) % 6).expect("below six"))
                .filter(|vote| *vote > 0)
                .collect();
            let counts = location::frequencies(&votes);
            let told = (votes.len() >= MIN_VOTERS).then(|| location::median_low(&votes));
            assert_eq!(median(counts), told.flatten(), "{votes:?}");
        }
    }
}
