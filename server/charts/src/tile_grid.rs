//! A tile for each municipality, near where it lies: all as large, so that a small one is read as easily as a large.

use domain::{municipality::Municipality, results::Measure};

use crate::{
    canvas::{Align, Canvas, Setting, count},
    chart::{Chart, Draft, Layout},
    geography::{Grid, MapLegend, MapTexts, MunicipalValue, grid, legend, paints, table},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    table::Table,
};

/// The space between tiles.
const SPACE: f64 = 4.0;

/// The municipalities as tiles with name and number, in colours as on the map and in the heat map.
///
/// Where there is no room for names (more than about sixty on a wide picture, twenty on a narrow one) the tiles have the
/// municipality's code, and where there is no room for that the number alone; both are in the table. No municipalities:
/// a legend alone.
pub fn tile_grid(
    values: &[MunicipalValue],
    measure: Measure,
    layout: Layout,
    texts: &MapTexts,
) -> Chart {
    let table = table(values, texts);
    let geometry = Geometry::new(values, measure, layout, texts);
    let draft = Draft {
        id: "tile_grid",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, values, table, measure);
    })
}

/// What a tile says beside its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Name,
    Code,
    Nothing,
}

struct Geometry {
    says: Says,
    setting: Setting,
    names: Vec<Vec<String>>,
    grid: Grid,
    tile: (f64, f64),
    left: f64,
    note: (Vec<String>, f64),
    legend: MapLegend,
    legend_top: f64,
    height: f64,
}

impl Geometry {
    fn new(values: &[MunicipalValue], measure: Measure, layout: Layout, texts: &MapTexts) -> Self {
        let setting = Setting::new(match layout {
            Layout::Wide => 15.0,
            Layout::Narrow => 14.0,
        });
        let width = layout.width();
        let municipalities: Vec<Municipality> =
            values.iter().map(|place| place.municipality).collect();
        let names: Vec<Vec<String>> = (municipalities.iter())
            .map(|municipality| lines(municipality.name()))
            .collect();
        let widest = (names.iter().flatten())
            .map(|line| text_width(line, setting.size, false))
            .fold(40.0, f64::max);
        let most = names.iter().map(Vec::len).max().unwrap_or(1);
        let (enough, tallest) = match layout {
            Layout::Wide => (60, 34.0),
            Layout::Narrow => (20, 32.0),
        };
        let (says, room) = if values.len() <= enough {
            let tall = (count(most) + 1.0) * setting.size * LINE_HEIGHT + 12.0;
            (Says::Name, (widest + 10.0, tall))
        } else if values.len() <= 60 || layout == Layout::Wide {
            (Says::Code, (44.0, 2.0 * setting.size * LINE_HEIGHT + 6.0))
        } else {
            (Says::Nothing, (28.0, tallest - 2.0))
        };
        let fit = (1..=values.len().max(1))
            .take_while(|columns| count(*columns) * (room.0 + SPACE) <= width)
            .last()
            .unwrap_or(1);
        let grid = grid(&municipalities, fit, room.0 / room.1);
        let columns = count(grid.columns.max(1));
        let tile = (
            (width / columns).min(room.0 * 1.3 + SPACE).floor(),
            room.1 + SPACE,
        );
        let mut top = count(grid.rows) * tile.1 + 10.0;
        let words = match says {
            Says::Name => "",
            Says::Code => &texts.codes,
            Says::Nothing => &texts.numbers_alone,
        };
        let note = if words.is_empty() {
            Vec::new()
        } else {
            wrapped(words, width, setting.size, false)
        };
        let note_top = top;
        if !note.is_empty() {
            top += count(note.len()) * setting.size * LINE_HEIGHT + 10.0;
        }
        let legend = legend(values, measure, texts, setting.size, width);
        Self {
            says,
            setting,
            names,
            left: f64::midpoint(width - columns * tile.0, SPACE),
            grid,
            tile,
            note: (note, note_top),
            legend_top: top,
            height: top + legend.height(),
            legend,
        }
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        values: &[MunicipalValue],
        table: &Table,
        measure: Measure,
    ) {
        let tiles = self.grid.tiles.iter().zip(&self.names);
        for ((place, row), (&(column, line), names)) in values.iter().zip(&table.rows).zip(tiles) {
            let number = row.cells[1].text(table.mark);
            let title = format!("{}: {number}", row.header);
            let corner = (
                self.left + count(column) * self.tile.0,
                count(line) * self.tile.1,
            );
            canvas.group("row", Some(&title), || {
                let said = match self.says {
                    Says::Name => names.clone(),
                    Says::Code => vec![place.municipality.to_string()],
                    Says::Nothing => Vec::new(),
                };
                self.draw_tile(
                    canvas,
                    corner,
                    &said,
                    &number,
                    paints(&place.value, measure),
                );
            });
        }
        let (note, top) = &self.note;
        let middle = top + count(note.len()) * self.setting.size * LINE_HEIGHT / 2.0;
        canvas.lines(note, 0.0, middle, self.setting.paint(Paint::InkSoft));
        self.legend.draw(canvas, 0.0, self.legend_top);
    }

    fn draw_tile(
        &self,
        canvas: &Canvas<'_>,
        (x, y): (f64, f64),
        said: &[String],
        number: &str,
        (ground, ink): (Paint, Paint),
    ) {
        let size = (self.tile.0 - SPACE, self.tile.1 - SPACE);
        canvas.rect((x, y), size, ground);
        let setting = self.setting.paint(ink).align(Align::Middle);
        let step = setting.size * LINE_HEIGHT;
        let tall = (count(said.len()) + 1.0) * step;
        let middle = x + size.0 / 2.0;
        if ground == Paint::Missing {
            let widest = (said.iter())
                .map(|line| text_width(line, setting.size, false))
                .fold(text_width(number, setting.size, true), f64::max);
            let box_size = ((widest + 8.0).min(size.0 - 2.0), tall.min(size.1 - 2.0));
            let corner = (middle - box_size.0 / 2.0, y + (size.1 - box_size.1) / 2.0);
            canvas.rect(corner, box_size, Paint::Card);
        }
        let mut at = y + size.1 / 2.0 - (tall - step) / 2.0;
        for line in said {
            canvas.text(line, middle, at, setting);
            at += step;
        }
        canvas.text(number, middle, at, setting.bold());
    }
}

/// A name on at most two lines, broken between words and at hyphens where it is long.
fn lines(name: &str) -> Vec<String> {
    let long = name.chars().count() > 11;
    match name.split_once(' ') {
        Some((first, second)) if long => vec![first.to_owned(), second.to_owned()],
        _ => match name.split_once('-') {
            Some((first, second)) if long => vec![format!("{first}-"), second.to_owned()],
            _ => vec![name.to_owned()],
        },
    }
}
