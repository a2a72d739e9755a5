//! What browsers fetch beside pages: files with content hashes in their names, with compressed twins.

use std::{collections::HashMap, io, path::Path as FilePath, sync::Arc};

use app::document::Assets;
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{error::Failure, state::App};

/// The bundle, read into memory at start.
#[derive(Debug, Default)]
pub(crate) struct Site {
    files: HashMap<String, File>,
    /// The addresses that pages need.
    pub(crate) assets: Arc<Assets>,
}

#[derive(Debug)]
struct File {
    kind: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Site {
    /// Reads the bundler's folder: `manifest.txt` has a line `app.css app.3fa2.css` a file.
    ///
    /// # Errors
    /// When the folder is not there or not whole.
    pub(crate) fn read(folder: &FilePath) -> io::Result<Self> {
        let manifest = std::fs::read_to_string(folder.join("manifest.txt")).map_err(|error| {
            io::Error::new(
                error.kind(),
                format!(
                    "{}: {error}; build what browsers fetch with `make run`, or say where it is with --site-dir",
                    folder.join("manifest.txt").display()
                ),
            )
        })?;
        let mut files = HashMap::new();
        let mut names: HashMap<String, String> = HashMap::new();
        for line in manifest.lines() {
            let Some((plain, hashed)) = line.split_once(' ') else {
                continue;
            };
            let path = folder.join(hashed);
            let twin = |ending: &str| {
                std::fs::read(folder.join(format!("{hashed}.{ending}")))
                    .ok()
                    .map(Bytes::from)
            };
            files.insert(
                hashed.to_owned(),
                File {
                    kind: kind(hashed),
                    plain: std::fs::read(path)?.into(),
                    brotli: twin("br"),
                    gzip: twin("gz"),
                },
            );
            names.insert(plain.to_owned(), format!("/pkg/{hashed}"));
        }
        let mut assets = Assets::default();
        let islands = (names.remove("app.js"), names.remove("app.wasm"));
        if let (Some(script), Some(wasm)) = islands {
            assets.islands = Some((script, wasm));
        }
        for (plain, address) in names {
            match plain.as_str() {
                "app.css" => assets.style = address,
                "formagekartan.svg" => assets.icon = address,
                _ if FilePath::new(&plain).extension().is_some_and(|e| e == "js") => {
                    assets.scripts.push((plain, address));
                }
                _ => {}
            }
        }
        Ok(Self {
            files,
            assets: Arc::new(assets),
        })
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// `GET /pkg/{name}`: kept by browsers for a year, since another content has another name.
pub(crate) async fn file(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = app.site.files.get(&name).ok_or(Failure::NotFound)?;
    let accepts = |coding: &str| {
        (headers.get(header::ACCEPT_ENCODING))
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .split(',')
                    .any(|part| part.trim().split(';').next() == Some(coding))
            })
    };
    let (body, coding) = match (&file.brotli, &file.gzip) {
        (Some(body), _) if accepts("br") => (body, Some("br")),
        (_, Some(body)) if accepts("gzip") => (body, Some("gzip")),
        _ => (&file.plain, None),
    };
    let mut response = body.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(response)
}
