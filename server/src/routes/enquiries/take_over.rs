//! Taking what was answered over into the participation, after a look at what changes.

use std::collections::HashMap;

use app::{
    components::{Errors, swedish_time},
    pages::participation::take_over::{self as pages, ChangeRow, TakeOverPage},
    texts::Texts,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{EnquiryId, MappingId},
    participation::{Contact, Enquiry, Entry, consequence},
    text::Text,
};
use store::StoreError;

use super::{back, enter, form_page, of_mapping, today};
use crate::{
    error::Failure,
    form::Fields,
    routes::participation::account,
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

/// What would change, with whom it is about.
async fn changes(room: &Room, enquiry: &Enquiry) -> Result<Vec<(ChangeRow, Contact)>, Failure> {
    let contacts = room.app.store.contacts(enquiry.id).await?;
    let mut contacts: HashMap<_, _> = (contacts.into_iter())
        .map(|contact| (contact.municipality, contact))
        .collect();
    let changes = (room.mapping.members.iter())
        .filter_map(|member| {
            let contact = contacts.remove(&member.municipality)?;
            let row = ChangeRow {
                municipality: member.municipality,
                reply: contact.reply,
                now: member.participation,
                becomes: consequence(member.participation, contact.reply)?,
            };
            Some((row, contact))
        })
        .collect();
    Ok(changes)
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry)): Path<(MappingId, EnquiryId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let enquiry = of_mapping(&room, enquiry).await?;
    page(&room, enquiry, Errors::default()).await
}

async fn page(room: &Room, enquiry: Enquiry, errors: Errors) -> Result<Response, Failure> {
    let changes = changes(room, &enquiry).await?;
    let data = TakeOverPage {
        rows: changes.into_iter().map(|(row, _)| row).collect(),
        op: new_id().to_string(),
        open: enquiry.is_open(today()),
        enquiry,
        errors,
    };
    let title = room.texts.enquiry_take_title().to_owned();
    let again = !data.errors.is_empty();
    Ok(form_page(room, title, again, move |frame| {
        pages::page(frame.texts, &data)
    })
    .await)
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, enquiry)): Path<(MappingId, EnquiryId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    fields.op()?;
    let enquiry = of_mapping(&room, enquiry).await?;
    let chosen: Vec<_> = fields.all("kommun").collect();
    let changes = changes(&room, &enquiry).await?;
    // Sent again, there is nothing left to change.
    if chosen.is_empty() && !changes.is_empty() {
        let mut errors = Errors::default();
        errors.add("kommun", room.texts.enquiry_take_none_chosen());
        return page(&room, enquiry, errors).await;
    }
    let entries: Vec<_> = (changes.into_iter())
        .filter(|(row, _)| chosen.contains(&row.municipality.to_string().as_str()))
        .map(|(row, contact)| entry(room.texts, &row, &contact))
        .collect();
    if !entries.is_empty() {
        let done = (app.store)
            .put_participation(id, entries, account(&room), now())
            .await;
        match done {
            Ok(_) => {}
            Err(StoreError::NotFound) => return Err(Failure::NotFound),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(back(&room, &enquiry, "infort"))
}

/// What stands of a municipality afterwards: since the day of its answer, from whoever gave it.
fn entry(texts: Texts, row: &ChangeRow, contact: &Contact) -> Entry {
    let since = (contact.replied_at).map_or_else(today, |at| swedish_time(at).date());
    let source = if contact.replied_by.is_empty() {
        texts.enquiry_take_source().to_owned()
    } else {
        texts.enquiry_take_source_by(contact.replied_by.as_str())
    };
    Entry {
        municipality: row.municipality,
        step: None,
        grade: row.becomes.grade,
        since: Some(since),
        // The words of ours and a name fit in both languages.
        source: Text::parse(&source).unwrap_or_default(),
        note: contact.note.clone(),
    }
}
