//! Activity Writing: silent writing. Until it is revealed, no view but the writer's own holds a word of it.

use std::collections::BTreeSet;

use domain::{
    map::Author,
    municipality::Municipality,
    text::fold,
    workshop::{Card, CardKind, Item},
};
use leptos::prelude::*;

use super::{
    own_cards::{Prompt, kinds, municipality_select, text_field, writing},
    reading, voices,
};
use crate::live::{
    Class, Me, Scene,
    frame::form::{button, clearing},
    part::Part,
};

const CAPABILITY_FIRST: &[CardKind] = &[CardKind::Capability, CardKind::Weakness];
const WEAKNESS_FIRST: &[CardKind] = &[CardKind::Weakness, CardKind::Capability];

/// What can be written, the more likely first: a point that is about weaknesses says so.
fn choices(item: &Item) -> &'static [CardKind] {
    if fold(&item.title).contains("oformag") {
        WEAKNESS_FIRST
    } else {
        CAPABILITY_FIRST
    }
}

/// Cards of the point, without their words.
fn written<'a>(scene: &'a Scene, item: &Item) -> Vec<&'a Card> {
    (scene.state.work.cards_at(scene.id, item.id))
        .map(|(_, card)| card)
        .filter(|card| matches!(card.kind, CardKind::Capability | CardKind::Weakness))
        .collect()
}

fn writers(cards: &[&Card]) -> usize {
    (cards.iter().map(|card| card.by))
        .collect::<BTreeSet<Author>>()
        .len()
}

/// Where those who are here, or have written, come from.
fn homes(scene: &Scene, cards: &[&Card]) -> Vec<Municipality> {
    let mut homes: Vec<_> = (scene.present())
        .flat_map(|one| one.municipalities.iter().copied())
        .chain(cards.iter().filter_map(|card| card.municipality))
        .collect();
    Municipality::sort(&mut homes);
    homes.dedup();
    homes
}

fn revealed(scene: &Scene, item: &Item) -> bool {
    scene.stage.revealed.contains(&item.id)
}

/// On the wall: how much has been written, never what.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    if revealed(scene, item) {
        return reading::projector(scene, item);
    }
    let texts = scene.texts;
    let cards = written(scene, item);
    let from = voices::municipalities(cards.iter().copied());
    let marks: Vec<_> = (homes(scene, &cards).into_iter())
        .map(|home| {
            let has = from.contains(&home);
            let class = if has { "home has" } else { "home" };
            let said = has.then(|| {
                view! { <span class="visually-hidden">{texts.board_has_written()}</span> }
            });
            view! { <li class=class>{home.name()}" "{said}</li> }
        })
        .collect();
    vec![
        Part::leaf(
            "skrivet",
            view! {
                <div id="skrivet" class="written">
                    <p class="figure">
                        <b class="number">{cards.len()}</b>
                        " "
                        <span>{texts.board_cards()}</span>
                    </p>
                    <p class="figure lesser">
                        <b class="number">{writers(&cards)}</b>
                        " "
                        <span>{texts.board_writers()}</span>
                    </p>
                </div>
            },
        ),
        Part::leaf(
            "skrivet-fran",
            view! { <ul id="skrivet-fran" class="homes-written">{marks}</ul> },
        ),
        Part::leaf(
            "skrivet-tyst",
            view! { <p id="skrivet-tyst" class="promise">{texts.board_silent()}</p> },
        ),
    ]
}

/// For those who lead: how much from where, the reveal, and cards for those without a screen.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    if revealed(scene, item) {
        return reading::leader(scene, item);
    }
    let texts = scene.texts;
    let cards = written(scene, item);
    let homes = homes(scene, &cards);
    let rows: Vec<_> = (homes.iter())
        .map(|home| {
            let from: Vec<_> = (cards.iter().copied())
                .filter(|card| card.municipality == Some(*home))
                .collect();
            view! {
                <tr>
                    <th scope="row">{home.name()}</th>
                    <td class="number">{from.len()}</td>
                    <td class="number">{writers(&from)}</td>
                </tr>
            }
        })
        .collect();
    let table = view! {
        <table class="data">
            <caption class="visually-hidden">{texts.board_written_title()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.board_municipality()}</th>
                    <th scope="col" class="number">{texts.board_cards_column()}</th>
                    <th scope="col" class="number">{texts.board_writers_column()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">{texts.board_all()}</th>
                    <td class="number">{cards.len()}</td>
                    <td class="number">{writers(&cards)}</td>
                </tr>
            </tfoot>
        </table>
    };
    vec![
        Part::leaf(
            "skrivet",
            view! {
                <section id="skrivet" class="card" aria-labelledby="skrivet-rubrik">
                    <h2 id="skrivet-rubrik">{texts.board_written_title()}</h2>
                    {table}
                    <p class="hint">{texts.board_silent_leader()}</p>
                </section>
            },
        ),
        reveal(scene, item),
        for_the_room(scene, item, choices(item), &homes),
    ]
}

/// Shows what has been written, after a second look.
fn reveal(scene: &Scene, item: &Item) -> Part {
    let texts = scene.texts;
    let fields = [("punkt", item.id.to_string())];
    let words = texts.board_reveal_yes();
    let form = button(
        scene,
        Class::Leader,
        "visa",
        &fields,
        "button primary",
        words,
        "",
    );
    Part::leaf(
        "visa-allt",
        view! {
            <details id="visa-allt" class="second-look">
                <summary class="button">{texts.board_reveal()}</summary>
                <div class="notice">
                    <p>{texts.board_reveal_hint()}</p>
                    {form}
                </div>
            </details>
        },
    )
}

