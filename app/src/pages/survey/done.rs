//! The confirmation, with the person's own picture at once.

use std::collections::BTreeSet;

use charts::{Chart, ChartTexts, DecimalMark, Layout, dumbbell};
use domain::{
    ids::CapabilityId,
    level::{Answer, Level},
    map::{CapabilityKind, Contents},
    mapping::Language,
    municipality::Municipality,
    results::CapabilityResult,
    survey::Progress,
};
use leptos::prelude::*;

use super::{Survey, level_name, names};
use crate::{components::date_time, texts::Texts};

/// How many of the largest gaps are listed.
const LARGEST: usize = 5;

/// A capability with a level on both questions.
#[derive(Clone, Debug)]
struct Own {
    name: String,
    current: Level,
    target: Level,
}

impl Own {
    fn gap(&self) -> i16 {
        i16::from(self.target.get()) - i16::from(self.current.get())
    }
}

/// The page: what was submitted when, and what it looks like.
pub fn view(texts: Texts, survey: &Survey, contents: &Contents, open: bool) -> AnyView {
    let when = match survey.progress {
        Progress::Submitted { at } => texts.survey_done_when(date_time(at)),
        Progress::NotStarted | Progress::Draft => String::new(),
    };
    let actions = open.then(|| {
        view! {
            <p>{texts.survey_done_change()}</p>
            <div class="actions"><a class="button" href=survey.address("/granska")>{texts.survey_change()}</a></div>
        }
    });
    let closed = (!open).then(|| view! { <p>{texts.survey_done_closed()}</p> });
    let pictures: Vec<_> = pictures(survey)
        .into_iter()
        .map(|group| picture(texts, survey, contents, &group))
        .collect();
    view! {
        <div class="page-head" data-submitted="">
            <p class="eyebrow">{survey.round.name.to_string()}</p>
            <h1>{texts.survey_done_title()}</h1>
            <p class="lead">{when}</p>
        </div>
        {closed}
        {actions}
        {pictures}
    }
    .into_any()
}

/// One picture for all municipalities, or one each where any answer differs.
fn pictures(survey: &Survey) -> Vec<Vec<Municipality>> {
    let all = &survey.participant.municipalities;
    let Some((first, others)) = all.split_first() else {
        return Vec::new();
    };
    let levels = |id, municipality| {
        (survey.sheet.rating_for(id, municipality)).map(|rating| (rating.current, rating.target))
    };
    let same = (survey.areas.iter()).flat_map(|area| area.ids()).all(|id| {
        others
            .iter()
            .all(|other| levels(id, *other) == levels(id, *first))
    });
    if same {
        vec![all.clone()]
    } else {
        all.iter().map(|municipality| vec![*municipality]).collect()
    }
}

fn picture(
    texts: Texts,
    survey: &Survey,
    contents: &Contents,
    municipalities: &[Municipality],
) -> AnyView {
    let Some(municipality) = municipalities.first() else {
        return ().into_any();
    };
    let heading = format!("bild-{municipality}");
    let title = texts.survey_picture_of(names(texts, municipalities));
    let ids: Vec<CapabilityId> = survey.areas.iter().flat_map(|area| area.ids()).collect();
    let (own, results): (Vec<Own>, Vec<CapabilityResult>) = ids
        .into_iter()
        .filter_map(|id| {
            let rating = survey.sheet.rating_for(id, *municipality)?;
            let current = rating.current.and_then(Answer::level)?;
            let target = rating.target.and_then(Answer::level)?;
            let result = result(contents, id, current, target)?;
            let name = result.name.to_string();
            Some((
                Own {
                    name,
                    current,
                    target,
                },
                result,
            ))
        })
        .unzip();
    if own.is_empty() {
        return view! {
            <section class="card" aria-labelledby=heading.clone()>
                <h2 id=heading.clone()>{title}</h2>
                <p class="empty">{texts.survey_picture_none()}</p>
            </section>
        }
        .into_any();
    }
    let results: Vec<_> = results.iter().collect();
    let chart_texts = chart_texts(texts, title.clone());
    let [wide, narrow] =
        [Layout::Wide, Layout::Narrow].map(|layout| dumbbell(&results, layout, &chart_texts));
    let year = survey.round.target_year;
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            <p>{texts.survey_picture_text(year)}</p>
            {largest(texts, &own)}
            <figure class="chart-figure" inner_html=format!("{}{}", wide.svg, narrow.svg)></figure>
            {table(texts, &wide)}
        </section>
    }
    .into_any()
}

