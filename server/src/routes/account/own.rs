//! One's own account, and the password for when no mail arrives.

use app::{
    components::Errors,
    document::Said,
    pages::account::{self as pages, OwnAccount, PasswordPart},
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    ids::AccountId,
    rights::{Action, Actor, Role, Subject},
};

use super::sessions::is_whole;
use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    password,
    routes::live::From,
    state::{App, now},
    visitor::Visitor,
};

/// Who is signed in, and whether they may have a password: those who may start mappings or are samordnare of one, in a
/// session of their own.
async fn enter(app: &App, visitor: &Visitor) -> Result<(AccountId, bool), Failure> {
    visitor.may(Action::ManageOwnSessions, &Subject::Service)?;
    let Actor::Account {
        id,
        may_start,
        memberships,
    } = &visitor.actor
    else {
        return Err(Failure::SignInNeeded);
    };
    let runs = *may_start || memberships.iter().any(|own| own.role == Role::Coordinator);
    let may = runs && is_whole(app, *id, visitor.session).await?;
    Ok((*id, may))
}

/// `GET /konto`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, Errors::default()).await
}

async fn page(app: &App, visitor: &Visitor, errors: Errors) -> Result<Response, Failure> {
    let (id, may) = enter(app, visitor).await?;
    let account = app.store.account(id).await?.ok_or(Failure::SignInNeeded)?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let part = if !may {
        PasswordPart::None
    } else if account.email.is_empty() {
        PasswordPart::NoAddress
    } else {
        PasswordPart::May {
            has: app.store.has_password(id).await?,
        }
    };
    let own = OwnAccount {
        name: account.name.to_string(),
        email: account.email,
        password: part,
        errors,
    };
    let texts = visitor.texts;
    let mut frame = visitor.frame(app, texts.account_own_title());
    let message = match visitor.query("klart") {
        "losenord" => Some(texts.account_password_saved()),
        "utan" => Some(texts.account_password_removed()),
        _ => None,
    };
    frame.said = message.map(|message| Said {
        message: message.to_owned(),
        undo: None,
    });
    Ok(render(status, frame, move |frame| pages::own(frame.texts, &own)).await)
}

/// Whether the present password was typed, of those who have one; says what is wrong of it otherwise. Whoever sits down
/// at somebody's open browser must not make themselves a way in, so that tries are counted as when signing in.
async fn check_present(
    app: &App,
    visitor: &Visitor,
    id: AccountId,
    from: From,
    fields: &Fields,
    errors: &mut Errors,
) -> Result<(), Failure> {
    let Some(hash) = app.store.password_of(id).await? else {
        return Ok(());
    };
    let (texts, typed) = (visitor.texts, fields.get("nuvarande"));
    if typed.is_empty() {
        errors.add("nuvarande", texts.account_password_present_missing());
        return Ok(());
    }
    let account = app.store.account(id).await?.ok_or(Failure::SignInNeeded)?;
    // An account without an address shares its tries with nobody.
    let whose = if account.email.is_empty() {
        id.to_string()
    } else {
        account.email
    };
    if !app.limits.may_try_password(&whose, from.source()) {
        return Err(Failure::TooOften);
    }
    let possible = typed.chars().count() <= password::MAX;
    if !possible || !password::is_right(typed.to_owned(), Some(hash)).await? {
        errors.add("nuvarande", texts.account_password_present_wrong());
    }
    Ok(())
}

/// `POST /konto/losenord`.
pub(super) async fn set_password(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    fields: Fields,
) -> Result<Response, Failure> {
    let (id, may) = enter(&app, &visitor).await?;
    if !may {
        return Err(Failure::Forbidden);
    }
    let (texts, typed) = (visitor.texts, fields.get("nytt"));
    let length = typed.chars().count();
    let mut errors = Errors::default();
    check_present(&app, &visitor, id, from, &fields, &mut errors).await?;
    if !(password::MIN..=password::MAX).contains(&length) {
        errors.add(
            "nytt",
            texts.account_password_length(password::MIN, password::MAX),
        );
    } else if typed != fields.get("igen") {
        errors.add("igen", texts.account_password_differs());
    }
    if !errors.is_empty() {
        return page(&app, &visitor, errors).await;
    }
    let hash = password::hash(typed.to_owned()).await?;
    (app.store)
        .set_password(id, Some(&hash), visitor.session)
        .await?;
    (app.store)
        .record(now(), Some(id), None, "losenord-satt", "")
        .await?;
    Ok(see_other("/konto?klart=losenord"))
}

/// `POST /konto/losenord/ta-bort`: also for those who may not have one any more.
pub(super) async fn remove_password(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    fields: Fields,
) -> Result<Response, Failure> {
    let (id, _) = enter(&app, &visitor).await?;
    if !is_whole(&app, id, visitor.session).await? {
        return Err(Failure::Forbidden);
    }
    let mut errors = Errors::default();
    check_present(&app, &visitor, id, from, &fields, &mut errors).await?;
    if !errors.is_empty() {
        return page(&app, &visitor, errors).await;
    }
    (app.store).set_password(id, None, visitor.session).await?;
    (app.store)
        .record(now(), Some(id), None, "losenord-borttaget", "")
        .await?;
    Ok(see_other("/konto?klart=utan"))
}
