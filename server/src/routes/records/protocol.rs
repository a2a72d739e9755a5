//! Protocols of what has been taken out: on a page, and all of them as CSV.

use app::{
    components::date_time,
    document::Tab,
    pages::records::{counted_text, kind_text, protocol as pages},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    ids::{DisposalId, MappingId},
    rights::{Action, Actor, Subject},
};

use super::{disposal::day, file};
use crate::{error::Failure, import::write_csv, page::render, state::App, visitor::Visitor};

/// A protocol outlives its mapping: then whoever did it may read it, and those who may start mappings here.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<DisposalId>,
) -> Result<Response, Failure> {
    let Some(protocol) = app.store.disposal(id).await? else {
        // Those who are not signed in learn nothing of what there is.
        visitor.may(Action::ManageOwnSessions, &Subject::Service)?;
        return Err(Failure::NotFound);
    };
    let action = Action::ManageRecords;
    if app.store.mapping(protocol.mapping).await?.is_some() {
        let room = (visitor.enter(&app, protocol.mapping, action, Tab::Overview)).await?;
        let title = room.texts.record_protocol_title();
        return Ok(room
            .page(title, move |frame| {
                pages::page(frame.texts, &protocol, true)
            })
            .await);
    }
    let own = match &visitor.actor {
        Actor::Account { id: account, .. } => app.store.disposed_by(id).await? == Some(*account),
        _ => false,
    };
    if !own {
        visitor.may(Action::StartMapping, &Subject::Service)?;
    }
    let frame = visitor.frame(&app, visitor.texts.record_protocol_title());
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::page(frame.texts, &protocol, false)
    })
    .await)
}

/// Every protocol of a mapping, a row for each thing that was counted.
pub(super) async fn csv(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let action = Action::ManageRecords;
    let room = visitor.enter(&app, id, action, Tab::Overview).await?;
    let texts = room.texts;
    let mut rows = vec![
        [
            texts.record_protocol_number(),
            texts.record_protocol_mapping(),
            texts.record_protocol_kind(),
            texts.record_protocol_decision(),
            texts.record_protocol_decided_on(),
            texts.record_protocol_performed_at(),
            texts.record_protocol_performed_by(),
            texts.record_preview_what(),
            texts.record_preview_number(),
            texts.record_preview_oldest(),
            texts.record_preview_newest(),
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for protocol in app.store.disposals(id).await? {
        for count in &protocol.taken {
            rows.push(vec![
                protocol.id.to_string(),
                guarded(&protocol.mapping_name),
                kind_text(texts, protocol.kind).to_owned(),
                guarded(&protocol.decision),
                protocol.decided_on.to_string(),
                date_time(protocol.performed_at),
                guarded(&protocol.performed_by),
                counted_text(texts, count.what).to_owned(),
                count.number.to_string(),
                day(count.oldest),
                day(count.newest),
            ]);
        }
    }
    let kind = "text/csv; charset=utf-8";
    Ok(file(kind, "gallringsprotokoll.csv", write_csv(&rows)))
}

/// What a spreadsheet would take for a formula, as text.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
