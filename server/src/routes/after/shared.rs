//! The compiled page by its link, for everyone who has it, and the box for reflections.

use std::sync::Arc;

use app::{
    components::Errors,
    document::Frame,
    pages::after::{
        compiled::{self as pages, CompiledPage},
        reflections::ReflectionBox,
    },
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};
use domain::{
    ids::{AttendeeId, CardId, OpId, WorkshopId},
    map::{Author, Command, MapState},
    mapping::Mapping,
    municipality::Municipality,
    survey::Occupation,
    text::Title,
    workshop::{Attendee, CardKind, CardText, WorkCommand, Workshop, record::following},
};
use store::StoreError;

use super::of_workshop;
use crate::{
    calendar,
    error::Failure,
    form::{Fields, text_error},
    link::Token,
    page::{render, see_other},
    routes::live::From,
    state::{App, new_id, now},
    visitor::{Room, Visitor, cookie},
};

/// The cookie of someone who has written a reflection; it goes to that workshop's compiled page only, and opens nothing.
const COOKIE: &str = "reflekterar";
/// How long a browser is known by it, in seconds: until the next workshop and a while after.
const SECONDS: u32 = 30 * 24 * 60 * 60;

type At = Path<(WorkshopId, String)>;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/s/{workshop}/{token}", get(show).post(write))
        .route("/s/{workshop}/{token}/kalender.ics", get(file))
}

/// The address that opens a workshop's compiled page for everyone.
pub(super) fn address(app: &App, id: WorkshopId) -> String {
    format!("/s/{id}/{}", app.key.compiled(id).as_str())
}

/// Somebody who reads the page.
pub(super) struct Reader {
    app: App,
    visitor: Visitor,
    mapping: Mapping,
    state: Arc<MapState>,
    id: WorkshopId,
    texts: Texts,
    seat: Option<Attendee>,
}

impl Reader {
    /// Someone whom the link lets in.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the link is not the workshop's.
    async fn by_link(
        app: App,
        visitor: Visitor,
        headers: &HeaderMap,
        (id, token): (WorkshopId, String),
    ) -> Result<Self, Failure> {
        // Hashes are compared, so that how long it takes tells nothing of the token.
        if Token::received(&token).hash() != app.key.compiled(id).hash() {
            return Err(Failure::NotFound);
        }
        let mapping = app.store.workshop_mapping(id).await?;
        let mapping = mapping.ok_or(Failure::NotFound)?;
        let mapping = app.store.mapping(mapping).await?.ok_or(Failure::NotFound)?;
        let state = app.store.map_state(mapping.id).await?;
        let seat = match cookie(headers, COOKIE) {
            Some(token) => (app.store)
                .attendee_by_token(Token::received(&token).hash())
                .await?
                .filter(|(_, workshop, _)| *workshop == id)
                .map(|(_, _, attendee)| attendee),
            None => None,
        };
        Ok(Self {
            texts: visitor.texts_for(mapping.language),
            app,
            visitor,
            mapping,
            state,
            id,
            seat,
        })
    }

    /// Someone who has been let into the mapping.
    pub(super) fn of_room(room: &Room, id: WorkshopId) -> Self {
        Self {
            app: room.app.clone(),
            visitor: room.visitor.clone(),
            mapping: room.mapping.clone(),
            state: Arc::clone(&room.state),
            id,
            texts: room.texts,
            seat: None,
        }
    }

    fn plan(&self) -> Result<&Workshop, Failure> {
        (self.state.work.workshops.get(&self.id)).ok_or(Failure::NotFound)
    }

    fn frame(&self, title: String) -> Frame {
        Frame {
            texts: self.texts,
            bare: true,
            ..self.visitor.frame(&self.app, title)
        }
    }

    /// Who they are, when they have a role in the mapping.
    fn account(&self) -> Option<Author> {
        self.visitor.actor.membership(self.mapping.id)?;
        self.visitor.actor.author()
    }

    /// What they have just written: only they are shown it.
    fn saved(&self, op: Option<OpId>) -> Option<String> {
        let card = self.state.work.cards.get(&CardId::new(op?.uuid()))?;
        let me = self.account();
        let seat = (self.seat.as_ref()).map(|seat| Author::Attendee(seat.id));
        let mine = [me, seat].contains(&Some(card.by));
        (mine && card.kind == CardKind::Reflection).then(|| card.text.to_string())
    }

    fn empty_box(&self, op: Option<OpId>) -> ReflectionBox {
        let home = (self.seat.as_ref()).and_then(|seat| seat.municipalities.first().copied());
        let member = self.visitor.actor.membership(self.mapping.id);
        let home = home.or_else(|| member?.municipalities.first().copied());
        let name = (self.seat.as_ref()).map(|seat| seat.name.to_string());
        ReflectionBox {
            action: address(&self.app, self.id),
            op: new_id().to_string(),
            text: String::new(),
            name: (name.filter(|name| name != self.texts.compiled_box_nameless()))
                .unwrap_or_default(),
            municipality: home.map(|home| home.to_string()).unwrap_or_default(),
            municipalities: (self.mapping.members.iter())
                .map(|member| member.municipality)
                .collect(),
            known: self.account().is_some(),
            saved: self.saved(op),
            errors: Errors::default(),
        }
    }

