//! Passwords for when no mail arrives.

use domain::rights::{Membership, Role};
use store::{NewSession, StoreError};

use crate::databases::{fresh, random_id, stored_account, stored_mapping, text, token};
use domain::ids::{AccountId, SessionId};

#[tokio::test]
async fn a_password_opens_for_those_who_run_something_as_long_as_they_do() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let siv = AccountId::new(random_id());
        let made = (db.store)
            .create_account(siv, &text("Siv Exempel"), "Siv@example.test", false, 1)
            .await;
        made.expect("her address is new");
        let membership = |role| Membership {
            mapping,
            role,
            municipalities: Vec::new(),
        };
        let known = async || {
            let found = db.store.password_by_email(" sIV@example.test").await;
            found.expect("readable")
        };
        assert_eq!(known().await, None);
        assert!(!db.store.has_password(siv).await.expect("readable"));
        (db.store.set_password(siv, Some("$argon2id$…"), None).await).expect("she is there");
        assert!(db.store.has_password(siv).await.expect("readable"));
        assert_eq!(known().await, None, "she runs nothing");
        for (role, opens) in [(Role::Facilitator, false), (Role::Coordinator, true)] {
            let given = db.store.set_membership(siv, &membership(role)).await;
            given.expect("both are there");
            assert_eq!(known().await.is_some(), opens, "{role:?}");
        }
        assert_eq!(known().await, Some((siv, "$argon2id$…".to_owned())));
        db.store
            .set_password(siv, None, None)
            .await
            .expect("she is there");
        assert_eq!(known().await, None);
        let starter = stored_account(&db.store, "Eva Exempel", "eva@example.test").await;
        (db.store.set_password(starter, Some("x"), None).await).expect("she is there");
        let found = db.store.password_by_email("eva@example.test").await;
        assert_eq!(found.expect("readable"), Some((starter, "x".to_owned())));
        let nobody = AccountId::new(random_id());
        let given = db.store.set_password(nobody, Some("x"), None).await;
        assert!(matches!(given, Err(StoreError::NotFound)));
        assert_eq!(
            db.store.password_by_email("").await.expect("readable"),
            None
        );
    }
}

#[tokio::test]
async fn a_new_password_ends_every_session_of_its_account_but_one() {
    for db in fresh().await {
        let siv = stored_account(&db.store, "Siv Exempel", "").await;
        let eva = stored_account(&db.store, "Eva Exempel", "").await;
        let mut sessions = Vec::new();
        for (nth, whose) in [(1, siv), (2, siv), (3, eva)] {
            let session = NewSession {
                id: SessionId::new(random_id()),
                token_hash: token(nth),
                label: "Firefox".to_owned(),
                expires_at: 9_000,
            };
            sessions.push(session.id);
            (db.store.start_session(whose, session, 10).await).expect("they are there");
        }
        let open = async |whose| {
            let open = db.store.sessions_of(whose, 20).await.expect("readable");
            open.iter().map(|session| session.id).collect::<Vec<_>>()
        };
        (db.store
            .set_password(siv, Some("x"), Some(sessions[1]))
            .await)
            .expect("she is there");
        assert_eq!(open(siv).await, [sessions[1]], "{}", db.url);
        assert_eq!(open(eva).await, [sessions[2]], "{}", db.url);
        assert_eq!(
            db.store.password_of(siv).await.expect("readable"),
            Some("x".to_owned())
        );
        (db.store.set_password(siv, None, None).await).expect("she is there");
        assert_eq!(open(siv).await, [], "{}", db.url);
        assert_eq!(db.store.password_of(siv).await.expect("readable"), None);
    }
}

#[tokio::test]
async fn a_session_without_a_link_is_its_accounts_own() {
    for db in fresh().await {
        let siv = stored_account(&db.store, "Siv Exempel", "").await;
        let session = NewSession {
            id: SessionId::new(random_id()),
            token_hash: token(1),
            label: "Firefox".to_owned(),
            expires_at: 9_000,
        };
        (db.store.start_session(siv, session.clone(), 10).await).expect("she is there");
        let signed_in = db.store.actor_by_session(token(1), 20).await;
        let signed_in = signed_in.expect("readable").expect("it is open");
        assert_eq!((signed_in.account.id, signed_in.session), (siv, session.id));
        let sessions = db.store.sessions_of(siv, 20).await.expect("readable");
        assert_eq!(sessions[0].mapping, None);
        let nobody = AccountId::new(random_id());
        let other = NewSession {
            id: SessionId::new(random_id()),
            token_hash: token(2),
            ..session
        };
        let started = db.store.start_session(nobody, other, 10).await;
        assert!(matches!(started, Err(StoreError::NotFound)));
    }
}
