//! Who it is that follows a workshop or does something in it: someone with a seat, someone signed in, or both.

use std::sync::Arc;

use app::live::{Class, Me};
use axum::http::HeaderMap;
use domain::{
    ids::{AttendeeId, MappingId, WorkshopId},
    map::{Author, MapState},
    mapping::Mapping,
    rights::{Action, Actor, Role, Subject, may},
    workshop::{Attendee, Workshop},
};

use super::{hub::Live, snapshot::Snapshot};
use crate::{
    error::Failure,
    link::Token,
    state::App,
    visitor::{Visitor, cookie},
};

/// The cookie of a seat; it goes to that workshop's addresses only.
pub(crate) const COOKIE: &str = "deltar";

/// Somebody at a workshop's door.
pub(crate) struct Guest {
    /// The service.
    pub(crate) app: App,
    /// Who they are signed in as.
    pub(crate) visitor: Visitor,
    /// The mapping.
    pub(crate) mapping: Mapping,
    /// The map when they came.
    pub(crate) state: Arc<MapState>,
    /// Which workshop.
    pub(crate) id: WorkshopId,
    /// Their seat, if they have joined.
    pub(crate) seat: Option<Attendee>,
}

impl Guest {
    /// Finds out who comes to a workshop. Nothing is allowed yet.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no such workshop in the mapping.
    pub(crate) async fn identify(
        app: App,
        visitor: Visitor,
        headers: &HeaderMap,
        (mapping, id): (MappingId, WorkshopId),
    ) -> Result<Self, Failure> {
        let seat = match cookie(headers, COOKIE) {
            Some(token) => {
                let hash = Token::received(&token).hash();
                (app.store.attendee_by_token(hash).await?)
                    .filter(|(of, workshop, _)| (*of, *workshop) == (mapping, id))
                    .map(|(_, _, attendee)| attendee)
            }
            None => None,
        };
        let mapping = app.store.mapping(mapping).await?.ok_or(Failure::NotFound)?;
        let state = app.store.map_state(mapping.id).await?;
        if !state.work.workshops.contains_key(&id) {
            return Err(Failure::NotFound);
        }
        Ok(Self {
            app,
            visitor,
            mapping,
            state,
            id,
            seat,
        })
    }

    /// The workshop's plan.
    ///
    /// # Errors
    /// [`Failure::NotFound`], which does not happen: it was there when they came.
    pub(crate) fn workshop(&self) -> Result<&Workshop, Failure> {
        self.state
            .work
            .workshops
            .get(&self.id)
            .ok_or(Failure::NotFound)
    }

    /// What is asked about.
    pub(crate) fn subject(&self) -> Subject {
        Subject::Workshop {
            mapping: self.mapping.id,
            example: self.mapping.example,
            workshop: self.id,
        }
    }

    /// Whether they may do this as who they are signed in as.
    pub(crate) fn may(&self, action: Action) -> bool {
        may(&self.visitor.actor, action, &self.subject())
    }

    /// Asks for a right of one who has no seat.
    ///
    /// # Errors
    /// [`Failure::NoSeat`] for one whom nobody knows, [`Failure::Forbidden`] for others.
    pub(crate) fn signed_in(&self, action: Action) -> Result<(), Failure> {
        match self.visitor.may(action, &self.subject()) {
            Err(Failure::SignInNeeded) => Err(Failure::NoSeat),
            other => other,
        }
    }

    /// They as the one who has the seat.
    ///
    /// # Errors
    /// [`Failure::TakenOut`] when they have been sent away; [`Failure::NoSeat`] when they have none.
    pub(crate) fn seated(&self) -> Result<Actor, Failure> {
        let seat = self.seat.as_ref().ok_or(Failure::NoSeat)?;
        if seat.removed {
            return Err(Failure::TakenOut);
        }
        Ok(Actor::Attendee {
            id: seat.id,
            mapping: self.mapping.id,
            workshop: self.id,
            municipalities: seat.municipalities.clone(),
            approved: seat.approved,
            speaks: seat.speaks,
        })
    }

