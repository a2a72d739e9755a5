//! The table that is printed.

use std::{fmt, time::Duration};

use crate::samples::Samples;

/// What was measured, line by line.
#[derive(Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
    kept: usize,
    missed: usize,
}

enum Line {
    Heading(String),
    Note(String),
    Row {
        what: String,
        samples: Samples,
        goal: Option<Duration>,
    },
}

impl Report {
    /// Begins a part.
    pub(crate) fn heading(&mut self, text: impl Into<String>) {
        self.lines.push(Line::Heading(text.into()));
    }

    /// Says something beside the figures.
    pub(crate) fn note(&mut self, text: impl Into<String>) {
        self.lines.push(Line::Note(text.into()));
    }

    /// Says more about the figures above; what is empty is left out.
    pub(crate) fn details(&mut self, details: &[String]) {
        let said: Vec<_> = (details.iter().map(String::as_str))
            .filter(|said| !said.is_empty())
            .collect();
        if !said.is_empty() {
            self.note(format!("    {}", said.join(", ")));
        }
    }

    /// Adds times.
    pub(crate) fn row(&mut self, what: impl Into<String>, samples: Samples) {
        self.push(what.into(), samples, None);
    }

    /// Adds times that have a goal: it is kept when 95 in a hundred are within it.
    pub(crate) fn row_with_goal(
        &mut self,
        what: impl Into<String>,
        samples: Samples,
        goal: Duration,
    ) {
        if samples.at(95) <= goal {
            self.kept += 1;
        } else {
            self.missed += 1;
        }
        self.push(what.into(), samples, Some(goal));
    }

    fn push(&mut self, what: String, samples: Samples, goal: Option<Duration>) {
        self.lines.push(Line::Row {
            what,
            samples,
            goal,
        });
    }

    /// Says whether a goal was kept that is no time.
    pub(crate) fn goal(&mut self, what: &str, found: &str, kept: bool) {
        let verdict = if kept {
            self.kept += 1;
            "kept"
        } else {
            self.missed += 1;
            "MISSED"
        };
        self.note(format!("{what:46} {found}  {verdict}"));
    }

    /// Says that something could not be measured although it has a goal.
    pub(crate) fn missed(&mut self, text: impl Into<String>) {
        self.missed += 1;
        self.note(text);
    }

    /// Whether every goal was kept.
    pub(crate) fn all_kept(&self) -> bool {
        self.missed == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            match line {
                Line::Heading(text) => {
                    writeln!(f, "\n{text}")?;
                    writeln!(
                        f,
                        "  {:46} {:>5} {:>10} {:>10} {:>10} {:>10}  goal (p95)",
                        "ms", "runs", "min", "median", "p95", "max"
                    )?;
                }
                Line::Note(text) => writeln!(f, "  {text}")?,
                Line::Row {
                    what,
                    samples,
                    goal,
                } => {
                    write!(f, "  {what:46} {:>5}", samples.count())?;
                    for percent in [0, 50, 95, 100] {
                        write!(f, " {:>10}", millis(samples.at(percent)))?;
                    }
                    match goal {
                        None => writeln!(f)?,
                        Some(goal) => {
                            let kept = if samples.at(95) <= *goal {
                                "kept"
                            } else {
                                "MISSED"
                            };
                            writeln!(f, "  {} {kept}", millis(*goal))?;
                        }
                    }
                }
            }
        }
        writeln!(f, "\n{} goals kept, {} missed", self.kept, self.missed)
    }
}

fn millis(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_missed_by_a_time_above_it_and_by_no_time_at_all() {
        let mut report = Report::default();
        let goal = Duration::from_millis(30);
        report.row_with_goal("page", Samples::one(Duration::from_millis(30)), goal);
        assert!(report.all_kept());
        assert!(report.to_string().contains("30.00 kept"));
        report.row_with_goal("page", Samples::one(Duration::from_millis(31)), goal);
        assert!(!report.all_kept());
        report.missed("no page");
        report.goal("no loss", "1 lost", false);
        report.goal("memory", "12 kB", true);
        assert!(report.to_string().contains("1 lost  MISSED\n"));
        assert!(report.to_string().ends_with("\n2 goals kept, 3 missed\n"));
    }
}
