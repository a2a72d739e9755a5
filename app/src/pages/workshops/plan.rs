//! Planning one workshop: day and place, and its agenda.

use domain::{
    ids::{MappingId, WorkshopId},
    workshop::{Activity, Item, Series, Workshop},
};
use leptos::prelude::*;

use super::{
    Standing, activity_text, address, clock, crumbs, kind_mark, kind_text, standing_badge, when,
};
use crate::{
    components::{Choice, ErrorSummary, Errors, Hidden, Select, SubmitRow, TextField},
    pages::after::reflections::{Reflections, list},
    texts::Texts,
};

/// What has been typed about a workshop's day, place and settings.
#[derive(Clone, Debug, Default)]
pub struct PlanForm {
    /// The command's id.
    pub op: String,
    /// Its name.
    pub title: String,
    /// The day.
    pub date: String,
    /// When it begins.
    pub start: String,
    /// Where.
    pub place: String,
    /// Whether each who joins is let in by a facilitator.
    pub approval: bool,
    /// How many dots each has.
    pub dots: String,
    /// Id of the survey round; empty for none.
    pub round: String,
    /// What is wrong.
    pub errors: Errors,
}

/// A workshop's plan.
#[derive(Clone, Debug)]
pub struct PlanPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Which workshop.
    pub id: WorkshopId,
    /// Its plan as it stands.
    pub workshop: Workshop,
    /// How far it has come.
    pub standing: Standing,
    /// The mapping's survey rounds: id and name.
    pub rounds: Vec<Choice>,
    /// What has been written since the workshop before.
    pub reflections: Option<Reflections>,
    /// What has been typed.
    pub form: PlanForm,
    /// An id for each form in the agenda: up, down and skip for each point.
    pub ops: Vec<[String; 3]>,
}

/// Whether a workshop works with the answers of a survey round.
fn asks_for_round(workshop: &Workshop) -> bool {
    matches!(workshop.series, Series::Ws4 | Series::Ws5)
        || has(
            workshop,
            &[
                Activity::Spread,
                Activity::Agreeing,
                Activity::EffectVote,
                Activity::Improving,
            ],
        )
}

fn has(workshop: &Workshop, activities: &[Activity]) -> bool {
    (workshop.agenda.iter()).any(|item| activities.contains(&item.activity))
}

/// The page.
pub fn view(texts: Texts, page: &PlanPage) -> AnyView {
    let workshop = &page.workshop;
    let title = workshop.title.to_string();
    let place = (!workshop.place.is_empty())
        .then(|| view! { <span class="where">{workshop.place.to_string()}</span> });
    let lead = address(page.mapping, page.id, "/led");
    let (tone, words) = match page.standing {
        Standing::Planned => ("button primary", texts.series_lead_it()),
        Standing::Open => ("button primary", texts.series_lead_on()),
        Standing::Ended => ("button", texts.series_lead_it()),
    };
    let invite = (page.standing != Standing::Ended).then(|| {
        let href = address(page.mapping, page.id, "/inbjudan");
        view! { <a class="button quiet" href=href>{texts.preparation_invite_link()}</a> }
    });
    let (minutes, points) = (
        workshop.minutes(),
        (workshop.agenda.iter())
            .filter(|item| !item.skipped)
            .count(),
    );
    let rows: Vec<_> = (workshop.agenda.iter().enumerate())
        .map(|(nth, item)| point(texts, page, nth, item))
        .collect();
    let new = address(page.mapping, page.id, "/punkter/ny");
    let count = texts.series_agenda_total(
        points,
        hours(texts, minutes),
        clock(u32::from(workshop.starts) + minutes),
    );
    view! {
        {crumbs(texts, page.mapping, None, &title)}
        <div class="page-head">
            <h1>{title.clone()}" "{standing_badge(texts, page.standing)}</h1>
            <p class="when lead"><span>{when(texts, workshop)}</span>{place}</p>
            <div class="actions">
                <a class=tone href=lead>{words}</a>
                {invite}
                <a class="button quiet" href=address(page.mapping, page.id, "/projektor")>{texts.series_projector()}</a>
                <a class="button quiet" href=address(page.mapping, page.id, "/kalender.ics")>{texts.series_calendar()}</a>
            </div>
        </div>
        <ErrorSummary texts errors=page.form.errors.clone() />
        {settings(texts, page)}
        {(page.reflections.as_ref()).map(|reflections| list(texts, reflections))}
        <section class="card agenda-card" aria-labelledby="dagordning">
            <div class="row spread">
                <h2 id="dagordning">{texts.series_agenda()}</h2>
                <a class="button small" href=new>{texts.series_item_add()}</a>
            </div>
            <p class="hint">{count}</p>
            <ol class="agenda">{rows}</ol>
        </section>
    }
    .into_any()
}

/// Minutes as people say them: `3 tim 20 min`.
fn hours(texts: Texts, minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => texts.series_minutes_only(rest),
        (hours, 0) => texts.series_hours_only(hours),
        (hours, rest) => texts.series_hours(hours, rest),
    }
}

