//! What is read after a workshop: minutes, the compiled page with its reflections, and the replay.

use domain::{
    ids::{AttendeeId, CardId, ItemId, NoteId, OpId, WorkshopId},
    map::{Author, Command},
    rights::Role,
    workshop::{CardKind, CardState, Minutes, Note, NoteKind, WorkCommand},
};

use crate::{
    page::assert_error_page,
    world::{AWAY, HOME, Who, World, municipality, now, random_id, text},
};

const SAID: &str = "Vi behöver ett gemensamt e-arkiv";
const SECRET: &str = "Hemligt förslag som ingen ska läsa";

fn id() -> String {
    random_id().to_string()
}

/// A workshop that has been held, with something of each kind in it.
struct Held {
    world: World,
    workshop: WorkshopId,
    /// A point of its agenda.
    item: ItemId,
}

impl Held {
    async fn new() -> Self {
        let world = World::new().await;
        let (workshop, item) = (world.ours.workshop, world.ours.item);
        let held = Self {
            world,
            workshop,
            item,
        };
        held.does(WorkCommand::Open { at: now() }).await;
        held.writes(CardKind::Comment, SAID).await;
        let secret = held.writes(CardKind::Comment, SECRET).await;
        held.does(WorkCommand::HideCard(secret, true)).await;
        for (kind, words) in [
            (NoteKind::Note, "Många kom i god tid."),
            (NoteKind::Decided, "Arbetet går vidare."),
            (NoteKind::Proposed, "Vi träffas oftare."),
        ] {
            let note = Note {
                workshop,
                item,
                kind,
                text: text(words),
            };
            let id = NoteId::new(random_id());
            held.does(WorkCommand::SaveNote(id, Box::new(note))).await;
        }
        held.does(WorkCommand::End { at: now() }).await;
        held
    }

    async fn does(&self, command: WorkCommand) {
        let op = OpId::new(random_id());
        let command = Command::Work(self.workshop, command);
        let mapping = self.world.ours.mapping;
        (self.world.store)
            .execute(mapping, Author::System, op, command, now())
            .await
            .expect("allowed");
    }

    async fn writes(&self, kind: CardKind, words: &str) -> CardId {
        let card = CardId::new(random_id());
        self.does(WorkCommand::Write {
            card,
            item: self.item,
            kind,
            text: text(words),
            by: Author::Attendee(AttendeeId::new(random_id())),
            municipality: Some(municipality(HOME)),
            about: None,
        })
        .await;
        card
    }

    /// An address in the workshop.
    fn at(&self, path: &str) -> String {
        let mapping = self.world.ours.mapping;
        format!("/k/{mapping}/workshop/{}{path}", self.workshop)
    }

    /// The link that opens the compiled page for everyone.
    fn link(&self) -> String {
        self.world.shared(self.workshop)
    }

    async fn minutes(&self) -> Minutes {
        let state = self.world.map(self.world.ours.mapping).await;
        (state.work.minutes.get(&self.workshop).cloned()).unwrap_or_default()
    }
}

#[tokio::test]
async fn minutes_are_made_of_what_was_said_and_decided_and_never_of_what_was_hidden() {
    let held = Held::new().await;
    let director = held.world.as_who(Who::Member(Role::Director));
    let page = director.get(&held.at("/minnesanteckningar"));
    assert_eq!(page.status, 200);
    let html = page.text();
    for words in [
        SAID,
        "Många kom i god tid.",
        "Arbetet går vidare.",
        "Vi träffas oftare.",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains(SECRET));
    assert!(!html.contains("/andra"), "a director does not edit");
    let file = director.get(&held.at("/minnesanteckningar.md"));
    assert_eq!(
        file.header("content-type"),
        Some("text/markdown; charset=utf-8")
    );
    let markdown = file.text();
    assert!(
        markdown.contains("\n**Beslut:** Arbetet går vidare.\n"),
        "{markdown}"
    );
    assert!(!markdown.contains(SECRET));
    assert!(
        file.header("content-disposition")
            .is_some_and(|to| to.contains("2026-12-03.md"))
    );
}

