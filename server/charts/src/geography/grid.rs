//! A place for each municipality in a grid of tiles, near where it lies and near its neighbours.

use domain::municipality::Municipality;

use super::{Country, Point};
use crate::canvas::count;

/// Tiles by column and row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// Column and row of each municipality, in the order asked for; no two the same.
    pub(crate) tiles: Vec<(usize, usize)>,
    /// Columns.
    pub(crate) columns: usize,
    /// Rows.
    pub(crate) rows: usize,
}

/// How much of the grid is tiles; the rest is the shape of the land.
const FILLED: f64 = 0.78;
/// What a step away from a neighbour costs, against the square of a step away from home.
const APART: f64 = 1.2;
/// How far a tile may be moved at a time.
const REACH: usize = 5;
/// Rounds of moving, at most; it comes to rest earlier.
const ROUNDS: usize = 40;

/// Lays municipalities out with at most `widest` columns; `tile` is the width of a tile against its height.
///
/// Where each would lie is its place on the map evened out (half by distance, half by order, since municipalities are
/// small where people are many). From there they are moved to tiles, one each, and exchanged as long as that brings
/// them nearer home and their neighbours. The same municipalities always give the same grid.
pub(crate) fn grid(municipalities: &[Municipality], widest: usize, tile: f64) -> Grid {
    let many = municipalities.len();
    if many == 0 {
        return Grid {
            tiles: Vec::new(),
            columns: 0,
            rows: 0,
        };
    }
    let sweden = Country::sweden();
    let middles = sweden.middles(municipalities);
    let span = |of: fn(&Point) -> f64| {
        let all = || middles.iter().map(of);
        all().fold(f64::NEG_INFINITY, f64::max) - all().fold(f64::INFINITY, f64::min)
    };
    let aspect = ((span(|p| p.0) + 200.0) / (span(|p| p.1) + 200.0)).clamp(0.5, 1.7);
    let cells = if many < 4 {
        count(many)
    } else {
        count(many) / FILLED
    };
    let columns = whole((cells * aspect / tile).sqrt()).clamp(1, widest.clamp(1, many));
    let rows = whole((cells / count(columns)).ceil()).max(many.div_ceil(columns));
    let homes: Vec<Point> = (evened(&middles, |p| p.0).iter())
        .zip(evened(&middles, |p| -p.1))
        .map(|(x, y)| (x * count(columns) - 0.5, y * count(rows) - 0.5))
        .collect();
    let mut near = vec![Vec::new(); many];
    for (a, b) in sweden.neighbours(municipalities) {
        near[a].push(b);
        near[b].push(a);
    }
    let mut board = Board::new(columns, rows, homes, near);
    board.settle();
    board.grid()
}

/// Places from 0 to 1: half by distance, half by order.
fn evened(middles: &[Point], of: fn(&Point) -> f64) -> Vec<f64> {
    let values: Vec<f64> = middles.iter().map(of).collect();
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let span = (values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - least).max(1.0);
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut places = vec![0.0; values.len()];
    for (rank, index) in order.into_iter().enumerate() {
        let margin = 0.5 / count(values.len());
        let by_distance = margin + (1.0 - 2.0 * margin) * (values[index] - least) / span;
        let by_order = (count(rank) + 0.5) / count(values.len());
        places[index] = f64::midpoint(by_distance, by_order);
    }
    places
}

struct Board {
    columns: usize,
    rows: usize,
    homes: Vec<Point>,
    near: Vec<Vec<usize>>,
    tiles: Vec<(usize, usize)>,
    taken: Vec<Option<usize>>,
}

impl Board {
    /// Each in the free tile nearest home, those that lie most to the north first.
    fn new(columns: usize, rows: usize, homes: Vec<Point>, near: Vec<Vec<usize>>) -> Self {
        let mut board = Self {
            columns,
            rows,
            near,
            tiles: vec![(0, 0); homes.len()],
            taken: vec![None; columns * rows],
            homes,
        };
        let mut order: Vec<usize> = (0..board.homes.len()).collect();
        order.sort_by(|a, b| board.homes[*a].1.total_cmp(&board.homes[*b].1));
        for index in order {
            let nearest = (0..columns * rows)
                .filter(|place| board.taken[*place].is_none())
                .min_by(|a, b| {
                    let cost = |place: &usize| board.away_from_home(index, board.tile(*place));
                    cost(a).total_cmp(&cost(b))
                });
            if let Some(place) = nearest {
                board.taken[place] = Some(index);
                board.tiles[index] = board.tile(place);
            }
        }
        board
    }

    fn tile(&self, place: usize) -> (usize, usize) {
        (place % self.columns, place / self.columns)
    }

    fn away_from_home(&self, index: usize, tile: (usize, usize)) -> f64 {
        let (x, y) = self.homes[index];
        (count(tile.0) - x).powi(2) + (count(tile.1) - y).powi(2)
    }

    /// What one in this tile costs while the others lie as they do.
    fn cost(&self, index: usize, tile: (usize, usize)) -> f64 {
        let apart: f64 = (self.near[index].iter())
            .map(|&other| {
                let other = self.tiles[other];
                let steps =
                    (count(tile.0.abs_diff(other.0))).hypot(count(tile.1.abs_diff(other.1)));
                (steps - 1.0).max(0.0)
            })
            .sum();
        self.away_from_home(index, tile) + APART * apart
    }

