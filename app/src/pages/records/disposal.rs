//! Rules of retention, and the way to what can be disposed of and to the protocols.

use domain::{
    ids::MappingId,
    records::{Disposal, DisposalKind, MAX_MONTHS, Retention},
};
use leptos::prelude::*;

use super::kind_text;
use crate::{
    components::{ErrorSummary, Errors, Hidden, date},
    texts::Texts,
};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct Disposals {
    /// The mapping.
    pub mapping: MappingId,
    /// The rules there are.
    pub rules: Vec<Retention>,
    /// The protocols, newest first.
    pub protocols: Vec<Disposal>,
    /// What was typed for a rule that has to be corrected: which, months and decision.
    pub typed: Option<(DisposalKind, String, String)>,
    /// What is wrong with it.
    pub errors: Errors,
}

/// Rules, kind by kind, and the protocols.
pub fn page(texts: Texts, data: &Disposals) -> AnyView {
    let rules: Vec<_> = (DisposalKind::ALL.iter())
        .map(|kind| rule(texts, data, *kind))
        .collect();
    view! {
        <div class="page-head">
            <h1>{texts.record_disposal_title()}</h1>
            <p class="lead">{texts.record_disposal_lead()}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        <h2>{texts.record_rules_title()}</h2>
        <p class="hint">{texts.record_rules_lead()}</p>
        <div class="grid two">{rules}</div>
        {protocols(texts, data)}
    }
    .into_any()
}

fn basis(texts: Texts, kind: DisposalKind) -> &'static str {
    match kind {
        DisposalKind::Participants
        | DisposalKind::Ties
        | DisposalKind::Sealed
        | DisposalKind::Texts => texts.record_basis_closed(),
        DisposalKind::Attendees => texts.record_basis_joined(),
        DisposalKind::Invitees => texts.record_basis_added(),
        DisposalKind::Contacts => texts.record_basis_enquiry(),
        DisposalKind::Letters => texts.record_basis_sent(),
        DisposalKind::Mapping => texts.record_basis_last(),
    }
}

fn rule(texts: Texts, data: &Disposals, kind: DisposalKind) -> AnyView {
    let (mapping, slug) = (data.mapping, kind.slug());
    let known = data.rules.iter().find(|rule| rule.kind == kind);
    let typed = (data.typed.as_ref()).filter(|(typed, ..)| *typed == kind);
    let (months, decision) = match (typed, known) {
        (Some((_, months, decision)), _) => (months.clone(), decision.clone()),
        (None, Some(rule)) => (rule.months.to_string(), rule.decision.to_string()),
        (None, None) => (String::new(), String::new()),
    };
    let name = kind_text(texts, kind);
    let said = match known {
        Some(rule) => texts.record_rule_said(rule.months, rule.decision.as_str()),
        None => texts.record_rule_none().to_owned(),
    };
    let summary = if known.is_some() {
        texts.record_rule_change()
    } else {
        texts.record_rule_new()
    };
    let preview = known.map(|_| {
        view! {
            <p>
                <a href=format!("/k/{mapping}/gallring/{slug}")>
                    {texts.record_preview_link()}
                    <span class="visually-hidden">": "{name}</span>
                </a>
            </p>
        }
    });
    let (months_id, decision_id) = (format!("manader-{slug}"), format!("beslut-{slug}"));
    let months_error = error(&data.errors, &months_id);
    let decision_error = error(&data.errors, &decision_id);
    let open = typed.is_some();
    view! {
        <section class="card" aria-labelledby=format!("regel-{slug}")>
            <h3 id=format!("regel-{slug}")>{name}</h3>
            <p>{said}</p>
            <p class="hint">{basis(texts, kind)}</p>
            {preview}
            <details class="more" open=open>
                <summary>{summary}<span class="visually-hidden">": "{name}</span></summary>
                <form method="post" action=format!("/k/{mapping}/gallring") novalidate>
                    <Hidden name="kind" value=slug />
                    <div class="field">
                        <label for=months_id.clone()>{texts.record_rule_months()}<span class="visually-hidden">": "{name}</span></label>
                        {months_error}
                        <input type="text" inputmode="numeric" class="short" id=months_id name="manader" value=months maxlength=MAX_MONTHS.to_string().len() autocomplete="off" />
                    </div>
                    <div class="field">
                        <label for=decision_id.clone()>{texts.record_rule_decision()}<span class="visually-hidden">": "{name}</span></label>
                        {decision_error}
                        <input type="text" id=decision_id name="beslut" value=decision maxlength="160" autocomplete="off" />
                    </div>
                    <div class="actions">
                        <button class="button" type="submit">
                            {texts.record_rule_save()}
                            <span class="visually-hidden">" "{texts.record_rule_save_of(name)}</span>
                        </button>
                    </div>
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn error(errors: &Errors, field: &str) -> Option<impl IntoView + use<>> {
    (errors.of(field)).map(|error| view! { <p class="field-error">{error}</p> })
}

fn protocols(texts: Texts, data: &Disposals) -> AnyView {
    let rows: Vec<_> = (data.protocols.iter())
        .map(|protocol| {
            let name = kind_text(texts, protocol.kind);
            let words = texts.record_protocol_of(name, date(protocol.performed_at));
            view! {
                <li>
                    <a href=format!("/gallringsprotokoll/{}", protocol.id)>{words}</a>
                    <span class="muted">" – "{protocol.decision.to_string()}</span>
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p>{texts.record_protocols_none()}</p> }.into_any()
    } else {
        let csv = format!("/k/{}/gallring/protokoll.csv", data.mapping);
        view! {
            <ul class="plain">{rows}</ul>
            <p><a href=csv download="">{texts.record_protocols_csv()}</a></p>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="protokoll">
            <h2 id="protokoll">{texts.record_protocols_title()}</h2>
            {list}
        </section>
    }
    .into_any()
}