#[tokio::test]
async fn minutes_are_corrected_field_by_field_and_two_who_write_at_once_are_told() {
    let held = Held::new().await;
    let leader = held.world.as_who(Who::Member(Role::Facilitator));
    let address = held.at("/minnesanteckningar/andra");
    let point = format!("punkt-{}", held.item);
    let shown = format!("visad-{point}");
    let noted = "Många kom i god tid.";
    let (first, second) = (id(), id());
    let sent = [
        ("op", &*first),
        (&point, "Alla kom i god tid."),
        (&shown, noted),
        ("antecknat-av", "Lisa Exempel"),
        ("visad-antecknat-av", ""),
    ];
    let answer = leader.post(&address, &sent);
    assert_eq!(answer.status, 303);
    let back = held.at(&format!("/minnesanteckningar?op={first}"));
    assert_eq!(answer.header("location"), Some(&*back));
    assert_eq!(leader.post(&address, &sent).status, 303, "sent again");
    let minutes = held.minutes().await;
    assert_eq!(minutes.written_by.as_str(), "Lisa Exempel");
    assert_eq!(minutes.points[&held.item].as_str(), "Alla kom i god tid.");
    assert_eq!(minutes.present, None, "what nobody touched is the log's");

    // Someone whose page is older than that has changed the same text, and another.
    let sent = [
        ("op", &*second),
        (&point, "Några kom sent."),
        (&shown, noted),
        ("ovrigt", "Fikat var gott."),
        ("visad-ovrigt", ""),
    ];
    let answer = leader.post(&address, &sent);
    assert_eq!(answer.status, 422);
    let html = answer.text();
    for words in ["Några kom sent.", "Alla kom i god tid.", "Fikat var gott."] {
        assert!(html.contains(words), "nobody's words are lost: {words}");
    }
    assert_eq!(held.minutes().await.other.as_str(), "");

    // Now they know what stands there, and save it.
    let sent = [
        ("op", &*second),
        (&point, "Några kom sent."),
        (&shown, "Alla kom i god tid."),
        ("ovrigt", "Fikat var gott."),
        ("visad-ovrigt", ""),
        ("justerat-av", "Nils Exempel"),
        ("visad-justerat-av", ""),
        ("justerat-den", "2026-12-10"),
        ("visad-justerat-den", ""),
    ];
    assert_eq!(leader.post(&address, &sent).status, 303);
    let minutes = held.minutes().await;
    assert_eq!(minutes.points[&held.item].as_str(), "Några kom sent.");
    assert_eq!(minutes.written_by.as_str(), "Lisa Exempel", "untouched");
    let page = leader.get(&held.at("/minnesanteckningar")).text();
    assert!(page.contains("Justerade av Nils Exempel 2026-12-10."));
    assert!(!page.contains("Ändrade efter justeringen"));

    // Back to what was noted: the log speaks for itself again.
    let third = id();
    let sent = [
        ("op", &*third),
        (&point, noted),
        (&shown, "Några kom sent."),
    ];
    assert_eq!(leader.post(&address, &sent).status, 303);
    assert!(held.minutes().await.points.is_empty());
    let page = leader.get(&held.at("/minnesanteckningar")).text();
    assert!(page.contains("Ändrade efter justeringen"));
}

#[tokio::test]
async fn wrong_minutes_come_back_with_what_was_typed() {
    let held = Held::new().await;
    let leader = held.world.coordinator();
    let address = held.at("/minnesanteckningar/andra");
    let long = "å".repeat(1001);
    let (one, other, third) = (id(), id(), id());
    for (fields, field) in [
        ([("op", &*one), ("ovrigt", &*long)], "ovrigt"),
        ([("op", &*other), ("justerat-den", "i går")], "justerat-den"),
        (
            [("op", &*third), ("justerat-den", "2026-12-10")],
            "justerat-av",
        ),
    ] {
        let answer = leader.post(&address, &fields);
        assert_eq!(answer.status, 422, "{field}");
        let html = answer.text();
        assert!(html.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(html.contains(fields[1].1), "what was typed is kept");
    }
    assert_eq!(held.minutes().await, Minutes::default());
}

#[tokio::test]
async fn the_link_opens_the_compiled_page_for_everyone_and_no_other_link_does() {
    let held = Held::new().await;
    let anyone = held.world.as_who(Who::Anonymous);
    let link = held.link();
    let page = anyone.get(&link);
    assert_eq!(page.status, 200);
    let html = page.text();
    for words in [SAID, "Arbetet går vidare.", "Din reflektion"] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains(SECRET));
    assert!(
        !html.contains(&held.world.ours.mapping.to_string()),
        "it leads nowhere inside"
    );
    let leader = held
        .world
        .coordinator()
        .get(&held.at("/sammanstallning"))
        .text();
    assert!(leader.contains(&link), "those who lead are given the link");
    let director = held.world.as_who(Who::Member(Role::Director));
    let read = director.get(&held.at("/sammanstallning")).text();
    assert!(read.contains(SAID) && !read.contains("Dela med deltagarna"));
    let mut wrong = link.clone();
    wrong.pop();
    assert_error_page(&anyone.get(&wrong), 404);
    let theirs = held.world.shared(held.world.theirs.workshop);
    let token = theirs.rsplit('/').next().expect("a token");
    assert_error_page(&anyone.get(&format!("/s/{}/{token}", held.workshop)), 404);
    // No workshop comes after it.
    assert_error_page(&anyone.get(&format!("{link}/kalender.ics")), 404);
}

