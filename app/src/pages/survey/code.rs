//! The door to a confidential sheet that this browser has no code for.

use leptos::prelude::*;

use super::Survey;
use crate::{
    components::{ErrorSummary, Errors, TextField},
    texts::Texts,
};

/// Why the code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They have submitted, and the round is open.
    Answered,
    /// They have submitted, and the round is closed.
    Closed,
    /// They have begun.
    Begun,
}

/// The page. `not_saved` when answers were refused because others have been submitted; `typed` and `errors` when a code
/// was wrong.
pub fn view(
    texts: Texts,
    survey: &Survey,
    why: Why,
    not_saved: bool,
    typed: &str,
    errors: &Errors,
) -> AnyView {
    let (title, lead, lost) = match why {
        Why::Answered => (
            texts.survey_code_title_answered(),
            texts.survey_code_lead_answered(),
            texts.survey_code_lost(),
        ),
        Why::Closed => (
            texts.survey_code_title_closed(),
            texts.survey_code_lead_closed(),
            texts.survey_code_lost(),
        ),
        Why::Begun => (
            texts.survey_code_title_begun(),
            texts.survey_code_lead_begun(),
            texts.survey_code_lost_begun(),
        ),
    };
    let again = (why == Why::Begun).then(|| {
        view! { <a class="button quiet" href=survey.address("/1")>{texts.survey_code_begin_again()}</a> }
    });
    let not_saved = not_saved.then(
        || view! { <div class="notice" role="alert"><p>{texts.survey_code_not_saved()}</p></div> },
    );
    view! {
        <div class="narrow">
            <div class="page-head">
                <p class="eyebrow">{survey.round.name.to_string()}</p>
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </div>
            {not_saved}
            <ErrorSummary texts errors=errors.clone() />
            <form method="post" action=survey.address("/kod") class="stack" novalidate>
                <TextField name="kod" label=texts.survey_code_label() value=typed.to_owned() error=errors.of("kod") hint=texts.survey_code_hint() required=true />
                <div class="actions"><button class="button primary" type="submit">{texts.survey_code_open()}</button>{again}</div>
            </form>
            <p>{lost}</p>
        </div>
    }
    .into_any()
}
