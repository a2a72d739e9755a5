//! An invitee's own page: their survey, the meetings, and what to read before the first.

use domain::{ids::WorkshopId, workshop::Workshop};
use leptos::prelude::*;
use time::Date;

use crate::{
    components::Badge,
    pages::workshops::{Standing, when},
    texts::Texts,
};

/// A survey that the person is asked to answer.
#[derive(Clone, Debug)]
pub struct OwnSurvey {
    /// The round's name.
    pub name: String,
    /// The way into it.
    pub link: String,
    /// Whether it has been answered.
    pub answered: bool,
    /// Whether it is closed, so that what was answered is there to prepare with.
    pub closed: bool,
}

/// A meeting.
#[derive(Clone, Debug)]
pub struct OwnWorkshop {
    /// Which.
    pub id: WorkshopId,
    /// Its plan.
    pub workshop: Workshop,
    /// How far it has come.
    pub standing: Standing,
}

/// An invitee's own page.
#[derive(Clone, Debug)]
pub struct OwnPage {
    /// Its address.
    pub address: String,
    /// The person's name.
    pub name: String,
    /// Whom they come for, in a line.
    pub municipalities: String,
    /// The mapping's name.
    pub mapping: String,
    /// Its period.
    pub period: String,
    /// Surveys that are open to them, and closed ones that they have answered.
    pub surveys: Vec<OwnSurvey>,
    /// The meetings in order.
    pub workshops: Vec<OwnWorkshop>,
    /// Today, in Sweden.
    pub today: Date,
    /// How many minutes the text takes to read.
    pub minutes: usize,
    /// The day they said that they had read it.
    pub read: Option<String>,
}

/// The page.
pub fn view(texts: Texts, page: &OwnPage) -> AnyView {
    view! {
        <div class="page-head">
            <p class="eyebrow">{page.mapping.clone()}", "{page.period.clone()}</p>
            <h1>{texts.invitee_own_title(page.name.as_str())}</h1>
            <p class="lead">{texts.invitee_own_lead(page.municipalities.as_str())}</p>
        </div>
        {surveys(texts, page)}
        {reading(texts, page)}
        {workshops(texts, page)}
        <p class="hint own-note">{texts.invitee_own_personal()}</p>
    }
    .into_any()
}

fn surveys(texts: Texts, page: &OwnPage) -> AnyView {
    if page.surveys.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = (page.surveys.iter())
        .map(|survey| {
            let (class, words) = if survey.closed {
                ("button", texts.invitee_own_survey_before())
            } else if survey.answered {
                ("button", texts.invitee_own_survey_see())
            } else {
                ("button primary", texts.invitee_own_survey_answer())
            };
            let badge = (survey.answered)
                .then(|| view! { <Badge tone="done" text=texts.invitee_own_survey_done() /> });
            view! {
                <li class="row spread">
                    <span class="row"><strong>{survey.name.clone()}</strong>{badge}</span>
                    <a class=class href=survey.link.clone()>{words}<span class="visually-hidden">": "{survey.name.clone()}</span></a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="enkat">
            <h2 id="enkat">{texts.invitee_own_survey()}</h2>
            <ul class="own-list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn reading(texts: Texts, page: &OwnPage) -> AnyView {
    let read = (page.read.as_ref())
        .map(|day| view! { <p><Badge tone="done" text=texts.preparation_has_read(day) /></p> });
    let (class, words) = match page.read {
        None if page.surveys.iter().all(|survey| survey.answered) => {
            ("button primary", texts.invitee_own_read())
        }
        None => ("button", texts.invitee_own_read()),
        Some(_) => ("button", texts.invitee_own_read_again()),
    };
    view! {
        <section class="card" aria-labelledby="lasning">
            <h2 id="lasning">{texts.preparation_title()}</h2>
            <p>{texts.invitee_own_reading(page.minutes)}</p>
            {read}
            <div class="actions"><a class=class href=format!("{}/las", page.address)>{words}</a></div>
        </section>
    }
    .into_any()
}

fn workshops(texts: Texts, page: &OwnPage) -> AnyView {
    if page.workshops.is_empty() {
        return view! {
            <section class="card" aria-labelledby="traffar">
                <h2 id="traffar">{texts.invitee_own_workshops()}</h2>
                <p>{texts.invitee_own_no_workshops()}</p>
            </section>
        }
        .into_any();
    }
    let rows: Vec<_> = (page.workshops.iter())
        .map(|own| workshop(texts, page, own))
        .collect();
    let coming = (page.workshops.iter())
        .filter(|own| is_coming(own, page.today))
        .count();
    let all = (coming > 1).then(|| {
        view! { <a class="button quiet small" href=format!("{}/kalender.ics", page.address)>{texts.series_calendar_all()}</a> }
    });
    view! {
        <section class="card" aria-labelledby="traffar">
            <div class="row spread"><h2 id="traffar">{texts.invitee_own_workshops()}</h2>{all}</div>
            <ol class="own-list">{rows}</ol>
        </section>
    }
    .into_any()
}

/// Whether there is still something to put in a calendar.
fn is_coming(own: &OwnWorkshop, today: Date) -> bool {
    own.standing != Standing::Ended && own.workshop.date >= today
}

fn workshop(texts: Texts, page: &OwnPage, own: &OwnWorkshop) -> AnyView {
    let title = own.workshop.title.to_string();
    let place =
        (!own.workshop.place.is_empty()).then(|| view! { <br />{own.workshop.place.to_string()} });
    let action = if own.standing == Standing::Open {
        view! { <a class="button primary" href="/w">{texts.invitee_own_join()}<span class="visually-hidden">": "{title.clone()}</span></a> }
            .into_any()
    } else if is_coming(own, page.today) {
        let file = format!("{}/{}/kalender.ics", page.address, own.id);
        view! { <a class="button small" href=file>{texts.series_calendar()}<span class="visually-hidden">": "{title.clone()}</span></a> }
            .into_any()
    } else {
        view! { <Badge text=texts.invitee_own_over() /> }.into_any()
    };
    view! {
        <li class="row spread">
            <p><strong>{title}</strong><br /><span class="muted">{when(texts, &own.workshop)}{place}</span></p>
            {action}
        </li>
    }
    .into_any()
}