#[tokio::test]
async fn a_reflection_reaches_those_who_lead_and_nobody_else() {
    let held = Held::new().await;
    let anyone = held.world.as_who(Who::Anonymous);
    let link = held.link();
    let home = municipality(AWAY).to_string();
    let op = id();
    let words = "Vi har glömt medborgardialogen";
    let sent = [
        ("op", &*op),
        ("text", words),
        ("namn", "Åke Exempel"),
        ("kommun", &home),
    ];
    let answer = anyone.post(&link, &sent);
    assert_eq!(answer.status, 303);
    let to = answer.header("location").expect("back to the page");
    assert_eq!(to, format!("{link}?op={op}#reflektion"));
    let cookie = answer
        .header("set-cookie")
        .expect("known by a cookie")
        .to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains(&format!("Path=/s/{}", held.workshop)));
    let cookie = cookie.split(';').next().expect("its value").to_owned();
    assert_eq!(anyone.post(&link, &sent).status, 303, "sent again");

    let page = link.clone() + "?op=" + &op;
    let me = anyone.with_cookie(&*cookie);
    assert!(
        me.get(&page).text().contains(words),
        "what I wrote is shown to me"
    );
    let director = held.world.as_who(Who::Member(Role::Director));
    for (who, address) in [
        (&anyone, page.clone()),
        (&anyone, link.clone()),
        (&director, held.at("/sammanstallning")),
        (&director, held.at("/minnesanteckningar")),
        (&director, held.at("/minnesanteckningar.md")),
        (
            &director,
            format!("/k/{}/karta/uppspelning", held.world.ours.mapping),
        ),
        (
            &director,
            format!("/k/{}/historik", held.world.ours.mapping),
        ),
    ] {
        let answer = who.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        assert!(!answer.text().contains(words), "{address}");
    }
    let leader = held.world.as_who(Who::Member(Role::Facilitator));
    let read = leader.get(&held.at("/sammanstallning")).text();
    assert!(read.contains(words) && read.contains("Åke Exempel, Bengtsfors"));

    let state = held.world.map(held.world.ours.mapping).await;
    let mine: Vec<_> = (state.work.reflections(held.workshop))
        .filter(|(_, card)| card.text.as_str() == words)
        .collect();
    assert_eq!(mine.len(), 1, "sent twice, kept once");
    let written = mine[0].1;
    assert_eq!(
        (written.kind, written.state),
        (CardKind::Reflection, CardState::Private)
    );

    // Another thought from the same browser is the same person's.
    let another = id();
    let sent = [
        ("op", &*another),
        ("text", "En till"),
        ("namn", "Åke Exempel"),
        ("kommun", &home),
    ];
    assert_eq!(me.post(&link, &sent).status, 303);
    let seats = held
        .world
        .store
        .attendees(held.workshop)
        .await
        .expect("readable");
    assert_eq!(seats.len(), 1);
    assert!(
        seats[0].removed && !seats[0].approved,
        "no seat in the room"
    );

    // The cookie is no way into the room.
    let forged = cookie.replace("reflekterar=", "deltar=");
    let inside = anyone.with_cookie(forged).get(&held.at("/delta"));
    assert!(!inside.text().contains(SAID), "{}", inside.status);
}

