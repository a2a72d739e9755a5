//! A reader that gives up before a packed file grows out of hand.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

/// How much may still be read: of the archive, and of the row that is being read.
#[derive(Clone)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
    row: Rc<Cell<u64>>,
}

/// The most that an archive's tables may hold unpacked, together.
const UNPACKED_LIMIT: u64 = 64 * 1024 * 1024;
/// The most that one row may hold; the largest are sealed sheets.
const ROW_LIMIT: u64 = 8 * 1024 * 1024;

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            left: Rc::new(Cell::new(UNPACKED_LIMIT)),
            row: Rc::new(Cell::new(ROW_LIMIT)),
        }
    }

    /// A row has been read; the next begins.
    pub(super) fn next_row(&self) {
        self.row.set(ROW_LIMIT);
    }

    /// Whether more was asked for than there may be.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0 || self.row.get() == 0
    }
}

/// Reads within a budget.
pub(super) struct Bounded<R> {
    pub(super) inner: R,
    pub(super) budget: Budget,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        let take = |cell: &Cell<u64>| {
            let left = cell.get().saturating_sub(read as u64);
            cell.set(left);
            left
        };
        let (left, row) = (take(&self.budget.left), take(&self.budget.row));
        if left == 0 || row == 0 {
            return Err(io::Error::other("more than an archive may hold"));
        }
        Ok(read)
    }
}
