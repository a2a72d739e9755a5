//! Activity `MunicipalRound` (kommunrunda): one municipality at a time, under the documents' three headings.

use domain::{
    ids::CardId,
    municipality::Municipality,
    workshop::{Card, CardKind, CardState, Item},
};
use leptos::prelude::*;

use super::{
    own_cards::{Prompt, kinds, text_field, writing},
    reading::hidden,
};
use crate::{
    live::{
        Class, Me, Scene,
        frame::form::{button, clearing, command},
        part::Part,
    },
    texts::Texts,
};

const HEADINGS: &[CardKind] = &[CardKind::Challenge, CardKind::Opportunity, CardKind::Help];

/// So many cards fit in full on the wall when the round is over; of more there are only numbers.
const FIT: usize = 24;

fn heading(texts: Texts, kind: CardKind) -> &'static str {
    match kind {
        CardKind::Challenge => texts.board_round_challenges(),
        CardKind::Opportunity => texts.board_round_opportunities(),
        _ => texts.board_round_help(),
    }
}

/// What has been said at the point and everyone may see.
fn said<'a>(scene: &'a Scene, item: &Item) -> Vec<(CardId, &'a Card)> {
    (scene.state.work.cards_at(scene.id, item.id))
        .filter(|(_, card)| HEADINGS.contains(&card.kind) && card.state == CardState::Shown)
        .collect()
}

/// Whose round it is: everyone in the mapping, and those who are here from elsewhere.
fn homes(scene: &Scene) -> Vec<Municipality> {
    let mut homes: Vec<_> = (scene.mapping.members.iter())
        .map(|member| member.municipality)
        .chain(
            scene
                .present()
                .flat_map(|one| one.municipalities.iter().copied()),
        )
        .collect();
    Municipality::sort(&mut homes);
    homes.dedup();
    homes
}

fn is_here(scene: &Scene, home: Municipality) -> bool {
    scene
        .present()
        .any(|one| one.municipalities.contains(&home))
}

/// The next in Swedish order that somebody is here from.
fn next(scene: &Scene) -> Option<Municipality> {
    let homes = homes(scene);
    let from = (scene.stage.turn)
        .and_then(|turn| homes.iter().position(|home| *home == turn))
        .map_or(0, |place| place + 1);
    (homes.into_iter().skip(from)).find(|home| is_here(scene, *home))
}

/// The three headings with what the municipality has said.
fn columns(scene: &Scene, item: &Item, turn: Municipality, class: Option<Class>) -> Part {
    let columns = (HEADINGS.iter().enumerate())
        .map(|(n, kind)| {
            let rows = (said(scene, item).into_iter())
                .filter(|(_, card)| card.kind == *kind && card.municipality == Some(turn))
                .map(|(id, card)| row(scene, id, card, class))
                .collect();
            let title = format!("runda-{n}-rubrik");
            let list = format!("runda-{n}-kort");
            let id = format!("runda-{n}");
            Part::list(
                id.clone(),
                view! { <section id=id class="round-column" aria-labelledby=title.clone()></section> },
                vec![
                    Part::leaf(
                        title.clone(),
                        view! { <h3 id=title>{heading(scene.texts, *kind)}</h3> },
                    ),
                    Part::list(
                        list.clone(),
                        view! { <ul id=list class="read-cards"></ul> },
                        rows,
                    ),
                ],
            )
        })
        .collect();
    Part::list(
        "runda",
        view! { <div id="runda" class="round-columns"></div> },
        columns,
    )
}

fn row(scene: &Scene, id: CardId, card: &Card, class: Option<Class>) -> Part {
    let hide = (class == Some(Class::Leader)).then(|| {
        let fields = [("kort", id.to_string()), ("pa", "1".to_owned())];
        let words = scene.texts.board_hide();
        button(
            scene,
            Class::Leader,
            "doljkort",
            &fields,
            "button small quiet",
            words,
            &card.text,
        )
    });
    let id = format!("sagt-{id}");
    Part::leaf(
        id.clone(),
        view! { <li id=id class="read-card"><p class="words">{card.text.to_string()}</p>{hide}</li> },
    )
}

