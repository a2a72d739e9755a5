//! Those who are asked in a round: adding them, their personal links, taking them out.

mod list;
pub(super) mod one;
pub(super) mod roster;

use std::collections::{HashMap, HashSet};

use app::{
    components::Errors,
    document::{Frame, Said, Tab},
    pages::{
        link_sheet::{self, LinkCard},
        participants::{self as pages, ListForm, ParticipantForm, ParticipantPage, ParticipantRow},
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
    ids::{MappingId, ParticipantId, RoundId},
    municipality::Municipality,
    rights::Action,
    survey::{Occupation, Participant, Progress, Round, RoundStatus},
};
use roster::Entry;
use store::StoreError;
use uuid::Uuid;

use super::rounds;
use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

pub(crate) use roster::is_email;

pub(super) fn routes() -> Router<App> {
    let base = "/k/{mapping}/omgangar/{round}";
    Router::new()
        .route(&format!("{base}/deltagare"), get(show).post(add))
        .route(&format!("{base}/deltagare/lista"), post(list::review))
        .route(&format!("{base}/deltagare/lista/klart"), post(list::add))
        .route(
            &format!("{base}/deltagare/{{participant}}/ta-bort"),
            post(remove),
        )
        .route(&format!("{base}/lankar"), get(sheet))
}

/// A round that the visitor has been let into, with who is asked.
struct Place {
    room: Room,
    round: Round,
    participants: Vec<Participant>,
}

impl Place {
    async fn enter(
        app: &App,
        visitor: &Visitor,
        (mapping, round): (MappingId, RoundId),
        action: Action,
    ) -> Result<Self, Failure> {
        let room = visitor.enter(app, mapping, action, Tab::Rounds).await?;
        let round = rounds::of_mapping(&room, round).await?;
        let participants = app.store.participants(round.id).await?;
        Ok(Self {
            room,
            round,
            participants,
        })
    }

    /// As [`Place::enter`], for those who add people.
    ///
    /// # Errors
    /// [`Failure::RoundClosed`] as well.
    async fn enter_open(
        app: &App,
        visitor: &Visitor,
        path: (MappingId, RoundId),
    ) -> Result<Self, Failure> {
        let place = Self::enter(app, visitor, path, Action::ManageRounds).await?;
        match place.round.status {
            RoundStatus::Open => Ok(place),
            RoundStatus::Closed => Err(Failure::RoundClosed),
        }
    }

    fn link(&self, id: ParticipantId) -> String {
        let app = &self.room.app;
        format!("{}/e/{}", app.public_url, app.key.participant(id).as_str())
    }

    fn members(&self) -> Vec<Municipality> {
        (self.room.mapping.members.iter())
            .map(|member| member.municipality)
            .collect()
    }

    fn knows(&self, id: ParticipantId) -> bool {
        self.participants.iter().any(|known| known.id == id)
    }

    /// Addresses in the round, in lower case.
    fn taken(&self) -> HashSet<String> {
        (self.participants.iter())
            .map(|participant| participant.email.to_lowercase())
            .filter(|email| !email.is_empty())
            .collect()
    }

    /// Adds people under ids made when their form was shown, all of them or none.
    async fn add(&self, first: Uuid, entries: Vec<Entry>) -> Result<Response, Failure> {
        let key = &self.room.app.key;
        let people: Vec<_> = (entries.into_iter().zip(0..))
            .map(|(entry, index)| {
                let id = list::following(first, index);
                let participant = Participant {
                    id,
                    round: self.round.id,
                    name: entry.name,
                    email: entry.email,
                    occupation: entry.occupation,
                    municipalities: entry.municipalities,
                };
                (participant, key.participant(id).hash())
            })
            .collect();
        let store = &self.room.app.store;
        match store.add_participants(self.round.id, &people, now()).await {
            Ok(()) => {
                let detail = format!("{}: {}", self.round.id, people.len());
                self.room.record("participants.add", &detail).await?;
            }
            // The same form sent twice at once: the other one added them.
            Err(StoreError::Conflict("participant_id" | "participant_token")) => {}
            Err(StoreError::Conflict("round_closed")) => return Err(Failure::RoundClosed),
            Err(error) => return Err(error.into()),
        }
        Ok(self.back("deltagare"))
    }

    fn back(&self, said: &str) -> Response {
        let round = self.round.id;
        see_other(
            self.room
                .address(format_args!("/omgangar/{round}/deltagare?klart={said}")),
        )
    }

    async fn page(
        self,
        one: Option<ParticipantForm>,
        list: Option<ListForm>,
    ) -> Result<Response, Failure> {
        let room = self.room.clone();
        let again = one.as_ref().is_some_and(|form| !form.errors.is_empty())
            || list.as_ref().is_some_and(|form| !form.errors.is_empty());
        let data = self.list_page(one, list).await?;
        let mut frame = Frame {
            scripts: &["copy.js"],
            ..room.frame(room.texts.participant_title(data.round.name.as_str()))
        };
        frame.said = fetched(&room).or(frame.said);
        let status = if again {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        Ok(crate::page::render(status, frame, move |frame| pages::page(frame.texts, &data)).await)
    }

    async fn list_page(
        self,
        one: Option<ParticipantForm>,
        list: Option<ListForm>,
    ) -> Result<ParticipantPage, Failure> {
        let progress = self.room.app.store.progress(self.round.id).await?;
        let progress: HashMap<_, _> = progress.into_iter().map(|row| (row.0, row.1)).collect();
        let may_manage = self.room.may(Action::ManageRounds);
        let may_add = may_manage && self.round.status == RoundStatus::Open;
        let may_fetch = may_add && self.room.may(Action::ManageParticipation);
        let invited = if may_fetch {
            let invitees = self.room.app.store.invitees(self.room.mapping.id).await?;
            (!invitees.is_empty()).then(|| (invitees.len(), new_id().to_string()))
        } else {
            None
        };
        let rows = (self.participants.iter())
            .map(|participant| ParticipantRow {
                id: participant.id,
                name: participant.name.to_string(),
                email: if may_manage {
                    participant.email.to_string()
                } else {
                    String::new()
                },
                occupation: participant.occupation,
                municipalities: participant.municipalities.clone(),
                progress: (progress.get(&participant.id)).map_or(Progress::NotStarted, |p| *p),
                link: may_manage.then(|| self.link(participant.id)),
            })
            .collect();
        Ok(ParticipantPage {
            rows,
            members: self.members(),
            form: may_add.then(|| one.unwrap_or_else(empty_form)),
            list: may_add.then(|| list.unwrap_or_else(list::empty)),
            may_manage,
            invited,
            round: self.round,
        })
    }
}

/// What is said of invitees who have just been fetched.
fn fetched(room: &Room) -> Option<Said> {
    let number = |name| room.visitor.query(name).parse::<usize>().ok();
    let message = match (number("hamtade")?, number("av")?) {
        (0, _) => room.texts.invitee_fetched_none().to_owned(),
        (added, asked) if added == asked => room.texts.invitee_fetched_all(added),
        (added, _) => room.texts.invitee_fetched(added),
    };
    Some(Said {
        message,
        undo: None,
    })
}

fn empty_form() -> ParticipantForm {
    ParticipantForm {
        id: new_id().to_string(),
        name: String::new(),
        email: String::new(),
        occupation: Occupation::Other.code().to_owned(),
        municipalities: Vec::new(),
        errors: Errors::default(),
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let place = Place::enter(&app, &visitor, path, Action::ReadProgress).await?;
    place.page(None, None).await
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, path).await?;
    let id = fields.id("id")?;
    if place.knows(ParticipantId::new(id)) {
        return Ok(place.back("deltagare"));
    }
    let texts = place.room.texts;
    let taken = |email: &str| {
        (place.taken().contains(&email.to_lowercase()))
            .then(|| texts.participant_email_taken(email))
    };
    match one::read(texts, &fields, &place.members(), taken) {
        Ok(entry) => place.add(id, vec![entry]).await,
        Err(errors) => {
            let form = ParticipantForm {
                id: fields.get("id").to_owned(),
                name: fields.get("namn").to_owned(),
                email: fields.get("epost").to_owned(),
                occupation: fields.get("roll").to_owned(),
                municipalities: fields.all("kommun").map(ToOwned::to_owned).collect(),
                errors,
            };
            place.page(Some(form), None).await
        }
    }
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round, participant)): Path<(MappingId, RoundId, ParticipantId)>,
) -> Result<Response, Failure> {
    let place = Place::enter(&app, &visitor, (mapping, round), Action::ManageRounds).await?;
    if !place.knows(participant) {
        return Err(Failure::NotFound);
    }
    app.store.remove_participant(participant, now()).await?;
    let detail = participant.to_string();
    place.room.record("participant.remove", &detail).await?;
    Ok(place.back("borttagen"))
}

/// The links as cards with QR codes, to print.
async fn sheet(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, path).await?;
    let cards: Vec<_> = (place.participants.iter())
        .map(|participant| LinkCard {
            name: participant.name.to_string(),
            municipalities: participant.municipalities.clone(),
            link: place.link(participant.id),
        })
        .collect();
    let (room, round) = (place.room, place.round);
    let frame = Frame {
        scripts: &["copy.js"],
        ..room.frame(room.texts.participant_sheet_title())
    };
    Ok(crate::page::render(StatusCode::OK, frame, move |frame| {
        link_sheet::view(frame.texts, path.0, &round, &cards)
    })
    .await)
}
