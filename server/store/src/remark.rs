//! What people wrote in a round, apart from who they are.

use domain::{
    ids::{CapabilityId, RoundId},
    survey::Remark,
};
use uuid::Uuid;

use crate::{Store, StoreError, database::rows, row};

impl Store {
    /// Every comment and weakness of the submitted answers of a round, by capability and then in order of the words:
    /// their order says nothing about who wrote them, and two by the same person are not beside each other.
    pub async fn remarks(&self, round: RoundId) -> Result<Vec<Remark>, StoreError> {
        let found = rows!(
            (Uuid, String, String),
            self.db,
            "SELECT a.capability, a.comment, a.weakness
             FROM answer a JOIN response r ON r.id = a.response
             WHERE r.round = $1 AND r.submitted AND (a.comment <> '' OR a.weakness <> '')",
            round.uuid(),
        )?;
        let mut remarks = (found.into_iter())
            .map(|(capability, comment, weakness)| {
                Ok(Remark {
                    capability: CapabilityId::new(capability),
                    comment: row::text(comment)?,
                    weakness: row::text(weakness)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        remarks.sort_by(|a, b| {
            (a.capability.cmp(&b.capability))
                .then_with(|| a.weakness.cmp(&b.weakness))
                .then_with(|| a.comment.cmp(&b.comment))
        });
        Ok(remarks)
    }
}
