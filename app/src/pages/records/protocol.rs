//! A protocol of what has been taken out, to print.

use domain::records::Disposal;
use leptos::prelude::*;

use super::{kind_text, preview::counts};
use crate::{components::date_time, texts::Texts};

/// The protocol; `back` is whether its mapping is still there.
pub fn page(texts: Texts, protocol: &Disposal, back: bool) -> AnyView {
    let back = back.then(|| {
        let href = format!("/k/{}/gallring", protocol.mapping);
        view! { <p class="no-print"><a class="button quiet" href=href>{texts.record_protocol_back()}</a></p> }
    });
    let title = texts.record_protocol_counts();
    let item = |words: &'static str, value: String| {
        view! { <div><dt>{words}</dt><dd>{value}</dd></div> }
    };
    view! {
        <div class="page-head">
            <h1>{texts.record_protocol_title()}</h1>
            <p class="lead">{texts.record_protocol_done()}</p>
        </div>
        <section class="card">
            <dl class="definition">
                {item(texts.record_protocol_mapping(), protocol.mapping_name.clone())}
                {item(texts.record_protocol_kind(), kind_text(texts, protocol.kind).to_owned())}
                {item(texts.record_protocol_decision(), protocol.decision.to_string())}
                {item(texts.record_protocol_decided_on(), protocol.decided_on.to_string())}
                {item(texts.record_protocol_performed_at(), date_time(protocol.performed_at))}
                {item(texts.record_protocol_performed_by(), protocol.performed_by.clone())}
                {item(texts.record_protocol_number(), protocol.id.to_string())}
            </dl>
        </section>
        <h2>{title}</h2>
        {counts(texts, title, &protocol.taken)}
        <p class="hint no-print">{texts.record_protocol_print()}</p>
        {back}
    }
    .into_any()
}
