//! Who has answered, and how much of what was asked: the four kinds of coverage beside that of municipalities.

use charts::{Cell, Row, Table};
use domain::{results::Part, statistics::suppression::GroupSize, survey::Occupation};
use leptos::prelude::*;

use super::{
    Material, ResultsPage,
    method::Rule,
    parts,
    sure::share_words,
    words::{conditions, list, mark},
};
use crate::{components::occupation_text, texts::Texts};

/// The card on the page about the material's quality.
pub(super) fn card(texts: Texts, data: &ResultsPage) -> AnyView {
    let said: Vec<_> = (sentences(texts, &data.material).into_iter())
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    let tables: Vec<_> = (tables(texts, &data.material).iter())
        .map(|table| parts::folded_table(texts, &table.caption, table))
        .collect();
    view! {
        <section class="card" aria-labelledby="svarat">
            <h2 id="svarat">{texts.answered_title()}</h2>
            <ul class="certainty">{said}</ul>
            <p class="figure-note">
                {texts.answered_note()}" "
                {parts::method_link(texts, data, Rule::Coverage, texts.answered_title())}
            </p>
            {tables}
        </section>
    }
    .into_any()
}

/// Svarsfrekvens, frågetäckning, rolltäckning and vet ej in all, a sentence each; without those that nothing is known
/// of.
pub fn sentences(texts: Texts, material: &Material) -> Vec<String> {
    let coverage = &material.analysis.coverage;
    let told = |part: Part, words: fn(Texts, usize, usize, String) -> String| {
        let share = share_words(texts, part.share()?);
        Some(words(texts, part.with, part.total, share))
    };
    let mut said: Vec<String> = told(coverage.people, |texts, with, total, share| {
        texts.answered_people(with, total, share)
    })
    .into_iter()
    .chain(told(coverage.cells, |texts, with, total, share| {
        texts.answered_cells(with, total, share)
    }))
    .collect();
    if coverage.roles.is_empty() {
        if coverage.people.total > 0 {
            said.push(texts.answered_withheld().to_owned());
        }
    } else {
        let all = Occupation::ALL.len();
        said.push(texts.answered_roles(all - coverage.silent.len(), all));
    }
    if !coverage.silent.is_empty() {
        let names = (coverage.silent.iter())
            .map(|role| occupation_text(texts, *role).to_owned())
            .collect();
        said.push(texts.answered_silent(list(texts, names)));
    }
    said.extend(
        (coverage.dont_know_share)
            .filter(|_| material.regional())
            .map(|share| texts.answered_dont_know(share_words(texts, share))),
    );
    said
}

/// Svarsfrekvens by municipality and by role, and frågetäckning by capability; without those that may not be told.
pub fn tables(texts: Texts, material: &Material) -> Vec<Table> {
    let coverage = &material.analysis.coverage;
    let turnout = (coverage.turnout.iter())
        .map(|one| {
            let name = one.municipality.name().to_owned();
            turnout_row(texts, name, one.asked, one.submitted)
        })
        .collect();
    let roles = (coverage.roles.iter())
        .map(|one| {
            let name = occupation_text(texts, one.occupation).to_owned();
            turnout_row(texts, name, one.asked, one.submitted)
        })
        .collect();
    let count = |count: usize| u32::try_from(count).ok().map(f64::from);
    let capabilities = (coverage.capabilities.iter())
        .zip(&material.region().capabilities)
        .map(|(one, capability)| Row {
            header: capability.name.to_string(),
            cells: vec![
                Cell::number_or(count(one.values.with), 0, "-"),
                Cell::number_or(count(one.values.total), 0, "-"),
            ],
        })
        .collect();
    let answered = [
        texts.answered_asked(),
        texts.answered_submitted(),
        texts.answered_share(),
    ];
    let table = |caption: &str, first: &str, others: &[&str], rows: Vec<Row>| Table {
        caption: caption.to_owned(),
        columns: (std::iter::once(&first).chain(others))
            .map(|column| (*column).to_owned())
            .collect(),
        rows,
        conditions: conditions(texts, material),
        mark: mark(texts),
    };
    let mut tables = vec![
        table(
            texts.answered_by_municipality(),
            texts.answered_municipality(),
            &answered,
            turnout,
        ),
        table(
            texts.answered_by_role(),
            texts.answered_role(),
            &answered,
            roles,
        ),
        table(
            texts.answered_by_capability(),
            texts.result_capability(),
            &[texts.result_with_value(), texts.answered_of()],
            capabilities,
        ),
    ];
    tables.retain(|table| !table.rows.is_empty());
    tables
}

fn turnout_row(texts: Texts, header: String, asked: GroupSize, submitted: GroupSize) -> Row {
    let share = match (asked, submitted) {
        (GroupSize::Exactly(asked), GroupSize::Exactly(submitted)) => {
            Cell::Text(share_words(texts, f64::from(submitted) / f64::from(asked)))
        }
        (GroupSize::Exactly(_), GroupSize::Nobody) => Cell::Text(share_words(texts, 0.0)),
        (GroupSize::Nobody, _) => Cell::Symbol("-"),
        _ => Cell::Symbol(".."),
    };
    Row {
        header,
        cells: vec![size_cell(asked), size_cell(submitted), share],
    }
}

fn size_cell(size: GroupSize) -> Cell {
    match size {
        GroupSize::Exactly(people) => Cell::number_or(Some(f64::from(people)), 0, "-"),
        GroupSize::UpTo(_) => Cell::Text(size.to_string()),
        GroupSize::Hidden => Cell::Symbol(".."),
        GroupSize::Nobody => Cell::Symbol("-"),
    }
}