/// A card for someone in the room who has no screen of their own.
pub(super) fn for_the_room(
    scene: &Scene,
    item: &Item,
    choices: &[CardKind],
    homes: &[Municipality],
) -> Part {
    let texts = scene.texts;
    let fields = [("punkt", item.id.to_string())];
    let whose =
        (!homes.is_empty()).then(|| municipality_select(texts, homes, "rummet-kommun".to_owned()));
    let inner = view! {
        {text_field("rummet-text".to_owned(), texts.board_room_label(), 2)}
        {kinds(texts, choices, choices[0], "rummet")}
        {whose}
        <button class="button" type="submit">{texts.board_add()}</button>
    };
    let form = clearing(scene, Class::Leader, "skriv", &fields, "write-form", inner);
    Part::leaf(
        "for-rummet",
        view! {
            <section id="for-rummet" class="card" aria-labelledby="for-rummet-rubrik">
                <h2 id="for-rummet-rubrik">{texts.board_room_title()}</h2>
                {form}
            </section>
        },
    )
}

/// For everyone who takes part: the promise, then what has been revealed.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    if revealed(scene, item) {
        return reading::participant(scene, item);
    }
    vec![Part::leaf(
        "skrivet-tyst",
        view! { <p id="skrivet-tyst" class="promise">{scene.texts.board_silent()}</p> },
    )]
}

/// For one person: the field to write in, and their own cards.
pub(super) fn mine(scene: &Scene, item: &Item, me: &Me) -> Vec<Part> {
    if revealed(scene, item) {
        return Vec::new();
    }
    let prompt = Prompt {
        kinds: choices(item),
        label: scene.texts.board_write_label(),
        municipality: None,
    };
    writing(scene, item, me, &prompt)
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, WorkCommand};

    use super::*;
    use crate::live::{
        leader, participant, projector,
        sample::{self, item, lead, me, write},
    };

    const SECRET: [&str; 3] = [
        "Förmåga att dela data",
        "Upphandla tillsammans",
        "Inget forum för beslut",
    ];

    fn classes(scene: &Scene) -> [String; 3] {
        [
            projector::scene(scene).to_page(),
            leader::scene(scene).to_page(),
            participant::scene(scene).to_page(),
        ]
    }

    fn own(scene: &Scene, who: usize) -> String {
        participant::mine(scene, &me(scene, who)).to_page()
    }

    #[test]
    fn not_a_word_of_silent_writing_is_in_any_view_but_the_writers_own() {
        let scene = sample::scene(Activity::Writing);
        for (n, words) in SECRET.iter().enumerate() {
            for page in classes(&scene) {
                assert!(!page.contains(words), "{words} in {page}");
            }
            for who in 1..=5 {
                assert_eq!(
                    own(&scene, who).contains(words),
                    who == n + 1,
                    "{words}, {who}"
                );
            }
        }
    }

    #[test]
    fn the_wall_tells_how_much_has_been_written_and_from_where() {
        let mut scene = sample::scene(Activity::Writing);
        let page = projector::scene(&scene).to_page();
        assert!(page.contains(r#"<b class="number">3</b>"#), "{page}");
        write(&mut scene, 50, 1, CardKind::Capability, "En till", None);
        let page = projector::scene(&scene).to_page();
        assert!(page.contains(r#"<b class="number">4</b>"#), "{page}");
        assert!(page.contains(r#"<b class="number">3</b>"#), "{page}");
        assert_eq!(page.matches("class=\"home has\"").count(), 3, "{page}");
    }

    #[test]
    fn what_is_revealed_is_in_every_view() {
        let mut scene = sample::scene(Activity::Writing);
        let point = scene.stage.current.expect("a point");
        lead(&mut scene, WorkCommand::Reveal(point));
        for words in SECRET {
            for page in classes(&scene) {
                assert!(page.contains(words), "{words} not in {page}");
            }
        }
        assert!(!own(&scene, 1).contains("mitt-skriv"));
    }

    #[test]
    fn advice_stands_beside_the_card_and_stops_nothing() {
        let mut scene = sample::scene(Activity::Writing);
        write(
            &mut scene,
            50,
            1,
            CardKind::Capability,
            "Mötas i Teams",
            None,
        );
        let page = own(&scene, 1);
        assert!(page.contains("Mötas i Teams"), "{page}");
        assert!(page.contains("Teams är en produkt"), "{page}");
        assert!(page.contains("name=\"gor\" value=\"andrakort\""), "{page}");
    }

    #[test]
    fn the_choice_is_a_capability_until_the_point_or_the_person_says_otherwise() {
        let mut scene = sample::scene(Activity::Writing);
        let chosen = |page: &str| {
            let at = page.find(" checked").expect("one is chosen");
            page[..at]
                .rsplit("value=\"")
                .next()
                .unwrap_or_default()
                .starts_with("oförmåga")
        };
        assert!(!chosen(&own(&scene, 4)));
        assert!(chosen(&own(&scene, 3)), "has written a weakness last");
        let point = (scene.workshop.agenda.iter())
            .position(|one| one.title.as_str() == "Skriv oförmågor")
            .expect("in the plan");
        let enter = WorkCommand::Enter {
            item: item(point + 1),
            at: sample::NOW,
        };
        lead(&mut scene, enter);
        assert!(chosen(&own(&scene, 4)));
    }

    #[test]
    fn only_who_comes_from_several_municipalities_chooses_between_them() {
        let scene = sample::scene(Activity::Writing);
        let mut one = me(&scene, 1);
        assert!(own(&scene, 1).contains("type=\"hidden\" name=\"kommun\""));
        one.municipalities.push(sample::municipality("Åmål"));
        let page = participant::mine(&scene, &one).to_page();
        assert!(page.contains("<select id=\"skriv-kommun\""), "{page}");
        assert!(!page.contains("type=\"hidden\" name=\"kommun\""), "{page}");
    }
}
