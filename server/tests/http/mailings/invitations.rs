//! The invitation.

use std::fs;

use domain::{
    ids::ParticipantId,
    letter::{Letter, Mail, MailStatus},
    mapping::Language,
};

use super::{DAY, address, id, letter, said, settled};
use crate::{
    page::{assert_again, assert_error_page, tags},
    world::{HOME, World, municipality, now, random_id},
};

/// Asks someone through the page, so that their link is the program's own.
fn ask(world: &World, name: &str, email: &str) -> ParticipantId {
    let new = random_id();
    let home = municipality(HOME).to_string();
    let path = format!(
        "/k/{}/omgangar/{}/deltagare",
        world.ours.mapping, world.ours.open
    );
    let fields = [
        ("id", new.to_string()),
        ("namn", name.to_owned()),
        ("epost", email.to_owned()),
        ("roll", "it-chef".to_owned()),
        ("kommun", home),
    ];
    let fields = fields.each_ref().map(|(n, v)| (*n, v.as_str()));
    assert_eq!(world.coordinator().post(&path, &fields).status, 303);
    ParticipantId::new(new)
}

#[tokio::test]
async fn an_invitation_reaches_each_person_once_with_their_own_link_and_plans_two_reminders() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let new = ask(&world, "Östen Exempel", "osten@example.se");
    ask(&world, "Papper Exempel", "");
    let page = coordinator.get(&address(&world, "")).text();
    assert!(page.contains("Skicka till 3"), "{page}");
    assert!(page.contains("Utan e-postadress"), "{page}");

    let op = id();
    let fields = [("op", op.as_str()), ("ord", "Svara senast den 4 december.")];
    let before = now();
    assert_eq!(
        said(&coordinator.post(&address(&world, "/inbjudan"), &fields)),
        "inbjudna"
    );
    // Sent again by an impatient hand.
    let again = coordinator.post(&address(&world, "/inbjudan"), &fields);
    assert_eq!(said(&again), "ingen-att-skicka-till");

    let mails = settled(&world, world.ours.open).await;
    assert_eq!(mails.len(), 3, "{mails:?}");
    assert!(mails.iter().all(|mail| mail.status == MailStatus::Sent));
    let own = |mail: &&Mail| mail.new.letter == Letter::Invitation(world.ours.open, new);
    let mail = mails.iter().find(own).expect("they have an address");
    let file = letter(&world, mail);
    assert!(file.contains("osten@example.se"), "{file}");
    assert!(file.contains("Svara senast den 4 december."), "{file}");
    // The link in the letter opens the person's own survey.
    let link = file.split("/e/").nth(1).expect("a link");
    let token: String = (link.chars())
        .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        .collect();
    let survey = world.program.client().get(&format!("/e/{token}"));
    assert_eq!(survey.status, 200, "{token}");
    assert!(survey.text().contains("Östen Exempel"));
    // It stands nowhere in the database.
    let database = fs::read(world.place.folder.path().join("data/test.db")).expect("a file");
    assert!(
        !database
            .windows(token.len())
            .any(|part| part == token.as_bytes())
    );

    let reminders = world
        .store
        .reminders(world.ours.open)
        .await
        .expect("readable");
    let [first, second] = reminders.as_slice() else {
        panic!("{reminders:?}");
    };
    assert_eq!((first.number, second.number), (1, 2));
    assert!(first.due_at > before + 2 * DAY && first.due_at < before + 6 * DAY);
    assert!(second.due_at > first.due_at && second.due_at < before + 9 * DAY);
    let page = coordinator.get(&address(&world, "?klart=inbjudna")).text();
    assert!(page.contains("Inbjudningarna är på väg."), "{page}");
    assert!(page.contains("Som det är nu får 3 den."), "{page}");
}

#[tokio::test]
async fn a_letter_is_shown_with_the_words_typed_before_anything_is_sent() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let op = id();
    let fields = [
        ("op", op.as_str()),
        ("ord", "Vi ses <b>snart</b>.\n\nHälsningar"),
        ("gor", "visa"),
    ];
    let shown = coordinator.post(&address(&world, "/inbjudan"), &fields);
    assert_eq!(shown.status, 200);
    let page = shown.text();
    assert!(page.contains("Vi ses &lt;b&gt;snart&lt;/b&gt;."), "{page}");
    assert!(page.contains("Påhittad länk"), "{page}");
    assert!(
        page.contains("Ditt namn sparas ihop med dina svar"),
        "{page}"
    );
    let open = (tags(&page).into_iter()).find(|tag| tag.attribute("id") == Some("inbjudan-brev"));
    assert!(open.expect("the letter").attribute("open").is_some());
    let mails = world
        .store
        .mails_about(world.ours.open.uuid())
        .await
        .expect("readable");
    assert_eq!(mails, []);

    let long = "å".repeat(2001);
    let fields = [("op", op.as_str()), ("ord", long.as_str())];
    let refused = coordinator.post(&address(&world, "/inbjudan"), &fields);
    assert_again(&refused);
    assert!(refused.text().contains(&long));
    let mails = world
        .store
        .mails_about(world.ours.open.uuid())
        .await
        .expect("readable");
    assert_eq!(mails, []);
    let foreign = coordinator.post(&address(&world, "/inbjudan"), &[("ord", "")]);
    assert_error_page(&foreign, 400);
}

#[tokio::test]
async fn letters_follow_the_language_of_the_mapping() {
    let world = World::new().await;
    let series = &world.ours;
    let mut mapping = (world.store.mapping(series.mapping).await)
        .expect("readable")
        .expect("it is there");
    mapping.language = Language::English;
    world.store.save_mapping(&mapping).await.expect("writable");
    let op = id();
    let path = address(&world, "/inbjudan");
    world.coordinator().post(&path, &[("op", &op), ("ord", "")]);
    let mails = settled(&world, series.open).await;
    let file = letter(&world, mails.first().expect("two are asked"));
    assert!(file.contains("Subject: Invitation to the survey"), "{file}");
    assert!(
        file.contains("You are asked to answer the survey"),
        "{file}"
    );
}
