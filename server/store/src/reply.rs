//! What is answered to interest enquiries.

use domain::{
    ids::{AccountId, ContactId},
    participation::{Enquiry, Reply},
    text::Text,
};
use time::Date;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    audit::put_act,
    database::{Either, Tx, row},
    enquiry::EnquiryRow,
};

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

impl Store {
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
