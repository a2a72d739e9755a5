//! The survey on paper: printing it, entering sheets, and noting who has handed one in.

use std::collections::{BTreeMap, HashMap};

use app::{
    components::Errors,
    document::{Frame, Tab},
    pages::{
        paper::{self as pages, Paper, Remaining, entry::Entry},
        survey::areas,
    },
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{CapabilityId, MappingId, ParticipantId, RoundId},
    municipality::Municipality,
    rights::Action,
    survey::{
        Progress, Rating, RoundStatus, Sheet, SurveyMode,
        form::{self, Ratings},
    },
};
use store::{AnswerForm, AnswerOutcome, PaperOutcome, StoreError};

use super::{rounds, survey::answer_errors};
use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    let base = "/k/{mapping}/omgangar/{round}/papper";
    Router::new()
        .route(base, get(hub))
        .route(&format!("{base}/blankett"), get(print))
        .route(&format!("{base}/skriv-in"), get(new).post(enter))
        .route(&format!("{base}/inlamnat"), post(tick))
}

/// A round on paper, for those who manage rounds.
struct Desk {
    room: Room,
    data: Paper,
}

impl Desk {
    async fn enter(
        app: &App,
        visitor: &Visitor,
        (mapping, round): (MappingId, RoundId),
    ) -> Result<Self, Failure> {
        let room = (visitor.enter(app, mapping, Action::ManageRounds, Tab::Rounds)).await?;
        let round = rounds::of_mapping(&room, round).await?;
        let version = rounds::version(&room, &round)?;
        let progress: HashMap<ParticipantId, Progress> =
            (app.store.progress(round.id).await?.into_iter())
                .map(|row| (row.0, row.1))
                .collect();
        let participants = app.store.participants(round.id).await?;
        let submitted = |id| matches!(progress.get(&id), Some(Progress::Submitted { .. }));
        let remaining = (participants.into_iter())
            .filter(|participant| !submitted(participant.id))
            .map(|participant| Remaining {
                id: participant.id,
                name: participant.name.to_string(),
                municipalities: participant.municipalities,
            })
            .collect();
        let data = Paper {
            mapping: room.mapping.name.to_string(),
            areas: areas(room.texts, &version.contents),
            members: (room.mapping.members.iter())
                .map(|member| member.municipality)
                .collect(),
            remaining,
            errors: Errors::default(),
            round,
        };
        Ok(Self { room, data })
    }

    /// As [`Desk::enter`], while the round takes answers.
    ///
    /// # Errors
    /// [`Failure::RoundClosed`] as well.
    async fn enter_open(
        app: &App,
        visitor: &Visitor,
        path: (MappingId, RoundId),
    ) -> Result<Self, Failure> {
        let desk = Self::enter(app, visitor, path).await?;
        match desk.data.round.status {
            RoundStatus::Open => Ok(desk),
            RoundStatus::Closed => Err(Failure::RoundClosed),
        }
    }

    fn capabilities(&self) -> Vec<CapabilityId> {
        (self.data.areas.iter())
            .flat_map(app::pages::survey::Area::ids)
            .collect()
    }

    fn back(&self, path: &str, done: &str) -> Response {
        let round = self.data.round.id;
        see_other((self.room).address(format_args!("/omgangar/{round}/papper{path}?klart={done}")))
    }

    async fn hub_page(self) -> Response {
        let (room, data) = (self.room, self.data);
        let title = room.texts.paper_title();
        let again = !data.errors.is_empty();
        let body = move |frame: &Frame| pages::hub(frame.texts, &data);
        if again {
            room.again(title, body).await
        } else {
            room.page(title, body).await
        }
    }

    async fn entry_page(self, entry: Entry) -> Response {
        let (room, data) = (self.room, self.data);
        let title = room.texts.paper_enter();
        let again = !entry.errors.is_empty();
        let body = move |frame: &Frame| pages::entry::view(frame.texts, &data, &entry);
        if again {
            room.again(title, body).await
        } else {
            room.page(title, body).await
        }
    }
}

async fn hub(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let desk = Desk::enter(&app, &visitor, path).await?;
    Ok(desk.hub_page().await)
}

async fn print(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let Desk { room, data } = Desk::enter(&app, &visitor, path).await?;
    let frame = Frame {
        scripts: &["copy.js"],
        ..room.frame(room.texts.paper_sheet_title(&*data.round.name))
    };
    let body = move |frame: &Frame| pages::print::view(frame.texts, &data);
    Ok(render(StatusCode::OK, frame, body).await)
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let desk = Desk::enter_open(&app, &visitor, path).await?;
    let entry = Entry {
        id: new_id().to_string(),
        ..Entry::default()
    };
    Ok(desk.entry_page(entry).await)
}

