//! A table of counts as a network, where hidden cells are protected by cycles.

use super::{LeastGroup, Shown, ShownRow};

/// Counts with their totals as last row and column.
///
/// Rows and columns are the nodes of a network and cells its arcs: a change of the
/// numbers that keeps every total right is a cycle, where going along an arc raises a
/// cell by one and going against it lowers it.
pub(super) struct Grid {
    pub(super) height: usize,
    pub(super) width: usize,
    values: Vec<u64>,
    hidden: Vec<bool>,
}

impl Grid {
    pub(super) fn new(rows: &[&[Option<u32>]]) -> Self {
        let height = rows.len() + 1;
        let width = rows.iter().map(|row| row.len()).max().unwrap_or(0) + 1;
        let mut values = vec![0; height * width];
        for (row, cells) in rows.iter().enumerate() {
            for (column, &value) in cells.iter().enumerate() {
                let value = u64::from(value.unwrap_or(0));
                values[row * width + column] = value;
                values[row * width + width - 1] += value;
                values[(height - 1) * width + column] += value;
                values[height * width - 1] += value;
            }
        }
        let hidden = vec![false; values.len()];
        Self {
            height,
            width,
            values,
            hidden,
        }
    }

    /// Lets the totals of the columns change freely, for a single row is published without them.
    pub(super) fn publish_no_column_totals(&mut self) {
        for column in 0..self.width {
            let unpublished = self.cell(1, column);
            self.hidden[unpublished] = true;
        }
    }

    const fn cell(&self, row: usize, column: usize) -> usize {
        row * self.width + column
    }

    /// Hides the small groups of the first `rows` rows, and what protects them. Cells
    /// hidden on the way lie on the cycle that is found, so they are protected with it.
    pub(super) fn hide(&mut self, least: LeastGroup, rows: usize) {
        let small: Vec<usize> = (0..rows * self.width)
            .filter(|&cell| self.values[cell] > 0 && self.values[cell] < u64::from(least.get()))
            .collect();
        for &cell in &small {
            self.hidden[cell] = true;
        }
        for cell in small {
            let (row, column) = (cell / self.width, self.height + cell % self.width);
            let across = self.cheapest_path(column, row, cell);
            let back = self.cheapest_path(row, column, cell);
            let cycle = [across, back].into_iter().flatten().filter(|path| {
                // Lowering the cell itself must leave someone in it.
                path.raises || self.values[cell] > 1
            });
            if let Some(path) = cycle.min_by_key(|path| path.cost) {
                for cell in path.cells {
                    self.hidden[cell] = true;
                }
            }
        }
    }

    /// Whether a cell is raised by going from its row to its column. Totals count with
    /// the other sign, and the total of totals with the first again.
    const fn raised_towards_column(&self, cell: usize) -> bool {
        (cell / self.width == self.height - 1) == (cell % self.width == self.width - 1)
    }

    /// What it costs to go through a cell: nothing if it is hidden already. `None` if it
    /// cannot change that way: nobody is in it (shown as `-`), or it would become nobody.
    fn cost(&self, cell: usize, towards_column: bool) -> Option<u64> {
        let raises = towards_column == self.raised_towards_column(cell);
        let value = self.values[cell];
        if value == 0 || (value == 1 && !raises) {
            return None;
        }
        let total = cell / self.width == self.height - 1 || cell % self.width == self.width - 1;
        Some(match (self.hidden[cell], total) {
            (true, _) => 0,
            (false, false) => value,
            (false, true) => value + self.values[self.values.len() - 1],
        })
    }

    /// The cheapest way between two nodes that does not use the cell `around`
    /// (Dijkstra, 1959).
    fn cheapest_path(&self, from: usize, to: usize, around: usize) -> Option<Path> {
        let nodes = self.height + self.width;
        let mut reached: Vec<Option<(u64, usize)>> = vec![None; nodes];
        let mut done = vec![false; nodes];
        reached[from] = Some((0, around));
        loop {
            let (cost, node) = (0..nodes)
                .filter(|&node| !done[node])
                .filter_map(|node| Some((reached[node]?.0, node)))
                .min()?;
            if node == to {
                break;
            }
            done[node] = true;
            let towards_column = node < self.height;
            let next = if towards_column {
                self.height..nodes
            } else {
                0..self.height
            };
            for other in next {
                let cell = self.cell(node.min(other), node.max(other) - self.height);
                let Some(step) = self.cost(cell, towards_column).filter(|_| cell != around) else {
                    continue;
                };
                if reached[other].is_none_or(|(known, _)| cost + step < known) {
                    reached[other] = Some((cost + step, cell));
                }
            }
        }
        let mut cells = Vec::new();
        let mut node = to;
        while node != from {
            let (_, cell) = reached[node]?;
            cells.push(cell);
            node = if node < self.height {
                self.height + cell % self.width
            } else {
                cell / self.width
            };
        }
        Some(Path {
            cost: reached[to]?.0,
            cells,
            // The cycle closes through `around`, from `to` back to `from`.
            raises: (to < self.height) == self.raised_towards_column(around),
        })
    }

    pub(super) fn row(&self, row: usize, cells: &[Option<u32>]) -> ShownRow {
        ShownRow {
            cells: (0..self.width - 1)
                .map(|column| match cells.get(column) {
                    Some(Some(_)) => self.shown(row, column),
                    _ => Shown::NotApplicable,
                })
                .collect(),
            total: self.shown(row, self.width - 1),
        }
    }

    pub(super) fn shown(&self, row: usize, column: usize) -> Shown {
        let cell = self.cell(row, column);
        match (self.values[cell], self.hidden[cell]) {
            (0, _) => Shown::Missing,
            (_, true) => Shown::Hidden,
            (count, false) => Shown::Count(count),
        }
    }
}

/// A way through the network.
struct Path {
    cost: u64,
    cells: Vec<usize>,
    /// Whether the cell it goes around is raised when the cycle closes.
    raises: bool,
}
