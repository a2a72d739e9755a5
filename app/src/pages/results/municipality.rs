//! One municipality: its own levels against the region's, where it has the longest way to go, what it could lend, and
//! what that rests on.

use domain::{
    mapping::Participation,
    municipality::Municipality,
    results::{Basis, CellValue, MIN_ANSWERS_FOR_VALUE, MunicipalResult, OwnLevel, RegionResult},
};
use leptos::prelude::*;

use super::{
    Figure, ResultsPage,
    method::Rule,
    neighbours::{Neighbour, NeighbourWords, neighbours},
    parts::{View, condition_box, figure_card, method_link, views},
    weaknesses::weaknesses,
    words,
};
use crate::{components::participation_text, texts::Texts};

/// How many gaps are in sight before "visa fler".
const FIRST: usize = 5;

/// The page of one municipality.
#[derive(Clone, Debug)]
pub struct MunicipalityPage {
    /// What surrounds it; the filter asks for this municipality alone.
    pub page: ResultsPage,
    /// Its part of the results.
    pub own: MunicipalResult,
    /// Where its levels are agreed, for those who may.
    pub agree: Option<String>,
}

impl MunicipalityPage {
    fn region(&self) -> &RegionResult {
        self.page.material.region()
    }

    fn name(&self) -> &'static str {
        self.own.municipality.name()
    }

    fn link(&self, path: &str) -> String {
        format!("{}{path}{}", self.page.base, self.page.round_query())
    }

    /// Its values, one a capability.
    fn values(&self) -> impl Iterator<Item = CellValue> {
        (self.region().capabilities.iter()).map(|row| row.cells[self.own.column].value)
    }
}

/// The page.
pub fn municipality(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let page = &data.page;
    let body = if data.own.with_value == 0 {
        without_values(texts, data)
    } else {
        with_values(texts, data)
    };
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{texts.result_eyebrow(page.material.version.number, &page.material.round.name)}</p>
                <h1>{texts.municipality_title(data.name())}</h1>
                {(data.own.with_value > 0).then(|| lead(texts, data))}
            </div>
            {condition_box(texts, page)}
            {views(texts, page, View::Municipality)}
            {body}
            {beside(texts, data)}
        </div>
    }
    .into_any()
}

fn lead(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let own = &data.own;
    let first = match own.gaps.first() {
        None => texts.municipality_lead_no_gaps(data.name(), own.with_value),
        Some(first) => texts.municipality_lead_gaps(
            data.name(),
            own.gaps.len(),
            own.with_value,
            &data.region().capabilities[first.capability].name,
            first.current,
            first.target,
        ),
    };
    let strengths = match own.strengths.len() {
        0 => String::new(),
        1 => format!(" {}", texts.municipality_lead_strengths_one()),
        many => format!(" {}", texts.municipality_lead_strengths(many)),
    };
    view! { <p class="lead">{first}{strengths}</p> }.into_any()
}

fn with_values(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let page = &data.page;
    let regional = page.material.regional();
    let note = if regional {
        texts.municipality_dumbbell_regional()
    } else {
        texts.municipality_dumbbell_own()
    };
    let with_gap = (data.own.gaps.iter()).map(|own| data.region().capabilities[own.capability].id);
    let held_back =
        weaknesses(texts, &page.material.contents, with_gap, true).unwrap_or_else(|| {
            view! { <p class="muted">{texts.municipality_no_weaknesses()}</p> }.into_any()
        });
    let report = format!("{}/rapport{}", page.base, page.material.filter.query());
    let compare = (page.municipalities.len() > 1).then(|| {
        let query = page.round_query();
        let separator = if query.is_empty() { '?' } else { '&' };
        let address = format!(
            "{}/jamfor{query}{separator}kommun={}",
            page.base, data.own.municipality
        );
        view! { <a class="button quiet" href=address>{texts.municipality_compare()}</a> }
    });
    view! {
        {gaps(texts, data)}
        {figure_card(texts, page, Figure::Dumbbell, Some(note.to_owned()))}
        {strengths(texts, data)}
        <section class="card" aria-labelledby="oformagor">
            <h2 id="oformagor">{texts.municipality_weaknesses()}</h2>
            <p class="figure-note">{texts.municipality_weaknesses_note()}</p>
            {held_back}
        </section>
        {figure_card(texts, page, Figure::Radar, None)}
        {coverage(texts, data)}
        <p class="actions">
            <a class="button" href=report>{texts.municipality_report()}</a>
            {compare}
        </p>
    }
    .into_any()
}

