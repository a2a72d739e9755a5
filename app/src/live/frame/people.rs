//! Who is here, municipality by municipality, and who waits at the door.

use domain::{municipality::Municipality, workshop::Attendee};
use leptos::prelude::*;

use super::form::button;
use crate::{
    components::occupation_text,
    live::{Class, Scene, part::Part},
};

/// Everyone who has joined, for those who lead.
pub(in crate::live) fn people(scene: &Scene) -> Part {
    let texts = scene.texts;
    let waiting: Vec<_> = (scene.people.iter()).filter(|one| !one.approved).collect();
    let (here, count) = (scene.present().count(), scene.connected.len());
    let mut parts = vec![Part::leaf(
        "har-rubrik",
        view! {
            <div id="har-rubrik">
                <h2>{texts.live_here()}</h2>
                <p class="muted">{texts.live_people_count(here, count)}</p>
            </div>
        },
    )];
    if !waiting.is_empty() {
        let title = Part::leaf(
            "vid-dorren-rubrik",
            view! { <h3 id="vid-dorren-rubrik">{texts.live_door(waiting.len())}</h3> },
        );
        let list = Part::list(
            "vid-dorren-lista",
            view! { <ul id="vid-dorren-lista" class="persons"></ul> },
            (waiting.into_iter())
                .map(|one| person(scene, one))
                .collect(),
        );
        parts.push(Part::list(
            "vid-dorren",
            view! { <div id="vid-dorren" class="door"></div> },
            vec![title, list],
        ));
    }
    let homes = homes(scene)
        .into_iter()
        .map(|home| municipality(scene, home));
    parts.push(Part::list(
        "kommuner",
        view! { <div id="kommuner" class="homes"></div> },
        homes.collect(),
    ));
    Part::list(
        "har",
        view! { <section id="har" class="people" aria-labelledby="har-rubrik"></section> },
        parts,
    )
}

/// The mapping's municipalities, and others that someone comes from.
fn homes(scene: &Scene) -> Vec<Municipality> {
    let mut homes: Vec<_> = (scene.mapping.members.iter())
        .map(|member| member.municipality)
        .collect();
    let mut guests: Vec<_> = (scene.present())
        .filter_map(home)
        .filter(|from| !homes.contains(from))
        .collect();
    Municipality::sort(&mut guests);
    guests.dedup();
    homes.append(&mut guests);
    homes
}

/// Where a person is listed: the first of their municipalities.
fn home(one: &Attendee) -> Option<Municipality> {
    one.municipalities.first().copied()
}

fn municipality(scene: &Scene, from: Municipality) -> Part {
    let id = format!("kommun-{from}");
    let those: Vec<_> = (scene.present())
        .filter(|one| home(one) == Some(from))
        .collect();
    let title = format!("{id}-namn");
    let count = if those.is_empty() {
        view! { <span class="none">{scene.texts.live_nobody()}</span> }.into_any()
    } else {
        view! { <span class="count">{those.len()}</span> }.into_any()
    };
    let class = if those.is_empty() {
        "home vacant"
    } else {
        "home"
    };
    let mut parts = vec![Part::leaf(
        title.clone(),
        view! { <h3 id=title.clone()>{from.name()}" "{count}</h3> },
    )];
    if !those.is_empty() {
        let list = format!("{id}-lista");
        parts.push(Part::list(
            list.clone(),
            view! { <ul id=list.clone() class="persons" aria-labelledby=title></ul> },
            (those.into_iter()).map(|one| person(scene, one)).collect(),
        ));
    }
    Part::list(
        id.clone(),
        view! { <div id=id.clone() class=class></div> },
        parts,
    )
}

fn person(scene: &Scene, one: &Attendee) -> Part {
    let texts = scene.texts;
    let id = format!("person-{}", one.id);
    let name = one.name.to_string();
    let which = || vec![("person", one.id.to_string())];
    let connected = scene.connected.contains(&one.id);
    let (dot, state) = if connected {
        ("dot on", texts.live_person_connected())
    } else {
        ("dot", texts.live_person_away())
    };
    let speaks = (one.speaks).then(|| view! { <span class="badge">{texts.live_speaks()}</span> });
    let others: Vec<_> = one.municipalities.iter().map(|from| from.name()).collect();
    let mut about = occupation_text(texts, one.occupation).to_owned();
    if !one.approved || others.len() > 1 {
        about = format!("{about} · {}", others.join(", "));
    }
    let remove = |words| {
        button(
            scene,
            Class::Leader,
            "tabortperson",
            &which(),
            "link",
            words,
            &name,
        )
    };
    let actions = if one.approved {
        let mut fields = which();
        fields.push(("pa", u8::from(!one.speaks).to_string()));
        let words = if one.speaks {
            texts.live_speaks_no_more()
        } else {
            texts.live_speaks_make()
        };
        view! {
            <details>
                <summary>{texts.live_person_change()}<span class="visually-hidden">{format!(": {name}")}</span></summary>
                {button(scene, Class::Leader, "talar", &fields, "link", words, &name)}
                {remove(texts.live_person_remove())}
            </details>
        }
        .into_any()
    } else {
        view! {
            <div class="ways">
                {button(scene, Class::Leader, "slappin", &which(), "button small", texts.live_let_in(), &name)}
                {remove(texts.live_turn_away())}
            </div>
        }
        .into_any()
    };
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class="person-row">
                <p>
                    <span class=dot aria-hidden="true"></span>
                    <span class="name">{name.clone()}</span>
                    <span class="visually-hidden">{format!(", {state}")}</span>
                    " "
                    {speaks}
                </p>
                <p class="about">{about}</p>
                {actions}
            </li>
        },
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::Activity;

    use super::*;
    use crate::live::sample::{person as attendee, scene};

    #[test]
    fn everyone_is_listed_once_under_a_municipality_or_at_the_door() {
        let mut scene = scene(Activity::Talk);
        let also = scene.people[4].municipalities[0];
        scene.people[0].municipalities.push(also);
        let page = people(&scene).to_page();
        for n in 1..=6 {
            let id = format!("id=\"person-{}\"", attendee(n));
            assert_eq!(page.matches(&id).count(), 1, "{id}");
        }
        let door = page.find("vid-dorren").expect("one waits");
        assert!(page[door..].contains("slappin"), "{page}");
        assert!(page.contains("Lysekil <span class=\"none\">"), "{page}");
    }

    #[test]
    fn letting_somebody_in_changes_only_the_pieces_it_concerns() {
        let mut scene = scene(Activity::Talk);
        let before = people(&scene).flatten();
        scene.people[5].approved = true;
        let sent = people(&scene).flatten().since(&before);
        let others = sent.iter().filter(|part| {
            part.html.is_some()
                && part.id.starts_with("person-")
                && part.id != format!("person-{}", attendee(6))
        });
        assert_eq!(others.count(), 0);
    }

    #[test]
    fn when_nobody_waits_there_is_no_door() {
        let mut scene = scene(Activity::Talk);
        scene.people.pop();
        assert!(!people(&scene).to_page().contains("vid-dorren"));
    }
}
