//! How the municipalities take part in the steps of the series: the matrix, one municipality, one cell, and a file.

mod file;
mod known;

use app::{
    components::{Errors, participation_text},
    document::{Frame, Tab},
    pages::participation::{
        self as pages, Cell, EnquiryRow, MatrixPage,
        cell::{self, CellForm},
        enquiry::standing,
        municipality::{self, MunicipalityPage},
        words::{columns, step_path, step_text},
    },
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::{AccountId, MappingId},
    mapping::Participation,
    municipality::Municipality,
    participation::{Entry, Step, Tally, summary},
    rights::{Action, Actor},
    text::Text,
};
use store::{Stated, Statement, StoreError};

use self::known::{counted_round, rows};
use super::enquiries::today;
use crate::{
    error::Failure,
    form::{Fields, date},
    page::see_other,
    state::{App, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/deltagande", get(matrix))
        .route("/k/{mapping}/deltagande.csv", get(file::csv))
        .route("/k/{mapping}/deltagande/{municipality}", get(one))
        .route(
            "/k/{mapping}/deltagande/{municipality}/{step}",
            get(edit).post(save),
        )
}

/// The account of whoever is signed in.
pub(super) fn account(room: &Room) -> Option<AccountId> {
    match room.visitor.actor {
        Actor::Account { id, .. } => Some(id),
        _ => None,
    }
}

/// A municipality of the mapping.
fn member(room: &Room, code: &str) -> Result<Municipality, Failure> {
    (room.mapping.members.iter())
        .map(|member| member.municipality)
        .find(|municipality| municipality.to_string() == code)
        .ok_or(Failure::NotFound)
}

/// A column by its part of an address.
fn column(path: &str) -> Result<Option<Step>, Failure> {
    (columns().find(|step| step_path(*step) == path)).ok_or(Failure::NotFound)
}

async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    (visitor.enter(app, id, Action::ReadProgress, Tab::Participation)).await
}

async fn matrix(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let rows = rows(&room).await?;
    let columns = columns()
        .enumerate()
        .map(|(nth, step)| {
            let grades = (rows.iter()).filter_map(|row| {
                let entry = row.cells.get(nth)?.entry.as_ref()?;
                Some((row.municipality, entry.grade))
            });
            (step, summary(grades))
        })
        .collect();
    let may_manage = room.may(Action::ManageParticipation);
    let data = MatrixPage {
        mapping: id,
        rows,
        columns,
        survey: (counted_round(&room).await?).map(|round| round.name.to_string()),
        enquiries: if may_manage {
            Some(enquiries(&room).await?)
        } else {
            None
        },
        may_manage,
    };
    let title = room.texts.participation_title();
    Ok(room
        .page(title, move |frame| pages::page(frame.texts, &data))
        .await)
}

async fn enquiries(room: &Room) -> Result<Vec<EnquiryRow>, Failure> {
    let mut rows = Vec::new();
    for enquiry in room.app.store.enquiries(room.mapping.id).await? {
        let contacts = room.app.store.contacts(enquiry.id).await?;
        rows.push(EnquiryRow {
            id: enquiry.id,
            standing: standing(room.texts, &enquiry, enquiry.is_open(today())),
            tally: Tally::count(&contacts, contacts.len()),
            asked: contacts.len(),
            question: enquiry.question,
        });
    }
    Ok(rows)
}

async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, municipality)): Path<(MappingId, String)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let whose = member(&room, &municipality)?;
    let rows = rows(&room).await?;
    let row = (rows.into_iter().find(|row| row.municipality == whose)).ok_or(Failure::NotFound)?;
    let data = MunicipalityPage {
        mapping: id,
        row,
        may_manage: room.may(Action::ManageParticipation),
    };
    let title = room.texts.participation_of_municipality(whose.name());
    Ok(room
        .page(title, move |frame| municipality::page(frame.texts, &data))
        .await)
}

/// A cell that the visitor may change, with what is stated and known in it.
async fn enter_cell(
    app: &App,
    visitor: &Visitor,
    (id, municipality, step): (MappingId, String, String),
) -> Result<(Room, Municipality, Cell), Failure> {
    let room = visitor
        .enter(app, id, Action::ManageParticipation, Tab::Participation)
        .await?;
    let (whose, step) = (member(&room, &municipality)?, column(&step)?);
    let cell = (rows(&room).await?.into_iter())
        .filter(|row| row.municipality == whose)
        .flat_map(|row| row.cells)
        .find(|cell| cell.step == step)
        .ok_or(Failure::NotFound)?;
    Ok((room, whose, cell))
}

