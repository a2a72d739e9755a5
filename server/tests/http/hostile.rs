//! Texts that try to be more than text.

use crate::{
    page::tags,
    program::Place,
    walk::walk,
    world::{HOME, Who, World, municipality, random_id},
};

/// Ends whatever it may stand in, and begins an element of its own. Fits in the shortest field there is.
const HOSTILE: &str = "\"'></textarea></title><x-ond>&lt;x-ond>";

fn id() -> String {
    random_id().to_string()
}

/// Puts the text wherever someone can write something.
fn write_everywhere(world: &World) {
    let coordinator = world.coordinator();
    let mapping = format!("/k/{}", world.ours.mapping);
    let (open, closed) = (
        format!("{mapping}/omgangar/{}", world.ours.open),
        format!("{mapping}/omgangar/{}", world.ours.closed),
    );
    let home = municipality(HOME).to_string();
    let (area, goal) = (world.ours.area.to_string(), world.ours.goal.to_string());
    let [first, _, _] = world.ours.capabilities;
    let note = format!("not-{home}");
    let (tick, reason) = (first.to_string(), format!("skal-{first}"));
    let (current, target) = (format!("nulage-{first}"), format!("borlage-{first}"));
    let field = |part: &str| format!("{}.alla.{part}", first.uuid().simple());
    let (comment, weakness) = (field("kommentar"), field("oformaga"));
    let both = [("beskrivning", HOSTILE), ("namn", HOSTILE)];
    let sent: Vec<(String, Vec<(&str, &str)>)> = vec![
        (
            format!("{mapping}/installningar"),
            vec![both[1], ("period", HOSTILE), (&note, HOSTILE)],
        ),
        (
            format!("{mapping}/mal/{goal}"),
            vec![both[0], ("mal", HOSTILE), ("niva", "regional")],
        ),
        (format!("{mapping}/omraden/{area}"), both.to_vec()),
        (
            format!("{mapping}/formagor/{first}"),
            vec![
                both[0],
                both[1],
                ("formulering", HOSTILE),
                ("typ", "styrande"),
                ("omrade", &area),
                ("mal", &goal),
            ],
        ),
        (
            format!("{mapping}/oformagor/{}", world.ours.weakness),
            vec![both[0], both[1], ("typ", "resurs"), ("formaga", &tick)],
        ),
        (
            format!("{mapping}/faststall"),
            vec![("datum", "2026-10-01"), ("beslutat-av", HOSTILE)],
        ),
        (
            format!("{mapping}/omgangar/ny"),
            vec![
                both[1],
                ("version", "2"),
                ("ar", "2030"),
                ("n_min", "3"),
                ("svarssatt", "konfidentiell"),
            ],
        ),
        (
            format!("{open}/deltagare"),
            vec![both[1], ("roll", "annan"), ("kommun", &home)],
        ),
        (
            format!("{closed}/bedomning/{home}"),
            vec![
                ("forankra", &tick),
                (&current, "2"),
                (&target, "3"),
                (&reason, HOSTILE),
            ],
        ),
        (
            world.ours.asked.address("/1"),
            vec![(&comment, HOSTILE), (&weakness, HOSTILE)],
        ),
        (
            format!("{mapping}/deltagande/{home}/ws2"),
            vec![
                ("sett", "null"),
                ("deltar", "deltar på annat sätt"),
                ("kalla", HOSTILE),
                ("not", HOSTILE),
            ],
        ),
        (
            format!("/i/{}", world.ours.contacts[0].1),
            vec![("svar", "ja"), ("kommentar", HOSTILE), ("namn", HOSTILE)],
        ),
    ];
    for (path, fields) in sent {
        let mut all = vec![("op".to_owned(), id()), ("id".to_owned(), id())];
        all.extend(
            fields
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
        );
        let all: Vec<_> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = coordinator.post(&path, &all);
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn what_people_write_stays_text_on_every_page() {
    let world = World::in_place(Place::sqlite()).await;
    write_everywhere(&world);
    let mut shown = 0;
    for (who, from) in [
        (world.coordinator(), format!("/k/{}", world.ours.mapping)),
        (world.as_who(Who::Participant), world.ours.asked.address("")),
        (
            world.as_who(Who::Anonymous),
            format!("/i/{}", world.ours.contacts[0].1),
        ),
    ] {
        for (address, response) in walk(&who, &[from]) {
            let html = response.text();
            if !response.is_html() {
                continue;
            }
            let broken = tags(&html).into_iter().find(|tag| tag.name == "x-ond");
            assert_eq!(broken, None, "{address} takes a text for HTML");
            assert!(!html.contains("&amp;amp;"), "{address} escapes twice");
            shown += html.matches("x-ond").count();
        }
    }
    assert!(shown > 100, "the text was shown only {shown} times");
}

#[tokio::test]
async fn what_is_typed_wrongly_comes_back_as_text() {
    let world = World::in_place(Place::sqlite()).await;
    let coordinator = world.coordinator();
    let mapping = format!("/k/{}", world.ours.mapping);
    let open = format!("{mapping}/omgangar/{}", world.ours.open);
    let capability = format!("{mapping}/formagor/{}", world.ours.capabilities[0]);
    let long = HOSTILE.repeat(30);
    for (path, fields) in [
        ("/ny".to_owned(), [("namn", HOSTILE), ("period", &*long)]),
        (
            format!("{mapping}/mal/ny"),
            [("mal", &long), ("beskrivning", &long)],
        ),
        (
            format!("{mapping}/omraden/ny"),
            [("namn", &long), ("beskrivning", &long)],
        ),
        (
            format!("{mapping}/formagor/ny"),
            [("namn", &long), ("beskrivning", &long)],
        ),
        (
            format!("{mapping}/oformagor/ny"),
            [("namn", &long), ("beskrivning", &long)],
        ),
        (
            format!("{capability}/dela"),
            [("delar", &long), ("namn", "")],
        ),
        (
            format!("{open}/deltagare"),
            [("namn", &long), ("epost", HOSTILE)],
        ),
        (
            format!("{open}/deltagare/lista/klart"),
            [("lista", &long), ("namn", "")],
        ),
        (
            format!("{mapping}/personer"),
            [("namn", &long), ("epost", HOSTILE)],
        ),
        (
            format!("{mapping}/faststall"),
            [("datum", HOSTILE), ("beslutat-av", &long)],
        ),
    ] {
        let (op, new) = (id(), id());
        let [one, other] = fields;
        let answer = coordinator.post(&path, &[("op", &op), ("id", &new), one, other]);
        assert_eq!(answer.status, 422, "{path}: {}", answer.text());
        let html = answer.text();
        assert!(
            html.contains("x-ond"),
            "{path} does not show what was typed"
        );
        let broken = tags(&html).into_iter().find(|tag| tag.name == "x-ond");
        assert_eq!(broken, None, "{path} takes a text for HTML");
    }
    // The address comes back in the choice of language, even of a page that is not there.
    let answer = coordinator.get("/finns-inte?x=%22%3E%3Cx-ond%3E\"><x-ond>");
    assert!(!tags(&answer.text()).iter().any(|tag| tag.name == "x-ond"));
}
