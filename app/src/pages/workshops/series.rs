//! The series: where it is, the one thing to do next, and the way into each workshop.

use domain::{
    ids::{MappingId, WorkshopId},
    workshop::{Series, Workshop},
};
use leptos::prelude::*;
use time::Date;

use super::{
    Standing, address,
    begin::{self, BeginForm},
    clock, kind_mark, standing_badge, step, when,
};
use crate::{components::Empty, texts::Texts};

/// A workshop in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub id: WorkshopId,
    /// Its plan.
    pub workshop: Workshop,
    /// How far it has come.
    pub standing: Standing,
    /// Whether someone has said who wrote its minutes.
    pub minuted: bool,
}

/// A mapping's series of workshops.
#[derive(Clone, Debug)]
pub struct SeriesPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Workshops in order.
    pub rows: Vec<Row>,
    /// Today, in Sweden.
    pub today: Date,
    /// Whether the visitor plans and leads.
    pub may_lead: bool,
    /// What has been typed in the form: for the whole series while there is none, else for one more.
    pub form: BeginForm,
}

/// The one thing to do next, with whoever may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// A workshop is under way.
    Lead,
    /// A workshop has been ended and nobody has put their name to its minutes.
    Minutes,
    /// A workshop is coming.
    Prepare,
    /// It is time for a workshop.
    Begin,
}

/// The one thing to do next, and in which workshop; nothing when all are ended.
fn next(rows: &[Row], today: Date) -> Option<(&Row, Next)> {
    let first = |standing| rows.iter().find(move |row| row.standing == standing);
    let open = first(Standing::Open).map(|row| (row, Next::Lead));
    let unwritten = (rows.iter().rev())
        .find(|row| row.standing == Standing::Ended)
        .filter(|row| !row.minuted)
        .map(|row| (row, Next::Minutes));
    let planned = first(Standing::Planned).map(|row| {
        let soon = row.workshop.date <= today;
        (row, if soon { Next::Begin } else { Next::Prepare })
    });
    // On the day itself, what begins goes before what should be written.
    let due = planned.filter(|(_, next)| *next == Next::Begin);
    open.or(due).or(unwritten).or(planned)
}

/// The page.
pub fn view(texts: Texts, data: &SeriesPage) -> AnyView {
    let base = format!("/k/{}", data.mapping);
    if data.rows.is_empty() {
        let body = if data.may_lead {
            begin::whole(texts, data.mapping, &data.form)
        } else {
            view! { <Empty text=texts.series_none() action=None /> }.into_any()
        };
        return view! {
            <div class="page-head">
                <h1>{texts.series_title()}</h1>
                <p class="lead">{texts.series_lead()}</p>
            </div>
            {body}
        }
        .into_any();
    }
    let mut steps = Vec::new();
    for series in Series::ALL {
        let mut rows = (data.rows.iter()).filter(|row| row.workshop.series == *series);
        match rows.next() {
            None => steps.push(missing(texts, *series, data.may_lead)),
            Some(first) => steps.extend(
                std::iter::once(first)
                    .chain(rows)
                    .map(|row| entry(texts, data, row)),
            ),
        }
    }
    let more = data
        .may_lead
        .then(|| begin::single(texts, data.mapping, &data.form));
    view! {
        <div class="page-head">
            <h1>{texts.series_title()}</h1>
            <p class="lead">{texts.series_lead()}</p>
        </div>
        {next_thing(texts, data)}
        <section class="card" aria-labelledby="serien">
            <div class="row spread">
                <h2 id="serien">{texts.series_steps()}</h2>
                <a class="button quiet small" href=format!("{base}/workshopar/kalender.ics")>{texts.series_calendar_all()}</a>
            </div>
            <ol class="steps tall series">{steps}</ol>
        </section>
        {more}
    }
    .into_any()
}

fn next_thing(texts: Texts, data: &SeriesPage) -> Option<AnyView> {
    let (row, next) = next(&data.rows, data.today)?;
    let title = row.workshop.title.to_string();
    let (words, path, button) = match next {
        Next::Lead if !data.may_lead => (
            texts.series_next_join(&title),
            "/delta",
            texts.series_take_part(),
        ),
        Next::Lead => (
            texts.series_next_lead(&title),
            "/led",
            texts.series_lead_it(),
        ),
        Next::Begin if data.may_lead => (
            texts.series_next_begin(&title, clock(u32::from(row.workshop.starts))),
            "/led",
            texts.series_lead_it(),
        ),
        Next::Prepare if data.may_lead => (
            texts.series_next_prepare(&title, when(texts, &row.workshop)),
            "/planera",
            texts.series_prepare(),
        ),
        Next::Minutes if data.may_lead => (
            texts.series_next_minutes(&title),
            "/minnesanteckningar",
            texts.series_write_minutes(),
        ),
        _ => return None,
    };
    Some(
        view! {
            <section class="card next-thing" aria-labelledby="nasta">
                <div>
                    <h2 id="nasta">{texts.series_next()}</h2>
                    <p>{words}</p>
                </div>
                <a class="button primary" href=address(data.mapping, row.id, path)>{button}</a>
            </section>
        }
        .into_any(),
    )
}