    fn settle(&mut self) {
        for _ in 0..ROUNDS {
            let mut calm = true;
            for index in 0..self.tiles.len() {
                let (column, row) = self.tiles[index];
                for to_row in row.saturating_sub(REACH)..(row + REACH + 1).min(self.rows) {
                    for to_column in
                        column.saturating_sub(REACH)..(column + REACH + 1).min(self.columns)
                    {
                        calm &= !self.moves(index, (to_column, to_row));
                    }
                }
            }
            if calm {
                return;
            }
        }
    }

    /// Moves one to a tile, in exchange with whoever lies there, if that costs less.
    fn moves(&mut self, index: usize, to: (usize, usize)) -> bool {
        let from = self.tiles[index];
        if from == to {
            return false;
        }
        let (here, there) = (from.1 * self.columns + from.0, to.1 * self.columns + to.0);
        let other = self.taken[there];
        let cost = |board: &Self| {
            board.cost(index, board.tiles[index])
                + other.map_or(0.0, |other| board.cost(other, board.tiles[other]))
        };
        let before = cost(self);
        self.tiles[index] = to;
        if let Some(other) = other {
            self.tiles[other] = from;
        }
        if cost(self) < before - 1e-6 {
            self.taken[there] = Some(index);
            self.taken[here] = other;
            return true;
        }
        self.tiles[index] = from;
        if let Some(other) = other {
            self.tiles[other] = to;
        }
        false
    }

    /// Without columns and rows that nobody lies in.
    fn grid(self) -> Grid {
        let used = |many: usize, of: fn(&(usize, usize)) -> usize| {
            let mut place = vec![None; many];
            let mut next = 0;
            for (line, place) in place.iter_mut().enumerate() {
                if self.tiles.iter().any(|tile| of(tile) == line) {
                    *place = Some(next);
                    next += 1;
                }
            }
            (place, next)
        };
        let (across, columns) = used(self.columns, |tile| tile.0);
        let (down, rows) = used(self.rows, |tile| tile.1);
        Grid {
            tiles: (self.tiles.iter())
                .map(|&(column, row)| (across[column].unwrap_or(column), down[row].unwrap_or(row)))
                .collect(),
            columns,
            rows,
        }
    }
}

/// A measure as a whole number of tiles.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "grids have few hundred tiles"
)]
fn whole(measure: f64) -> usize {
    measure.round().max(1.0) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use proptest::prelude::*;

    use super::*;

    fn holds(municipalities: &[Municipality], widest: usize) {
        let grid = grid(municipalities, widest, 1.5);
        let tiles: HashSet<_> = grid.tiles.iter().collect();
        assert_eq!(tiles.len(), municipalities.len(), "no two in one tile");
        assert!(grid.columns <= widest.max(1));
        assert!((grid.tiles.iter()).all(|tile| tile.0 < grid.columns && tile.1 < grid.rows));
        let neighbours = Country::sweden().neighbours(municipalities);
        let steps = |&(a, b): &(usize, usize)| {
            let (a, b) = (grid.tiles[a], grid.tiles[b]);
            a.0.abs_diff(b.0).max(a.1.abs_diff(b.1))
        };
        let total: usize = neighbours.iter().map(steps).sum();
        let mean = count(total) / count(neighbours.len().max(1));
        assert!(mean < 2.0, "{mean:.2} from neighbour to neighbour");
    }

    fn counties() -> BTreeMap<&'static str, Vec<Municipality>> {
        let mut counties: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for municipality in Municipality::all() {
            counties
                .entry(municipality.county())
                .or_default()
                .push(municipality);
        }
        counties
    }

    #[test]
    fn every_county_has_a_tile_for_each_municipality_with_its_neighbours_near() {
        let counties = counties();
        assert_eq!(counties.len(), 21);
        for municipalities in counties.values() {
            holds(municipalities, 7);
        }
        holds(&Municipality::fyrbodal(), 3);
        holds(&Municipality::all().collect::<Vec<_>>(), 13);
    }

    #[test]
    fn the_north_is_up_and_the_west_is_left() {
        let all: Vec<_> = Municipality::all().collect();
        let grid = grid(&all, 13, 1.2);
        let at = |name: &str| {
            let municipality = Municipality::by_name(name).expect("a municipality");
            let index = all.iter().position(|other| *other == municipality);
            grid.tiles[index.expect("one of all")]
        };
        assert!(at("Kiruna").1 < at("Umeå").1 && at("Umeå").1 < at("Uppsala").1);
        assert!(at("Uppsala").1 < at("Malmö").1);
        assert!(at("Strömstad").0 < at("Örebro").0 && at("Örebro").0 < at("Norrtälje").0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_municipalities_have_a_tile_each_and_the_same_one_every_time(
            chosen in prop::sample::subsequence(Municipality::all().collect::<Vec<_>>(), 0..40),
            widest in 1_usize..9,
        ) {
            let first = grid(&chosen, widest, 1.4);
            let tiles: HashSet<_> = first.tiles.iter().copied().collect();
            prop_assert_eq!(tiles.len(), chosen.len());
            prop_assert!(first.columns <= widest);
            prop_assert_eq!(first, grid(&chosen, widest, 1.4));
        }
    }
}
