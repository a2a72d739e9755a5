//! How much processor time a program has used, where the system tells (Linux): unlike the time on the clock it does not
//! grow when the machine does other things too.

use std::{fs, path::PathBuf, time::Duration};

/// The processor time that all threads of this program have used.
pub(crate) fn own() -> Option<Duration> {
    used("/proc/self/task".into())
}

/// The processor time that all threads of another program have used.
pub(crate) fn of(process: u32) -> Option<Duration> {
    used(format!("/proc/{process}/task").into())
}

/// The processor time that another program has used since it began, in whole hundredths of a second; threads that have
/// ended are in it, which they are not in [`of`].
pub(crate) fn whole(process: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in parentheses and may hold anything; time in the program and in the system come 12th and 13th
    // after it, in hundredths on every Linux.
    let (_, rest) = stat.rsplit_once(')')?;
    let hundredths: u64 = (rest.split_whitespace().skip(11).take(2))
        .map(|ticks| ticks.parse::<u64>().ok())
        .sum::<Option<u64>>()?;
    Some(Duration::from_millis(hundredths * 10))
}

fn used(threads: PathBuf) -> Option<Duration> {
    let mut nanoseconds = 0;
    for thread in fs::read_dir(threads).ok()? {
        let spent = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += spent.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(nanoseconds))
}

/// The mean number of programs that wanted to run in the last minute, if that is more than half of the processors.
pub(crate) fn busy() -> Option<f64> {
    let load = fs::read_to_string("/proc/loadavg").ok()?;
    let load: f64 = load.split(' ').next()?.parse().ok()?;
    let processors = std::thread::available_parallelism().ok()?;
    let processors = f64::from(u32::try_from(processors.get()).ok()?);
    (load > processors / 2.0).then_some(load)
}

/// What was used between two readings for each of so many runs, as words for a note.
pub(crate) fn each(before: Option<Duration>, after: Option<Duration>, runs: usize) -> String {
    let used = before.zip(after).and_then(|(before, after)| {
        let runs = u32::try_from(runs).ok().filter(|runs| *runs > 0)?;
        Some(after.saturating_sub(before) / runs)
    });
    used.map_or_else(String::new, |used| {
        format!("processor time {:.2} ms each", used.as_secs_f64() * 1000.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_uses_processor_time_where_the_system_tells() {
        let before = own();
        let sum = (0..20_000_000_u64).fold(0, |sum, number| std::hint::black_box(sum ^ number));
        std::hint::black_box(sum);
        if let (Some(before), Some(after)) = (before, own()) {
            assert!(after > before);
        }
    }

    #[test]
    fn threads_that_have_ended_are_counted_in_the_whole() {
        let before = whole(std::process::id());
        let work = || (0..20_000_000_u64).fold(0, |sum, number| std::hint::black_box(sum ^ number));
        std::thread::spawn(work).join().expect("it adds numbers");
        if let (Some(before), Some(after)) = (before, whole(std::process::id())) {
            assert!(after > before);
        }
    }

    #[test]
    fn what_is_used_is_shared_by_the_runs() {
        let at = |millis| Some(Duration::from_millis(millis));
        assert_eq!(each(at(10), at(40), 3), "processor time 10.00 ms each");
        assert_eq!(each(None, at(40), 3), "");
        assert_eq!(each(at(10), at(40), 0), "");
    }
}
