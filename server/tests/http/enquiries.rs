//! Interest enquiries: from the question to what comes of it, and links that should lead nowhere.

use std::collections::BTreeSet;

use domain::{
    ids::{ContactId, EnquiryId},
    letter::{Mail, MailStatus},
    mapping::Participation,
    participation::{Contact, Enquiry, Reply},
};
use time::{Duration, OffsetDateTime};

use crate::{
    client::{Client, Response},
    page::{assert_again, assert_error_page, tags},
    world::{AWAY, HOME, World, municipality, now, random_id, random_token},
};

fn enquiry(world: &World) -> String {
    format!("/k/{}/intresse/{}", world.ours.mapping, world.ours.enquiry)
}

fn address(world: &World, nth: usize) -> String {
    format!("/i/{}", world.ours.contacts[nth].1)
}

fn answer(client: &Client, path: &str, reply: &str) -> Response {
    let fields = [
        ("svar", reply),
        ("kommentar", "Vi börjar gärna i vår"),
        ("namn", "Eva Exempel"),
    ];
    client.post(path, &fields)
}

/// Posts a form with the id that every form of ours has.
fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Response {
    let op = random_id().to_string();
    let all: Vec<_> = [("op", op.as_str())]
        .iter()
        .chain(fields)
        .copied()
        .collect();
    client.post(path, &all)
}

async fn contacts(world: &World) -> Vec<Contact> {
    (world.store.contacts(world.ours.enquiry).await).expect("readable")
}

async fn contact(world: &World, whose: &str) -> Contact {
    (contacts(world).await.into_iter())
        .find(|contact| contact.municipality == municipality(whose))
        .expect("it is asked")
}

