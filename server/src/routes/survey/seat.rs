//! Someone who has been let into their survey, and the frame of its pages.

use std::collections::BTreeMap;

use app::{
    components::Errors,
    document::Frame,
    pages::survey::{self as pages, Survey},
    texts::Texts,
};
use axum::{http::StatusCode, response::Response};
use domain::{
    rights::{Action, Actor, Subject, may},
    survey::{Progress, form},
    workshop::Stage,
};
use leptos::prelude::AnyView;
use store::ParticipantLink;

use super::area::version;
use crate::{
    error::Failure,
    link::Token,
    page::{render, see_other},
    state::App,
    visitor::Visitor,
};

/// A participant who has been let into their survey.
pub(super) struct Seat {
    pub(super) app: App,
    pub(super) visitor: Visitor,
    pub(super) texts: Texts,
    pub(super) survey: Survey,
    pub(super) open: bool,
}

impl Seat {
    /// Lets the holder of a link into their survey, open or closed.
    ///
    /// # Errors
    /// [`Failure::SurveyLink`] when the link is not known, [`Failure::Removed`] when the person was taken out.
    pub(super) async fn enter(app: App, visitor: Visitor, token: String) -> Result<Self, Failure> {
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
    pub(super) fn reading(&self) -> Result<Option<Response>, Failure> {
        match (self.open, self.survey.progress) {
            (true, _) => Ok(None),
            (false, Progress::Submitted { .. }) => {
                Ok(Some(see_other(self.survey.address("/klart"))))
            }
            (false, _) => Err(Failure::RoundClosed),
        }
    }

    /// The area with this number in the address, from 0.
    pub(super) fn area(&self, number: &str) -> Result<usize, Failure> {
        let number: usize = number.parse().map_err(|_| Failure::NotFound)?;
        (number.checked_sub(1))
            .filter(|index| *index < self.survey.areas.len())
            .ok_or(Failure::NotFound)
    }

    /// What the fields of an area's page hold as they are stored.
    pub(super) fn stored(&self, area: usize) -> BTreeMap<String, String> {
        let survey = &self.survey;
        let own = &survey.participant.municipalities;
        form::fields(&survey.areas[area].ids(), own, &survey.sheet)
    }

    pub(super) async fn page(
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

    pub(super) async fn area_page(
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

    pub(super) async fn review_page(&self, empty: bool) -> Response {
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
