use domain::{
    ids::{AccountId, MappingId, SessionId},
    rights::{Actor, Membership, Role},
};
use store::{LoginLink, NewSession, StoreError};

use crate::databases::{Database, fresh, random_id, stored_account, stored_mapping, token};

const MINUTE: i64 = 60_000;

fn session(number: u8, expires_at: i64) -> NewSession {
    NewSession {
        id: SessionId::new(random_id()),
        token_hash: token(number),
        label: "Firefox på Debian".to_owned(),
        expires_at,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_one_time_link_used_many_times_at_once_gives_exactly_one_session() {
    for db in fresh().await {
        let siv = stored_account(&db.store, "Siv Exempel", "").await;
        let made = db
            .store
            .create_login_link(token(0), siv, None, 1_000, 1)
            .await;
        made.expect("the account exists");
        let nodes = [db.store.clone(), db.reopened().await];
        let mut tasks = tokio::task::JoinSet::new();
        for number in 1..=16 {
            let node = nodes[usize::from(number % 2)].clone();
            tasks.spawn(async move {
                node.use_login_link(token(0), session(number, 9_000), 500)
                    .await
            });
        }
        let worths: Vec<_> = (tasks.join_all().await.into_iter())
            .map(|worth| worth.expect("the database answers"))
            .collect();
        let valid = worths
            .iter()
            .filter(|worth| **worth == LoginLink::Valid(siv))
            .count();
        let used = worths
            .iter()
            .filter(|worth| **worth == LoginLink::Used)
            .count();
        assert_eq!((valid, used), (1, 15), "{worths:?}");
        assert_eq!(
            db.store
                .sessions_of(siv, 500)
                .await
                .expect("readable")
                .len(),
            1
        );
    }
}

#[tokio::test]
async fn a_link_that_is_used_expired_or_unknown_signs_nobody_in() {
    for db in fresh().await {
        let siv = stored_account(&db.store, "Siv Exempel", "").await;
        for (number, expires_at) in [(0, 1_000), (1, 100)] {
            let made = db
                .store
                .create_login_link(token(number), siv, None, expires_at, 1)
                .await;
            made.expect("the account exists");
        }
        let looked = db.store.login_link(token(0), 500).await.expect("readable");
        assert_eq!(looked, LoginLink::Valid(siv), "looking uses it up");
        let used = db
            .store
            .use_login_link(token(0), session(10, 9_000), 500)
            .await;
        assert_eq!(used.expect("the database answers"), LoginLink::Valid(siv));
        for (number, worth) in [
            (0, LoginLink::Used),
            (1, LoginLink::Expired),
            (2, LoginLink::Unknown),
        ] {
            let looked = db.store.login_link(token(number), 500).await;
            assert_eq!(looked.expect("readable"), worth);
            let used = db
                .store
                .use_login_link(token(number), session(11, 9_000), 500)
                .await;
            assert_eq!(used.expect("the database answers"), worth);
        }
        assert_eq!(
            db.store
                .sessions_of(siv, 500)
                .await
                .expect("readable")
                .len(),
            1
        );
        let refused = (db.store)
            .create_login_link(token(3), AccountId::new(random_id()), None, 9_000, 1)
            .await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_session_carries_its_owners_roles_until_it_is_over_rotated_or_revoked() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let siv = stored_account(&db.store, "Siv Exempel", "siv@example.se").await;
        let other = stored_account(&db.store, "Annan Exempel", "").await;
        let membership = Membership {
            mapping,
            role: Role::Facilitator,
            municipalities: Vec::new(),
        };
        (db.store.set_membership(siv, &membership).await).expect("both exist");
        let session = session(1, 10 * MINUTE);
        let made = db
            .store
            .create_login_link(token(0), siv, None, 1_000, 1)
            .await;
        made.expect("the account exists");
        let used = db
            .store
            .use_login_link(token(0), session.clone(), 500)
            .await;
        assert_eq!(used.expect("the database answers"), LoginLink::Valid(siv));

        let by = |number, now| db.store.actor_by_session(token(number), now);
        let signed_in = by(1, 600)
            .await
            .expect("readable")
            .expect("it is signed in");
        assert_eq!(signed_in.session, session.id);
        assert_eq!(signed_in.account.email, "siv@example.se");
        let expected = Actor::Account {
            id: siv,
            may_start: true,
            memberships: vec![membership],
        };
        assert_eq!(signed_in.actor, expected);
        assert_eq!(
            by(1, 10 * MINUTE).await.expect("readable"),
            None,
            "it was over"
        );

        (db.store.rotate_session(session.id, token(2)).await).expect("it exists");
        assert_eq!(
            by(1, 600).await.expect("readable"),
            None,
            "the old token works"
        );
        assert!(by(2, 600).await.expect("readable").is_some());

        let refused = db.store.revoke_session(other, session.id).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        (db.store.revoke_session(siv, session.id).await).expect("it is hers");
        assert_eq!(by(2, 600).await.expect("readable"), None, "it was revoked");
        let gone = db.store.rotate_session(session.id, token(3)).await;
        assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
    }
}

#[tokio::test]
async fn a_session_for_one_mapping_has_the_role_there_only_whatever_is_given_elsewhere() {
    for db in fresh().await {
        let (ours, theirs) = (
            stored_mapping(&db.store).await,
            stored_mapping(&db.store).await,
        );
        let siv = stored_account(&db.store, "Siv Exempel", "siv@example.se").await;
        let director = |mapping| Membership {
            mapping,
            role: Role::Director,
            municipalities: Vec::new(),
        };
        (db.store.set_membership(siv, &director(ours)).await).expect("both exist");
        for (number, mapping) in [(0, Some(ours)), (1, None)] {
            (db.store
                .create_login_link(token(number), siv, mapping, 1_000, 1)
                .await)
                .expect("both exist");
            let session = session(number + 10, 9_000);
            let used = db.store.use_login_link(token(number), session, 500).await;
            assert_eq!(used.expect("the database answers"), LoginLink::Valid(siv));
        }
        (db.store.set_membership(siv, &director(theirs)).await).expect("both exist");
        let actor = async |number| {
            let found = db.store.actor_by_session(token(number), 600).await;
            found.expect("readable").expect("it is signed in").actor
        };
        let bound = |memberships| Actor::Account {
            id: siv,
            may_start: false,
            memberships,
        };
        assert_eq!(actor(10).await, bound(vec![director(ours)]), "{}", db.url);
        let Actor::Account {
            may_start,
            memberships,
            ..
        } = actor(11).await
        else {
            panic!("it is an account's session")
        };
        assert_eq!((may_start, memberships.len()), (true, 2), "{}", db.url);

        (db.store
            .rotate_session(session_of(&db, siv, Some(ours)).await, token(12))
            .await)
            .expect("it exists");
        assert_eq!(actor(12).await, bound(vec![director(ours)]), "rotated");
        (db.store.remove_membership(siv, ours).await).expect("it can be taken");
        assert_eq!(actor(12).await, bound(Vec::new()), "without the role");
        let nowhere = MappingId::new(random_id());
        let refused = (db.store)
            .create_login_link(token(3), siv, Some(nowhere), 9_000, 1)
            .await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }
}

/// The one session of an account that is for this mapping, or for everything.
async fn session_of(db: &Database, account: AccountId, mapping: Option<MappingId>) -> SessionId {
    let sessions = db.store.sessions_of(account, 600).await.expect("readable");
    let mut found = sessions.iter().filter(|session| session.mapping == mapping);
    let only = found.next().expect("there is one");
    assert_eq!(found.next(), None);
    only.id
}

#[tokio::test]
async fn when_a_session_was_seen_is_noted_at_most_once_a_minute() {
    for db in fresh().await {
        let siv = stored_account(&db.store, "Siv Exempel", "").await;
        let made = db
            .store
            .create_login_link(token(0), siv, None, 1_000, 1)
            .await;
        made.expect("the account exists");
        let used = db
            .store
            .use_login_link(token(0), session(1, 90 * MINUTE), 500)
            .await;
        used.expect("the database answers");
        for (now, seen) in [
            (500 + MINUTE - 1, 500),
            (500 + MINUTE, 500 + MINUTE),
            (500 + MINUTE + 1, 500 + MINUTE),
            (400, 500 + MINUTE),
        ] {
            let signed_in = db.store.actor_by_session(token(1), now).await;
            assert!(signed_in.expect("readable").is_some());
            let sessions = db.store.sessions_of(siv, now).await.expect("readable");
            assert_eq!(sessions[0].last_seen_at, seen, "at {now}");
        }
        assert_eq!(
            db.store.forget_expired(90 * MINUTE).await.expect("done"),
            1,
            "only the link"
        );
        assert_eq!(
            db.store
                .forget_expired(90 * MINUTE + 1)
                .await
                .expect("done"),
            1
        );
        assert_eq!(db.store.sessions_of(siv, 500).await.expect("readable"), []);
    }
}
