//! Inviting people to a workshop by mail.

use std::collections::HashMap;

use app::{
    components::{Errors, date},
    document::{Frame, Said, Tab},
    pages::{
        preparation::invitation::{self as pages, InvitationPage, Recipient},
        workshops::Standing,
    },
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use domain::{
    ids::{InviteeId, MailId, MappingId, OpId, WorkshopId},
    letter::{Letter, MailStatus, NewMail, OwnWords},
    participation::Invitee,
    rights::Action,
    workshop::Workshop,
};

use super::new_op;
use crate::{
    error::Failure,
    form::Fields,
    letters::workshop::{Invitation, composition},
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/k/{mapping}/workshop/{workshop}/inbjudan",
        get(show).post(send),
    )
}

/// A workshop to which the visitor may invite people.
struct Inviting {
    room: Room,
    id: WorkshopId,
    workshop: Workshop,
    ended: bool,
    invitees: Vec<Invitee>,
    /// What has become of the latest letter to each.
    letters: HashMap<InviteeId, (MailStatus, i64)>,
}

/// What has been typed and chosen.
struct Typed {
    op: String,
    words: String,
    chosen: Vec<InviteeId>,
    errors: Errors,
}

impl Inviting {
    async fn enter(
        app: &App,
        visitor: &Visitor,
        (mapping, id): (MappingId, WorkshopId),
    ) -> Result<Self, Failure> {
        let action = Action::ManageParticipation;
        let room = (visitor.enter(app, mapping, action, Tab::Workshops)).await?;
        room.must(Action::LeadWorkshop)?;
        let work = &room.state.work;
        let workshop = work.workshops.get(&id).ok_or(Failure::NotFound)?.clone();
        let ended =
            (work.stages.get(&id)).is_some_and(|stage| Standing::of(stage) == Standing::Ended);
        let invitees = app.store.invitees(mapping).await?;
        let mut letters: HashMap<InviteeId, (MailStatus, i64)> = HashMap::new();
        for mail in app.store.mails_about(id.uuid()).await? {
            if let Letter::Workshop(_, invitee) = mail.new.letter {
                let latest = letters
                    .get(&invitee)
                    .is_none_or(|(_, at)| *at <= mail.changed_at);
                if latest {
                    letters.insert(invitee, (mail.status, mail.changed_at));
                }
            }
        }
        Ok(Self {
            room,
            id,
            workshop,
            ended,
            invitees,
            letters,
        })
    }

    /// Those who have an address and have had no letter.
    fn uninvited(&self) -> Vec<InviteeId> {
        (self.invitees.iter())
            .filter(|invitee| !invitee.email.is_empty() && !self.letters.contains_key(&invitee.id))
            .map(|invitee| invitee.id)
            .collect()
    }

    /// The letter as it will look for the first of those chosen, with a link that leads nowhere.
    fn sample(&self, typed: &Typed) -> app::pages::mailings::letter::Composition {
        let texts = self.room.texts;
        let first = (self.invitees.iter())
            .find(|invitee| typed.chosen.contains(&invitee.id))
            .or(self.invitees.first());
        let words = OwnWords::parse(&typed.words).unwrap_or_default();
        composition(&Invitation {
            mapping: &self.room.mapping,
            workshop: &self.workshop,
            name: first.map_or(texts.preparation_invite_sample(), |invitee| &invitee.name),
            municipalities: first.map_or(&[], |invitee| &invitee.municipalities),
            words: &words,
            link: texts.mailing_sample_address(),
        })
    }

