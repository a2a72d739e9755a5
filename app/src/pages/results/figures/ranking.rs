//! The priority list with the intervals of its places.

use charts::{Chart, Heading, Layout, MOST_ROWS, RankingTexts, interval, ranking};
use domain::results::{Ranked, TOP};

use crate::{
    pages::results::{
        material::Material,
        words::{conditions, mark, template},
    },
    texts::Texts,
};

pub(super) fn draw(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let region = material.region();
    let shown = shown(material);
    let first = shown.first()?;
    let description = texts.ranking_description(
        shown.len(),
        &region.capabilities[first.capability].name,
        interval(first.interval),
    );
    let words = RankingTexts {
        heading: Heading {
            title: texts.ranking_title().to_owned(),
            description,
            conditions: conditions(texts, material),
            mark: mark(texts),
        },
        capability: texts.result_capability().to_owned(),
        place: texts.result_place().to_owned(),
        interval: texts.ranking_interval().to_owned(),
        whisker: texts.ranking_whisker().to_owned(),
        among_first: texts.ranking_among_first(TOP),
        tied: texts.result_tied().to_owned(),
        left_out: template(&texts.ranking_left_out(MOST_ROWS)),
    };
    Some(ranking(region, &shown, layout, &words))
}

/// The part of the priority list that is asked for.
pub(super) fn shown(material: &Material) -> Vec<Ranked> {
    (material.region().ranking.iter())
        .filter(|ranked| material.shown.capabilities.contains(&ranked.capability))
        .cloned()
        .collect()
}