/// Whose turn it is.
fn turn_name(scene: &Scene, turn: Municipality) -> Part {
    Part::leaf(
        "tur",
        view! {
            <h2 id="tur" class="turn">
                <span class="eyebrow">{scene.texts.board_turn()}</span>
                " "
                <span class="name">{turn.name()}</span>
            </h2>
        },
    )
}

/// All municipalities and what they have said; nothing before anyone has.
fn table(scene: &Scene, item: &Item, in_full: bool) -> Option<Part> {
    let texts = scene.texts;
    let said = said(scene, item);
    if said.is_empty() {
        return None;
    }
    let rows: Vec<_> = (homes(scene).into_iter())
        .filter(|home| {
            is_here(scene, *home)
                || said
                    .iter()
                    .any(|(_, card)| card.municipality == Some(*home))
        })
        .map(|home| {
            let cells: Vec<_> = (HEADINGS.iter())
                .map(|kind| {
                    let those: Vec<_> = (said.iter())
                        .filter(|(_, card)| card.municipality == Some(home) && card.kind == *kind)
                        .map(|(_, card)| card.text.to_string())
                        .collect();
                    cell(those, in_full)
                })
                .collect();
            view! { <tr><th scope="row">{home.name()}</th>{cells}</tr> }
        })
        .collect();
    let columns: Vec<_> = (HEADINGS.iter())
        .map(|kind| view! { <th scope="col">{heading(texts, *kind)}</th> })
        .collect();
    Some(Part::leaf(
        "runda-alla",
        view! {
            <section id="runda-alla" class="round-table">
                <h2 id="runda-alla-rubrik">{texts.board_round_all()}</h2>
                <div class="table-wrap" tabindex="0" role="region" aria-labelledby="runda-alla-rubrik">
                    <table class="data">
                        <thead><tr><th scope="col">{texts.board_municipality()}</th>{columns}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        },
    ))
}

fn cell(those: Vec<String>, in_full: bool) -> AnyView {
    if !in_full {
        return view! { <td class="number">{those.len()}</td> }.into_any();
    }
    if those.is_empty() {
        return view! { <td class="none">"–"</td> }.into_any();
    }
    let rows: Vec<_> = (those.into_iter())
        .map(|text| view! { <li>{text}</li> })
        .collect();
    view! { <td><ul class="plain-rows">{rows}</ul></td> }.into_any()
}

fn waiting(scene: &Scene) -> Part {
    Part::leaf(
        "tur",
        view! { <p id="tur" class="empty">{scene.texts.board_turn_none()}</p> },
    )
}

/// On the wall: whose turn it is, and what they say; when it is nobody's, everyone's.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    match scene.stage.turn {
        Some(turn) => vec![turn_name(scene, turn), columns(scene, item, turn, None)],
        None => match table(scene, item, said(scene, item).len() <= FIT) {
            Some(table) => vec![table],
            None => vec![waiting(scene)],
        },
    }
}

/// For those who lead: who speaks, who is next, and a hand for those without a screen.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    let mut parts = vec![turns(scene)];
    if let Some(turn) = scene.stage.turn {
        parts.push(turn_name(scene, turn));
        parts.push(columns(scene, item, turn, Some(Class::Leader)));
        parts.push(for_them(scene, item, turn));
    }
    parts.extend(table(scene, item, true));
    let gone = (scene.state.work.cards_at(scene.id, item.id))
        .filter(|(_, card)| HEADINGS.contains(&card.kind) && card.state == CardState::Hidden);
    parts.extend(hidden(scene, gone.collect()));
    parts
}

/// Gives the turn to the next, to anyone, or to nobody.
fn turns(scene: &Scene) -> Part {
    let texts = scene.texts;
    let on = next(scene).map(|next| {
        let fields = [("kommun", next.to_string())];
        let words = texts.board_turn_next(next.name());
        button(scene, Class::Leader, "tur", &fields, "button", words, "")
    });
    let over = scene.stage.turn.map(|_| {
        let fields = [("kommun", String::new())];
        let words = texts.board_turn_over();
        button(
            scene,
            Class::Leader,
            "tur",
            &fields,
            "button quiet",
            words,
            "",
        )
    });
    let options: Vec<_> = (homes(scene).into_iter())
        .map(|home| {
            let name = if is_here(scene, home) {
                home.name().to_owned()
            } else {
                texts.board_turn_absent(home.name())
            };
            let chosen = scene.stage.turn == Some(home);
            view! { <option value=home.to_string() selected=chosen>{name}</option> }
        })
        .collect();
    let inner = view! {
        <label for="tur-kommun" class="visually-hidden">{texts.board_turn_choose()}</label>
        <select id="tur-kommun" name="kommun">{options}</select>
        <button class="button small" type="submit">{texts.board_turn_give()}</button>
    };
    let any = command(
        scene,
        Class::Leader,
        "tur",
        &[],
        "inline-form turn-form",
        inner,
    );
    Part::leaf(
        "turer",
        view! { <div id="turer" class="turns">{on}{any}{over}</div> },
    )
}

