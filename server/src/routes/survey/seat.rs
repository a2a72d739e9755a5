//! Someone who has been let into their survey, and the frame of its pages.

use std::collections::BTreeMap;

use app::{
    components::Errors,
    document::Frame,
    pages::survey::{self as pages, Survey},
    texts::Texts,
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use domain::{
    ids::CapabilityId,
    rights::{Action, Actor, Subject, may},
    survey::{Progress, Sheet, SurveyMode, form},
    workshop::Stage,
};
use leptos::prelude::AnyView;
use store::{ParticipantLink, RecoveryCode};

use super::area::version;
use crate::{
    error::Failure,
    form::Fields,
    link::Token,
    page::{render, see_other},
    state::App,
    visitor::{Visitor, cookie},
};

/// The cookie with the code of a confidential sheet; it goes to that survey's addresses only.
const COOKIE: &str = "kod";
/// How long the browser keeps the code: longer than a round is open.
const CODE_SECONDS: u32 = 180 * 24 * 60 * 60;

/// A participant who has been let into their survey.
pub(crate) struct Seat {
    pub(crate) app: App,
    pub(crate) visitor: Visitor,
    pub(crate) texts: Texts,
    pub(crate) survey: Survey,
    /// Whether the round takes answers.
    pub(crate) open: bool,
    /// The code of the sheet, in a confidential round: the one that the browser has, or that the person has shown.
    code: Option<RecoveryCode>,
    /// Whether the browser is to be told the code.
    tell_code: bool,
}

impl FromRequestParts<App> for Seat {
    type Rejection = Failure;

    /// Lets in who comes by a personal link, which is the address's `token`.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        let params = RawPathParams::from_request_parts(parts, app)
            .await
            .map_err(|_| Failure::SurveyLink)?;
        let token = (params.iter().find(|(name, _)| *name == "token"))
            .map(|(_, token)| token.to_owned())
            .ok_or(Failure::SurveyLink)?;
        Self::enter(app.clone(), visitor, &parts.headers, token).await
    }
}

