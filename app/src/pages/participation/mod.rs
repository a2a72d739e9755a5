//! How the municipalities take part in the steps of the series: the matrix, and what is near it.

pub mod cell;
pub mod enquiry;
pub mod enquiry_form;
pub mod municipality;
pub mod reply;
pub mod take_over;
pub mod words;

use domain::{
    ids::{EnquiryId, MappingId},
    municipality::Municipality,
    participation::{Entry, Fact, Step, Summary, Tally},
    text::Text,
};
use leptos::prelude::*;

use self::words::{fact_text, mark, short_text, step_path, step_text, summary_view, tone};
use crate::{components::Badge, texts::Texts};

/// What is said of a municipality in one step, and what the tool knows.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The step; none for the series as a whole.
    pub step: Option<Step>,
    /// What is stated.
    pub entry: Option<Entry>,
    /// What the tool knows.
    pub fact: Option<Fact>,
}

/// A municipality's row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub municipality: Municipality,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// An enquiry in the list.
#[derive(Clone, Debug)]
pub struct EnquiryRow {
    /// Which.
    pub id: EnquiryId,
    /// The question.
    pub question: Text<1, 160>,
    /// How long it is open, in words.
    pub standing: String,
    /// What was answered.
    pub tally: Tally,
    /// How many are asked.
    pub asked: usize,
}

/// The page with the matrix.
#[derive(Clone, Debug)]
pub struct MatrixPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Municipalities in Swedish order.
    pub rows: Vec<Row>,
    /// Each column's step and sum; the series as a whole first.
    pub columns: Vec<(Option<Step>, Summary)>,
    /// The name of the round whose answers are counted, when there is one.
    pub survey: Option<String>,
    /// Enquiries, newest first; none for those who may not manage them.
    pub enquiries: Option<Vec<EnquiryRow>>,
    /// Whether the visitor may change what stands here.
    pub may_manage: bool,
}

/// The way back to the matrix.
pub(super) fn back(texts: Texts, mapping: MappingId) -> AnyView {
    view! { <p class="eyebrow"><a href=format!("/k/{mapping}/deltagande")>{texts.participation_back()}</a></p> }
        .into_any()
}

/// The page.
pub fn page(texts: Texts, data: &MatrixPage) -> AnyView {
    let base = format!("/k/{}", data.mapping);
    let whole = data
        .columns
        .first()
        .map(|(_, summary)| summary_view(texts, summary));
    let before = data.may_manage.then(|| {
        view! {
            <section class="card" aria-labelledby="fore">
                <h2 id="fore">{texts.participation_preparation_title()}</h2>
                <p>{texts.participation_preparation_text()}</p>
                <div class="actions">
                    <a class="button" href=format!("{base}/inbjudna")>{texts.participation_invitees()}</a>
                    <a class="button" href=format!("{base}/forberedelse")>{texts.participation_material()}</a>
                    <a class="button" href=format!("{base}/beredskap")>{texts.participation_readiness()}</a>
                </div>
            </section>
        }
    });
    view! {
        <div class="wide participation">
            <div class="page-head">
                <h1>{texts.participation_title()}</h1>
                <p class="lead">{texts.participation_lead()}</p>
            </div>
            {whole}
            <section class="card matrix-card" aria-labelledby="matris">
                <div class="row spread matrix-head">
                    <h2 id="matris">{texts.participation_matrix()}</h2>
                    <a class="button quiet" href=format!("{base}/deltagande.csv") download="deltagande.csv">{texts.participation_csv()}</a>
                </div>
                {matrix(texts, data)}
                {otherwise(texts, data)}
                <details class="more how">
                    <summary>{texts.participation_how_title()}</summary>
                    <p>{texts.participation_how_grades()}</p>
                    <p>{texts.participation_how_total()}</p>
                </details>
            </section>
            <div class="grid two after-matrix">
                {data.enquiries.as_ref().map(|rows| enquiries(texts, &base, rows))}
                {before}
            </div>
        </div>
    }
    .into_any()
}

/// A column's name; that of the survey says which round is counted.
fn head(texts: Texts, data: &MatrixPage, step: Option<Step>) -> AnyView {
    let round = (data.survey.as_ref()).filter(|_| step == Some(Step::Survey));
    // Not in grey: in a list it stands on the colours of the grades.
    let round = round.map(|name| format!(" ({name})"));
    view! { {step_text(texts, step)}{round} }.into_any()
}

