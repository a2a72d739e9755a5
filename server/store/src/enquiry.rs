//! Interest enquiries: what municipalities are asked, whom the question is put to, and what they answer.

use std::collections::HashMap;

use domain::{
    ids::{AccountId, ContactId, EnquiryId, MailId, MappingId},
    letter::MailStatus,
    participation::{Contact, Enquiry, Entry, Reply},
    text::{Text, swedish_order},
};
use time::Date;
use uuid::Uuid;

use crate::{
    Store, StoreError, TokenHash,
    audit::put_act,
    database::{Either, Tx, row, rows, run},
    participation::state,
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

/// What someone answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenReply {
    /// The answer; none takes back one that was entered by mistake.
    pub reply: Option<Reply>,
    /// What they wrote with it.
    pub note: Text<0, 200>,
    /// Who answered, or where it is written.
    pub replied_by: Text<0, 80>,
}

/// What came of answering. Unless it is [`ReplyOutcome::Saved`], nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyOutcome {
    /// It is stored, or was so already.
    Saved,
    /// The last day to answer is over.
    Late,
    /// The enquiry is closed.
    Closed,
}

/// The latest letter to someone who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnquiryLetter {
    /// Which.
    pub id: MailId,
    /// What has become of it.
    pub status: MailStatus,
    /// When that was, in milliseconds since 1970 UTC.
    pub changed_at: i64,
    /// What the mail server said; may be empty.
    pub answer: String,
}

#[derive(sqlx::FromRow)]
struct EnquiryRow {
    id: Uuid,
    mapping: Uuid,
    question: String,
    explanation: String,
    deadline: String,
    created_at: i64,
    closed_at: Option<i64>,
}

impl EnquiryRow {
    fn read(self) -> Result<Enquiry, StoreError> {
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

    /// Stores what someone answers by their own link on the day `today`; they may change it to the end of the last day.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such contact.
    pub async fn reply(
        &self,
        contact: ContactId,
        given: GivenReply,
        today: Date,
        at: i64,
    ) -> Result<ReplyOutcome, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let enquiry = hold_enquiry(tx, contact).await?;
                    if enquiry.closed_at.is_some() {
                        return Ok(ReplyOutcome::Closed);
                    }
                    if !enquiry.is_open(today) {
                        return Ok(ReplyOutcome::Late);
                    }
                    put_reply(tx, contact, &given, at).await?;
                    Ok(ReplyOutcome::Saved)
                })
            })
            .await
    }

    /// Stores an answer that came another way, until the enquiry is closed; who entered it is in the audit log.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such contact.
    pub async fn enter_reply(
        &self,
        contact: ContactId,
        given: GivenReply,
        by: Option<AccountId>,
        at: i64,
    ) -> Result<ReplyOutcome, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let enquiry = hold_enquiry(tx, contact).await?;
                    if enquiry.closed_at.is_some() {
                        return Ok(ReplyOutcome::Closed);
                    }
                    if let Some(code) = put_reply(tx, contact, &given, at).await? {
                        let reply = given.reply.map_or("–", Reply::code);
                        let detail = format!("{} {code:04}: {reply}", enquiry.id);
                        let mapping = Some(enquiry.mapping);
                        put_act(tx, at, by, mapping, "enquiry.reply", &detail).await?;
                    }
                    Ok(ReplyOutcome::Saved)
                })
            })
            .await
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

    /// Takes what an enquiry says of the municipalities over into their participation, all of it or nothing; gives the
    /// number of entries that changed. Each is in the audit log.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the mapping lacks one of the municipalities.
    pub async fn take_over_replies(
        &self,
        mapping: MappingId,
        entries: Vec<Entry>,
        by: Option<AccountId>,
        at: i64,
    ) -> Result<usize, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let mut changed = 0;
                    for entry in entries {
                        changed += usize::from(state(tx, mapping, &entry, by, at).await?);
                    }
                    Ok(changed)
                })
            })
            .await
    }

    /// The latest letter to each of those whom an enquiry is put to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enquiry_letters(
        &self,
        enquiry: EnquiryId,
    ) -> Result<HashMap<ContactId, EnquiryLetter>, StoreError> {
        let found = rows!(
            (Uuid, Uuid, String, i64, String),
            self.db,
            "SELECT recipient, id, status, changed_at, answer FROM mail
             WHERE about = $1 AND kind = 'intresseförfrågan' ORDER BY changed_at, id",
            enquiry.uuid(),
        )?;
        found
            .into_iter()
            .map(|(recipient, id, status, changed_at, answer)| {
                let letter = EnquiryLetter {
                    id: MailId::new(id),
                    status: choice(&status, MailStatus::from_code)?,
                    changed_at,
                    answer,
                };
                Ok((ContactId::new(recipient), letter))
            })
            .collect()
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

/// The enquiry that someone is asked, kept from being closed or changed until the transaction ends.
async fn hold_enquiry(tx: &mut Tx, contact: ContactId) -> Result<Enquiry, StoreError> {
    // As for rounds: in SQLite a transaction that writes is alone anyway.
    let sql = match tx {
        Either::Sqlite(_) => {
            "SELECT id, mapping, question, explanation, deadline, created_at, closed_at FROM enquiry
             WHERE id = (SELECT enquiry FROM enquiry_contact WHERE id = $1)"
        }
        Either::Postgres(_) => {
            "SELECT id, mapping, question, explanation, deadline, created_at, closed_at FROM enquiry
             WHERE id = (SELECT enquiry FROM enquiry_contact WHERE id = $1) FOR SHARE"
        }
    };
    row!(EnquiryRow, tx, sql, contact.uuid())?
        .ok_or(StoreError::NotFound)?
        .read()
}

/// Stores an answer; the municipality's number when it was not there already.
async fn put_reply(
    tx: &mut Tx,
    contact: ContactId,
    given: &GivenReply,
    at: i64,
) -> Result<Option<i16>, StoreError> {
    let same = row!(
        (Uuid,),
        tx,
        "SELECT id FROM enquiry_contact
         WHERE id = $1 AND coalesce(reply, '') = $2 AND note = $3 AND replied_by = $4",
        contact.uuid(),
        given.reply.map_or("", Reply::code),
        given.note.as_str(),
        given.replied_by.as_str(),
    )?;
    if same.is_some() {
        return Ok(None);
    }
    let (code,) = row!(
        (i16,),
        tx,
        "UPDATE enquiry_contact SET reply = $2, note = $3, replied_by = $4, replied_at = $5
         WHERE id = $1 RETURNING municipality",
        contact.uuid(),
        given.reply.map(Reply::code),
        given.note.as_str(),
        given.replied_by.as_str(),
        given.reply.map(|_| at),
    )?
    .ok_or(StoreError::NotFound)?;
    Ok(Some(code))
}