impl Seat {
    /// Lets the holder of a link into their survey, open or closed.
    ///
    /// # Errors
    /// [`Failure::SurveyLink`] when the link is not known, [`Failure::Removed`] when the person was taken out.
    async fn enter(
        app: App,
        visitor: Visitor,
        headers: &HeaderMap,
        token: String,
    ) -> Result<Self, Failure> {
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
        let mut seat = Self {
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
                code: None,
                elsewhere: false,
                readiness: Vec::new(),
            },
            app,
            visitor,
            texts,
            open,
            code: None,
            tell_code: false,
        };
        if seat.survey.round.mode == SurveyMode::Confidential {
            let code = cookie(headers, COOKIE).and_then(|code| RecoveryCode::parse(&code));
            seat.unseal(code).await?;
        }
        Ok(seat)
    }

    /// Opens the confidential sheet that lies under this code; without one there is nothing to see. Whether there is.
    async fn unseal(&mut self, code: Option<RecoveryCode>) -> Result<bool, Failure> {
        let survey = &mut self.survey;
        let found = match &code {
            Some(code) => {
                (self.app.store)
                    .sealed_sheet(survey.round.id, survey.participant.id, code)
                    .await?
            }
            None => None,
        };
        let is_there = found.is_some();
        let (sheet, submitted) = found.unwrap_or((Sheet::default(), false));
        survey.elsewhere = match survey.progress {
            Progress::NotStarted => false,
            Progress::Draft => !is_there,
            Progress::Submitted { .. } => !submitted,
        };
        survey.sheet = sheet;
        survey.code = code.as_ref().map(ToString::to_string);
        self.code = code;
        Ok(is_there)
    }

    /// Tries a code that the person has typed; when their sheet lies under it, the browser is told to keep it.
    ///
    /// # Errors
    /// Only when the database fails.
    pub(super) async fn try_code(&mut self, code: RecoveryCode) -> Result<bool, Failure> {
        let before = self.code.take();
        if self.unseal(Some(code)).await? {
            self.tell_code = true;
            return Ok(true);
        }
        self.unseal(before).await?;
        Ok(false)
    }

    /// Sees to it that there is a code to seal with: the browser's, else a new one. In a named round none is needed.
    ///
    /// # Errors
    /// Only when the operating system gives no random numbers.
    pub(super) fn need_code(&mut self) -> Result<(), Failure> {
        if self.survey.round.mode == SurveyMode::Confidential && self.code.is_none() {
            self.keep_code(RecoveryCode::random()?);
        }
        Ok(())
    }

    /// The code that a posted form goes with: the browser's; of a browser that keeps no cookies, the form's own. Gives
    /// false when they are different, for then the form was shown before the person opened their sheet with a code.
    ///
    /// # Errors
    /// Only when the database fails or the operating system gives no random numbers.
    pub(super) async fn code_of(&mut self, fields: &Fields) -> Result<bool, Failure> {
        if self.survey.round.mode == SurveyMode::Named {
            return Ok(true);
        }
        match (RecoveryCode::parse(fields.get("kod")), &self.code) {
            (Some(posted), Some(own)) => Ok(posted == *own),
            (Some(posted), None) => {
                self.unseal(Some(posted)).await?;
                self.tell_code = true;
                Ok(true)
            }
            (None, _) => self.need_code().map(|()| true),
        }
    }

    fn keep_code(&mut self, code: RecoveryCode) {
        self.survey.code = Some(code.to_string());
        self.code = Some(code);
        self.tell_code = true;
    }

    /// The code that answers are stored with.
    pub(super) fn code(&self) -> Option<RecoveryCode> {
        self.code.clone()
    }

    /// Gives the browser the code to keep, if it is new to it.
    pub(super) fn telling(&self, mut response: Response) -> Response {
        if let Some(code) = self.code.as_ref().filter(|_| self.tell_code) {
            let path = self.survey.address("");
            let secure = if self.app.secure() { "; Secure" } else { "" };
            let cookie = format!(
                "{COOKIE}={code}; HttpOnly; SameSite=Lax; Path={path}; Max-Age={CODE_SECONDS}{secure}"
            );
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
        }
        response
    }

    /// Goes on to the page that asks for the code, when what was submitted cannot be opened without.
    pub(crate) fn locked(&self) -> Option<Response> {
        (self.survey.is_locked()).then(|| see_other(self.survey.address("/kod")))
    }

    /// Goes on only while the round takes answers; one who has submitted sees what they answered instead, if need be
    /// with their code.
    ///
    /// # Errors
    /// [`Failure::ClosedUnanswered`] for one who has not.
    pub(super) fn reading(&self) -> Result<Option<Response>, Failure> {
        match (self.open, self.survey.is_submitted()) {
            (true, _) => Ok(self.locked()),
            (false, true) => Ok(Some(see_other(self.survey.address("/klart")))),
            (false, false) => Err(Failure::ClosedUnanswered),
        }
    }

    /// What is noted of what the person's municipalities have done before.
    pub(super) async fn with_readiness(mut self) -> Result<Self, Failure> {
        let own = &self.survey.participant.municipalities;
        let mut readiness = (self.app.store)
            .readiness(self.survey.round.mapping)
            .await?;
        readiness.retain(|one| own.contains(&one.municipality));
        self.survey.readiness = readiness;
        Ok(self)
    }

    /// Every capability that is asked about.
    pub(super) fn all(&self) -> Vec<CapabilityId> {
        (self.survey.areas.iter())
            .flat_map(pages::Area::ids)
            .collect()
    }

    /// The area with this number in the address, from 0.
    pub(super) fn area(&self, number: &str) -> Result<usize, Failure> {
        let number: usize = number.parse().map_err(|_| Failure::NotFound)?;
        (number.checked_sub(1))
            .filter(|index| *index < self.survey.areas.len())
            .ok_or(Failure::NotFound)
    }

    /// What the fields of a page with these capabilities hold as they are stored.
    pub(super) fn stored(&self, capabilities: &[CapabilityId]) -> BTreeMap<String, String> {
        let survey = &self.survey;
        form::fields(
            capabilities,
            &survey.participant.municipalities,
            &survey.sheet,
        )
    }

    /// A page of the survey, without the way to other parts of the service.
    pub(crate) async fn page(
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
            version: version(&self.stored(&areas[area].ids())),
            survey: self.survey.clone(),
            area,
            typed,
            errors,
        };
        let page = self
            .page(status, title, move |frame| {
                pages::area::view(frame.texts, &data)
            })
            .await;
        self.telling(page)
    }

    pub(super) async fn whole_page(
        &self,
        typed: BTreeMap<String, String>,
        errors: Errors,
    ) -> Response {
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let title = self.texts.survey_whole_title().to_owned();
        let data = pages::area::Page {
            version: version(&self.stored(&self.all())),
            survey: self.survey.clone(),
            area: 0,
            typed,
            errors,
        };
        let page = self
            .page(status, title, move |frame| {
                pages::whole::view(frame.texts, &data)
            })
            .await;
        self.telling(page)
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