/// Its own largest gaps, those further down folded away.
fn gaps(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let all = &data.own.gaps;
    let (first, rest) = all.split_at(FIRST.min(all.len()));
    let list = |some: &[OwnLevel]| {
        let rows: Vec<_> = some.iter().map(|own| gap(texts, data, own)).collect();
        view! { <ol class="priority-list levels-list">{rows}</ol> }
    };
    let body = if all.is_empty() {
        view! { <p class="muted">{texts.municipality_no_gaps()}</p> }.into_any()
    } else {
        let rest = (!rest.is_empty()).then(|| {
            view! {
                <details class="more">
                    <summary>{texts.municipality_more_gaps(rest.len())}</summary>
                    {list(rest)}
                </details>
            }
        });
        view! { {list(first)}{rest} }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="langst-kvar">
            <h2 id="langst-kvar">{texts.municipality_gaps()}</h2>
            <p class="figure-note">
                {texts.municipality_gaps_note()}" "
                {method_link(texts, &data.page, Rule::Gap, texts.municipality_gaps())}
            </p>
            {body}
        </section>
    }
    .into_any()
}

fn gap(texts: Texts, data: &MunicipalityPage, own: &OwnLevel) -> AnyView {
    let row = &data.region().capabilities[own.capability];
    let among = data.page.material.regional().then(|| {
        let share = match (own.others_with_gap, row.with_value - 1) {
            (0, _) => texts.municipality_others_none().to_owned(),
            (count, total) => texts.municipality_others_share(count, total),
        };
        let helpers: Vec<String> = (row.cells.iter().zip(&data.region().municipalities))
            .filter(|(cell, _)| cell.value.gap().is_some_and(|gap| gap < 0))
            .map(|(_, municipality)| municipality.name().to_owned())
            .collect();
        let help = if helpers.is_empty() {
            texts.municipality_nobody_can_help().to_owned()
        } else {
            texts.municipality_can_help(words::list(texts, helpers))
        };
        format!("{share} {help}")
    });
    level_row(texts, data, own, among)
}

