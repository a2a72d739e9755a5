//! Free texts of submitted answers, apart from who wrote them, and whether others may read them.

use std::collections::BTreeSet;

use domain::{
    ids::{CapabilityId, RemarkId, RoundId},
    survey::{Remark, Screening, Sheet},
    text::{Comment, Text},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Tx, rows, run},
    row::{self, choice, surrogate},
};

#[derive(sqlx::FromRow)]
struct RemarkRow {
    id: Uuid,
    capability: Uuid,
    comment: String,
    weakness: String,
    screening: String,
}

impl RemarkRow {
    fn read(self) -> Result<Remark, StoreError> {
        Ok(Remark {
            id: RemarkId::new(self.id),
            capability: CapabilityId::new(self.capability),
            comment: row::text(self.comment)?,
            weakness: row::text(self.weakness)?,
            screening: choice(&self.screening, Screening::from_code)?,
        })
    }
}

impl Store {
    /// Every free text of a round's submitted answers, read or not: for those who screen them, and nobody else. By
    /// capability and then in order of the words: their order says nothing about who wrote them, and two by the same
    /// person are not beside each other.
    pub async fn remarks(&self, round: RoundId) -> Result<Vec<Remark>, StoreError> {
        let mut remarks = rows!(
            RemarkRow,
            self.db,
            "SELECT id, capability, comment, weakness, screening FROM remark WHERE round = $1",
            round.uuid(),
        )?
        .into_iter()
        .map(RemarkRow::read)
        .collect::<Result<Vec<_>, _>>()?;
        remarks.sort_by(|a, b| {
            (a.capability.cmp(&b.capability))
                .then_with(|| a.weakness.cmp(&b.weakness))
                .then_with(|| a.comment.cmp(&b.comment))
        });
        Ok(remarks)
    }

    /// The free texts of a round that a facilitator has let others read, in the order of [`Store::remarks`].
    pub async fn shown_remarks(&self, round: RoundId) -> Result<Vec<Remark>, StoreError> {
        let mut remarks = self.remarks(round).await?;
        remarks.retain(|remark| remark.screening == Screening::Shown);
        Ok(remarks)
    }

    /// Decides whether others may read a text.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the round has no such text; it may have been rewritten meanwhile.
    pub async fn screen_remark(
        &self,
        round: RoundId,
        id: RemarkId,
        screening: Screening,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let found = run!(
                        tx,
                        "UPDATE remark SET screening = $3 WHERE id = $2 AND round = $1",
                        round.uuid(),
                        id.uuid(),
                        screening.code(),
                    )?;
                    if found == 0 {
                        return Err(StoreError::NotFound);
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Lets others read every text of a round that waits, and gives how many that was. In a closed round those are the
    /// ones that a facilitator has in front of them, for none is written any more.
    pub async fn show_waiting_remarks(&self, round: RoundId) -> Result<u64, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    Ok(run!(
                        tx,
                        "UPDATE remark SET screening = $2 WHERE round = $1 AND screening = $3",
                        round.uuid(),
                        Screening::Shown.code(),
                        Screening::Waiting.code(),
                    )?)
                })
            })
            .await
    }
}

/// Makes the texts kept for a named, submitted response equal to those of its sheet. A text that is still there keeps
/// what was decided about it; one that is new or changed waits to be read. The same words about the same capability, for
/// two municipalities, are one text.
pub(crate) async fn sync_remarks(
    tx: &mut Tx,
    round: Uuid,
    response: Uuid,
    sheet: &Sheet,
) -> Result<(), StoreError> {
    let mut wanted: BTreeSet<(CapabilityId, Comment, Text<0, 120>)> = (sheet.ratings.iter())
        .filter(|(_, rating)| !rating.comment.is_empty() || !rating.weakness.is_empty())
        .map(|((capability, _), rating)| {
            (*capability, rating.comment.clone(), rating.weakness.clone())
        })
        .collect();
    let kept = rows!(
        RemarkRow,
        tx,
        "SELECT id, capability, comment, weakness, screening FROM remark WHERE response = $1",
        response,
    )?;
    let mut gone = Vec::new();
    for row in kept {
        let remark = row.read()?;
        let id = remark.id.uuid();
        if !wanted.remove(&(remark.capability, remark.comment, remark.weakness)) {
            gone.push(id);
        }
    }
    remove_remarks(tx, &gone).await?;
    for (capability, comment, weakness) in wanted {
        insert(tx, round, Some(response), capability, &comment, &weakness).await?;
    }
    Ok(())
}

/// Stores a free text without a response, as a confidential round keeps it: waiting to be read, under a random id that
/// is given back.
pub(crate) async fn put_remark(
    tx: &mut Tx,
    round: Uuid,
    capability: CapabilityId,
    comment: &Comment,
    weakness: &Text<0, 120>,
) -> Result<Uuid, StoreError> {
    insert(tx, round, None, capability, comment, weakness).await
}

/// Takes texts away, whatever was decided about them.
pub(crate) async fn remove_remarks(tx: &mut Tx, ids: &[Uuid]) -> Result<(), StoreError> {
    for id in ids {
        run!(tx, "DELETE FROM remark WHERE id = $1", *id)?;
    }
    Ok(())
}

async fn insert(
    tx: &mut Tx,
    round: Uuid,
    response: Option<Uuid>,
    capability: CapabilityId,
    comment: &Comment,
    weakness: &Text<0, 120>,
) -> Result<Uuid, StoreError> {
    let id = surrogate()?;
    run!(
        tx,
        "INSERT INTO remark (id, round, capability, comment, weakness, screening, response)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id,
        round,
        capability.uuid(),
        comment.as_str(),
        weakness.as_str(),
        Screening::Waiting.code(),
        response,
    )?;
    Ok(id)
}
