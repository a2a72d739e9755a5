//! The mailings of a round: invitation, reminders, and what became of each letter.

mod form;

use std::collections::HashSet;

use app::{
    components::{date, date_time},
    document::{Frame, Tab},
    pages::mailings::{self as pages, MailingsPage, Reach, SentLetter},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{MailId, MappingId, ParticipantId, RoundId},
    letter::{Letter, Mail, MailStatus, Reminder, ReminderStatus},
    rights::Action,
    survey::{Participant, Progress, Round, RoundStatus, SurveyMode},
};
use form::Typed;
use store::StoreError;

use super::rounds;
use crate::{
    error::Failure,
    form::Fields,
    letters::{
        about::{About, Addressee},
        reminder,
    },
    page::see_other,
    state::{App, now},
    visitor::{Room, Visitor},
};

/// As many reminders as a round can have.
const MOST_REMINDERS: u8 = 9;

pub(super) fn routes() -> Router<App> {
    let base = "/k/{mapping}/omgangar/{round}/utskick";
    Router::new()
        .route(base, get(show))
        .route(&format!("{base}/inbjudan"), post(invite))
        .route(&format!("{base}/paminnelser/{{number}}"), post(plan))
        .route(&format!("{base}/paminnelser/{{number}}/stoppa"), post(stop))
        .route(&format!("{base}/paminnelser/{{number}}/skicka"), post(send))
        .route(&format!("{base}/brev/{{mail}}/igen"), post(again))
        .route(&format!("{base}/brev/{{mail}}/stoppa"), post(stop_letter))
}

/// A round whose letters the visitor may send.
struct Place {
    room: Room,
    round: Round,
}

impl Place {
    async fn enter(
        app: &App,
        visitor: &Visitor,
        (mapping, round): (MappingId, RoundId),
    ) -> Result<Self, Failure> {
        let room = (visitor.enter(app, mapping, Action::ManageRounds, Tab::Rounds)).await?;
        let round = rounds::of_mapping(&room, round).await?;
        Ok(Self { room, round })
    }

    /// As [`Place::enter`], for what can only be done in an open round.
    ///
    /// # Errors
    /// [`Failure::RoundClosed`] as well.
    async fn enter_open(
        app: &App,
        visitor: &Visitor,
        path: (MappingId, RoundId),
    ) -> Result<Self, Failure> {
        let place = Self::enter(app, visitor, path).await?;
        match place.round.status {
            RoundStatus::Open => Ok(place),
            RoundStatus::Closed => Err(Failure::RoundClosed),
        }
    }

    fn back(&self, said: &str) -> Response {
        let round = self.round.id;
        let path = format_args!("/omgangar/{round}/utskick?klart={said}");
        see_other(self.room.address(path))
    }

    async fn record(&self, act: &str, detail: impl std::fmt::Display) -> Result<(), Failure> {
        let detail = format!("{}: {detail}", self.round.id);
        self.room.record(act, &detail).await
    }

    /// The page; 422 when something typed has to be corrected.
    async fn page(self, typed: Typed) -> Result<Response, Failure> {
        let wrong = !typed.errors.is_empty();
        let data = self.read(typed).await?;
        let room = &self.room;
        let title = room.texts.mailing_title(data.round.name.as_str());
        let body = move |frame: &Frame| pages::page(frame.texts, &data);
        Ok(if wrong {
            room.again(title, body).await
        } else {
            room.page(title, body).await
        })
    }

    async fn read(&self, typed: Typed) -> Result<MailingsPage, Failure> {
        let (store, round) = (&self.room.app.store, &self.round);
        let people = store.participants(round.id).await?;
        let progress = store.progress(round.id).await?;
        let answered: HashSet<_> = (progress.into_iter())
            .filter(|row| matches!(row.1, Progress::Submitted { .. }))
            .map(|row| row.0)
            .collect();
        let mails = store.mails_about(round.id.uuid()).await?;
        let reminders = store.reminders(round.id).await?;
        let reach = reach(&people, &answered, &mails);
        let about = About::read(&self.room.app, self.room.mapping.clone(), round.clone()).await?;
        let to = sample(&self.room, &people, &answered);
        let mut letters: Vec<_> = (mails.iter())
            .map(|mail| self.letter(mail, &answered))
            .collect();
        // What somebody has to do something about comes first.
        letters.sort_by_key(|letter| !is_trouble(letter.status));
        Ok(MailingsPage {
            outbox: self.room.app.mailer.is_outbox(),
            reach,
            first_day: reminder::first_day(now()).to_string(),
            invitation: form::invitation(&about, &to, &typed),
            another: form::another(&about, &to, &reminders, reach, &typed),
            reminders: (reminders.iter())
                .map(|known| form::reminder(&about, &to, known, &typed))
                .collect(),
            thanks: form::thanks(&about, &to),
            letters,
            round: round.clone(),
        })
    }

