//! Making an enquiry, and changing one that is not closed.

use std::collections::HashMap;

use app::{
    components::Errors,
    pages::participation::enquiry_form::{self as pages, AskedRow, EnquiryForm},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{ContactId, EnquiryId, MappingId},
    municipality::Municipality,
    participation::{Contact, Enquiry},
    text::{Description, Text},
};
use store::{StoreError, TokenHash};
use time::{Date, Duration};

use super::{back, enter, form_page, of_mapping, today};
use crate::{
    error::Failure,
    form::{Fields, date},
    routes::{participants::is_email, participation::account},
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

/// A new enquiry is open for this many days unless another day is chosen.
const DEFAULT_DAYS: i64 = 14;
/// The last day is at most this many days ahead.
const MOST_DAYS: i64 = 366;

pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    // Those who were asked last are likely to be asked again.
    let latest = app.store.enquiries(id).await?.into_iter().next();
    let known = match latest {
        Some(enquiry) => app.store.contacts(enquiry.id).await?,
        None => Vec::new(),
    };
    let rows = (members(&room).into_iter())
        .map(|municipality| {
            let known = known.iter().find(|one| one.municipality == municipality);
            AskedRow {
                municipality,
                asked: true,
                answered: false,
                name: known.map_or_else(String::new, |one| one.name.to_string()),
                email: known.map_or_else(String::new, |one| one.email.to_string()),
            }
        })
        .collect();
    let form = EnquiryForm {
        mapping: id,
        id: new_id().to_string(),
        known: false,
        question: room
            .texts
            .enquiry_question_default(room.mapping.name.as_str()),
        explanation: String::new(),
        deadline: (today() + Duration::days(DEFAULT_DAYS)).to_string(),
        rows,
        errors: Errors::default(),
    };
    Ok(page(&room, form).await)
}

pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry)): Path<(MappingId, EnquiryId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let enquiry = of_mapping(&room, enquiry).await?;
    if enquiry.closed_at.is_some() {
        return Ok(back(&room, &enquiry, "sluten"));
    }
    let contacts = app.store.contacts(enquiry.id).await?;
    let rows = (members(&room).into_iter())
        .map(|municipality| {
            let known = contacts.iter().find(|one| one.municipality == municipality);
            AskedRow {
                municipality,
                asked: known.is_some(),
                answered: known.is_some_and(|one| one.reply.is_some()),
                name: known.map_or_else(String::new, |one| one.name.to_string()),
                email: known.map_or_else(String::new, |one| one.email.to_string()),
            }
        })
        .collect();
    let form = EnquiryForm {
        mapping: id,
        id: enquiry.id.to_string(),
        known: true,
        question: enquiry.question.to_string(),
        explanation: enquiry.explanation.to_string(),
        deadline: enquiry.deadline.to_string(),
        rows,
        errors: Errors::default(),
    };
    Ok(page(&room, form).await)
}

fn members(room: &Room) -> Vec<Municipality> {
    (room.mapping.members.iter())
        .map(|member| member.municipality)
        .collect()
}

async fn page(room: &Room, form: EnquiryForm) -> Response {
    let title = if form.known {
        room.texts.enquiry_edit_title()
    } else {
        room.texts.enquiry_new_title()
    };
    let again = !form.errors.is_empty();
    form_page(room, title.to_owned(), again, move |frame| {
        pages::page(frame.texts, &form)
    })
    .await
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping).await?;
    let id = EnquiryId::new(fields.id("id")?);
    let known = app.store.enquiry(id).await?;
    if (known.as_ref()).is_some_and(|enquiry| enquiry.mapping != mapping) {
        return Err(Failure::BadForm);
    }
    let contacts = match known {
        Some(_) => app.store.contacts(id).await?,
        None => Vec::new(),
    };
    let (form, read) = read_form(&room, id, known.as_ref(), &contacts, &fields);
    let Some((enquiry, asked)) = read else {
        return Ok(page(&room, form).await);
    };
    let done = (app.store)
        .save_enquiry(&enquiry, &asked, account(&room), now())
        .await;
    match done {
        Ok(()) => Ok(back(&room, &enquiry, "fraga")),
        Err(StoreError::Conflict("enquiry_id")) => Err(Failure::BadForm),
        Err(StoreError::Conflict("enquiry_closed")) => Ok(back(&room, &enquiry, "sluten")),
        Err(error) => Err(error.into()),
    }
}

