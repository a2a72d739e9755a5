//! Answering: drafts as one goes, submitting, and those who submit at the same time stored together.

use std::{
    mem, slice,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{ids::ParticipantId, survey::form::Ratings};
use tokio::sync::oneshot;

use crate::{Store, StoreError, answer::store_answer, database::Either, sealed::RecoveryCode};

/// At most so many people's answers are stored in one transaction: the first of them must not wait for long.
const TOGETHER: usize = 64;
/// How long the database's own log may show in which order confidential answers came.
const SETTLE: Duration = Duration::from_mins(1);

/// What a person answers.
#[derive(Clone, Debug)]
pub struct AnswerForm {
    /// Who.
    pub participant: ParticipantId,
    /// The code of their sheet, in a confidential round; not looked at in others.
    pub code: Option<RecoveryCode>,
    /// What they say, beside what they have said before; an empty rating takes the one there is away. Whether the
    /// capabilities belong to the round's version is the caller's to know.
    pub ratings: Ratings,
    /// Whether they submit all they have answered, or save it as a draft.
    pub submit: bool,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// What came of answering. Only [`AnswerOutcome::Saved`] and [`AnswerOutcome::Submitted`] changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerOutcome {
    /// It is stored. A sheet that was submitted before stays so, with these answers.
    Saved,
    /// It is stored and submitted, just now or before.
    Submitted,
    /// The round takes no answers any more.
    RoundClosed,
    /// The person has been taken out of the round.
    Removed,
    /// One of the answers is for a municipality that the person does not answer for.
    ForeignMunicipality,
    /// The round is confidential: there is no code, or the person has submitted under another one.
    CodeNeeded,
}

/// What came of saving answers. Unless it is [`SaveOutcome::Saved`], nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    /// They are stored.
    Saved,
    /// The round takes no answers any more.
    RoundClosed,
    /// The person has been taken out of the round.
    Removed,
    /// One of the answers is for a municipality that the person does not answer for.
    ForeignMunicipality,
    /// The round is confidential, and answers are stored with a code only.
    CodeNeeded,
}

/// What came of submitting. A submitted sheet may be changed, and stays submitted, until the round closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// It is submitted.
    Submitted,
    /// It was already.
    AlreadySubmitted {
        /// When, in milliseconds since 1970 UTC.
        at: i64,
    },
    /// The round takes no answers any more.
    RoundClosed,
    /// The person has been taken out of the round.
    Removed,
    /// The round is confidential, and answers are submitted with a code only.
    CodeNeeded,
}

/// Those who wait for their answers to be stored; shared by all clones of a store.
#[derive(Clone, Default)]
pub(crate) struct Answers(Arc<Queue>);

#[derive(Default)]
struct Queue {
    waiting: Mutex<Vec<Waiting>>,
    /// Held by whoever stores.
    turn: tokio::sync::Mutex<()>,
    /// Whether the database's own log is to be emptied soon.
    settling: AtomicBool,
}

struct Waiting {
    form: AnswerForm,
    answer: oneshot::Sender<Result<Stored, StoreError>>,
}

/// What was done for one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stored {
    pub(crate) outcome: AnswerOutcome,
    /// When they had submitted before this.
    pub(crate) before: Option<i64>,
    /// Whether something confidential was counted.
    pub(crate) confidential: bool,
}

impl Answers {
    /// Whether this is the only one that waits: then somebody must take a turn.
    fn enqueue(&self, waiting: Waiting) -> bool {
        let mut queue = (self.0.waiting.lock()).unwrap_or_else(PoisonError::into_inner);
        queue.push(waiting);
        queue.len() == 1
    }

    /// Those who have waited longest.
    fn take(&self) -> Vec<Waiting> {
        let mut queue = (self.0.waiting.lock()).unwrap_or_else(PoisonError::into_inner);
        let first = queue.len().min(TOGETHER);
        let later = queue.split_off(first);
        mem::replace(&mut *queue, later)
    }
}

