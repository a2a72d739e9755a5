//! How the answers of a round are coming in: response and coverage, and what to do next.

use charts::{ChartTexts, Layout, day_bars};
use domain::{
    municipality::Municipality,
    results::MIN_ANSWERS_FOR_VALUE,
    survey::{Occupation, Progress, Round, RoundStatus, SurveyMode},
};
use leptos::prelude::*;

use super::{
    participants::names,
    rounds::{bar, facts, status},
};
use crate::{
    components::{Badge, Empty, date_time, occupation_text},
    texts::Texts,
};

/// People asked and people who submitted, in one municipality or role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Asked.
    pub asked: usize,
    /// Submitted.
    pub submitted: usize,
}

/// How many said vet ej about one capability.
#[derive(Clone, Debug)]
pub struct DontKnow {
    /// The capability's name.
    pub capability: String,
    /// Share of those who submitted, in whole percent.
    pub percent: u32,
    /// Whether it should be reworded or asked of others.
    pub much: bool,
}

/// Someone who is asked, and how far they have come.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name.
    pub name: String,
    /// For whom.
    pub municipalities: Vec<Municipality>,
    /// How far.
    pub status: Progress,
    /// How many capabilities have both answers, of one who has begun in a named round.
    pub answered: Option<usize>,
}

/// How the answers of a round are coming in. Nothing of what anyone answered.
#[derive(Clone, Debug)]
pub struct RoundPage {
    /// The round.
    pub round: Round,
    /// When this was read, in milliseconds since 1970 UTC.
    pub at: i64,
    /// People asked.
    pub invited: usize,
    /// People who have saved something, those who submitted among them.
    pub started: usize,
    /// People who submitted.
    pub submitted: usize,
    /// People with both answers on every capability; not known in a confidential round.
    pub complete: Option<usize>,
    /// Capabilities that are asked about.
    pub capabilities: usize,
    /// By municipality, in the order of the mapping.
    pub municipalities: Vec<(Municipality, Turnout)>,
    /// By role, those with anyone asked.
    pub roles: Vec<(Occupation, Turnout)>,
    /// People who submitted, day by day or week by week; empty until somebody has.
    pub days: Vec<(String, usize)>,
    /// Who is asked, by name.
    pub people: Vec<Person>,
    /// Free texts that nobody has read yet; none while the round is open.
    pub waiting: usize,
    /// Vet ej by capability, most first; none until enough have submitted.
    pub dont_know: Option<Vec<DontKnow>>,
    /// Whether the visitor may add participants and close the round.
    pub may_manage: bool,
    /// Whether the visitor may read results.
    pub may_read_results: bool,
    /// Whether the visitor may set effects on goals.
    pub may_set_effects: bool,
}

/// A round: response and coverage, and what to do next.
pub fn page(texts: Texts, data: &RoundPage) -> AnyView {
    let round = &data.round;
    let base = format!("/k/{}/omgangar/{}", round.mapping, round.id);
    let open = round.status == RoundStatus::Open;
    let participants = if open && data.may_manage {
        texts.round_participants()
    } else {
        texts.round_participants_reader()
    };
    let primary = if open && data.may_manage {
        "button primary"
    } else {
        "button"
    };
    let print = (open && data.may_manage).then(|| {
        view! { <a class="button" href=format!("{base}/lankar")>{texts.round_print()}</a> }
    });
    let paper = (open && data.may_manage).then(|| {
        view! { <a class="button" href=format!("{base}/papper")>{texts.paper_title()}</a> }
    });
    view! {
        <div class="page-head">
            <p class="eyebrow">{texts.round_eyebrow()}" "{status(texts, round.status)}</p>
            <h1>{round.name.to_string()}</h1>
            <p class="lead">{facts(texts, round)}</p>
            <div class="actions">
                <a class=primary href=format!("{base}/deltagare")>{participants}</a>
                {data.may_manage.then(|| view! { <a class="button" href=format!("{base}/utskick")>{texts.mailing_link()}</a> })}
                {print}
                {paper}
            </div>
        </div>
        {(!open).then(|| next_step(texts, &base, data))}
        {response(texts, &base, data)}
        {days(texts, data)}
        {people(texts, data)}
        {turnout(texts, data)}
        {dont_know(texts, data)}
        {(open && data.may_manage).then(|| close(texts, &base))}
    }
    .into_any()
}

fn next_step(texts: Texts, base: &str, data: &RoundPage) -> AnyView {
    let round = data.round.id;
    let results = format!("/k/{}/resultat?omgang={round}", data.round.mapping);
    let effect = data.may_set_effects.then(|| {
        view! { <a class="button" href=format!("{base}/effekt")>{texts.round_effect()}</a> }
    });
    let remarks = data.may_manage.then(|| {
        let words = match data.waiting {
            0 => texts.round_remarks().to_owned(),
            waiting => texts.round_remarks_waiting(waiting),
        };
        view! { <a class="button" href=format!("{base}/fritext")>{words}</a> }
    });
    let read = data.may_read_results.then(|| {
        view! {
            <a class="button primary" href=format!("{base}/bedomning")>{texts.round_agreement()}</a>
            {effect}
            <a class="button" href=results>{texts.round_results()}</a>
            {remarks}
        }
    });
    view! {
        <section class="card" aria-labelledby="nasta">
            <h2 id="nasta">{texts.round_after()}</h2>
            <p>{texts.round_after_text()}</p>
            <div class="actions">{read}</div>
        </section>
    }
    .into_any()
}