    /// Who they are for one class of audience: in the participant's view the seat goes first, else being signed in.
    ///
    /// # Errors
    /// What is said to those who may not: [`Failure::SignInNeeded`], [`Failure::NoSeat`],
    /// [`Failure::Forbidden`] or [`Failure::TakenOut`].
    pub(crate) fn enter(&self, class: Class) -> Result<Option<Me>, Failure> {
        match class {
            Class::Leader => {
                self.visitor.may(Action::LeadWorkshop, &self.subject())?;
                Ok(None)
            }
            Class::Projector if self.may(Action::TakePart) => Ok(None),
            Class::Projector => {
                let subject = self.subject();
                match self.seated() {
                    Ok(actor) if may(&actor, Action::TakePart, &subject) => Ok(None),
                    Ok(_) => Err(Failure::Forbidden),
                    Err(Failure::NoSeat) => {
                        self.visitor.may(Action::TakePart, &subject).map(|()| None)
                    }
                    Err(other) => Err(other),
                }
            }
            Class::Participant => match self.seated() {
                Ok(_) => Ok(self.seat.as_ref().map(me)),
                Err(Failure::NoSeat) => {
                    self.signed_in(Action::TakePart)?;
                    Ok(self
                        .visitor
                        .actor
                        .author()
                        .map(|author| self.leader(author)))
                }
                Err(other) => Err(other),
            },
        }
    }

    /// The seat that lets them follow this class of audience; none where they may as who they are signed in as.
    pub(crate) fn relies_on(&self, class: Class) -> Option<AttendeeId> {
        let on_seat = match class {
            Class::Leader => false,
            Class::Projector => !self.may(Action::TakePart),
            Class::Participant => true,
        };
        (self.seat.as_ref()).filter(|_| on_seat).map(|seat| seat.id)
    }

    /// A facilitator who looks at the participant's view.
    fn leader(&self, author: Author) -> Me {
        Me {
            author,
            name: self.visitor.name.clone().unwrap_or_default(),
            municipalities: Vec::new(),
            approved: true,
            speaks_for: Vec::new(),
            leads: true,
        }
    }

    /// What is shown now, with at least what this person can have done, and with their own seat as it is: they may have
    /// joined by another process a moment ago.
    ///
    /// # Errors
    /// As [`Live::at_least`].
    pub(crate) async fn newest(&self, live: &Live) -> Result<Arc<Snapshot>, Failure> {
        let newest = live.at_least(self.state.seq).await?;
        let stale = (self.seat.as_ref().filter(|seat| !seat.removed))
            .is_some_and(|seat| !newest.scene.people.contains(seat));
        if !stale {
            return Ok(newest);
        }
        self.app.hub.people_changed(self.id);
        live.at_least(self.state.seq).await
    }

    /// What the browser keeps what it has not sent under: one a person.
    pub(crate) fn person(&self, class: Class) -> String {
        match (&self.seat, class) {
            (Some(seat), Class::Participant) => seat.id.to_string(),
            _ => match &self.visitor.actor {
                Actor::Account { id, .. } => id.to_string(),
                _ => self
                    .seat
                    .as_ref()
                    .map_or_else(String::new, |seat| seat.id.to_string()),
            },
        }
    }
}

/// The person with this seat, as views know them.
pub(crate) fn me(seat: &Attendee) -> Me {
    Me {
        author: Author::Attendee(seat.id),
        name: seat.name.to_string(),
        municipalities: seat.municipalities.clone(),
        approved: seat.approved,
        speaks_for: if seat.speaks {
            seat.municipalities.clone()
        } else {
            Vec::new()
        },
        leads: false,
    }
}

/// Whether someone signed in speaks for all of these municipalities, as their representative.
pub(crate) fn represents(actor: &Actor, mapping: MappingId, of: &Attendee) -> bool {
    actor.membership(mapping).is_some_and(|membership| {
        membership.role == Role::Representative
            && (of.municipalities.iter()).all(|m| membership.municipalities.contains(m))
    })
}
