use domain::{
    ids::{InviteeId, MappingId, ParticipantId},
    participation::{Invitee, Readiness, Strategy},
    survey::{Occupation, Participant},
};
use store::{InviteeLink, Store, StoreError};

use crate::databases::{
    fresh, municipality, participant, random_id, stored_mapping, stored_participant, stored_round,
    text, token,
};

fn invitee(mapping: MappingId, name: &str, email: &str, municipalities: &[&str]) -> Invitee {
    Invitee {
        id: InviteeId::new(random_id()),
        mapping,
        name: text(name),
        email: text(email),
        occupation: Occupation::FinanceManager,
        municipalities: municipalities.iter().map(|m| municipality(m)).collect(),
    }
}

async fn names(store: &Store, mapping: MappingId) -> Vec<String> {
    let invitees = store.invitees(mapping).await.expect("readable");
    invitees.iter().map(|one| one.name.to_string()).collect()
}

#[tokio::test]
async fn invitees_are_listed_in_swedish_order_and_found_by_their_links() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let elsewhere = stored_mapping(&db.store).await;
        let åke = invitee(
            mapping,
            "Åke Exempel",
            "ake@example.se",
            &["Bengtsfors", "Åmål"],
        );
        let zara = invitee(mapping, "Zara Exempel", "", &["Munkedal"]);
        let people = [(åke.clone(), token(1)), (zara.clone(), token(2))];
        (db.store.add_invitees(mapping, &people, 10).await).expect("their ids are new");
        let found = db.store.invitees(mapping).await.expect("readable");
        assert_eq!(found, [zara.clone(), åke.clone()], "{}", db.url);
        assert!(names(&db.store, elsewhere).await.is_empty());

        let known = db.store.invitee_by_token(token(1)).await.expect("readable");
        let InviteeLink::Known(known) = known else {
            panic!("{known:?}");
        };
        assert_eq!((&known.0, known.1.id), (&åke, mapping));
        let found = db.store.invitee(zara.id).await.expect("readable");
        assert_eq!(found, Some(zara.clone()));
        let unknown = db.store.invitee_by_token(token(9)).await.expect("readable");
        assert_eq!(unknown, InviteeLink::Unknown);

        // Taken off another mapping's list they stay; off their own they are gone, also when it is done twice.
        let refused = db.store.remove_invitee(elsewhere, åke.id, 20).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        for at in [30, 40] {
            (db.store.remove_invitee(mapping, åke.id, at).await).expect("they are on the list");
        }
        assert_eq!(names(&db.store, mapping).await, ["Zara Exempel"]);
        assert_eq!(db.store.invitee(åke.id).await.expect("readable"), None);
        let removed = db.store.invitee_by_token(token(1)).await.expect("readable");
        assert_eq!(removed, InviteeLink::Removed);
    }
}

