//! Times of the same thing, again and again.

use std::time::{Duration, Instant};

/// Times, shortest first; never empty.
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    /// Times the work so many times, at least once, and gives the last result too.
    ///
    /// # Errors
    /// The work's first error.
    pub(crate) fn of<T, E>(
        times: usize,
        mut work: impl FnMut() -> Result<T, E>,
    ) -> Result<(Self, T), E> {
        let mut once = || {
            let start = Instant::now();
            let done = work()?;
            Ok((start.elapsed(), done))
        };
        let (first, mut done) = once()?;
        let mut all = vec![first];
        for _ in 1..times {
            let (took, again) = once()?;
            all.push(took);
            done = again;
        }
        Ok((Self::all(all), done))
    }

    /// A single time.
    pub(crate) fn one(took: Duration) -> Self {
        Self(vec![took])
    }

    /// Times that were taken elsewhere; at least one.
    pub(crate) fn all(mut times: Vec<Duration>) -> Self {
        assert!(!times.is_empty(), "something was timed");
        times.sort_unstable();
        Self(times)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `percent` in a hundred are not above (nearest rank).
    pub(crate) fn at(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0[rank - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_counted_from_the_shortest_time() {
        let samples = Samples((1..=20).map(Duration::from_millis).collect());
        let at = |percent| samples.at(percent).as_millis();
        assert_eq!([at(0), at(50), at(95), at(100)], [1, 10, 19, 20]);
        assert_eq!(
            Samples::one(Duration::from_secs(1)).at(95),
            Duration::from_secs(1)
        );
    }

    #[test]
    fn work_is_done_as_often_as_asked_and_stops_at_the_first_error() {
        let mut done = 0;
        let mut work = || {
            done += 1;
            if done < 4 { Ok(done) } else { Err("enough") }
        };
        let (samples, last) = Samples::of(3, &mut work).expect("three are allowed");
        assert_eq!((samples.count(), last), (3, 3));
        assert_eq!(Samples::of(3, &mut work).err(), Some("enough"));
    }
}
