//! Minutes: reading, correcting and taking them home as Markdown.

use app::{
    components::Errors,
    document::Frame,
    pages::after::{
        edit::{self, EditPage, Values},
        markdown::to_markdown,
        minutes::{self as pages, MinutesPage},
        words::{present_lines, written},
    },
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    ids::{MappingId, WorkshopId},
    map::Command,
    rights::Action,
    text::Text,
    workshop::{
        Minutes, WorkCommand,
        record::{Record, approval, edits},
    },
};
use time::{Date, macros::format_description};

use super::{enter, names, of_workshop};
use crate::{
    error::Failure,
    form::{Fields, text_error},
    page::see_other,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

type At = Path<(MappingId, WorkshopId)>;

pub(super) fn routes() -> Router<App> {
    let at = "/k/{mapping}/workshop/{workshop}";
    Router::new()
        .route(&format!("{at}/minnesanteckningar"), get(show))
        .route(&format!("{at}/minnesanteckningar.md"), get(download))
        .route(
            &format!("{at}/minnesanteckningar/andra"),
            get(edit_form).post(save),
        )
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): At,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping, Action::ReadWorkshops).await?;
    let texts = room.texts;
    let record = of_workshop(&app, &room.mapping, &room.state, id).await?;
    let changes: Vec<_> = edits(&room.state, id).collect();
    let may_edit = room.may(Action::LeadWorkshop);
    // Who has written is shown to those who write.
    let history = if may_edit {
        let authors: Vec<_> = changes.iter().map(|change| change.author).collect();
        let names = names(&app, id, &authors).await?;
        (changes.iter().rev())
            .map(|change| {
                let gone = || texts.history_gone().to_owned();
                let name = names.get(&change.author).cloned();
                (change.at, name.unwrap_or_else(gone))
            })
            .collect()
    } else {
        Vec::new()
    };
    let data = MinutesPage {
        mapping,
        workshop: id,
        progress: record.progress,
        written: written(texts, &record),
        approval: approval(&room.state, id),
        history,
        may_edit,
    };
    let frame = Frame {
        scripts: &["copy.js"],
        ..room.frame(data.written.title.clone())
    };
    let status = axum::http::StatusCode::OK;
    Ok(crate::page::render(status, frame, move |frame| pages::view(frame.texts, &data)).await)
}

async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): At,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping, Action::ReadWorkshops).await?;
    let record = of_workshop(&app, &room.mapping, &room.state, id).await?;
    let mut response = to_markdown(&written(room.texts, &record)).into_response();
    let name = format!(
        "attachment; filename=\"minnesanteckningar-{}.md\"",
        record.date
    );
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/markdown; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

async fn show_form(room: &Room, page: EditPage) -> Response {
    let title = room.texts.minutes_edit_title();
    let wrong = !page.errors.is_empty();
    let body = move |frame: &Frame| edit::view(frame.texts, &page);
    if wrong {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}

fn page(room: &Room, record: Record, shown: Values, op: String) -> EditPage {
    EditPage {
        mapping: room.mapping.id,
        workshop: record.workshop,
        title: record.title.clone(),
        op,
        record,
        typed: shown.clone(),
        shown,
        errors: Errors::default(),
    }
}

async fn edit_form(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): At,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping, Action::LeadWorkshop).await?;
    let record = of_workshop(&app, &room.mapping, &room.state, id).await?;
    let shown = edit::values(&record);
    let page = page(&room, record, shown, new_id().to_string());
    Ok(show_form(&room, page).await)
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): At,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping, Action::LeadWorkshop).await?;
    let op = fields.op()?;
    let back = room.address(format_args!("/workshop/{id}/minnesanteckningar?op={op}"));
    if room.state.operation(op).is_some() {
        return Ok(see_other(back));
    }
    let record = of_workshop(&app, &room.mapping, &room.state, id).await?;
    let mut page = page(&room, record, Values::new(), op.to_string());
    let wanted = merge(&room, &fields, &mut page);
    let minutes = read(&room, &page.record, &wanted, &mut page.errors);
    if !page.errors.is_empty() {
        return Ok(show_form(&room, page).await);
    }
    if minutes != page.record.minutes {
        let command = WorkCommand::SaveMinutes(Box::new(minutes));
        room.execute(op, Command::Work(id, command)).await?;
    }
    Ok(see_other(back))
}

