//! The report: its content, made once of the same material as the pages, and the jobs that write it as files.

mod behind;
mod content;
mod jobs;
mod own;

pub(crate) use content::{language, report};
pub(crate) use jobs::{Format, JobId, Jobs, Outcome};
