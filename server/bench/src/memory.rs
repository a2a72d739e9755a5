//! How much memory this process takes, where the system tells (Linux).

use std::fs;

/// The most memory that was taken while the work was done, beyond what was taken before it, in MiB.
pub(crate) fn while_doing<T>(work: impl FnOnce() -> T) -> (T, Option<u64>) {
    let before = start();
    let done = work();
    (done, before.and_then(taken_since))
}

/// Begins to watch: the memory taken now, in kB.
pub(crate) fn start() -> Option<u64> {
    // Sets the high-water mark to what is taken now.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

/// The most memory taken since, beyond what was taken then, in MiB.
pub(crate) fn taken_since(before: u64) -> Option<u64> {
    Some(status("VmHWM:")?.saturating_sub(before).div_ceil(1024))
}

fn status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allocated_is_seen_where_the_system_tells() {
        let (length, taken) = while_doing(|| std::hint::black_box(vec![1_u8; 64 << 20]).len());
        assert_eq!(length, 64 << 20);
        assert!(taken.is_none_or(|taken| taken >= 60), "{taken:?}");
    }
}
