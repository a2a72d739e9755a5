use std::collections::BTreeSet;

use domain::{
    ids::{AccountId, AttendeeId, MappingId, ParticipantId, WorkshopId},
    map::Author,
    survey::Occupation,
    workshop::Attendee,
};
use store::{Store, StoreError};

use crate::databases::{
    add_capability, capability, fresh, municipality, op, random_id, stored_account, stored_mapping,
    stored_participant, stored_round, text, token,
};

async fn stored_workshop(store: &Store) -> (MappingId, WorkshopId) {
    let (mapping, workshop) = (stored_mapping(store).await, WorkshopId::new(random_id()));
    (store.create_workshop(mapping, workshop).await).expect("its id is new");
    (mapping, workshop)
}

fn attendee(name: &str, joined_at: i64) -> Attendee {
    Attendee {
        id: AttendeeId::new(random_id()),
        name: text(name),
        occupation: Occupation::FinanceManager,
        municipalities: vec![municipality("Orust"), municipality("Åmål")],
        account: None,
        participant: None,
        approved: true,
        speaks: false,
        joined_at,
        removed: false,
    }
}

#[tokio::test]
async fn a_workshop_made_twice_is_one_and_stays_in_its_mapping() {
    for db in fresh().await {
        let (mapping, workshop) = stored_workshop(&db.store).await;
        (db.store.create_workshop(mapping, workshop).await).expect("again is harmless");
        let other = stored_mapping(&db.store).await;
        let taken = db.store.create_workshop(other, workshop).await;
        assert!(
            matches!(taken, Err(StoreError::Conflict("workshop_id"))),
            "{taken:?}"
        );
        let found = db.store.workshop_mapping(workshop).await;
        assert_eq!(found.expect("readable"), Some(mapping));

        let nothing = WorkshopId::new(random_id());
        let found = db.store.workshop_mapping(nothing).await;
        assert_eq!(found.expect("readable"), None);
        let nowhere = MappingId::new(random_id());
        for refused in [
            db.store.create_workshop(nowhere, nothing).await,
            db.store.set_code(nothing, Some("K7M2P4")).await,
        ] {
            assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        }
    }
}

