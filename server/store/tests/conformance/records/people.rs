use domain::{
    ids::SessionId,
    rights::{Membership, Role},
};
use store::{NewSession, StoreError, records::BackupError};

use super::everything::{THEN, everything};
use crate::databases::{fresh, random_id, stored_account, token};

#[tokio::test]
async fn what_is_kept_about_an_account_is_found_and_goes_with_it() {
    for db in fresh().await {
        let all = everything(&db.store).await;
        let store = &db.store;
        (store
            .create_login_link(token(91), all.siv, None, THEN + 9999, THEN)
            .await)
            .expect("she is there");
        let session = NewSession {
            id: SessionId::new(random_id()),
            token_hash: token(92),
            label: "Firefox".to_owned(),
            expires_at: THEN + 9999,
        };
        (store.use_login_link(token(91), session, THEN).await).expect("it is new");
        let own = store
            .own_account(all.siv, THEN)
            .await
            .expect("she is there");
        assert_eq!(own.account.email, "siv@example.se");
        assert_eq!(
            (own.roles.len(), own.sessions.len(), own.seats.len()),
            (1, 1, 1)
        );
        assert_eq!(own.roles[0].1.role, Role::Coordinator);
        assert!(own.work[0].changes > 10, "{:?}", own.work);
        let asked = store.own_participant(all.nils).await.expect("he is asked");
        assert_eq!((asked.added_at, asked.submitted_at), (THEN, Some(THEN + 3)));

        // The mapping would be left without a samordnare.
        let only = store.only_coordinator_of(all.siv).await.expect("readable");
        assert_eq!(only, [(all.mapping, "Fyrbodal \"ett\"; <två>".to_owned())]);
        let refused = store.remove_account(all.siv, THEN).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("last_coordinator"))),
            "{refused:?}"
        );
        let still = store
            .own_account(all.siv, THEN)
            .await
            .expect("she is there");
        assert_eq!(still, own);

        let after = stored_account(store, "Efterträdare", "").await;
        let membership = Membership {
            mapping: all.mapping,
            role: Role::Coordinator,
            municipalities: Vec::new(),
        };
        (store.set_membership(after, &membership).await).expect("both exist");
        for _ in 0..2 {
            store
                .remove_account(all.siv, THEN + 50)
                .await
                .expect("somebody else is there");
        }
        let gone = store
            .own_account(all.siv, THEN)
            .await
            .expect("the row stays");
        assert_eq!(gone.account.name.as_str(), "Borttagen person");
        assert_eq!(
            (gone.account.email.as_str(), gone.account.may_start),
            ("", false)
        );
        assert_eq!(
            (gone.roles.len(), gone.sessions.len(), gone.letters.len()),
            (0, 0, 0)
        );
        assert_eq!(gone.seats[0].1, "Borttagen person");
        assert_eq!(gone.work, own.work);
        let signed_in = store
            .actor_by_session(token(92), THEN)
            .await
            .expect("readable");
        assert_eq!(signed_in, None);
        assert_eq!(
            store
                .account_by_email("siv@example.se")
                .await
                .expect("readable"),
            None
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_samordnare_who_leave_at_once_one_stays() {
    for db in fresh().await {
        for _ in 0..10 {
            let mapping = crate::databases::stored_mapping(&db.store).await;
            let mut people = Vec::new();
            for _ in 0..2 {
                let one = stored_account(&db.store, "Siv Exempel", "").await;
                let membership = Membership {
                    mapping,
                    role: Role::Coordinator,
                    municipalities: Vec::new(),
                };
                (db.store.set_membership(one, &membership).await).expect("both exist");
                people.push(one);
            }
            let (one, other) = tokio::join!(
                db.store.remove_account(people[0], THEN),
                db.store.remove_account(people[1], THEN)
            );
            assert!(
                one.is_ok() != other.is_ok(),
                "{}: {one:?} {other:?}",
                db.url
            );
            assert_eq!(
                db.store.accounts_of(mapping).await.expect("readable").len(),
                1
            );
        }
    }
}

#[tokio::test]
async fn a_backup_is_a_database_with_everything_in_it() {
    for db in fresh().await {
        let all = everything(&db.store).await;
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("kopia.db");
        if !db.url.starts_with("sqlite:") {
            let refused = db.store.backup(&file).await;
            assert!(matches!(refused, Err(BackupError::NotAFile)), "{refused:?}");
            assert!(!file.exists());
            continue;
        }
        db.store.backup(&file).await.expect("there is room");
        let copy = store::Store::open(&format!("sqlite:{}", file.display())).await;
        let copy = copy.expect("it is a database");
        assert_eq!(
            copy.events_after(all.mapping, 0).await.expect("readable"),
            db.store
                .events_after(all.mapping, 0)
                .await
                .expect("readable")
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&file)
                .expect("it is there")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let again = db.store.backup(&file).await;
        assert!(matches!(again, Err(BackupError::File(_))), "{again:?}");
    }
}