/// A person's levels in the form that the chart takes: a region of one.
fn result(
    contents: &Contents,
    id: CapabilityId,
    current: Level,
    target: Level,
) -> Option<CapabilityResult> {
    let draft = &contents.capabilities.get(&id)?.draft;
    let (current, target) = (f64::from(current.get()), f64::from(target.get()));
    Some(CapabilityResult {
        id,
        name: draft.name.clone(),
        formulation: draft.formulation.clone(),
        kind: CapabilityKind::Operational,
        layers: BTreeSet::new(),
        area: draft.area,
        area_name: None,
        cells: Vec::new(),
        effect: None,
        with_value: 1,
        with_gap: usize::from(target > current),
        with_surplus: usize::from(target < current),
        mean_current: Some(current),
        mean_target: Some(target),
        mean_gap: Some(target - current),
        gap_to_close: Some((target - current).max(0.0)),
        priority: None,
        dont_know_share: None,
    })
}

fn chart_texts(texts: Texts, title: String) -> ChartTexts {
    let mark = match texts.0 {
        Language::Swedish => DecimalMark::Comma,
        Language::English => DecimalMark::Point,
    };
    ChartTexts {
        title,
        description: texts.survey_picture_description(
            "{count}",
            "{first}",
            "{number}",
            "{without}",
        ),
        conditions: vec![texts.survey_picture_conditions().to_owned()],
        level_names: Level::ALL.map(|level| level_name(texts, level).to_owned()),
        capability: texts.survey_column_capability().to_owned(),
        current: texts.terms_current().to_owned(),
        target: texts.terms_target().to_owned(),
        gap: texts.terms_gap().to_owned(),
        surplus: texts.survey_surplus().to_owned(),
        mark,
        ..ChartTexts::default()
    }
}

/// The person's own largest gaps.
fn largest(texts: Texts, own: &[Own]) -> AnyView {
    let mut gaps: Vec<&Own> = own.iter().filter(|own| own.gap() > 0).collect();
    gaps.sort_by_key(|own| -own.gap());
    let rows: Vec<_> = gaps
        .into_iter()
        .take(LARGEST)
        .map(|own| {
            let steps = match own.gap() {
                1 => texts.survey_gap_step().to_owned(),
                gap => texts.survey_gap_steps(gap),
            };
            let way = texts.survey_from_to(own.current.get(), own.target.get());
            view! { <li><strong>{own.name.clone()}</strong>" "<span class="muted">{steps}", "{way}</span></li> }
        })
        .collect();
    if rows.is_empty() {
        return view! { <p>{texts.survey_largest_none()}</p> }.into_any();
    }
    view! { <h3>{texts.survey_largest()}</h3><ol>{rows}</ol> }.into_any()
}

/// The same numbers as in the picture.
fn table(texts: Texts, chart: &Chart) -> AnyView {
    let table = &chart.table;
    let (first, others) = table
        .columns
        .split_first()
        .map_or((None, &[][..]), |(first, others)| (Some(first), others));
    let heads: Vec<_> = others
        .iter()
        .map(|column| view! { <th scope="col" class="number">{column.clone()}</th> })
        .collect();
    let rows: Vec<_> = (table.rows.iter())
        .map(|row| {
            let last = row.cells.len().saturating_sub(1);
            let cells: Vec<_> = (row.cells.iter().enumerate())
                .map(|(index, cell)| {
                    let text = if index == last {
                        cell.signed_text(table.mark)
                    } else {
                        cell.text(table.mark)
                    };
                    view! { <td class="number">{text}</td> }
                })
                .collect();
            view! { <tr><th scope="row">{row.header.clone()}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <details>
            <summary>{texts.survey_as_table()}</summary>
            <div class="table-wrap">
                <table class="data">
                    <caption>{table.caption.clone()}</caption>
                    <thead><tr><th scope="col">{first.cloned()}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
