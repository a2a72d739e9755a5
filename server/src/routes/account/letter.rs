//! Asking for a letter with a link to sign in.

use app::{components::Errors, pages::account as pages};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    ids::MailId,
    letter::{Letter, NewMail, OwnWords},
    mapping::Language,
};
use store::StoreError;

use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    routes::{live::From, participants::is_email},
    state::{App, new_id, now},
    visitor::Visitor,
};

/// `GET /logga-in`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    page(&app, &visitor, "", Errors::default()).await
}

async fn page(app: &App, visitor: &Visitor, email: &str, errors: Errors) -> Response {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let (frame, email) = (
        visitor.frame(app, visitor.texts.account_how_title()),
        email.to_owned(),
    );
    let outbox = app.mailer.is_outbox();
    render(status, frame, move |frame| {
        pages::ask(frame.texts, &email, &errors, outbox)
    })
    .await
}

/// `POST /logga-in`: the answer and the time that it takes are the same whether there is such an account or not.
pub(super) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    fields: Fields,
) -> Result<Response, Failure> {
    let email = fields.get("epost").trim().to_owned();
    if !is_email(&email) || email.chars().count() > 200 {
        let mut errors = Errors::default();
        errors.add("epost", visitor.texts.account_email_wrong());
        return Ok(page(&app, &visitor, &email, errors).await);
    }
    if !app.limits.may_ask_for_letter(from.source()) {
        return Err(Failure::TooOften);
    }
    if app.limits.may_get_letter(&email) {
        let language = visitor.texts.0;
        tokio::spawn(async move {
            if let Err(error) = send(&app, &email, language).await {
                tracing::error!(%error, "a sign-in letter could not be queued");
            }
        });
    }
    Ok(see_other("/logga-in/skickat"))
}

/// Queues the letter if there is an account. The link in it is made when it is sent; the language goes along as the
/// letter's words.
async fn send(app: &App, email: &str, language: Language) -> Result<(), StoreError> {
    let Some(account) = app.store.account_by_email(email).await? else {
        return Ok(());
    };
    let at = now();
    let letter = NewMail {
        id: MailId::new(new_id()),
        mapping: None,
        letter: Letter::SignIn(account.id),
        name: account.name.to_string(),
        address: account.email,
        words: OwnWords::parse(language.code()).unwrap_or_default(),
        dedupe: format!("inloggning:{}:{}", account.id, at / 60_000),
        due_at: at,
    };
    if app.store.enqueue(vec![letter], at).await? > 0 {
        app.mail_wake();
    }
    Ok(())
}

/// `GET /logga-in/skickat`: what to do now.
pub(super) async fn asked(State(app): State<App>, visitor: Visitor) -> Response {
    let frame = visitor.frame(&app, visitor.texts.account_sent_title());
    let outbox = app.mailer.is_outbox();
    render(StatusCode::OK, frame, move |frame| {
        pages::sent(frame.texts, outbox)
    })
    .await
}