#[tokio::test]
async fn invitees_are_added_all_or_none() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let first = invitee(mapping, "Ada Exempel", "", &["Åmål"]);
        (db.store
            .add_invitees(mapping, &[(first.clone(), token(1))], 10)
            .await)
            .expect("new");
        let second = invitee(mapping, "Bo Exempel", "", &["Åmål"]);
        let both = [(second, token(2)), (first, token(3))];
        let refused = db.store.add_invitees(mapping, &both, 20).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("invitee_id"))),
            "{refused:?}"
        );
        let same_link = [(invitee(mapping, "Cia Exempel", "", &["Åmål"]), token(1))];
        let refused = db.store.add_invitees(mapping, &same_link, 20).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("invitee_token"))),
            "{refused:?}"
        );
        assert_eq!(names(&db.store, mapping).await, ["Ada Exempel"]);
        let nowhere = MappingId::new(random_id());
        let lost = [(invitee(nowhere, "Dan Exempel", "", &["Åmål"]), token(4))];
        let refused = db.store.add_invitees(nowhere, &lost, 20).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn those_missing_from_a_round_are_added_once_however_many_ask_for_it() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        // Their address is nils@example.se.
        let there = stored_participant(&db.store, &round, 1, &["Åmål"]).await;
        let taken_out = participant(round.id, "Borttagen Exempel", &["Åmål"]);
        let taken_out = Participant {
            email: text("ute@example.se"),
            ..taken_out
        };
        (db.store
            .add_participants(round.id, &[(taken_out.clone(), token(2))], 20)
            .await)
            .expect("new");
        (db.store.remove_participant(taken_out.id, 25).await).expect("they are there");
        let people = |base: u8| -> Vec<_> {
            [
                ("Någon Annan", "NILS@example.se"),
                ("person 1", ""),
                ("Tillbaka Igen", "Ute@Example.se"),
                ("Ny Exempel", "ny@example.se"),
                ("Ny Exempel", "namne@example.se"),
                ("ny exempel", ""),
                ("Utan Adress", ""),
            ]
            .into_iter()
            .zip(0..)
            .map(|((name, email), index)| {
                let person = Participant {
                    id: ParticipantId::new(random_id()),
                    email: text(email),
                    ..participant(round.id, name, &["Bengtsfors"])
                };
                (person, token(base + index))
            })
            .collect()
        };
        let mut tasks = tokio::task::JoinSet::new();
        for base in [10, 20, 30, 40] {
            let (store, people) = (db.store.clone(), people(base));
            tasks.spawn(async move {
                store
                    .add_missing_participants(round.id, &people, 30)
                    .await
                    .expect("the round is open")
            });
        }
        let mut added = tasks.join_all().await;
        added.sort_unstable();
        assert_eq!(added, [0, 0, 0, 3], "{}", db.url);
        let found = db.store.participants(round.id).await.expect("readable");
        let mut found: Vec<_> = (found.iter())
            .map(|person| (person.name.as_str(), person.email.as_str()))
            .collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                ("Ny Exempel", "namne@example.se"),
                ("Ny Exempel", "ny@example.se"),
                (there.name.as_str(), "nils@example.se"),
                ("Utan Adress", ""),
            ],
            "{}",
            db.url
        );
        (db.store.close_round(round.id, 50).await).expect("it is open");
        let refused = (db.store)
            .add_missing_participants(round.id, &people(60), 60)
            .await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("round_closed"))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_person_finds_their_surveys_by_their_address_in_any_case() {
    for db in fresh().await {
        let round = stored_round(&db.store).await;
        let person = Participant {
            email: text("Örjan.Öst@Example.se"),
            ..participant(round.id, "Örjan Exempel", &["Åmål"])
        };
        (db.store
            .add_participants(round.id, &[(person.clone(), token(1))], 20)
            .await)
            .expect("new");
        let other = stored_round(&db.store).await;
        stored_participant(&db.store, &other, 2, &["Åmål"]).await;
        let surveys = async |email: &str| {
            (db.store.surveys_of(round.mapping, email).await).expect("readable")
        };
        let own = [(round.id, person.id)];
        assert_eq!(surveys(" örjan.öst@example.SE ").await, own, "{}", db.url);
        assert!(surveys("").await.is_empty());
        assert!(
            surveys("nils@example.se").await.is_empty(),
            "another mapping's"
        );
        (db.store.remove_participant(person.id, 30).await).expect("they are there");
        assert!(surveys("örjan.öst@example.se").await.is_empty());

        let again = Participant {
            id: ParticipantId::new(random_id()),
            ..person
        };
        (db.store
            .add_participants(round.id, &[(again, token(3))], 40)
            .await)
            .expect("new");
        assert_eq!(surveys("örjan.öst@example.se").await.len(), 1);
        (db.store.close_round(round.id, 50).await).expect("it is open");
        assert_eq!(
            surveys("örjan.öst@example.se").await.len(),
            1,
            "closed ones as well"
        );
    }
}

