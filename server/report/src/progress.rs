//! How far a writer has come, and whether it is to go on.

/// How far a writer has come: after `done` of `of` parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Parts that are finished, from 1.
    pub done: usize,
    /// All parts, at least `done`.
    pub of: usize,
}

/// What the one who waits for a file answers when told how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Stop: nobody wants the file any more.
    Cancel,
}

/// Told after every part of a file; its answer decides whether the writer goes on.
pub type Step<'s> = dyn FnMut(Progress) -> Flow + 's;

/// Why a report, or one of its parts, has not become a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A [`Step`] answered [`Flow::Cancel`].
    #[error("cancelled")]
    Cancelled,
    /// The writer failed, and says what it failed at; for the log, not for people.
    #[error("cannot be written: {0}")]
    Failed(String),
}

impl Fault {
    /// A failure for the reason that another library gives.
    pub fn because(reason: impl std::fmt::Display) -> Self {
        Self::Failed(reason.to_string())
    }
}

/// A [`Step`] for those who do not want to know how far it has come.
pub fn unwatched(_: Progress) -> Flow {
    Flow::Continue
}

/// The parts of a file, counted as they are finished.
pub struct Parts<'p, 's> {
    step: &'p mut Step<'s>,
    done: usize,
    of: usize,
}

impl<'p, 's> Parts<'p, 's> {
    /// So many parts, none of them finished.
    pub fn new(of: usize, step: &'p mut Step<'s>) -> Self {
        Self { step, done: 0, of }
    }

    /// One more part is finished.
    ///
    /// # Errors
    /// [`Fault::Cancelled`] when the answer is to stop.
    pub fn finished(&mut self) -> Result<(), Fault> {
        self.done += 1;
        self.of = self.of.max(self.done);
        let progress = Progress {
            done: self.done,
            of: self.of,
        };
        match (self.step)(progress) {
            Flow::Continue => Ok(()),
            Flow::Cancel => Err(Fault::Cancelled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_and_end_where_the_answer_is_to_stop() {
        let mut said = Vec::new();
        let mut step = |progress: Progress| {
            said.push((progress.done, progress.of));
            if progress.done == 3 {
                Flow::Cancel
            } else {
                Flow::Continue
            }
        };
        let mut parts = Parts::new(2, &mut step);
        assert_eq!(parts.finished(), Ok(()));
        assert_eq!(parts.finished(), Ok(()));
        assert_eq!(parts.finished(), Err(Fault::Cancelled));
        assert_eq!(said, [(1, 2), (2, 2), (3, 3)], "never more than all");
    }
}