fn for_them(scene: &Scene, item: &Item, turn: Municipality) -> Part {
    let texts = scene.texts;
    let fields = [("punkt", item.id.to_string()), ("kommun", turn.to_string())];
    let inner = view! {
        {text_field("rummet-text".to_owned(), &texts.board_round_label(turn.name()), 2)}
        {kinds(texts, HEADINGS, HEADINGS[0], "rummet")}
        <button class="button" type="submit">{texts.board_add()}</button>
    };
    let form = clearing(scene, Class::Leader, "skriv", &fields, "write-form", inner);
    Part::leaf(
        "for-rummet",
        view! { <div id="for-rummet" class="card">{form}</div> },
    )
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    match scene.stage.turn {
        Some(turn) => vec![turn_name(scene, turn), columns(scene, item, turn, None)],
        None => match table(scene, item, true) {
            Some(table) => vec![table],
            None => vec![waiting(scene)],
        },
    }
}

/// For one person: a field when it is their municipality's turn.
pub(super) fn mine(scene: &Scene, item: &Item, me: &Me) -> Vec<Part> {
    let Some(turn) = (scene.stage.turn).filter(|turn| me.municipalities.contains(turn)) else {
        return Vec::new();
    };
    let prompt = Prompt {
        kinds: HEADINGS,
        label: scene.texts.board_round_mine(),
        municipality: Some(turn),
    };
    writing(scene, item, me, &prompt)
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, WorkCommand};

    use super::*;
    use crate::live::{
        leader, participant, projector,
        sample::{self, lead, me, municipality},
    };

    fn turn(scene: &mut Scene, name: &str) {
        lead(scene, WorkCommand::Turn(Some(municipality(name))));
    }

    #[test]
    fn the_turn_goes_in_swedish_order_to_those_who_are_here() {
        let mut scene = sample::scene(Activity::MunicipalRound);
        let mut order = Vec::new();
        while let Some(home) = next(&scene) {
            order.push(home.name());
            turn(&mut scene, home.name());
        }
        // Nobody has been let in from Lysekil.
        assert_eq!(order, ["Bengtsfors", "Dals-Ed", "Mellerud", "Åmål"]);
        assert!(
            leader::scene(&scene)
                .to_page()
                .contains("Lysekil (ingen här)")
        );
    }

    #[test]
    fn only_those_whose_turn_it_is_are_asked_to_write() {
        let mut scene = sample::scene(Activity::MunicipalRound);
        let asked = |scene: &Scene, who| {
            (participant::mine(scene, &me(scene, who)).to_page()).contains("skriv-text")
        };
        assert!((1..=5).all(|who| !asked(&scene, who)));
        turn(&mut scene, "Mellerud");
        let those: Vec<_> = (1..=5).filter(|who| asked(&scene, *who)).collect();
        assert_eq!(those, [3, 4]);
    }

    #[test]
    fn the_wall_shows_one_municipality_at_a_time_and_all_when_the_round_is_over() {
        let mut scene = sample::scene(Activity::MunicipalRound);
        turn(&mut scene, "Bengtsfors");
        let page = projector::scene(&scene).to_page();
        assert!(page.contains("Svårt att rekrytera"), "{page}");
        assert!(!page.contains("Ny chef som driver på"), "{page}");
        lead(&mut scene, WorkCommand::Turn(None));
        let page = projector::scene(&scene).to_page();
        assert!(page.contains("Svårt att rekrytera"), "{page}");
        assert!(page.contains("Ny chef som driver på"), "{page}");
    }
}