    fn letter(&self, mail: &Mail, answered: &HashSet<ParticipantId>) -> SentLetter {
        let texts = self.room.texts;
        let (kind, wanted) = match mail.new.letter {
            Letter::Reminder(_, participant, number) => (
                texts.mailing_reminder(number),
                self.wants_answer(participant, answered),
            ),
            Letter::Thanks(..) => (texts.mailing_kind_thanks().to_owned(), true),
            Letter::Invitation(_, participant) => (
                texts.mailing_kind_invitation().to_owned(),
                self.wants_answer(participant, answered),
            ),
            // Nothing else is about a round.
            Letter::SignIn(_) | Letter::Workshop(..) | Letter::Enquiry(..) => {
                (String::new(), false)
            }
        };
        // When somebody was thanked tells when they answered.
        let coarse = self.round.mode == SurveyMode::Confidential
            && matches!(mail.new.letter, Letter::Thanks(..));
        SentLetter {
            id: mail.new.id,
            name: mail.new.name.clone(),
            address: mail.new.address.clone(),
            kind,
            status: mail.status,
            changed: if coarse {
                date(mail.changed_at)
            } else {
                date_time(mail.changed_at)
            },
            attempts: mail.attempts,
            answer: mail.answer.clone(),
            again: wanted && (is_trouble(mail.status) || mail.status == MailStatus::Stopped),
        }
    }

    /// Whether there is still a reason to ask someone for their answers.
    fn wants_answer(&self, participant: ParticipantId, answered: &HashSet<ParticipantId>) -> bool {
        self.round.status == RoundStatus::Open && !answered.contains(&participant)
    }

    /// A letter of this round.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none, or it is about something else.
    async fn own(&self, mail: MailId) -> Result<Mail, Failure> {
        let found = self.room.app.store.mail(mail).await?;
        (found.filter(|mail| mail.new.letter.about() == self.round.id.uuid()))
            .ok_or(Failure::NotFound)
    }
}

/// Whether somebody has to do something about a letter.
fn is_trouble(status: MailStatus) -> bool {
    matches!(
        status,
        MailStatus::Bounced | MailStatus::Failed | MailStatus::Unclear
    )
}

fn reach(people: &[Participant], answered: &HashSet<ParticipantId>, mails: &[Mail]) -> Reach {
    let invited: HashSet<_> = (mails.iter())
        .filter_map(|mail| match mail.new.letter {
            Letter::Invitation(_, participant) => Some(participant),
            _ => None,
        })
        .collect();
    let count =
        |which: &dyn Fn(&Participant) -> bool| people.iter().filter(|person| which(person)).count();
    let is_open = |person: &Participant| !answered.contains(&person.id);
    let reachable = |person: &Participant| !person.email.is_empty() && is_open(person);
    Reach {
        asked: people.len(),
        answered: count(&|person| !is_open(person)),
        to_invite: count(&|person| reachable(person) && !invited.contains(&person.id)),
        invited: count(&|person| invited.contains(&person.id)),
        without_address: count(&|person| person.email.is_empty() && is_open(person)),
        to_remind: count(&reachable),
    }
}

