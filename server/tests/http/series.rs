//! A mapping with everything in it, put into a database.

use domain::{
    ids::{
        AreaId, CapabilityId, CardId, ContactId, DisposalId, EnquiryId, GoalId, InviteeId, ItemId,
        MappingId, OpId, ParticipantId, RoundId, TokenId, WeaknessId, WorkshopId,
    },
    level::{Answer, Level},
    map::{
        Area, Author, CapabilityDraft, CapabilityKind, Command, Goal, GoalLevel, Weakness,
        WeaknessKind,
    },
    mapping::{Language, Mapping, Member, Participation},
    municipality::Municipality,
    participation::{Contact, Enquiry, Invitee},
    records::{Disposal, DisposalKind, Retention},
    survey::{Occupation, Participant, Rating, Round, RoundStatus, Scope, SurveyMode},
    workshop::{self as workshops, WorkCommand, Workshop, template},
};
use store::{NewToken, Store};
use time::{Duration, OffsetDateTime, macros::date};

use crate::world::{AWAY, HOME, hash, municipality, now, random_id, random_token, text};

/// One mapping with a ratified map, an open and a closed round.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) mapping: MappingId,
    pub(crate) goal: GoalId,
    pub(crate) area: AreaId,
    /// Three on the map, in one area.
    pub(crate) capabilities: [CapabilityId; 3],
    /// One that was struck before the map was ratified.
    pub(crate) retired: CapabilityId,
    pub(crate) weakness: WeaknessId,
    pub(crate) open: RoundId,
    pub(crate) closed: RoundId,
    /// Asked in the open round, for [`HOME`].
    pub(crate) asked: Asked,
    /// Asked in the open round, for [`HOME`] and [`AWAY`].
    pub(crate) asked_for_both: Asked,
    /// Submitted in the closed round.
    pub(crate) answered: Asked,
    /// Answered nothing in the closed round.
    pub(crate) late: Asked,
    /// Invited to the series, for [`HOME`], with an address of their own.
    pub(crate) invited: Invited,
    /// An open enquiry, put to [`HOME`] and [`AWAY`], that nobody has answered.
    pub(crate) enquiry: EnquiryId,
    /// Whom it is put to, with the secrets of their links: [`HOME`]'s, then [`AWAY`]'s, who has no address.
    pub(crate) contacts: [(ContactId, String); 2],
    /// A planned workshop that nobody has opened.
    pub(crate) workshop: WorkshopId,
    /// A point of its agenda.
    pub(crate) item: ItemId,
    /// Written after the workshop for those who lead it.
    pub(crate) reflection: CardId,
    /// A command that can be undone: it added a goal that nothing points at.
    pub(crate) undoable: OpId,
    /// A program's key to the mapping.
    pub(crate) key: TokenId,
    /// The key's secret.
    pub(crate) key_secret: String,
    /// A protocol of what has been taken out: someone invited who is forgotten.
    pub(crate) protocol: DisposalId,
}

/// A participant with the secret of their link.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) id: ParticipantId,
    pub(crate) token: String,
}

impl Asked {
    /// An address in their survey: `path` begins with a slash or is empty.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("/e/{}{path}", self.token)
    }
}

/// An invitee with the secret of their link.
#[derive(Clone, Debug)]
pub(crate) struct Invited {
    pub(crate) id: InviteeId,
    pub(crate) token: String,
}

/// Someone invited to the series.
pub(crate) async fn invite(store: &Store, mapping: MappingId, name: &str, email: &str) -> Invited {
    let invited = Invited {
        id: InviteeId::new(random_id()),
        token: random_token(),
    };
    let person = Invitee {
        id: invited.id,
        mapping,
        name: text(name),
        email: text(email),
        occupation: Occupation::HeadOfAdministration,
        municipalities: vec![municipality(HOME)],
    };
    (store
        .add_invitees(mapping, &[(person, hash(&invited.token))], now())
        .await)
        .expect("the mapping is there");
    invited
}

/// Someone asked in an open round.
pub(crate) async fn ask(store: &Store, round: RoundId, name: &str, whom: &[&str]) -> Asked {
    let asked = Asked {
        id: ParticipantId::new(random_id()),
        token: random_token(),
    };
    let mut municipalities: Vec<_> = whom.iter().map(|name| municipality(name)).collect();
    Municipality::sort(&mut municipalities);
    let participant = Participant {
        id: asked.id,
        round,
        name: text(name),
        email: text("nils@example.se"),
        occupation: Occupation::ItManager,
        municipalities,
    };
    (store
        .add_participants(round, &[(participant, hash(&asked.token))], now())
        .await)
        .expect("the round is open");
    asked
}

