//! Reading a file into the map: choosing it, and seeing all of it before anything happens.

use domain::{
    ids::MappingId,
    import::{Column, Fault, Finding, MAX_ROWS, Reading, Remark, Row},
};
use leptos::prelude::*;

use super::{cancel, crumbs};
use crate::{
    components::{ErrorSummary, Errors, Hidden},
    texts::Texts,
};

/// The most faults that are listed; whoever has more begins with these.
const SHOWN_FAULTS: usize = 100;

/// The page where a file is chosen.
pub fn choose(texts: Texts, mapping: MappingId, errors: &Errors) -> AnyView {
    view! {
        <div class="narrow">
            {crumbs(texts, mapping, texts.import_title())}
            <div class="page-head">
                <h1>{texts.import_title()}</h1>
                <p class="lead">{texts.import_lead()}</p>
            </div>
            <ErrorSummary texts errors=errors.clone() />
            {file_form(texts, mapping, errors)}
            {columns(texts)}
        </div>
    }
    .into_any()
}

fn file_form(texts: Texts, mapping: MappingId, errors: &Errors) -> AnyView {
    let error = errors.of("fil");
    let invalid = error.is_some().then_some("true");
    let described = if error.is_some() {
        "fil-hint fil-fel"
    } else {
        "fil-hint"
    };
    let error = error.map(|error| view! { <p class="field-error" id="fil-fel">{error}</p> });
    let (href, words) = cancel(texts, mapping);
    view! {
        <form method="post" action=format!("/k/{mapping}/import") enctype="multipart/form-data" novalidate>
            <div class="field">
                <label for="fil">{texts.import_file()}</label>
                <p class="hint" id="fil-hint">{texts.import_file_hint(MAX_ROWS)}</p>
                {error}
                <input type="file" id="fil" name="fil" accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" aria-describedby=described aria-invalid=invalid />
            </div>
            <div class="actions">
                <button class="button primary" type="submit">{texts.import_preview()}</button>
                <a class="button quiet" href=href>{words}</a>
                <a class="button quiet" href=format!("/k/{mapping}/import/mall.csv") download="">{texts.import_template()}</a>
            </div>
        </form>
    }
    .into_any()
}

