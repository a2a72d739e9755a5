//! One person's answers in a confidential round, within a transaction: sealed for them, and counted by themselves.

use std::{collections::BTreeSet, slice};

use domain::ids::{CapabilityId, RoundId};
use uuid::Uuid;

use crate::{
    StoreError,
    answer::{Part, Row, day, mark, outcome, put_answers, put_response},
    answering::{AnswerForm, AnswerOutcome},
    database::{Tx, run},
    remark::{put_remark, remove_remarks},
    row::{municipality, surrogate},
    sealed::{Lock, Sealed},
};

/// A confidential round: the sheet is sealed, and what is counted lies by itself, one response a municipality.
pub(crate) async fn put_sealed(
    tx: &mut Tx,
    form: &AnswerForm,
    part: &Part,
    own: &[i16],
) -> Result<AnswerOutcome, StoreError> {
    let Some(code) = &form.code else {
        return Ok(AnswerOutcome::CodeNeeded);
    };
    let lock = Lock::new(RoundId::new(part.round), form.participant, code);
    let mut sealed = lock.find(tx).await?.unwrap_or_default();
    if part.submitted_at.is_some() && !sealed.submitted {
        return Ok(AnswerOutcome::CodeNeeded);
    }
    let submits = form.submit && !sealed.submitted;
    let changed = sealed.take_in(&form.ratings);
    if submits || changed && sealed.submitted {
        sealed.submitted = true;
        count_anew(tx, part.round, own, &mut sealed).await?;
    }
    if submits || changed {
        lock.put(tx, &sealed).await?;
    }
    mark(tx, form, part, day(form.at)).await?;
    Ok(outcome(sealed.submitted))
}

/// Writes what is counted of a confidential sheet anew, under new random ids; texts that are still there keep theirs,
/// and with it what was decided about them.
pub(crate) async fn count_anew(
    tx: &mut Tx,
    round: Uuid,
    own: &[i16],
    sealed: &mut Sealed,
) -> Result<(), StoreError> {
    for response in sealed.responses.drain(..) {
        for sql in [
            "DELETE FROM answer WHERE response = $1",
            "DELETE FROM response_municipality WHERE response = $1",
            "DELETE FROM response WHERE id = $1",
        ] {
            run!(tx, sql, response)?;
        }
    }
    let sheet = sealed.sheet();
    let capabilities: BTreeSet<CapabilityId> = (sheet.ratings.keys())
        .map(|(capability, _)| *capability)
        .collect();
    for code in own {
        let response = surrogate()?;
        put_response(tx, response, round, slice::from_ref(code), true).await?;
        sealed.responses.push(response);
        let whose = municipality(*code)?;
        let answers = (capabilities.iter())
            .filter_map(|capability| {
                let rating = sheet.rating_for(*capability, whose)?;
                let answered =
                    rating.current.is_some() || rating.target.is_some() || rating.effect.is_some();
                answered.then_some(Row {
                    response,
                    capability: *capability,
                    municipality: 0,
                    rating,
                    texts: false,
                })
            })
            .collect();
        put_answers(tx, answers).await?;
    }
    let mut wanted: BTreeSet<_> = (sheet.ratings.iter())
        .filter(|(_, rating)| !rating.comment.is_empty() || !rating.weakness.is_empty())
        .map(|((capability, _), rating)| {
            (*capability, rating.comment.clone(), rating.weakness.clone())
        })
        .collect();
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    for (capability, comment, weakness, id) in sealed.remarks.drain(..) {
        let words = (capability, comment, weakness);
        if wanted.remove(&words) {
            kept.push((words.0, words.1, words.2, id));
        } else {
            gone.push(id);
        }
    }
    remove_remarks(tx, &gone).await?;
    for (capability, comment, weakness) in wanted {
        let id = put_remark(tx, round, capability, &comment, &weakness).await?;
        kept.push((capability, comment, weakness, id));
    }
    sealed.remarks = kept;
    Ok(())
}
