//! What a municipality has done before, in a line or two beside a question about its level.

use domain::participation::{Readiness, Strategy};
use leptos::prelude::*;

use crate::texts::Texts;

/// The words for whether there is a digital strategy.
pub fn strategy_text(texts: Texts, strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Unknown => texts.readiness_strategy_unknown(),
        Strategy::Done => texts.readiness_strategy_done(),
        Strategy::Begun => texts.readiness_strategy_begun(),
        Strategy::Missing => texts.readiness_strategy_missing(),
    }
}

/// Whether there is anything to tell of what a municipality has done before.
fn known(readiness: &Readiness) -> bool {
    readiness.strategy != Strategy::Unknown
        || !readiness.strategy_link.is_empty()
        || assessed(readiness)
        || !readiness.note.is_empty()
}

/// What a municipality has done before: its strategy and an earlier self-assessment, with links. Nothing at all when
/// nothing is noted.
pub fn readiness_line(texts: Texts, readiness: Option<&Readiness>) -> AnyView {
    let Some(readiness) = readiness.filter(|readiness| known(readiness)) else {
        return ().into_any();
    };
    let strategy = (readiness.strategy != Strategy::Unknown || !readiness.strategy_link.is_empty())
        .then(|| {
            let words = strategy_text(texts, readiness.strategy);
            let link = outside_link(
                &readiness.strategy_link,
                texts.readiness_line_read_strategy(),
            );
            view! { <li>{texts.readiness_line_strategy(words.to_lowercase())}{link}</li> }
        });
    let tool = assessed(readiness).then(|| {
        let said = self_assessment(texts, readiness);
        let link = outside_link(&readiness.tool_link, texts.readiness_line_read_result());
        view! { <li>{said}{link}</li> }
    });
    let note =
        (!readiness.note.is_empty()).then(|| view! { <li>{readiness.note.to_string()}</li> });
    view! {
        <div class="readiness-line">
            <p>{texts.readiness_line_title(readiness.municipality.name())}</p>
            <ul>{strategy}{tool}{note}</ul>
        </div>
    }
    .into_any()
}

/// Whether an earlier self-assessment is noted.
pub fn assessed(readiness: &Readiness) -> bool {
    !readiness.tool.is_empty() || readiness.year.is_some() || !readiness.tool_link.is_empty()
}

/// An earlier self-assessment in words.
pub fn self_assessment(texts: Texts, readiness: &Readiness) -> String {
    match (readiness.tool.is_empty(), readiness.year) {
        (false, Some(year)) => texts.readiness_line_tool_year(readiness.tool.as_str(), year),
        (false, None) => texts.readiness_line_tool(readiness.tool.as_str()),
        (true, Some(year)) => texts.readiness_line_year(year),
        (true, None) => texts.readiness_line_some_tool().to_owned(),
    }
}

/// A link out of the service that opens beside it, when the address is one on the web.
pub fn outside_link(address: &str, words: &'static str) -> Option<AnyView> {
    // Only what was checked when it was typed is a link; what came in an imported file is checked here again.
    let web = address.starts_with("https://") || address.starts_with("http://");
    web.then(|| {
        view! { " "<a href=address.to_owned() rel="noopener noreferrer" target="_blank">{words}</a> }
            .into_any()
    })
}
