//! Disposal by a rule, seen first, with a protocol that stays.

use domain::rights::Role;

use crate::{
    page::assert_error_page,
    world::{Who, World, now, random_id},
};

#[tokio::test]
async fn disposal_is_by_a_rule_seen_first_and_leaves_a_protocol() {
    let world = World::new().await;
    let (mapping, desk) = (world.ours.mapping, world.coordinator());
    let at = |path: &str| format!("/k/{mapping}/gallring{path}");
    for (months, decision, wrong) in [
        ("", "KS 1", "Ange ett antal månader"),
        ("601", "KS 1", "Ange ett antal månader"),
        ("12", " ", "Fyll i beslut"),
    ] {
        let fields = [
            ("kind", "koppling"),
            ("manader", months),
            ("beslut", decision),
        ];
        let answer = desk.post(&at(""), &fields);
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains(wrong), "{wrong}");
    }
    assert_error_page(&desk.get(&at("/koppling")), 404);
    let rule = [
        ("kind", "koppling"),
        ("manader", "12"),
        ("beslut", "KS 2026/7"),
    ];
    assert_eq!(desk.post(&at(""), &rule).status, 303);
    let young = desk.get(&at("/koppling")).text();
    assert!(young.contains("Inget är gammalt nog"), "{young}");
    let rule = [
        ("kind", "koppling"),
        ("manader", "0"),
        ("beslut", "KS 2026/7"),
    ];
    assert_eq!(desk.post(&at(""), &rule).status, 303);
    let preview = desk.get(&at("/koppling"));
    assert!(preview.text().contains("kopplingar mellan person och svar"));

    let (op, before) = (random_id().to_string(), now().to_string());
    let fields = |sure| {
        [
            ("op", op.as_str()),
            ("fore", before.as_str()),
            ("beslut", "KS 2026/7 §3"),
            ("datum", "2026-11-02"),
            ("saker", sure),
        ]
    };
    let unsure = desk.post(&at("/koppling"), &fields(""));
    assert_eq!(unsure.status, 422);
    assert!(unsure.text().contains("Bekräfta att du har läst"));
    let (sheet, _) = world.sheet(&world.ours.answered).await;
    assert_eq!(sheet.ratings.len(), 3, "nothing is gone yet");
    for _ in 0..2 {
        let done = desk.post(&at("/koppling"), &fields("ja"));
        assert_eq!(done.status, 303, "{}", done.text());
        let protocol = format!("/gallringsprotokoll/{op}");
        assert_eq!(done.header("location"), Some(protocol.as_str()));
    }
    let (sheet, _) = world.sheet(&world.ours.answered).await;
    assert!(sheet.ratings.is_empty());
    let protocol = desk.get(&format!("/gallringsprotokoll/{op}")).text();
    for words in [
        "KS 2026/7 §3",
        "2026-11-02",
        "Dalsland",
        "Kopplingen mellan person och svar",
    ] {
        assert!(protocol.contains(words), "{words}");
    }
    let csv = desk.get(&at("/protokoll.csv")).text();
    assert!(
        csv.contains(&format!("{op};Dalsland;")) && csv.contains(";1;"),
        "{csv}"
    );
    let stranger = world.as_who(Who::Stranger);
    assert_error_page(&stranger.get(&format!("/gallringsprotokoll/{op}")), 403);
}

#[tokio::test]
async fn a_whole_mapping_goes_and_whoever_did_it_keeps_the_protocol() {
    let world = World::new().await;
    let (mapping, desk) = (world.ours.mapping, world.coordinator());
    let address = format!("/k/{mapping}/gallring");
    let rule = [
        ("kind", "kartlaggning"),
        ("manader", "0"),
        ("beslut", "KS 2026/7"),
    ];
    assert_eq!(desk.post(&address, &rule).status, 303);
    let whole = format!("{address}/kartlaggning");
    // A round is open.
    assert!(desk.get(&whole).text().contains("Inget är gammalt nog"));
    (world.store.close_round(world.ours.open, now()).await).expect("it is open");
    assert!(desk.get(&whole).text().contains("händelser i historiken"));
    let (op, before) = (random_id().to_string(), i64::MAX.to_string());
    let fields = [
        ("op", op.as_str()),
        ("fore", before.as_str()),
        ("beslut", "KS 2026/7"),
        ("datum", "2026-11-02"),
        ("saker", "ja"),
    ];
    let protocol = format!("/gallringsprotokoll/{op}");
    for _ in 0..2 {
        let done = desk.post(&whole, &fields);
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(done.header("location"), Some(protocol.as_str()));
    }
    assert_error_page(&desk.get(&format!("/k/{mapping}")), 404);
    let page = desk.get(&protocol);
    assert!(page.status == 200 && page.text().contains("Dalsland"));
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    assert_error_page(&facilitator.get(&protocol), 403);
    assert_error_page(&world.as_who(Who::Anonymous).get(&protocol), 401);
    let theirs = format!("/k/{}", world.theirs.mapping);
    assert_eq!(world.as_who(Who::Stranger).get(&theirs).status, 200);
}