/// Roles are written out, for on a phone the table is laid out as a list and browsers would forget that it is a table.
fn matrix(texts: Texts, data: &MatrixPage) -> AnyView {
    let heads: Vec<_> = (data.columns.iter())
        .map(|(step, _)| view! { <th scope="col" role="columnheader">{head(texts, data, *step)}</th> })
        .collect();
    let rows: Vec<_> = (data.rows.iter())
        .map(|row| {
            let cells: Vec<_> = (row.cells.iter())
                .map(|one| self::cell(texts, data, row.municipality, one))
                .collect();
            let own = format!("/k/{}/deltagande/{}", data.mapping, row.municipality);
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader"><a href=own>{row.municipality.name()}</a></th>
                    {cells}
                </tr>
            }
        })
        .collect();
    let totals: Vec<_> = (data.columns.iter())
        .map(|(step, summary)| {
            let part = summary.taking_part.len() + summary.otherwise.len();
            let said =
                (summary.of() > 0).then(|| texts.participation_total_of(part, data.rows.len()));
            view! {
                <td role="cell">
                    <span class="of-step">{head(texts, data, *step)}</span>
                    <span class="number">{said.unwrap_or_else(|| "–".to_owned())}</span>
                </td>
            }
        })
        .collect();
    view! {
        <table class="matrix" role="table" aria-labelledby="matris">
            <thead role="rowgroup">
                <tr role="row"><th scope="col" role="columnheader">{texts.participation_municipality()}</th>{heads}</tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
            <tfoot role="rowgroup">
                <tr role="row"><th scope="row" role="rowheader">{texts.participation_total()}</th>{totals}</tr>
            </tfoot>
        </table>
    }
    .into_any()
}

fn cell(texts: Texts, data: &MatrixPage, whose: Municipality, cell: &Cell) -> AnyView {
    let stated = match &cell.entry {
        Some(entry) => view! {
            {mark(entry.grade)}
            <span class="grade">{short_text(texts, entry.grade)}</span>
        }
        .into_any(),
        None => view! {
            <span class="grade none" aria-hidden="true">"–"</span>
            <span class="visually-hidden">{texts.participation_not_stated()}</span>
        }
        .into_any(),
    };
    let class = cell
        .entry
        .as_ref()
        .map_or("unstated", |entry| tone(entry.grade));
    let stated = if data.may_manage {
        let to = format!(
            "/k/{}/deltagande/{whose}/{}",
            data.mapping,
            step_path(cell.step)
        );
        view! {
            <a class="stated" href=to>
                {stated}
                <span class="visually-hidden">". "{texts.participation_edit()}" "{whose.name()}", "{step_text(texts, cell.step)}</span>
            </a>
        }
        .into_any()
    } else {
        view! { <span class="stated">{stated}</span> }.into_any()
    };
    let fact = (cell.fact.as_ref())
        .map(|fact| view! { <span class="fact">{fact_text(texts, fact)}</span> });
    view! {
        <td role="cell" class=class>
            <span class="of-step">{head(texts, data, cell.step)}</span>
            {stated}
            {fact}
        </td>
    }
    .into_any()
}

/// In what way those take part who do so otherwise, beneath the matrix, for it is part of the grade.
fn otherwise(texts: Texts, data: &MatrixPage) -> AnyView {
    use domain::mapping::Participation;
    let rows: Vec<_> = (data.rows.iter())
        .flat_map(|row| row.cells.iter().map(move |cell| (row.municipality, cell)))
        .filter_map(|(whose, cell)| Some((whose, cell.entry.as_ref()?)))
        .filter(|(_, entry)| entry.grade == Participation::Otherwise && !entry.note.is_empty())
        .map(|(whose, entry)| {
            let step = (entry.step).map(|step| format!(" ({})", step_text(texts, Some(step))));
            view! { <li><strong>{whose.name()}{step}":"</strong>" "{entry.note.to_string()}</li> }
        })
        .collect();
    (!rows.is_empty())
        .then(|| {
            view! {
                <div class="otherwise-list">
                    <h3>{mark(Participation::Otherwise)}" "{texts.participation_names_otherwise()}</h3>
                    <ul>{rows}</ul>
                </div>
            }
        })
        .into_any()
}

fn enquiries(texts: Texts, base: &str, rows: &[EnquiryRow]) -> AnyView {
    let list = if rows.is_empty() {
        view! { <p class="muted">{texts.participation_enquiries_none()}</p> }.into_any()
    } else {
        let rows: Vec<_> = (rows.iter())
            .map(|row| {
                view! {
                    <li>
                        <a href=format!("{base}/intresse/{}", row.id)>{row.question.to_string()}</a>
                        <Badge text=row.standing.clone() />
                        <p>{enquiry::tally_text(texts, row.tally, row.asked)}</p>
                    </li>
                }
            })
            .collect();
        view! { <ul class="enquiries">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="forfragningar">
            <h2 id="forfragningar">{texts.participation_enquiries()}</h2>
            <p>{texts.participation_enquiries_text()}</p>
            {list}
            <div class="actions"><a class="button" href=format!("{base}/intresse/ny")>{texts.participation_enquiry_new()}</a></div>
        </section>
    }
    .into_any()
}