/// The letters about an enquiry when none of them waits any more.
async fn settled(world: &World, enquiry: EnquiryId) -> Vec<Mail> {
    for _ in 0..600 {
        let mails = (world.store.mails_about(enquiry.uuid()).await).expect("readable");
        let waiting = |mail: &Mail| matches!(mail.status, MailStatus::Queued | MailStatus::Sending);
        if !mails.iter().any(waiting) {
            return mails;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the letters wait for too long");
}

/// Makes a day that is over the last one.
async fn end(world: &World) {
    let enquiry = (world.store.enquiry(world.ours.enquiry).await)
        .expect("readable")
        .expect("it is there");
    let over = Enquiry {
        // Sweden is ahead of UTC, so two days are over everywhere.
        deadline: OffsetDateTime::now_utc().date() - Duration::days(2),
        ..enquiry
    };
    let kept: Vec<_> = (contacts(world).await.into_iter())
        .map(|contact| (contact, [0; 32]))
        .collect();
    (world.store.save_enquiry(&over, &kept, None, now()).await).expect("it is open");
}

#[tokio::test]
async fn a_contact_answers_without_signing_in_and_may_change_it() {
    let world = World::new().await;
    let nobody = world.program.client();
    let path = address(&world, 0);
    for _ in 0..2 {
        let page = nobody.get(&path);
        assert_eq!(page.status, 200);
        assert_eq!(page.heading().as_deref(), Some("Vill ni vara med?"));
        assert!(page.text().contains("Svar för Åmål"), "{}", page.text());
    }
    assert_eq!(
        contact(&world, HOME).await.reply,
        None,
        "opening a link answers nothing"
    );
    for _ in 0..2 {
        let done = answer(&nobody, &path, "ja");
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(done.header("location"), Some(&*path));
    }
    let first = contact(&world, HOME).await;
    assert_eq!(first.reply, Some(Reply::Yes));
    assert_eq!(first.note.as_str(), "Vi börjar gärna i vår");
    assert_eq!(answer(&nobody, &path, "ja").status, 303);
    assert_eq!(
        contact(&world, HOME).await,
        first,
        "sent again it is the same answer"
    );
    let page = nobody.get(&path).text();
    assert!(page.contains("Svaret för Åmål är sparat: Ja."), "{page}");
    assert_eq!(answer(&nobody, &path, "betänketid").status, 303);
    assert_eq!(contact(&world, HOME).await.reply, Some(Reply::Later));
    assert_eq!(
        contact(&world, AWAY).await.reply,
        None,
        "nobody answers for another"
    );
    let shown = world.coordinator().get(&enquiry(&world)).text();
    assert!(
        shown.contains("0 ja · 0 nej · 1 vill ha betänketid · 1 ej svarat av 2"),
        "{shown}"
    );
}

#[tokio::test]
async fn an_answer_that_says_nothing_is_asked_for_again() {
    let world = World::new().await;
    let nobody = world.program.client();
    let path = address(&world, 0);
    let long = "å".repeat(201);
    for fields in [
        [("svar", ""), ("namn", "Eva"), ("kommentar", "Kvar")],
        [("svar", "kanske"), ("namn", "Eva"), ("kommentar", "Kvar")],
        [("svar", "ja"), ("namn", " "), ("kommentar", "Kvar")],
        [("svar", "ja"), ("namn", "Eva"), ("kommentar", &long)],
    ] {
        let again = nobody.post(&path, &fields);
        assert_again(&again);
        assert!(again.text().contains(fields[2].1), "what was typed is kept");
    }
    assert_eq!(contact(&world, HOME).await.reply, None);
}

#[tokio::test]
async fn a_link_of_any_other_kind_leads_to_no_enquiry() {
    let world = World::new().await;
    let nobody = world.program.client();
    let before = world.everything().await;
    let own = &world.ours.contacts[0].1;
    let shorter = &own[..own.len() - 1];
    let hostile = [
        random_token(),
        world.ours.asked.token.clone(),
        world.ours.invited.token.clone(),
        world.login_token.clone(),
        own.to_uppercase(),
        format!("{own}a"),
        shorter.to_owned(),
        "%00".to_owned(),
        "'%20OR%20'1'='1".to_owned(),
        "..%2F..%2Fk".to_owned(),
        "a".repeat(5000),
        world.ours.contacts[0].0.to_string(),
        world.ours.enquiry.to_string(),
    ];
    for token in hostile {
        let path = format!("/i/{token}");
        for response in [nobody.get(&path), answer(&nobody, &path, "ja")] {
            assert_error_page(&response, 404);
        }
    }
    // Nor is this link any other key.
    for path in ["/e/", "/p/", "/logga-in/"].map(|start| format!("{start}{own}")) {
        let status = nobody.get(&path).status;
        assert!(
            status == 404 || path.starts_with("/logga-in/"),
            "{path}: {status}"
        );
    }
    assert_error_page(&nobody.post(&format!("/logga-in/{own}"), &[]), 410);
    let session = nobody.with_cookie(format!("formagekartan={own}"));
    assert_error_page(&session.get(&enquiry(&world)), 401);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn after_the_last_day_a_clear_page_says_so_and_answers_come_by_hand() {
    let world = World::new().await;
    let nobody = world.program.client();
    assert_eq!(answer(&nobody, &address(&world, 0), "nej").status, 303);
    end(&world).await;
    let page = nobody.get(&address(&world, 0));
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("Tiden att svara har gått ut"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains("Ert svar finns kvar: Nej."),
        "{}",
        page.text()
    );
    assert!(
        !tags(&page.text())
            .iter()
            .any(|tag| tag.name == "form" && tag.attribute("action") == Some(&address(&world, 0)))
    );
    let late = answer(&nobody, &address(&world, 1), "ja");
    assert_eq!(late.status, 409);
    assert!(
        late.text().contains("Det du skickade nyss är inte sparat."),
        "{}",
        late.text()
    );
    assert!(
        late.text().contains("Vi har inget svar från Bengtsfors."),
        "{}",
        late.text()
    );
    assert_eq!(contact(&world, AWAY).await.reply, None);

    // No letter goes out, but somebody may have called.
    let leader = world.coordinator();
    let op = random_id().to_string();
    let sent = leader.post(&format!("{}/skicka", enquiry(&world)), &[("op", &op)]);
    assert_eq!(
        sent.header("location"),
        Some(&*format!("{}?klart=sluten", enquiry(&world)))
    );
    let letters = world.store.mails_about(world.ours.enquiry.uuid()).await;
    assert!(letters.expect("readable").is_empty());
    let away = municipality(AWAY);
    let path = format!("{}/svar/{}", enquiry(&world), world.ours.contacts[1].0);
    let (reply, source) = (format!("svar-{away}"), format!("kalla-{away}"));
    let no_source = press(&leader, &path, &[(&reply, "ja")]);
    assert_again(&no_source);
    for _ in 0..2 {
        let done = press(
            &leader,
            &path,
            &[(&reply, "ja"), (&source, "Bo Exempel i telefon")],
        );
        assert_eq!(done.status, 303, "{}", done.text());
    }
    let entered = contact(&world, AWAY).await;
    assert_eq!(
        (entered.reply, &*entered.replied_by),
        (Some(Reply::Yes), "Bo Exempel i telefon")
    );
    let acts = (world.store.audit(world.ours.mapping).await).expect("readable");
    assert_eq!(
        acts.iter().filter(|act| act.act == "enquiry.reply").count(),
        1
    );
}

#[tokio::test]
async fn a_closed_enquiry_takes_nothing_more_and_is_taken_over_once() {
    let world = World::new().await;
    let (nobody, leader) = (world.program.client(), world.coordinator());
    // Both take part from the start; to begin with they are only invited.
    let mut mapping = (world.store.mapping(world.ours.mapping).await)
        .expect("readable")
        .expect("it is there");
    for member in &mut mapping.members {
        member.participation = Participation::Invited;
    }
    world
        .store
        .save_mapping(&mapping)
        .await
        .expect("it is there");
    assert_eq!(answer(&nobody, &address(&world, 0), "ja").status, 303);
    let ticked = |whose: &str| {
        let page = leader.get(&format!("{}/for-in", enquiry(&world))).text();
        let (_, rest) = page
            .split_once(&format!(
                "name=\"kommun\" value=\"{}\"",
                municipality(whose)
            ))
            .expect("it would change");
        rest.split('>')
            .next()
            .unwrap_or_default()
            .contains("checked")
    };
    assert!(ticked(HOME));
    assert!(!ticked(AWAY), "it may still answer");
    for _ in 0..2 {
        let closed = press(&leader, &format!("{}/stang", enquiry(&world)), &[]);
        assert_eq!(closed.status, 303, "{}", closed.text());
    }
    let page = nobody.get(&address(&world, 0)).text();
    assert!(page.contains("Förfrågan är stängd"), "{page}");
    assert_eq!(answer(&nobody, &address(&world, 0), "nej").status, 409);
    assert_eq!(contact(&world, HOME).await.reply, Some(Reply::Yes));
    let away = municipality(AWAY).to_string();
    let by_hand = format!("{}/svar/{}", enquiry(&world), world.ours.contacts[1].0);
    let fields = [
        (format!("svar-{away}"), "nej"),
        (format!("kalla-{away}"), "Bo"),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, typed)| (name.as_str(), *typed));
    let refused = press(&leader, &by_hand, &fields);
    assert_eq!(
        refused.header("location"),
        Some(&*format!("{}?klart=sluten", enquiry(&world)))
    );
    assert_eq!(contact(&world, AWAY).await.reply, None);

    assert!(ticked(HOME) && ticked(AWAY));
    let take = format!("{}/for-in", enquiry(&world));
    let shown = leader.get(&take).text();
    assert!(
        shown.contains("intresserad") && shown.contains("ej svarat"),
        "{shown}"
    );
    assert_again(&press(&leader, &take, &[]));
    let home = municipality(HOME).to_string();
    let chosen = [
        ("kommun", home.as_str()),
        ("kommun", away.as_str()),
        ("kommun", "9999"),
    ];
    for _ in 0..2 {
        let done = press(&leader, &take, &chosen);
        assert_eq!(done.status, 303, "{}", done.text());
    }
    let read = (world.store.participation(world.ours.mapping).await).expect("readable");
    let found: Vec<_> = (read.iter().filter(|entry| entry.step.is_none()))
        .map(|entry| {
            (
                entry.municipality.name(),
                entry.grade,
                entry.source.as_str(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (AWAY, Participation::Silent, "Intresseförfrågan"),
            (
                HOME,
                Participation::Interested,
                "Intresseförfrågan, svar av Eva Exempel"
            ),
        ]
    );
    assert!(read.iter().all(|entry| entry.since.is_some()));
    let acts = (world.store.audit(world.ours.mapping).await).expect("readable");
    assert_eq!(
        acts.iter()
            .filter(|act| act.act == "participation.set")
            .count(),
        2
    );
}

#[tokio::test]
async fn letters_go_to_those_with_an_address_once_and_again_only_when_asked() {
    let world = World::new().await;
    let leader = world.coordinator();
    let button = format!("{}/skicka", enquiry(&world));
    let op = random_id().to_string();
    for _ in 0..2 {
        let sent = leader.post(&button, &[("op", &op)]);
        assert_eq!(sent.status, 303, "{}", sent.text());
    }
    // From another form, nobody is left to send to.
    let other = random_id().to_string();
    assert_eq!(leader.post(&button, &[("op", &other)]).status, 303);
    let found = settled(&world, world.ours.enquiry).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].status, MailStatus::Sent, "{found:?}");
    assert_eq!(found[0].new.address, "eva@example.se");
    let page = leader.get(&enquiry(&world)).text();
    assert!(page.contains("Påminn 1"), "{page}");
    let op = random_id().to_string();
    for _ in 0..2 {
        let sent = leader.post(&button, &[("op", &op), ("igen", "ja")]);
        assert_eq!(sent.status, 303, "{}", sent.text());
    }
    assert_eq!(settled(&world, world.ours.enquiry).await.len(), 2);
    // One that has been sent is not sent again by its own button, nor is another enquiry's.
    let sent = format!("{}/brev/{}/igen", enquiry(&world), found[0].new.id);
    let location = press(&leader, &sent, &[])
        .header("location")
        .map(ToOwned::to_owned);
    assert_eq!(location, Some(format!("{}?klart=borta", enquiry(&world))));
}

#[tokio::test]
async fn a_letter_asks_the_question_with_a_link_that_answers() {
    let world = World::new().await;
    let (leader, nobody) = (world.coordinator(), world.program.client());
    let home = municipality(HOME);
    let (id, day) = (
        EnquiryId::new(random_id()),
        OffsetDateTime::now_utc().date(),
    );
    let fields = [
        ("id".to_owned(), id.to_string()),
        ("fraga".to_owned(), "Vill ni <b>vara</b> med?".to_owned()),
        (
            "forklaring".to_owned(),
            "Första stycket.\n\nAndra stycket.".to_owned(),
        ),
        (
            "sista-dag".to_owned(),
            (day + Duration::days(3)).to_string(),
        ),
        (format!("fraga-{home}"), "ja".to_owned()),
        (format!("namn-{home}"), "Eva Exempel".to_owned()),
        (format!("epost-{home}"), "eva@example.se".to_owned()),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let base = format!("/k/{}/intresse", world.ours.mapping);
    for _ in 0..2 {
        let saved = leader.post(&base, &fields);
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    let asked = world.store.contacts(id).await.expect("readable");
    assert_eq!(asked.len(), 1, "sent twice it is made once");
    let op = random_id().to_string();
    assert_eq!(
        leader
            .post(&format!("{base}/{id}/skicka"), &[("op", &op)])
            .status,
        303
    );
    let sent = settled(&world, id).await;
    let path = world.place.outbox().join(format!("{}.eml", sent[0].new.id));
    let letter = std::fs::read_to_string(path).expect("it lies in the outbox");
    let letter = letter.replace("=\r\n", "");
    assert!(letter.contains("Vill ni"), "{letter}");
    assert!(
        letter.contains("Vill ni &lt;b&gt;vara&lt;/b&gt; med?"),
        "{letter}"
    );
    let link = letter.split("/i/").nth(1).expect("it holds the link");
    let token: String = link
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let page = nobody.get(&format!("/i/{token}"));
    assert_eq!(page.status, 200, "{letter}");
    assert!(
        page.text().contains("Vill ni &lt;b&gt;vara&lt;/b&gt; med?"),
        "{}",
        page.text()
    );
    assert_eq!(answer(&nobody, &format!("/i/{token}"), "ja").status, 303);
    let replied = world.store.contacts(id).await.expect("readable");
    assert_eq!(replied[0].reply, Some(Reply::Yes));
}

#[tokio::test]
async fn changing_an_enquiry_keeps_links_and_answers_and_nobody_elses_is_changed() {
    let world = World::new().await;
    let (leader, nobody) = (world.coordinator(), world.program.client());
    assert_eq!(answer(&nobody, &address(&world, 0), "ja").status, 303);
    let base = format!("/k/{}/intresse", world.ours.mapping);
    let id = world.ours.enquiry.to_string();
    let form = leader.get(&format!("{base}/{id}/andra")).text();
    assert!(form.contains("Har svarat"), "{form}");
    let (home, away) = (municipality(HOME), municipality(AWAY));
    let day = (OffsetDateTime::now_utc().date() + Duration::days(30)).to_string();
    let (ask_away, mail_away) = (format!("fraga-{away}"), format!("epost-{away}"));
    let save = |more: &[(&str, &str)]| {
        let fixed = [
            ("id", &*id),
            ("fraga", "Vill ni ändå?"),
            ("sista-dag", &*day),
        ];
        let fields: Vec<_> = fixed.iter().chain(more).copied().collect();
        leader.post(&base, &fields)
    };
    assert_again(&save(&[(&ask_away, "ja"), (&mail_away, "ingen adress")]));
    let done = save(&[(&ask_away, "ja"), (&mail_away, "bo@example.se")]);
    assert_eq!(done.status, 303, "{}", done.text());
    let kept = contact(&world, HOME).await;
    assert_eq!(
        (kept.id, kept.reply),
        (world.ours.contacts[0].0, Some(Reply::Yes))
    );
    assert_eq!(contact(&world, AWAY).await.email.as_str(), "bo@example.se");
    assert_eq!(nobody.get(&address(&world, 1)).status, 200);
    // Left out and silent, it is asked no more.
    assert_eq!(save(&[]).status, 303);
    let asked: BTreeSet<_> = (contacts(&world).await.iter())
        .map(|one| one.municipality)
        .collect();
    assert_eq!(asked, [home].into());
    assert_error_page(&nobody.get(&address(&world, 1)), 404);

    // Another mapping's enquiry, contact or letter is not to be reached from ours.
    let before = world.everything().await;
    let theirs = &world.theirs;
    let foreign = theirs.enquiry.to_string();
    let fixed = [
        ("id", &*foreign),
        ("fraga", "Kapad"),
        ("sista-dag", &*day),
        (&*ask_away, "ja"),
    ];
    assert_error_page(&leader.post(&base, &fixed), 400);
    for path in ["", "/andra", "/for-in"] {
        assert_error_page(&leader.get(&format!("{base}/{foreign}{path}")), 404);
    }
    for path in ["/stang", "/for-in"] {
        assert_error_page(
            &press(&leader, &format!("{base}/{foreign}{path}"), &[]),
            404,
        );
    }
    let contact: ContactId = theirs.contacts[0].0;
    let field = (format!("svar-{home}"), format!("kalla-{home}"));
    let path = format!("{base}/{id}/svar/{contact}");
    let stolen = press(&leader, &path, &[(&field.0, "ja"), (&field.1, "Jag")]);
    assert_error_page(&stolen, 404);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn the_last_day_cannot_be_over_when_the_question_is_put() {
    let world = World::new().await;
    let leader = world.coordinator();
    let base = format!("/k/{}/intresse", world.ours.mapping);
    let home = municipality(HOME);
    let day = |days| (OffsetDateTime::now_utc().date() + Duration::days(days)).to_string();
    let id = random_id().to_string();
    let ask = format!("fraga-{home}");
    for last in [day(-2), day(400), "snart".to_owned(), String::new()] {
        let fields = [
            ("id", &*id),
            ("fraga", "Vill ni?"),
            ("sista-dag", &*last),
            (&*ask, "ja"),
        ];
        assert_again(&leader.post(&base, &fields));
    }
    let nobody_asked = [("id", &*id), ("fraga", "Vill ni?"), ("sista-dag", &*day(3))];
    assert_again(&leader.post(&base, &nobody_asked));
    let found = (world.store.enquiries(world.ours.mapping).await).expect("readable");
    assert_eq!(found.len(), 1, "only the one that there was");
}
