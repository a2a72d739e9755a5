//! An interest enquiry.

use app::texts::Texts;
use domain::{
    ids::{ContactId, EnquiryId},
    letter::Mail,
    mapping::Language,
    rights::Role,
};
use store::StoreError;

use super::{Composed, Draft};
use crate::{
    routes::{enquiry_link, today},
    state::App,
};

pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    enquiry: EnquiryId,
    contact: ContactId,
) -> Result<Composed, StoreError> {
    let moot = |said: &str| Ok(Composed::Moot(said.to_owned()));
    let texts = Texts(Language::Swedish);
    let Some(enquiry) = app.store.enquiry(enquiry).await? else {
        return moot(texts.enquiry_moot_removed());
    };
    let Some(mapping) = app.store.mapping(enquiry.mapping).await? else {
        return moot(texts.enquiry_moot_removed());
    };
    let texts = Texts(mapping.language);
    let contacts = app.store.contacts(enquiry.id).await?;
    let Some(contact) = contacts.into_iter().find(|one| one.id == contact) else {
        return moot(texts.enquiry_moot_removed());
    };
    if contact.reply.is_some() {
        return moot(texts.enquiry_moot_answered());
    }
    if !enquiry.is_open(today()) {
        return moot(texts.enquiry_moot_over());
    }
    let coordinators: Vec<_> = (app.store.accounts_of(mapping.id).await?.into_iter())
        .filter(|(account, role)| role.role == Role::Coordinator && !account.email.is_empty())
        .map(|(account, _)| format!("{} ({})", account.name, account.email))
        .collect();
    let whom = if coordinators.is_empty() {
        texts.letter_contact_unknown().to_owned()
    } else {
        texts.letter_contact(coordinators.join(texts.letter_contact_or()))
    };
    let (whose, name) = (contact.municipality.name(), mapping.name.as_str());
    let mut draft = Draft::new(texts, texts.enquiry_mail_subject(whose, name));
    if !mail.new.name.is_empty() {
        draft = draft.paragraph(&texts.letter_hello(&mail.new.name));
    }
    let message = draft
        .paragraph(&texts.enquiry_mail_lead(whose, name, mapping.period.as_str()))
        .heading(enquiry.question.as_str())
        .paragraph(enquiry.explanation.as_str())
        .paragraph(&texts.enquiry_mail_until(enquiry.deadline))
        .button(texts.enquiry_mail_button(), &enquiry_link(app, contact.id))
        .finish(&texts.enquiry_mail_footer(name, &app.public_url, whom, whose));
    Ok(Composed::Message(message))
}
