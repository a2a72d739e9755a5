//! One person's answers within a transaction.

use std::collections::BTreeSet;

use domain::{
    ids::{CapabilityId, MailId, MappingId, ParticipantId, RoundId},
    letter::{Letter, NewMail, OwnWords},
    level::Answer,
    survey::{Rating, Scope, Sheet, SurveyMode},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::{
    StoreError,
    answering::{AnswerForm, AnswerOutcome, Stored},
    confidential::put_sealed,
    database::{Either, Tx, on_either, row, rows, run},
    mail::put_mail,
    remark::sync_remarks,
    row::{choice, scope, scope_code, surrogate, text},
};

/// How many answers stand in one statement: the same number as often as can be, so that the database knows it already.
const ROWS: usize = 32;
/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The beginning of a day: in a confidential round no time tells more.
pub(crate) fn day(at: i64) -> i64 {
    at - at.rem_euclid(DAY)
}

/// A person's row and their round's, held until the transaction ends.
#[derive(sqlx::FromRow)]
pub(crate) struct Part {
    pub(crate) round: Uuid,
    name: String,
    email: String,
    started_at: Option<i64>,
    pub(crate) submitted_at: Option<i64>,
    removed_at: Option<i64>,
    mapping: Uuid,
    mode: String,
    closed_at: Option<i64>,
}

/// Holds the round open and the person's row, so that two tabs of one person come after one another.
async fn hold_part(tx: &mut Tx, participant: ParticipantId) -> Result<Part, StoreError> {
    const SQL: &str = "SELECT p.round, p.name, p.email, p.started_at, p.submitted_at, p.removed_at,
             r.mapping, r.mode, r.closed_at
         FROM participant p JOIN round r ON r.id = p.round WHERE p.id = $1";
    // In SQLite a transaction that writes is alone anyway; in PostgreSQL those who answer share the round, and whoever
    // closes it waits for them.
    const HELD: &str =
        "SELECT p.round, p.name, p.email, p.started_at, p.submitted_at, p.removed_at,
             r.mapping, r.mode, r.closed_at
         FROM participant p JOIN round r ON r.id = p.round WHERE p.id = $1
         FOR NO KEY UPDATE OF p FOR SHARE OF r";
    let sql = match tx {
        Either::Sqlite(_) => SQL,
        Either::Postgres(_) => HELD,
    };
    row!(Part, tx, sql, participant.uuid())?.ok_or(StoreError::NotFound)
}

/// Stores what one person answers. What is refused has changed nothing.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such participant; then nothing was changed either.
pub(crate) async fn store_answer(tx: &mut Tx, form: &AnswerForm) -> Result<Stored, StoreError> {
    let part = hold_part(tx, form.participant).await?;
    let before = part.submitted_at;
    let refused = |outcome| Stored {
        outcome,
        before,
        confidential: false,
    };
    if part.removed_at.is_some() {
        return Ok(refused(AnswerOutcome::Removed));
    }
    if part.closed_at.is_some() {
        return Ok(refused(AnswerOutcome::RoundClosed));
    }
    let own: Vec<i16> = rows!(
        (i16,),
        tx,
        "SELECT municipality FROM participant_municipality WHERE participant = $1",
        form.participant.uuid(),
    )?
    .into_iter()
    .map(|(code,)| code)
    .collect();
    let foreign = (form.ratings.iter())
        .map(|((_, scope), _)| scope_code(*scope))
        .any(|code| code != 0 && !own.contains(&code));
    if foreign {
        return Ok(refused(AnswerOutcome::ForeignMunicipality));
    }
    let confidential = choice(&part.mode, SurveyMode::from_code)? == SurveyMode::Confidential;
    let outcome = if confidential {
        put_sealed(tx, form, &part, &own).await?
    } else {
        put_named(tx, form, &part, &own).await?
    };
    Ok(Stored {
        outcome,
        before,
        confidential,
    })
}

/// A named round: the answers lie under a response that is tied to the person.
async fn put_named(
    tx: &mut Tx,
    form: &AnswerForm,
    part: &Part,
    own: &[i16],
) -> Result<AnswerOutcome, StoreError> {
    let participant = form.participant.uuid();
    let known = row!(
        (Uuid,),
        tx,
        "SELECT response FROM response_link WHERE participant = $1",
        participant,
    )?;
    let new = known.is_none();
    let response = match known {
        Some((response,)) => response,
        None => surrogate()?,
    };
    let submits = form.submit && part.submitted_at.is_none();
    let submitted = form.submit || part.submitted_at.is_some();
    if new {
        put_response(tx, response, part.round, own, submitted).await?;
        run!(
            tx,
            "INSERT INTO response_link (participant, response) VALUES ($1, $2)",
            participant,
            response,
        )?;
    } else if submits {
        run!(
            tx,
            "UPDATE response SET submitted = TRUE WHERE id = $1",
            response,
        )?;
    }
    let (empty, said): (Vec<_>, Vec<_>) =
        (form.ratings.iter()).partition(|(_, rating)| rating.is_empty());
    if !new && !empty.is_empty() {
        take_away(
            tx,
            response,
            empty.iter().map(|(place, _)| *place).collect(),
        )
        .await?;
    }
    let answers = said.iter().map(|((capability, scope), rating)| Row {
        response,
        capability: *capability,
        municipality: scope_code(*scope),
        rating,
        texts: true,
    });
    put_answers(tx, answers.collect()).await?;
    mark(tx, form, part, form.at).await?;
    // Most people write nothing, and a new response has no texts from before.
    let wordless = (form.ratings.iter())
        .all(|(_, rating)| rating.comment.is_empty() && rating.weakness.is_empty());
    if submitted && !(new && wordless) {
        let texts = texts_of(tx, response).await?;
        sync_remarks(tx, part.round, response, &texts).await?;
    }
    Ok(outcome(submitted))
}

pub(crate) fn outcome(submitted: bool) -> AnswerOutcome {
    if submitted {
        AnswerOutcome::Submitted
    } else {
        AnswerOutcome::Saved
    }
}

/// Notes with the person that they have begun and that they have submitted, and thanks them by letter.
pub(crate) async fn mark(
    tx: &mut Tx,
    form: &AnswerForm,
    part: &Part,
    at: i64,
) -> Result<(), StoreError> {
    let submits = form.submit && part.submitted_at.is_none();
    if part.started_at.is_none() || submits {
        run!(
            tx,
            "UPDATE participant SET started_at = coalesce(started_at, $2), submitted_at = coalesce(submitted_at, $3)
             WHERE id = $1",
            form.participant.uuid(),
            at,
            submits.then_some(at),
        )?;
    }
    if submits && !part.email.is_empty() {
        let thanks = NewMail {
            // Random, for an id by time would tell the order of answering.
            id: MailId::new(surrogate()?),
            mapping: Some(MappingId::new(part.mapping)),
            letter: Letter::Thanks(RoundId::new(part.round), form.participant),
            name: part.name.clone(),
            address: part.email.clone(),
            words: OwnWords::default(),
            dedupe: format!("tack:{}", form.participant),
            due_at: at,
        };
        put_mail(tx, &thanks, at).await?;
    }
    Ok(())
}

/// A new response. It carries the municipalities along, for the results must be counted when the tie to the person has
/// been cut, or never was.
pub(crate) async fn put_response(
    tx: &mut Tx,
    response: Uuid,
    round: Uuid,
    municipalities: &[i16],
    submitted: bool,
) -> Result<(), StoreError> {
    // SQLite numbers rows in the order they come; numbered by chance they tell nothing.
    let sql = match tx {
        Either::Sqlite(_) => {
            "INSERT INTO response (rowid, id, round, submitted) VALUES (abs(random() / 2), $1, $2, $3)"
        }
        Either::Postgres(_) => "INSERT INTO response (id, round, submitted) VALUES ($1, $2, $3)",
    };
    run!(tx, sql, response, round, submitted)?;
    for code in municipalities {
        run!(
            tx,
            "INSERT INTO response_municipality (response, municipality) VALUES ($1, $2)",
            response,
            *code,
        )?;
    }
    Ok(())
}

/// An answer as it is stored.
pub(crate) struct Row<'s> {
    pub(crate) response: Uuid,
    pub(crate) capability: CapabilityId,
    pub(crate) municipality: i16,
    pub(crate) rating: &'s Rating,
    /// Whether the free texts stand with it.
    pub(crate) texts: bool,
}

