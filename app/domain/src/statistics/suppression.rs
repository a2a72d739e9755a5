//! Small groups: what may be shown without showing a person.
//!
//! Distributions and agreement are shown from the least group size only; below it, the
//! agreed level and the class of the group. In a table with totals a hidden number is
//! joined by others until no total gives it away.

use std::fmt;

/// The least number of answers for which a distribution is shown (`n_min`), 3–10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeastGroup(u8);

impl LeastGroup {
    /// A least group of 3–10 answers. Anything else: `None`.
    pub const fn new(answers: u8) -> Option<Self> {
        match answers {
            3..=10 => Some(Self(answers)),
            _ => None,
        }
    }

    /// The number of answers, 3–10.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The least group after a change to `wish` in a round that is already open: it may
    /// be raised, never lowered, for people have answered trusting it. Lower: `None`.
    pub fn raised_to(self, wish: Self) -> Option<Self> {
        (wish >= self).then_some(wish)
    }

    /// Whether a distribution and an agreement of so many answers may be shown.
    pub fn permits(self, answers: u32) -> bool {
        answers >= u32::from(self.0)
    }

    /// How the size of a group may be told.
    pub fn class(self, answers: u32) -> GroupSize {
        match answers {
            0 => GroupSize::Nobody,
            n if self.permits(n) => GroupSize::Exactly(n),
            _ => GroupSize::UpTo(self.0 - 1),
        }
    }
}

impl Default for LeastGroup {
    /// Six answers.
    fn default() -> Self {
        Self(6)
    }
}

/// The size of a group as it may be told. Displayed as `-`, `1–5` or the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupSize {
    /// No answers.
    Nobody,
    /// A small group: from one to this many.
    UpTo(u8),
    /// A group large enough to be counted.
    Exactly(u32),
}

impl fmt::Display for GroupSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("-"),
            Self::UpTo(most) => write!(f, "1–{most}"),
            Self::Exactly(answers) => write!(f, "{answers}"),
        }
    }
}

/// A cell of a table of counts as it may be shown. Displayed with the symbols that
/// Swedish official statistics use: the number, `..`, `-` or `.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The count.
    Count(u64),
    /// Hidden (`..`): a small group, or a cell that would give one away. The two look
    /// the same on purpose. Never zero.
    Hidden,
    /// Missing (`-`): nobody.
    Missing,
    /// Not applicable (`.`).
    NotApplicable,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Hidden => f.write_str(".."),
            Self::Missing => f.write_str("-"),
            Self::NotApplicable => f.write_str("."),
        }
    }
}

/// A row of counts with its total, small groups hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRow {
    /// The cells, in the order given.
    pub cells: Vec<Shown>,
    /// Their total.
    pub total: Shown,
}

/// A table of counts with totals of rows and columns, small groups hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTable {
    /// The rows with their totals.
    pub rows: Vec<ShownRow>,
    /// The totals of the columns.
    pub column_totals: Vec<Shown>,
    /// The total of everything.
    pub total: Shown,
}

/// Hides the small groups of a row that is published with its total.
///
/// `None` is a cell where the question does not apply. Cells and total from one up to
/// but not including `least` are hidden; then the cheapest further cells (the smallest
/// counts, cells before the total) until every hidden number could be another one. No
/// cells: a missing total.
pub fn hide_row(cells: &[Option<u32>], least: LeastGroup) -> ShownRow {
    let mut grid = Grid::new(&[cells]);
    for column in 0..grid.width {
        let unpublished = grid.cell(1, column);
        grid.hidden[unpublished] = true;
    }
    grid.hide(least, 1);
    grid.row(0, cells)
}

/// Hides the small groups of a table that is published with totals of rows, columns and
/// everything.
///
/// `None` is a cell where the question does not apply; short rows are filled with it.
/// Afterwards no hidden number can be derived: for each of them there is another table of
/// whole numbers, with at least one person in every hidden cell, that has the same
/// published numbers and another number there. Found as cheapest cycles in the network of
/// rows and columns (after Cox, 1980, and Fischetti & Salazar, 1999). No rows: a missing
/// total.
pub fn hide_table(rows: &[Vec<Option<u32>>], least: LeastGroup) -> ShownTable {
    let cells: Vec<&[Option<u32>]> = rows.iter().map(Vec::as_slice).collect();
    let mut grid = Grid::new(&cells);
    grid.hide(least, grid.height);
    let totals = rows.len();
    ShownTable {
        rows: cells
            .iter()
            .enumerate()
            .map(|(row, cells)| grid.row(row, cells))
            .collect(),
        column_totals: (0..grid.width - 1)
            .map(|column| grid.shown(totals, column))
            .collect(),
        total: grid.shown(totals, grid.width - 1),
    }
}

/// Counts with their totals as last row and column.
///
/// Rows and columns are the nodes of a network and cells its arcs: a change of the
/// numbers that keeps every total right is a cycle, where going along an arc raises a
/// cell by one and going against it lowers it.
struct Grid {
    height: usize,
    width: usize,
    values: Vec<u64>,
    hidden: Vec<bool>,
}

impl Grid {
    fn new(rows: &[&[Option<u32>]]) -> Self {
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

    const fn cell(&self, row: usize, column: usize) -> usize {
        row * self.width + column
    }

    /// Hides the small groups of the first `rows` rows, and what protects them. Cells
    /// hidden on the way lie on the cycle that is found, so they are protected with it.
    fn hide(&mut self, least: LeastGroup, rows: usize) {
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

    fn row(&self, row: usize, cells: &[Option<u32>]) -> ShownRow {
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

    fn shown(&self, row: usize, column: usize) -> Shown {
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
