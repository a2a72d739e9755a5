//! The report as a tagged PDF (PDF/UA-1), set by typst.
//!
//! The form is a template of typst's; what people have written reaches it as data and never as source, so that no text
//! can become markup. Only the fonts that come with the program are used. A character that they all lack is shown as
//! "□".

mod columns;
mod fonts;
mod letters;
mod sheet;
mod slices;
mod world;

use std::{
    sync::{Mutex, PoisonError},
    thread,
};

use report::{Fault, Parts, Report, Step};
use typst::{comemo, diag::SourceDiagnostic};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{sheet::Sheet, world::Desk};

/// Data, pages, file.
const PARTS: usize = 3;

/// Deeply nested layout takes more stack than a thread of the server's has.
const STACK: usize = 16 * 1024 * 1024;

/// Only one report is set at a time, so that memory is bounded however many wait.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The report as a PDF. The same report gives the same bytes. Takes time and memory in proportion to the report, and
/// waits for others that are being made: to be called where waiting is allowed.
///
/// # Errors
/// [`Fault::Cancelled`] when `step` says so, which is asked three times: when the data are ready, when the pages are set
/// and when the file is written. [`Fault::Failed`] when typst cannot set the report, which only a fault in this crate
/// can cause.
pub fn pdf(report: &Report, step: &mut Step<'_>) -> Result<Vec<u8>, Fault> {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let written = set(report, &mut Parts::new(PARTS, step));
    // What typst remembers for the next time is as large as the report, and no use to another one.
    comemo::evict(0);
    written
}

fn set(report: &Report, parts: &mut Parts<'_, '_>) -> Result<Vec<u8>, Fault> {
    let desk = Desk::new(Sheet::of(report)).map_err(Fault::because)?;
    parts.finished()?;
    let document = with_stack(|| typst::compile::<PagedDocument>(&desk).output)?
        .map_err(|errors| said(&errors))?;
    parts.finished()?;
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| Fault::because(error.message()))?;
    let options = PdfOptions {
        standards,
        ..PdfOptions::default()
    };
    let written =
        with_stack(|| typst_pdf::pdf(&document, &options))?.map_err(|errors| said(&errors))?;
    parts.finished()?;
    Ok(written)
}

/// Does the work on a thread of its own, with room for it. A panic there becomes a fault.
fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Fault> {
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("pdf".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(Fault::because)?;
        (worker.join()).map_err(|_| Fault::because("typst has panicked"))
    })
}

/// What typst says is wrong, in one line.
fn said(errors: &[SourceDiagnostic]) -> Fault {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    Fault::because(messages.join("; "))
}
