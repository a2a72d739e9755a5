//! The matrix as a file for spreadsheets.

use app::{
    pages::participation::{
        Cell,
        words::{short_text, step_text},
    },
    texts::Texts,
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::MappingId,
    municipality::Municipality,
    participation::{Entry, Fact},
};

use super::known::{counted_round, rows};
use crate::{error::Failure, import::write_csv, state::App, visitor::Visitor};

/// One row for each municipality and step, with statements and facts in columns of their own.
pub(super) async fn csv(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = super::enter(&app, &visitor, id).await?;
    let texts = room.texts;
    let round = counted_round(&room).await?;
    let of_round = |words: &str| {
        (round.as_ref()).map_or_else(
            || words.to_owned(),
            |round| format!("{words} ({})", round.name),
        )
    };
    let (submitted, asked) = (
        of_round(texts.participation_csv_submitted()),
        of_round(texts.participation_csv_asked()),
    );
    let head = [
        texts.participation_municipality(),
        texts.participation_csv_code(),
        texts.participation_csv_step(),
        texts.participation_csv_grade(),
        texts.participation_since(),
        texts.participation_source(),
        texts.participation_note(),
        texts.participation_csv_came(),
        &submitted,
        &asked,
        texts.participation_csv_invited(),
    ];
    let mut table = vec![head.map(ToOwned::to_owned).to_vec()];
    for row in rows(&room).await? {
        for cell in &row.cells {
            table.push(line(texts, row.municipality, cell));
        }
    }
    let mut response = write_csv(&table).into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let name = HeaderValue::from_static("attachment; filename=\"deltagande.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn line(texts: Texts, whose: Municipality, cell: &Cell) -> Vec<String> {
    let entry = cell.entry.as_ref();
    let written = |what: fn(&Entry) -> String| entry.map_or_else(String::new, what);
    let number = |value: Option<usize>| value.map_or_else(String::new, |n| n.to_string());
    let came = match &cell.fact {
        Some(Fact::Came(names)) => Some(names.len()),
        _ => None,
    };
    let (submitted, asked) = match cell.fact {
        Some(Fact::Answered { submitted, asked }) => (Some(submitted), Some(asked)),
        _ => (None, None),
    };
    let invited = match cell.fact {
        Some(Fact::Invited(count)) => Some(count),
        _ => None,
    };
    vec![
        whose.name().to_owned(),
        whose.to_string(),
        step_text(texts, cell.step).to_owned(),
        entry
            .map_or("", |entry| short_text(texts, entry.grade))
            .to_owned(),
        written(|entry| entry.since.map_or_else(String::new, |day| day.to_string())),
        harmless(&written(|entry| entry.source.to_string())),
        harmless(&written(|entry| entry.note.to_string())),
        number(came),
        number(submitted),
        number(asked),
        number(invited),
    ]
}

/// A text that a spreadsheet would take for a formula is given an apostrophe.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
