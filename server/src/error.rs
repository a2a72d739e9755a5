//! What can go wrong for a person, and the page that says so: what happened, that nothing was lost, what to do.

use std::borrow::Cow;

use app::{pages::error::ErrorPage, texts::Texts};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::map::Refusal;
use serde_json::json;
use store::{ExecuteError, StoreError};

use crate::{api, page, state::App, visitor::Visitor};

/// Why a request was not carried out. Low-level causes are logged, never shown.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// There is no such page.
    NotFound,
    /// Signed in, but not allowed.
    Forbidden,
    /// Not signed in.
    SignInNeeded,
    /// The form is not one of ours, or was broken on the way.
    BadForm,
    /// More than the server takes.
    TooLarge,
    /// The method does not fit the address.
    WrongMethod,
    /// The form came from another site.
    CrossSite,
    /// The map's rules say no.
    Refused(Refusal),
    /// The sign-in link has been used, is too old or never was.
    SignInLink,
    /// The survey link is not known.
    SurveyLink,
    /// The person was taken out of the round.
    Removed,
    /// The link to an invitee's own page is not known.
    InviteeLink,
    /// The person was taken off the list of invitees.
    InviteeRemoved,
    /// The round is closed.
    RoundClosed,
    /// The round is closed, and the person had not submitted.
    ClosedUnanswered,
    /// The file of a report is not there any more, or never was.
    ReportGone,
    /// No workshop that is open has this code.
    WorkshopCode,
    /// The browser has no seat in the workshop, and nobody is signed in.
    NoSeat,
    /// A facilitator has sent the person away from the workshop.
    TakenOut,
    /// It cannot be done at this point of the workshop.
    NotNow,
    /// Only facilitators move things now.
    Locked,
    /// What was typed cannot be taken; the sentence says why.
    Unreadable(String),
    /// Too often, or too many at once.
    TooMany,
    /// Too often, when signing in.
    TooOften,
    /// A fault of ours.
    Internal,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the database did not do what was asked");
        Self::Internal
    }
}

impl From<ExecuteError> for Failure {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Refused(refusal) => Self::Refused(refusal),
            ExecuteError::Store(error) => error.into(),
        }
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound
            | Self::SurveyLink
            | Self::InviteeLink
            | Self::ReportGone
            | Self::WorkshopCode
            | Self::Refused(Refusal::NotFound) => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::SignInNeeded | Self::NoSeat => StatusCode::UNAUTHORIZED,
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused(_)
            | Self::RoundClosed
            | Self::ClosedUnanswered
            | Self::NotNow
            | Self::Locked => StatusCode::CONFLICT,
            Self::SignInLink | Self::Removed | Self::InviteeRemoved | Self::TakenOut => {
                StatusCode::GONE
            }
            Self::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany | Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The failure that a bare status, from a library's own rejection, stands for. Forms are read by us, so an address
    /// that was merely opened is refused only for what stands in it, such as an id that is none.
    fn from_status(status: StatusCode, opened: bool) -> Self {
        match status {
            StatusCode::BAD_REQUEST if opened => Self::NotFound,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::FORBIDDEN => Self::CrossSite,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            status if status.is_client_error() => Self::BadForm,
            _ => Self::Internal,
        }
    }

    /// Title, what happened with what was written, and what to do.
    fn page(&self, texts: Texts) -> ErrorPage {
        let (title, happened, todo) = match self {
            Self::NotFound => (
                texts.error_not_found_title(),
                texts.error_not_found_happened(),
                texts.error_not_found_todo(),
            ),
            Self::Forbidden => (
                texts.error_forbidden_title(),
                texts.error_forbidden_happened(),
                texts.error_forbidden_todo(),
            ),
            Self::SignInNeeded => (
                texts.error_sign_in_title(),
                texts.error_sign_in_happened(),
                texts.error_sign_in_todo(),
            ),
            Self::BadForm => (
                texts.error_bad_form_title(),
                texts.error_bad_form_happened(),
                texts.error_bad_form_todo(),
            ),
            Self::TooLarge => (
                texts.error_too_large_title(),
                texts.error_too_large_happened(),
                texts.error_too_large_todo(),
            ),
            Self::WrongMethod => (
                texts.error_wrong_method_title(),
                texts.error_wrong_method_happened(),
                texts.error_wrong_method_todo(),
            ),
            Self::CrossSite => (
                texts.error_cross_site_title(),
                texts.error_cross_site_happened(),
                texts.error_cross_site_todo(),
            ),
            Self::Refused(refusal) => (
                texts.error_refused_title(),
                refusal_text(texts, *refusal),
                texts.error_refused_todo(),
            ),
            Self::SignInLink => (
                texts.error_sign_in_link_title(),
                texts.error_sign_in_link_happened(),
                texts.error_sign_in_link_todo(),
            ),
            Self::SurveyLink => (
                texts.error_survey_link_title(),
                texts.error_survey_link_happened(),
                texts.error_survey_link_todo(),
            ),
            Self::Removed => (
                texts.error_removed_title(),
                texts.error_removed_happened(),
                texts.error_removed_todo(),
            ),
            Self::RoundClosed => (
                texts.error_round_closed_title(),
                texts.error_round_closed_happened(),
                texts.error_round_closed_todo(),
            ),
            Self::ClosedUnanswered => (
                texts.error_closed_unanswered_title(),
                texts.error_closed_unanswered_happened(),
                texts.error_closed_unanswered_todo(),
            ),
            Self::WorkshopCode
            | Self::InviteeLink
            | Self::InviteeRemoved
            | Self::ReportGone
            | Self::NoSeat
            | Self::TakenOut
            | Self::NotNow
            | Self::Locked
            | Self::Unreadable(_)
            | Self::TooMany => return self.workshop_page(texts),
            Self::TooOften => (
                texts.join_error_too_many_title(),
                texts.account_too_often_happened(),
                texts.account_too_often_todo(),
            ),
            Self::Internal => (
                texts.error_internal_title(),
                texts.error_internal_happened(),
                texts.error_internal_todo(),
            ),
        };
        ErrorPage {
            status: self.status().as_u16(),
            title,
            happened: happened.into(),
            todo,
            sign_in: matches!(self, Self::SignInNeeded | Self::SignInLink),
        }
    }

    /// The same for what goes wrong in live workshops, and for those who are invited to them.
    fn workshop_page(&self, texts: Texts) -> ErrorPage {
        let (title, happened, todo) = match self {
            Self::WorkshopCode => (
                texts.join_error_code_title(),
                texts.join_error_code_happened(),
                texts.join_error_code_todo(),
            ),
            Self::ReportGone => (
                texts.report_gone_title(),
                texts.report_gone_happened(),
                texts.report_gone_todo(),
            ),
            Self::InviteeLink => (
                texts.invitee_error_link_title(),
                texts.invitee_error_link_happened(),
                texts.invitee_error_link_todo(),
            ),
            Self::InviteeRemoved => (
                texts.invitee_error_removed_title(),
                texts.invitee_error_removed_happened(),
                texts.invitee_error_removed_todo(),
            ),
            Self::NoSeat => (
                texts.join_error_no_seat_title(),
                texts.join_error_no_seat_happened(),
                texts.join_error_no_seat_todo(),
            ),
            Self::TakenOut => (
                texts.join_error_taken_out_title(),
                texts.join_error_taken_out_happened(),
                texts.join_error_taken_out_todo(),
            ),
            Self::NotNow => (
                texts.error_refused_title(),
                texts.join_error_not_now_happened(),
                texts.join_error_not_now_todo(),
            ),
            Self::Locked => (
                texts.error_refused_title(),
                texts.join_error_locked_happened(),
                texts.join_error_locked_todo(),
            ),
            Self::Unreadable(_) => (texts.error_refused_title(), "", ""),
            _ => (
                texts.join_error_too_many_title(),
                texts.join_error_too_many_happened(),
                texts.join_error_too_many_todo(),
            ),
        };
        let (happened, todo) = match self {
            Self::Unreadable(why) => (why.clone().into(), texts.join_error_unreadable_todo()),
            _ => (Cow::from(happened), todo),
        };
        ErrorPage {
            status: self.status().as_u16(),
            title,
            happened,
            todo,
            sign_in: false,
        }
    }
}

