//! Those who are asked to take part in the series: the list with their links, adding people, taking them off it.

use std::collections::HashSet;

use app::{
    components::Errors,
    document::{Frame, Said, Tab},
    pages::{
        link_sheet::LinkCard,
        participants::{ListForm, ParticipantForm},
        preparation::invitees::{self as pages, InviteeRow, InviteesPage},
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
    ids::{InviteeId, MappingId},
    municipality::Municipality,
    participation::Invitee,
    rights::Action,
    survey::Occupation,
};
use store::StoreError;
use uuid::Uuid;

use super::new_op;
use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    routes::participants::{
        one,
        roster::{self, Entry},
    },
    state::{App, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    let base = "/k/{mapping}/inbjudna";
    Router::new()
        .route(base, get(show).post(add))
        .route(&format!("{base}/granska"), post(review))
        .route(&format!("{base}/granskad"), post(add_list))
        .route(&format!("{base}/{{invitee}}/ta-bort"), post(remove))
        .route(&format!("{base}/lankar"), get(sheet))
}

/// The address of an invitee's own page.
pub(super) fn own_page(app: &App, id: InviteeId) -> String {
    format!("{}/p/{}", app.public_url, app.key.invitee(id).as_str())
}

/// A mapping's list of invitees that the visitor has been let into.
struct List {
    room: Room,
    invitees: Vec<Invitee>,
}

impl List {
    async fn enter(app: &App, visitor: &Visitor, mapping: MappingId) -> Result<Self, Failure> {
        let action = Action::ManageParticipation;
        let room = (visitor.enter(app, mapping, action, Tab::Participation)).await?;
        let invitees = app.store.invitees(mapping).await?;
        Ok(Self { room, invitees })
    }

    fn members(&self) -> Vec<Municipality> {
        (self.room.mapping.members.iter())
            .map(|member| member.municipality)
            .collect()
    }

    fn knows(&self, id: InviteeId) -> bool {
        self.invitees.iter().any(|known| known.id == id)
    }

    /// Whether someone else on the list has this address.
    fn has(&self, email: &str) -> bool {
        let email = email.to_lowercase();
        !email.is_empty() && (self.invitees.iter()).any(|known| known.email.to_lowercase() == email)
    }

    /// Reads a list, and says which addresses on it are on the list of invitees already.
    fn read(&self, list: &str) -> Result<Vec<Entry>, Errors> {
        let texts = self.room.texts;
        let entries = roster::read(texts, list, &self.members(), &HashSet::new())?;
        let mut errors = Errors::default();
        for entry in entries.iter().filter(|entry| self.has(&entry.email)) {
            errors.add("lista", texts.invitee_email_taken(entry.email.as_str()));
        }
        if errors.is_empty() {
            Ok(entries)
        } else {
            Err(errors)
        }
    }

    /// Adds people under ids made when their form was shown, all of them or none.
    async fn add(&self, first: Uuid, entries: Vec<Entry>) -> Result<Response, Failure> {
        let (app, mapping) = (&self.room.app, self.room.mapping.id);
        let people: Vec<_> = (entries.into_iter().zip(0..))
            .map(|(entry, index)| {
                let id = Uuid::from_u128(first.as_u128().wrapping_add(index));
                let id = InviteeId::new(id);
                let invitee = Invitee {
                    id,
                    mapping,
                    name: entry.name,
                    email: entry.email,
                    occupation: entry.occupation,
                    municipalities: entry.municipalities,
                };
                (invitee, app.key.invitee(id).hash())
            })
            .collect();
        match app.store.add_invitees(mapping, &people, now()).await {
            Ok(()) => {
                let detail = people.len().to_string();
                self.room.record("invitees.add", &detail).await?;
            }
            // The same form sent again: these people have been added, and perhaps taken off the list since.
            Err(StoreError::Conflict("invitee_id" | "invitee_token")) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(self.back("tillagd"))
    }

    fn back(&self, said: &str) -> Response {
        see_other(self.room.address(format_args!("/inbjudna?klart={said}")))
    }

    async fn page(self, one: Option<ParticipantForm>) -> Response {
        let status = match one {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let app = &self.room.app;
        let rows = (self.invitees.iter())
            .map(|invitee| InviteeRow {
                id: invitee.id,
                name: invitee.name.to_string(),
                email: invitee.email.to_string(),
                occupation: invitee.occupation,
                municipalities: invitee.municipalities.clone(),
                link: own_page(app, invitee.id),
            })
            .collect();
        let data = InviteesPage {
            mapping: self.room.mapping.id,
            rows,
            members: self.members(),
            form: one.unwrap_or_else(empty_form),
            list: ListForm {
                id: new_op(),
                list: String::new(),
                errors: Errors::default(),
            },
        };
        let texts = self.room.texts;
        let mut frame = Frame {
            scripts: &["copy.js"],
            ..self.room.frame(texts.invitee_title())
        };
        if self.room.visitor.query("klart") == "tillagd" {
            frame.said = Some(Said {
                message: texts.invitee_said_added().to_owned(),
                undo: None,
            });
        }
        render(status, frame, move |frame| pages::page(frame.texts, &data)).await
    }
}

fn empty_form() -> ParticipantForm {
    ParticipantForm {
        id: new_op(),
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
    Path(mapping): Path<MappingId>,
) -> Result<Response, Failure> {
    let list = List::enter(&app, &visitor, mapping).await?;
    Ok(list.page(None).await)
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let list = List::enter(&app, &visitor, mapping).await?;
    let id = fields.id("id")?;
    if list.knows(InviteeId::new(id)) {
        return Ok(list.back("tillagd"));
    }
    let texts = list.room.texts;
    let taken = |email: &str| (list.has(email)).then(|| texts.invitee_email_taken(email));
    match one::read(texts, &fields, &list.members(), taken) {
        Ok(entry) => list.add(id, vec![entry]).await,
        Err(errors) => {
            let form = ParticipantForm {
                id: id.to_string(),
                name: fields.get("namn").to_owned(),
                email: fields.get("epost").to_owned(),
                occupation: fields.get("roll").to_owned(),
                municipalities: fields.all("kommun").map(ToOwned::to_owned).collect(),
                errors,
            };
            Ok(list.page(Some(form)).await)
        }
    }
}

/// Shows what a list was understood as, or what is wrong with it. Adds nobody.
async fn review(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let list = List::enter(&app, &visitor, mapping).await?;
    let mut form = ListForm {
        id: fields.id("id")?.to_string(),
        list: fields.get("lista").to_owned(),
        errors: Errors::default(),
    };
    let entries = match list.read(&form.list) {
        Ok(entries) => entries,
        Err(errors) => {
            form.errors = errors;
            return Ok(correct(list, form).await);
        }
    };
    let rows: Vec<_> = (entries.into_iter())
        .map(|entry| {
            (
                entry.name.to_string(),
                entry.email.to_string(),
                entry.occupation,
                entry.municipalities,
            )
        })
        .collect();
    let title = list.room.texts.participant_preview_title();
    Ok((list.room)
        .page(title, move |frame| {
            pages::preview(frame.texts, mapping, &rows, &form)
        })
        .await)
}

async fn correct(list: List, form: ListForm) -> Response {
    let mapping = list.room.mapping.id;
    let title = list.room.texts.participant_import_title();
    (list.room)
        .again(title, move |frame| {
            pages::correct(frame.texts, mapping, &form)
        })
        .await
}

/// Adds everyone on a list that has been shown, read anew; or shows what has become wrong with it since.
async fn add_list(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let list = List::enter(&app, &visitor, mapping).await?;
    let id = fields.id("id")?;
    if list.knows(InviteeId::new(id)) {
        return Ok(list.back("tillagd"));
    }
    let typed = fields.get("lista");
    match list.read(typed) {
        Ok(entries) => list.add(id, entries).await,
        Err(errors) => {
            let form = ListForm {
                id: id.to_string(),
                list: typed.to_owned(),
                errors,
            };
            Ok(correct(list, form).await)
        }
    }
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, invitee)): Path<(MappingId, InviteeId)>,
) -> Result<Response, Failure> {
    let list = List::enter(&app, &visitor, mapping).await?;
    match app.store.remove_invitee(mapping, invitee, now()).await {
        Ok(()) => {}
        Err(StoreError::NotFound) => return Err(Failure::NotFound),
        Err(error) => return Err(error.into()),
    }
    if list.knows(invitee) {
        let detail = invitee.to_string();
        list.room.record("invitee.remove", &detail).await?;
    }
    Ok(list.back("borttagen"))
}

/// The links as cards with QR codes, to print.
async fn sheet(
    State(app): State<App>,
    visitor: Visitor,
    Path(mapping): Path<MappingId>,
) -> Result<Response, Failure> {
    let list = List::enter(&app, &visitor, mapping).await?;
    let cards: Vec<_> = (list.invitees.iter())
        .map(|invitee| LinkCard {
            name: invitee.name.to_string(),
            municipalities: invitee.municipalities.clone(),
            link: own_page(&app, invitee.id),
        })
        .collect();
    let room = list.room;
    let name = room.mapping.name.to_string();
    let frame = Frame {
        scripts: &["copy.js"],
        ..room.frame(room.texts.invitee_sheet_title())
    };
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::sheet(frame.texts, mapping, &name, &cards)
    })
    .await)
}
