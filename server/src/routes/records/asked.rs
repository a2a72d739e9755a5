//! What is kept about someone who is asked in a round, behind their personal link.

use app::{
    components::{date, date_time, occupation_text},
    pages::{
        records::{
            asked::{self as pages, Asked, OwnAnswer},
            own::Section,
        },
        survey::answer_text,
    },
};
use axum::{http::StatusCode, response::Response};
use domain::{
    level::Answer,
    survey::{Rating, Scope, SurveyMode},
};
use serde_json::json;
use store::records::OwnParticipant;

use super::{
    super::survey::Seat,
    file,
    own::{letters, letters_json},
};
use crate::{error::Failure, state::now};

async fn kept(seat: &Seat) -> Result<OwnParticipant, Failure> {
    let id = seat.survey.participant.id;
    Ok(seat.app.store.own_participant(id).await?)
}

/// Whether there are answers that this browser has no code for.
fn is_sealed(seat: &Seat) -> bool {
    seat.survey.round.mode == SurveyMode::Confidential && seat.survey.sheet.ratings.is_empty()
}

pub(super) async fn show(seat: Seat) -> Result<Response, Failure> {
    let own = kept(&seat).await?;
    let (texts, survey) = (seat.texts, &seat.survey);
    let person = &survey.participant;
    let municipalities: Vec<_> = person.municipalities.iter().map(|m| m.name()).collect();
    // In a confidential round the day is all that is known.
    let moment = |at: Option<i64>| match (at, survey.round.mode) {
        (None, _) => texts.record_own_not_yet().to_owned(),
        (Some(at), SurveyMode::Named) => date_time(at),
        (Some(at), SurveyMode::Confidential) => date(at),
    };
    let email = if person.email.is_empty() {
        texts.record_own_no_email().to_owned()
    } else {
        person.email.to_string()
    };
    let facts = vec![
        (texts.record_own_name(), person.name.to_string()),
        (texts.record_own_email(), email),
        (
            texts.record_own_asked_occupation(),
            occupation_text(texts, person.occupation).to_owned(),
        ),
        (
            texts.record_own_asked_municipalities(),
            municipalities.join(", "),
        ),
        (texts.record_own_asked_added(), date(own.added_at)),
        (texts.record_own_asked_started(), moment(own.started_at)),
        (texts.record_own_asked_submitted(), moment(own.submitted_at)),
    ];
    let data = Asked {
        address: survey.address(""),
        round: survey.round.name.to_string(),
        sections: vec![
            Section {
                title: texts.record_own_asked(),
                facts,
                lines: Vec::new(),
            },
            Section {
                title: texts.record_own_letters(),
                facts: Vec::new(),
                lines: letters(&seat.app, texts, &own.letters),
            },
        ],
        answers: answers(&seat),
        sealed: is_sealed(&seat),
    };
    let title = texts.record_own_title().to_owned();
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            pages::page(frame.texts, &data)
        })
        .await)
}

/// The answers in words, in the order of the survey.
fn answers(seat: &Seat) -> Vec<OwnAnswer> {
    let (texts, sheet) = (seat.texts, &seat.survey.sheet);
    let asked = seat.survey.areas.iter().flat_map(|area| &area.capabilities);
    asked
        .flat_map(|asked| {
            let own = (sheet.ratings.iter()).filter(|((capability, _), _)| *capability == asked.id);
            own.map(|((_, scope), rating)| OwnAnswer {
                capability: asked.name.clone(),
                scope: match scope {
                    Scope::All => texts.record_own_scope_all().to_owned(),
                    Scope::Only(municipality) => municipality.name().to_owned(),
                },
                levels: [rating.current, rating.target, rating.effect].map(|answer| {
                    answer.map_or_else(String::new, |answer| answer_text(texts, answer))
                }),
                comment: rating.comment.to_string(),
                weakness: rating.weakness.to_string(),
            })
        })
        .collect()
}

pub(super) async fn json(seat: Seat) -> Result<Response, Failure> {
    let own = kept(&seat).await?;
    let survey = &seat.survey;
    let person = &survey.participant;
    let code = |answer: Option<Answer>| answer.map(Answer::code);
    let rating = |(&(capability, scope), rating): (&(_, Scope), &Rating)| {
        json!({
            "capability": capability,
            "municipality": match scope {
                Scope::All => None,
                Scope::Only(municipality) => Some(municipality),
            },
            "current_answer": code(rating.current),
            "target_answer": code(rating.target),
            "effect_answer": code(rating.effect),
            "comment": rating.comment,
            "weakness": rating.weakness,
        })
    };
    let value = json!({
        "format": "formagekartan-participant",
        "version": 1,
        "made_at": now(),
        "mapping": survey.mapping,
        "round": { "id": survey.round.id, "name": survey.round.name, "mode": survey.round.mode },
        "participant": {
            "id": person.id,
            "name": person.name,
            "email": person.email,
            "occupation": person.occupation,
            "municipalities": person.municipalities,
            "added_at": own.added_at,
            "started_at": own.started_at,
            "submitted_at": own.submitted_at,
        },
        "letters": letters_json(&own.letters),
        "answers_sealed": is_sealed(&seat),
        "answers": survey.sheet.ratings.iter().map(rating).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&value).map_err(|_| Failure::Internal)?;
    Ok(file("application/json", "mina-uppgifter.json", text))
}
