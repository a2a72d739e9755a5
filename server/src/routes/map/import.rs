//! Files in and out of the map.

use app::{
    components::Errors,
    document::Tab,
    pages::map::import::{self as pages, Preview},
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    ids::MappingId,
    import::{self as rows, Reading},
    rights::Action,
};

use super::{enter_to_edit, new_op, to_map};
use crate::{
    error::Failure,
    import::{self, FILE_LIMIT, FileFault, Upload},
    state::{App, new_id},
    visitor::{Room, Visitor},
};

/// A file's rows as text: larger than the file when that was packed.
const ROWS_LIMIT: usize = 8 * 1024 * 1024;

pub(super) fn routes() -> Router<App> {
    // A little more than the file itself, so that a file that is too large is told of beside the form.
    let file = DefaultBodyLimit::max(FILE_LIMIT * 2);
    Router::new()
        .route("/k/{mapping}/import", get(choose).post(preview).layer(file))
        .route(
            "/k/{mapping}/import/bekrafta",
            post(confirm).layer(DefaultBodyLimit::max(ROWS_LIMIT)),
        )
        .route("/k/{mapping}/import/mall.csv", get(template))
        .route("/k/{mapping}/karta.csv", get(export))
}

async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let title = room.texts.import_title();
    Ok(room
        .page(title, move |frame| {
            pages::choose(frame.texts, id, &Errors::default())
        })
        .await)
}

async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    upload: Upload,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let texts = room.texts;
    let bytes = upload.bytes("fil").to_vec();
    // Unpacking a large file takes a while: others are not kept waiting. A file that makes the reader stumble is broken.
    let sheet = tokio::task::spawn_blocking(move || import::read(&bytes))
        .await
        .unwrap_or(Err(FileFault::Broken));
    match sheet {
        Ok(sheet) => {
            let reading = rows::read(&sheet.rows, &room.state.contents, new_id);
            let source = import::write_csv(&even(&sheet.rows));
            Ok(show(&room, reading, sheet.guessed, source).await)
        }
        Err(fault) => {
            let mut errors = Errors::default();
            errors.add(
                "fil",
                match fault {
                    FileFault::Empty => texts.import_file_empty(),
                    FileFault::TooLarge => texts.import_file_too_large(),
                    FileFault::UnknownKind => texts.import_file_unknown(),
                    FileFault::Broken => texts.import_file_broken(),
                },
            );
            Ok(room
                .again(texts.import_title(), move |frame| {
                    pages::choose(frame.texts, id, &errors)
                })
                .await)
        }
    }
}

/// Rows of equal length, as they are written; a row with nothing in it keeps its number.
fn even(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().max(2);
    let mut rows = rows.to_vec();
    for row in &mut rows {
        row.resize(width, String::new());
    }
    rows
}

async fn show(room: &Room, reading: Reading, guessed: bool, source: String) -> Response {
    let right = reading.command.is_some();
    let data = Preview {
        mapping: room.mapping.id,
        reading,
        guessed,
        source,
        op: new_op(),
    };
    let title = room.texts.import_preview_title();
    let body = move |frame: &app::document::Frame| pages::preview(frame.texts, &data);
    if right {
        room.page(title, body).await
    } else {
        room.again(title, body).await
    }
}

/// Reads the rows again, for the map may have changed since they were shown; all of them or none.
async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    upload: Upload,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let op = upload.op()?;
    let source = upload.text("rader")?;
    let sheet = import::read_csv(source.trim_start_matches('\u{feff}'));
    let mut reading = rows::read(&sheet, &room.state.contents, new_id);
    let Some(command) = reading.command.take() else {
        return Ok(show(&room, reading, false, String::new()).await);
    };
    room.execute(op, command).await?;
    Ok(to_map(&room, op))
}

fn download(name: &str, rows: &[Vec<String>]) -> Response {
    let mut response = import::write_csv(rows).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn template(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    enter_to_edit(&app, &visitor, id).await?;
    Ok(download("mall.csv", &rows::template()))
}

async fn export(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    Ok(download("karta.csv", &rows::table(&room.state.contents)))
}
