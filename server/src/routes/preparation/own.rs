//! Pages behind personal links: an invitee's own page, and the text to read for them and for participants of a round.

use app::{
    components::date,
    document::Frame,
    pages::{
        participants::names,
        preparation::{
            own::{self as pages, OwnPage, OwnSurvey, OwnWorkshop},
            reading::{self, Reading},
        },
        workshops::Standing,
    },
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use domain::{
    ids::WorkshopId,
    mapping::Mapping,
    participation::Invitee,
    rights::{Action, Actor, Subject, may},
};
use store::{InviteeLink, ParticipantLink};
use time::{Date, macros::format_description};
use uuid::Uuid;

use super::reading::{markdown, reading, set};
use crate::{
    calendar,
    error::Failure,
    form::Fields,
    link::Token,
    material,
    page::{render, see_other},
    state::{App, now},
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/p/{token}", get(show))
        .route("/p/{token}/las", get(read).post(tick))
        .route("/p/{token}/kalender.ics", get(all_workshops))
        .route("/p/{token}/{workshop}/kalender.ics", get(one_workshop))
        .route("/e/{token}/las", get(read_asked).post(tick_asked))
}

/// An invitee who has been let in to their own page.
struct Guest {
    app: App,
    visitor: Visitor,
    texts: Texts,
    token: String,
    invitee: Invitee,
    mapping: Mapping,
}

impl Guest {
    /// Lets the holder of a link in.
    ///
    /// # Errors
    /// [`Failure::InviteeLink`] when the link is not known, [`Failure::InviteeRemoved`] when the person was taken off
    /// the list.
    async fn enter(app: App, visitor: Visitor, token: String) -> Result<Self, Failure> {
        let hash = Token::received(&token).hash();
        let (invitee, mapping) = match app.store.invitee_by_token(hash).await? {
            InviteeLink::Known(known) => *known,
            InviteeLink::Removed => return Err(Failure::InviteeRemoved),
            InviteeLink::Unknown => return Err(Failure::InviteeLink),
        };
        let actor = Actor::Invitee {
            id: invitee.id,
            mapping: mapping.id,
            municipalities: invitee.municipalities.clone(),
        };
        may_read(&actor, &mapping)?;
        let texts = visitor.texts_for(mapping.language);
        Ok(Self {
            app,
            visitor,
            texts,
            token,
            invitee,
            mapping,
        })
    }

    fn address(&self, path: &str) -> String {
        format!("/p/{}{path}", self.token)
    }

    /// The surveys that are open to whoever has the invitee's address, and closed ones that they have answered: what was
    /// answered lies beside everybody's, to prepare with.
    async fn surveys(&self) -> Result<Vec<OwnSurvey>, Failure> {
        let store = &self.app.store;
        let mut surveys = Vec::new();
        for (round, participant) in store
            .surveys_of(self.mapping.id, &self.invitee.email)
            .await?
        {
            let Some(round) = store.round(round).await? else {
                continue;
            };
            let (closed, answered) = (
                round.closed_at.is_some(),
                store.has_submitted(participant).await?,
            );
            if closed && !answered {
                continue;
            }
            let token = self.app.key.participant(participant);
            let end = if closed { "/infor-workshopen" } else { "" };
            surveys.push(OwnSurvey {
                name: round.name.to_string(),
                link: format!("/e/{}{end}", token.as_str()),
                answered,
                closed,
            });
        }
        Ok(surveys)
    }
}

/// Asks for the right to read the text.
fn may_read(actor: &Actor, mapping: &Mapping) -> Result<(), Failure> {
    let subject = Subject::Mapping {
        id: mapping.id,
        example: mapping.example,
    };
    if may(actor, Action::ReadMaterial, &subject) {
        Ok(())
    } else {
        Err(Failure::Forbidden)
    }
}

/// The frame of a page behind a personal link.
fn frame(app: &App, visitor: &Visitor, texts: Texts, title: String) -> Frame {
    Frame {
        texts,
        bare: true,
        ..visitor.frame(app, title)
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let guest = Guest::enter(app, visitor, token).await?;
    let app = &guest.app;
    let state = app.store.map_state(guest.mapping.id).await?;
    let workshops = (state.work.in_order().into_iter())
        .map(|(id, workshop)| OwnWorkshop {
            id,
            workshop: workshop.clone(),
            standing: (state.work.stages.get(&id)).map_or(Standing::Planned, Standing::of),
        })
        .collect();
    let markdown = markdown(app, &guest.mapping).await?;
    let today = Date::parse(&date(now()), format_description!("[year]-[month]-[day]"));
    let reader = guest.invitee.id.uuid();
    let page = OwnPage {
        address: guest.address(""),
        name: guest.invitee.name.to_string(),
        municipalities: names(&guest.invitee.municipalities),
        mapping: guest.mapping.name.to_string(),
        period: guest.mapping.period.to_string(),
        surveys: guest.surveys().await?,
        workshops,
        today: today.map_err(|_| Failure::Internal)?,
        minutes: material::minutes(&markdown),
        read: app.store.has_read(guest.mapping.id, reader).await?,
    };
    let title = guest.texts.invitee_own_title(guest.invitee.name.as_str());
    let frame = frame(app, &guest.visitor, guest.texts, title);
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::view(frame.texts, &page)
    })
    .await)
}

