//! The report: what one wants it as, how far it has come, and the file.

use domain::{ids::RoundId, municipality::Municipality};
use leptos::prelude::*;

use super::{
    ResultsPage,
    parts::{self, View},
};
use crate::{
    components::{Empty, Select},
    texts::Texts,
};

/// What a report can be made as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document.
    Pdf,
    /// Slides.
    Pptx,
    /// A workbook.
    Xlsx,
    /// Data.
    Json,
}

impl Kind {
    /// The kind with this ending.
    pub fn from_ending(ending: &str) -> Option<Self> {
        [Self::Pdf, Self::Pptx, Self::Xlsx, Self::Json]
            .into_iter()
            .find(|kind| kind.ending() == ending)
    }

    /// Its ending, which is its code in forms too.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    const fn words(self, texts: Texts) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => (texts.report_pdf(), texts.report_pdf_hint()),
            Self::Pptx => (texts.report_pptx(), texts.report_pptx_hint()),
            Self::Xlsx => (texts.report_xlsx(), texts.report_xlsx_hint()),
            Self::Json => (texts.report_json(), texts.report_json_hint()),
        }
    }
}

/// The form.
#[derive(Clone, Debug)]
pub struct ReportPage {
    /// Its address.
    pub address: String,
    /// The round it is about.
    pub round: RoundId,
    /// The line above the heading.
    pub eyebrow: String,
    /// What this server can make.
    pub kinds: Vec<Kind>,
    /// Municipalities that may have a section of their own.
    pub municipalities: Vec<Municipality>,
    /// The one that is chosen.
    pub chosen: Option<Municipality>,
}

/// The form, beneath what the report will rest on.
pub fn form(texts: Texts, page: &ReportPage, data: &ResultsPage) -> AnyView {
    let kinds: Vec<_> = (page.kinds.iter().enumerate())
        .map(|(nth, kind)| {
            let (name, hint) = kind.words(texts);
            let id = format!("format-{}", kind.ending());
            let described = format!("{id}-hint");
            view! {
                <div class="choice">
                    <input type="radio" name="format" id=id.clone() value=kind.ending() checked=nth == 0 aria-describedby=described.clone() />
                    <label for=id>{name}</label>
                    <p class="hint" id=described>{hint}</p>
                </div>
            }
        })
        .collect();
    let mut own = vec![(String::new(), texts.report_own_none().to_owned())];
    own.extend((page.municipalities.iter()).map(|m| (m.to_string(), m.name().to_owned())));
    let chosen = page.chosen.map(|m| m.to_string()).unwrap_or_default();
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{page.eyebrow.clone()}</p>
                <h1>{texts.report_title()}</h1>
                <p class="lead">{texts.report_page_lead()}</p>
            </div>
            {parts::condition_box(texts, data)}
            {parts::views(texts, data, View::Report)}
            <form method="post" action=page.address.clone() class="card narrow">
                <input type="hidden" name="omgang" value=page.round.to_string() />
                <fieldset class="field">
                    <legend>{texts.report_format()}</legend>
                    {kinds}
                </fieldset>
                <Select name="kommun" label=texts.report_own() hint=texts.report_own_hint() choices=own selected=chosen />
                <div class="actions">
                    <button class="button primary" type="submit">{texts.report_make()}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// A page without any closed round.
pub fn nothing(texts: Texts, back: String) -> AnyView {
    view! {
        <div class="page-head"><h1>{texts.report_title()}</h1></div>
        <Empty text=texts.report_nothing() action=Some((back, texts.result_to_overview().to_owned())) />
    }
    .into_any()
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for its turn.
    Waiting,
    /// So many parts of so many are done.
    Working {
        /// Parts that are done.
        done: usize,
        /// All parts.
        of: usize,
    },
    /// It is ready, and so large in bytes.
    Ready(usize),
    /// It could not be made.
    Failed,
}

/// The page of one file. `address` is its own; `back` leads to the form.
pub fn standing(
    texts: Texts,
    kind: Kind,
    standing: &Standing,
    address: &str,
    back: &str,
) -> AnyView {
    let again = || {
        let back = back.to_owned();
        view! { <a class="button quiet" href=back>{texts.report_another()}</a> }
    };
    let kind = kind.words(texts).0;
    let (heading, body) = match standing {
        Standing::Waiting | Standing::Working { .. } => {
            let progress = match standing {
                Standing::Working { done, of } => {
                    let words = texts.report_progress(done, of);
                    view! { <p><progress value=done.to_string() max=of.to_string() aria-label=texts.report_working()></progress>" "{words}</p> }
                        .into_any()
                }
                _ => view! { <p>{texts.report_queued()}</p> }.into_any(),
            };
            let cancel = format!("{address}/avbryt");
            let body = view! {
                <div role="status">{progress}</div>
                <p>{texts.report_working_text()}</p>
                <form method="post" action=cancel class="actions">
                    <button class="button" type="submit">{texts.report_cancel()}</button>
                </form>
            };
            (texts.report_working(), body.into_any())
        }
        Standing::Ready(size) => {
            let file = format!("{address}/fil");
            let body = view! {
                <p>{texts.report_ready_text(kind, size.div_ceil(1024))}</p>
                <p class="actions">
                    <a class="button primary" href=file download>{texts.report_fetch()}</a>
                    {again()}
                </p>
            };
            (texts.report_ready(), body.into_any())
        }
        Standing::Failed => {
            let body =
                view! { <p>{texts.report_failed_text()}</p><p class="actions">{again()}</p> };
            (texts.report_failed(), body.into_any())
        }
    };
    view! {
        <div class="narrow">
            <div class="page-head"><h1>{heading}</h1></div>
            {body}
        </div>
    }
    .into_any()
}
