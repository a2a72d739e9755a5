//! What a round's results are made from: a few linear queries, joined here.

use std::collections::HashMap;

use domain::{
    ids::{CapabilityId, ParticipantId, RoundId},
    level::Answer,
    municipality::Municipality,
    results::Asked,
    survey::{Occupation, Progress, SubmittedAnswer},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Either, row, rows},
    row::{answer, choice, corrupt, municipalities, municipality},
    survey::progress,
};

/// What one person says: about what, for whom (0 for all of theirs); and the two answers.
type Given = (Uuid, i16, Option<Answer>, Option<Answer>);

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
        let index: HashMap<Uuid, usize> = (respondents.iter().map(|(response, _)| *response))
            .zip(0..)
            .collect();
        let mut sheets = vec![Vec::new(); respondents.len()];
        for (response, said) in rows!(
            (Uuid, Option<String>),
            self.db,
            self.sheets_sql(),
            round.uuid()
        )? {
            // Someone may have submitted between the two queries; they are in the next answer.
            if let (Some(&respondent), Some(said)) = (index.get(&response), said) {
                sheets[respondent] = read_sheet(&said)?;
            }
        }
        let mut answers = Vec::with_capacity(sheets.iter().map(Vec::len).sum());
        for ((respondent, sheet), (_, municipalities)) in (0..).zip(&mut sheets).zip(&respondents) {
            sheet.sort_unstable_by_key(|&(capability, scope, ..)| (capability, scope));
            for ratings in sheet.chunk_by(|a, b| a.0 == b.0) {
                expand(respondent, ratings, municipalities, &mut answers);
            }
        }
        Ok(answers)
    }

    /// One row a response, not one an answer: half a million rows take seconds, as many answers in their responses' rows
    /// a fraction of one. Of each answer: the capability, a colon, and its numbers as [`read_sheet`] takes them apart.
    fn sheets_sql(&self) -> &'static str {
        // The databases have different words for an id as text.
        match self.db {
            Either::Sqlite(_) => {
                "SELECT r.id, (
                     SELECT string_agg(hex(a.capability) || ':' || (a.municipality * 100
                         + coalesce(a.current_answer, 0) * 10 + coalesce(a.target_answer, 0) + 44), ',')
                     FROM answer a WHERE a.response = r.id)
                 FROM response r WHERE r.round = $1 AND r.submitted"
            }
            Either::Postgres(_) => {
                "SELECT r.id, (
                     SELECT string_agg(CAST(a.capability AS TEXT) || ':' || (a.municipality * 100
                         + coalesce(a.current_answer, 0) * 10 + coalesce(a.target_answer, 0) + 44), ',')
                     FROM answer a WHERE a.response = r.id)
                 FROM response r WHERE r.round = $1 AND r.submitted"
            }
        }
    }

    /// How many people were asked in a round, and how many of them have submitted. Someone who was removed counts only
    /// if they had submitted, for their answers count.
    pub async fn turnout(&self, round: RoundId) -> Result<(usize, usize), StoreError> {
        let (asked, submitted) = row!(
            (i64, i64),
            self.db,
            "SELECT count(*), count(submitted_at) FROM participant
             WHERE round = $1 AND (removed_at IS NULL OR submitted_at IS NOT NULL)",
            round.uuid(),
        )?
        .unwrap_or_default();
        Ok((
            usize::try_from(asked).unwrap_or_default(),
            usize::try_from(submitted).unwrap_or_default(),
        ))
    }

    /// Those who were asked in a round without their names, counted as in [`Store::turnout`], in order of their ids.
    pub async fn asked(&self, round: RoundId) -> Result<Vec<Asked>, StoreError> {
        let mut found = rows!(
            (Uuid, String, Option<i64>, Option<i16>),
            self.db,
            "SELECT p.id, p.occupation, p.submitted_at, m.municipality
             FROM participant p LEFT JOIN participant_municipality m ON m.participant = p.id
             WHERE p.round = $1 AND (p.removed_at IS NULL OR p.submitted_at IS NOT NULL)",
            round.uuid(),
        )?;
        found.sort_unstable();
        found
            .chunk_by(|a, b| a.0 == b.0)
            .map(|rows| {
                let (_, occupation, submitted_at, _) = &rows[0];
                Ok(Asked {
                    occupation: choice(occupation, Occupation::from_code)?,
                    municipalities: municipalities(rows.iter().filter_map(|row| row.3))?,
                    submitted: submitted_at.is_some(),
                })
            })
            .collect()
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

/// Reads the answers of a response's row. Their numbers: the municipality times 100, the current answer's code times 10
/// and the target answer's code, 0 where there is none, and 44, which makes them digits.
fn read_sheet(said: &str) -> Result<Vec<Given>, StoreError> {
    said.split(',')
        .map(|rating| {
            let unreadable = || corrupt("answer", rating);
            let (capability, numbers) = rating.split_once(':').ok_or_else(unreadable)?;
            let capability = Uuid::parse_str(capability).map_err(|_| unreadable())?;
            let numbers: u32 = numbers.parse().map_err(|_| unreadable())?;
            let scope = i16::try_from(numbers / 100).map_err(|_| unreadable())?;
            let given = |digit| match i16::try_from(digit % 10).unwrap_or_default() - 4 {
                0 => Ok(None),
                code => answer(Some(code)),
            };
            Ok((capability, scope, given(numbers / 10)?, given(numbers)?))
        })
        .collect()
}

/// One person's ratings of one capability, sorted by scope, as what holds for each of their municipalities.
fn expand(
    respondent: u32,
    ratings: &[Given],
    municipalities: &[(i16, Municipality)],
    answers: &mut Vec<SubmittedAnswer>,
) {
    let rating = |code: i16| {
        (ratings.binary_search_by_key(&code, |rating| rating.1).ok()).map(|place| &ratings[place])
    };
    let for_all = rating(0);
    for &(code, municipality) in municipalities {
        if let Some(&(capability, _, current, target)) = rating(code).or(for_all)
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