/// A page with the text behind a personal link, which leads back to `home`.
async fn reading_page(frame: Frame, mapping: &Mapping, home: String, reading: Reading) -> Response {
    let name = mapping.name.to_string();
    render(StatusCode::OK, frame, move |frame| {
        reading::personal(frame.texts, &name, &home, &reading)
    })
    .await
}

async fn read(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let guest = Guest::enter(app, visitor, token).await?;
    let reader = (guest.invitee.id.uuid(), guest.address("/las"));
    let reading = reading(&guest.app, &guest.mapping, Some(reader)).await?;
    let title = guest.texts.preparation_title().to_owned();
    let frame = frame(&guest.app, &guest.visitor, guest.texts, title);
    Ok(reading_page(frame, &guest.mapping, guest.address(""), reading).await)
}

async fn tick(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let guest = Guest::enter(app, visitor, token).await?;
    let reader = guest.invitee.id.uuid();
    set(&guest.app, guest.mapping.id, reader, &fields).await?;
    Ok(see_other(guest.address("/las#last")))
}

async fn all_workshops(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let guest = Guest::enter(app, visitor, token).await?;
    let state = guest.app.store.map_state(guest.mapping.id).await?;
    let workshops = state.work.in_order();
    Ok(calendar::file(
        &guest.app,
        guest.texts,
        &guest.mapping,
        &state,
        workshops,
    ))
}

async fn one_workshop(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, id)): Path<(String, WorkshopId)>,
) -> Result<Response, Failure> {
    let guest = Guest::enter(app, visitor, token).await?;
    let state = guest.app.store.map_state(guest.mapping.id).await?;
    let workshop = state.work.workshops.get(&id).ok_or(Failure::NotFound)?;
    let workshops = vec![(id, workshop)];
    Ok(calendar::file(
        &guest.app,
        guest.texts,
        &guest.mapping,
        &state,
        workshops,
    ))
}

/// The mapping of a participant who may read, and their id; also when their round is closed.
async fn asked(app: &App, token: &str) -> Result<(Mapping, Uuid), Failure> {
    let hash = Token::received(token).hash();
    let (participant, round, mapping) = match app.store.participant_by_token(hash).await? {
        ParticipantLink::Open {
            participant,
            round,
            mapping,
        }
        | ParticipantLink::Closed {
            participant,
            round,
            mapping,
        } => (participant, round, mapping),
        ParticipantLink::Removed => return Err(Failure::Removed),
        ParticipantLink::Unknown => return Err(Failure::SurveyLink),
    };
    let id = participant.id;
    let actor = Actor::Participant {
        id,
        mapping: mapping.id,
        round: round.id,
        municipalities: participant.municipalities,
    };
    may_read(&actor, &mapping)?;
    Ok((mapping, id.uuid()))
}

async fn read_asked(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let (mapping, reader) = asked(&app, &token).await?;
    let home = format!("/e/{token}");
    let reader = (reader, format!("{home}/las"));
    let reading = reading(&app, &mapping, Some(reader)).await?;
    let texts = visitor.texts_for(mapping.language);
    let frame = frame(&app, &visitor, texts, texts.preparation_title().to_owned());
    Ok(reading_page(frame, &mapping, home, reading).await)
}

async fn tick_asked(
    State(app): State<App>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (mapping, reader) = asked(&app, &token).await?;
    set(&app, mapping.id, reader, &fields).await?;
    Ok(see_other(format!("/e/{token}/las#last")))
}
