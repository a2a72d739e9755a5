//! Interest enquiries: asking, following what is answered, entering by hand, closing, taking over.

mod form;
mod reply;
mod take_over;

use std::collections::HashMap;

use app::{
    components::{Errors, swedish_time},
    document::{Frame, Said, Tab},
    pages::participation::enquiry::{self as pages, ByHand, ContactRow, EnquiryPage, LetterRow},
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{ContactId, EnquiryId, MailId, MappingId},
    letter::{Letter, Mail, MailStatus, NewMail, OwnWords},
    participation::{Contact, Enquiry, Reply},
    rights::Action,
};
use store::{GivenReply, ReplyOutcome, StoreError};
use time::Date;

use super::participation::account;
use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/intresse", post(form::save))
        .route("/k/{mapping}/intresse/ny", get(form::new))
        .route("/k/{mapping}/intresse/{enquiry}", get(follow))
        .route("/k/{mapping}/intresse/{enquiry}/andra", get(form::edit))
        .route("/k/{mapping}/intresse/{enquiry}/skicka", post(send))
        .route(
            "/k/{mapping}/intresse/{enquiry}/brev/{mail}/igen",
            post(send_again),
        )
        .route(
            "/k/{mapping}/intresse/{enquiry}/svar/{contact}",
            post(enter_reply),
        )
        .route("/k/{mapping}/intresse/{enquiry}/stang", post(close))
        .route(
            "/k/{mapping}/intresse/{enquiry}/for-in",
            get(take_over::show).post(take_over::save),
        )
        .route("/i/{token}", get(reply::show).post(reply::save))
}

/// Today in Sweden.
pub(crate) fn today() -> Date {
    swedish_time(now()).date()
}

async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    visitor
        .enter(app, id, Action::ManageParticipation, Tab::Participation)
        .await
}

/// An enquiry of this mapping.
async fn of_mapping(room: &Room, id: EnquiryId) -> Result<Enquiry, Failure> {
    let enquiry = room.app.store.enquiry(id).await?;
    (enquiry.filter(|enquiry| enquiry.mapping == room.mapping.id)).ok_or(Failure::NotFound)
}

/// The letter to whom it is, for letters about enquiries.
fn recipient(mail: &Mail) -> Option<ContactId> {
    match mail.new.letter {
        Letter::Enquiry(_, contact) => Some(contact),
        _ => None,
    }
}

/// The latest letter to each.
async fn letters(room: &Room, enquiry: &Enquiry) -> Result<HashMap<ContactId, Mail>, Failure> {
    let mut latest: HashMap<ContactId, Mail> = HashMap::new();
    for mail in room.app.store.mails_about(enquiry.id.uuid()).await? {
        if let Some(contact) = recipient(&mail) {
            let known = latest.entry(contact).or_insert_with(|| mail.clone());
            // Ids are in order of time.
            if known.new.id < mail.new.id {
                *known = mail;
            }
        }
    }
    Ok(latest)
}

/// Whom a letter would go to now: those with an address who have not answered, had they a letter before (`again`) or
/// not. One that waits to be sent is not sent another.
fn recipients<'c>(
    contacts: &'c [Contact],
    letters: &HashMap<ContactId, Mail>,
    again: bool,
) -> Vec<&'c Contact> {
    (contacts.iter())
        .filter(|contact| contact.reply.is_none() && !contact.email.is_empty())
        .filter(|contact| match letters.get(&contact.id) {
            None => !again,
            Some(mail) => again && mail.status == MailStatus::Sent,
        })
        .collect()
}

async fn follow(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry)): Path<(MappingId, EnquiryId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let enquiry = of_mapping(&room, enquiry).await?;
    enquiry_page(&room, enquiry, None).await
}

