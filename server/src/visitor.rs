//! Who is visiting, in which language, and whether they may come in.

use std::{convert::Infallible, sync::Arc};

use app::{
    document::{Frame, Place, Said, Tab},
    texts::Texts,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
    response::Response,
};
use domain::{
    ids::{MappingId, OpId, SessionId},
    map::{Command, Deed, Event, MapState, Operation},
    mapping::{Language, Mapping},
    municipality::Municipality,
    rights::{Action, Actor, Subject, may},
};
use leptos::prelude::AnyView;

use crate::{
    error::Failure,
    link::Token,
    page,
    state::{App, now},
};

/// The cookie with the choice of language.
pub(crate) const LANGUAGE_COOKIE: &str = "sprak";

/// The person behind a request.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// Who, and what they are.
    pub(crate) actor: Actor,
    /// The session, when signed in.
    pub(crate) session: Option<SessionId>,
    /// The name, when signed in.
    pub(crate) name: Option<String>,
    /// The texts of their language; until they choose, the mapping's.
    pub(crate) texts: Texts,
    chosen: bool,
    path: String,
    query: Vec<(String, String)>,
}

impl Visitor {
    /// The name of the session cookie: bound to the host behind https.
    pub(crate) fn cookie_name(app: &App) -> &'static str {
        if app.secure() {
            "__Host-formagekartan"
        } else {
            "formagekartan"
        }
    }

    /// A value from the address's query.
    pub(crate) fn query(&self, name: &str) -> &str {
        (self.query.iter().find(|(key, _)| key == name)).map_or("", |(_, value)| value)
    }

    /// Every value of a name in the address's query.
    pub(crate) fn query_all(&self, name: &str) -> impl Iterator<Item = &str> {
        (self.query.iter())
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The texts for something in this language: the visitor's own choice goes first.
    pub(crate) fn texts_for(&self, language: Language) -> Texts {
        if self.chosen {
            self.texts
        } else {
            Texts(language)
        }
    }

    /// The frame of a page outside any mapping.
    pub(crate) fn frame(&self, app: &App, title: impl Into<String>) -> Frame {
        Frame {
            texts: self.texts,
            title: title.into(),
            path: self.path.clone(),
            person: self.name.clone(),
            place: None,
            said: None,
            assets: Arc::clone(&app.site.assets),
            islands: false,
            scripts: &[],
            bare: false,
        }
    }

    /// Lets the visitor do something with the service itself.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub(crate) fn may(&self, action: Action, subject: &Subject) -> Result<(), Failure> {
        if may(&self.actor, action, subject) {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    /// What is said to this visitor when they may not.
    fn refusal(&self) -> Failure {
        if self.actor == Actor::Anonymous {
            Failure::SignInNeeded
        } else {
            Failure::Forbidden
        }
    }

    /// Lets the visitor into a mapping to do `action`.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a mapping that is not there; else as [`Visitor::may`].
    pub(crate) async fn enter(
        &self,
        app: &App,
        id: MappingId,
        action: Action,
        tab: Tab,
    ) -> Result<Room, Failure> {
        let mapping = app.store.mapping(id).await?.ok_or(Failure::NotFound)?;
        let subject = Subject::Mapping {
            id,
            example: mapping.example,
        };
        self.may(action, &subject)?;
        let texts = self.texts_for(mapping.language);
        Ok(Room {
            state: app.store.map_state(id).await?,
            visitor: Self {
                texts,
                ..self.clone()
            },
            app: app.clone(),
            texts,
            mapping,
            tab,
        })
    }
}

/// A mapping that the visitor has been let into.
#[derive(Clone)]
pub(crate) struct Room {
    /// The visitor, with the mapping's language until they choose.
    pub(crate) visitor: Visitor,
    /// The service.
    pub(crate) app: App,
    /// The texts.
    pub(crate) texts: Texts,
    /// The mapping.
    pub(crate) mapping: Mapping,
    /// Its map when the visitor came in.
    pub(crate) state: Arc<MapState>,
    tab: Tab,
}

impl Room {
    /// Whether the visitor may also do this here.
    pub(crate) fn may(&self, action: Action) -> bool {
        let subject = Subject::Mapping {
            id: self.mapping.id,
            example: self.mapping.example,
        };
        may(&self.visitor.actor, action, &subject)
    }

    /// Asks for one more right here.
    ///
    /// # Errors
    /// As [`Visitor::may`].
    pub(crate) fn must(&self, action: Action) -> Result<(), Failure> {
        if self.may(action) {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    /// What is said to this visitor when they may not.
    pub(crate) fn refusal(&self) -> Failure {
        self.visitor.refusal()
    }

    /// Whether the visitor may do this for one municipality.
    pub(crate) fn may_for(&self, action: Action, municipality: Municipality) -> bool {
        let subject = Subject::Municipality {
            mapping: self.mapping.id,
            example: self.mapping.example,
            municipality,
        };
        may(&self.visitor.actor, action, &subject)
    }

    /// Whether the visitor may take this operation back: what they may do, they may undo.
    pub(crate) fn may_undo(&self, operation: &Operation) -> bool {
        match operation.events.first() {
            Some(Event::Agreed(change)) => {
                self.may_for(Action::AgreeLevels, change.id.municipality)
            }
            Some(Event::Effect(_)) => self.may(Action::SetEffects),
            _ if operation.is_on_map() => self.may(Action::EditMap),
            // What somebody wrote or voted in a workshop is theirs.
            _ => self.visitor.actor.author() == Some(operation.author),
        }
    }

    /// An address in this mapping: `path` begins with a slash or is empty.
    pub(crate) fn address(&self, path: impl std::fmt::Display) -> String {
        format!("/k/{}{path}", self.mapping.id)
    }

    /// Carries out a command on the map in the visitor's name, and answers after the commit.
    ///
    /// # Errors
    /// [`Failure::Refused`] with nothing changed.
    pub(crate) async fn execute(&self, op: OpId, command: Command) -> Result<Deed, Failure> {
        let author = self.visitor.actor.author().ok_or(Failure::SignInNeeded)?;
        let executed = self
            .app
            .store
            .execute(self.mapping.id, author, op, command, now())
            .await?;
        Ok(executed.deed)
    }

    /// Notes an administrative act in the visitor's name; never what anyone answered.
    ///
    /// # Errors
    /// [`Failure::Internal`] when it cannot be stored.
    pub(crate) async fn record(&self, act: &str, detail: &str) -> Result<(), Failure> {
        let account = match &self.visitor.actor {
            Actor::Account { id, .. } => Some(*id),
            _ => None,
        };
        let store = &self.app.store;
        store
            .record(now(), account, Some(self.mapping.id), act, detail)
            .await?;
        Ok(())
    }

    /// The frame of a page in this mapping.
    pub(crate) fn frame(&self, title: impl Into<String>) -> Frame {
        let tabs = [
            (Tab::Overview, Action::ReadMap),
            (Tab::Map, Action::ReadMap),
            (Tab::Workshops, Action::ReadWorkshops),
            (Tab::Participation, Action::ReadProgress),
            (Tab::Rounds, Action::ReadProgress),
            (Tab::Results, Action::ReadResults),
            (Tab::People, Action::ManagePeople),
        ];
        Frame {
            place: Some(Place {
                id: self.mapping.id,
                name: self.mapping.name.to_string(),
                period: self.mapping.period.to_string(),
                example: self.mapping.example,
                tab: self.tab,
                tabs: tabs
                    .into_iter()
                    .filter(|(_, action)| self.may(*action))
                    .map(|(tab, _)| tab)
                    .collect(),
            }),
            said: self.said(),
            ..self.visitor.frame(&self.app, title)
        }
    }

    /// What has just happened: `?op=` names the operation (with undo), `?klart=` a text.
    fn said(&self) -> Option<Said> {
        let operation =
            (self.visitor.query("op").parse().ok()).and_then(|op: OpId| self.state.operation(op));
        if let Some(operation) = operation {
            let own = self.visitor.actor.author() == Some(operation.author);
            let undoable = own
                && !operation.undone
                && operation.deed.can_be_undone()
                && self.may_undo(operation);
            return Some(Said {
                message: deed_text(self.texts, operation.deed).to_owned(),
                undo: undoable.then_some(operation.op),
            });
        }
        let message = match self.visitor.query("klart") {
            "sparat" => self.texts.said_saved(),
            "oppnad" => self.texts.said_round_opened(),
            "stangd" => self.texts.said_round_closed(),
            "deltagare" => self.texts.said_participants_added(),
            "borttagen" => self.texts.said_removed(),
            "skapad" => self.texts.said_mapping_created(),
            "inlast" => self.texts.said_read_in(),
            "serie" => self.texts.said_series_planned(),
            "inbjudna" => self.texts.mailing_said_invited(),
            "ingen-att-skicka-till" => self.texts.mailing_said_nobody(),
            "paminnelse-planerad" => self.texts.mailing_said_planned(),
            "paminnelse-stoppad" => self.texts.mailing_said_stopped(),
            "paminnelse-ar-stoppad" => self.texts.mailing_said_is_stopped(),
            "paminnelse-skickad" => self.texts.mailing_said_sent(),
            "paminnelse-gatt" => self.texts.mailing_said_gone(),
            "brev-igen" => self.texts.mailing_said_letter_again(),
            "brev-stoppat" => self.texts.mailing_said_letter_stopped(),
            "brev-andrat" => self.texts.mailing_said_letter_gone(),
            "visas" => self.texts.said_remark_shown(),
            "doljs" => self.texts.said_remark_hidden(),
            "alla-visas" => self.texts.said_remarks_shown(),
            "blankett" => self.texts.said_sheet_entered(),
            "papper" => self.texts.said_paper_ticked(),
            "nyckel-indragen" => self.texts.token_said_revoked(),
            "kommun-oppnad" => self.texts.publication_said_opened(),
            "kommun-stangd" => self.texts.publication_said_closed(),
            "formagor-oppna" => self.texts.publication_said_capabilities(),
            _ => return None,
        };
        Some(Said {
            message: message.to_owned(),
            undo: None,
        })
    }

    /// A whole page in this mapping.
    pub(crate) async fn page(
        &self,
        title: impl Into<String>,
        body: impl Fn(&Frame) -> AnyView + Clone + Send + Sync + 'static,
    ) -> Response {
        page::render(axum::http::StatusCode::OK, self.frame(title), body).await
    }

    /// The page with its form again, 422, for what was typed has to be corrected.
    pub(crate) async fn again(
        &self,
        title: impl Into<String>,
        body: impl Fn(&Frame) -> AnyView + Clone + Send + Sync + 'static,
    ) -> Response {
        page::render(
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            self.frame(title),
            body,
        )
        .await
    }
}

/// What an operation did, in the words of the history.
pub(crate) fn deed_text(texts: Texts, deed: Deed) -> &'static str {
    match deed {
        Deed::GoalAdded => texts.deed_goal_added(),
        Deed::GoalEdited => texts.deed_goal_edited(),
        Deed::GoalRemoved => texts.deed_goal_removed(),
        Deed::AreaAdded => texts.deed_area_added(),
        Deed::AreaEdited => texts.deed_area_edited(),
        Deed::AreaMoved => texts.deed_area_moved(),
        Deed::AreaRemoved => texts.deed_area_removed(),
        Deed::CapabilityAdded => texts.deed_capability_added(),
        Deed::CapabilityEdited => texts.deed_capability_edited(),
        Deed::CapabilityMoved => texts.deed_capability_moved(),
        Deed::CapabilitiesMerged => texts.deed_capabilities_merged(),
        Deed::CapabilitySplit => texts.deed_capability_split(),
        Deed::CapabilityRetired => texts.deed_capability_retired(),
        Deed::CapabilityRestored => texts.deed_capability_restored(),
        Deed::WeaknessAdded => texts.deed_weakness_added(),
        Deed::WeaknessEdited => texts.deed_weakness_edited(),
        Deed::WeaknessRemoved => texts.deed_weakness_removed(),
        Deed::Imported => texts.deed_imported(),
        Deed::Ratified => texts.deed_ratified(),
        Deed::LevelsAgreed => texts.deed_levels_agreed(),
        Deed::EffectsSet => texts.deed_effects_set(),
        Deed::WorkshopPlanned => texts.deed_workshop_planned(),
        Deed::WorkshopOpened => texts.deed_workshop_opened(),
        Deed::WorkshopEnded => texts.deed_workshop_ended(),
        Deed::WorkshopLed => texts.deed_workshop_led(),
        Deed::CardsRevealed => texts.deed_cards_revealed(),
        Deed::BallotMoved => texts.deed_ballot_moved(),
        Deed::CardWritten => texts.deed_card_written(),
        Deed::CardEdited => texts.deed_card_edited(),
        Deed::CardWithdrawn => texts.deed_card_withdrawn(),
        Deed::CardHidden => texts.deed_card_hidden(),
        Deed::CardPromoted => texts.deed_card_promoted(),
        Deed::Voted => texts.deed_voted(),
        Deed::SaidReady => texts.deed_said_ready(),
        Deed::CapabilityReviewed => texts.deed_capability_reviewed(),
        Deed::NoteSaved => texts.deed_note_saved(),
        Deed::DecisionRecorded => texts.deed_decision_recorded(),
        Deed::ImprovementSaved => texts.deed_improvement_saved(),
        Deed::MinutesSaved => texts.deed_minutes_saved(),
        Deed::Undone => texts.deed_undone(),
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    /// Never fails: someone whose session cannot be read is anonymous.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        if let Some(visitor) = parts.extensions.get::<Self>() {
            return Ok(visitor.clone());
        }
        let signed_in = match cookie(&parts.headers, Self::cookie_name(app)) {
            None => None,
            Some(token) => {
                let hash = Token::received(&token).hash();
                (app.store.actor_by_session(hash, now()).await)
                    .inspect_err(|error| tracing::error!(%error, "a session could not be read"))
                    .ok()
                    .flatten()
            }
        };
        let language =
            cookie(&parts.headers, LANGUAGE_COOKIE).and_then(|code| Language::from_code(&code));
        let query = (parts.uri.query().unwrap_or_default().split('&'))
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), crate::form::lenient(value)))
            .collect();
        let path = if parts.method == Method::GET {
            (parts.uri.path_and_query()).map_or_else(|| "/".to_owned(), ToString::to_string)
        } else {
            parts.uri.path().to_owned()
        };
        let visitor = Self {
            session: signed_in.as_ref().map(|signed_in| signed_in.session),
            name: (signed_in.as_ref()).map(|signed_in| signed_in.account.name.to_string()),
            actor: signed_in.map_or(Actor::Anonymous, |signed_in| signed_in.actor),
            texts: Texts(language.unwrap_or(Language::Swedish)),
            chosen: language.is_some(),
            path,
            query,
        };
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

/// A cookie's value.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    (headers.get_all(header::COOKIE).iter())
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}
