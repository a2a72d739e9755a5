//! Activity Grouping: the board. Areas are places, capabilities cards that are moved, merged, added and commented.

mod card;
mod merge;
mod wall;

use domain::{ids::AreaId, text::AreaName, text::CapabilityName, workshop::Item};
use leptos::prelude::*;

use super::voices::Voices;
use crate::live::{Class, Me, Scene, frame::form::clearing, part::Part};

/// What a board is made from.
struct Board<'a> {
    scene: &'a Scene,
    item: &'a Item,
    class: Class,
    voices: Voices<'a>,
    /// Areas in order.
    areas: Vec<(AreaId, String)>,
    /// Whether those who look at it may change it.
    open: bool,
}

impl<'a> Board<'a> {
    fn new(scene: &'a Scene, item: &'a Item, class: Class) -> Self {
        let areas = (scene.state.contents.areas_in_order().into_iter())
            .map(|(id, area)| (id, area.name.to_string()))
            .collect();
        Self {
            scene,
            item,
            class,
            voices: Voices::of(&scene.state),
            areas,
            open: class == Class::Leader || !scene.stage.locked,
        }
    }

    /// Places in the order they stand: what has no area first, if there is any.
    fn places(&self) -> Vec<Option<AreaId>> {
        let loose = !(self.scene.state.contents.capabilities_in(None)).is_empty();
        let areas = self.areas.iter().map(|(id, _)| Some(*id));
        (loose || self.areas.is_empty())
            .then_some(None)
            .into_iter()
            .chain(areas)
            .collect()
    }

    fn name(&self, area: Option<AreaId>) -> String {
        (self.areas.iter())
            .find(|(id, _)| Some(*id) == area)
            .map_or_else(
                || self.scene.texts.board_ungrouped().to_owned(),
                |(_, name)| name.clone(),
            )
    }

    fn zone(&self, area: Option<AreaId>) -> Part {
        let code = area.map_or_else(|| "-".to_owned(), |area| area.to_string());
        let place = area.map_or_else(|| "utan".to_owned(), |area| area.to_string());
        let (id, title, list) = (
            format!("omrade-{place}"),
            format!("omrade-{place}-namn"),
            format!("omrade-{place}-kort"),
        );
        let name = self.name(area);
        let inside = self.scene.state.contents.capabilities_in(area);
        let class = if area.is_some() { "zone" } else { "zone loose" };
        let drop = self.open.then_some(code);
        let count = inside.len();
        let cards = (inside.into_iter())
            .map(|(id, capability)| card::card(self, id, capability))
            .collect();
        Part::list(
            id.clone(),
            view! {
                <section id=id class=class data-drop=drop data-name=name.clone() aria-labelledby=title.clone()></section>
            },
            vec![
                Part::leaf(
                    title.clone(),
                    view! { <h2 id=title class="zone-name">{name}" "<span class="count">{count}</span></h2> },
                ),
                Part::list(
                    list.clone(),
                    view! { <ul id=list class="zone-cards" data-cards></ul> },
                    cards,
                ),
            ],
        )
    }

    /// The places side by side, with the words for those who move cards without seeing them.
    fn board(&self) -> Part {
        let texts = self.scene.texts;
        let zones = (self.places().into_iter())
            .map(|area| self.zone(area))
            .collect();
        Part::list(
            "arbetstavla",
            view! {
                <div
                    id="arbetstavla"
                    class="board"
                    data-grabbed=texts.board_grabbed("{namn}", "{plats}", "{antal}", "{omrade}")
                    data-moved=texts.board_moved("{plats}", "{antal}", "{omrade}")
                    data-dropped=texts.board_dropped("{namn}", "{plats}", "{antal}", "{omrade}")
                    data-cancelled=texts.board_cancelled("{namn}")
                ></div>
            },
            zones,
        )
    }

    /// A field for a capability that is missing.
    fn adder(&self) -> Part {
        let texts = self.scene.texts;
        let options: Vec<_> = (self.areas.iter())
            .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> })
            .collect();
        let inner = view! {
            <div class="field">
                <label for="ny-namn">{texts.board_new_label()}</label>
                <input type="text" id="ny-namn" name="namn" maxlength=CapabilityName::MAX required autocomplete="off" enterkeyhint="send" />
            </div>
            <div class="field">
                <label for="ny-omrade">{texts.board_area()}</label>
                <select id="ny-omrade" name="omrade">
                    <option value="-">{texts.board_ungrouped()}</option>
                    {options}
                </select>
            </div>
            <button class="button" type="submit">{texts.board_add()}</button>
        };
        let form = clearing(self.scene, self.class, "nyformaga", &[], "add-form", inner);
        Part::leaf(
            "ny-formaga",
            view! {
                <details id="ny-formaga" class="adder">
                    <summary class="button">{texts.board_new()}</summary>
                    {form}
                </details>
            },
        )
    }

    fn help(&self) -> Part {
        let texts = self.scene.texts;
        let words = if self.open {
            texts.board_help()
        } else {
            texts.board_locked()
        };
        let class = if self.open { "hint" } else { "notice" };
        Part::leaf(
            "arbetstavla-hjalp",
            view! { <p id="arbetstavla-hjalp" class=class>{words}</p> },
        )
    }
}

/// On the wall: areas side by side, as large as they fit.
pub(super) fn projector(scene: &Scene, _item: &Item) -> Vec<Part> {
    vec![wall::wall(scene)]
}

/// For those who lead.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    let board = Board::new(scene, item, Class::Leader);
    let mut parts = vec![
        tools(scene, &board),
        board.help(),
        merge::bar(&board),
        board.board(),
    ];
    parts.extend(merge::suggested(&board));
    parts
}

/// A new capability and a new area. The lock stands with what concerns the room.
fn tools(scene: &Scene, board: &Board) -> Part {
    let texts = scene.texts;
    let inner = view! {
        <div class="field">
            <label for="nytt-omrade-namn">{texts.board_new_area_label()}</label>
            <input type="text" id="nytt-omrade-namn" name="namn" maxlength=AreaName::MAX required autocomplete="off" enterkeyhint="send" />
        </div>
        <button class="button" type="submit">{texts.board_add()}</button>
    };
    let form = clearing(scene, Class::Leader, "nyttomrade", &[], "add-form", inner);
    let area = Part::leaf(
        "nytt-omrade",
        view! {
            <details id="nytt-omrade" class="adder">
                <summary class="button">{texts.board_new_area()}</summary>
                {form}
            </details>
        },
    );
    Part::list(
        "arbetstavla-verktyg",
        view! { <div id="arbetstavla-verktyg" class="board-tools"></div> },
        vec![board.adder(), area],
    )
}

/// For everyone who takes part: the same board.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    let board = Board::new(scene, item, Class::Participant);
    let mut parts = vec![board.help()];
    if board.open {
        parts.push(board.adder());
        parts.push(merge::bar(&board));
    }
    parts.push(board.board());
    if board.open {
        parts.extend(merge::suggested(&board));
    }
    parts
}

/// For one person: nothing of their own.
pub(super) fn mine(_scene: &Scene, _item: &Item, _me: &Me) -> Vec<Part> {
    Vec::new()
}

#[cfg(test)]
mod tests;