fn missing(texts: Texts, series: Series, may_lead: bool) -> AnyView {
    let (number, name, gives) = step(texts, series);
    let add = may_lead.then(|| {
        view! { <p class="links"><a href="#en-till">{texts.series_one_more()}</a></p> }
    });
    view! {
        <li class="next" data-step=number>
            <h3>{name}" "<span class="badge plain">{texts.series_not_planned()}</span></h3>
            <p class="gives">{gives}</p>
            {add}
        </li>
    }
    .into_any()
}

fn entry(texts: Texts, data: &SeriesPage, row: &Row) -> AnyView {
    let (number, _, gives) = step(texts, row.workshop.series);
    let class = match row.standing {
        Standing::Ended => "done",
        Standing::Open => "current",
        Standing::Planned => "next",
    };
    let place = (!row.workshop.place.is_empty())
        .then(|| view! { <span class="where">{row.workshop.place.to_string()}</span> });
    view! {
        <li class=class data-step=number aria-current=(class == "current").then_some("step")>
            <h3>{row.workshop.title.to_string()}" "{standing_badge(texts, row.standing)}</h3>
            <p class="when"><span>{when(texts, &row.workshop)}</span>{place}</p>
            <p class="gives">{gives}</p>
            {agenda(texts, row)}
            {links(texts, data, row)}
        </li>
    }
    .into_any()
}

/// The points with their planned times, folded.
fn agenda(texts: Texts, row: &Row) -> AnyView {
    let points: Vec<_> = (row.workshop.agenda.iter())
        .filter(|item| !item.skipped)
        .map(|item| {
            let begins = row.workshop.begins(item.id).unwrap_or_default();
            view! {
                <li><span class="number">{clock(begins)}</span>" "{kind_mark(item.kind)}" "{item.title.to_string()}</li>
            }
        })
        .collect();
    view! {
        <details class="more">
            <summary>{texts.series_agenda()}<span class="visually-hidden">": "{row.workshop.title.to_string()}</span></summary>
            <ul class="times">{points}</ul>
        </details>
    }
    .into_any()
}

fn links(texts: Texts, data: &SeriesPage, row: &Row) -> AnyView {
    let plan = ("/planera", texts.series_plan());
    let lead = ("/led", texts.series_lead_it());
    let wall = ("/projektor", texts.series_projector());
    let join = ("/delta", texts.series_take_part());
    let minutes = ("/minnesanteckningar", texts.series_minutes());
    let compiled = ("/sammanstallning", texts.series_compiled());
    let file = ("/kalender.ics", texts.series_calendar());
    let list = match (row.standing, data.may_lead) {
        (Standing::Planned, true) => vec![plan, lead, wall, join, file],
        (Standing::Planned, false) => vec![file],
        (Standing::Open, true) => vec![lead, wall, join, plan, compiled],
        (Standing::Open, false) => vec![join],
        (Standing::Ended, true) => vec![minutes, compiled, lead, plan],
        (Standing::Ended, false) => vec![minutes, compiled],
    };
    let title = row.workshop.title.to_string();
    let links: Vec<_> = (list.into_iter())
        .map(|(path, words)| {
            view! {
                <li>
                    <a href=address(data.mapping, row.id, path)>
                        {words}<span class="visually-hidden">": "{title.clone()}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! { <ul class="links">{links}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Text;
    use time::macros::date;

    fn row(day: Date, standing: Standing, minuted: bool) -> Row {
        Row {
            id: (format!("00000000-0000-0000-0000-000000000{:03}", day.ordinal()).parse())
                .expect("it is an id"),
            workshop: Workshop {
                series: Series::Ws1,
                title: Text::parse("Exempel").expect("it fits"),
                date: day,
                starts: 540,
                place: Text::default(),
                agenda: Vec::new(),
                round: None,
                approval: false,
                dots: 5,
            },
            standing,
            minuted,
        }
    }

    #[test]
    fn what_is_under_way_goes_first_then_what_begins_today_then_minutes_then_what_comes() {
        let (ended, open) = (Standing::Ended, Standing::Open);
        let planned = Standing::Planned;
        let [first, second] = [date!(2026 - 12 - 03), date!(2026 - 12 - 10)];
        let said = |rows: &[Row], today| next(rows, today).map(|(_, next)| next);
        let day_after = date!(2026 - 12 - 04);
        let rows = [row(first, ended, false), row(second, open, false)];
        assert_eq!(said(&rows, day_after), Some(Next::Lead));
        let rows = [row(first, ended, false), row(second, planned, false)];
        assert_eq!(said(&rows, day_after), Some(Next::Minutes));
        assert_eq!(said(&rows, second), Some(Next::Begin));
        let rows = [row(first, ended, true), row(second, planned, false)];
        assert_eq!(said(&rows, day_after), Some(Next::Prepare));
        assert_eq!(said(&[row(first, ended, true)], day_after), None);
    }
}
