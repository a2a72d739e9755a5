//! How sure it is, in words that a director understands: each with the rule that it follows.

use domain::{
    ids::CapabilityId,
    results::{Analysis, Basis, CapabilityResult, CellValue, Ranked, RegionResult, Standing, TOP},
    statistics::{agreement::AgreementLabel, suppression::GroupSize},
};
use leptos::prelude::*;

use super::{ResultsPage, method::Rule, words::mark};
use crate::texts::Texts;

/// Share of vet ej above which a capability should be reworded or asked of others.
const MUCH_DONT_KNOW: f64 = 0.30;

/// Fewest answers that an agreement has a word for.
const MIN_ANSWERS_FOR_LABEL: u8 = 4;

/// One thing said of how sure a figure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certainty {
    /// A sentence or two.
    pub words: String,
    /// The rule that it follows.
    pub rule: Rule,
}

/// How many municipalities a capability's figures rest on, and how many of them have not agreed on theirs.
pub fn coverage_words(texts: Texts, capability: &CapabilityResult) -> Certainty {
    let unconfirmed = (capability.cells.iter())
        .filter(|cell| {
            matches!(
                cell.value,
                CellValue::Levels {
                    basis: Basis::Answers,
                    ..
                }
            )
        })
        .count();
    let (with, of) = (capability.with_value, concerned(capability));
    let words = match unconfirmed {
        _ if with == 0 => texts.sure_coverage_none(of),
        0 if with == 1 => texts.sure_coverage_one(of),
        _ if with == 1 => texts.sure_coverage_one_not_agreed(of),
        0 => texts.sure_coverage(with, of),
        count if count == with => texts.sure_coverage_none_agreed(with, of),
        count => texts.sure_coverage_unconfirmed(with, of, count),
    };
    Certainty {
        words,
        rule: Rule::Coverage,
    }
}

/// How the gap could be if those without a value had one; none where all have.
pub fn bounds_words(texts: Texts, capability: &CapabilityResult) -> Option<Certainty> {
    let (least, most) = capability.bounds?;
    let of = concerned(capability);
    let write = |value| mark(texts).write(value, 1);
    (capability.with_value < of).then(|| Certainty {
        words: texts.result_bounds(of, write(least), write(most)),
        rule: Rule::Bounds,
    })
}

/// How far a place in the list can be trusted.
pub fn stability_words(texts: Texts, region: &RegionResult, ranked: &Ranked) -> Certainty {
    let (from, to) = ranked.interval;
    let place = if from == to {
        texts.result_place_certain(from)
    } else {
        texts.result_place_between(from, to)
    };
    let share = share_words(texts, ranked.among_first);
    let first = texts.sure_among_first(TOP, share);
    let others = (region.ranking.iter())
        .filter(|other| other.group == ranked.group)
        .count()
        .saturating_sub(1);
    let tied = match others {
        0 => None,
        1 => Some(texts.sure_tied_one().to_owned()),
        others => Some(texts.sure_tied(others)),
    };
    let said: Vec<String> = [place, first].into_iter().chain(tied).collect();
    Certainty {
        words: said.join(" "),
        rule: Rule::Stability,
    }
}

/// The place in the list in a few words: whether it surely is among the first.
pub fn stability_mark(texts: Texts, ranked: &Ranked) -> String {
    match ranked.among_first {
        share if share >= 0.95 => texts.sure_first_surely(TOP),
        share if share >= 0.75 => texts.sure_first_probably(TOP),
        share if share >= 0.25 => texts.sure_first_maybe(TOP),
        share if share >= 0.05 => texts.sure_first_hardly(TOP),
        _ => texts.sure_first_not(TOP),
    }
}

/// Whether those who answered see it in the same way.
pub fn agreement_words(texts: Texts, analysis: &Analysis, capability: CapabilityId) -> Certainty {
    let current = (analysis.spread.capability(capability)).map(|spread| &spread.current);
    let bars = current.and_then(|current| current.bars.as_ref());
    let words = match bars.and_then(|bars| Some((bars, bars.label?))) {
        None => match current.map(|current| current.people) {
            None | Some(GroupSize::Nobody) => texts.sure_agreement_nobody().to_owned(),
            Some(GroupSize::Hidden) => texts.sure_agreement_hidden().to_owned(),
            // With a distribution but without a word for it: three answers in a round that shows so few.
            Some(GroupSize::Exactly(_)) => texts.sure_agreement_unknown(MIN_ANSWERS_FOR_LABEL),
            Some(GroupSize::UpTo(_)) => {
                texts.sure_agreement_unknown(analysis.n_min.max(MIN_ANSWERS_FOR_LABEL))
            }
        },
        Some((bars, label)) => {
            let number = mark(texts).write(bars.agreement, 2);
            let people = bars.people();
            match label {
                AgreementLabel::Shared => texts.sure_agreement_shared(people, number),
                AgreementLabel::FairlyAlike => texts.sure_agreement_fairly(people, number),
                AgreementLabel::Differing => texts.sure_agreement_differing(people, number),
                AgreementLabel::Divided => texts.sure_agreement_divided(people, number),
            }
        }
    };
    Certainty {
        words,
        rule: Rule::Spread,
    }
}

/// How many could not say; none where too few answered for that to be told, or all could.
pub fn dont_know_words(texts: Texts, capability: &CapabilityResult) -> Option<Certainty> {
    let share = capability.dont_know_share.filter(|share| *share > 0.0)?;
    let told = share_words(texts, share);
    Some(Certainty {
        words: if share > MUCH_DONT_KNOW {
            texts.sure_much_dont_know(told)
        } else {
            texts.sure_dont_know(told)
        },
        rule: Rule::DontKnow,
    })
}

/// A mark beside a heading where the order is preliminary.
pub fn preliminary_mark(texts: Texts, region: &RegionResult) -> Option<AnyView> {
    (region.conditions.standing == Standing::Preliminary)
        .then(|| view! { <p class="badge warn">{texts.result_preliminary_mark()}</p> }.into_any())
}

/// Everything that is to be said of how sure a capability's regional figures are, the most important first.
pub fn all_words(
    texts: Texts,
    analysis: &Analysis,
    capability: &CapabilityResult,
) -> Vec<Certainty> {
    let region = &analysis.region;
    let ranked = (region.ranking.iter())
        .find(|ranked| region.capabilities[ranked.capability].id == capability.id);
    ranked
        .map(|ranked| stability_words(texts, region, ranked))
        .into_iter()
        .chain([coverage_words(texts, capability)])
        .chain(bounds_words(texts, capability))
        .chain([agreement_words(texts, analysis, capability.id)])
        .chain(dont_know_words(texts, capability))
        .collect()
}

/// Sentences as a list, each leading to how it was calculated. `about` is what they are said of.
pub(super) fn list(
    texts: Texts,
    data: &ResultsPage,
    about: &str,
    said: impl IntoIterator<Item = Certainty>,
) -> AnyView {
    let items: Vec<_> = (said.into_iter())
        .map(|Certainty { words, rule }| {
            view! { <li>{words}" "{super::parts::method_link(texts, data, rule, about)}</li> }
        })
        .collect();
    view! { <ul class="certainty">{items}</ul> }.into_any()
}

/// A share in whole per cent.
pub fn share_words(texts: Texts, share: f64) -> String {
    texts.sure_per_cent(mark(texts).write(100.0 * share, 0))
}

/// Municipalities for which the capability is not said to be irrelevant.
fn concerned(capability: &CapabilityResult) -> usize {
    (capability.cells.iter())
        .filter(|cell| cell.value != CellValue::NotApplicable)
        .count()
}
