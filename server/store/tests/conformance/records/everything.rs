//! A mapping with everything in it.

use domain::{
    ids::{
        AccountId, AttendeeId, CapabilityId, CardId, ContactId, EnquiryId, InviteeId, ItemId,
        MailId, MappingId, OpId, RoundId, TokenId, WeaknessId, WorkshopId,
    },
    letter::{Letter, NewMail},
    level::{Answer, Level},
    map::{Agreed, AgreedLevel, Author, Command, Effect, Weakness, WeaknessKind},
    mapping::Participation,
    participation::{Contact, Enquiry, Entry, Invitee, Readiness, Reply, Step, Strategy},
    publication::Opened,
    records::{DisposalKind, Retention},
    rights::{Membership, Role},
    survey::{Occupation, Rating, Round, Scope, SurveyMode},
    workshop::{
        Activity, Attendee, BallotStep, CardKind, Series, VoteOn, Voter, WorkCommand, Workshop,
        template,
    },
};
use store::{AnswerForm, AnswerOutcome, GivenReply, NewToken, RecoveryCode, Statement, Store};
use time::macros::date;
use uuid::Uuid;

use crate::databases::{
    add_capability, capability, level, mapping, municipality, only, op, participant, random_id,
    rating, round, stored_account, text, token,
};

/// A time in the past; what happens comes some milliseconds apart.
pub(super) const THEN: i64 = 1_750_000_000_000;

/// What the tests ask about.
pub(super) struct Everything {
    pub(super) mapping: MappingId,
    /// Samordnare, author of most of it.
    pub(super) siv: AccountId,
    pub(super) named: RoundId,
    pub(super) confidential: RoundId,
    /// Answered in the named round.
    pub(super) nils: domain::ids::ParticipantId,
    /// The code of the sealed sheet.
    pub(super) code: RecoveryCode,
    /// Answered in the confidential round.
    pub(super) eva: domain::ids::ParticipantId,
}

async fn run(store: &Store, mapping: MappingId, author: Author, command: Command) -> OpId {
    let id = op();
    let done = store.execute(mapping, author, id, command, THEN + 1).await;
    done.expect("the map's rules allow it");
    id
}

/// Puts a mapping with everything in it into a database; its rounds are closed.
pub(super) async fn everything(store: &Store) -> Everything {
    let siv = stored_account(store, "Siv Exempel", "siv@example.se").await;
    let åke = stored_account(store, "Åke Exempel", "ake@example.se").await;
    let one = mapping("Fyrbodal \"ett\"; <två>");
    let id = one.id;
    (store.create_mapping(&one, Some(siv), THEN).await).expect("its id is new");
    let representative = Membership {
        mapping: id,
        role: Role::Representative,
        municipalities: vec![municipality("Åmål"), municipality("Orust")],
    };
    (store.set_membership(åke, &representative).await).expect("both exist");
    (store
        .record(THEN, Some(åke), Some(id), "round.open", "Nuläge")
        .await)
        .expect("both exist");
    map(store, id, siv).await;
    let (named, nils) = named_round(store, id, siv).await;
    let (confidential, eva, code) = confidential_round(store, id).await;
    workshop(store, id, siv, nils).await;
    around(store, id, siv).await;
    publish(store, id).await;
    Everything {
        mapping: id,
        siv,
        named,
        confidential,
        nils,
        code,
        eva,
    }
}

