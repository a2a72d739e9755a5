//! Small groups: what may be shown without showing a person.
//!
//! Distributions and agreement are shown from the least group size only; below it, the
//! agreed level and the class of the group. In a table with totals a hidden number is
//! joined by others until no total gives it away.

mod grid;

use std::fmt;

use self::grid::Grid;

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

/// The size of a group as it may be told. Displayed as `-`, `1–5`, `..` or the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupSize {
    /// No answers.
    Nobody,
    /// A small group: from one to this many.
    UpTo(u8),
    /// One or more, and no more may be told: the class of this group or of one beside it could be worked out.
    Hidden,
    /// A group large enough to be counted.
    Exactly(u32),
}

impl fmt::Display for GroupSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("-"),
            Self::UpTo(most) => write!(f, "1–{most}"),
            Self::Hidden => f.write_str(".."),
            Self::Exactly(answers) => write!(f, "{answers}"),
        }
    }
}

/// How the sizes of groups may be told.
///
/// `hidden` are the groups that must not be counted; the rest are told exactly. The hidden ones are told as a class
/// when all of them belong to it and, where their total is told too, it leaves each of them at least two numbers; else
/// all of them as [`GroupSize::Hidden`], so that total and classes together give nothing away.
pub fn tell_sizes(
    sizes: &[u32],
    hidden: &[bool],
    with_total: bool,
    least: LeastGroup,
) -> Vec<GroupSize> {
    let concealed: Vec<u32> = (sizes.iter().zip(hidden))
        .filter(|(size, hidden)| **hidden && **size > 0)
        .map(|(size, _)| *size)
        .collect();
    let all_small = concealed.iter().all(|&size| !least.permits(size));
    let by_class = all_small && (!with_total || class_leaves_a_choice(&concealed, least));
    (sizes.iter().zip(hidden))
        .map(|(&size, &hidden)| match (size, hidden) {
            (0, _) => GroupSize::Nobody,
            (_, false) => GroupSize::Exactly(size),
            (_, true) if by_class => GroupSize::UpTo(least.get() - 1),
            (_, true) => GroupSize::Hidden,
        })
        .collect()
}

/// Whether small groups that are told as a class beside their total could each be of another size.
fn class_leaves_a_choice(small: &[u32], least: LeastGroup) -> bool {
    let most = u32::from(least.get() - 1);
    let others = u32::try_from(small.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let sum: u32 = small.iter().sum();
    let fewest = sum.saturating_sub(others.saturating_mul(most)).max(1);
    fewest < sum.saturating_sub(others).min(most)
}

/// The sizes of groups that are published with their total, and the total, so that no hidden size can be worked out.
///
/// Small groups are hidden, and with them the smallest of the others until at least two are hidden that are together
/// as many as the least group and could be of other sizes; the total too when it is small itself, or when it leaves hardly more than one person for
/// each of the hidden ones.
pub fn hide_sizes(sizes: &[u32], least: LeastGroup) -> (Vec<GroupSize>, GroupSize) {
    let total: u32 = sizes.iter().sum();
    let mut hidden: Vec<bool> = (sizes.iter()).map(|&size| !least.permits(size)).collect();
    let mut rest: Vec<u32> = (sizes.iter().copied())
        .filter(|&size| size > 0 && !least.permits(size))
        .collect();
    let safe = |rest: &[u32]| {
        let one_is_large = rest.iter().any(|&size| least.permits(size));
        let told = one_is_large || class_leaves_a_choice(rest, least);
        rest.is_empty() || rest.len() >= 2 && least.permits(rest.iter().sum()) && told
    };
    while !safe(&rest) {
        let next = (0..sizes.len())
            .filter(|&group| !hidden[group])
            .min_by_key(|&group| sizes[group]);
        let Some(next) = next else { break };
        hidden[next] = true;
        rest.push(sizes[next]);
    }
    let hardly_more = rest.len() > 1 && rest.iter().sum::<u32>() as usize <= rest.len() + 1;
    let shown = if hardly_more {
        GroupSize::Hidden
    } else {
        least.class(total)
    };
    let with_total = matches!(shown, GroupSize::Exactly(_));
    (tell_sizes(sizes, &hidden, with_total, least), shown)
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
    grid.publish_no_column_totals();
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
