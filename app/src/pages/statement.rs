//! What the law asks the service to say about itself.

use leptos::prelude::*;

use crate::texts::Texts;

/// Tillgänglighetsredogörelse.
pub fn accessibility(texts: Texts) -> AnyView {
    view! {
        <div class="narrow prose">
            <div class="page-head">
                <h1>{texts.frame_accessibility()}</h1>
                <p class="lead">{texts.statement_accessibility_lead()}</p>
            </div>
            <h2>{texts.statement_how_accessible()}</h2>
            <p>{texts.statement_how_accessible_text()}</p>
            <h2>{texts.statement_shortcomings()}</h2>
            <p>{texts.statement_shortcomings_text()}</p>
            <h2>{texts.statement_method()}</h2>
            <p>{texts.statement_method_text()}</p>
            <h2>{texts.statement_contact()}</h2>
            <p>{texts.statement_contact_text()}</p>
            <h2>{texts.statement_supervision()}</h2>
            <p>
                {texts.statement_supervision_text()}" "
                <a href="https://www.digg.se/tdosanmalan" rel="noreferrer">{texts.statement_supervision_link()}</a>
            </p>
        </div>
    }
    .into_any()
}

/// What is kept about people, and why.
pub fn privacy(texts: Texts) -> AnyView {
    view! {
        <div class="narrow prose">
            <div class="page-head">
                <h1>{texts.frame_privacy()}</h1>
                <p class="lead">{texts.statement_privacy_lead()}</p>
            </div>
            <h2>{texts.statement_what()}</h2>
            <p>{texts.statement_what_text()}</p>
            <h2>{texts.statement_answers()}</h2>
            <p>{texts.statement_answers_text()}</p>
            <h2>{texts.statement_workshops()}</h2>
            <p>{texts.statement_workshops_text()}</p>
            <h2>{texts.statement_letters()}</h2>
            <p>{texts.statement_letters_text()}</p>
            <h2>{texts.statement_rights()}</h2>
            <p>{texts.statement_rights_text()}</p>
            <h2>{texts.statement_kept()}</h2>
            <p>{texts.statement_kept_text()}</p>
            <h2>{texts.statement_cookies()}</h2>
            <p>{texts.statement_cookies_text()}</p>
        </div>
    }
    .into_any()
}
