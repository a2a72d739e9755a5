use domain::{
    ids::MappingId,
    mapping::{Language, Participation},
    rights::Role,
};
use store::StoreError;

use crate::databases::{fresh, mapping, random_id, stored_account, stored_mapping, text};

#[tokio::test]
async fn a_mapping_reads_back_as_written_and_its_creator_coordinates_it() {
    for db in fresh().await {
        let creator = stored_account(&db.store, "Siv Exempel", "siv@example.se").await;
        let mut written = mapping("Fyrbodal");
        written.members[3].participation = Participation::Otherwise;
        written.members[3].note = text("Intervju i stället");
        (db.store.create_mapping(&written, Some(creator), 5).await).expect("it is new");
        let read = db.store.mapping(written.id).await.expect("readable");
        assert_eq!(read, Some(written.clone()), "{}", db.url);
        let people = db.store.accounts_of(written.id).await.expect("readable");
        assert_eq!(people.len(), 1);
        assert_eq!(
            (people[0].0.id, people[0].1.role),
            (creator, Role::Coordinator)
        );
    }
}

#[tokio::test]
async fn saving_a_mapping_replaces_its_municipalities_and_nothing_else_of_it() {
    for db in fresh().await {
        let mut mapping = mapping("Fyrbodal");
        (db.store.create_mapping(&mapping, None, 5).await).expect("it is new");
        mapping.name = text("Dalsland");
        mapping.period = text("2027");
        mapping.language = Language::English;
        mapping.members.drain(1..13);
        db.store.save_mapping(&mapping).await.expect("it exists");
        let read = db.store.mapping(mapping.id).await.expect("readable");
        assert_eq!(read.as_ref(), Some(&mapping));
        mapping.example = true;
        db.store.save_mapping(&mapping).await.expect("it exists");
        let read = db.store.mapping(mapping.id).await.expect("readable");
        assert!(
            read.is_some_and(|read| !read.example),
            "it became an example"
        );
    }
}

#[tokio::test]
async fn mappings_are_listed_in_swedish_order_with_examples_last() {
    for db in fresh().await {
        for (name, example) in [
            ("Östra", false),
            ("Ahus", true),
            ("Åsnen", false),
            ("Zon", false),
        ] {
            let mut mapping = mapping(name);
            mapping.example = example;
            (db.store.create_mapping(&mapping, None, 5).await).expect("it is new");
        }
        let mappings = db.store.mappings().await.expect("readable");
        let names: Vec<_> = mappings
            .iter()
            .map(|mapping| mapping.name.as_str())
            .collect();
        assert_eq!(names, ["Zon", "Åsnen", "Östra", "Ahus"]);
        assert!(mappings.iter().all(|mapping| mapping.members.len() == 14));
    }
}

#[tokio::test]
async fn a_taken_or_foreign_id_is_said_to_be_so() {
    for db in fresh().await {
        let taken = stored_mapping(&db.store).await;
        let mut other = mapping("Annan");
        other.id = taken;
        let refused = db.store.create_mapping(&other, None, 6).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("mapping_id"))),
            "{refused:?}"
        );
        other.id = MappingId::new(random_id());
        let refused = db.store.save_mapping(&other).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        assert_eq!(db.store.mapping(other.id).await.expect("readable"), None);
        let people = db.store.mappings().await.expect("readable");
        assert_eq!(people.len(), 1, "half a mapping was stored");
    }
}
