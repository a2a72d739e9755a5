//! Interest enquiries: what municipalities are asked, whom the question is put to, and what they answer.

use domain::{
    ids::{AccountId, ContactId, EnquiryId, MappingId},
    participation::{Contact, Enquiry, Reply},
    text::swedish_order,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, TokenHash,
    audit::put_act,
    database::{Tx, row, rows, run},
    row::{choice, day, municipality, municipality_code, text},
};

/// What a link to an enquiry leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnquiryLink {
    /// The enquiry.
    pub enquiry: Enquiry,
    /// Whose link it is, and what they have answered.
    pub contact: Contact,
}

#[derive(sqlx::FromRow)]
pub(crate) struct EnquiryRow {
    id: Uuid,
    mapping: Uuid,
    question: String,
    explanation: String,
    deadline: String,
    created_at: i64,
    closed_at: Option<i64>,
}

impl EnquiryRow {
    pub(crate) fn read(self) -> Result<Enquiry, StoreError> {
        Ok(Enquiry {
            id: EnquiryId::new(self.id),
            mapping: MappingId::new(self.mapping),
            question: text(self.question)?,
            explanation: text(self.explanation)?,
            deadline: day(&self.deadline)?,
            created_at: self.created_at,
            closed_at: self.closed_at,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ContactRow {
    id: Uuid,
    enquiry: Uuid,
    municipality: i16,
    name: String,
    email: String,
    reply: Option<String>,
    note: String,
    replied_by: String,
    replied_at: Option<i64>,
}

impl ContactRow {
    fn read(self) -> Result<Contact, StoreError> {
        Ok(Contact {
            id: ContactId::new(self.id),
            enquiry: EnquiryId::new(self.enquiry),
            municipality: municipality(self.municipality)?,
            name: text(self.name)?,
            email: text(self.email)?,
            reply: (self.reply)
                .map(|reply| choice(&reply, Reply::from_code))
                .transpose()?,
            note: text(self.note)?,
            replied_by: text(self.replied_by)?,
            replied_at: self.replied_at,
        })
    }
}

impl Store {
    /// Stores an enquiry with whom it is put to, one a municipality, or changes one that is not closed. A contact of a
    /// municipality that was asked before keeps its id, its link and its answer; one that is left out goes, unless it
    /// has answered.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `enquiry_id` when the id is another mapping's, `enquiry_closed`, `enquiry_contact_id`
    /// or `enquiry_contact_token`; [`StoreError::NotFound`] when there is no such mapping.
    pub async fn save_enquiry(
        &self,
        enquiry: &Enquiry,
        contacts: &[(Contact, TokenHash)],
        by: Option<AccountId>,
        at: i64,
    ) -> Result<(), StoreError> {
        let (enquiry, contacts) = (enquiry.clone(), contacts.to_vec());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    put_enquiry(tx, &enquiry).await?;
                    for (contact, token_hash) in &contacts {
                        put_contact(tx, enquiry.id, contact, token_hash).await?;
                    }
                    let asked: Vec<_> = (contacts.iter())
                        .map(|(contact, _)| municipality_code(contact.municipality))
                        .collect();
                    for (code,) in rows!(
                        (i16,),
                        tx,
                        "SELECT municipality FROM enquiry_contact WHERE enquiry = $1 AND reply IS NULL",
                        enquiry.id.uuid(),
                    )? {
                        if !asked.contains(&code) {
                            run!(
                                tx,
                                "DELETE FROM enquiry_contact WHERE enquiry = $1 AND municipality = $2",
                                enquiry.id.uuid(),
                                code,
                            )?;
                        }
                    }
                    let (mapping, detail) = (Some(enquiry.mapping), enquiry.id.to_string());
                    put_act(tx, at, by, mapping, "enquiry.save", &detail).await
                })
            })
            .await
    }

