//! What is sent twice, by an impatient hand or a bad connection, is done once.

use crate::{
    page::assert_error_page,
    world::{AWAY, Who, World, municipality, random_id},
};

fn id() -> String {
    random_id().to_string()
}

#[tokio::test]
async fn the_same_command_sent_again_is_carried_out_once() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let mapping = world.ours.mapping;
    let (op, new) = (id(), id());
    let fields = [
        ("op", &*op),
        ("id", &new),
        ("mal", "Ett mål till"),
        ("niva", "regional"),
    ];
    let before = world.events(mapping).await.len();
    let path = format!("/k/{mapping}/mal/ny");
    let first = coordinator.post(&path, &fields);
    assert_eq!(first.status, 303);
    for _ in 0..2 {
        let again = coordinator.post(&path, &fields);
        assert_eq!(again.status, 303);
        assert_eq!(again.header("location"), first.header("location"));
    }
    assert_eq!(world.events(mapping).await.len(), before + 1);

    // Undoing twice is undoing once.
    let undo = format!("/k/{mapping}/angra");
    assert_eq!(coordinator.post(&undo, &[("op", &op)]).status, 303);
    let undone = world.events(mapping).await.len();
    assert_eq!(coordinator.post(&undo, &[("op", &op)]).status, 303);
    let state = world.map(mapping).await;
    assert!(
        !state
            .contents
            .goals
            .contains_key(&new.parse().expect("an id"))
    );
    assert_eq!(world.events(mapping).await.len(), undone);
    // What was never done, or was done to another map, cannot be undone.
    for foreign in [id(), world.theirs.undoable.to_string()] {
        let answer = coordinator.post(&undo, &[("op", &foreign)]);
        assert_error_page(&answer, 404);
    }
    assert_eq!(world.events(mapping).await.len(), undone);
}

#[tokio::test]
async fn a_mapping_a_round_and_a_participant_sent_twice_are_made_once() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let home = municipality(AWAY).to_string();
    let base = format!("/k/{}/omgangar", world.ours.mapping);
    let participants = format!("{base}/{}/deltagare", world.ours.open);
    let before = world.everything().await;
    let (mapping, round, participant) = (id(), id(), id());
    let ways: [(&str, &[(&str, &str)]); 3] = [
        (
            "/ny",
            &[
                ("id", &mapping),
                ("namn", "Skaraborg"),
                ("period", "2027"),
                ("sprak", "sv"),
                ("kommun", &home),
            ],
        ),
        (
            &format!("{base}/ny"),
            &[
                ("id", &round),
                ("namn", "Omgång 3"),
                ("version", "1"),
                ("ar", "2030"),
                ("n_min", "6"),
                ("svarssatt", "namngiven"),
            ],
        ),
        (
            &participants,
            &[
                ("id", &participant),
                ("namn", "Ny Deltagare"),
                ("epost", "ny@example.se"),
                ("roll", "annan"),
                ("kommun", &home),
            ],
        ),
    ];
    for (path, fields) in ways {
        let first = coordinator.post(path, fields);
        assert_eq!(first.status, 303, "{}", first.text());
        let again = coordinator.post(path, fields);
        assert_eq!(again.status, 303, "{}", again.text());
        assert_eq!(again.header("location"), first.header("location"), "{path}");
    }
    let after = world.everything().await;
    assert_eq!(after.mappings.len(), before.mappings.len() + 1);
    assert_eq!(after.rounds.len(), before.rounds.len() + 1);
    assert_eq!(after.sheets.len(), before.sheets.len() + 1);

    // A form under an id that is somebody else's changes nothing of theirs.
    let stranger = world.as_who(Who::Stranger);
    let mut stolen = ways[0].1.to_vec();
    stolen[1] = ("namn", "Kapad");
    assert_eq!(stranger.post("/ny", &stolen).status, 303);
    assert_error_page(&stranger.get(&format!("/k/{mapping}")), 403);
    let mut stolen = ways[1].1.to_vec();
    stolen[1] = ("namn", "Kapad");
    let path = format!("/k/{}/omgangar/ny", world.theirs.mapping);
    assert_error_page(&stranger.post(&path, &stolen), 400);
    assert_eq!(world.everything().await, after);
}