async fn map(store: &Store, id: MappingId, siv: AccountId) {
    let author = Author::Account(siv);
    for (number, name) in [(1, "Drift"), (2, "Nät"), (3, "Arkiv"), (4, "Blanketter")] {
        run(store, id, author, add_capability(capability(number), name)).await;
    }
    let area = domain::ids::AreaId::new(random_id());
    let data = domain::map::Area {
        name: text("Data"),
        description: text("Rad ett\nRad två;med \"citat\""),
        position: 0,
    };
    run(store, id, author, Command::SaveArea(area, data)).await;
    for number in 1..=4 {
        let command = Command::MoveCapability {
            id: capability(number),
            area: Some(area),
            before: None,
        };
        run(store, id, author, command).await;
    }
    run(store, id, author, Command::RetireCapability(capability(4))).await;
    let weakness = Weakness {
        name: text("=Ingen har tid"),
        description: text(""),
        kind: WeaknessKind::Resource,
        capability: Some(capability(1)),
    };
    let undone = run(
        store,
        id,
        author,
        Command::SaveWeakness(WeaknessId::new(random_id()), weakness),
    )
    .await;
    run(store, id, author, Command::Undo(undone)).await;
    let ratify = Command::Ratify {
        date: date!(2025 - 03 - 17),
        decided_by: text("Styrgruppen"),
    };
    run(store, id, Author::System, ratify).await;
}

fn said(number: u128, current: u8, target: u8) -> ((CapabilityId, Scope), Rating) {
    let key = (capability(number), Scope::All);
    (key, rating(level(current), level(target)))
}

async fn named_round(
    store: &Store,
    id: MappingId,
    siv: AccountId,
) -> (RoundId, domain::ids::ParticipantId) {
    let named = Round {
        ask_effect: true,
        opened_at: THEN,
        ..round(id, 1)
    };
    store.open_round(&named).await.expect("its number is new");
    let mut people = Vec::new();
    for (number, municipalities) in (1..).zip([
        &["Åmål"][..],
        &["Orust", "Åmål"],
        &["Åmål"],
        &["Åmål"],
        &["Lysekil"],
    ]) {
        let person = participant(named.id, &format!("Person {number}"), municipalities);
        (store
            .add_participants(named.id, &[(person.clone(), token(number))], THEN)
            .await)
            .expect("its token is new");
        people.push(person.id);
    }
    for (place, person) in people[..4].iter().enumerate() {
        let current = 1 + u8::try_from(place).expect("few") % 3;
        let mut ratings = vec![said(1, current, 4), said(2, 2, 5)];
        ratings[0].1.comment = text("Två rader\noch ;\"citat\"");
        ratings[0].1.weakness = text("Ingen tid");
        ratings[1].1.effect = Some(level(4));
        if place == 1 {
            let own = rating(Answer::DontKnow, Answer::NotApplicable);
            ratings.push(((capability(2), only("Orust")), own));
        }
        store
            .save_draft(*person, &ratings, THEN + 2)
            .await
            .expect("the round is open");
        if place < 3 {
            store
                .submit(*person, THEN + 3)
                .await
                .expect("the round is open");
        }
    }
    (store.remove_participant(people[2], THEN + 4).await).expect("they are asked");
    store
        .close_round(named.id, THEN + 5)
        .await
        .expect("it is open");
    let levels = AgreedLevel {
        value: Agreed::Levels {
            current: Level::new(2).expect("a level"),
            target: Level::new(4).expect("a level"),
        },
        reason: text("Efter samtal"),
    };
    let author = Author::Account(siv);
    let agree = Command::Agree {
        round: named.id,
        municipality: municipality("Åmål"),
        levels: vec![(capability(1), Some(levels))],
    };
    run(store, id, author, agree).await;
    let effect = Effect(Level::new(5).expect("a level"));
    let effects = Command::SetEffects {
        round: named.id,
        effects: vec![(capability(1), Some(effect))],
    };
    run(store, id, author, effects).await;
    (named.id, people[0])
}

