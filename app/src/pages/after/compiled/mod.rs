//! What came out of a workshop in ten minutes' reading, for everyone who has the link.

mod growth;
mod said;

use domain::{
    ids::MappingId,
    workshop::{
        CardKind, Series, Workshop,
        record::{Fact, Progress, Record},
    },
};
use leptos::prelude::*;

use self::{
    growth::{goals, map, weaknesses},
    said::{decisions, municipal_round, remarks, results, words_in},
};
use super::{
    address, crumbs, names,
    reflections::{ReflectionBox, Reflections, list, reflection_box},
};
use crate::{
    components::Badge,
    pages::workshops::{day, when},
    texts::Texts,
};

/// How many words most people read in a minute when they think about what they read.
const WORDS_A_MINUTE: usize = 160;

/// The compiled page of a workshop.
#[derive(Clone, Debug)]
pub struct CompiledPage {
    /// Whose.
    pub mapping: MappingId,
    /// The mapping's name and period.
    pub of: String,
    /// What came of the workshop.
    pub record: Record,
    /// The workshop after it, with the address of its calendar file.
    pub next: Option<(Workshop, String)>,
    /// Where a reflection is written.
    pub reflection: ReflectionBox,
    /// What only those who have a role in the mapping see; none for those who came by the link.
    pub inside: Option<Inside>,
}

/// What those with a role in the mapping see beside the page.
#[derive(Clone, Debug)]
pub struct Inside {
    /// The link for everyone, shown to those who lead.
    pub link: Option<String>,
    /// What has been written, for those who lead.
    pub reflections: Option<Reflections>,
}

/// The page.
pub fn view(texts: Texts, page: &CompiledPage) -> AnyView {
    let record = &page.record;
    let inside = page.inside.as_ref();
    let here = texts.compiled_title();
    let crumbs = inside.map(|_| crumbs(texts, page.mapping, None, here));
    let lead = if record.progress == Progress::Planned {
        texts.compiled_lead_planned().to_owned()
    } else {
        texts.compiled_lead(day(texts, record.date))
    };
    let open = (record.progress == Progress::Open)
        .then(|| view! { <Badge tone="warn" text=texts.compiled_open() /> });
    // Inside the mapping its name stands above already.
    let of = (inside.is_none()).then(|| view! { <span>{page.of.clone()}</span>" " });
    let minutes = inside.map(|_| {
        let href = address(page.mapping, record.workshop, "/minnesanteckningar");
        view! { <div class="actions"><a class="button quiet" href=href>{texts.compiled_minutes()}</a></div> }
    });
    let content = (record.progress != Progress::Planned).then(|| content(texts, record));
    view! {
        <article class="wide stack compiled">
            {crumbs}
            <div class="page-head">
                <p class="eyebrow">{of}{open}</p>
                <h1>{texts.compiled_of(&record.title)}</h1>
                <p class="lead">{lead}</p>
                {minutes}
            </div>
            {inside.map(|inside| for_leaders(texts, inside))}
            {content}
            {next(texts, page)}
            {reflection_box(texts, &page.reflection)}
        </article>
    }
    .into_any()
}

/// Only the box, when something in it has to be corrected.
pub fn correct(texts: Texts, title: &str, data: &ReflectionBox) -> AnyView {
    view! {
        <div class="narrow stack">
            <div class="page-head">
                <h1>{texts.compiled_of(title)}</h1>
            </div>
            {reflection_box(texts, data)}
        </div>
    }
    .into_any()
}

fn content(texts: Texts, record: &Record) -> AnyView {
    let main = view! {
        {decisions(texts, record)}
        {results(texts, record)}
        {goals(texts, record)}
        {remarks(texts, record, CardKind::Goal, texts.minutes_goals(), "foreslagna")}
        {map(texts, record)}
        {weaknesses(texts, record)}
        {municipal_round(texts, record)}
        {remarks(texts, record, CardKind::Question, texts.compiled_questions(), "fragor")}
        {remarks(texts, record, CardKind::Comment, texts.compiled_comments(), "kommentarer")}
    }
    .into_any();
    let minutes = words_in(record).div_ceil(WORDS_A_MINUTE).max(1);
    view! {
        {rests_on(texts, record)}
        {in_short(texts, record)}
        {think(texts, record.series)}
        <p class="muted reading">{texts.compiled_reading(minutes)}</p>
        {main}
    }
    .into_any()
}

