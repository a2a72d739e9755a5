//! What the figures say, in two or three sentences: what matters most, for how many, and how sure that is.

use domain::results::{Ranked, Standing, TOP};

use super::{Material, sure, words};
use crate::texts::Texts;

/// How many names are said before "och … till".
const NAMED: usize = 3;

/// From this share of the resamples on, somebody surely belongs among the first.
const SURELY: f64 = 0.95;

/// The answer to what the page asks, made from what is shown; empty where no order may be told.
pub fn answer(texts: Texts, material: &Material) -> Vec<String> {
    if !material.regional() {
        return Vec::new();
    }
    let region = material.region();
    let kept: Vec<&Ranked> = (region.ranking.iter())
        .filter(|ranked| material.shown.capabilities.contains(&ranked.capability))
        .collect();
    let Some(first) = kept.first() else {
        return vec![texts.result_no_priorities().to_owned()];
    };
    let name = |ranked: &&Ranked| region.capabilities[ranked.capability].name.to_string();
    let group: Vec<String> = (kept.iter())
        .take_while(|ranked| ranked.group == first.group)
        .map(name)
        .collect();
    let row = &region.capabilities[first.capability];
    let write = |value: Option<f64>| words::mark(texts).write(value.unwrap_or_default(), 1);
    let most = match group.len() {
        1 => texts.result_answer_one(&group[0], row.effect.unwrap_or_default()),
        count if count <= NAMED => texts.result_answer_group(words::list(texts, group)),
        count => {
            let named = words::list(texts, group.into_iter().take(NAMED).collect());
            texts.result_answer_many(named, count)
        }
    };
    let gap = texts.result_answer_gap(
        row.name.to_string(),
        row.with_gap,
        row.with_value,
        write(row.gap_to_close),
    );
    vec![most, gap, how_sure(texts, material, &kept)]
}

fn how_sure(texts: Texts, material: &Material, kept: &[&Ranked]) -> String {
    let region = material.region();
    let first: Vec<_> = kept.iter().take(TOP).collect();
    let surely: Vec<String> = (first.iter())
        .filter(|ranked| ranked.among_first >= SURELY)
        .map(|ranked| region.capabilities[ranked.capability].name.to_string())
        .collect();
    // A selection's first are not the region's.
    let whole = kept.len() == region.ranking.len();
    let order = match (whole, surely.len()) {
        (false, _) => kept.first().map_or_else(String::new, |ranked| {
            let share = sure::share_words(texts, ranked.among_first);
            let name = &region.capabilities[ranked.capability].name;
            texts.result_answer_in_selection(name, TOP, share)
        }),
        (true, 0) => texts.result_answer_unsure(TOP),
        (true, count) if count == first.len() => texts.result_answer_sure(count),
        (true, _) => texts.result_answer_partly(words::list(texts, surely), TOP),
    };
    let standing = match region.conditions.standing {
        Standing::Preliminary => Some(texts.result_answer_preliminary().to_owned()),
        Standing::Regional | Standing::OwnOnly => None,
    };
    let cells = region.conditions.agreed_cells + region.conditions.unconfirmed_cells;
    let unconfirmed = (region.conditions.unconfirmed_cells * 2 > cells)
        .then(|| texts.result_answer_unconfirmed().to_owned());
    let said: Vec<_> = std::iter::once(order)
        .chain(standing)
        .chain(unconfirmed)
        .collect();
    said.join(" ")
}