/// What someone writes about a capability in this area.
pub(crate) fn capability(name: &str, area: Option<AreaId>) -> CapabilityDraft {
    CapabilityDraft {
        name: text(name),
        formulation: text(&format!("Förmåga att hantera {}", name.to_lowercase())),
        description: text(""),
        kind: CapabilityKind::Supporting,
        layers: [].into(),
        area,
        goals: [].into(),
        anchors: domain::map::Anchors::default(),
        owner: domain::text::Owner::default(),
    }
}

pub(crate) async fn series(store: &Store, name: &str, example: bool) -> Series {
    let mapping = Mapping {
        id: MappingId::new(random_id()),
        name: text(name),
        period: text("2026–2027"),
        language: Language::Swedish,
        example,
        members: [HOME, AWAY]
            .map(|name| Member {
                municipality: municipality(name),
                participation: Participation::Full,
                note: text(""),
            })
            .to_vec(),
    };
    (store.create_mapping(&mapping, None, now()).await).expect("its id is new");
    let protocol = forget_one(store, mapping.id).await;
    let (goal, area) = (GoalId::new(random_id()), AreaId::new(random_id()));
    let [first, second, third, retired] = [0; 4].map(|_| CapabilityId::new(random_id()));
    let weakness = WeaknessId::new(random_id());
    let goal_called = |title| Goal {
        level: GoalLevel::Regional,
        parent: None,
        title: text(title),
        description: text(""),
        municipality: None,
    };
    let commands = [
        Command::SaveGoal(GoalId::new(random_id()), goal_called("Hållbar tillväxt")),
        Command::SaveGoal(goal, goal_called("Säkra och enkla e-tjänster")),
        Command::SaveArea(
            area,
            Area {
                name: text("Data"),
                description: text(""),
                position: 0,
            },
        ),
        Command::SaveCapability(first, capability("Informationsklassning", Some(area))),
        Command::SaveCapability(second, capability("Datadelning", Some(area))),
        Command::SaveCapability(third, capability("Arkivering", Some(area))),
        Command::SaveCapability(retired, capability("Blanketter", Some(area))),
        Command::RetireCapability(retired),
        Command::SaveWeakness(
            weakness,
            Weakness {
                name: text("Ingen vet vem som äger informationen"),
                description: text(""),
                kind: WeaknessKind::WayOfWorking,
                capability: Some(first),
            },
        ),
        Command::Ratify {
            date: date!(2026 - 03 - 17),
            decided_by: text("Styrgruppen"),
        },
    ];
    let undoable = OpId::new(random_id());
    execute(store, mapping.id, undoable, commands).await;
    let (workshop, item) = plan(store, mapping.id).await;
    let reflection = reflect(store, mapping.id, workshop).await;
    let (enquiry, contacts) = enquire(store, mapping.id).await;
    let closed = round(store, mapping.id, 1).await;
    let answered = ask(store, closed, "Nils Exempel", &[HOME]).await;
    let late = ask(store, closed, "Lisa Exempel", &[HOME]).await;
    answer(store, &answered, [first, second, third]).await;
    (store.close_round(closed, now()).await).expect("it is there");
    let open = round(store, mapping.id, 2).await;
    let (key, key_secret) = give_key(store, mapping.id).await;
    Series {
        mapping: mapping.id,
        goal,
        area,
        capabilities: [first, second, third],
        retired,
        weakness,
        asked: ask(store, open, "Åsa Exempel", &[HOME]).await,
        asked_for_both: ask(store, open, "Örjan Exempel", &[HOME, AWAY]).await,
        open,
        closed,
        answered,
        late,
        invited: invite(store, mapping.id, "Inga Exempel", "inga@example.se").await,
        enquiry,
        contacts,
        workshop,
        item,
        reflection,
        undoable,
        key,
        key_secret,
        protocol,
    }
}

/// Carries commands out one after the other; the first has this id.
async fn execute(
    store: &Store,
    mapping: MappingId,
    first: OpId,
    commands: impl IntoIterator<Item = Command>,
) {
    let mut next = Some(first);
    for command in commands {
        let op = next.take().unwrap_or_else(|| OpId::new(random_id()));
        (store
            .execute(mapping, Author::System, op, command, now())
            .await)
            .expect("allowed");
    }
}

/// A key that a program reads the mapping with.
async fn give_key(store: &Store, mapping: MappingId) -> (TokenId, String) {
    let (id, secret) = (TokenId::new(random_id()), random_token());
    let key = NewToken {
        id,
        mapping,
        name: text("Statistikportalen"),
        last_day: OffsetDateTime::now_utc().date() + Duration::days(30),
    };
    (store.create_token(&key, hash(&secret), now()).await).expect("its id is new");
    (id, secret)
}