type Asked = Vec<(Contact, TokenHash)>;

/// What was typed, and what it means if it is right.
fn read_form(
    room: &Room,
    id: EnquiryId,
    known: Option<&Enquiry>,
    contacts: &[Contact],
    fields: &Fields,
) -> (EnquiryForm, Option<(Enquiry, Asked)>) {
    let texts = room.texts;
    let mut errors = Errors::default();
    let question = (Text::<1, 160>::parse(fields.get("fraga")))
        .map_err(|error| {
            let said = crate::form::text_error(texts, texts.enquiry_question(), error);
            errors.add("fraga", said);
        })
        .ok();
    let label = texts.enquiry_explanation();
    let explanation: Description = fields.text("forklaring", label, texts, &mut errors);
    let deadline = deadline(fields.get("sista-dag"), known);
    if deadline.is_none() {
        let (first, last) = (today(), today() + Duration::days(MOST_DAYS));
        errors.add("sista-dag", texts.enquiry_deadline_wrong(first, last));
    }
    let answered: HashMap<_, _> = (contacts.iter())
        .map(|contact| (contact.municipality, contact.reply.is_some()))
        .collect();
    let mut asked = Vec::new();
    let mut rows = Vec::new();
    for municipality in members(room) {
        let field = |part: &str| format!("{part}-{municipality}");
        let (name, email) = (field("namn"), field("epost"));
        let answered = answered.get(&municipality).copied().unwrap_or_default();
        let row = AskedRow {
            municipality,
            asked: answered || !fields.get(&field("fraga")).is_empty(),
            answered,
            name: fields.get(&name).to_owned(),
            email: fields.get(&email).to_owned(),
        };
        if row.asked {
            let name = fields.text(&name, texts.enquiry_contact_name(), texts, &mut errors);
            let label = texts.enquiry_contact_email();
            let address: Text<0, 200> = fields.text(&email, label, texts, &mut errors);
            if !address.is_empty() && !is_email(&address) {
                errors.add(&email, texts.person_email_wrong(address.as_str()));
            }
            asked.push((municipality, name, address));
        }
        rows.push(row);
    }
    if asked.is_empty() {
        errors.add("kontakter", texts.enquiry_nobody_asked());
    }
    let read = (question.zip(deadline)).filter(|_| errors.is_empty());
    let read = read.map(|(question, deadline)| {
        let enquiry = Enquiry {
            id,
            mapping: room.mapping.id,
            question,
            explanation,
            deadline,
            created_at: known.map_or_else(now, |enquiry| enquiry.created_at),
            closed_at: None,
        };
        let asked = (asked.into_iter())
            .map(|(municipality, name, email)| {
                // Someone who is asked already keeps their id, whatever stands here.
                let contact = ContactId::new(new_id());
                let token = room.app.key.contact(contact).hash();
                let contact = Contact {
                    id: contact,
                    enquiry: id,
                    municipality,
                    name,
                    email,
                    reply: None,
                    note: Text::default(),
                    replied_by: Text::default(),
                    replied_at: None,
                };
                (contact, token)
            })
            .collect();
        (enquiry, asked)
    });
    let form = EnquiryForm {
        mapping: room.mapping.id,
        id: id.to_string(),
        known: known.is_some(),
        question: fields.get("fraga").to_owned(),
        explanation: fields.get("forklaring").to_owned(),
        deadline: fields.get("sista-dag").to_owned(),
        rows,
        errors,
    };
    (form, read)
}

/// The last day, when it is one that can be chosen. The one there is may stay although it is over.
fn deadline(typed: &str, known: Option<&Enquiry>) -> Option<Date> {
    let day = date(typed)?;
    let days = today()..=today() + Duration::days(MOST_DAYS);
    let stays = known.is_some_and(|enquiry| enquiry.deadline == day);
    (stays || days.contains(&day)).then_some(day)
}