fn response(texts: Texts, base: &str, data: &RoundPage) -> AnyView {
    let content = if data.invited == 0 {
        let action = (data.may_manage && data.round.status == RoundStatus::Open).then(|| {
            let words = texts.round_add_participants().to_owned();
            (format!("{base}/deltagare"), words)
        });
        view! { <Empty text=texts.round_nobody_yet() action=action /> }.into_any()
    } else {
        let row = |label: String, part: usize| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{bar(texts.round_of(part, data.invited), part, data.invited)}</dd>
                </div>
            }
        };
        view! {
            <dl class="definition">
                <div><dt>{texts.round_invited()}</dt><dd class="number">{data.invited}</dd></div>
                {row(texts.round_started().to_owned(), data.started)}
                {data.complete.map(|complete| row(texts.round_complete(data.capabilities), complete))}
                {row(texts.round_submitted().to_owned(), data.submitted)}
            </dl>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="svar">
            <h2 id="svar">{texts.round_response()}</h2>
            {content}
            <p class="row muted">
                <span>{texts.round_as_of(date_time(data.at))}</span>
                <a href=base.to_owned()>{texts.round_reload()}</a>
            </p>
        </section>
    }
    .into_any()
}

/// How many submitted each day: a small chart and the same numbers as a table.
fn days(texts: Texts, data: &RoundPage) -> Option<AnyView> {
    if data.days.is_empty() {
        return None;
    }
    let words = ChartTexts {
        title: texts.round_days().to_owned(),
        description: texts.round_days_description("{count}", "{first}", "{number}", "{without}"),
        conditions: vec![texts.round_of(data.submitted, data.invited)],
        ..ChartTexts::default()
    };
    let columns = || {
        [
            texts.round_day().to_owned(),
            texts.round_submitted().to_owned(),
        ]
    };
    let [wide, narrow] = [Layout::Wide, Layout::Narrow]
        .map(|layout| day_bars(&data.days, columns(), layout, &words));
    let rows: Vec<_> = (data.days.iter())
        .map(|(day, answers)| {
            view! { <tr><th scope="row">{day.clone()}</th><td class="number">{*answers}</td></tr> }
        })
        .collect();
    let hint = match data.round.mode {
        SurveyMode::Named => texts.round_days_hint(),
        SurveyMode::Confidential => texts.round_days_hint_confidential(),
    };
    Some(
        view! {
            <section class="card" aria-labelledby="dagar">
                <h2 id="dagar">{texts.round_days()}</h2>
                <p class="hint">{hint}</p>
                <figure class="chart-figure" inner_html=format!("{}{}", wide.svg, narrow.svg)></figure>
                <details class="more">
                    <summary>{texts.survey_as_table()}</summary>
                    <div class="table-wrap" tabindex="0" role="region" aria-label=texts.round_days()>
                        <table class="data">
                            <thead><tr><th scope="col">{texts.round_day()}</th><th scope="col" class="number">{texts.round_submitted()}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </details>
            </section>
        }
        .into_any(),
    )
}

/// Who has not begun, who has, and who has answered, by name.
fn people(texts: Texts, data: &RoundPage) -> Option<AnyView> {
    if data.people.is_empty() {
        return None;
    }
    let group = |heading: String, of: &dyn Fn(Progress) -> bool| {
        let rows: Vec<_> = (data.people.iter())
            .filter(|person| of(person.status))
            .map(|person| {
                let answered = (person.answered)
                    .map(|answered| format!(" · {}", texts.round_of(answered, data.capabilities)));
                let note = format!(
                    "{}{}",
                    names(&person.municipalities),
                    answered.unwrap_or_default()
                );
                view! { <li>{person.name.clone()}" "<span class="muted">{note}</span></li> }
            })
            .collect();
        (!rows.is_empty()).then(|| {
            let summary = format!("{heading} ({})", rows.len());
            view! { <details class="more"><summary>{summary}</summary><ul>{rows}</ul></details> }
        })
    };
    let not_started = |status| status == Progress::NotStarted;
    let draft = |status| status == Progress::Draft;
    let submitted = |status| matches!(status, Progress::Submitted { .. });
    let hint = match data.round.mode {
        SurveyMode::Named => texts.round_people_hint(),
        SurveyMode::Confidential => texts.round_people_hint_confidential(),
    };
    Some(
        view! {
            <section class="card" aria-labelledby="vilka">
                <h2 id="vilka">{texts.round_people()}</h2>
                <p class="hint">{hint}</p>
                {group(texts.round_people_not_started().to_owned(), &not_started)}
                {group(texts.round_people_draft().to_owned(), &draft)}
                {group(texts.round_people_submitted().to_owned(), &submitted)}
            </section>
        }
        .into_any(),
    )
}