/// As texts are compared: whatever ends their lines.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// What is to stand in each field: what was typed where something was, else what stands there now. Two who have
/// changed the same text are told so, and nobody's words are lost.
fn merge(room: &Room, fields: &Fields, page: &mut EditPage) -> Values {
    let texts = room.texts;
    let now = edit::values(&page.record);
    let mut wanted = Values::new();
    for (name, stands) in &now {
        let typed = plain(fields.get(name));
        let shown = plain(fields.get(&edit::shown_field(name)));
        let stands = plain(stands);
        let untouched = typed == shown || !fields.iter().any(|(field, _)| field == name);
        let value = if untouched { stands.clone() } else { typed };
        if !untouched && stands != shown && stands != value {
            let label = edit::label(texts, &page.record, name);
            (page.errors).add(name, texts.minutes_edit_changed(label, &stands));
        }
        wanted.insert(name.clone(), value);
    }
    // When it is saved again it is with the knowledge of what stands there now.
    page.shown = now;
    page.typed.clone_from(&wanted);
    wanted
}

/// The minutes that the fields give. What says the same as the log is not kept: the log goes on speaking for itself.
fn read(room: &Room, record: &Record, wanted: &Values, errors: &mut Errors) -> Minutes {
    let texts = room.texts;
    let value = |name: &str| wanted.get(name).map_or("", String::as_str);
    let mut wrong = |name: &str, error| {
        let label = edit::label(texts, record, name);
        errors.add(name, text_error(texts, &label, error));
    };
    let mut minutes = record.minutes.clone();
    minutes.present = None;
    if plain(&present_lines(record)) != value(edit::PRESENT) {
        minutes.present = parse(edit::PRESENT, value(edit::PRESENT), &mut wrong);
    }
    minutes.absent = parse(edit::ABSENT, value(edit::ABSENT), &mut wrong).unwrap_or_default();
    minutes.other = parse(edit::OTHER, value(edit::OTHER), &mut wrong).unwrap_or_default();
    minutes.written_by =
        parse(edit::WRITTEN_BY, value(edit::WRITTEN_BY), &mut wrong).unwrap_or_default();
    minutes.approved_by =
        parse(edit::APPROVED_BY, value(edit::APPROVED_BY), &mut wrong).unwrap_or_default();
    minutes.attachments =
        parse(edit::ATTACHMENTS, value(edit::ATTACHMENTS), &mut wrong).unwrap_or_default();
    for point in &record.points {
        let name = edit::point_field(point.id);
        minutes.points.remove(&point.id);
        if plain(&point.noted) != value(&name)
            && let Some(text) = parse(&name, value(&name), &mut wrong)
        {
            minutes.points.insert(point.id, text);
        }
    }
    let on = value(edit::APPROVED_ON);
    minutes.approved_on = read_date(on);
    if minutes.approved_on.is_none() && !on.is_empty() {
        errors.add(edit::APPROVED_ON, texts.minutes_edit_date_wrong());
    }
    if minutes.approved_on.is_some() && minutes.approved_by.is_empty() {
        errors.add(edit::APPROVED_BY, texts.minutes_edit_approved_needs_name());
    }
    minutes
}

fn parse<const MIN: usize, const MAX: usize>(
    name: &str,
    typed: &str,
    wrong: &mut impl FnMut(&str, domain::text::TextError),
) -> Option<Text<MIN, MAX>> {
    Text::parse(typed).map_err(|error| wrong(name, error)).ok()
}

/// A day as browsers send it and people write it, 2026-12-03, in this century.
fn read_date(typed: &str) -> Option<Date> {
    (Date::parse(typed.trim(), format_description!("[year]-[month]-[day]")).ok())
        .filter(|date| (2000..2100).contains(&date.year()))
}