    async fn page(self, typed: Typed, previewed: bool) -> Response {
        let recipients = (self.invitees.iter())
            .map(|invitee| Recipient {
                id: invitee.id,
                name: invitee.name.to_string(),
                email: invitee.email.to_string(),
                municipalities: invitee.municipalities.clone(),
                letter: (self.letters.get(&invitee.id)).map(|(status, at)| (*status, date(*at))),
                chosen: typed.chosen.contains(&invitee.id),
            })
            .collect();
        let letter = self.sample(&typed);
        let texts = self.room.texts;
        let mut frame =
            (self.room).frame(texts.preparation_invite_title(self.workshop.title.as_str()));
        if let Ok(count) = self.room.visitor.query("skickade").parse::<usize>() {
            frame.said = Some(Said {
                message: match count {
                    0 => texts.preparation_invite_sent_none().to_owned(),
                    1 => texts.preparation_invite_sent_one().to_owned(),
                    count => texts.preparation_invite_sent(count),
                },
                undo: None,
            });
        }
        let status = if typed.errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let data = InvitationPage {
            mapping: self.room.mapping.id,
            id: self.id,
            workshop: self.workshop,
            ended: self.ended,
            outbox: self.room.app.mailer.is_outbox(),
            recipients,
            op: typed.op,
            words: typed.words,
            letter,
            previewed,
            errors: typed.errors,
        };
        render(status, frame, move |frame: &Frame| {
            pages::page(frame.texts, &data)
        })
        .await
    }

    /// The letters that a form asks for. Whoever has had none gets one, however many ask for it; whoever has had one
    /// gets another for this form.
    fn mails(
        &self,
        op: OpId,
        words: &OwnWords,
        first: &[InviteeId],
        again: &[InviteeId],
    ) -> Vec<NewMail> {
        let due_at = now();
        (self.invitees.iter())
            .filter(|invitee| !invitee.email.is_empty())
            .filter_map(|invitee| {
                let once = format!("workshop:{}:{}", self.id, invitee.id);
                let dedupe = if again.contains(&invitee.id) {
                    format!("{once}:{op}")
                } else if first.contains(&invitee.id) {
                    once
                } else {
                    return None;
                };
                Some(NewMail {
                    id: MailId::new(new_id()),
                    mapping: Some(self.room.mapping.id),
                    letter: Letter::Workshop(self.id, invitee.id),
                    name: invitee.name.to_string(),
                    address: invitee.email.to_string(),
                    words: words.clone(),
                    dedupe,
                    due_at,
                })
            })
            .collect()
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, WorkshopId)>,
) -> Result<Response, Failure> {
    let inviting = Inviting::enter(&app, &visitor, path).await?;
    let typed = Typed {
        op: new_op(),
        words: String::new(),
        chosen: inviting.uninvited(),
        errors: Errors::default(),
    };
    Ok(inviting.page(typed, false).await)
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, WorkshopId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let inviting = Inviting::enter(&app, &visitor, path).await?;
    if inviting.ended {
        return Err(Failure::NotNow);
    }
    let op = fields.op()?;
    let texts = inviting.room.texts;
    let ids = |name: &str| -> Vec<InviteeId> {
        fields.all(name).filter_map(|id| id.parse().ok()).collect()
    };
    let (first, again) = (ids("till"), ids("igen"));
    let mut typed = Typed {
        op: op.to_string(),
        words: fields.get("ord").to_owned(),
        chosen: first.iter().chain(&again).copied().collect(),
        errors: Errors::default(),
    };
    let words: OwnWords = fields.text("ord", texts.mailing_words(), texts, &mut typed.errors);
    let sends = match fields.get("gor") {
        "skicka" => true,
        "visa" => false,
        _ => return Err(Failure::BadForm),
    };
    let mails = inviting.mails(op, &words, &first, &again);
    if sends && mails.is_empty() {
        (typed.errors).add("till", texts.preparation_invite_none_chosen());
    }
    if !sends || !typed.errors.is_empty() {
        return Ok(inviting.page(typed, !sends).await);
    }
    let sent = app.store.enqueue(mails, now()).await?;
    if sent > 0 {
        app.mail_wake();
        let detail = format!("{}: {sent}", inviting.id);
        inviting.room.record("workshop.invite", &detail).await?;
    }
    let back = format!("/workshop/{}/inbjudan?skickade={sent}", inviting.id);
    Ok(see_other(inviting.room.address(back)))
}
