//! Files that take a while to make: a few at a time, with progress, and stopped when nobody wants them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use domain::ids::MappingId;
use report::{Fault, Flow, Progress, Report};
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

/// How many files are made at the same time; setting a PDF takes memory.
const AT_ONCE: usize = 2;
/// How many files are kept, and asked for, of one mapping, and in all. Those of an example, which everyone may ask for,
/// push nobody else's out.
const KEPT: usize = 8;
const KEPT_IN_ALL: usize = 64;
/// How long a finished file is kept.
const FOR: Duration = Duration::from_mins(10);

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A tagged PDF.
    #[cfg(feature = "pdf")]
    Pdf,
    /// Slides.
    Pptx,
    /// A workbook.
    Xlsx,
    /// Data.
    Json,
}

impl Format {
    /// Every format, in the order a form shows them.
    pub(crate) const ALL: &'static [Self] = &[
        #[cfg(feature = "pdf")]
        Self::Pdf,
        Self::Pptx,
        Self::Xlsx,
        Self::Json,
    ];

    /// Its ending, which is its code in forms too.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// Its media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf => "application/pdf",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }

    fn write(self, report: &Report, step: &mut report::Step<'_>) -> Result<Vec<u8>, Fault> {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf => pdf::pdf(report, step),
            Self::Pptx => report::pptx(report, step),
            Self::Xlsx => report::xlsx(report, step),
            Self::Json => Ok(report::report_json(report).into_bytes()),
        }
    }
}

/// A job's name: random, so that only the one who asked for a file knows where it is.
pub(crate) type JobId = Uuid;

/// How far a job has come.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// It waits for its turn.
    Waiting,
    /// It is being written.
    Working(Progress),
    /// The file.
    Ready(Arc<Vec<u8>>),
    /// It could not be written; why is in the log.
    Failed,
}

impl Outcome {
    /// Whether it will change no more.
    pub(crate) const fn is_final(&self) -> bool {
        matches!(self, Self::Ready(_) | Self::Failed)
    }
}

/// A file that has been asked for.
#[derive(Clone)]
pub(crate) struct Job {
    /// Of which mapping.
    pub(crate) mapping: MappingId,
    /// As what.
    pub(crate) format: Format,
    /// How far it has come. The job ends when nobody holds its other end any more.
    pub(crate) outcome: watch::Receiver<Outcome>,
    asked: Instant,
}

/// All jobs of this server. They live in memory: a file can always be made again.
pub(crate) struct Jobs {
    jobs: Mutex<HashMap<JobId, Job>>,
    turns: Arc<Semaphore>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self {
            jobs: Mutex::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Jobs {
    /// Begins to write a report, which `content` makes; the oldest files go when there are too many.
    pub(crate) fn begin(
        &self,
        mapping: MappingId,
        format: Format,
        content: impl FnOnce() -> Report + Send + 'static,
    ) -> JobId {
        let (tell, outcome) = watch::channel(Outcome::Waiting);
        let id = JobId::from_bytes(crate::state::random_bytes());
        let job = Job {
            mapping,
            format,
            outcome,
            asked: Instant::now(),
        };
        self.keep(id, job);
        let turns = Arc::clone(&self.turns);
        tokio::spawn(async move {
            let turn = tokio::select! {
                turn = turns.acquire_owned() => turn,
                () = tell.closed() => return,
            };
            let Ok(turn) = turn else { return };
            let written = tokio::task::spawn_blocking(move || {
                let mut step = |progress| {
                    // Nobody listens: it has been cancelled.
                    match tell.send(Outcome::Working(progress)) {
                        Ok(()) => Flow::Continue,
                        Err(_) => Flow::Cancel,
                    }
                };
                let outcome = match format.write(&content(), &mut step) {
                    Ok(file) => Outcome::Ready(Arc::new(file)),
                    Err(Fault::Cancelled) => return,
                    Err(fault) => {
                        tracing::error!(%fault, format = format.ending(), "a report could not be written");
                        Outcome::Failed
                    }
                };
                tell.send(outcome).ok();
            })
            .await;
            drop(turn);
            if let Err(error) = written {
                tracing::error!(%error, "a report could not be written");
            }
        });
        id
    }

    fn keep(&self, id: JobId, job: Job) {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.retain(|_, job| job.asked.elapsed() < FOR || !job.outcome.borrow().is_final());
        // What is finished goes before what somebody waits for, and the oldest first.
        let goes_first = |mapping: Option<MappingId>, jobs: &HashMap<JobId, Job>| {
            (jobs.iter())
                .filter(|(_, job)| mapping.is_none_or(|mapping| job.mapping == mapping))
                .min_by_key(|(_, job)| (!job.outcome.borrow().is_final(), job.asked))
                .map(|(id, _)| *id)
        };
        let same = jobs.values().filter(|known| known.mapping == job.mapping);
        if same.count() >= KEPT
            && let Some(first) = goes_first(Some(job.mapping), &jobs)
        {
            jobs.remove(&first);
        }
        if jobs.len() >= KEPT_IN_ALL
            && let Some(first) = goes_first(None, &jobs)
        {
            jobs.remove(&first);
        }
        jobs.insert(id, job);
    }

    /// A job of this mapping.
    pub(crate) fn get(&self, mapping: MappingId, id: JobId) -> Option<Job> {
        (self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
            .get(&id)
            .filter(|job| job.mapping == mapping)
            .cloned()
    }

    /// Takes a job away: what is being written stops at its next step. Whether there was one.
    pub(crate) fn cancel(&self, mapping: MappingId, id: JobId) -> bool {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let known = jobs.get(&id).is_some_and(|job| job.mapping == mapping);
        if known {
            jobs.remove(&id);
        }
        known
    }
}

impl Job {
    /// How far it has come, after waiting for its end for so long at most. A job that ended without an outcome (a
    /// fault of the program) has failed.
    pub(crate) async fn wait(mut self, patience: Duration) -> Outcome {
        let ended = tokio::time::timeout(patience, self.outcome.wait_for(Outcome::is_final)).await;
        let broken = matches!(ended, Ok(Err(_)));
        drop(ended);
        let outcome = self.outcome.borrow().clone();
        if broken && !outcome.is_final() {
            Outcome::Failed
        } else {
            outcome
        }
    }
}
