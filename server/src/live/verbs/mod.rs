//! `POST …/gor`: what people do in a workshop, one form field `gor` naming what.

mod form;
mod lead;
mod people;
mod take_part;

use app::live::Class;
use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::{
    ids::{MappingId, OpId, WorkshopId},
    map::{Command, Event, Operation, Refusal},
    rights::{Action, Actor, Subject, may},
    workshop::Activity,
};
use serde_json::json;

pub(super) use self::people::tend_code;
use self::{lead::Lead, people::Person, take_part::TakePart};
use super::guest::Guest;
use crate::{
    error::{Failure, wants_json},
    form::Fields,
    page::see_other,
    state::{App, now},
    visitor::Visitor,
};

/// What can be done.
enum Verb {
    /// By those who lead.
    Lead(Lead),
    /// By those who lead, with those who take part.
    Person(Person),
    /// By everyone who takes part.
    TakePart(TakePart),
    /// Takes something back.
    Undo,
}

impl Verb {
    fn from_code(code: &str) -> Option<Self> {
        (Lead::from_code(code).map(Self::Lead))
            .or_else(|| Person::from_code(code).map(Self::Person))
            .or_else(|| TakePart::from_code(code).map(Self::TakePart))
            .or_else(|| (code == "angra").then_some(Self::Undo))
    }

    /// The right that is asked for.
    fn action(&self) -> Action {
        match self {
            Self::Lead(_) | Self::Person(_) => Action::LeadWorkshop,
            Self::TakePart(_) | Self::Undo => Action::TakePart,
        }
    }
}

/// Someone at work: who they are now, and what they sent.
struct Sender<'a> {
    guest: &'a Guest,
    actor: Actor,
    fields: &'a Fields,
    op: OpId,
}

/// `POST …/gor`: does what the form says. 303 back to the view, or for the page's script `{"seq": n}` once it is
/// committed. The same `op` again changes nothing.
pub(crate) async fn act(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(path): Path<(MappingId, WorkshopId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let guest = Guest::identify(app.clone(), visitor, &headers, path).await?;
    let verb = Verb::from_code(fields.get("gor")).ok_or(Failure::BadForm)?;
    let op = fields.op()?;
    let view = match fields.get("vy") {
        "" => guest.visitor.query("vy"),
        view => view,
    };
    let view = Class::from_code(view);
    let actor = who(&guest, &verb, view)?;
    if let Actor::Attendee { id, .. } = &actor
        && !guest.app.limits.may_act(*id)
    {
        return Err(Failure::TooMany);
    }
    let sender = Sender {
        guest: &guest,
        actor,
        fields: &fields,
        op,
    };
    let seq = sender.carry_out(&verb).await?;
    if wants_json(&headers) {
        return Ok(Json(json!({ "seq": seq })).into_response());
    }
    let back = (Class::from_code(fields.get("till")).or(view)).unwrap_or(match sender.actor {
        Actor::Attendee { .. } => Class::Participant,
        _ => Class::Leader,
    });
    Ok(see_other(format!(
        "/k/{}/workshop/{}/{}",
        path.0,
        path.1,
        back.code()
    )))
}

/// As whom somebody does something who may both have a seat and be signed in: the seat takes part, unless the form
/// came from the facilitators' view.
///
/// # Errors
/// What is said to those who may not.
fn who(guest: &Guest, verb: &Verb, view: Option<Class>) -> Result<Actor, Failure> {
    let action = verb.action();
    let subject = guest.subject();
    let leads = action == Action::LeadWorkshop
        || matches!(view, Some(Class::Leader | Class::Projector))
        || guest.seat.is_none();
    if leads {
        if action == Action::TakePart && guest.seat.is_none() {
            guest.signed_in(action)?;
        } else {
            guest.visitor.may(action, &subject)?;
        }
        return Ok(guest.visitor.actor.clone());
    }
    let actor = guest.seated()?;
    if may(&actor, action, &subject) {
        Ok(actor)
    } else {
        Err(Failure::Forbidden)
    }
}

impl Sender<'_> {
    /// Does it, and tells how far the log has come then.
    async fn carry_out(&self, verb: &Verb) -> Result<u64, Failure> {
        // What has been done is not asked about again: rules and rights may have changed meanwhile.
        if let Some(done) = self.guest.state.operation(self.op) {
            if self.actor.author() == Some(done.author) {
                return Ok(self.guest.state.seq);
            }
            // An id that somebody else has used says nothing about what this person sent.
            return Err(Failure::Refused(Refusal::Taken));
        }
        let command = match verb {
            Verb::Person(person) => return self.attend(*person).await,
            Verb::Lead(lead) => self.lead(*lead)?,
            Verb::TakePart(take_part) => self.take_part(*take_part)?,
            Verb::Undo => self.undo()?,
        };
        let author = self.actor.author().ok_or(Failure::SignInNeeded)?;
        let Guest {
            app, mapping, id, ..
        } = self.guest;
        let executed = (app.store)
            .execute(mapping.id, author, self.op, command, now())
            .await?;
        let seq = executed.state.seq;
        if matches!(verb, Verb::Lead(Lead::Open | Lead::End)) {
            // The room gives the workshop its code, and takes it back.
            app.hub.live(app, mapping.id, *id).at_least(seq).await?;
        }
        Ok(seq)
    }

    /// Asks for a right about the whole mapping.
    fn must(&self, action: Action) -> Result<(), Failure> {
        let mapping = &self.guest.mapping;
        let subject = Subject::Mapping {
            id: mapping.id,
            example: mapping.example,
        };
        if may(&self.actor, action, &subject) {
            Ok(())
        } else {
            Err(Failure::Forbidden)
        }
    }

    fn leads(&self) -> bool {
        may(&self.actor, Action::LeadWorkshop, &self.guest.subject())
    }

    /// Takes back what `operation` names, or else one's own latest.
    fn undo(&self) -> Result<Command, Failure> {
        let author = self.actor.author().ok_or(Failure::SignInNeeded)?;
        let state = &self.guest.state;
        let operation = match self.fields.get("operation") {
            "" => state.latest_undoable(author),
            id => state.operation(id.parse().map_err(|_| Failure::BadForm)?),
        };
        let operation = operation.ok_or(Failure::Refused(Refusal::NotFound))?;
        if self.may_undo(operation) {
            Ok(Command::Undo(operation.op))
        } else {
            Err(Failure::Refused(Refusal::NotYours))
        }
    }

    /// One's own may be taken back, on a locked board by facilitators only; they may take back what others have done
    /// to the map too.
    fn may_undo(&self, operation: &Operation) -> bool {
        let own = self.actor.author() == Some(operation.author);
        if self.leads() {
            return own || operation.is_on_map();
        }
        let mapping = &self.guest.mapping;
        let agreed = |event: &Event| match event {
            Event::Agreed(change) => may(
                &self.actor,
                Action::AgreeLevels,
                &Subject::Municipality {
                    mapping: mapping.id,
                    example: mapping.example,
                    municipality: change.id.municipality,
                },
            ),
            _ => true,
        };
        // The board is theirs while it is grouped, and levels while they are agreed.
        let stage = self.guest.state.work.stage(self.guest.id);
        let activity = (self.guest.workshop().ok()).and_then(|workshop| stage.activity(workshop));
        let levels = (operation.events.iter()).all(|event| matches!(event, Event::Agreed(_)));
        let now = if levels {
            activity == Some(Activity::Agreeing)
        } else {
            activity == Some(Activity::Grouping) && !stage.locked
        };
        own && operation.events.iter().all(agreed)
            && (!operation.is_on_map() || (stage.is_open() && now))
    }
}