    /// Everything on the page; with `op`, what they have just written.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no such workshop.
    pub(super) async fn page(&self, op: Option<OpId>) -> Result<CompiledPage, Failure> {
        let record = of_workshop(&self.app, &self.mapping, &self.state, self.id).await?;
        let next = following(&self.state, self.id).map(|(_, plan)| {
            let file = format!("{}/kalender.ics", address(&self.app, self.id));
            (plan.clone(), file)
        });
        Ok(CompiledPage {
            mapping: self.mapping.id,
            of: format!("{} · {}", self.mapping.name, self.mapping.period),
            record,
            next,
            reflection: self.empty_box(op),
            inside: None,
        })
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(path): At,
) -> Result<Response, Failure> {
    let reader = Reader::by_link(app, visitor, &headers, path).await?;
    let op = reader.visitor.query("op").parse().ok();
    let page = reader.page(op).await?;
    let frame = reader.frame(reader.texts.compiled_of(&page.record.title));
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::view(frame.texts, &page)
    })
    .await)
}

/// The next workshop as a calendar file.
async fn file(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(path): At,
) -> Result<Response, Failure> {
    let reader = Reader::by_link(app, visitor, &headers, path).await?;
    let next = following(&reader.state, reader.id).ok_or(Failure::NotFound)?;
    let (app, texts) = (&reader.app, reader.texts);
    Ok(calendar::file(
        app,
        texts,
        &reader.mapping,
        &reader.state,
        vec![next],
    ))
}

/// Takes a reflection.
async fn write(
    State(app): State<App>,
    visitor: Visitor,
    source: From,
    headers: HeaderMap,
    Path(path): At,
    fields: Fields,
) -> Result<Response, Failure> {
    let reader = Reader::by_link(app, visitor, &headers, path).await?;
    let texts = reader.texts;
    let op = fields.op()?;
    let mut form = ReflectionBox {
        op: op.to_string(),
        text: fields.get("text").to_owned(),
        name: fields.get("namn").to_owned(),
        municipality: fields.get("kommun").to_owned(),
        ..reader.empty_box(None)
    };
    let text = CardText::parse(&form.text).map_err(|error| {
        let words = text_error(texts, texts.compiled_box_text(), error);
        form.errors.add("text", words);
    });
    let name = match form.name.trim() {
        "" => Title::parse(texts.compiled_box_nameless()),
        name => Title::parse(name),
    }
    .map_err(|error| {
        let words = text_error(texts, texts.compiled_box_name(), error);
        form.errors.add("namn", words);
    });
    let home = (form.municipality.parse::<Municipality>().ok())
        .filter(|municipality| form.municipalities.contains(municipality));
    if home.is_none() {
        form.errors
            .add("kommun", texts.compiled_box_municipality_missing());
    }
    let (Ok(text), Ok(name), Some(home)) = (text, name, home) else {
        return correct(&reader, form).await;
    };
    let item = (reader.plan()?.agenda.last()).ok_or(Failure::NotFound)?.id;
    let known = reader.state.operation(op).is_some();
    if !known && !reader.app.limits.may_reflect(reader.id, source.source()) {
        return Err(Failure::TooMany);
    }
    let (by, seat) = author(&reader, op, name, home).await?;
    let command = WorkCommand::Write {
        card: CardId::new(op.uuid()),
        item,
        kind: CardKind::Reflection,
        text,
        by,
        municipality: Some(home),
        about: None,
    };
    let command = Command::Work(reader.id, command);
    (reader.app.store)
        .execute(reader.mapping.id, by, op, command, now())
        .await?;
    let address = address(&reader.app, reader.id);
    let mut response = see_other(format!("{address}?op={op}#reflektion"));
    if let Some(cookie) = seat.and_then(|seat| seat_cookie(&reader, seat)) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The box again with what was typed.
async fn correct(reader: &Reader, form: ReflectionBox) -> Result<Response, Failure> {
    let title = reader.plan()?.title.to_string();
    let frame = reader.frame(reader.texts.compiled_of(&title));
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(render(status, frame, move |frame| {
        pages::correct(frame.texts, &title, &form)
    })
    .await)
}

/// In whose name it is written: that of someone signed in, of the seat their browser is known by, or of a new one. A
/// new seat is not one in the room: it has been left at once, so that nobody is asked to let them in.
async fn author(
    reader: &Reader,
    op: OpId,
    name: Title,
    home: Municipality,
) -> Result<(Author, Option<AttendeeId>), Failure> {
    if let Some(author) = reader.account() {
        return Ok((author, None));
    }
    if let Some(seat) = (reader.seat.as_ref())
        .filter(|seat| seat.name == name && seat.municipalities.contains(&home))
    {
        return Ok((Author::Attendee(seat.id), None));
    }
    let store = &reader.app.store;
    let id = reader.app.key.new_seat(reader.id, op);
    let at = now();
    let attendee = Attendee {
        id,
        name,
        occupation: Occupation::Other,
        municipalities: vec![home],
        account: None,
        participant: None,
        approved: false,
        speaks: false,
        joined_at: at,
        removed: true,
    };
    let token = reader.app.key.seat(id).hash();
    match store.add_attendee(reader.id, &attendee, token).await {
        Ok(_) => {}
        Err(StoreError::NotFound) => return Err(Failure::NotFound),
        Err(error) => return Err(error.into()),
    }
    store.remove_attendee(reader.id, id, at).await?;
    Ok((Author::Attendee(id), Some(id)))
}

fn seat_cookie(reader: &Reader, seat: AttendeeId) -> Option<HeaderValue> {
    let secure = if reader.app.secure() { "; Secure" } else { "" };
    let token = reader.app.key.seat(seat);
    HeaderValue::from_str(&format!(
        "{COOKIE}={}; HttpOnly; SameSite=Lax; Path=/s/{}; Max-Age={SECONDS}{secure}",
        token.as_str(),
        reader.id
    ))
    .ok()
}
