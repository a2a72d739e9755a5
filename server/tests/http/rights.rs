//! Every role at every door, across mappings and municipalities.

use domain::{
    map::{Agreed, AgreedKey},
    rights::Role,
};

use crate::{
    doors::{Door, Whose},
    page::{Class, assert_error_page},
    program::Place,
    routes::Route,
    table::ALL,
    world::{AWAY, HOME, Who, World, municipality, random_id},
};

/// Tries every door of every mapping as one of them: first those that stay shut, which must change nothing, then those
/// that open.
async fn try_every_door(place: Place, who: Who) {
    let world = World::in_place(place).await;
    let client = world.as_who(who);
    let before = world.everything().await;
    let mut wrong = Vec::new();
    for whose in [Whose::Ours, Whose::Theirs, Whose::Example] {
        for route in ALL {
            let expected = route.door.answer(whose, who);
            if expected == Class::Ok || (whose != Whose::Ours && !route.is_in_mapping()) {
                continue;
            }
            let series = whose.series(&world);
            let response = route.send(&client, &route.address(&world, series), series);
            if Class::of(&response) == expected {
                assert_error_page(&response, response.status);
            } else {
                wrong.push((whose, route.method, route.path, expected, response.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{who:?}: {wrong:#?}");
    let after = world.everything().await;
    assert_eq!(
        before, after,
        "{who:?} changed what is not theirs to change"
    );
    for whose in [Whose::Example, Whose::Theirs, Whose::Ours] {
        for route in ALL {
            if route.door.answer(whose, who) != Class::Ok
                || (whose != Whose::Ours && !route.is_in_mapping())
            {
                continue;
            }
            let series = whose.series(&world);
            // The stranger takes nobody out of a mapping that they have no role in.
            let nobody = whose == Whose::Theirs && route.names().any(|name| name == "account");
            let status = if nobody { 404 } else { route.status };
            let response = route.send(&client, &route.address(&world, series), series);
            if response.status != status {
                let said = response.heading().unwrap_or_default();
                wrong.push((
                    whose,
                    route.method,
                    route.path,
                    Class::of(&response),
                    status,
                ));
                eprintln!(
                    "{} {}: {} {said}",
                    route.method, route.path, response.status
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{who:?}: {wrong:#?}");
}

#[tokio::test]
async fn nobody_gets_in_anywhere_but_where_everyone_does() {
    try_every_door(Place::sqlite(), Who::Anonymous).await;
}

#[tokio::test]
async fn a_samordnare_gets_in_everywhere_in_their_own_mapping_only() {
    for place in Place::of_each_kind().await {
        try_every_door(place, Who::Member(Role::Coordinator)).await;
    }
}

#[tokio::test]
async fn a_workshopledare_runs_the_mapping_but_does_not_own_it() {
    try_every_door(Place::sqlite(), Who::Member(Role::Facilitator)).await;
}

#[tokio::test]
async fn a_representant_reads_and_speaks_for_their_municipality() {
    try_every_door(Place::sqlite(), Who::Member(Role::Representative)).await;
}

#[tokio::test]
async fn a_direktor_reads_the_map_and_the_results() {
    try_every_door(Place::sqlite(), Who::Member(Role::Director)).await;
}

#[tokio::test]
async fn the_styrgrupp_reads_all_and_changes_nothing() {
    try_every_door(Place::sqlite(), Who::Member(Role::SteeringGroup)).await;
}

#[tokio::test]
async fn a_samordnare_of_another_mapping_is_a_stranger_in_ours() {
    try_every_door(Place::sqlite(), Who::Stranger).await;
}

#[tokio::test]
async fn a_personal_survey_link_is_no_session() {
    try_every_door(Place::sqlite(), Who::Participant).await;
}

#[tokio::test]
async fn a_representant_agrees_levels_for_their_own_municipality_and_no_other() {
    let world = World::new().await;
    let representative = world.as_who(Who::Member(Role::Representative));
    let route = route(
        "POST",
        "/k/{mapping}/omgangar/{round}/bedomning/{municipality}",
    );
    let address_for = |name: &str| {
        route.address_with(|part| match part {
            "municipality" => municipality(name).to_string(),
            part => route.value(&world, &world.ours, part),
        })
    };
    let before = world.map(world.ours.mapping).await;
    for method in ["GET", "POST"] {
        let response = match method {
            "GET" => representative.get(&address_for(AWAY)),
            _ => route.send(&representative, &address_for(AWAY), &world.ours),
        };
        assert_error_page(&response, 403);
    }
    // Outside the mapping there is nothing to be forbidden.
    let response = route.send(&representative, &address_for("Göteborg"), &world.ours);
    assert_error_page(&response, 404);
    assert_eq!(*world.map(world.ours.mapping).await, *before);

    let response = route.send(&representative, &address_for(HOME), &world.ours);
    assert_eq!(response.status, 303, "{}", response.text());
    let after = world.map(world.ours.mapping).await;
    let key = AgreedKey {
        round: world.ours.closed,
        municipality: municipality(HOME),
        capability: world.ours.capabilities[0],
    };
    let agreed = after.agreed.get(&key).expect("it was agreed");
    assert!(matches!(agreed.value, Agreed::Levels { .. }));
    assert_eq!(after.agreed.len(), 1);
    for role in [Role::Coordinator, Role::Facilitator] {
        let runner = world.as_who(Who::Member(role));
        assert_eq!(runner.get(&address_for(AWAY)).status, 200, "{role:?}");
    }
}

#[tokio::test]
async fn what_belongs_to_another_mapping_is_not_found_through_ours() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let before = world.everything().await;
    for route in ALL.iter().filter(|route| route.is_in_mapping()) {
        for foreign in route.names().filter(|name| *name != "mapping") {
            let value = match foreign {
                "number" => "2".to_owned(),
                "file" => "okand.svg".to_owned(),
                "kind" | "step" => "okant".to_owned(),
                "municipality" => municipality("Göteborg").to_string(),
                "account" => world.account(Who::Stranger).to_string(),
                name => route.value(&world, &world.theirs, name),
            };
            let unknown = random_id().to_string();
            for value in [value, unknown, "inte-ett-id".to_owned(), "%FF".to_owned()] {
                let address = route.address_with(|name| match name {
                    name if name == foreign => value.clone(),
                    name => route.value(&world, &world.ours, name),
                });
                let response = route.send(&coordinator, &address, &world.ours);
                let readable = !["inte-ett-id", "%FF"].contains(&value.as_str())
                    && (foreign != "number" || value == "2");
                let wanted: &[u16] = match (route.method, readable) {
                    ("POST", false) => &[400, 404],
                    _ => &[404],
                };
                let what = format!("{} {address}", route.method);
                assert!(
                    wanted.contains(&response.status),
                    "{what}: {}",
                    response.status
                );
                assert_error_page(&response, response.status);
            }
        }
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_mapping_that_is_not_there_is_not_found_by_anyone() {
    let world = World::new().await;
    for route in ALL.iter().filter(|route| route.is_in_mapping()) {
        for (mapping, who) in [
            (random_id().to_string(), Who::Anonymous),
            (random_id().to_string(), Who::Member(Role::Coordinator)),
            ("inte-ett-id".to_owned(), Who::Member(Role::Coordinator)),
        ] {
            let address = route.address_with(|name| match name {
                "mapping" => mapping.clone(),
                name => route.value(&world, &world.ours, name),
            });
            let response = route.send(&world.as_who(who), &address, &world.ours);
            let wanted: &[u16] = match route.method {
                "POST" => &[400, 404],
                _ => &[404],
            };
            assert!(
                wanted.contains(&response.status),
                "{} {address}",
                route.method
            );
            assert_error_page(&response, response.status);
        }
    }
}

#[tokio::test]
async fn lists_show_only_the_mappings_that_one_may_read() {
    let world = World::new().await;
    for (who, names) in [
        (Who::Anonymous, &["Exemplet"][..]),
        (Who::Participant, &["Exemplet"]),
        (Who::Member(Role::Director), &["Dalsland", "Exemplet"]),
        (Who::Stranger, &["Östra Skaraborg", "Exemplet"]),
    ] {
        let page = world.as_who(who).get("/").text();
        for name in ["Dalsland", "Östra Skaraborg", "Exemplet"] {
            assert_eq!(page.contains(name), names.contains(&name), "{who:?} {name}");
        }
    }
}

/// A route of the table.
fn route(method: &str, path: &str) -> Route {
    *(ALL
        .iter()
        .find(|route| route.method == method && route.path == path))
    .expect("the table has it")
}

#[test]
fn every_column_of_the_table_has_a_mark_for_everyone() {
    for route in ALL {
        for whose in [Whose::Ours, Whose::Theirs, Whose::Example] {
            for who in Who::ALL {
                let answer = route.door.answer(whose, who);
                if route.door == Door::Everyone {
                    assert_eq!(answer, Class::Ok);
                }
            }
        }
    }
}
