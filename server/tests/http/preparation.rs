//! Before the first workshop: people invited, letters to them, their own pages, the text to read, readiness.

use domain::{letter::Letter, municipality::Municipality, participation::Strategy, rights::Role};

use crate::{
    client::Client,
    page::{assert_again, assert_error_page},
    series::{Asked, answer, invite},
    world::{AWAY, HOME, Who, World, municipality, now, random_id},
};

fn id() -> String {
    random_id().to_string()
}

/// The value of a hidden field in a page.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("the page has the field");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Invites these people in our mapping from a list.
fn paste(client: &Client, world: &World, list: &str) {
    let path = format!("/k/{}/inbjudna/granskad", world.ours.mapping);
    let answer = client.post(&path, &[("id", &id()), ("lista", list)]);
    assert_eq!(answer.status, 303, "{}", answer.text());
}

/// How many letters about our workshop there are.
async fn letters(world: &World) -> usize {
    let about = world.ours.workshop.uuid();
    world
        .store
        .mails_about(about)
        .await
        .expect("readable")
        .len()
}

#[tokio::test]
async fn a_pasted_list_is_shown_first_and_added_once_however_often_it_is_sent() {
    let world = World::new().await;
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    let base = format!("/k/{}/inbjudna", world.ours.mapping);
    let first = id();
    let list = format!(
        "namn\te-post\troll\tkommuner\nKim <Exempel>\tkim@example.se\tit-chef\t{HOME}, {AWAY}\nSam Exempel\t\tannan\t{AWAY}\n"
    );
    let fields = [("id", &*first), ("lista", &*list)];
    let shown = facilitator.post(&format!("{base}/granska"), &fields);
    assert_eq!(shown.status, 200);
    assert!(
        shown.text().contains("Kim &lt;Exempel&gt;"),
        "{}",
        shown.text()
    );
    let before = world.everything().await.invitees.len();
    for _ in 0..3 {
        let answer = facilitator.post(&format!("{base}/granskad"), &fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(world.everything().await.invitees.len(), before + 2);
    }
    let page = facilitator.get(&base).text();
    assert!(page.contains("kim@example.se") && page.contains("Sam Exempel"));
    assert!(
        facilitator
            .get(&format!("{base}/lankar"))
            .text()
            .contains("class=\"qr\"")
    );

    // Whoever is there is not added again, from a list or one by one; the case of letters does not matter.
    let again = format!("Kim Igen;KIM@example.se;it-chef;{HOME}");
    for path in ["granska", "granskad"] {
        let answer = facilitator.post(
            &format!("{base}/{path}"),
            &[("id", &id()), ("lista", &again)],
        );
        assert_again(&answer);
        assert!(answer.text().contains("finns redan bland de inbjudna"));
    }
    let home = municipality(HOME).to_string();
    let one = [
        ("id", &*id()),
        ("namn", "Kim Igen"),
        ("epost", "Kim@Example.se"),
        ("roll", "it-chef"),
        ("kommun", &home),
    ];
    assert_again(&facilitator.post(&base, &one));
    assert_eq!(world.everything().await.invitees.len(), before + 2);
}

#[tokio::test]
async fn an_own_page_opens_with_its_link_only_and_not_once_its_person_was_removed() {
    let world = World::new().await;
    let nobody = world.as_who(Who::Anonymous);
    let own = format!("/p/{}", world.ours.invited.token);
    let page = nobody.get(&own);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Inga Exempel") && page.text().contains("WS1"));
    // A link of another kind is no link to an own page, nor the other way round.
    let foreign = format!("/p/{}", world.ours.asked.token);
    for path in [
        "/p/finnsinte".to_owned(),
        foreign.clone(),
        format!("{foreign}/las"),
        format!("{foreign}/kalender.ics"),
        format!("/e/{}", world.ours.invited.token),
    ] {
        assert_error_page(&nobody.get(&path), 404);
    }
    // Nor does it lead to another mapping's workshop.
    let elsewhere = format!("{own}/{}/kalender.ics", world.theirs.workshop);
    assert_error_page(&nobody.get(&elsewhere), 404);
    let file = nobody.get(&format!("{own}/{}/kalender.ics", world.ours.workshop));
    assert_eq!(
        file.header("content-type"),
        Some("text/calendar; charset=utf-8")
    );
    assert!(
        !file.text().contains(&world.ours.invited.token),
        "calendars are shared"
    );

    let coordinator = world.coordinator();
    let remove = |mapping, invitee| format!("/k/{mapping}/inbjudna/{invitee}/ta-bort");
    let theirs = remove(world.ours.mapping, world.theirs.invited.id);
    assert_error_page(&coordinator.post(&theirs, &[]), 404);
    let still = nobody.get(&format!("/p/{}", world.theirs.invited.token));
    assert_eq!(still.status, 200);
    for _ in 0..2 {
        let answer = coordinator.post(&remove(world.ours.mapping, world.ours.invited.id), &[]);
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    for path in [
        own.clone(),
        format!("{own}/las"),
        format!("{own}/kalender.ics"),
    ] {
        assert_error_page(&nobody.get(&path), 410);
    }
    assert_error_page(&nobody.post(&format!("{own}/las"), &[("last", "ja")]), 410);
    let page = nobody.get(&own).text();
    assert!(page.contains("inte längre inbjuden"), "{page}");
    assert_eq!(
        world
            .store
            .count_readers(world.ours.mapping)
            .await
            .expect("readable"),
        0
    );
}

#[tokio::test]
async fn an_own_page_leads_to_the_survey_of_whoever_has_the_same_address_while_it_is_open() {
    let world = World::new().await;
    let nobody = world.as_who(Who::Anonymous);
    let coordinator = world.coordinator();
    let own = format!("/p/{}", world.ours.invited.token);
    assert!(!nobody.get(&own).text().contains("Svara på enkäten"));

    let fetch = format!(
        "/k/{}/omgangar/{}/deltagare/inbjudna",
        world.ours.mapping, world.ours.open
    );
    paste(
        &coordinator,
        &world,
        &format!("Nils Utan;;annan;{HOME}\nAnnan Nils;NILS@example.se;annan;{HOME}"),
    );
    let before = world
        .store
        .participants(world.ours.open)
        .await
        .expect("readable")
        .len();
    for (nth, expected) in [(0, "hamtade=2&av=3"), (1, "hamtade=0&av=3")] {
        let answer = coordinator.post(&fetch, &[("op", &id())]);
        assert_eq!(answer.status, 303, "{}", answer.text());
        let to = answer.header("location").expect("it leads back").to_owned();
        assert!(to.ends_with(expected), "{to}");
        let said = coordinator.get(&to).text();
        let words = ["2 av de inbjudna lades till", "Ingen lades till"][nth];
        assert!(said.contains(words), "{said}");
        let now = world
            .store
            .participants(world.ours.open)
            .await
            .expect("readable");
        assert_eq!(now.len(), before + 2, "nils@example.se was asked already");
    }
    let page = nobody.get(&own).text();
    assert!(
        page.contains("Svara på enkäten") && page.contains("Omgång 2"),
        "{page}"
    );
    let (_, rest) = page
        .split_once("href=\"/e/")
        .expect("it links to the survey");
    let survey = rest.split('"').next().expect("the link ends");
    let first = nobody.get(&format!("/e/{survey}"));
    assert_eq!(first.status, 200);
    assert!(first.text().contains("Inga Exempel"), "it is their own");

    let people = (world.store.participants(world.ours.open).await).expect("readable");
    let inga = (people.iter()).find(|person| person.name.as_str() == "Inga Exempel");
    let inga = Asked {
        id: inga.expect("she was fetched").id,
        token: survey.to_owned(),
    };
    answer(&world.store, &inga, world.ours.capabilities).await;
    let before = inga.address("/infor-workshopen");
    assert!(!nobody.get(&own).text().contains(&before), "it is open");

    (world.store.close_round(world.ours.open, now()).await).expect("it is open");
    let page = nobody.get(&own).text();
    assert!(!page.contains("Svara på enkäten"));
    assert!(page.contains("Dina svar bredvid allas, inför workshopen"));
    assert!(page.contains(&before), "{page}");
    let shown = nobody.get(&before);
    assert_eq!(shown.status, 200, "{}", shown.text());
    let closed = coordinator.post(&fetch, &[("op", &id())]);
    assert_error_page(&closed, 409);
}

#[tokio::test]
async fn an_invitation_is_sent_once_to_each_and_again_only_when_someone_says_so() {
    let world = World::new().await;
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    let path = format!(
        "/k/{}/workshop/{}/inbjudan",
        world.ours.mapping, world.ours.workshop
    );
    let without = invite(&world.store, world.ours.mapping, "Ola Exempel", "").await;
    let (inga, ola) = (world.ours.invited.id.to_string(), without.id.to_string());
    let foreign = world.theirs.invited.id.to_string();
    let op = hidden(&facilitator.get(&path).text(), "op");
    // Nobody, someone without an address, another mapping's invitee, and no id at all.
    for chosen in [None, Some(&*ola), Some(&*foreign), Some("x")] {
        let mut fields = vec![("op", &*op), ("gor", "skicka"), ("ord", "Egna <ord>")];
        fields.extend(chosen.map(|id| ("till", id)));
        let answer = facilitator.post(&path, &fields);
        assert_again(&answer);
        assert!(answer.text().contains("Egna &lt;ord>"), "{}", answer.text());
    }
    let long = "x".repeat(2001);
    let fields = [
        ("op", &*op),
        ("gor", "skicka"),
        ("ord", &*long),
        ("till", &*inga),
    ];
    assert_again(&facilitator.post(&path, &fields));
    let fields = [
        ("op", &*op),
        ("gor", "visa"),
        ("ord", "Ta med <plan>"),
        ("till", &*inga),
    ];
    let shown = facilitator.post(&path, &fields);
    assert_eq!(shown.status, 200);
    for part in [
        "Ta med &lt;plan&gt;",
        "Inga Exempel",
        "Inbjudan: WS1",
        "workshop.ics",
    ] {
        assert!(shown.text().contains(part), "{part} in {}", shown.text());
    }
    assert_eq!(letters(&world).await, 0, "nothing was sent yet");

    let first = [
        ("op", &*op),
        ("gor", "skicka"),
        ("ord", "Ta med er plan"),
        ("till", &*inga),
    ];
    for expected in ["skickade=1", "skickade=0"] {
        let answer = facilitator.post(&path, &first);
        assert_eq!(answer.status, 303, "{}", answer.text());
        let to = answer.header("location").expect("it leads back");
        assert!(to.ends_with(expected), "{to}");
        assert_eq!(letters(&world).await, 1);
    }
    // Another form that had not seen it sends no second one.
    let other = id();
    let late = [("op", &*other), ("gor", "skicka"), ("till", &*inga)];
    assert_eq!(facilitator.post(&path, &late).status, 303);
    assert_eq!(letters(&world).await, 1);
    let page = facilitator.get(&path).text();
    assert!(page.contains("name=\"igen\""), "{page}");
    let again = [("op", &*other), ("gor", "skicka"), ("igen", &*inga)];
    for _ in 0..2 {
        assert_eq!(facilitator.post(&path, &again).status, 303);
        assert_eq!(letters(&world).await, 2);
    }
    let mails = world.store.mails_about(world.ours.workshop.uuid()).await;
    for mail in mails.expect("readable") {
        let letter = Letter::Workshop(world.ours.workshop, world.ours.invited.id);
        assert_eq!(mail.new.letter, letter);
        assert_eq!(mail.new.address, "inga@example.se");
    }
}

#[tokio::test]
async fn nobody_is_invited_to_a_workshop_that_has_been_ended() {
    let world = World::new().await;
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    let base = format!("/k/{}/workshop/{}", world.ours.mapping, world.ours.workshop);
    for verb in ["oppna", "avsluta"] {
        let answer = facilitator.post(&format!("{base}/gor"), &[("op", &id()), ("gor", verb)]);
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let page = facilitator.get(&format!("{base}/inbjudan"));
    assert_eq!(page.status, 200);
    let page = page.text();
    assert!(page.contains("Workshopen är avslutad"), "{page}");
    assert!(!page.contains("type=\"checkbox\""), "{page}");
    let inga = world.ours.invited.id.to_string();
    let fields = [("op", &*id()), ("gor", "skicka"), ("till", &*inga)];
    assert_error_page(&facilitator.post(&format!("{base}/inbjudan"), &fields), 409);
    assert_eq!(letters(&world).await, 0);
    let own = world
        .as_who(Who::Anonymous)
        .get(&format!("/p/{}", world.ours.invited.token));
    assert!(own.text().contains("Har varit"));
}

#[tokio::test]
async fn the_text_to_read_is_harmless_previewed_and_not_written_over_unseen() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let base = format!("/k/{}/forberedelse", world.ours.mapping);
    let change = format!("{base}/andra");
    let standard = coordinator.get(&base).text();
    assert!(standard.contains("Vad är en förmåga?") && standard.contains("minuter att läsa"));

    let foul = "# Rubrik\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n</textarea><img src=x>";
    let fields = [("gor", "visa"), ("sedd", ""), ("text", foul)];
    let shown = coordinator.post(&change, &fields);
    assert_eq!(shown.status, 200);
    let saved = coordinator.post(&change, &[("gor", "spara"), ("sedd", ""), ("text", foul)]);
    assert_eq!(saved.status, 303, "{}", saved.text());
    let own = world
        .as_who(Who::Anonymous)
        .get(&format!("/p/{}/las", world.ours.invited.token));
    for page in [
        shown.text(),
        coordinator.get(&base).text(),
        own.text(),
        coordinator.get(&change).text(),
    ] {
        assert!(page.contains("<h2>Rubrik</h2>"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x"),
            "{page}"
        );
        assert!(!page.contains("href=\"javascript:"), "{page}");
    }

    // Two opened the form; the second one to save is told, keeps their text, and may save over it then.
    let seen = hidden(&coordinator.get(&change).text(), "sedd");
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    let other = [
        ("gor", "spara"),
        ("sedd", &*seen),
        ("text", "Den andra texten"),
    ];
    for _ in 0..2 {
        assert_eq!(
            facilitator.post(&change, &other).status,
            303,
            "sent twice it is saved once"
        );
    }
    let mine = [("gor", "spara"), ("sedd", &*seen), ("text", "Min text")];
    let told = coordinator.post(&change, &mine);
    assert_again(&told);
    assert!(told.text().contains("Min text") && told.text().contains("Någon annan har ändrat"));
    let seen = hidden(&told.text(), "sedd");
    let mine = [("gor", "spara"), ("sedd", &*seen), ("text", "Min text")];
    assert_eq!(coordinator.post(&change, &mine).status, 303);
    assert!(coordinator.get(&base).text().contains("<p>Min text</p>"));

    for text in ["", " \n ", &"x".repeat(20_001), "a\0b"] {
        let seen = hidden(&coordinator.get(&change).text(), "sedd");
        let fields = [("gor", "spara"), ("sedd", &*seen), ("text", text)];
        assert_again(&coordinator.post(&change, &fields));
    }
    let huge = "> ".repeat(50_000);
    let answer = coordinator.post(&change, &[("gor", "visa"), ("sedd", ""), ("text", &huge)]);
    assert_again(&answer);
    for broken in [("gor", "annat"), ("sedd", "x")] {
        let mut fields = vec![broken];
        if broken.0 == "sedd" {
            fields.push(("gor", "spara"));
        }
        assert_error_page(&coordinator.post(&change, &fields), 400);
    }
    let seen = hidden(&coordinator.get(&change).text(), "sedd");
    let back = coordinator.post(&change, &[("gor", "standard"), ("sedd", &seen)]);
    assert_eq!(back.status, 303, "{}", back.text());
    assert!(coordinator.get(&base).text().contains("Vad är en förmåga?"));
}

#[tokio::test]
async fn having_read_is_a_count_that_each_adds_to_once() {
    let world = World::new().await;
    let nobody = world.as_who(Who::Anonymous);
    let director = world.as_who(Who::Member(Role::Director));
    let base = format!("/k/{}/forberedelse", world.ours.mapping);
    let own = format!("/p/{}/las", world.ours.invited.token);
    let asked = world.ours.asked.address("/las");
    let closed = world.ours.late.address("/las");
    for _ in 0..2 {
        for (client, path) in [
            (&nobody, own.clone()),
            (&nobody, asked.clone()),
            (&nobody, closed.clone()),
            (&director, format!("{base}/last")),
        ] {
            let answer = client.post(&path, &[("last", "ja")]);
            assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        }
    }
    let page = director.get(&base).text();
    assert!(page.contains("4 personer har läst texten."), "{page}");
    assert!(page.contains("Du har läst texten"), "{page}");
    assert!(!page.contains("Inga Exempel"), "it does not say who");
    let theirs = world.store.count_readers(world.theirs.mapping).await;
    assert_eq!(theirs.expect("readable"), 0);

    let taken_back = nobody.post(&own, &[("last", "nej")]);
    assert_eq!(taken_back.status, 303);
    assert!(
        nobody
            .get(&own)
            .text()
            .contains("name=\"last\" value=\"ja\"")
    );
    assert!(
        director
            .get(&base)
            .text()
            .contains("3 personer har läst texten.")
    );
    assert_error_page(&nobody.post(&own, &[("last", "kanske")]), 400);
    assert_error_page(&nobody.post("/p/finnsinte/las", &[("last", "ja")]), 404);
    assert_error_page(&nobody.post("/e/finnsinte/las", &[("last", "ja")]), 404);
    // Reading is no gate: the survey opens for one who has not.
    assert_eq!(
        nobody.get(&world.ours.asked_for_both.address("/1")).status,
        200
    );
}

#[tokio::test]
async fn readiness_is_read_by_those_who_follow_and_links_lead_to_the_web_only() {
    let world = World::new().await;
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    let base = format!("/k/{}/beredskap", world.ours.mapping);
    let home = format!("{base}/{}", municipality(HOME));
    let fields = |link: &'static str, year: &'static str| {
        [
            ("op", id()),
            ("strategi", "finns".to_owned()),
            ("strategi-lank", link.to_owned()),
            ("verktyg", "eBlomlådan".to_owned()),
            ("ar", year.to_owned()),
            ("ovrigt", "Görs om <snart>".to_owned()),
        ]
    };
    let send = |path: &str, link, year| {
        let fields = fields(link, year);
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        facilitator.post(path, &fields)
    };
    for (link, year) in [
        ("javascript:alert(1)", "2024"),
        ("www.example.se", "2024"),
        ("mailto:kim@example.se", ""),
        ("https://", ""),
        ("https://exempel .se", ""),
        ("", "24"),
        ("", "-2024"),
        ("", "x"),
    ] {
        assert_again(&send(&home, link, year));
    }
    let outside = Municipality::by_name("Göteborg").expect("it is in the register");
    for path in [format!("{base}/{outside}"), format!("{base}/x")] {
        assert_error_page(&send(&path, "", ""), 404);
        assert_error_page(&facilitator.get(&path), 404);
    }
    assert!(
        world
            .store
            .readiness(world.ours.mapping)
            .await
            .expect("readable")
            .is_empty()
    );

    for _ in 0..2 {
        let answer = send(&home, "https://www.example.se/strategi?a=1&b=2", "2024");
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let noted = world
        .store
        .readiness(world.ours.mapping)
        .await
        .expect("readable");
    assert_eq!(noted.len(), 1);
    assert_eq!(
        (noted[0].strategy, noted[0].year),
        (Strategy::Done, Some(2024))
    );
    let representative = world.as_who(Who::Member(Role::Representative));
    let page = representative.get(&base).text();
    for part in [
        "1 har en digital strategi och 1 har gjort en självskattning, av 2 kommuner",
        "eBlomlådan 2024",
        "Görs om &lt;snart&gt;",
        "rel=\"noopener noreferrer\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains(&home), "they may not change it: {page}");
    let form = facilitator.get(&home).text();
    assert!(
        form.contains("https://www.example.se/strategi?a=1&amp;b=2"),
        "{form}"
    );
}
