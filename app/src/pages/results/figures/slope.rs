//! From the round before to this one, like with like.

use charts::{Chart, Heading, Layout, SlopeTexts, Step, slope};
use domain::results::Measure;

use crate::{
    pages::results::{
        material::Material,
        words::{chart_texts, conditions, mark, template},
    },
    texts::Texts,
};

/// The change of the target level when that is the measure that is asked for, else of the current level. Capabilities
/// that cannot be compared have their row without numbers.
pub(super) fn draw(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let earlier = material.earlier.as_ref()?;
    let region = material.region();
    let target = material.filter.measure == Measure::Target;
    let steps: Vec<Step> = (material.shown.capabilities.iter())
        .filter_map(|&index| {
            let changed =
                (earlier.change.capabilities.iter()).find(|changed| changed.capability == index);
            let shift = changed.map(|changed| {
                if target {
                    changed.target
                } else {
                    changed.current
                }
            });
            Some(Step {
                name: region.capabilities.get(index)?.name.to_string(),
                means: shift.map(|shift| (shift.earlier, shift.later)),
                pairs: changed.map_or(0, |changed| changed.pairs),
            })
        })
        .collect();
    if steps.iter().all(|step| step.means.is_none()) {
        return None;
    }
    let change = |step: &Step| step.means.map_or(0.0, |(earlier, later)| later - earlier);
    let compared = steps.iter().filter(|step| step.means.is_some()).count();
    let rose = steps.iter().filter(|step| change(step) > 0.0).count();
    let fell = steps.iter().filter(|step| change(step) < 0.0).count();
    let (before, now) = (&earlier.round.name, &material.round.name);
    let title = if target {
        texts.slope_title_target(before, now)
    } else {
        texts.slope_title(before, now)
    };
    let mut said = vec![match earlier.change.cohort.len() {
        1 => texts.slope_paired_one().to_owned(),
        count => texts.slope_paired(count),
    }];
    said.extend(conditions(texts, material));
    let words = SlopeTexts {
        heading: Heading {
            description: texts.slope_description(compared, rose, fell),
            title,
            conditions: said,
            mark: mark(texts),
        },
        level_names: chart_texts(texts, "", "", material).level_names,
        capability: texts.result_capability().to_owned(),
        earlier: before.to_string(),
        later: now.to_string(),
        change: texts.slope_change().to_owned(),
        pairs: texts.slope_pairs().to_owned(),
        rose: texts.slope_rose().to_owned(),
        fell: texts.slope_fell().to_owned(),
        same: texts.slope_same().to_owned(),
        incomparable: texts.slope_incomparable().to_owned(),
        left_out: template(texts.slope_left_out()),
    };
    Some(slope(&steps, layout, &words))
}