    /// A mapping's enquiries, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enquiries(&self, mapping: MappingId) -> Result<Vec<Enquiry>, StoreError> {
        rows!(
            EnquiryRow,
            self.db,
            "SELECT id, mapping, question, explanation, deadline, created_at, closed_at
             FROM enquiry WHERE mapping = $1 ORDER BY created_at DESC, id DESC",
            mapping.uuid(),
        )?
        .into_iter()
        .map(EnquiryRow::read)
        .collect()
    }

    /// One enquiry.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enquiry(&self, id: EnquiryId) -> Result<Option<Enquiry>, StoreError> {
        row!(
            EnquiryRow,
            self.db,
            "SELECT id, mapping, question, explanation, deadline, created_at, closed_at
             FROM enquiry WHERE id = $1",
            id.uuid(),
        )?
        .map(EnquiryRow::read)
        .transpose()
    }

    /// Whom an enquiry is put to, in Swedish order of their municipalities.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contacts(&self, enquiry: EnquiryId) -> Result<Vec<Contact>, StoreError> {
        let mut contacts = rows!(
            ContactRow,
            self.db,
            "SELECT id, enquiry, municipality, name, email, reply, note, replied_by, replied_at
             FROM enquiry_contact WHERE enquiry = $1",
            enquiry.uuid(),
        )?
        .into_iter()
        .map(ContactRow::read)
        .collect::<Result<Vec<_>, _>>()?;
        contacts.sort_by(|a, b| swedish_order(a.municipality.name(), b.municipality.name()));
        Ok(contacts)
    }

    /// What a link to an enquiry leads to; none when there is no such link.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enquiry_by_token(
        &self,
        token_hash: TokenHash,
    ) -> Result<Option<EnquiryLink>, StoreError> {
        let found = row!(
            ContactRow,
            self.db,
            "SELECT id, enquiry, municipality, name, email, reply, note, replied_by, replied_at
             FROM enquiry_contact WHERE token_hash = $1",
            &token_hash[..],
        )?;
        let Some(contact) = found.map(ContactRow::read).transpose()? else {
            return Ok(None);
        };
        let enquiry = (self.enquiry(contact.enquiry).await?).ok_or(StoreError::NotFound)?;
        Ok(Some(EnquiryLink { enquiry, contact }))
    }

    /// Closes an enquiry. A closed one stays as it is, with the time it was first closed at.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such enquiry.
    pub async fn close_enquiry(
        &self,
        id: EnquiryId,
        by: Option<AccountId>,
        at: i64,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let closed = row!(
                        (Uuid,),
                        tx,
                        "UPDATE enquiry SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL
                         RETURNING mapping",
                        id.uuid(),
                        at,
                    )?;
                    if let Some((mapping,)) = closed {
                        let (mapping, detail) = (Some(MappingId::new(mapping)), id.to_string());
                        return put_act(tx, at, by, mapping, "enquiry.close", &detail).await;
                    }
                    row!(
                        (Uuid,),
                        tx,
                        "SELECT id FROM enquiry WHERE id = $1",
                        id.uuid()
                    )?
                    .ok_or(StoreError::NotFound)?;
                    Ok(())
                })
            })
            .await
    }
}

async fn put_enquiry(tx: &mut Tx, enquiry: &Enquiry) -> Result<(), StoreError> {
    let stored = run!(
        tx,
        "INSERT INTO enquiry (id, mapping, question, explanation, deadline, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET
             question = excluded.question, explanation = excluded.explanation,
             deadline = excluded.deadline
         WHERE enquiry.mapping = excluded.mapping AND enquiry.closed_at IS NULL",
        enquiry.id.uuid(),
        enquiry.mapping.uuid(),
        enquiry.question.as_str(),
        enquiry.explanation.as_str(),
        enquiry.deadline.to_string(),
        enquiry.created_at,
    )?;
    if stored > 0 {
        return Ok(());
    }
    let ours = row!(
        (Uuid,),
        tx,
        "SELECT id FROM enquiry WHERE id = $1 AND mapping = $2",
        enquiry.id.uuid(),
        enquiry.mapping.uuid(),
    )?;
    Err(StoreError::Conflict(match ours {
        Some(_) => "enquiry_closed",
        None => "enquiry_id",
    }))
}

async fn put_contact(
    tx: &mut Tx,
    enquiry: EnquiryId,
    contact: &Contact,
    token_hash: &TokenHash,
) -> Result<(), StoreError> {
    run!(
        tx,
        "INSERT INTO enquiry_contact (id, enquiry, municipality, name, email, token_hash)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (enquiry, municipality) DO UPDATE SET
             name = excluded.name, email = excluded.email",
        contact.id.uuid(),
        enquiry.uuid(),
        municipality_code(contact.municipality),
        contact.name.as_str(),
        contact.email.as_str(),
        &token_hash[..],
    )?;
    Ok(())
}
