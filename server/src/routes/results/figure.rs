//! One chart on a page of its own.

use std::sync::Arc;

use app::pages::results::{self as pages, Figure};
use axum::response::Response;
use charts::Layout;

use super::Found;
use crate::error::Failure;

/// The page of the figure with this name in addresses.
///
/// # Errors
/// [`Failure::NotFound`] when there is no such figure, or nothing to draw.
pub(super) async fn show(found: &Found, name: &str) -> Result<Response, Failure> {
    let figure = Figure::from_name(name).ok_or(Failure::NotFound)?;
    let round = found.round().ok_or(Failure::NotFound)?;
    let data = Arc::new(found.page(round).await?);
    let room = &found.room;
    let chart = pages::draw(room.texts, figure, &data.material, Layout::Wide);
    let title = chart.ok_or(Failure::NotFound)?.title;
    Ok(room
        .page(title, move |frame| {
            pages::figure_page(frame.texts, &data, figure)
        })
        .await)
}
