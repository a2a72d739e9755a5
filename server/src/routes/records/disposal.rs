//! Rules of retention, and disposal: preview first, then by a decision.

use app::{
    components::{Errors, date},
    document::Tab,
    pages::records::{
        disposal::{self as pages, Disposals},
        kind_text,
        preview::{self, Preview},
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{DisposalId, MappingId},
    records::{Decision, Disposal, DisposalKind, MAX_MONTHS, Retention, cutoff},
    rights::{Action, Actor},
};
use store::StoreError;

use crate::{
    error::Failure,
    form::{self, Fields, text_error},
    letters,
    page::see_other,
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    let action = Action::ManageRecords;
    visitor.enter(app, id, action, Tab::Overview).await
}

pub(super) async fn rules(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    rules_page(&room, None, Errors::default()).await
}

async fn rules_page(
    room: &Room,
    typed: Option<(DisposalKind, String, String)>,
    errors: Errors,
) -> Result<Response, Failure> {
    let again = !errors.is_empty();
    let (store, mapping) = (&room.app.store, room.mapping.id);
    let data = Disposals {
        mapping,
        rules: store.retention(mapping).await?,
        protocols: store.disposals(mapping).await?,
        typed,
        errors,
    };
    let title = room.texts.record_disposal_title();
    let body = move |frame: &app::document::Frame| pages::page(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

pub(super) async fn save_rule(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let kind = DisposalKind::from_slug(fields.get("kind")).ok_or(Failure::BadForm)?;
    let (texts, slug, mut errors) = (room.texts, kind.slug(), Errors::default());
    let months = (fields.get("manader").trim().parse().ok()).filter(|m| *m <= MAX_MONTHS);
    if months.is_none() {
        let wrong = texts.record_months_wrong(MAX_MONTHS);
        errors.add(format!("manader-{slug}"), wrong);
    }
    let decision = Decision::parse(fields.get("beslut"))
        .map_err(|error| {
            let wrong = text_error(texts, texts.record_rule_decision(), error);
            errors.add(format!("beslut-{slug}"), wrong);
        })
        .ok();
    let (Some(months), Some(decision)) = (months, decision) else {
        let typed = (
            kind,
            fields.get("manader").to_owned(),
            fields.get("beslut").to_owned(),
        );
        return rules_page(&room, Some(typed), errors).await;
    };
    let detail = format!("{}: {months} – {decision}", kind.code());
    let rule = Retention {
        kind,
        months,
        decision,
    };
    app.store.save_retention(id, &rule).await?;
    room.record("records.rule", &detail).await?;
    Ok(see_other(room.address("/gallring?klart=sparat")))
}

/// The rule of the kind that stands in the address.
async fn rule_of(room: &Room, slug: &str) -> Result<Retention, Failure> {
    let kind = DisposalKind::from_slug(slug).ok_or(Failure::NotFound)?;
    let rules = room.app.store.retention(room.mapping.id).await?;
    let rule = rules.into_iter().find(|rule| rule.kind == kind);
    rule.ok_or(Failure::NotFound)
}

pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, slug)): Path<(MappingId, String)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let rule = rule_of(&room, &slug).await?;
    let before = cutoff(now(), rule.months);
    let data = Preview {
        mapping: id,
        before,
        due: app.store.due(id, rule.kind, before).await?,
        op: new_id().to_string(),
        decision: rule.decision.to_string(),
        day: String::new(),
        errors: Errors::default(),
        rule,
    };
    preview_page(&room, data).await
}

async fn preview_page(room: &Room, data: Preview) -> Result<Response, Failure> {
    let title = format!(
        "{}: {}",
        room.texts.record_perform_title(),
        kind_text(room.texts, data.rule.kind).to_lowercase()
    );
    let again = !data.errors.is_empty();
    let body = move |frame: &app::document::Frame| preview::page(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

/// Takes out what the preview showed: up to the moment that it was made for, if the rule allows that still.
pub(super) async fn perform(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, slug)): Path<(MappingId, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let disposal = DisposalId::new(fields.id("op")?);
    // The same form again, when the mapping itself may be gone: its owner is led to the protocol.
    if let (Some(_), Actor::Account { id: account, .. }) =
        (app.store.disposal(disposal).await?, &visitor.actor)
        && app.store.disposed_by(disposal).await? == Some(*account)
    {
        return Ok(see_other(format!("/gallringsprotokoll/{disposal}")));
    }
    let room = enter(&app, &visitor, id).await?;
    let Actor::Account { id: account, .. } = visitor.actor else {
        return Err(Failure::SignInNeeded);
    };
    let rule = rule_of(&room, &slug).await?;
    let (texts, mut errors) = (room.texts, Errors::default());
    let shown: i64 = fields.get("fore").parse().map_err(|_| Failure::BadForm)?;
    let before = shown.min(cutoff(now(), rule.months));
    let decision = Decision::parse(fields.get("beslut"))
        .map_err(|error| {
            let wrong = text_error(texts, texts.record_perform_decision(), error);
            errors.add("beslut", wrong);
        })
        .ok();
    let day = form::date(fields.get("datum"));
    if day.is_none() {
        errors.add("datum", texts.record_perform_day_wrong());
    }
    if fields.get("saker") != "ja" {
        errors.add("saker", texts.record_perform_sure_missing());
    }
    let (Some(decision), Some(decided_on), true) = (decision, day, errors.is_empty()) else {
        let data = Preview {
            mapping: id,
            before,
            due: app.store.due(id, rule.kind, before).await?,
            op: disposal.to_string(),
            decision: fields.get("beslut").to_owned(),
            day: fields.get("datum").to_owned(),
            errors,
            rule,
        };
        return preview_page(&room, data).await;
    };
    let planned = Disposal {
        id: disposal,
        mapping: id,
        mapping_name: room.mapping.name.to_string(),
        kind: rule.kind,
        decision,
        decided_on,
        performed_at: now(),
        performed_by: visitor.name.clone().unwrap_or_default(),
        taken: Vec::new(),
    };
    match app.store.dispose(&planned, before, Some(account)).await {
        Ok(done) => {
            letters::forget(&app, &done.letters).await;
            Ok(see_other(format!("/gallringsprotokoll/{disposal}")))
        }
        // Somebody else has done it meanwhile: the preview says that there is nothing.
        Err(StoreError::Conflict("nothing_due")) => {
            let address = format!("/gallring/{}", rule.kind.slug());
            Ok(see_other(room.address(address)))
        }
        Err(StoreError::NotFound) => Err(Failure::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// A day as it stands in a protocol's list.
pub(super) fn day(at: Option<i64>) -> String {
    at.map(date).unwrap_or_default()
}