/// Enters a sheet: in a named round as the person's own, in a confidential one as nobody's.
async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let desk = Desk::enter_open(&app, &visitor, path).await?;
    let texts = desk.room.texts;
    let id = fields.id("id")?;
    let mut entry = Entry {
        id: id.to_string(),
        participant: fields.get("deltagare").to_owned(),
        municipalities: fields.all("kommun").map(str::to_owned).collect(),
        typed: (fields.iter())
            .filter(|(name, _)| name.contains('.'))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<BTreeMap<_, _>>(),
        errors: Errors::default(),
    };
    // What stands on a sheet holds for everyone it is for, so that one municipality stands for all in the form.
    let anyone: Vec<Municipality> = desk.data.members.iter().take(1).copied().collect();
    let ratings = match form::read(&desk.capabilities(), &anyone, fields.iter()) {
        Ok(ratings) => ratings,
        Err(faults) => {
            entry.errors = answer_errors(texts, &desk.data.areas, faults);
            Ratings::new()
        }
    };
    let nothing = (ratings.iter()).all(|(_, rating)| *rating == Rating::default());
    if entry.errors.is_empty() && nothing {
        entry.errors.add("deltagare", texts.paper_entry_empty());
    }
    if !entry.errors.is_empty() {
        return Ok(desk.entry_page(entry).await);
    }
    match desk.data.round.mode {
        SurveyMode::Named => enter_named(desk, entry, ratings).await,
        SurveyMode::Confidential => enter_confidential(desk, entry, id, ratings).await,
    }
}

async fn enter_named(desk: Desk, mut entry: Entry, ratings: Ratings) -> Result<Response, Failure> {
    let (store, texts) = (desk.room.app.store.clone(), desk.room.texts);
    let known = store.participants(desk.data.round.id).await?;
    let participant = (entry.participant.parse().ok())
        .and_then(|id: ParticipantId| known.iter().find(|known| known.id == id));
    let Some(participant) = participant else {
        entry.errors.add("deltagare", texts.paper_whose_missing());
        return Ok(desk.entry_page(entry).await);
    };
    let (sheet, progress) = store.sheet(participant.id).await?;
    if matches!(progress, Progress::Submitted { .. }) {
        // The same form again is the same sheet; what someone has answered themselves is theirs.
        let said = ratings.into_iter().filter(|(_, rating)| !rating.is_empty());
        if sheet
            == (Sheet {
                ratings: said.collect(),
            })
        {
            return Ok(desk.back("", "blankett"));
        }
        entry.errors.add("deltagare", texts.paper_whose_answered());
        return Ok(desk.entry_page(entry).await);
    }
    let mut answers = ratings;
    // What had been begun on the web gives way to what stands on paper, other municipalities' own answers included.
    let begun = (sheet.ratings.into_keys())
        .filter(|place| !answers.iter().any(|(known, _)| known == place))
        .map(|place| (place, Rating::default()))
        .collect::<Vec<_>>();
    answers.extend(begun);
    let answer = AnswerForm {
        participant: participant.id,
        code: None,
        ratings: answers,
        submit: true,
        at: now(),
    };
    let id = participant.id;
    match store.answer(answer).await? {
        AnswerOutcome::Saved | AnswerOutcome::Submitted => {}
        AnswerOutcome::RoundClosed => return Err(Failure::RoundClosed),
        AnswerOutcome::Removed => return Err(Failure::NotFound),
        AnswerOutcome::ForeignMunicipality | AnswerOutcome::CodeNeeded => {
            return Err(Failure::BadForm);
        }
    }
    desk.room.record("paper.enter", &id.to_string()).await?;
    Ok(desk.back("", "blankett"))
}

/// Nothing is recorded with a name or a time of its own: who handed in is noted apart.
async fn enter_confidential(
    desk: Desk,
    mut entry: Entry,
    id: uuid::Uuid,
    ratings: Ratings,
) -> Result<Response, Failure> {
    let municipalities: Vec<Municipality> = (desk.data.members.iter().copied())
        .filter(|member| entry.municipalities.contains(&member.to_string()))
        .collect();
    if municipalities.is_empty() || municipalities.len() != entry.municipalities.len() {
        let missing = desk.room.texts.paper_municipality_missing();
        entry.errors.add("kommun", missing);
        return Ok(desk.entry_page(entry).await);
    }
    let store = &desk.room.app.store;
    match (store.enter_paper(desk.data.round.id, id, &municipalities, ratings)).await? {
        PaperOutcome::Entered => Ok(desk.back("", "blankett")),
        PaperOutcome::RoundClosed => Err(Failure::RoundClosed),
    }
}

/// Notes that someone has handed in a sheet, in a confidential round.
async fn tick(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let mut desk = Desk::enter_open(&app, &visitor, path).await?;
    if desk.data.round.mode != SurveyMode::Confidential {
        return Err(Failure::BadForm);
    }
    let known = app.store.participants(desk.data.round.id).await?;
    let participant = (fields.get("deltagare").parse().ok())
        .filter(|id: &ParticipantId| known.iter().any(|known| known.id == *id));
    let Some(participant) = participant else {
        let missing = desk.room.texts.paper_tick_missing();
        desk.data.errors.add("deltagare", missing);
        return Ok(desk.hub_page().await);
    };
    match app.store.note_paper(participant, now()).await {
        Ok(true) => {
            (desk.room)
                .record("paper.tick", &participant.to_string())
                .await?;
        }
        // Noted before, or answered on the web meanwhile.
        Ok(false) => {}
        Err(StoreError::Conflict("round_closed")) => return Err(Failure::RoundClosed),
        Err(StoreError::NotFound) => return Err(Failure::NotFound),
        Err(error) => return Err(error.into()),
    }
    Ok(desk.back("", "papper"))
}
