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

    /// How many submitted responses a round may have beside the first of each person, at most: none in a named round.
    /// In a confidential one a person's response is kept in parts, one for each municipality, and nobody can tell whose
    /// they are; so every person who has submitted, and every sheet on paper, counts one less than its municipalities.
    /// Whoever has done both is counted twice, which hides more rather than less.
    pub async fn repeated_responses(&self, round: RoundId) -> Result<u32, StoreError> {
        let (repeated,) = row!(
            (i64,),
            self.db,
            "SELECT r.paper_repeats
                 + (SELECT count(*) FROM participant p JOIN participant_municipality m ON m.participant = p.id
                    WHERE p.round = r.id AND p.submitted_at IS NOT NULL)
                 - (SELECT count(*) FROM participant p WHERE p.round = r.id AND p.submitted_at IS NOT NULL)
             FROM round r WHERE r.id = $1 AND r.mode = 'konfidentiell'",
            round.uuid(),
        )?
        .unwrap_or_default();
        u32::try_from(repeated.max(0)).map_err(|_| corrupt("responses", repeated))
    }
}