/// One of those whom letters would go to, with a link that leads nowhere.
fn sample(room: &Room, people: &[Participant], answered: &HashSet<ParticipantId>) -> Addressee {
    let texts = room.texts;
    let person =
        (people.iter()).find(|person| !person.email.is_empty() && !answered.contains(&person.id));
    let municipalities = match person {
        Some(person) => person.municipalities.clone(),
        None => (room.mapping.members.iter().take(1))
            .map(|member| member.municipality)
            .collect(),
    };
    Addressee {
        name: person.map_or_else(
            || texts.mailing_sample_person().to_owned(),
            |person| person.name.to_string(),
        ),
        municipalities,
        link: format!("{}/e/…", room.app.public_url),
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let place = Place::enter(&app, &visitor, path).await?;
    place.page(Typed::default()).await
}

async fn invite(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, path).await?;
    let (typed, words) = Typed::invitation(&fields, place.room.texts)?;
    let Some(words) = words else {
        return place.page(typed).await;
    };
    let at = now();
    let invited = (app.store)
        .invite(place.round.id, &words, &reminder::plan(at), at)
        .await;
    let letters = open_or(invited)?;
    if letters == 0 {
        return Ok(place.back("ingen-att-skicka-till"));
    }
    app.mail_wake();
    place.record("mailing.invite", letters).await?;
    Ok(place.back("inbjudna"))
}

/// What the store said, with a round closed in the meantime as its own page.
fn open_or<T>(said: Result<T, StoreError>) -> Result<T, Failure> {
    said.map_err(|error| match error {
        StoreError::Conflict("round_closed") => Failure::RoundClosed,
        StoreError::NotFound => Failure::NotFound,
        error => error.into(),
    })
}

type ReminderPath = (MappingId, RoundId, u8);

async fn plan(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round, number)): Path<ReminderPath>,
    fields: Fields,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, (mapping, round)).await?;
    let known = app.store.reminders(round).await?.len();
    // A further reminder is the next one, so that none is left out.
    if number == 0 || usize::from(number) > known + 1 || number > MOST_REMINDERS {
        return Err(Failure::NotFound);
    }
    let (typed, planned) = Typed::reminder(&fields, number, place.room.texts)?;
    let Some((day, words)) = planned else {
        return place.page(typed).await;
    };
    let reminder = Reminder {
        number,
        due_at: reminder::due(day),
        status: ReminderStatus::Planned,
        words,
    };
    match app.store.plan_reminder(round, &reminder).await {
        Err(StoreError::Conflict("reminder_sent")) => return Ok(place.back("paminnelse-gatt")),
        said => open_or(said)?,
    }
    place.record("mailing.plan", number).await?;
    Ok(place.back("paminnelse-planerad"))
}

async fn stop(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round, number)): Path<ReminderPath>,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, (mapping, round)).await?;
    match app.store.stop_reminder(round, number).await {
        Err(StoreError::Conflict("reminder_sent")) => return Ok(place.back("paminnelse-gatt")),
        said => open_or(said)?,
    }
    place.record("mailing.stop", number).await?;
    Ok(place.back("paminnelse-stoppad"))
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round, number)): Path<ReminderPath>,
) -> Result<Response, Failure> {
    let place = Place::enter_open(&app, &visitor, (mapping, round)).await?;
    let letters = match app.store.send_reminder(round, number, now()).await {
        Err(StoreError::Conflict("reminder_stopped")) => {
            return Ok(place.back("paminnelse-ar-stoppad"));
        }
        said => open_or(said)?,
    };
    if letters == 0 {
        return Ok(place.back("ingen-att-skicka-till"));
    }
    app.mail_wake();
    place
        .record("mailing.remind", format!("{number}: {letters}"))
        .await?;
    Ok(place.back("paminnelse-skickad"))
}

type LetterPath = (MappingId, RoundId, MailId);

async fn again(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round, mail)): Path<LetterPath>,
) -> Result<Response, Failure> {
    let place = Place::enter(&app, &visitor, (mapping, round)).await?;
    let mail = place.own(mail).await?;
    match app.store.send_mail_again(mail.new.id, now()).await {
        // It is in the queue or has been sent: somebody was faster.
        Err(StoreError::NotFound) => return Ok(place.back("brev-andrat")),
        said => said?,
    }
    app.mail_wake();
    place.record("mailing.again", mail.new.id).await?;
    Ok(place.back("brev-igen"))
}

async fn stop_letter(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round, mail)): Path<LetterPath>,
) -> Result<Response, Failure> {
    let place = Place::enter(&app, &visitor, (mapping, round)).await?;
    let mail = place.own(mail).await?;
    match app.store.stop_mail(mail.new.id, now()).await {
        Err(StoreError::NotFound) => return Ok(place.back("brev-andrat")),
        said => said?,
    }
    place.record("mailing.stop_letter", mail.new.id).await?;
    Ok(place.back("brev-stoppat"))
}