/// Asks both municipalities whether they want to take part.
async fn enquire(store: &Store, mapping: MappingId) -> (EnquiryId, [(ContactId, String); 2]) {
    let id = EnquiryId::new(random_id());
    let today = OffsetDateTime::now_utc().date();
    let enquiry = Enquiry {
        id,
        mapping,
        question: text("Vill ni vara med?"),
        explanation: text("Fem halvdagar under hösten."),
        deadline: today + Duration::days(14),
        created_at: now(),
        closed_at: None,
    };
    let tokens = [random_token(), random_token()];
    let asked = [(HOME, "eva@example.se", &tokens[0]), (AWAY, "", &tokens[1])];
    let contacts = asked.map(|(whose, email, token)| {
        let contact = Contact {
            id: ContactId::new(random_id()),
            enquiry: id,
            municipality: municipality(whose),
            name: text("Eva Exempel"),
            email: text(email),
            reply: None,
            note: text(""),
            replied_by: text(""),
            replied_at: None,
        };
        (contact, hash(token))
    });
    (store.save_enquiry(&enquiry, &contacts, None, now()).await).expect("its id is new");
    let [home, away] = contacts.map(|(contact, _)| contact.id);
    let [first, second] = tokens;
    (id, [(home, first), (away, second)])
}

/// A rule of retention, and somebody who has been forgotten by another.
async fn forget_one(store: &Store, mapping: MappingId) -> DisposalId {
    let rule = Retention {
        kind: DisposalKind::Participants,
        months: 0,
        decision: text("KS 2026/12"),
    };
    (store.save_retention(mapping, &rule).await).expect("the mapping is there");
    invite(store, mapping, "Glömd Exempel", "").await;
    let disposal = Disposal {
        id: DisposalId::new(random_id()),
        mapping,
        mapping_name: String::new(),
        kind: DisposalKind::Invitees,
        decision: text("KS 2026/12"),
        decided_on: date!(2026 - 01 - 12),
        performed_at: now(),
        performed_by: "Siv Exempel".to_owned(),
        taken: Vec::new(),
    };
    (store.dispose(&disposal, now(), None).await).expect("there is one");
    disposal.id
}

/// Plans a workshop from its template; gives the third point of its agenda too.
async fn plan(store: &Store, mapping: MappingId) -> (WorkshopId, ItemId) {
    let id = WorkshopId::new(random_id());
    (store.create_workshop(mapping, id).await).expect("its id is new");
    let (title, agenda) = template(workshops::Series::Ws1, || ItemId::new(random_id()));
    let item = agenda[2].id;
    let workshop = Workshop {
        series: workshops::Series::Ws1,
        title,
        date: date!(2026 - 12 - 03),
        starts: 540,
        place: text("Stora salen"),
        agenda,
        round: None,
        approval: false,
        dots: 5,
    };
    let command = Command::Work(id, WorkCommand::Plan(Box::new(workshop)));
    let op = OpId::new(random_id());
    (store
        .execute(mapping, Author::System, op, command, now())
        .await)
        .expect("allowed");
    (id, item)
}

/// Someone writes for those who lead.
async fn reflect(store: &Store, mapping: MappingId, workshop: WorkshopId) -> CardId {
    let state = store.map_state(mapping).await.expect("readable");
    let last = state.work.workshops[&workshop].agenda.last();
    let item = last.expect("the template has points").id;
    let card = CardId::new(random_id());
    let command = Command::Work(
        workshop,
        WorkCommand::Write {
            card,
            item,
            kind: workshops::CardKind::Reflection,
            text: text("Arkivet är allas"),
            by: Author::System,
            municipality: Some(municipality(HOME)),
            about: None,
        },
    );
    let op = OpId::new(random_id());
    (store
        .execute(mapping, Author::System, op, command, now())
        .await)
        .expect("allowed");
    card
}

async fn round(store: &Store, mapping: MappingId, number: u32) -> RoundId {
    let round = Round {
        id: RoundId::new(random_id()),
        mapping,
        number,
        name: text(&format!("Omgång {number}")),
        version: 1,
        target_year: 2030,
        n_min: 3,
        mode: SurveyMode::Named,
        ask_effect: false,
        status: RoundStatus::Open,
        opened_at: now(),
        closed_at: None,
    };
    store.open_round(&round).await.expect("its number is new");
    round.id
}

/// Submits someone's answers: from 2 to 4 of each of these.
pub(crate) async fn answer(store: &Store, asked: &Asked, capabilities: [CapabilityId; 3]) {
    let level = |number| Level::new(number).map(Answer::Level);
    let ratings = capabilities.map(|id| {
        let rating = Rating {
            current: level(2),
            target: level(4),
            ..Rating::default()
        };
        ((id, Scope::All), rating)
    });
    let saved = store.save_draft(asked.id, &ratings, now()).await;
    assert_eq!(saved.expect("writable"), store::SaveOutcome::Saved);
    let submitted = store.submit(asked.id, now()).await;
    assert_eq!(
        submitted.expect("writable"),
        store::SubmitOutcome::Submitted
    );
}