/// What it could lend.
fn strengths(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let regional = data.page.material.regional();
    let rows: Vec<_> = (data.own.strengths.iter())
        .map(|own| {
            let total = data.region().capabilities[own.capability].with_value - 1;
            let need = regional.then(|| texts.municipality_others_need(own.others_with_gap, total));
            level_row(texts, data, own, need)
        })
        .collect();
    let body = if rows.is_empty() {
        view! { <p class="muted">{texts.municipality_no_strengths()}</p> }.into_any()
    } else {
        view! {
            <p class="figure-note">{texts.municipality_strengths_note()}</p>
            <ol class="priority-list levels-list">{rows}</ol>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="styrkor">
            <h2 id="styrkor">{texts.municipality_strengths()}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn level_row(
    texts: Texts,
    data: &MunicipalityPage,
    own: &OwnLevel,
    among: Option<String>,
) -> AnyView {
    let row = &data.region().capabilities[own.capability];
    let gap = own.gap();
    let (class, sign, part) = if gap < 0 {
        ("surplus", "−", texts.municipality_part_surplus())
    } else {
        ("gap", "+", texts.municipality_part_gap())
    };
    let steps = gap.unsigned_abs();
    let effect = row.effect.map(
        |effect| view! { <div><dt>{texts.municipality_part_effect()}</dt><dd>{effect}</dd></div> },
    );
    let unconfirmed = (own.basis == Basis::Answers)
        .then(|| view! { <div><dt><span class="tag">{texts.municipality_unconfirmed()}</span></dt></div> });
    let among = among.map(|words| view! { <p class="among">{words}</p> });
    view! {
        <li>
            <span class=format!("place key {class}-{steps}") aria-hidden="true">{sign}{steps}</span>
            <h3 class="name"><a href=data.link(&format!("/formaga/{}", row.id))>{row.name.to_string()}</a></h3>
            <p class="formulation">{row.formulation.to_string()}</p>
            <dl class="parts">
                <div><dt>{texts.municipality_part_levels()}</dt><dd>{own.current}" → "{own.target}</dd></div>
                <div><dt>{part}</dt><dd>{steps}</dd></div>
                {effect}
                {unconfirmed}
            </dl>
            {among}
        </li>
    }
    .into_any()
}

/// What the municipality's own values rest on.
fn coverage(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let own = &data.own;
    let count = |wanted: fn(&CellValue) -> bool| data.values().filter(&wanted).count();
    let parts = [
        (own.agreed, texts.municipality_coverage_agreed()),
        (
            own.with_value - own.agreed,
            texts.municipality_coverage_answers(),
        ),
        (
            count(|value| *value == CellValue::Hidden),
            texts.municipality_coverage_hidden(),
        ),
        (
            count(|value| *value == CellValue::NotApplicable),
            texts.municipality_coverage_not_applicable(),
        ),
        (
            count(|value| *value == CellValue::Missing),
            texts.municipality_coverage_missing(),
        ),
    ];
    let parts: Vec<_> = (parts.into_iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| view! { <div><dt>{words}</dt><dd>{count}</dd></div> })
        .collect();
    let said = match own.agreed {
        0 => texts.municipality_coverage_none().to_owned(),
        all if all == own.with_value => texts.municipality_coverage_all_agreed().to_owned(),
        some => texts.municipality_coverage_some(some, own.with_value),
    };
    view! {
        <section class="card" aria-labelledby="egen-tackning">
            <h2 id="egen-tackning">{texts.municipality_coverage()}</h2>
            <dl class="parts">{parts}</dl>
            <p>{said}" "{method_link(texts, &data.page, Rule::Municipal, texts.municipality_coverage())}</p>
            {(own.agreed < own.with_value).then(|| agree(texts, data)).flatten()}
        </section>
    }
    .into_any()
}

fn agree(texts: Texts, data: &MunicipalityPage) -> Option<AnyView> {
    let address = data.agree.clone()?;
    Some(
        view! { <p class="actions"><a class="button" href=address>{texts.municipality_agree()}</a></p> }
            .into_any(),
    )
}

/// Why there is nothing to show, and what can be done about it.
fn without_values(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let some = |wanted| data.values().any(|value| value == wanted);
    let why = if some(CellValue::Hidden) {
        texts.municipality_without_too_few(MIN_ANSWERS_FOR_VALUE)
    } else if some(CellValue::NotApplicable) {
        texts.municipality_without_not_applicable().to_owned()
    } else {
        texts.municipality_without_nobody().to_owned()
    };
    let how = (data.region().conditions.missing.iter())
        .find(|missing| missing.municipality == data.own.municipality)
        .filter(|missing| missing.participation != Participation::Full)
        .map(|missing| {
            let how = participation_text(texts, missing.participation);
            view! { <p>{texts.municipality_without_participation(how)}</p> }
        });
    let region = format!("{}{}", data.page.base, data.page.round_query());
    view! {
        <section class="card" aria-labelledby="utan-varden">
            <h2 id="utan-varden">{texts.municipality_without(data.name())}</h2>
            <p>{why}" "{method_link(texts, &data.page, Rule::Small, texts.municipality_coverage())}</p>
            {how}
            <h3>{texts.municipality_without_todo()}</h3>
            <ul>
                <li>{texts.municipality_without_agree()}</li>
                <li>{texts.municipality_without_next()}</li>
                <li>{texts.municipality_without_region()}</li>
            </ul>
            {agree(texts, data)}
            <p class="actions"><a class="button quiet" href=region>{texts.municipality_to_region()}</a></p>
        </section>
    }
    .into_any()
}

fn beside(texts: Texts, data: &MunicipalityPage) -> Option<AnyView> {
    let neighbour = |municipality: &Municipality| Neighbour {
        address: data.link(&format!("/kommun/{municipality}")),
        name: municipality.name().to_owned(),
    };
    let words = NeighbourWords {
        others: texts.municipality_neighbours(),
        previous: texts.municipality_previous(),
        next: texts.municipality_next(),
    };
    let all: Vec<_> = data.page.municipalities.iter().map(neighbour).collect();
    let here = (data.page.municipalities.iter()).position(|m| *m == data.own.municipality);
    neighbours(&words, &all, here)
}
