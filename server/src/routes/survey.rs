//! A participant's survey, behind a personal link.

use std::collections::BTreeMap;

use app::{
    components::Errors,
    document::Frame,
    pages::survey::{self as pages, Area, Asked, Survey},
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    rights::{Action, Actor, Subject, may},
    survey::{
        Progress, Sheet,
        form::{self, Fault, Field, Part},
    },
    workshop::Stage,
};
use leptos::prelude::AnyView;
use sha2::{Digest, Sha256};
use store::{ParticipantLink, SaveOutcome, SubmitOutcome};

use crate::{
    error::Failure,
    form::{Fields, text_error},
    link::Token,
    page::{render, see_other},
    state::{App, now},
    visitor::Visitor,
};

/// The header by which the page's script says that it only saves a draft and shows no page.
const DRAFT: &str = "x-draft";
/// The header that answers a draft with the version of the page that is now saved.
const VERSION: &str = "x-version";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/e/{token}", get(welcome))
        .route("/e/{token}/granska", get(review))
        .route("/e/{token}/skicka", post(submit))
        .route("/e/{token}/klart", get(done))
        .route("/e/{token}/{area}", get(area).post(save))
}

/// A participant who has been let into their survey.
struct Seat {
    app: App,
    visitor: Visitor,
    texts: Texts,
    survey: Survey,
    open: bool,
}

impl Seat {
    /// Lets the holder of a link into their survey, open or closed.
    ///
    /// # Errors
    /// [`Failure::SurveyLink`] when the link is not known, [`Failure::Removed`] when the person was taken out.
    async fn enter(app: App, visitor: Visitor, token: String) -> Result<Self, Failure> {
        let hash = Token::received(&token).hash();
        let (participant, round, mapping, open) = match app.store.participant_by_token(hash).await?
        {
            ParticipantLink::Open {
                participant,
                round,
                mapping,
            } => (participant, round, mapping, true),
            ParticipantLink::Closed {
                participant,
                round,
                mapping,
            } => (participant, round, mapping, false),
            ParticipantLink::Removed => return Err(Failure::Removed),
            ParticipantLink::Unknown => return Err(Failure::SurveyLink),
        };
        let actor = Actor::Participant {
            id: participant.id,
            mapping: mapping.id,
            round: round.id,
            municipalities: participant.municipalities.clone(),
        };
        let allowed = participant.municipalities.iter().all(|municipality| {
            let subject = Subject::Survey {
                round: round.id,
                municipality: *municipality,
            };
            may(&actor, Action::AnswerSurvey, &subject)
        });
        if !allowed {
            return Err(Failure::Forbidden);
        }
        let state = app.store.map_state(mapping.id).await?;
        let version = state.version(round.version).ok_or(Failure::NotFound)?;
        let (sheet, progress) = app.store.sheet(participant.id).await?;
        let texts = visitor.texts_for(mapping.language);
        Ok(Self {
            survey: Survey {
                token,
                mapping: mapping.name.to_string(),
                period: mapping.period.to_string(),
                areas: pages::areas(texts, &version.contents),
                round,
                participant,
                sheet,
                progress,
                workshop: state.work.stages.values().any(Stage::is_open),
            },
            app,
            visitor,
            texts,
            open,
        })
    }

    /// Goes on only while the round takes answers; one who has submitted sees what they answered instead.
    ///
    /// # Errors
    /// [`Failure::RoundClosed`] for one who has not.
    fn reading(&self) -> Result<Option<Response>, Failure> {
        match (self.open, self.survey.progress) {
            (true, _) => Ok(None),
            (false, Progress::Submitted { .. }) => {
                Ok(Some(see_other(self.survey.address("/klart"))))
            }
            (false, _) => Err(Failure::RoundClosed),
        }
    }

    /// The area with this number in the address, from 0.
    fn area(&self, number: &str) -> Result<usize, Failure> {
        let number: usize = number.parse().map_err(|_| Failure::NotFound)?;
        (number.checked_sub(1))
            .filter(|index| *index < self.survey.areas.len())
            .ok_or(Failure::NotFound)
    }

    /// What the fields of an area's page hold as they are stored.
    fn stored(&self, area: usize) -> BTreeMap<String, String> {
        let survey = &self.survey;
        let own = &survey.participant.municipalities;
        form::fields(&survey.areas[area].ids(), own, &survey.sheet)
    }

    async fn page(
        &self,
        status: StatusCode,
        title: String,
        body: impl Fn(&Frame) -> AnyView + Clone + Send + Sync + 'static,
    ) -> Response {
        let frame = Frame {
            texts: self.texts,
            bare: true,
            scripts: &["survey.js"],
            ..self.visitor.frame(&self.app, title)
        };
        render(status, frame, body).await
    }

    async fn area_page(
        &self,
        area: usize,
        typed: BTreeMap<String, String>,
        errors: Errors,
    ) -> Response {
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let areas = &self.survey.areas;
        let title = (self.texts).survey_title_area(&areas[area].name, area + 1, areas.len());
        let data = pages::area::Page {
            version: version(&self.stored(area)),
            survey: self.survey.clone(),
            area,
            typed,
            errors,
        };
        (self.page(status, title, move |frame| {
            pages::area::view(frame.texts, &data)
        }))
        .await
    }