async fn enquiry_page(
    room: &Room,
    enquiry: Enquiry,
    again: Option<ByHand>,
) -> Result<Response, Failure> {
    let app = &room.app;
    let contacts = app.store.contacts(enquiry.id).await?;
    let letters = letters(room, &enquiry).await?;
    let to_send = recipients(&contacts, &letters, false).len();
    let to_remind = recipients(&contacts, &letters, true).len();
    let rows = (contacts.into_iter())
        .map(|contact| ContactRow {
            link: link(app, contact.id),
            letter: letters.get(&contact.id).map(|mail| LetterRow {
                id: mail.new.id,
                status: mail.status,
                changed_at: mail.changed_at,
                answer: mail.answer.clone(),
            }),
            contact,
        })
        .collect();
    let data = EnquiryPage {
        open: enquiry.is_open(today()),
        rows,
        op: new_id().to_string(),
        to_send,
        to_remind,
        outbox: app.mailer.is_outbox(),
        again,
        enquiry,
    };
    let status = match data.again {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let mut frame = room.frame(data.enquiry.question.as_str());
    frame.scripts = &["copy.js"];
    frame.said = said(room).or(frame.said);
    Ok(render(status, frame, move |frame| pages::page(frame.texts, &data)).await)
}

/// What has just happened to an enquiry.
fn said(room: &Room) -> Option<Said> {
    let texts = room.texts;
    let message = match room.visitor.query("klart") {
        "fraga" => texts.enquiry_said_saved(),
        "skickat" => texts.enquiry_said_sent(),
        "ingen" => texts.enquiry_said_nobody(),
        "svar" => texts.enquiry_said_reply(),
        "stangd" => texts.enquiry_said_closed(),
        "infort" => texts.enquiry_said_taken(),
        "brev" => texts.enquiry_said_again(),
        "sluten" => texts.enquiry_said_shut(),
        "borta" => texts.enquiry_said_gone(),
        _ => return None,
    };
    Some(Said {
        message: message.to_owned(),
        undo: None,
    })
}

/// The link that a contact answers with.
pub(crate) fn link(app: &App, contact: ContactId) -> String {
    format!("{}/i/{}", app.public_url, app.key.contact(contact).as_str())
}

fn back(room: &Room, enquiry: &Enquiry, said: &str) -> Response {
    see_other(room.address(format_args!("/intresse/{}?klart={said}", enquiry.id)))
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry)): Path<(MappingId, EnquiryId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let op = fields.op()?;
    let enquiry = of_mapping(&room, enquiry).await?;
    if !enquiry.is_open(today()) {
        return Ok(back(&room, &enquiry, "sluten"));
    }
    let again = !fields.get("igen").is_empty();
    let contacts = app.store.contacts(enquiry.id).await?;
    let letters = letters(&room, &enquiry).await?;
    let at = now();
    let mails: Vec<_> = (recipients(&contacts, &letters, again).into_iter())
        .map(|contact| NewMail {
            id: MailId::new(new_id()),
            mapping: Some(id),
            letter: Letter::Enquiry(enquiry.id, contact.id),
            name: contact.name.to_string(),
            address: contact.email.to_string(),
            words: OwnWords::default(),
            // The first letter goes once; a reminder once a form.
            dedupe: if again {
                format!("intresseförfrågan:{}:{op}", contact.id)
            } else {
                format!("intresseförfrågan:{}", contact.id)
            },
            due_at: at,
        })
        .collect();
    let sent = app.store.enqueue(mails, at).await?;
    if sent == 0 {
        // A form that was sent twice has sent its letters already.
        let gone = letters
            .values()
            .any(|mail| mail.status == MailStatus::Queued);
        let said = if gone { "skickat" } else { "ingen" };
        return Ok(back(&room, &enquiry, said));
    }
    app.mail_wake();
    let detail = format!("{}: {sent}", enquiry.id);
    room.record("enquiry.send", &detail).await?;
    Ok(back(&room, &enquiry, "skickat"))
}

async fn send_again(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry, mail)): Path<(MappingId, EnquiryId, MailId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    fields.op()?;
    let enquiry = of_mapping(&room, enquiry).await?;
    let about = app
        .store
        .mail(mail)
        .await?
        .map(|mail| mail.new.letter.about());
    if about != Some(enquiry.id.uuid()) {
        return Err(Failure::NotFound);
    }
    match app.store.send_mail_again(mail, now()).await {
        Ok(()) => {
            app.mail_wake();
            room.record("mail.again", &mail.to_string()).await?;
            Ok(back(&room, &enquiry, "brev"))
        }
        Err(StoreError::NotFound) => Ok(back(&room, &enquiry, "borta")),
        Err(error) => Err(error.into()),
    }
}

async fn enter_reply(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry, contact)): Path<(MappingId, EnquiryId, ContactId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    fields.op()?;
    let enquiry = of_mapping(&room, enquiry).await?;
    let contacts = app.store.contacts(enquiry.id).await?;
    let contact = (contacts.iter().find(|one| one.id == contact)).ok_or(Failure::NotFound)?;
    let texts = room.texts;
    let field = |part: &str| format!("{part}-{}", contact.municipality);
    let (reply_field, source_field, note_field) = (field("svar"), field("kalla"), field("not"));
    let mut errors = Errors::default();
    let code = fields.get(&reply_field);
    let reply = Reply::from_code(code);
    if reply.is_none() && !code.is_empty() {
        errors.add(reply_field, texts.enquiry_reply_missing());
    }
    let source_label = texts.enquiry_by_hand_source();
    let source = fields.text(&source_field, source_label, texts, &mut errors);
    let note = fields.text(&note_field, texts.enquiry_note(), texts, &mut errors);
    if reply.is_some() && fields.get(&source_field).trim().is_empty() {
        errors.add(&source_field, texts.enquiry_by_hand_source_missing());
    }
    if !errors.is_empty() {
        let typed = ByHand {
            contact: contact.id,
            reply: code.to_owned(),
            source: fields.get(&source_field).to_owned(),
            note: fields.get(&note_field).to_owned(),
            errors,
        };
        return enquiry_page(&room, enquiry, Some(typed)).await;
    }
    let given = match reply {
        Some(_) => GivenReply {
            reply,
            note,
            replied_by: source,
        },
        None => GivenReply::default(),
    };
    let done = (app.store)
        .enter_reply(contact.id, given, account(&room), now())
        .await?;
    match done {
        ReplyOutcome::Saved => Ok(back(&room, &enquiry, "svar")),
        ReplyOutcome::Late | ReplyOutcome::Closed => Ok(back(&room, &enquiry, "sluten")),
    }
}

async fn close(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry)): Path<(MappingId, EnquiryId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    fields.op()?;
    let enquiry = of_mapping(&room, enquiry).await?;
    (app.store)
        .close_enquiry(enquiry.id, account(&room), now())
        .await?;
    Ok(back(&room, &enquiry, "stangd"))
}

/// A page of an enquiry's, with its form again when something has to be corrected.
async fn form_page(
    room: &Room,
    title: String,
    again: bool,
    body: impl Fn(&Frame) -> leptos::prelude::AnyView + Clone + Send + Sync + 'static,
) -> Response {
    if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}
