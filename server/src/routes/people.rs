//! People with a role in the mapping, and the links they sign in with.

use app::{
    components::{Errors, date},
    document::{Frame, Tab},
    pages::people::{self as pages, NewLink, PeoplePage, PersonForm, PersonRow},
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{AccountId, MappingId},
    municipality::Municipality,
    rights::{Action, Actor, Membership, Role},
    text::{Text, Title},
};
use store::{Account, StoreError};

use super::participants::is_email;
use crate::{
    error::Failure,
    form::{Fields, text_error},
    link::Token,
    page::{render, see_other},
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

/// A sign-in link made here is valid this long.
const LINK_DAYS: i64 = 7;
const DAY: i64 = 24 * 60 * 60 * 1000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/personer", get(list).post(save))
        .route("/k/{mapping}/personer/{account}/lank", post(link))
        .route("/k/{mapping}/personer/{account}/ta-bort", post(remove))
}

async fn enter(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    visitor
        .enter(app, id, Action::ManagePeople, Tab::People)
        .await
}

fn own_account(room: &Room) -> Option<AccountId> {
    match room.visitor.actor {
        Actor::Account { id, .. } => Some(id),
        _ => None,
    }
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    people_page(&room, empty_form()).await
}

fn empty_form() -> PersonForm {
    PersonForm {
        id: new_id().to_string(),
        name: String::new(),
        email: String::new(),
        role: Role::Representative.code().to_owned(),
        municipalities: Vec::new(),
        errors: Errors::default(),
    }
}