/// Stores answers, several in one statement, in place of those there are.
pub(crate) async fn put_answers(tx: &mut Tx, answers: Vec<Row<'_>>) -> Result<(), StoreError> {
    for rows in answers.chunks(ROWS) {
        on_either!(tx, link => {
            let mut query = QueryBuilder::new(
                "INSERT INTO answer
                     (response, capability, municipality, current_answer, target_answer, effect_answer, comment, weakness) ",
            );
            query.push_values(rows, |mut row, answer| {
                let words = |text: &'_ str| if answer.texts { text.to_owned() } else { String::new() };
                row.push_bind(answer.response)
                    .push_bind(answer.capability.uuid())
                    .push_bind(answer.municipality)
                    .push_bind(answer.rating.current.map(Answer::code))
                    .push_bind(answer.rating.target.map(Answer::code))
                    .push_bind(answer.rating.effect.map(Answer::code))
                    .push_bind(words(&answer.rating.comment))
                    .push_bind(words(&answer.rating.weakness));
            });
            query.push(
                " ON CONFLICT (response, capability, municipality) DO UPDATE SET
                     current_answer = excluded.current_answer, target_answer = excluded.target_answer,
                     effect_answer = excluded.effect_answer,
                     comment = excluded.comment, weakness = excluded.weakness",
            );
            query.build().execute(link).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Takes away those of these answers that there are.
async fn take_away(
    tx: &mut Tx,
    response: Uuid,
    places: BTreeSet<(CapabilityId, Scope)>,
) -> Result<(), StoreError> {
    let there = rows!(
        (Uuid, i16),
        tx,
        "SELECT capability, municipality FROM answer WHERE response = $1",
        response,
    )?;
    for (capability, code) in there {
        if places.contains(&(CapabilityId::new(capability), scope(code)?)) {
            run!(
                tx,
                "DELETE FROM answer WHERE response = $1 AND capability = $2 AND municipality = $3",
                response,
                capability,
                code,
            )?;
        }
    }
    Ok(())
}

/// The free texts of a response, as a sheet with nothing else in it.
async fn texts_of(tx: &mut Tx, response: Uuid) -> Result<Sheet, StoreError> {
    let ratings = rows!(
        (Uuid, i16, String, String),
        tx,
        "SELECT capability, municipality, comment, weakness FROM answer
         WHERE response = $1 AND (comment <> '' OR weakness <> '')",
        response,
    )?
    .into_iter()
    .map(|(capability, code, comment, weakness)| {
        let rating = Rating {
            comment: text(comment)?,
            weakness: text(weakness)?,
            ..Rating::default()
        };
        Ok(((CapabilityId::new(capability), scope(code)?), rating))
    })
    .collect::<Result<_, StoreError>>()?;
    Ok(Sheet { ratings })
}