fn turnout(texts: Texts, data: &RoundPage) -> AnyView {
    let municipalities: Vec<_> = (data.municipalities.iter())
        .map(|(municipality, turnout)| {
            view! {
                <tr>
                    <th scope="row">{municipality.name()}</th>
                    <td class="number">{turnout.asked}</td>
                    <td>{share(texts, *turnout)}</td>
                    <td>{coverage(texts, *turnout)}</td>
                </tr>
            }
        })
        .collect();
    let roles: Vec<_> = (data.roles.iter())
        .map(|(role, turnout)| {
            view! {
                <tr>
                    <th scope="row">{occupation_text(texts, *role)}</th>
                    <td class="number">{turnout.asked}</td>
                    <td>{share(texts, *turnout)}</td>
                </tr>
            }
        })
        .collect();
    let roles = (!roles.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2 id="roller">{texts.round_by_role()}</h2>
                <div class="table-wrap" tabindex="0" role="region" aria-labelledby="roller">
                    <table class="data coverage">
                        <thead><tr><th scope="col">{texts.round_role()}</th><th scope="col" class="number">{texts.round_asked()}</th><th scope="col">{texts.round_submitted()}</th></tr></thead>
                        <tbody>{roles}</tbody>
                    </table>
                </div>
            </section>
        }
    });
    view! {
        <section class="card">
            <h2 id="kommuner">{texts.round_by_municipality()}</h2>
            <p class="hint">{texts.round_by_municipality_hint()}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-labelledby="kommuner">
                <table class="data coverage">
                    <thead><tr><th scope="col">{texts.round_municipality()}</th><th scope="col" class="number">{texts.round_asked()}</th><th scope="col">{texts.round_submitted()}</th><th scope="col">{texts.round_state()}</th></tr></thead>
                    <tbody>{municipalities}</tbody>
                </table>
            </div>
        </section>
        {roles}
    }
    .into_any()
}

/// How many of those asked have submitted; a dash when nobody was asked.
fn share(texts: Texts, turnout: Turnout) -> AnyView {
    if turnout.asked == 0 {
        return view! { <span class="muted">{texts.round_nothing()}</span> }.into_any();
    }
    let words = texts.round_of(turnout.submitted, turnout.asked);
    bar(words, turnout.submitted, turnout.asked)
}

fn coverage(texts: Texts, turnout: Turnout) -> AnyView {
    let enough = usize::try_from(MIN_ANSWERS_FOR_VALUE).unwrap_or(usize::MAX);
    let (tone, words) = match turnout {
        Turnout { asked: 0, .. } => ("warn", texts.round_nobody_asked()),
        Turnout { submitted: 0, .. } => ("warn", texts.round_nobody_answered()),
        Turnout { submitted, .. } if submitted < enough => ("plain", texts.round_few()),
        Turnout { .. } => ("done", texts.round_covered()),
    };
    view! { <Badge tone=tone text=words /> }.into_any()
}

fn dont_know(texts: Texts, data: &RoundPage) -> AnyView {
    let content = match &data.dont_know {
        None => {
            let text = texts.round_dont_know_hidden(data.round.n_min);
            view! { <p class="hint">{text}</p> }.into_any()
        }
        Some(shares) => {
            let row = |share: &DontKnow| {
                let advice = if share.much {
                    texts.round_dont_know_advice()
                } else {
                    texts.round_nothing()
                };
                view! {
                    <tr>
                        <th scope="row">{share.capability.clone()}</th>
                        <td class="number">{texts.round_percent(share.percent)}</td>
                        <td>{advice}</td>
                    </tr>
                }
            };
            let table = |label: &'static str, rows: Vec<_>| {
                view! {
                    <div class="table-wrap" tabindex="0" role="region" aria-label=label>
                        <table class="data">
                            <thead><tr><th scope="col">{texts.round_capability()}</th><th scope="col" class="number">{texts.round_dont_know_share()}</th><th scope="col">{texts.round_advice()}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            };
            let much: Vec<_> = (shares.iter())
                .filter(|share| share.much)
                .map(row)
                .collect();
            let much = if much.is_empty() {
                view! { <p>{texts.round_dont_know_none()}</p> }.into_any()
            } else {
                table(texts.round_dont_know(), much)
            };
            view! {
                <p class="hint">{texts.round_dont_know_hint()}</p>
                {much}
                <details class="more">
                    <summary>{texts.round_dont_know_all()}</summary>
                    {table(texts.round_dont_know_all(), shares.iter().map(row).collect())}
                </details>
            }
            .into_any()
        }
    };
    view! {
        <section class="card">
            <h2 id="vet-ej">{texts.round_dont_know()}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn close(texts: Texts, base: &str) -> AnyView {
    view! {
        <section class="card" aria-labelledby="stang">
            <h2 id="stang">{texts.round_close()}</h2>
            <p>{texts.round_close_text()}</p>
            <details class="confirm">
                <summary>{texts.round_close_summary()}</summary>
                <form method="post" action=format!("{base}/stang")>
                    <button class="button danger" type="submit">{texts.round_close_confirm()}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
