//! What a round's results are made from: a few linear queries, joined here.

use std::collections::HashMap;

use domain::{
    ids::{CapabilityId, ParticipantId, RoundId},
    level::Answer,
    municipality::Municipality,
    survey::{Progress, SubmittedAnswer},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::rows,
    row::{answer, municipality},
    survey::progress,
};

/// A rating's place in the round: who, about what, for whom (0 for all of theirs); and its two answers.
type Given = (u32, Uuid, i16, Option<Answer>, Option<Answer>);

impl Store {
    /// How far each person in a round has come, in order of their ids, with the number of capabilities that have both
    /// answers for every one of the person's municipalities; not those removed.
    pub async fn progress(
        &self,
        round: RoundId,
    ) -> Result<Vec<(ParticipantId, Progress, usize)>, StoreError> {
        let found = rows!(
            (Uuid, Option<i64>, Option<i64>, i64),
            self.db,
            "SELECT p.id, p.started_at, p.submitted_at, coalesce(c.capabilities, 0)
             FROM participant p
             LEFT JOIN response_link l ON l.participant = p.id
             LEFT JOIN (
                 SELECT response, count(*) AS capabilities FROM (
                     SELECT a.response
                     FROM answer a JOIN response r ON r.id = a.response
                     WHERE r.round = $1
                     GROUP BY a.response, a.capability
                     HAVING count(CASE WHEN a.municipality <> 0
                             AND (a.current_answer IS NULL OR a.target_answer IS NULL) THEN 1 END) = 0
                         AND (count(CASE WHEN a.municipality = 0
                                 AND a.current_answer IS NOT NULL AND a.target_answer IS NOT NULL THEN 1 END) = 1
                             OR count(CASE WHEN a.municipality <> 0 THEN 1 END) = (
                                 SELECT count(*) FROM response_municipality m WHERE m.response = a.response))
                 ) complete GROUP BY response
             ) c ON c.response = l.response
             WHERE p.round = $1 AND p.removed_at IS NULL ORDER BY p.id",
            round.uuid(),
        )?;
        Ok(found
            .into_iter()
            .map(|(id, started_at, submitted_at, capabilities)| {
                let count = usize::try_from(capabilities).unwrap_or_default();
                (
                    ParticipantId::new(id),
                    progress(started_at, submitted_at),
                    count,
                )
            })
            .collect())
    }

    /// Every submitted answer of a round, one for each municipality it holds for: the municipality's own where there is
    /// one, else the one for all. Ratings without any level or other answer are left out. Respondents are numbered from
    /// 0 in the order of participants' ids; people removed after submitting are among them.
    pub async fn submitted_answers(
        &self,
        round: RoundId,
    ) -> Result<Vec<SubmittedAnswer>, StoreError> {
        let respondents = self.respondents(round).await?;
        let index: HashMap<Uuid, u32> = (respondents.iter().map(|(response, _)| *response))
            .zip(0..)
            .collect();
        let mut given = Vec::new();
        for (response, capability, scope, current, target) in rows!(
            (Uuid, Uuid, i16, Option<i16>, Option<i16>),
            self.db,
            "SELECT a.response, a.capability, a.municipality, a.current_answer, a.target_answer
             FROM answer a JOIN response r ON r.id = a.response
             WHERE r.round = $1 AND r.submitted",
            round.uuid(),
        )? {
            // Someone may have submitted between the two queries; they are in the next answer.
            if let Some(&respondent) = index.get(&response) {
                given.push((
                    respondent,
                    capability,
                    scope,
                    answer(current)?,
                    answer(target)?,
                ));
            }
        }
        given.sort_unstable_by_key(|&(respondent, capability, scope, ..)| {
            (respondent, capability, scope)
        });
        let mut answers = Vec::with_capacity(given.len());
        for ratings in given.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (_, municipalities) = &respondents[ratings[0].0 as usize];
            expand(ratings, municipalities, &mut answers);
        }
        Ok(answers)
    }

    /// Submitted responses in order of their participants, with the municipalities they hold for.
    async fn respondents(
        &self,
        round: RoundId,
    ) -> Result<Vec<(Uuid, Vec<(i16, Municipality)>)>, StoreError> {
        let mut found = rows!(
            (Option<Uuid>, Uuid, i16),
            self.db,
            "SELECT l.participant, r.id, m.municipality
             FROM response r
             JOIN response_municipality m ON m.response = r.id
             LEFT JOIN response_link l ON l.response = r.id
             WHERE r.round = $1 AND r.submitted",
            round.uuid(),
        )?;
        found.sort_unstable();
        found
            .chunk_by(|a, b| a.1 == b.1)
            .map(|rows| {
                let municipalities = rows
                    .iter()
                    .map(|&(_, _, code)| Ok((code, municipality(code)?)))
                    .collect::<Result<_, StoreError>>()?;
                Ok((rows[0].1, municipalities))
            })
            .collect()
    }
}

/// One person's ratings of one capability, sorted by scope, as what holds for each of their municipalities.
fn expand(
    ratings: &[Given],
    municipalities: &[(i16, Municipality)],
    answers: &mut Vec<SubmittedAnswer>,
) {
    let rating = |code: i16| {
        (ratings.binary_search_by_key(&code, |rating| rating.2).ok()).map(|place| &ratings[place])
    };
    let for_all = rating(0);
    for &(code, municipality) in municipalities {
        if let Some(&(respondent, capability, _, current, target)) = rating(code).or(for_all)
            && (current.is_some() || target.is_some())
        {
            answers.push(SubmittedAnswer {
                respondent,
                municipality,
                capability: CapabilityId::new(capability),
                current,
                target,
            });
        }
    }
}