    async fn review_page(&self, empty: bool) -> Response {
        let status = if empty {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let title = self.texts.survey_review_title().to_owned();
        let survey = self.survey.clone();
        (self.page(status, title, move |frame| {
            pages::review::view(frame.texts, &survey, empty)
        }))
        .await
    }
}

async fn welcome(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    // The survey is closed, but the same link lets its holder into the workshop that talks about it.
    let unanswered = !matches!(seat.survey.progress, Progress::Submitted { .. });
    if !seat.open && unanswered && seat.survey.workshop {
        return Ok(see_other(seat.survey.address("/workshop")));
    }
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    let title = format!(
        "{} – {}",
        seat.survey.round.name,
        seat.texts.survey_eyebrow()
    );
    let survey = seat.survey.clone();
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            pages::welcome::view(frame.texts, &survey)
        })
        .await)
}

async fn area(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    let area = seat.area(&number)?;
    let typed = seat.stored(area);
    Ok(seat.area_page(area, typed, Errors::default()).await)
}

/// Saves a page as draft, all of it or nothing, and goes where the pressed button says.
async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, number)): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if !seat.open {
        return Err(Failure::RoundClosed);
    }
    let area = seat.area(&number)?;
    let survey = &seat.survey;
    let participant = &survey.participant;
    let ids = survey.areas[area].ids();
    let ratings = match form::read(&ids, &participant.municipalities, fields.iter()) {
        Ok(ratings) => ratings,
        Err(faults) => {
            let errors = errors(seat.texts, &survey.areas[area], faults);
            let typed = (fields.iter())
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            return Ok(seat.area_page(area, typed, errors).await);
        }
    };
    match (seat.app.store)
        .save_draft(participant.id, &ratings, now())
        .await?
    {
        SaveOutcome::Saved => {}
        SaveOutcome::RoundClosed => return Err(Failure::RoundClosed),
        SaveOutcome::Removed => return Err(Failure::Removed),
        SaveOutcome::ForeignMunicipality => return Err(Failure::Forbidden),
    }
    if headers.contains_key(DRAFT) {
        let sheet = Sheet {
            ratings: ratings.into_iter().collect(),
        };
        let saved = form::fields(&ids, &participant.municipalities, &sheet);
        return Ok((StatusCode::NO_CONTENT, [(VERSION, version(&saved))]).into_response());
    }
    let to = match fields.get("till") {
        "start" => survey.address(""),
        "granska" => survey.address("/granska"),
        number => match seat.area(number) {
            Ok(index) => survey.address(format_args!("/{}", index + 1)),
            Err(_) => survey.address("/granska"),
        },
    };
    Ok(see_other(to))
}

/// Tells what is stored of a page from what was stored of it before or will be after.
fn version(fields: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for text in fields.iter().flat_map(|(name, value)| [name, value]) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    let bytes = hash.finalize();
    (bytes[..8].iter()).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// What is wrong with the fields, in words.
fn errors(texts: Texts, area: &Area, faults: Vec<(String, Fault)>) -> Errors {
    let mut errors = Errors::default();
    for (name, fault) in faults {
        let field: Option<(Field, &Asked)> = name.parse().ok().and_then(|field: Field| {
            let asked = area
                .capabilities
                .iter()
                .find(|asked| asked.id == field.capability)?;
            Some((field, asked))
        });
        let (Some((field, asked)), Fault::NotAnAnswer(_) | Fault::Text(_)) = (field, fault) else {
            errors.add("svar", texts.survey_foreign());
            continue;
        };
        let label = match field.part {
            Part::Current => texts.terms_current(),
            Part::Target => texts.terms_target(),
            Part::Effect => texts.terms_effect(),
            Part::Comment => texts.survey_comment(),
            Part::Weakness => texts.survey_weakness(),
        };
        let label = texts.survey_field_of(&asked.name, label);
        let message = match fault {
            Fault::Text(error) => text_error(texts, &label, error),
            _ => texts.survey_not_an_answer(label),
        };
        errors.add(field.to_string(), message);
    }
    errors
}

async fn review(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if let Some(elsewhere) = seat.reading()? {
        return Ok(elsewhere);
    }
    Ok(seat.review_page(false).await)
}

/// Submits the sheet. One that has been submitted already is as good; an empty one is refused.
async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    let submitted = matches!(seat.survey.progress, Progress::Submitted { .. });
    if !submitted && !seat.open {
        return Err(Failure::RoundClosed);
    }
    if !submitted {
        if seat.survey.sheet.ratings.is_empty() {
            return Ok(seat.review_page(true).await);
        }
        match (seat.app.store)
            .submit(seat.survey.participant.id, now())
            .await?
        {
            SubmitOutcome::Submitted | SubmitOutcome::AlreadySubmitted { .. } => {}
            SubmitOutcome::RoundClosed => return Err(Failure::RoundClosed),
            SubmitOutcome::Removed => return Err(Failure::Removed),
        }
    }
    Ok(see_other(seat.survey.address("/klart")))
}

async fn done(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let seat = Seat::enter(app, visitor, token).await?;
    if !matches!(seat.survey.progress, Progress::Submitted { .. }) {
        return if seat.open {
            Ok(see_other(seat.survey.address("/granska")))
        } else {
            Err(Failure::RoundClosed)
        };
    }
    let (survey, open) = (seat.survey.clone(), seat.open);
    let title = seat.texts.survey_done_title().to_owned();
    Ok(seat
        .page(StatusCode::OK, title, move |frame| {
            pages::done::view(frame.texts, &survey, open)
        })
        .await)
}