#[tokio::test]
async fn a_code_belongs_to_one_workshop_and_leads_there_until_it_is_cleared() {
    for db in fresh().await {
        let (mapping, first) = stored_workshop(&db.store).await;
        let (_, second) = stored_workshop(&db.store).await;
        let by_code = async |code| db.store.workshop_by_code(code).await.expect("readable");
        assert_eq!(by_code("K7M2P4").await, None);
        assert_eq!(db.store.code_of(first).await.expect("readable"), None);

        (db.store.set_code(first, Some("K7M2P4")).await).expect("it is free");
        (db.store.set_code(first, Some("K7M2P4")).await).expect("again is harmless");
        assert_eq!(by_code("K7M2P4").await, Some((mapping, first)));
        let code = db.store.code_of(first).await.expect("readable");
        assert_eq!(code.as_deref(), Some("K7M2P4"));
        let taken = db.store.set_code(second, Some("K7M2P4")).await;
        assert!(
            matches!(taken, Err(StoreError::Conflict("workshop_code"))),
            "{taken:?}"
        );
        assert_eq!(db.store.code_of(second).await.expect("readable"), None);

        (db.store.set_code(first, None).await).expect("it exists");
        (db.store.set_code(second, None).await).expect("several may lack one");
        assert_eq!(by_code("K7M2P4").await, None);
        (db.store.set_code(second, Some("K7M2P4")).await).expect("it is free again");
        let found = db.reopened().await.workshop_by_code("K7M2P4").await;
        assert_eq!(
            found.expect("readable").map(|(_, workshop)| workshop),
            Some(second)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_join_at_once_and_each_is_known_by_a_token() {
    for db in fresh().await {
        let (mapping, workshop) = stored_workshop(&db.store).await;
        let (_, elsewhere) = stored_workshop(&db.store).await;
        let people: Vec<_> = (0..60_u8)
            .map(|number| {
                (
                    attendee(&format!("Person {number}"), i64::from(number)),
                    number,
                )
            })
            .collect();
        let mut tasks = tokio::task::JoinSet::new();
        // The last come first: the order is that of their times.
        for (person, number) in people.iter().rev().cloned() {
            let store = db.store.clone();
            tasks.spawn(async move { store.add_attendee(workshop, &person, token(number)).await });
        }
        for added in tasks.join_all().await {
            assert!(added.expect("there is room for all"), "a seat was taken");
        }
        let expected: Vec<_> = people.iter().map(|(person, _)| person.clone()).collect();
        let found = db.reopened().await.attendees(workshop).await;
        assert_eq!(found.expect("readable"), expected, "{}", db.url);
        assert_eq!(db.store.attendees(elsewhere).await.expect("readable"), []);
        for (person, number) in people {
            let found = (db.store.attendee_by_token(token(number)).await).expect("readable");
            assert_eq!(found, Some((mapping, workshop, person)));
        }
        let nobody = db.store.attendee_by_token(token(60)).await;
        assert_eq!(nobody.expect("readable"), None);
    }
}

#[tokio::test]
async fn joining_again_with_the_same_id_changes_nothing() {
    for db in fresh().await {
        let (_, workshop) = stored_workshop(&db.store).await;
        let (_, elsewhere) = stored_workshop(&db.store).await;
        let mut person = attendee("Siv Exempel", 5);
        person.account = Some(stored_account(&db.store, "Siv Exempel", "").await);
        let join = |workshop, name: &str, number| {
            let mut person = person.clone();
            person.name = text(name);
            let store = db.store.clone();
            async move { store.add_attendee(workshop, &person, token(number)).await }
        };
        assert!(join(workshop, "Siv Exempel", 1).await.expect("it is new"));
        let again = join(workshop, "Någon Annan", 2).await;
        assert!(!again.expect("again is harmless"), "{}", db.url);
        let taken = join(elsewhere, "Någon Annan", 3).await;
        assert!(
            matches!(taken, Err(StoreError::Conflict("attendee_id"))),
            "{taken:?}"
        );
        for number in [2, 3] {
            let found = db.store.attendee_by_token(token(number)).await;
            assert_eq!(found.expect("readable"), None, "a token was replaced");
        }
        let found = db.store.attendees(workshop).await.expect("readable");
        assert_eq!(found, [person.clone()]);
        let name = db.store.attendee_name(person.id).await.expect("readable");
        assert_eq!(name, Some(person.name));
        let nobody = db.store.attendee_name(AttendeeId::new(random_id())).await;
        assert_eq!(nobody.expect("readable"), None);
    }
}

#[tokio::test]
async fn someone_who_is_known_keeps_one_seat_and_the_newest_token() {
    for db in fresh().await {
        let (_, workshop) = stored_workshop(&db.store).await;
        let (_, next) = stored_workshop(&db.store).await;
        let account = stored_account(&db.store, "Siv Exempel", "").await;
        let round = stored_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let siv = Attendee {
            account: Some(account),
            ..attendee("Siv Exempel", 5)
        };
        let invited = Attendee {
            participant: Some(nils),
            ..attendee("Nils Exempel", 6)
        };
        for (person, number) in [(&siv, 10), (&invited, 11)] {
            (db.store.add_attendee(workshop, person, token(number)).await).expect("it is new");
        }
        let of_account = async |workshop| {
            (db.store.attendee_of_account(workshop, account).await).expect("readable")
        };
        let of_participant = async |workshop| {
            (db.store.attendee_of_participant(workshop, nils).await).expect("readable")
        };
        assert_eq!(of_account(workshop).await, Some(siv.clone()));
        assert_eq!(of_participant(workshop).await, Some(invited.clone()));
        assert_eq!(
            (of_account(next).await, of_participant(next).await),
            (None, None)
        );

        for (person, taken) in [
            (&siv, "attendee_account"),
            (&invited, "attendee_participant"),
        ] {
            let second = Attendee {
                id: AttendeeId::new(random_id()),
                ..person.clone()
            };
            let refused = db.store.add_attendee(workshop, &second, token(12)).await;
            assert!(
                matches!(refused, Err(StoreError::Conflict(name)) if name == taken),
                "{refused:?}"
            );
            (db.store
                .add_attendee(next, &second, token(13 + u8::from(person == &siv)))
                .await)
                .expect("the next workshop has its own seats");
        }
        (db.store.give_token(siv.id, token(20)).await).expect("it is free");
        let old = db.store.attendee_by_token(token(10)).await;
        assert_eq!(old.expect("readable"), None);
        let found = db.store.attendee_by_token(token(20)).await;
        assert_eq!(
            found.expect("readable").map(|(.., person)| person),
            Some(siv)
        );
        let taken = db.store.give_token(invited.id, token(20)).await;
        assert!(
            matches!(taken, Err(StoreError::Conflict("attendee_token"))),
            "{taken:?}"
        );
        assert_eq!(
            db.store.attendees(workshop).await.expect("readable").len(),
            2
        );
    }
}

#[tokio::test]
async fn the_facilitator_lets_in_lets_speak_and_sends_away() {
    for db in fresh().await {
        let (_, workshop) = stored_workshop(&db.store).await;
        let (_, elsewhere) = stored_workshop(&db.store).await;
        let person = Attendee {
            approved: false,
            ..attendee("Siv Exempel", 5)
        };
        let id = person.id;
        (db.store.add_attendee(workshop, &person, token(1)).await).expect("it is new");
        let now = async || {
            let found = (db.store.attendee_by_token(token(1)).await).expect("readable");
            let (.., person) = found.expect("the token is theirs");
            assert_eq!(
                db.store.attendees(workshop).await.expect("readable"),
                std::slice::from_ref(&person)
            );
            (person.approved, person.speaks, person.removed)
        };
        assert_eq!(now().await, (false, false, false));
        for refused in [
            db.store.approve_attendee(elsewhere, id).await,
            db.store.let_speak(elsewhere, id, true).await,
            db.store.remove_attendee(elsewhere, id, 9).await,
            db.store
                .give_token(AttendeeId::new(random_id()), token(2))
                .await,
        ] {
            assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        }
        assert_eq!(now().await, (false, false, false));
        (db.store.approve_attendee(workshop, id).await).expect("they joined");
        (db.store.let_speak(workshop, id, true).await).expect("they joined");
        assert_eq!(now().await, (true, true, false));
        for at in [9, 10] {
            (db.store.remove_attendee(workshop, id, at).await).expect("they joined");
        }
        assert_eq!(now().await, (true, true, true));
        let refused = db.store.give_token(id, token(2)).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        (db.store.approve_attendee(workshop, id).await).expect("they joined");
        (db.store.let_speak(workshop, id, false).await).expect("they joined");
        assert_eq!(now().await, (true, false, false));
    }
}

#[tokio::test]
async fn nobody_joins_as_someone_who_is_not_there_nor_a_workshop_that_is_not() {
    for db in fresh().await {
        let (_, workshop) = stored_workshop(&db.store).await;
        let stranger = Attendee {
            account: Some(AccountId::new(random_id())),
            ..attendee("Siv Exempel", 5)
        };
        let uninvited = Attendee {
            participant: Some(ParticipantId::new(random_id())),
            ..attendee("Siv Exempel", 5)
        };
        let nowhere = WorkshopId::new(random_id());
        for refused in [
            db.store.add_attendee(workshop, &stranger, token(1)).await,
            db.store.add_attendee(workshop, &uninvited, token(1)).await,
            (db.store)
                .add_attendee(nowhere, &attendee("Siv Exempel", 5), token(1))
                .await,
        ] {
            assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        }
        assert_eq!(db.store.attendees(workshop).await.expect("readable"), []);
    }
}

#[tokio::test]
async fn what_an_attendee_does_stands_in_the_log_under_their_id() {
    for db in fresh().await {
        let (mapping, workshop) = stored_workshop(&db.store).await;
        let person = attendee("Siv Exempel", 5);
        (db.store.add_attendee(workshop, &person, token(1)).await).expect("it is new");
        for (place, author) in (0..).zip([
            Author::Attendee(person.id),
            Author::System,
            Author::Attendee(AttendeeId::new(random_id())),
        ]) {
            let add = add_capability(capability(place), &format!("Förmåga {place}"));
            let done = db.store.execute(mapping, author, op(), add, 9).await;
            assert_eq!(done.is_ok(), place < 2, "{place}: {done:?}");
        }
        (db.store.remove_attendee(workshop, person.id, 10).await).expect("they joined");
        let events = (db.reopened().await.events_after(mapping, 0).await).expect("readable");
        let authors: Vec<_> = events.iter().map(|recorded| recorded.author).collect();
        assert_eq!(authors, [Author::Attendee(person.id), Author::System]);
        let ids: BTreeSet<_> = events.iter().map(|recorded| recorded.op).collect();
        assert_eq!(ids.len(), 2);
    }
}
