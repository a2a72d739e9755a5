use domain::{
    ids::{ContactId, EnquiryId, MappingId},
    mapping::Participation,
    participation::{Contact, Enquiry, Entry, Reply, Tally},
};
use store::{GivenReply, ReplyOutcome, Store, StoreError, TokenHash};
use time::{Date, macros::date};

use crate::databases::{
    fresh, municipality, random_id, stored_account, stored_mapping, text, token,
};

const DEADLINE: Date = date!(2026 - 12 - 04);

fn enquiry(mapping: MappingId) -> Enquiry {
    Enquiry {
        id: EnquiryId::new(random_id()),
        mapping,
        question: text("Vill ni vara med?"),
        explanation: text("Fem halvdagar.\nDet kostar inget."),
        deadline: DEADLINE,
        created_at: 10,
        closed_at: None,
    }
}

fn contact(enquiry: EnquiryId, name: &str, number: u8) -> (Contact, TokenHash) {
    let contact = Contact {
        id: ContactId::new(random_id()),
        enquiry,
        municipality: municipality(name),
        name: text(&format!("Person {number} Exempel")),
        email: text("person@example.se"),
        reply: None,
        note: text(""),
        replied_by: text(""),
        replied_at: None,
    };
    (contact, token(number))
}

/// A stored enquiry put to four municipalities, whose links have the tokens 1–4.
async fn stored(store: &Store) -> (Enquiry, Vec<Contact>) {
    let enquiry = enquiry(stored_mapping(store).await);
    let contacts: Vec<_> = (1..)
        .zip(["Åmål", "Bengtsfors", "Lysekil", "Orust"])
        .map(|(number, name)| contact(enquiry.id, name, number))
        .collect();
    (store.save_enquiry(&enquiry, &contacts, None, 10).await).expect("its id is new");
    let contacts = store.contacts(enquiry.id).await.expect("readable");
    (enquiry, contacts)
}

fn says(reply: Reply) -> GivenReply {
    GivenReply {
        reply: Some(reply),
        note: text("Vi ser fram emot det"),
        replied_by: text("Eva Exempel"),
    }
}

#[tokio::test]
async fn an_enquiry_reads_back_and_a_link_leads_to_its_own_part() {
    for db in fresh().await {
        let (enquiry, contacts) = stored(&db.store).await;
        let names: Vec<_> = contacts.iter().map(|c| c.municipality.name()).collect();
        assert_eq!(names, ["Bengtsfors", "Lysekil", "Orust", "Åmål"]);
        let read = db.store.enquiries(enquiry.mapping).await.expect("readable");
        assert_eq!(read, std::slice::from_ref(&enquiry), "{}", db.url);
        let link = (db.store.enquiry_by_token(token(1)).await)
            .expect("readable")
            .expect("there is such a link");
        assert_eq!((link.enquiry, &link.contact), (enquiry, &contacts[3]));
        let nothing = db.store.enquiry_by_token(token(99)).await;
        assert_eq!(nothing.expect("readable"), None);
    }
}