async fn confidential_round(
    store: &Store,
    id: MappingId,
) -> (RoundId, domain::ids::ParticipantId, RecoveryCode) {
    let confidential = Round {
        mode: SurveyMode::Confidential,
        opened_at: THEN + 6,
        ..round(id, 2)
    };
    store
        .open_round(&confidential)
        .await
        .expect("its number is new");
    let mut first = None;
    for number in 11..15 {
        let person = participant(
            confidential.id,
            &format!("Eva {number}"),
            &["Åmål", "Orust"],
        );
        (store
            .add_participants(confidential.id, &[(person.clone(), token(number))], THEN)
            .await)
            .expect("its token is new");
        let code = RecoveryCode::random().expect("the system has randomness");
        let mut ratings = vec![said(1, number % 4 + 1, 5), said(3, 3, 3)];
        ratings[1].1.comment = text("I förtroende");
        let form = AnswerForm {
            participant: person.id,
            code: Some(code.clone()),
            ratings,
            submit: true,
            at: THEN + 7,
        };
        let done = store.answer(form).await.expect("they are asked");
        assert_eq!(done, AnswerOutcome::Submitted);
        first.get_or_insert((person.id, code));
    }
    store
        .close_round(confidential.id, THEN + 8)
        .await
        .expect("it is open");
    let (eva, code) = first.expect("four have answered");
    (confidential.id, eva, code)
}

/// A workshop with people, cards and votes.
async fn workshop(store: &Store, id: MappingId, siv: AccountId, nils: domain::ids::ParticipantId) {
    let workshop = WorkshopId::new(random_id());
    (store.create_workshop(id, workshop).await).expect("its id is new");
    let (title, agenda) = template(Series::Ws4, || ItemId::new(random_id()));
    let vote = (agenda
        .iter()
        .find(|item| item.activity == Activity::EffectVote))
    .expect("WS4 has a vote")
    .id;
    let last = agenda.last().expect("it has points").id;
    let plan = Workshop {
        series: Series::Ws4,
        title,
        date: date!(2025 - 06 - 03),
        starts: 540,
        place: text("Stora salen"),
        agenda,
        round: None,
        approval: false,
        dots: 5,
    };
    let author = Author::Account(siv);
    let work = |command| Command::Work(workshop, command);
    run(store, id, author, work(WorkCommand::Plan(Box::new(plan)))).await;
    let seats = [(Some(siv), None), (None, Some(nils)), (None, None)];
    let mut attendees = Vec::new();
    for (number, (account, participant)) in (21..).zip(seats) {
        let attendee = Attendee {
            id: AttendeeId::new(random_id()),
            name: text(&format!("Deltagare {number}")),
            occupation: Occupation::FinanceManager,
            municipalities: vec![municipality("Åmål")],
            account,
            participant,
            approved: true,
            speaks: number == 21,
            joined_at: THEN + 9,
            removed: false,
        };
        (store.add_attendee(workshop, &attendee, token(number)).await).expect("there is room");
        attendees.push(attendee.id);
    }
    run(store, id, author, work(WorkCommand::Open { at: THEN })).await;
    let enter = WorkCommand::Enter {
        item: vote,
        at: THEN,
    };
    run(store, id, author, work(enter)).await;
    run(
        store,
        id,
        author,
        work(WorkCommand::Ballot(vote, BallotStep::Open)),
    )
    .await;
    for attendee in &attendees {
        let who = Author::Attendee(*attendee);
        let cast = WorkCommand::Vote {
            item: vote,
            on: VoteOn::Capability(capability(1)),
            voter: Voter::Person(who),
            value: Some(4),
        };
        run(store, id, who, work(cast)).await;
    }
    run(
        store,
        id,
        author,
        work(WorkCommand::Ballot(vote, BallotStep::Close)),
    )
    .await;
    let writer = Author::Participant(nils);
    let write = WorkCommand::Write {
        card: CardId::new(random_id()),
        item: last,
        kind: CardKind::Reflection,
        text: text("Arkivet är allas"),
        by: writer,
        municipality: Some(municipality("Åmål")),
        about: None,
    };
    run(store, id, writer, work(write)).await;
    run(store, id, author, work(WorkCommand::End { at: THEN + 10 })).await;
}