async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, String, String)>,
) -> Result<Response, Failure> {
    let (room, whose, cell) = enter_cell(&app, &visitor, path).await?;
    let entry = cell.entry.as_ref();
    let form = CellForm {
        mapping: room.mapping.id,
        municipality: whose,
        step: cell.step,
        seen: seen(entry),
        grade: entry.map_or("", |entry| entry.grade.code()).to_owned(),
        since: (entry.and_then(|entry| entry.since))
            .map_or_else(String::new, |day| day.to_string()),
        source: entry.map_or_else(String::new, |entry| entry.source.to_string()),
        note: entry.map_or_else(String::new, |entry| entry.note.to_string()),
        fact: cell.fact,
        errors: Errors::default(),
    };
    Ok(cell_page(&room, form).await)
}

/// What stands in a cell, as the form carries it along to be compared when it comes back.
fn seen(entry: Option<&Entry>) -> String {
    serde_json::to_string(&entry).unwrap_or_default()
}

async fn cell_page(room: &Room, form: CellForm) -> Response {
    let title = room
        .texts
        .participation_edit_title(form.municipality.name(), step_text(room.texts, form.step));
    let again = !form.errors.is_empty();
    let body = move |frame: &Frame| cell::page(frame.texts, &form);
    if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (room, whose, cell) = enter_cell(&app, &visitor, path).await?;
    let seen_entry: Option<Entry> =
        serde_json::from_str(fields.get("sett")).map_err(|_| Failure::BadForm)?;
    let (mut form, new) = read_form(&room, whose, &cell, &fields);
    if !form.errors.is_empty() {
        return Ok(cell_page(&room, form).await);
    }
    let statement = Statement {
        mapping: room.mapping.id,
        municipality: whose,
        step: cell.step,
        seen: seen_entry,
        new,
    };
    let done = (app.store)
        .state_participation(statement, account(&room), now())
        .await;
    match done {
        Ok(Stated::Noted | Stated::Already) => {
            Ok(see_other(room.address("/deltagande?klart=sparat")))
        }
        Ok(Stated::ChangedSince(current)) => {
            let said = said(room.texts, current.as_ref());
            (form.errors).add("deltar", room.texts.participation_changed_since(said));
            form.seen = seen(current.as_ref());
            Ok(cell_page(&room, form).await)
        }
        Err(StoreError::NotFound) => Err(Failure::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// An entry in a few words, for someone whose own came too late.
fn said(texts: Texts, entry: Option<&Entry>) -> String {
    let Some(entry) = entry else {
        return texts.participation_grade_none().to_lowercase();
    };
    let mut said = participation_text(texts, entry.grade).to_owned();
    if let Some(day) = entry.since {
        said = format!("{said}, {}", texts.participation_said_since(day));
    }
    for more in [entry.note.as_str(), entry.source.as_str()] {
        if !more.is_empty() {
            said = format!("{said} ({more})");
        }
    }
    said
}

/// What was typed, and what is to stand there if nothing is wrong with the form.
fn read_form(
    room: &Room,
    whose: Municipality,
    cell: &Cell,
    fields: &Fields,
) -> (CellForm, Option<Entry>) {
    let texts = room.texts;
    let mut errors = Errors::default();
    let code = fields.get("deltar");
    let grade = Participation::from_code(code);
    let taken_back = code.is_empty() && cell.step.is_some();
    if grade.is_none() && !taken_back {
        let label = texts.mapping_participation().to_lowercase();
        errors.add("deltar", texts.form_choose(label));
    }
    let typed = fields.get("sedan").trim();
    let since = date(typed);
    if since.is_none() && !typed.is_empty() {
        errors.add("sedan", texts.participation_since_wrong());
    }
    let source: Text<0, 160> =
        fields.text("kalla", texts.participation_source(), texts, &mut errors);
    let note: Text<0, 200> = fields.text("not", texts.participation_note(), texts, &mut errors);
    if grade == Some(Participation::Otherwise) && note.is_empty() && errors.of("not").is_none() {
        errors.add("not", texts.participation_note_missing());
    }
    let entry = grade.map(|grade| Entry {
        municipality: whose,
        step: cell.step,
        grade,
        since,
        source,
        note,
    });
    let form = CellForm {
        mapping: room.mapping.id,
        municipality: whose,
        step: cell.step,
        seen: fields.get("sett").to_owned(),
        grade: code.to_owned(),
        since: fields.get("sedan").to_owned(),
        source: fields.get("kalla").to_owned(),
        note: fields.get("not").to_owned(),
        fact: cell.fact.clone(),
        errors,
    };
    (form, entry)
}