/// Why the map's rules said no, in words.
pub(crate) fn refusal_text(texts: Texts, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotFound => texts.refusal_not_found(),
        Refusal::Taken => texts.refusal_taken(),
        Refusal::WrongParent => texts.refusal_wrong_parent(),
        Refusal::HasChildren => texts.refusal_has_children(),
        Refusal::Retired => texts.refusal_retired(),
        Refusal::NotRetired => texts.refusal_not_retired(),
        Refusal::TooFew => texts.refusal_too_few(),
        Refusal::EmptyMap => texts.refusal_empty_map(),
        Refusal::Ungrouped => texts.refusal_ungrouped(),
        Refusal::NothingNew => texts.refusal_nothing_new(),
        Refusal::Final => texts.refusal_final(),
        Refusal::AlreadyUndone => texts.refusal_already_undone(),
        Refusal::ChangedSince => texts.refusal_changed_since(),
        Refusal::NotOpen => texts.refusal_not_open(),
        Refusal::NotYours => texts.refusal_not_yours(),
        Refusal::Shown => texts.refusal_shown(),
        Refusal::NoBallot => texts.refusal_no_ballot(),
        Refusal::BadVote => texts.refusal_bad_vote(),
        Refusal::TooManyDots => texts.refusal_too_many_dots(),
        Refusal::Used => texts.refusal_used(),
        Refusal::Unfit => texts.refusal_unfit(),
    }
}

impl IntoResponse for Failure {
    /// Only the status; [`error_pages`] writes the page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Whether a script of ours asks, which reads JSON rather than pages.
pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    (headers.get(header::ACCEPT)).is_some_and(|kind| kind == "application/json")
}

/// Turns every failed response that has no page of its own into one.
pub(crate) async fn error_pages(
    State(app): State<App>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let opened = request.method().is_safe();
    let json = wants_json(request.headers());
    let program = request.uri().path().starts_with(api::ROOT);
    let response = next.run(request).await;
    let status = response.status();
    let written = (response.headers().get(header::CONTENT_TYPE))
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if written || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let failure = (response.extensions().get::<Failure>().cloned())
        .unwrap_or_else(|| Failure::from_status(status, opened));
    if program {
        return api::problem(failure.status());
    }
    let content = failure.page(visitor.texts);
    if json {
        let body = Json(json!({ "error": content.happened }));
        return (failure.status(), body).into_response();
    }
    let mut frame = visitor.frame(&app, content.title);
    frame.bare = matches!(
        failure,
        Failure::SurveyLink
            | Failure::Removed
            | Failure::InviteeLink
            | Failure::InviteeRemoved
            | Failure::ReportGone
            | Failure::RoundClosed
            | Failure::ClosedUnanswered
            | Failure::WorkshopCode
            | Failure::TakenOut
            | Failure::NotNow
            | Failure::Locked
            | Failure::TooMany
    );
    page::render(failure.status(), frame, move |frame| {
        app::pages::error::view(frame.texts, &content)
    })
    .await
}