/// Enquiries, invitees, what municipalities have done before, letters and rules.
async fn around(store: &Store, id: MappingId, siv: AccountId) {
    let enquiry = Enquiry {
        id: EnquiryId::new(random_id()),
        mapping: id,
        question: text("Vill ni vara med?"),
        explanation: text("Fem halvdagar.\nDet kostar inget."),
        deadline: date!(2025 - 12 - 04),
        created_at: THEN,
        closed_at: None,
    };
    let contact = Contact {
        id: ContactId::new(random_id()),
        enquiry: enquiry.id,
        municipality: municipality("Åmål"),
        name: text("Kontakt Exempel"),
        email: text("kontakt@example.se"),
        reply: None,
        note: text(""),
        replied_by: text(""),
        replied_at: None,
    };
    let contacts = [(contact.clone(), token(31))];
    (store
        .save_enquiry(&enquiry, &contacts, Some(siv), THEN)
        .await)
        .expect("its id is new");
    let reply = GivenReply {
        reply: Some(Reply::Yes),
        note: text("Gärna"),
        replied_by: text("Kontakt Exempel"),
    };
    (store
        .reply(contact.id, reply, date!(2025 - 12 - 01), THEN + 1)
        .await)
        .expect("they are asked");
    let entry = Entry {
        municipality: municipality("Åmål"),
        step: Some(Step::Ws1),
        grade: Participation::Partly,
        since: Some(date!(2025 - 11 - 02)),
        source: text("Möte"),
        note: text("Med en person"),
    };
    let statement = Statement {
        mapping: id,
        municipality: entry.municipality,
        step: entry.step,
        seen: None,
        new: Some(entry),
    };
    (store.state_participation(statement, Some(siv), THEN).await).expect("it is new");
    let invitee = Invitee {
        id: InviteeId::new(random_id()),
        mapping: id,
        name: text("Inbjuden Exempel"),
        email: text("inbjuden@example.se"),
        occupation: Occupation::ChiefExecutive,
        municipalities: vec![municipality("Lysekil")],
    };
    (store
        .add_invitees(id, &[(invitee.clone(), token(41))], THEN)
        .await)
        .expect("their id is new");
    let readiness = Readiness {
        municipality: municipality("Lysekil"),
        strategy: Strategy::Begun,
        strategy_link: text("https://example.se/strategi"),
        tool: text("Självskattning"),
        year: Some(2024),
        tool_link: text(""),
        note: text(""),
    };
    (store.set_readiness(id, &readiness).await).expect("the mapping exists");
    let body = text("# Läs det här\n\nFörst.");
    (store.set_reading(id, Some(body), None, THEN).await).expect("nobody has changed it");
    for reader in [invitee.id.uuid(), siv.uuid()] {
        (store.set_has_read(id, reader, "2025-06-01").await).expect("the mapping exists");
    }
    let mail = |letter: Letter| NewMail {
        id: MailId::new(random_id()),
        mapping: Some(id),
        letter,
        name: "Inbjuden Exempel".to_owned(),
        address: "inbjuden@example.se".to_owned(),
        words: text("Välkommen"),
        dedupe: random_id().to_string(),
        due_at: THEN,
    };
    let letters = vec![mail(Letter::Enquiry(enquiry.id, contact.id))];
    store
        .enqueue(letters, THEN)
        .await
        .expect("the mapping exists");
    let rule = Retention {
        kind: DisposalKind::Participants,
        months: 24,
        decision: text("KS 2025/117"),
    };
    (store.save_retention(id, &rule).await).expect("the mapping exists");
}

/// A municipality and a capability that are open, and a key, which belongs to the installation and not to the records.
async fn publish(store: &Store, id: MappingId) {
    let opened = Opened {
        municipality: municipality("Åmål"),
        ground: text("KS 2025/118"),
        since: date!(2025 - 11 - 22),
    };
    (store.open_municipality(id, &opened).await).expect("the mapping exists");
    let decided = [(capability(1), true), (capability(2), false)].into();
    (store.open_capabilities(id, &decided).await).expect("the mapping exists");
    let key = NewToken {
        id: TokenId::new(random_id()),
        mapping: id,
        name: text("Statistikportalen"),
        last_day: date!(2026 - 06 - 30),
    };
    (store.create_token(&key, token(51), THEN).await).expect("its id is new");
}

/// An id that is nobody's.
pub(super) fn nobody() -> Uuid {
    random_id()
}
