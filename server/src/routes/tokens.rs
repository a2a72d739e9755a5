//! Keys that programs read a mapping with.

use app::{
    components::{Errors, date},
    document::{Frame, Tab},
    pages::publication::{self as pages, NewToken, TokenForm, TokenRow, TokenState, TokensPage},
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{MappingId, TokenId},
    rights::Action,
    text::Title,
};
use store::StoreError;
use time::{Date, Duration};

use super::today;
use crate::{
    error::Failure,
    form::{self, Fields},
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

/// A key opens something for so many days at most.
const DAYS: i64 = 365;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/api", get(list).post(create))
        .route("/k/{mapping}/api/{key}/dra-in", post(revoke))
}

async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    visitor
        .enter(app, id, Action::ManageTokens, Tab::People)
        .await
}

/// The last day that a key made today may have.
fn latest() -> Date {
    today() + Duration::days(DAYS)
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let form = TokenForm {
        op: new_id().to_string(),
        name: String::new(),
        last_day: latest().to_string(),
        errors: Errors::default(),
    };
    page(&room, form).await
}

async fn page(room: &Room, form: TokenForm) -> Result<Response, Failure> {
    let today = today();
    let rows = (room.app.store.tokens(room.mapping.id).await?.into_iter())
        .map(|token| TokenRow {
            id: token.id,
            name: token.name.to_string(),
            made: date(token.created_at),
            state: match token.revoked_at {
                Some(at) => TokenState::Revoked(date(at)),
                None if token.last_day < today => TokenState::Over,
                None => TokenState::Works,
            },
            last_day: token.last_day.to_string(),
            used: token.used_on.map(|day| day.to_string()),
        })
        .collect();
    let again = !form.errors.is_empty();
    let data = TokensPage {
        mapping: room.mapping.id,
        rows,
        form,
    };
    let title = room.texts.token_title();
    let body = move |frame: &Frame| pages::tokens(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let (texts, op, mut errors) = (room.texts, fields.op()?, Errors::default());
    let name: Title = fields.text("namn", texts.token_name(), texts, &mut errors);
    let last_day =
        form::date(fields.get("sista-dag")).filter(|day| (today()..=latest()).contains(day));
    if last_day.is_none() {
        errors.add(
            "sista-dag",
            texts.token_last_day_wrong(latest().to_string()),
        );
    }
    let (Some(last_day), true) = (last_day, errors.is_empty()) else {
        let form = TokenForm {
            op: op.to_string(),
            name: fields.get("namn").to_owned(),
            last_day: fields.get("sista-dag").to_owned(),
            errors,
        };
        return page(&room, form).await;
    };
    // The form's id is stored nowhere: the same form sent again shows the same key, and nobody else can make it.
    let (token, key) = app.key.program(room.mapping.id, op);
    let new = store::NewToken {
        id: token,
        mapping: room.mapping.id,
        name: name.clone(),
        last_day,
    };
    match app.store.create_token(&new, key.hash(), now()).await {
        Ok(()) => {
            let detail = format!("{token}: {name}, {last_day}");
            room.record("token.create", &detail).await?;
        }
        Err(StoreError::Conflict(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let stored = app.store.tokens(room.mapping.id).await?;
    let stored = (stored.into_iter())
        .find(|stored| stored.id == token)
        .ok_or(Failure::BadForm)?;
    let data = NewToken {
        mapping: room.mapping.id,
        name: stored.name.to_string(),
        key: key.as_str().to_owned(),
        last_day: stored.last_day.to_string(),
        address: format!("{}/api/v1/mappings/{}", app.public_url, room.mapping.id),
    };
    let frame = Frame {
        scripts: &["copy.js"],
        ..room.frame(texts.token_created_title(stored.name.as_str()))
    };
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::new_token(frame.texts, &data)
    })
    .await)
}

async fn revoke(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, key)): Path<(MappingId, TokenId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    match app.store.revoke_token(id, key, now()).await {
        Ok(()) => {}
        Err(StoreError::NotFound) => return Err(Failure::NotFound),
        Err(error) => return Err(error.into()),
    }
    room.record("token.revoke", &key.to_string()).await?;
    Ok(see_other(room.address("/api?klart=nyckel-indragen")))
}
