use domain::{
    ids::AccountId,
    rights::{Membership, Role},
};
use store::StoreError;

use crate::databases::{fresh, municipality, random_id, stored_account, stored_mapping, text};

#[tokio::test]
async fn an_account_is_found_by_its_address_regardless_of_case_and_has_it_alone() {
    for db in fresh().await {
        assert_eq!(db.store.count_accounts().await.expect("readable"), 0);
        let siv = stored_account(&db.store, "Siv Exempel", "Siv@Example.se").await;
        let found = db
            .store
            .account_by_email(" siv@example.SE ")
            .await
            .expect("readable");
        assert_eq!(found.as_ref().map(|account| account.id), Some(siv));
        assert_eq!(found, db.store.account(siv).await.expect("readable"));
        let other = AccountId::new(random_id());
        let refused = (db.store)
            .create_account(other, &text("Någon Annan"), "siv@example.se", false, 2)
            .await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("account_email"))),
            "{refused:?}"
        );
        stored_account(&db.store, "Utan Adress", "").await;
        stored_account(&db.store, "Utan Adress Heller", " ").await;
        assert_eq!(db.store.account_by_email("").await.expect("readable"), None);
        assert_eq!(db.store.count_accounts().await.expect("readable"), 3);
    }
}

#[tokio::test]
async fn a_role_can_be_given_changed_and_taken_away() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let åke = stored_account(&db.store, "Åke Exempel", "").await;
        let zara = stored_account(&db.store, "Zara Exempel", "").await;
        let mut membership = Membership {
            mapping,
            role: Role::Representative,
            municipalities: vec![municipality("Bengtsfors"), municipality("Åmål")],
        };
        for account in [åke, zara] {
            (db.store.set_membership(account, &membership).await).expect("both exist");
        }
        membership.role = Role::Director;
        membership.municipalities.remove(0);
        (db.store.set_membership(åke, &membership).await).expect("both exist");
        let people = db.store.accounts_of(mapping).await.expect("readable");
        let found: Vec<_> = (people.iter())
            .map(|(account, membership)| {
                (account.id, membership.role, membership.municipalities.len())
            })
            .collect();
        let expected = [(zara, Role::Representative, 2), (åke, Role::Director, 1)];
        assert_eq!(found, expected, "{}", db.url);
        assert_eq!(people[1].1, membership);
        (db.store.remove_membership(zara, mapping).await).expect("it can be taken");
        (db.store.remove_membership(zara, mapping).await).expect("again is harmless");
        assert_eq!(
            db.store.accounts_of(mapping).await.expect("readable").len(),
            1
        );
        let nobody = AccountId::new(random_id());
        let refused = db.store.set_membership(nobody, &membership).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mapping_that_has_a_coordinator_keeps_one_also_when_all_leave_at_once() {
    for db in fresh().await {
        let nodes = [db.store.clone(), db.reopened().await];
        let people = [
            stored_account(&db.store, "Siv Exempel", "").await,
            stored_account(&db.store, "Åke Exempel", "").await,
        ];
        for turn in 0..20 {
            let mapping = stored_mapping(&db.store).await;
            let role = |role| Membership {
                mapping,
                role,
                municipalities: Vec::new(),
            };
            // Without a coordinator from the start, anyone may come and go.
            (db.store
                .set_membership(people[0], &role(Role::Director))
                .await)
                .expect("no owner");
            (db.store.remove_membership(people[0], mapping).await).expect("no owner");
            for account in people {
                (db.store
                    .set_membership(account, &role(Role::Coordinator))
                    .await)
                    .expect("both exist");
            }
            let mut tasks = tokio::task::JoinSet::new();
            for (node, account) in nodes.clone().into_iter().zip(people) {
                let lower = role(Role::Facilitator);
                tasks.spawn(async move {
                    // One may leave, the other take another role.
                    if turn % 2 == 0 || account == people[0] {
                        node.remove_membership(account, mapping).await
                    } else {
                        node.set_membership(account, &lower).await
                    }
                });
            }
            let results = tasks.join_all().await;
            let refused = (results.iter())
                .filter(|done| matches!(done, Err(StoreError::Conflict("last_coordinator"))))
                .count();
            let done = results.iter().filter(|done| done.is_ok()).count();
            assert_eq!((done, refused), (1, 1), "{}: {results:?}", db.url);
            let left = db.store.accounts_of(mapping).await.expect("readable");
            let coordinators = (left.iter())
                .filter(|(_, membership)| membership.role == Role::Coordinator)
                .count();
            assert_eq!(coordinators, 1, "{}", db.url);
        }
    }
}

#[tokio::test]
async fn acts_are_kept_by_mapping_newest_first() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let elsewhere = stored_mapping(&db.store).await;
        let siv = stored_account(&db.store, "Siv Exempel", "").await;
        for (at, account, mapping, act) in [
            (10, Some(siv), Some(mapping), "round.open"),
            (30, None, Some(mapping), "round.close"),
            (20, Some(siv), Some(elsewhere), "round.open"),
            (40, Some(siv), None, "mapping.create"),
        ] {
            (db.store.record(at, account, mapping, act, "Omgång 1").await).expect("both exist");
        }
        let acts = db.store.audit(mapping).await.expect("readable");
        let acts: Vec<_> = (acts.iter())
            .map(|entry| (entry.at, entry.account, entry.act.as_str()))
            .collect();
        assert_eq!(
            acts,
            [(30, None, "round.close"), (10, Some(siv), "round.open")]
        );
    }
}
