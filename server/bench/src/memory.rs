//! How much memory this process takes, where the system tells (Linux).

use std::fs;

/// Begins to watch: the memory taken now, in kB.
pub(crate) fn now() -> Option<u64> {
    // Sets the high-water mark to what is taken now.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    status("self", "VmRSS:")
}

/// The memory that another program takes now, in kB.
pub(crate) fn of(process: u32) -> Option<u64> {
    status(&process.to_string(), "VmRSS:")
}

/// The most memory taken since then beyond what was taken then, as words for a note.
pub(crate) fn most_taken_since(then: Option<u64>) -> String {
    mebibytes_since(then).map_or_else(String::new, |most| format!("at most {most} MiB more taken"))
}

fn mebibytes_since(then: Option<u64>) -> Option<u64> {
    Some(
        status("self", "VmHWM:")?
            .saturating_sub(then?)
            .div_ceil(1024),
    )
}

fn status(process: &str, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allocated_is_seen_where_the_system_tells() {
        let then = now();
        let length = std::hint::black_box(vec![1_u8; 64 << 20]).len();
        let taken = mebibytes_since(then);
        assert_eq!(length, 64 << 20);
        assert!(taken.is_none_or(|taken| taken >= 60), "{taken:?}");
    }
}
