//! What the figures rest on, in words: the same on the page, in the charts and in the files.

use charts::{ChartTexts, DecimalMark};
use domain::{
    mapping::{Language, Participation},
    results::{Conditions, Measure, Missing, RegionResult, Standing},
};

use super::material::Material;
use crate::{components::participation_text, texts::Texts};

/// How numbers are written in this language.
pub(super) const fn mark(texts: Texts) -> DecimalMark {
    match texts.0 {
        Language::Swedish => DecimalMark::Comma,
        Language::English => DecimalMark::Point,
    }
}

/// "Bygger på 11 av 14 kommuner."
pub fn based_on(texts: Texts, conditions: &Conditions) -> String {
    texts.result_based_on(conditions.present.len(), conditions.total())
}

/// Every condition, a sentence each, the most important first; the second of an example says that it is one.
pub fn conditions(texts: Texts, material: &Material) -> Vec<String> {
    conditions_of(texts, material.region(), material.mapping.example)
}

/// [`conditions`] of these figures, which may be those of an example.
pub(super) fn conditions_of(texts: Texts, result: &RegionResult, example: bool) -> Vec<String> {
    let conditions = &result.conditions;
    let mut said = vec![based_on(texts, conditions)];
    if example {
        said.push(texts.result_example().to_owned());
    }
    if !conditions.missing.is_empty() {
        said.push(missing(texts, &conditions.missing));
    }
    said.push(texts.result_answered(conditions.submitted, conditions.invited));
    match conditions.standing {
        Standing::Regional => {}
        Standing::Preliminary => said.push(texts.result_preliminary().to_owned()),
        Standing::OwnOnly => said.push(texts.result_own_only().to_owned()),
    }
    if conditions.unconfirmed_cells > 0 {
        said.push(texts.result_unconfirmed(
            conditions.unconfirmed_cells,
            conditions.unconfirmed_cells + conditions.agreed_cells,
        ));
    }
    if conditions.without_effect > 0 {
        said.push(texts.result_without_effect(conditions.without_effect));
    }
    if !conditions.much_dont_know.is_empty() {
        let names = (result.capabilities.iter())
            .filter(|capability| conditions.much_dont_know.contains(&capability.id))
            .map(|capability| capability.name.to_string())
            .collect();
        said.push(texts.result_much_dont_know(list(texts, names)));
    }
    said
}

/// Who is missing, grouped by how they take part instead.
fn missing(texts: Texts, missing: &[Missing]) -> String {
    let groups: Vec<_> = (Participation::ALL.iter())
        .filter_map(|participation| {
            let names: Vec<_> = (missing.iter())
                .filter(|missing| missing.participation == *participation)
                .map(|missing| missing.municipality.name().to_owned())
                .collect();
            let how = participation_text(texts, *participation);
            (!names.is_empty()).then(|| format!("{} ({how})", list(texts, names)))
        })
        .collect();
    texts.result_missing(groups.join("; "))
}

/// "a, b och c".
pub(super) fn list(texts: Texts, mut names: Vec<String>) -> String {
    match names.pop() {
        None => String::new(),
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} {} {last}", names.join(", "), texts.result_and()),
    }
}

/// The words that the charts need.
pub(super) fn chart_texts(
    texts: Texts,
    title: &str,
    description: &str,
    material: &Material,
) -> ChartTexts {
    ChartTexts {
        title: title.to_owned(),
        description: description.to_owned(),
        conditions: conditions(texts, material),
        level_names: [
            texts.terms_level_1(),
            texts.terms_level_2(),
            texts.terms_level_3(),
            texts.terms_level_4(),
            texts.terms_level_5(),
        ]
        .map(str::to_owned),
        capability: texts.result_capability().to_owned(),
        current: texts.terms_current().to_owned(),
        target: texts.terms_target().to_owned(),
        gap: texts.terms_gap().to_owned(),
        place: texts.result_place().to_owned(),
        priority: texts.result_priority().to_owned(),
        effect: texts.result_effect().to_owned(),
        gap_to_close: texts.result_gap_to_close().to_owned(),
        with_gap: texts.result_with_gap().to_owned(),
        with_value: texts.result_with_value().to_owned(),
        interval: texts.result_interval().to_owned(),
        parts: template(texts.result_parts_template()),
        tied: texts.result_tied().to_owned(),
        surplus: texts.result_surplus().to_owned(),
        range: String::new(),
        median: String::new(),
        unconfirmed: texts.result_unconfirmed_mark().to_owned(),
        hidden: texts.result_hidden().to_owned(),
        not_applicable: texts.result_not_applicable().to_owned(),
        missing: texts.result_no_answers().to_owned(),
        mark: mark(texts),
    }
}

/// A template with brackets as the charts want it, with braces.
pub(super) fn template(text: &str) -> String {
    text.replace('[', "{").replace(']', "}")
}

/// The name of a measure.
pub(super) const fn measure_text(texts: Texts, measure: Measure) -> &'static str {
    match measure {
        Measure::Gap => texts.terms_gap(),
        Measure::Current => texts.terms_current(),
        Measure::Target => texts.terms_target(),
    }
}