#[tokio::test]
async fn readiness_is_kept_by_municipality_and_written_over() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let mut åmål = Readiness {
            municipality: municipality("Åmål"),
            strategy: Strategy::Done,
            strategy_link: text("https://www.example.se/strategi"),
            tool: text("eBlomlådan"),
            year: Some(2024),
            tool_link: text(""),
            note: text("Görs om i vår."),
        };
        let bengtsfors = Readiness {
            municipality: municipality("Bengtsfors"),
            strategy: Strategy::Missing,
            strategy_link: text(""),
            tool: text(""),
            year: None,
            tool_link: text(""),
            note: text(""),
        };
        for noted in [&åmål, &bengtsfors, &åmål] {
            (db.store.set_readiness(mapping, noted).await).expect("the mapping is there");
        }
        åmål.year = None;
        åmål.strategy = Strategy::Begun;
        (db.store.set_readiness(mapping, &åmål).await).expect("the mapping is there");
        let found = db.store.readiness(mapping).await.expect("readable");
        assert_eq!(found, [bengtsfors, åmål.clone()], "{}", db.url);
        let elsewhere = stored_mapping(&db.store).await;
        assert!((db.store.readiness(elsewhere).await.expect("readable")).is_empty());
        let nowhere = MappingId::new(random_id());
        let refused = db.store.set_readiness(nowhere, &åmål).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_text_is_not_written_over_by_someone_who_has_not_seen_it() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let store = &db.store;
        assert_eq!(store.reading(mapping).await.expect("readable"), None);
        let set = async |body: Option<&str>, seen: Option<i64>, at: i64| {
            (store.set_reading(mapping, body.map(text), seen, at)).await
        };
        (set(Some("# Ett"), None, 10).await).expect("nobody has written before");
        let refused = set(Some("# Två"), None, 20).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("reading"))),
            "{refused:?}"
        );
        // The same form again is no other text.
        (set(Some("# Ett"), None, 30).await).expect("it says so already");
        let stored = store.reading(mapping).await.expect("readable");
        assert_eq!(stored, Some((text("# Ett"), 10)));
        // Within the same millisecond it is another text all the same.
        (set(Some("# Tre\n\nRad"), Some(10), 10).await).expect("seen");
        let stored = store.reading(mapping).await.expect("readable");
        assert_eq!(stored, Some((text("# Tre\n\nRad"), 11)));
        let refused = set(None, Some(10), 40).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("reading"))),
            "{refused:?}"
        );
        for _ in 0..2 {
            (set(None, Some(11), 50).await).expect("seen, or gone already");
        }
        assert_eq!(store.reading(mapping).await.expect("readable"), None);
        let nowhere = MappingId::new(random_id());
        let refused = store.set_reading(nowhere, None, None, 60).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn having_read_is_said_once_a_person_and_can_be_taken_back() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let elsewhere = stored_mapping(&db.store).await;
        let (one, other) = (random_id(), random_id());
        for (reader, day) in [
            (one, "2026-11-22"),
            (one, "2026-11-23"),
            (other, "2026-11-24"),
        ] {
            (db.store.set_has_read(mapping, reader, day).await).expect("the mapping is there");
        }
        let read =
            async |mapping, reader| (db.store.has_read(mapping, reader).await).expect("readable");
        assert_eq!(read(mapping, one).await.as_deref(), Some("2026-11-22"));
        assert_eq!(read(elsewhere, one).await, None);
        assert_eq!(db.store.count_readers(mapping).await.expect("readable"), 2);
        assert_eq!(
            db.store.count_readers(elsewhere).await.expect("readable"),
            0
        );
        for _ in 0..2 {
            (db.store.unset_has_read(mapping, one).await).expect("again is harmless");
        }
        assert_eq!(read(mapping, one).await, None);
        assert_eq!(db.store.count_readers(mapping).await.expect("readable"), 1);
        let nowhere = MappingId::new(random_id());
        let refused = db.store.set_has_read(nowhere, one, "2026-11-22").await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}