impl Store {
    /// Stores what a person answers, and submits it if the form says so; answers once it is committed. In the same
    /// transaction a letter of thanks is laid in the queue, at the first submit of one who has an address.
    ///
    /// Forms that come while others are being stored share the next transaction. A caller that goes away does not stop
    /// it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn answer(&self, form: AnswerForm) -> Result<AnswerOutcome, StoreError> {
        self.stored(form).await.map(|stored| stored.outcome)
    }

    /// Stores these ratings of a named round beside those there are; an empty one takes the one there is away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn save_draft(
        &self,
        participant: ParticipantId,
        ratings: &[(
            (domain::ids::CapabilityId, domain::survey::Scope),
            domain::survey::Rating,
        )],
        at: i64,
    ) -> Result<SaveOutcome, StoreError> {
        let form = AnswerForm {
            participant,
            code: None,
            ratings: ratings.to_vec(),
            submit: false,
            at,
        };
        Ok(match self.stored(form).await?.outcome {
            AnswerOutcome::Saved | AnswerOutcome::Submitted => SaveOutcome::Saved,
            AnswerOutcome::RoundClosed => SaveOutcome::RoundClosed,
            AnswerOutcome::Removed => SaveOutcome::Removed,
            AnswerOutcome::ForeignMunicipality => SaveOutcome::ForeignMunicipality,
            AnswerOutcome::CodeNeeded => SaveOutcome::CodeNeeded,
        })
    }

    /// Submits what a person has answered in a named round.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such participant.
    pub async fn submit(
        &self,
        participant: ParticipantId,
        at: i64,
    ) -> Result<SubmitOutcome, StoreError> {
        let form = AnswerForm {
            participant,
            code: None,
            ratings: Ratings::new(),
            submit: true,
            at,
        };
        let stored = self.stored(form).await?;
        Ok(match (stored.outcome, stored.before) {
            (AnswerOutcome::RoundClosed, _) => SubmitOutcome::RoundClosed,
            (AnswerOutcome::Removed, _) => SubmitOutcome::Removed,
            (AnswerOutcome::CodeNeeded, _) => SubmitOutcome::CodeNeeded,
            (_, Some(at)) => SubmitOutcome::AlreadySubmitted { at },
            (_, None) => SubmitOutcome::Submitted,
        })
    }

    async fn stored(&self, form: AnswerForm) -> Result<Stored, StoreError> {
        let (answer, answered) = oneshot::channel();
        // Whoever comes into an empty queue takes a turn for all. In a task of its own, for the others' answers must
        // not depend on whether this caller stays.
        if self.answers.enqueue(Waiting { form, answer }) {
            let store = self.clone();
            tokio::spawn(async move { store.take_turn().await });
        }
        // Only a defect, or the end of the program, leaves a form without an answer.
        (answered.await).unwrap_or_else(|_| Err(StoreError::Database(sqlx::Error::WorkerCrashed)))
    }

    async fn take_turn(&self) {
        let _turn = self.answers.0.turn.lock().await;
        loop {
            let waiting = self.answers.take();
            if waiting.is_empty() {
                return;
            }
            let (forms, answers): (Vec<_>, Vec<_>) = (waiting.into_iter())
                .map(|waiting| (waiting.form, waiting.answer))
                .unzip();
            let stored = match self.store_forms(&forms).await {
                // One of them must not take the others with it.
                Err(_) if forms.len() > 1 => {
                    let mut each = Vec::with_capacity(forms.len());
                    for form in &forms {
                        let alone = self.store_forms(slice::from_ref(form)).await;
                        each.push(
                            alone
                                .and_then(|mut one| one.pop().unwrap_or(Err(StoreError::NotFound))),
                        );
                    }
                    each
                }
                Ok(stored) => stored,
                Err(error) => vec![Err(error)],
            };
            if (stored.iter().flatten()).any(|stored| stored.confidential) {
                self.settle_soon();
            }
            for (answer, stored) in answers.into_iter().zip(stored) {
                // Those who have gone away hear nothing.
                let _ = answer.send(stored);
            }
        }
    }

    /// Stores forms in one transaction, each by itself: one that is refused has changed nothing.
    async fn store_forms(
        &self,
        forms: &[AnswerForm],
    ) -> Result<Vec<Result<Stored, StoreError>>, StoreError> {
        // In order of people, so that two servers on the same database never wait for each other in a ring.
        let mut order: Vec<usize> = (0..forms.len()).collect();
        order.sort_by_key(|index| forms[*index].participant);
        let sorted: Vec<AnswerForm> = order.iter().map(|index| forms[*index].clone()).collect();
        let done = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let mut done = Vec::with_capacity(sorted.len());
                    for form in &sorted {
                        done.push(match store_answer(tx, form).await {
                            Err(StoreError::NotFound) => Err(StoreError::NotFound),
                            stored => Ok(stored?),
                        });
                    }
                    Ok::<_, StoreError>(done)
                })
            })
            .await?;
        let mut placed: Vec<_> = order.into_iter().zip(done).collect();
        placed.sort_by_key(|(index, _)| *index);
        Ok(placed.into_iter().map(|(_, stored)| stored).collect())
    }

    /// Empties SQLite's own log before long: it holds the order in which answers came.
    fn settle_soon(&self) {
        if matches!(self.db, Either::Postgres(_))
            || self.answers.0.settling.swap(true, Ordering::Relaxed)
        {
            return;
        }
        let store = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(SETTLE).await;
            store.answers.0.settling.store(false, Ordering::Relaxed);
            if let Err(error) = store.settle().await {
                tracing::warn!(%error, "the database's log could not be emptied; it is tried again after the next answer");
            }
        });
    }

    /// Empties SQLite's own log.
    async fn settle(&self) -> Result<(), StoreError> {
        if let Either::Sqlite(pools) = &self.db {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(&pools.writer)
                .await?;
        }
        Ok(())
    }

    /// Takes away the traces of the order in which confidential answers came, when a round is closed: SQLite writes the
    /// whole file anew, in the order of keys that tell nothing, and empties its own log.
    ///
    /// # Errors
    /// [`StoreError::Database`] when there is no room for a second copy; the answers stand as they did.
    pub(crate) async fn forget_order(&self) -> Result<(), StoreError> {
        if let Either::Sqlite(pools) = &self.db {
            sqlx::query("VACUUM").execute(&pools.writer).await?;
        }
        self.settle().await
    }
}