fn columns(texts: Texts) -> AnyView {
    let rows: Vec<_> = (Column::ALL.iter())
        .map(|column| {
            let words = match column {
                Column::Kind => texts.import_column_kind(),
                Column::Area => texts.import_column_area(),
                Column::Name => texts.import_column_name(),
                Column::Formulation => texts.import_column_formulation(),
                Column::Description => texts.import_column_description(),
                Column::Type => texts.import_column_type(),
                Column::Layers => texts.import_column_layers(),
                Column::Belongs => texts.import_column_belongs(),
                Column::Municipality => texts.import_column_municipality(),
                Column::Level1 => texts.import_column_level_1(),
                Column::Level2 => texts.import_column_level_2(),
                Column::Level3 => texts.import_column_level_3(),
                Column::Level4 => texts.import_column_level_4(),
                Column::Level5 => texts.import_column_level_5(),
            };
            view! { <tr><th scope="row">{column.code()}</th><td>{words}</td></tr> }
        })
        .collect();
    view! {
        <div class="stack">
            <h2 id="kolumner">{texts.import_columns()}</h2>
            <p>{texts.import_columns_text()}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.import_columns()>
                <table class="data">
                    <thead><tr><th scope="col">{texts.import_column()}</th><th scope="col">{texts.import_contents()}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

/// What the page with a file's contents shows.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Whose map.
    pub mapping: MappingId,
    /// What the file says.
    pub reading: Reading,
    /// Whether its encoding was guessed.
    pub guessed: bool,
    /// The file's rows as text, to be sent back when they are right.
    pub source: String,
    /// The command's id.
    pub op: String,
}

/// The page with a file's contents.
pub fn preview(texts: Texts, data: &Preview) -> AnyView {
    let reading = &data.reading;
    let right = reading.command.is_some();
    let lead = if right {
        texts.import_preview_ok()
    } else {
        texts.import_preview_faults()
    };
    let action = if right {
        let (href, words) = cancel(texts, data.mapping);
        view! {
            <form method="post" action=format!("/k/{}/import/bekrafta", data.mapping) enctype="multipart/form-data">
                <Hidden name="op" value=data.op.clone() />
                <Hidden name="rader" value=data.source.clone() />
                <div class="actions">
                    <button class="button primary" type="submit">{texts.import_confirm(reading.rows.len())}</button>
                    <a class="button quiet" href=href>{words}</a>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! { <div class="narrow">{file_form(texts, data.mapping, &Errors::default())}</div> }
            .into_any()
    };
    view! {
        <div class="stack">
            {crumbs(texts, data.mapping, texts.import_title())}
            <div class="page-head">
                <h1>{texts.import_preview_title()}</h1>
                <p class="lead">{lead}</p>
            </div>
            {faults(texts, &reading.faults)}
            {remarks(texts, data)}
            {action}
            {rows(texts, reading)}
        </div>
    }
    .into_any()
}

fn place<T>(texts: Texts, finding: &Finding<T>, what: String) -> String {
    match finding.column {
        Some(column) => texts.import_place(finding.row, column.code(), what),
        None => texts.import_place_row(finding.row, what),
    }
}

fn fault_text(texts: Texts, fault: &Fault) -> String {
    match fault {
        Fault::NoRows => texts.import_fault_no_rows().to_owned(),
        Fault::TooManyRows(_) => texts.import_fault_too_many(MAX_ROWS),
        Fault::NoColumn(column) => texts.import_fault_no_column(column.code()),
        Fault::TwiceInHeader => texts.import_fault_twice().to_owned(),
        Fault::Empty => texts.import_fault_empty().to_owned(),
        Fault::TooLong { length, max } => texts.import_fault_too_long(length, max),
        Fault::Control => texts.import_fault_control().to_owned(),
        Fault::NoChoice { found, choices } => texts.import_fault_choice(found, choices.join(", ")),
        Fault::NotFound(found) => texts.import_fault_not_found(found),
        Fault::WrongParent(found) => texts.import_fault_parent(found),
    }
}

fn faults(texts: Texts, faults: &[Finding<Fault>]) -> AnyView {
    if faults.is_empty() {
        return ().into_any();
    }
    let list: Vec<_> = (faults.iter().take(SHOWN_FAULTS))
        .map(|fault| {
            let words = place(texts, fault, fault_text(texts, &fault.what));
            view! { <li><a href=format!("#rad-{}", fault.row)>{words}</a></li> }
        })
        .collect();
    let more = (faults.len() > SHOWN_FAULTS)
        .then(|| view! { <p>{texts.import_faults_more(faults.len() - SHOWN_FAULTS)}</p> });
    view! {
        <div class="error-summary" role="alert" tabindex="-1" id="fel">
            <h2>{texts.import_faults()}</h2>
            <ul>{list}</ul>
            {more}
        </div>
    }
    .into_any()
}

fn remarks(texts: Texts, data: &Preview) -> AnyView {
    let mut list: Vec<String> = (data.reading.remarks.iter())
        .map(|remark| {
            let words = match &remark.what {
                Remark::UnknownColumn(name) => texts.import_remark_column(name),
                Remark::Duplicate(name) => texts.import_remark_duplicate(name),
                Remark::KnownArea(name) => texts.import_remark_area(name),
            };
            place(texts, remark, words)
        })
        .collect();
    if data.guessed {
        list.insert(0, texts.import_guessed().to_owned());
    }
    if list.is_empty() {
        return ().into_any();
    }
    let list: Vec<_> = (list.into_iter())
        .map(|words| view! { <li>{words}</li> })
        .collect();
    view! {
        <section class="card advice-card" aria-labelledby="tank-pa">
            <h2 id="tank-pa">{texts.import_remarks()}</h2>
            <ul>{list}</ul>
        </section>
    }
    .into_any()
}

/// Every row, in the columns that are used.
fn rows(texts: Texts, reading: &Reading) -> AnyView {
    let used: Vec<Column> = (Column::ALL.iter().copied())
        .filter(|column| {
            reading
                .rows
                .iter()
                .any(|row| row.cells.contains_key(column))
        })
        .collect();
    if used.is_empty() {
        return ().into_any();
    }
    let header: Vec<_> = (used.iter())
        .map(|column| view! { <th scope="col">{column.code()}</th> })
        .collect();
    let body: Vec<_> = (reading.rows.iter())
        .map(|row| table_row(texts, row, &used, &reading.faults))
        .collect();
    view! {
        <div class="stack">
            <h2 id="rader">{texts.import_rows()}</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.import_rows()>
                <table class="data import">
                    <thead><tr><th scope="col">{texts.import_row()}</th>{header}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn table_row(texts: Texts, row: &Row, used: &[Column], faults: &[Finding<Fault>]) -> AnyView {
    let first = faults.partition_point(|fault| fault.row < row.number);
    let own: Vec<_> = (faults[first..].iter())
        .take_while(|fault| fault.row == row.number)
        .collect();
    let cells: Vec<_> = (used.iter())
        .map(|column| {
            let fault = own.iter().find(|fault| fault.column == Some(*column));
            let class = fault.map(|_| "wrong");
            let words = fault.map(|fault| {
                view! { <p class="field-error">{fault_text(texts, &fault.what)}</p> }
            });
            view! { <td class=class>{row.get(*column).to_owned()}{words}</td> }
        })
        .collect();
    view! { <tr id=format!("rad-{}", row.number)><th scope="row">{row.number}</th>{cells}</tr> }
        .into_any()
}