#[tokio::test]
async fn those_who_lead_put_a_reflection_on_the_map_once() {
    let held = Held::new().await;
    let director = held.world.as_who(Who::Member(Role::Director));
    let leader = held.world.as_who(Who::Member(Role::Facilitator));
    let card = held.world.ours.reflection;
    let words = "Arkivet är allas";
    let promote = held.at(&format!("/reflektioner/{card}"));
    let op = id();
    let fields = [
        ("op", &*op),
        ("som", "förmåga"),
        ("till", "sammanstallning"),
    ];
    assert_eq!(director.post(&promote, &fields).status, 403);
    for _ in 0..2 {
        let answer = leader.post(&promote, &fields);
        assert_eq!(answer.status, 303);
        let back = held.at(&format!("/sammanstallning?op={op}"));
        assert_eq!(answer.header("location"), Some(&*back));
    }
    let state = held.world.map(held.world.ours.mapping).await;
    let named = (state.contents.capabilities.values())
        .filter(|capability| capability.draft.name.as_str() == words)
        .count();
    assert_eq!(named, 1);
    // Nothing but reflections is put on the map that way.
    let comment = (state.work.cards.iter())
        .find(|(_, card)| card.kind == CardKind::Comment)
        .map(|(id, _)| *id)
        .expect("there is one");
    let answer = leader.post(
        &held.at(&format!("/reflektioner/{comment}")),
        &[("op", &*id()), ("som", "mål"), ("till", "planera")],
    );
    assert_error_page(&answer, 404);
}

#[tokio::test]
async fn a_reflection_that_does_not_fit_comes_back_as_it_was_typed() {
    let held = Held::new().await;
    let anyone = held.world.as_who(Who::Anonymous);
    let home = municipality(AWAY).to_string();
    let long = "ö".repeat(201);
    let stranger = municipality("Ystad").to_string();
    for (words, from, field) in [
        (&*long, &*home, "text"),
        ("  ", &home, "text"),
        ("En tanke", "", "kommun"),
        ("En tanke", &stranger, "kommun"),
    ] {
        let sent = [
            ("op", &*id()),
            ("text", words),
            ("namn", "Å"),
            ("kommun", from),
        ];
        let answer = anyone.post(&held.link(), &sent);
        assert_eq!(answer.status, 422, "{field}");
        let html = answer.text();
        assert!(html.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(html.contains(words.trim()));
    }
    let seats = held
        .world
        .store
        .attendees(held.workshop)
        .await
        .expect("readable");
    assert!(seats.is_empty(), "nobody was written down");
}

#[tokio::test]
async fn one_address_cannot_flood_those_who_lead() {
    let held = Held::new().await;
    let anyone = held.world.as_who(Who::Anonymous);
    let home = municipality(AWAY).to_string();
    let send = || {
        let sent = [("op", &*id()), ("text", "Skräp"), ("kommun", &*home)];
        anyone.post(&held.link(), &sent).status
    };
    let taken = (0..200).take_while(|_| send() == 303).count();
    assert_eq!(taken, 120);
    assert_eq!(send(), 429);
}

#[tokio::test]
async fn the_replay_shows_the_map_after_each_step() {
    let held = Held::new().await;
    let director = held.world.as_who(Who::Member(Role::Director));
    let replay = format!("/k/{}/karta/uppspelning", held.world.ours.mapping);
    let last = director.get(&replay).text();
    assert!(
        last.contains("Arkivering") && last.contains("Steg 10 av 10"),
        "{last}"
    );
    let first = director.get(&format!("{replay}?steg=1")).text();
    assert!(first.contains("Steg 1 av 10") && !first.contains("Arkivering"));
    let struck = director.get(&format!("{replay}?steg=8&del=1"));
    assert_eq!(struck.status, 200);
    let struck = struck.text();
    assert!(struck.starts_with("<section id=\"bild\""), "{struck}");
    assert!(
        struck.contains("Borta sedan förra steget: Blanketter"),
        "{struck}"
    );
    // Beyond the ends are the ends.
    for (wanted, is) in [("0", "Steg 1 "), ("999", "Steg 10 "), ("x", "Steg 10 ")] {
        let page = director.get(&format!("{replay}?steg={wanted}")).text();
        assert!(page.contains(is), "{wanted}");
    }
}
