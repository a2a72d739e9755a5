use std::collections::BTreeMap;

use domain::{
    ids::{MappingId, TokenId},
    publication::{Opened, Publication},
};
use store::{NewToken, StoreError};
use time::macros::date;

use crate::databases::{capability, fresh, municipality, random_id, stored_mapping, text, token};

fn key(mapping: MappingId) -> NewToken {
    NewToken {
        id: TokenId::new(random_id()),
        mapping,
        name: text("Statistikportalen"),
        last_day: date!(2027 - 06 - 30),
    }
}

#[tokio::test]
async fn a_key_opens_its_mapping_until_its_last_day_is_over() {
    for db in fresh().await {
        let store = &db.store;
        let mapping = stored_mapping(store).await;
        let made = key(mapping);
        store
            .create_token(&made, token(1), 5)
            .await
            .expect("its id is new");
        let on = |day| store.program_by_token(token(1), day);
        let opened = Some((made.id, mapping));
        assert_eq!(on(date!(2026 - 11 - 22)).await.expect("readable"), opened);
        assert_eq!(on(date!(2027 - 06 - 30)).await.expect("readable"), opened);
        assert_eq!(on(date!(2027 - 07 - 01)).await.expect("readable"), None);
        let unknown = store.program_by_token(token(2), date!(2026 - 11 - 22));
        assert_eq!(unknown.await.expect("readable"), None);
        let listed = store.tokens(mapping).await.expect("readable");
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].id, listed[0].created_at), (made.id, 5));
        assert_eq!(listed[0].name, made.name);
        assert_eq!(listed[0].last_day, made.last_day);
        assert_eq!(listed[0].used_on, Some(date!(2027 - 06 - 30)));
        assert_eq!(listed[0].revoked_at, None);
    }
}

#[tokio::test]
async fn a_key_that_is_taken_back_opens_nothing_and_stays_in_the_list() {
    for db in fresh().await {
        let store = &db.store;
        let (mapping, other) = (stored_mapping(store).await, stored_mapping(store).await);
        let made = key(mapping);
        store
            .create_token(&made, token(1), 5)
            .await
            .expect("its id is new");
        let foreign = store.revoke_token(other, made.id, 6).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
        for at in [7, 8] {
            (store.revoke_token(mapping, made.id, at).await).expect("it is there");
        }
        let found = store.program_by_token(token(1), date!(2026 - 11 - 22));
        assert_eq!(found.await.expect("readable"), None);
        let listed = store.tokens(mapping).await.expect("readable");
        assert_eq!(listed[0].revoked_at, Some(7));
        assert_eq!(listed[0].used_on, None);
        assert_eq!(store.tokens(other).await.expect("readable"), []);
    }
}

#[tokio::test]
async fn the_same_form_makes_the_same_key_once() {
    for db in fresh().await {
        let store = &db.store;
        let mapping = stored_mapping(store).await;
        let made = key(mapping);
        (store.create_token(&made, token(1), 5).await).expect("its id is new");
        let again = store.create_token(&made, token(2), 6).await;
        assert!(
            matches!(again, Err(StoreError::Conflict("token_id"))),
            "{again:?}"
        );
        let same = store.create_token(&key(mapping), token(1), 6).await;
        assert!(
            matches!(same, Err(StoreError::Conflict("token_hash"))),
            "{same:?}"
        );
        let nowhere = key(MappingId::new(random_id()));
        let lost = store.create_token(&nowhere, token(3), 6).await;
        assert!(matches!(lost, Err(StoreError::NotFound)), "{lost:?}");
        assert_eq!(store.tokens(mapping).await.expect("readable").len(), 1);
    }
}

#[tokio::test]
async fn municipalities_and_capabilities_are_opened_and_closed_one_by_one() {
    for db in fresh().await {
        let store = &db.store;
        let (mapping, other) = (stored_mapping(store).await, stored_mapping(store).await);
        let nothing = Publication::default();
        assert_eq!(store.publication(mapping).await.expect("readable"), nothing);
        let opened = |name, ground| Opened {
            municipality: municipality(name),
            ground: text(ground),
            since: date!(2026 - 11 - 22),
        };
        for one in [
            opened("Åmål", "KS § 12"),
            opened("Orust", "Mejl 2026-11-02"),
        ] {
            (store.open_municipality(mapping, &one).await).expect("the mapping is there");
        }
        let later = Opened {
            since: date!(2026 - 12 - 24),
            ..opened("Åmål", "KS § 13")
        };
        (store.open_municipality(mapping, &later).await).expect("the mapping is there");
        let both = BTreeMap::from([(capability(1), false), (capability(2), true)]);
        (store.open_capabilities(mapping, &both).await).expect("the mapping is there");
        let change = BTreeMap::from([(capability(1), true)]);
        (store.open_capabilities(mapping, &change).await).expect("the mapping is there");
        let expected = Publication {
            municipalities: vec![
                opened("Orust", "Mejl 2026-11-02"),
                opened("Åmål", "KS § 13"),
            ],
            capabilities: [(capability(1), true), (capability(2), true)].into(),
        };
        assert_eq!(
            store.publication(mapping).await.expect("readable"),
            expected
        );
        assert_eq!(store.publication(other).await.expect("readable"), nothing);
        for _ in 0..2 {
            let closed = store.close_municipality(mapping, municipality("Orust"));
            closed.await.expect("the database answers");
        }
        let left = store.publication(mapping).await.expect("readable");
        assert_eq!(left.municipalities, [opened("Åmål", "KS § 13")]);
        let nowhere = store
            .open_municipality(MappingId::new(random_id()), &opened("Åmål", "KS"))
            .await;
        assert!(matches!(nowhere, Err(StoreError::NotFound)), "{nowhere:?}");
    }
}