/// What it all rests on: first, as on every page with figures.
fn rests_on(texts: Texts, record: &Record) -> AnyView {
    let coverage = &record.coverage;
    let (first, rest) = if record.present.is_empty() {
        (texts.compiled_rests_none().to_owned(), None)
    } else {
        let first =
            texts.compiled_rests_on(record.present.len(), coverage.present.len(), coverage.all());
        let rest = if coverage.missing.is_empty() {
            texts.compiled_rests_all().to_owned()
        } else {
            texts.compiled_rests_missing(names(&coverage.missing))
        };
        (first, Some(rest))
    };
    let mut all: Vec<_> = (coverage.present.iter().map(|m| (*m, "on")))
        .chain(coverage.missing.iter().map(|m| (*m, "off")))
        .collect();
    all.sort_by(|(a, _), (b, _)| domain::text::swedish_order(a.name(), b.name()));
    let dots: Vec<_> = (all.into_iter())
        .map(|(_, class)| view! { <li class=class></li> })
        .collect();
    view! {
        <section class="condition" aria-labelledby="villkor">
            <div><h2 id="villkor">{first}</h2>{rest.map(|rest| view! { <p>{rest}</p> })}</div>
            <ul class="dots" aria-hidden="true">{dots}</ul>
        </section>
    }
    .into_any()
}

/// The figures that say what the workshop gave; what gave nothing is left out.
fn in_short(texts: Texts, record: &Record) -> AnyView {
    let map = &record.map;
    let said = |kind| {
        (record.facts())
            .filter_map(|fact| match fact {
                Fact::Remarks(of, remarks) if *of == kind => Some(remarks.len()),
                _ => None,
            })
            .sum::<usize>()
    };
    let improvements = (record.facts())
        .find_map(|fact| match fact {
            Fact::Improvements(rows) => Some(rows.len()),
            _ => None,
        })
        .unwrap_or(0);
    let figures: Vec<_> = [
        (record.decisions().count(), texts.compiled_short_decisions()),
        (map.new_goals.len(), texts.compiled_short_goals()),
        (
            map.new_capabilities.len(),
            texts.compiled_short_capabilities(),
        ),
        (map.new_weaknesses.len(), texts.compiled_short_weaknesses()),
        (map.merged, texts.compiled_short_merged()),
        (improvements, texts.compiled_short_improvements()),
        (said(CardKind::Question), texts.compiled_short_questions()),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| view! { <li><strong>{count}</strong>" "<span>{words}</span></li> })
    .collect();
    if figures.is_empty() {
        return ().into_any();
    }
    view! {
        <section aria-labelledby="i-korthet">
            <h2 id="i-korthet" class="visually-hidden">{texts.compiled_in_short()}</h2>
            <ul class="figures" role="list">{figures}</ul>
        </section>
    }
    .into_any()
}

/// What to think about until next time.
fn think(texts: Texts, series: Series) -> AnyView {
    let [one, other] = match series {
        Series::Ws1 => [
            texts.compiled_think_ws1_missing(),
            texts.compiled_think_ws1_words(),
        ],
        Series::Ws2 => [
            texts.compiled_think_ws2_place(),
            texts.compiled_think_ws2_same(),
        ],
        Series::Ws3 => [
            texts.compiled_think_ws3_answer(),
            texts.compiled_think_ws3_evidence(),
        ],
        Series::Ws4 => [
            texts.compiled_think_ws4_surprise(),
            texts.compiled_think_ws4_first(),
        ],
        Series::Ws5 => [
            texts.compiled_think_ws5_start(),
            texts.compiled_think_ws5_ask(),
        ],
    };
    view! {
        <section class="card to-think" aria-labelledby="fundera">
            <h2 id="fundera">{texts.compiled_think()}</h2>
            <ul>
                <li>{texts.compiled_think_since()}</li>
                <li>{one}</li>
                <li>{other}</li>
            </ul>
        </section>
    }
    .into_any()
}

fn next(texts: Texts, page: &CompiledPage) -> AnyView {
    let content = match &page.next {
        None => view! { <p class="muted">{texts.compiled_next_none()}</p> }.into_any(),
        Some((workshop, calendar)) => {
            let place = (!workshop.place.is_empty())
                .then(|| view! { <p class="muted">{workshop.place.to_string()}</p> });
            view! {
                <p><strong>{workshop.title.to_string()}</strong></p>
                <p>{when(texts, workshop)}</p>
                {place}
                <div class="actions"><a class="button" href=calendar.clone() download="">{texts.compiled_next_calendar()}</a></div>
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="nasta">
            <h2 id="nasta">{texts.compiled_next()}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// The link to share and what has been written, for those who lead.
fn for_leaders(texts: Texts, inside: &Inside) -> AnyView {
    let share = inside.link.clone().map(|link| {
        view! {
            <section class="card" aria-labelledby="dela">
                <h2 id="dela">{texts.compiled_share()}</h2>
                <p>{texts.compiled_share_hint()}</p>
                <div class="field">
                    <label for="lank">{texts.compiled_share_link()}</label>
                    <div class="copyable">
                        <input id="lank" type="text" readonly value=link />
                        <button class="button" type="button" hidden data-copy="lank" data-copied=texts.compiled_copied()>{texts.compiled_copy()}</button>
                    </div>
                </div>
            </section>
        }
    });
    let reflections = (inside.reflections.as_ref()).map(|all| list(texts, all));
    view! { {share}{reflections} }.into_any()
}