fn settings(texts: Texts, page: &PlanPage) -> AnyView {
    let form = &page.form;
    let open = !form.errors.is_empty() || page.workshop.place.is_empty();
    let rounds = asks_for_round(&page.workshop).then(|| {
        let choices: Vec<Choice> =
            std::iter::once((String::new(), texts.series_round_none().to_owned()))
                .chain(page.rounds.clone())
                .collect();
        view! {
            <Select name="omgang" label=texts.series_round() choices=choices selected=form.round.clone() error=form.errors.of("omgang") hint=texts.series_round_hint() />
        }
    });
    let voted = has(&page.workshop, &[Activity::DotVote]);
    let dots = voted.then(|| {
        view! {
            <TextField name="prickar" label=texts.series_dots() value=form.dots.clone() error=form.errors.of("prickar") hint=texts.series_dots_hint() kind="number" required=true />
        }
    });
    let kept = (!voted).then(|| view! { <Hidden name="prickar" value=form.dots.clone() /> });
    view! {
        <details class="card plan-settings" open=open>
            <summary>{texts.series_settings()}</summary>
            <form method="post" action=address(page.mapping, page.id, "/planera") novalidate class="stack">
                <Hidden name="op" value=form.op.clone() />
                {kept}
                <TextField name="namn" label=texts.series_name() value=form.title.clone() error=form.errors.of("namn") max=80 required=true />
                <div class="pair">
                    <TextField name="datum" label=texts.series_day() value=form.date.clone() error=form.errors.of("datum") kind="date" required=true />
                    <TextField name="tid" label=texts.series_starts() value=form.start.clone() error=form.errors.of("tid") kind="time" required=true />
                </div>
                <TextField name="plats" label=texts.series_place() value=form.place.clone() error=form.errors.of("plats") hint=texts.series_place_hint() max=120 />
                {rounds}
                {dots}
                <fieldset class="field choices">
                    <legend>{texts.series_joining()}</legend>
                    <div class="choice">
                        <input type="checkbox" id="slapp-in" name="slapp-in" value="ja" checked=form.approval aria-describedby="slapp-in-hint" />
                        <label for="slapp-in">{texts.series_approval()}</label>
                    </div>
                    <p class="hint" id="slapp-in-hint">{texts.series_approval_hint()}</p>
                </fieldset>
                <SubmitRow label=texts.form_save() />
            </form>
        </details>
    }
    .into_any()
}

fn point(texts: Texts, page: &PlanPage, nth: usize, item: &Item) -> AnyView {
    let agenda = &page.workshop.agenda;
    let begins = page.workshop.begins(item.id).unwrap_or_default();
    let time = if item.skipped {
        view! { <span class="time muted">{texts.series_skipped()}</span> }.into_any()
    } else {
        let ends = begins + u32::from(item.minutes);
        view! { <span class="time number">{texts.series_span(clock(begins), clock(ends))}</span> }
            .into_any()
    };
    let own = |path: &str| {
        let path = format!("/punkter/{}{path}", item.id);
        address(page.mapping, page.id, &path)
    };
    let [up_op, down_op, skip_op] = page.ops.get(nth).cloned().unwrap_or_default();
    let above = nth.checked_sub(1).map(|above| agenda[above].id.to_string());
    // Down: before the one after the next, or last.
    let below = (nth + 1 < agenda.len())
        .then(|| (agenda.get(nth + 2)).map_or_else(String::new, |after| after.id.to_string()));
    let title = item.title.to_string();
    let arrow = |op: String, before: Option<String>, sign: &'static str, words: String| {
        let disabled = before.is_none();
        view! {
            <form method="post" action=own("/flytta") class="inline-form">
                <Hidden name="op" value=op />
                <Hidden name="fore" value=before.unwrap_or_default() />
                <button class="arrow" type="submit" disabled=disabled aria-label=words.clone() title=words><span aria-hidden="true">{sign}</span></button>
            </form>
        }
    };
    let skip = if item.skipped {
        texts.series_unskip()
    } else {
        texts.series_skip()
    };
    let responsible = (!item.responsible.is_empty())
        .then(|| view! { <span>{texts.series_responsible_is(item.responsible.as_str())}</span> });
    let instruction = (!item.instruction.is_empty())
        .then(|| view! { <p class="instruction lines">{item.instruction.to_string()}</p> });
    view! {
        <li id=format!("punkt-{}", item.id) class=if item.skipped { "point skipped" } else { "point" }>
            <p class="clock">{time}<span class="muted">{texts.series_minutes_only(item.minutes)}</span></p>
            <div class="what">
                <h3><abbr class="kind" title=kind_text(texts, item.kind)>{kind_mark(item.kind)}</abbr>" "{title.clone()}</h3>
                {instruction}
                <p class="facts"><span>{activity_text(texts, item.activity)}</span>{responsible}</p>
            </div>
            <div class="tools">
                <a class="button small" href=own("")>{texts.series_edit()}<span class="visually-hidden">": "{title.clone()}</span></a>
                <form method="post" action=own("/hoppa-over") class="inline-form">
                    <Hidden name="op" value=skip_op />
                    <Hidden name="pa" value=if item.skipped { "0" } else { "1" } />
                    <button class="link" type="submit">{skip}<span class="visually-hidden">": "{title.clone()}</span></button>
                </form>
                <span class="arrows">
                    {arrow(up_op, above, "↑", texts.series_up(&title))}
                    {arrow(down_op, below, "↓", texts.series_down(&title))}
                </span>
            </div>
        </li>
    }
    .into_any()
}
