//! What was answered about effects on goals, in rounds that ask for it.

use std::collections::BTreeMap;

use domain::{
    ids::{CapabilityId, RoundId},
    survey::SubmittedEffect,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{row, rows},
    row::{answer, corrupt, municipality},
};

impl Store {
    /// Every submitted answer about effects, one for each municipality it holds for: the municipality's own where there
    /// is one, else the one for all.
    pub async fn survey_effects(&self, round: RoundId) -> Result<Vec<SubmittedEffect>, StoreError> {
        let mut found = rows!(
            (Uuid, i16, Uuid, i16, Option<i16>),
            self.db,
            "SELECT r.id, m.municipality, a.capability, a.municipality, a.effect_answer
             FROM response r
             JOIN response_municipality m ON m.response = r.id
             JOIN answer a ON a.response = r.id AND a.municipality IN (0, m.municipality)
             WHERE r.round = $1 AND r.submitted",
            round.uuid(),
        )?;
        // Of two for the same municipality its own comes last.
        found.sort_unstable();
        let mut numbers = BTreeMap::new();
        let mut effects = Vec::new();
        for same in found.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let Some((response, code, capability, _, said)) = same.last() else {
                continue;
            };
            let next = numbers.len();
            let respondent = *numbers.entry(*response).or_insert(next);
            if let Some(effect) = answer(*said)? {
                effects.push(SubmittedEffect {
                    respondent: u32::try_from(respondent)
                        .map_err(|_| corrupt("respondent", respondent))?,
                    municipality: municipality(*code)?,
                    capability: CapabilityId::new(*capability),
                    effect,
                });
            }
        }
        Ok(effects)
    }

    /// How many submitted responses a round has beside the first of each person: none in a named round; in a
    /// confidential one, where a person's response is kept in parts, one for each municipality, as many as there are
    /// parts beside people.
    pub async fn repeated_responses(&self, round: RoundId) -> Result<u32, StoreError> {
        let (responses, people) = row!(
            (i64, i64),
            self.db,
            "SELECT (SELECT count(*) FROM response WHERE round = $1 AND submitted),
                    (SELECT count(submitted_at) FROM participant WHERE round = $1)",
            round.uuid(),
        )?
        .unwrap_or_default();
        u32::try_from((responses - people).max(0)).map_err(|_| corrupt("responses", responses))
    }
}
