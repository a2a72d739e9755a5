//! A whole mapping as a file, out and in.

use std::{
    fs::File,
    io::{self, Read, Seek, Write},
};

use app::{components::Errors, document::Tab, pages::records::archive as pages, texts::Texts};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Path, Request, State, multipart::MultipartError},
    http::StatusCode,
    response::Response,
};
use domain::{
    ids::MappingId,
    rights::{Action, Actor, Subject},
};
use futures_util::stream;

use super::file;
use crate::{
    error::Failure,
    page::{render, see_other},
    records::{self, ARCHIVE_LIMIT, Fault, LoadError, Readable},
    state::{App, now},
    visitor::Visitor,
};

/// How much of an archive is read at a time on its way out.
const PIECE: usize = 64 * 1024;

pub(super) async fn offer(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let action = Action::ManageRecords;
    let room = visitor.enter(&app, id, action, Tab::Overview).await?;
    let title = room.texts.record_title();
    Ok(room
        .page(title, move |frame| pages::out(frame.texts, id))
        .await)
}

/// Packs the archive to a file of nobody's first: what has begun to be sent is whole.
pub(super) async fn take_out(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let action = Action::ManageRecords;
    let room = visitor.enter(&app, id, action, Tab::Overview).await?;
    // Noted first, so that it stands in what is taken out.
    room.record("records.export", "").await?;
    let readable = Readable::read(&app.store, id).await?;
    let target = tempfile::tempfile().map_err(broken)?;
    let packed = records::pack(&app.store, id, readable, target).await;
    let (packed, _) = packed.map_err(broken)?;
    let name = format!("{}-{}.zip", plain(&room.mapping.name), day());
    Ok(file(
        "application/zip",
        &name,
        Body::from_stream(pieces(packed)),
    ))
}

fn broken(error: impl std::fmt::Display) -> Failure {
    tracing::error!(%error, "an archive was not handled");
    Failure::Internal
}

/// A file's bytes, piece by piece.
fn pieces(file: File) -> impl stream::Stream<Item = io::Result<Bytes>> {
    stream::try_unfold(file, |mut file| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, io::Error>((piece, file))
        });
        let (piece, file) = read.await.map_err(io::Error::other)??;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    })
}

/// A name for a file, in letters that every system takes.
fn plain(name: &str) -> String {
    let letters: String = (name.to_lowercase().chars())
        .map(|c| match c {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'é' => 'e',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        })
        .collect();
    let words: Vec<_> = letters.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        "kartlaggning".to_owned()
    } else {
        words.join("-")
    }
}

fn day() -> String {
    app::components::date(now())
}

pub(super) async fn choose(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    visitor.may(Action::StartMapping, &Subject::Service)?;
    Ok(form(&app, &visitor, StatusCode::OK, Errors::default()).await)
}

async fn form(app: &App, visitor: &Visitor, status: StatusCode, errors: Errors) -> Response {
    let frame = visitor.frame(app, visitor.texts.record_in_title());
    let megabytes = ARCHIVE_LIMIT / 1024 / 1024;
    render(status, frame, move |frame| {
        pages::read_in(frame.texts, megabytes, &errors)
    })
    .await
}

/// Asks for the right first: nobody else's file is read.
pub(super) async fn read_in(
    State(app): State<App>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Failure> {
    visitor.may(Action::StartMapping, &Subject::Service)?;
    let Actor::Account { id: account, .. } = visitor.actor else {
        return Err(Failure::SignInNeeded);
    };
    let multipart = (Multipart::from_request(request, &app).await).map_err(|_| Failure::BadForm)?;
    let read = match keep(multipart).await? {
        Ok(archive) => records::load(&app.store, &app.key, archive, Some(account)).await,
        Err(fault) => Err(fault.into()),
    };
    let fault = match read {
        Ok(manifest) => {
            let mapping = manifest.mapping.id;
            return Ok(see_other(format!("/k/{mapping}?klart=inlast")));
        }
        Err(LoadError::Store(error)) => return Err(error.into()),
        Err(LoadError::Fault(fault)) => fault,
    };
    let mut errors = Errors::default();
    errors.add("fil", words(visitor.texts, &fault));
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(form(&app, &visitor, status, errors).await)
}

/// Lays the file that comes with a form on disk, a piece at a time, no more than may come.
async fn keep(mut multipart: Multipart) -> Result<Result<File, Fault>, Failure> {
    let failure = |error: &MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Ok(Fault::TooLarge),
        _ => Err(Failure::BadForm),
    };
    loop {
        let mut field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(Err(Fault::Empty)),
            Err(error) => return failure(&error).map(Err),
        };
        if field.name() != Some("fil") {
            continue;
        }
        let (mut file, mut length) = (tempfile::tempfile().map_err(broken)?, 0);
        loop {
            let piece = match field.chunk().await {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => return failure(&error).map(Err),
            };
            length += piece.len();
            if length > ARCHIVE_LIMIT {
                return Ok(Err(Fault::TooLarge));
            }
            file.write_all(&piece).map_err(broken)?;
        }
        if length == 0 {
            return Ok(Err(Fault::Empty));
        }
        file.rewind().map_err(broken)?;
        return Ok(Ok(file));
    }
}

/// What is wrong with an archive, in words.
fn words(texts: Texts, fault: &Fault) -> String {
    match fault {
        Fault::Empty => texts.record_fault_empty().to_owned(),
        Fault::NotZip => texts.record_fault_not_zip().to_owned(),
        Fault::TooLarge => texts.record_fault_too_large().to_owned(),
        Fault::NoManifest => texts.record_fault_no_manifest().to_owned(),
        Fault::Newer(format) => texts.record_fault_newer(format),
        Fault::Missing(file) => texts.record_fault_missing(file),
        Fault::Changed(file) => texts.record_fault_changed(file),
        Fault::Unreadable { file, row, column } if column.is_empty() => {
            texts.record_fault_unreadable_row(file, row)
        }
        Fault::Unreadable { file, row, column } => texts.record_fault_unreadable(file, row, column),
        Fault::Taken => texts.record_fault_taken().to_owned(),
        Fault::Conflict => texts.record_fault_conflict().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_is_in_letters_that_every_system_takes() {
        assert_eq!(plain("Fyrbodal \"2026\" / Åmål"), "fyrbodal-2026-amal");
        assert_eq!(plain("…"), "kartlaggning");
    }
}
