//! The confirmation, with the person's own picture at once.

use charts::{Chart, ChartTexts, DecimalMark, Layout, own_dumbbell};
use domain::{
    level::{Answer, Level},
    mapping::Language,
    municipality::Municipality,
    survey::{Progress, SurveyMode},
};
use leptos::prelude::*;

use super::{Survey, level_name, names, unsaved, workshop_now};
use crate::{
    components::{date, date_time},
    texts::Texts,
};

/// How many of the largest gaps are listed.
const LARGEST: usize = 5;

/// A capability with a level on both questions: its name, nuläge and börläge.
type Own = (String, Level, Level);

fn gap((_, current, target): &Own) -> i16 {
    i16::from(target.get()) - i16::from(current.get())
}

/// The page: what was submitted when, and what it looks like.
pub fn view(texts: Texts, survey: &Survey, open: bool) -> AnyView {
    let when = match survey.progress {
        Progress::Submitted { at } => match survey.round.mode {
            SurveyMode::Named => texts.survey_done_when(date_time(at)),
            SurveyMode::Confidential => texts.survey_done_on(date(at)),
        },
        Progress::NotStarted | Progress::Draft => String::new(),
    };
    let actions = open.then(|| {
        view! {
            <p>{texts.survey_done_change()}</p>
            <div class="actions"><a class="button" href=survey.address("/granska")>{texts.survey_change()}</a></div>
        }
    });
    let closed = (!open).then(|| {
        view! {
            <p>{texts.survey_done_closed()}" "{texts.before_link_text()}</p>
            <div class="actions"><a class="button primary" href=survey.address("/infor-workshopen")>{texts.before_link()}</a></div>
        }
    });
    let pictures: Vec<_> = pictures(survey)
        .into_iter()
        .map(|(municipalities, own)| picture(texts, survey, &municipalities, &own))
        .collect();
    view! {
        <div class="page-head">
            <p class="eyebrow">{survey.round.name.to_string()}</p>
            <h1>{texts.survey_done_title()}</h1>
            <p class="lead">{when}</p>
        </div>
        {workshop_now(texts, survey)}
        {code(texts, survey)}
        {open.then(|| unsaved(texts, survey))}
        {closed}
        {actions}
        {pictures}
        <p><a href=survey.address("/mina-uppgifter")>{texts.record_own_title()}</a></p>
    }
    .into_any()
}

/// The code, to be written down.
fn code(texts: Texts, survey: &Survey) -> Option<AnyView> {
    let code = survey.code.clone()?;
    Some(
        view! {
            <section class="card" aria-labelledby="kod">
                <h2 id="kod">{texts.survey_code_write()}</h2>
                <p class="recovery-code large"><code>{code}</code></p>
                <p>{texts.survey_code_done()}</p>
            </section>
        }
        .into_any(),
    )
}

/// What is the same for several municipalities is shown once for them together.
fn pictures(survey: &Survey) -> Vec<(Vec<Municipality>, Vec<Own>)> {
    let mut pictures: Vec<(Vec<Municipality>, Vec<Own>)> = Vec::new();
    for municipality in &survey.participant.municipalities {
        let own = own_levels(survey, *municipality);
        match pictures.iter_mut().find(|(_, known)| *known == own) {
            Some((alike, _)) => alike.push(*municipality),
            None => pictures.push((vec![*municipality], own)),
        }
    }
    pictures
}

fn own_levels(survey: &Survey, municipality: Municipality) -> Vec<Own> {
    (survey.areas.iter())
        .flat_map(|area| &area.capabilities)
        .filter_map(|asked| {
            let rating = survey.sheet.rating_for(asked.id, municipality)?;
            let current = rating.current.and_then(Answer::level)?;
            let target = rating.target.and_then(Answer::level)?;
            Some((asked.name.clone(), current, target))
        })
        .collect()
}

fn picture(texts: Texts, survey: &Survey, municipalities: &[Municipality], own: &[Own]) -> AnyView {
    let Some(municipality) = municipalities.first() else {
        return ().into_any();
    };
    let heading = format!("bild-{municipality}");
    let title = texts.survey_picture_of(names(texts, municipalities));
    if own.is_empty() {
        return view! {
            <section class="card" aria-labelledby=heading.clone()>
                <h2 id=heading.clone()>{title}</h2>
                <p class="empty">{texts.survey_picture_none()}</p>
            </section>
        }
        .into_any();
    }
    let chart_texts = chart_texts(texts, title.clone());
    let [wide, narrow] =
        [Layout::Wide, Layout::Narrow].map(|layout| own_dumbbell(own, layout, &chart_texts));
    let year = survey.round.target_year;
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            <p>{texts.survey_picture_text(year)}</p>
            {largest(texts, own)}
            <figure class="chart-figure" inner_html=format!("{}{}", wide.svg, narrow.svg)></figure>
            {table(texts, &wide)}
        </section>
    }
    .into_any()
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
    let mut gaps: Vec<&Own> = own.iter().filter(|own| gap(own) > 0).collect();
    gaps.sort_by_key(|own| -gap(own));
    let rows: Vec<_> = gaps
        .into_iter()
        .take(LARGEST)
        .map(|own| {
            let steps = match gap(own) {
                1 => texts.survey_gap_step().to_owned(),
                gap => texts.survey_gap_steps(gap),
            };
            let way = texts.survey_from_to(own.1.get(), own.2.get());
            view! { <li><strong>{own.0.clone()}</strong>" "<span class="muted">{steps}", "{way}</span></li> }
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
            <div class="table-wrap" tabindex="0" role="region" aria-label=table.caption.clone()>
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
