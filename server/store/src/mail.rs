//! The queue of letters.

use domain::letter::NewMail;

use crate::{Store, StoreError, database::run};

impl Store {
    /// Lays letters in the queue; those whose `dedupe` is there already are passed over. Gives the number of new ones.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn enqueue(&self, mails: Vec<NewMail>, at: i64) -> Result<u64, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let mut new = 0;
                    for mail in mails {
                        new += put_mail(tx, &mail, at).await?;
                    }
                    Ok(new)
                })
            })
            .await
    }
}

/// Lays a letter in the queue within a transaction; gives 1 when it was not there.
pub(crate) async fn put_mail(
    tx: &mut crate::database::Tx,
    mail: &NewMail,
    at: i64,
) -> Result<u64, StoreError> {
    Ok(run!(
        tx,
        "INSERT INTO mail (id, mapping, kind, about, recipient, number, name, address, words, dedupe, status, due_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'köat', $11, $12)
         ON CONFLICT (dedupe) DO NOTHING",
        mail.id.uuid(),
        mail.mapping.map(domain::ids::MappingId::uuid),
        mail.letter.kind(),
        mail.letter.about(),
        mail.letter.recipient(),
        i64::from(mail.letter.number()),
        mail.name.as_str(),
        mail.address.as_str(),
        mail.words.as_str(),
        mail.dedupe.as_str(),
        mail.due_at,
        at,
    )?)
}