#[tokio::test]
async fn changing_an_enquiry_keeps_links_and_answers() {
    for db in fresh().await {
        let (mut enquiry, contacts) = stored(&db.store).await;
        let [bengtsfors, lysekil] = [contacts[0].id, contacts[1].id];
        (db.store
            .reply(bengtsfors, says(Reply::Yes), DEADLINE, 20)
            .await)
            .expect("there is such a contact");
        enquiry.deadline = date!(2026 - 12 - 11);
        enquiry.question = text("Vill ni fortfarande vara med?");
        let again = [
            contact(enquiry.id, "Lysekil", 7),
            contact(enquiry.id, "Tanum", 8),
        ];
        (db.store.save_enquiry(&enquiry, &again, None, 30).await).expect("it is open");
        let read = db.store.enquiry(enquiry.id).await.expect("readable");
        assert_eq!(read, Some(enquiry.clone()), "{}", db.url);
        let after = db.store.contacts(enquiry.id).await.expect("readable");
        let names: Vec<_> = after.iter().map(|c| c.municipality.name()).collect();
        // Bengtsfors has answered, so it stays although it was left out.
        assert_eq!(names, ["Bengtsfors", "Lysekil", "Tanum"], "{}", db.url);
        assert_eq!(
            (after[0].id, after[0].reply),
            (bengtsfors, Some(Reply::Yes))
        );
        assert_eq!(
            (after[1].id, &*after[1].name),
            (lysekil, "Person 7 Exempel")
        );
        let link = db.store.enquiry_by_token(token(3)).await.expect("readable");
        assert_eq!(link.map(|link| link.contact.id), Some(lysekil));
        assert_eq!(
            db.store.enquiry_by_token(token(7)).await.expect("readable"),
            None
        );

        // Another mapping's form cannot take it over.
        let stolen = Enquiry {
            mapping: stored_mapping(&db.store).await,
            ..enquiry
        };
        let refused = db.store.save_enquiry(&stolen, &again, None, 40).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("enquiry_id"))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_reply_is_taken_until_the_last_day_is_over_and_by_hand_until_it_is_closed() {
    for db in fresh().await {
        let (enquiry, contacts) = stored(&db.store).await;
        let by = stored_account(&db.store, "Siv Exempel", "").await;
        let [first, second, third, _] = contacts.each_id();
        let store = &db.store;
        let late = date!(2026 - 12 - 05);
        let own = store.reply(first, says(Reply::Yes), DEADLINE, 20).await;
        assert_eq!(own.expect("a contact"), ReplyOutcome::Saved);
        let changed = store.reply(first, says(Reply::Later), DEADLINE, 21).await;
        assert_eq!(changed.expect("a contact"), ReplyOutcome::Saved);
        let over = store.reply(second, says(Reply::Yes), late, 22).await;
        assert_eq!(over.expect("a contact"), ReplyOutcome::Late);
        let by_hand = store
            .enter_reply(second, says(Reply::No), Some(by), 23)
            .await;
        assert_eq!(by_hand.expect("a contact"), ReplyOutcome::Saved);
        // Sent twice, it is stored and noted once.
        let again = store
            .enter_reply(second, says(Reply::No), Some(by), 24)
            .await;
        assert_eq!(again.expect("a contact"), ReplyOutcome::Saved);
        let acts = store.audit(enquiry.mapping).await.expect("readable");
        let entered: Vec<_> = (acts.iter().filter(|act| act.act == "enquiry.reply"))
            .map(|act| (act.account, act.detail.clone()))
            .collect();
        assert_eq!(
            entered,
            [(Some(by), format!("{} 1484: nej", enquiry.id))],
            "{}",
            db.url
        );

        let read = store.contacts(enquiry.id).await.expect("readable");
        assert_eq!(
            (read[0].reply, read[0].replied_at),
            (Some(Reply::Later), Some(21))
        );
        assert_eq!(
            (read[1].reply, read[1].replied_at),
            (Some(Reply::No), Some(23))
        );
        assert_eq!(&*read[1].replied_by, "Eva Exempel");
        let tally = Tally::count(&read, read.len());
        assert_eq!(
            (tally.yes, tally.no, tally.later, tally.silent),
            (0, 1, 1, 2)
        );
        // What was entered by mistake is taken back.
        let back = store
            .enter_reply(second, GivenReply::default(), Some(by), 25)
            .await;
        assert_eq!(back.expect("a contact"), ReplyOutcome::Saved);
        let read = store.contacts(enquiry.id).await.expect("readable");
        assert_eq!(
            (read[1].reply, read[1].replied_at),
            (None, None),
            "{}",
            db.url
        );

        for at in [30, 40] {
            store
                .close_enquiry(enquiry.id, Some(by), at)
                .await
                .expect("it is there");
        }
        let closed = store.enquiry(enquiry.id).await.expect("readable");
        assert_eq!(closed.and_then(|closed| closed.closed_at), Some(30));
        for done in [
            store.reply(third, says(Reply::Yes), DEADLINE, 50).await,
            store
                .enter_reply(third, says(Reply::Yes), Some(by), 50)
                .await,
        ] {
            assert_eq!(done.expect("a contact"), ReplyOutcome::Closed, "{}", db.url);
        }
        let changed = store.save_enquiry(&enquiry, &[], None, 60).await;
        assert!(
            matches!(changed, Err(StoreError::Conflict("enquiry_closed"))),
            "{changed:?}"
        );
        assert_eq!(store.contacts(enquiry.id).await.expect("readable").len(), 4);
    }
}

trait EachId {
    fn each_id(&self) -> [ContactId; 4];
}

impl EachId for Vec<Contact> {
    fn each_id(&self) -> [ContactId; 4] {
        [self[0].id, self[1].id, self[2].id, self[3].id]
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be_so() {
    for db in fresh().await {
        let nobody = ContactId::new(random_id());
        let reply = db.store.reply(nobody, says(Reply::Yes), DEADLINE, 1).await;
        assert!(matches!(reply, Err(StoreError::NotFound)), "{reply:?}");
        let reply = db
            .store
            .enter_reply(nobody, says(Reply::Yes), None, 1)
            .await;
        assert!(matches!(reply, Err(StoreError::NotFound)), "{reply:?}");
        let nothing = EnquiryId::new(random_id());
        let closed = db.store.close_enquiry(nothing, None, 1).await;
        assert!(matches!(closed, Err(StoreError::NotFound)), "{closed:?}");
        let nowhere = enquiry(MappingId::new(random_id()));
        let saved = db.store.save_enquiry(&nowhere, &[], None, 1).await;
        assert!(matches!(saved, Err(StoreError::NotFound)), "{saved:?}");
    }
}

#[tokio::test]
async fn replies_are_taken_over_once_and_all_or_none() {
    for db in fresh().await {
        let (enquiry, _) = stored(&db.store).await;
        let by = stored_account(&db.store, "Siv Exempel", "").await;
        let entry = |name: &str, grade| Entry {
            municipality: municipality(name),
            step: None,
            grade,
            since: Some(DEADLINE),
            source: text("Intresseförfrågan"),
            note: text(""),
        };
        let entries = vec![
            entry("Åmål", Participation::Interested),
            entry("Orust", Participation::Declined),
        ];
        let take = |entries| (db.store).put_participation(enquiry.mapping, entries, Some(by), 70);
        let with_a_stranger = [
            entries.clone(),
            vec![entry("Skövde", Participation::Silent)],
        ];
        let refused = take(with_a_stranger.concat()).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        assert_eq!(
            take(entries.clone()).await.expect("members"),
            2,
            "{}",
            db.url
        );
        assert_eq!(
            take(entries.clone()).await.expect("members"),
            0,
            "{}",
            db.url
        );
        let acts = db.store.audit(enquiry.mapping).await.expect("readable");
        let set = acts.iter().filter(|act| act.act == "participation.set");
        assert_eq!(set.count(), 2, "{}", db.url);
        let read = (db.store.participation(enquiry.mapping).await).expect("readable");
        assert!(entries.iter().all(|entry| read.contains(entry)), "{read:?}");
    }
}
