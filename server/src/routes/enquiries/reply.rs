//! The page behind a contact's own link. It is opened without signing in; the link is the key.

use app::{
    components::Errors,
    pages::{
        error::ErrorPage,
        participation::reply::{self as pages, ReplyPage, Shut},
    },
    texts::Texts,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    mapping::Mapping,
    participation::{Contact, Enquiry, Reply},
    rights::{Action, Actor, Subject, may},
    text::Text,
};
use store::{EnquiryLink, GivenReply, ReplyOutcome};

use super::today;
use crate::{
    error::Failure,
    form::Fields,
    link::Token,
    page::{render, see_other},
    state::{App, now},
    visitor::Visitor,
};

/// Someone who has come with a link that leads to an enquiry.
struct Guest {
    visitor: Visitor,
    app: App,
    texts: Texts,
    mapping: Mapping,
    enquiry: Enquiry,
    contact: Contact,
}

/// What the link leads to, or the page that says that it leads nowhere.
async fn enter(
    app: &App,
    visitor: &Visitor,
    token: &str,
) -> Result<Result<Guest, Response>, Failure> {
    let hash = Token::received(token).hash();
    let Some(EnquiryLink { enquiry, contact }) = app.store.enquiry_by_token(hash).await? else {
        return Ok(Err(unknown(app, visitor).await));
    };
    let actor = Actor::Contact {
        id: contact.id,
        enquiry: enquiry.id,
        municipality: contact.municipality,
    };
    let subject = Subject::Enquiry {
        enquiry: contact.enquiry,
        municipality: contact.municipality,
    };
    if !may(&actor, Action::AnswerEnquiry, &subject) {
        return Err(Failure::Forbidden);
    }
    let mapping = (app.store.mapping(enquiry.mapping).await?).ok_or(Failure::NotFound)?;
    let texts = visitor.texts_for(mapping.language);
    let mut visitor = visitor.clone();
    visitor.texts = texts;
    Ok(Ok(Guest {
        visitor,
        app: app.clone(),
        texts,
        mapping,
        enquiry,
        contact,
    }))
}

async fn unknown(app: &App, visitor: &Visitor) -> Response {
    let texts = visitor.texts;
    let status = StatusCode::NOT_FOUND;
    let content = ErrorPage {
        status: status.as_u16(),
        title: texts.enquiry_link_title(),
        happened: texts.enquiry_link_happened().into(),
        todo: texts.enquiry_link_todo(),
        sign_in: false,
    };
    let mut frame = visitor.frame(app, content.title);
    frame.bare = true;
    render(status, frame, move |frame| {
        app::pages::error::view(frame.texts, &content)
    })
    .await
}

impl Guest {
    /// Why no answer is taken any more.
    fn shut(&self) -> Option<Shut> {
        if self.enquiry.closed_at.is_some() {
            Some(Shut::Closed)
        } else if self.enquiry.is_open(today()) {
            None
        } else {
            Some(Shut::Over)
        }
    }

    fn page(&self, token: &str) -> ReplyPage {
        ReplyPage {
            address: format!("/i/{token}"),
            mapping: (
                self.mapping.name.to_string(),
                self.mapping.period.to_string(),
            ),
            enquiry: self.enquiry.clone(),
            contact: self.contact.clone(),
            shut: self.shut(),
            refused: false,
            typed: None,
            errors: Errors::default(),
        }
    }

    async fn render(&self, status: StatusCode, data: ReplyPage) -> Response {
        let title = self
            .texts
            .enquiry_reply_for(self.contact.municipality.name());
        let mut frame = self.visitor.frame(&self.app, title);
        frame.bare = true;
        render(status, frame, move |frame| pages::page(frame.texts, &data)).await
    }
}

/// Opening the link changes nothing, for mail scanners open links too.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let guest = match enter(&app, &visitor, &token).await? {
        Ok(guest) => guest,
        Err(page) => return Ok(page),
    };
    let data = guest.page(&token);
    Ok(guest.render(StatusCode::OK, data).await)
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let guest = match enter(&app, &visitor, &token).await? {
        Ok(guest) => guest,
        Err(page) => return Ok(page),
    };
    let texts = guest.texts;
    let mut errors = Errors::default();
    let reply = Reply::from_code(fields.get("svar"));
    if reply.is_none() {
        errors.add("svar", texts.enquiry_reply_missing());
    }
    let label = texts.enquiry_reply_note();
    let note: Text<0, 200> = fields.text("kommentar", label, texts, &mut errors);
    let name = (Text::<1, 80>::parse(fields.get("namn")))
        .map_err(|error| {
            let said = crate::form::text_error(texts, texts.enquiry_reply_name(), error);
            errors.add("namn", said);
        })
        .ok();
    let mut data = guest.page(&token);
    if data.shut.is_some() {
        data.refused = true;
        return Ok(guest.render(StatusCode::CONFLICT, data).await);
    }
    let (Some(name), true) = (name, errors.is_empty()) else {
        let typed = |field| fields.get(field).to_owned();
        data.typed = Some((typed("svar"), typed("kommentar"), typed("namn")));
        data.errors = errors;
        return Ok(guest.render(StatusCode::UNPROCESSABLE_ENTITY, data).await);
    };
    let given = GivenReply {
        reply,
        note,
        // At most as long as it was: only the least length differs.
        replied_by: Text::parse(&name).unwrap_or_default(),
    };
    let done = (app.store)
        .reply(guest.contact.id, given, today(), now())
        .await?;
    // It may have been closed while they wrote.
    data.shut = match done {
        ReplyOutcome::Saved => return Ok(see_other(format!("/i/{token}"))),
        ReplyOutcome::Late => Some(Shut::Over),
        ReplyOutcome::Closed => Some(Shut::Closed),
    };
    data.refused = true;
    Ok(guest.render(StatusCode::CONFLICT, data).await)
}