async fn people_page(room: &Room, form: PersonForm) -> Result<Response, Failure> {
    let own = own_account(room);
    let people = room.app.store.accounts_of(room.mapping.id).await?;
    let rows = (people.iter())
        .map(|(account, membership)| PersonRow {
            id: account.id,
            name: account.name.to_string(),
            email: account.email.clone(),
            role: membership.role,
            municipalities: membership.municipalities.clone(),
            own: own == Some(account.id),
            last_coordinator: is_last_coordinator(&people, account.id),
        })
        .collect();
    let again = !form.errors.is_empty();
    let data = PeoplePage {
        mapping: room.mapping.id,
        rows,
        members: (room.mapping.members.iter())
            .map(|member| member.municipality)
            .collect(),
        form,
    };
    let title = room.texts.person_title();
    let body = move |frame: &Frame| pages::page(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

fn is_last_coordinator(people: &[(Account, Membership)], account: AccountId) -> bool {
    let mut coordinators =
        (people.iter()).filter(|(_, membership)| membership.role == Role::Coordinator);
    let first = coordinators.next();
    coordinators.next().is_none() && first.is_some_and(|(only, _)| only.id == account)
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, id).await?;
    let new_account = AccountId::new(fields.id("id")?);
    let (mut form, read) = read_form(&room, &fields);
    let Some(person) = read else {
        return people_page(&room, form).await;
    };
    let account = match app.store.account_by_email(&person.email).await? {
        Some(known) => known,
        None => create(&app, new_account, &person).await?,
    };
    match (app.store.set_membership(account.id, &person.membership)).await {
        Ok(()) => {}
        Err(StoreError::Conflict("last_coordinator")) => {
            let last = room.texts.person_last_coordinator();
            form.errors.add("roll", last);
            return people_page(&room, form).await;
        }
        Err(error) => return Err(error.into()),
    }
    let detail = format!("{}: {}", account.id, person.membership.role.code());
    room.record("person.role", &detail).await?;
    show_link(&room, &account).await
}

/// Someone to give a role.
struct Person {
    name: Title,
    email: Text<1, 200>,
    membership: Membership,
}

async fn create(app: &App, id: AccountId, person: &Person) -> Result<Account, Failure> {
    match (app.store)
        .create_account(id, &person.name, &person.email, false, now())
        .await
    {
        // Someone else created it in between, or the form was sent twice at once.
        Ok(()) | Err(StoreError::Conflict("account_email")) => {}
        // The form is not a new one of ours: its id stands for someone with another address.
        Err(StoreError::Conflict("account_id")) => return Err(Failure::BadForm),
        Err(error) => return Err(error.into()),
    }
    let account = app.store.account_by_email(&person.email).await?;
    account.ok_or(Failure::Internal)
}

/// What was typed, and what it means if it is right.
fn read_form(room: &Room, fields: &Fields) -> (PersonForm, Option<Person>) {
    let texts = room.texts;
    let mut errors = Errors::default();
    let name = (Title::parse(fields.get("namn")))
        .map_err(|error| errors.add("namn", text_error(texts, texts.person_name(), error)))
        .ok();
    let email = (Text::<1, 200>::parse(fields.get("epost")))
        .map_err(|error| errors.add("epost", text_error(texts, texts.person_email(), error)))
        .ok();
    let email = email.filter(|email| {
        let right = is_email(email);
        if !right {
            errors.add("epost", texts.person_email_wrong(email.as_str()));
        }
        right
    });
    let role = Role::from_code(fields.get("roll"));
    if role.is_none() {
        errors.add(
            "roll",
            texts.form_choose(texts.person_role().to_lowercase()),
        );
    }
    let chosen: Vec<_> = fields.all("kommun").collect();
    let municipalities: Vec<Municipality> = (room.mapping.members.iter())
        .map(|member| member.municipality)
        .filter(|municipality| chosen.contains(&municipality.to_string().as_str()))
        .collect();
    if role == Some(Role::Representative) && municipalities.is_empty() {
        errors.add("kommun", texts.person_municipalities_missing());
    }
    let form = PersonForm {
        id: fields.get("id").to_owned(),
        name: fields.get("namn").to_owned(),
        email: fields.get("epost").to_owned(),
        role: fields.get("roll").to_owned(),
        municipalities: municipalities.iter().map(ToString::to_string).collect(),
        errors,
    };
    let person = match (name, email, role, form.errors.is_empty()) {
        (Some(name), Some(email), Some(role), true) => Some(Person {
            name,
            email,
            membership: Membership {
                mapping: room.mapping.id,
                role,
                municipalities: match role {
                    Role::Representative | Role::Director => municipalities,
                    Role::Coordinator | Role::Facilitator | Role::SteeringGroup => Vec::new(),
                },
            },
        }),
        _ => None,
    };
    (form, person)
}

/// Makes a one-time link and shows it, once: it stands in no address and is stored only as a hash. It opens this mapping
/// alone, whatever its owner may do elsewhere, for whoever makes it sees it.
async fn show_link(room: &Room, account: &Account) -> Result<Response, Failure> {
    let (token, at) = (Token::random(), now());
    let expires_at = at + LINK_DAYS * DAY;
    (room.app.store)
        .create_login_link(
            token.hash(),
            account.id,
            Some(room.mapping.id),
            expires_at,
            at,
        )
        .await?;
    room.record("person.link", &account.id.to_string()).await?;
    let data = NewLink {
        mapping: room.mapping.id,
        name: account.name.to_string(),
        link: format!("{}/logga-in/{}", room.app.public_url, token.as_str()),
        until: date(expires_at),
    };
    let frame = Frame {
        scripts: &["copy.js"],
        ..room.frame(room.texts.person_link_title(account.name.as_str()))
    };
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::new_link(frame.texts, &data)
    })
    .await)
}

/// Someone with a role in this mapping.
async fn person(room: &Room, id: AccountId) -> Result<Account, Failure> {
    let people = room.app.store.accounts_of(room.mapping.id).await?;
    let found = people.into_iter().find(|(account, _)| account.id == id);
    found.map(|(account, _)| account).ok_or(Failure::NotFound)
}

async fn link(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, account)): Path<(MappingId, AccountId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping).await?;
    let account = person(&room, account).await?;
    show_link(&room, &account).await
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, account)): Path<(MappingId, AccountId)>,
) -> Result<Response, Failure> {
    let room = enter(&app, &visitor, mapping).await?;
    let account = person(&room, account).await?;
    match app.store.remove_membership(account.id, mapping).await {
        Ok(()) => {}
        Err(StoreError::Conflict("last_coordinator")) => {
            let mut form = empty_form();
            let last = room.texts.person_last_coordinator();
            form.errors.add("personer", last);
            return people_page(&room, form).await;
        }
        Err(error) => return Err(error.into()),
    }
    room.record("person.remove", &account.id.to_string())
        .await?;
    Ok(see_other(room.address("/personer?klart=borttagen")))
}
