//! How municipalities take part: in the series as a whole (`mapping_member`) and step by step (`participation`).

use domain::{
    ids::{AccountId, MappingId},
    mapping::Participation,
    municipality::Municipality,
    participation::{Entry, Step},
    text::swedish_order,
};

use crate::{
    Store, StoreError,
    audit::put_act,
    database::{Tx, row, rows, run},
    row::{choice, day, municipality, municipality_code, text},
};

/// What is to be noted of how a municipality takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Where.
    pub mapping: MappingId,
    /// Which municipality.
    pub municipality: Municipality,
    /// Which step; none for the series as a whole.
    pub step: Option<Step>,
    /// What stood there when whoever notes it looked.
    pub seen: Option<Entry>,
    /// What is to stand there; none takes away what stands, which only a step allows.
    pub new: Option<Entry>,
}

/// What came of a [`Statement`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// It is noted, and who did so is in the audit log.
    Noted,
    /// It stood there already.
    Already,
    /// Somebody else noted something in between, and nothing was changed: this stands there.
    ChangedSince(Option<Entry>),
}

/// Municipality, step (empty for the series as a whole), grade, since (may be empty), source and note.
type EntryRow = (i16, String, String, String, String, String);

fn read((code, step, grade, since, source, note): EntryRow) -> Result<Entry, StoreError> {
    Ok(Entry {
        municipality: municipality(code)?,
        step: (!step.is_empty())
            .then(|| choice(&step, Step::from_code))
            .transpose()?,
        grade: choice(&grade, Participation::from_code)?,
        since: (!since.is_empty()).then(|| day(&since)).transpose()?,
        source: text(source)?,
        note: text(note)?,
    })
}

impl Store {
    /// All that is noted of how a mapping's municipalities take part, in Swedish order, the series as a whole before
    /// its steps. Every municipality has an entry for the whole.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn participation(&self, mapping: MappingId) -> Result<Vec<Entry>, StoreError> {
        let mut entries = rows!(
            EntryRow,
            self.db,
            "SELECT municipality, '', participation, since, source, note FROM mapping_member
             WHERE mapping = $1
             UNION ALL
             SELECT municipality, step, grade, since, source, note FROM participation
             WHERE mapping = $1 AND municipality IN
                 (SELECT municipality FROM mapping_member WHERE mapping = $1)",
            mapping.uuid(),
        )?
        .into_iter()
        .map(read)
        .collect::<Result<Vec<_>, _>>()?;
        entries.sort_by(|a, b| {
            swedish_order(a.municipality.name(), b.municipality.name())
                .then_with(|| a.step.cmp(&b.step))
        });
        Ok(entries)
    }

    /// Notes how a municipality takes part, unless somebody else has noted something since it was `seen`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the mapping has no such municipality, or when the grade of the whole would go.
    pub async fn state_participation(
        &self,
        statement: Statement,
        by: Option<AccountId>,
        at: i64,
    ) -> Result<Stated, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let Statement {
                        mapping,
                        municipality,
                        step,
                        seen,
                        new,
                    } = statement;
                    let current = hold(tx, mapping, municipality, step).await?;
                    if current == new {
                        return Ok(Stated::Already);
                    }
                    if current != seen {
                        return Ok(Stated::ChangedSince(current));
                    }
                    match new {
                        Some(entry) => put(tx, mapping, &entry, current.as_ref(), by, at).await?,
                        None => take_away(tx, mapping, municipality, step, by, at).await?,
                    }
                    Ok(Stated::Noted)
                })
            })
            .await
    }

    /// Notes several entries over whatever stands there, all of them or none; gives the number of those that changed.
    /// Each is in the audit log.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the mapping lacks one of the municipalities.
    pub async fn put_participation(
        &self,
        mapping: MappingId,
        entries: Vec<Entry>,
        by: Option<AccountId>,
        at: i64,
    ) -> Result<usize, StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let mut changed = 0;
                    for entry in entries {
                        let current = hold(tx, mapping, entry.municipality, entry.step).await?;
                        if current.as_ref() != Some(&entry) {
                            put(tx, mapping, &entry, current.as_ref(), by, at).await?;
                            changed += 1;
                        }
                    }
                    Ok(changed)
                })
            })
            .await
    }
}

/// What stands there, held until the transaction ends, so that two who note at once come after one another.
async fn hold(
    tx: &mut Tx,
    mapping: MappingId,
    whose: Municipality,
    step: Option<Step>,
) -> Result<Option<Entry>, StoreError> {
    let overall = row!(
        EntryRow,
        tx,
        "UPDATE mapping_member SET note = note WHERE mapping = $1 AND municipality = $2
         RETURNING municipality, '', participation, since, source, note",
        mapping.uuid(),
        municipality_code(whose),
    )?
    .ok_or(StoreError::NotFound)?;
    let found = match step {
        None => Some(overall),
        Some(step) => row!(
            EntryRow,
            tx,
            "SELECT municipality, step, grade, since, source, note FROM participation
             WHERE mapping = $1 AND municipality = $2 AND step = $3",
            mapping.uuid(),
            municipality_code(whose),
            step.code(),
        )?,
    };
    found.map(read).transpose()
}

async fn put(
    tx: &mut Tx,
    mapping: MappingId,
    entry: &Entry,
    before: Option<&Entry>,
    by: Option<AccountId>,
    at: i64,
) -> Result<(), StoreError> {
    let since = (entry.since).map_or_else(String::new, |day| day.to_string());
    match entry.step {
        None => run!(
            tx,
            "UPDATE mapping_member SET participation = $3, since = $4, source = $5, note = $6
             WHERE mapping = $1 AND municipality = $2",
            mapping.uuid(),
            municipality_code(entry.municipality),
            entry.grade.code(),
            since.as_str(),
            entry.source.as_str(),
            entry.note.as_str(),
        )?,
        Some(step) => run!(
            tx,
            "INSERT INTO participation (mapping, municipality, step, grade, since, source, note)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (mapping, municipality, step) DO UPDATE SET
                 grade = excluded.grade, since = excluded.since, source = excluded.source,
                 note = excluded.note",
            mapping.uuid(),
            municipality_code(entry.municipality),
            step.code(),
            entry.grade.code(),
            since.as_str(),
            entry.source.as_str(),
            entry.note.as_str(),
        )?,
    };
    let before = before.map_or("–", |entry| entry.grade.code());
    let detail = detail(entry.municipality, entry.step, before, entry.grade.code());
    put_act(tx, at, by, Some(mapping), "participation.set", &detail).await
}

async fn take_away(
    tx: &mut Tx,
    mapping: MappingId,
    whose: Municipality,
    step: Option<Step>,
    by: Option<AccountId>,
    at: i64,
) -> Result<(), StoreError> {
    let step = step.ok_or(StoreError::NotFound)?;
    run!(
        tx,
        "DELETE FROM participation WHERE mapping = $1 AND municipality = $2 AND step = $3",
        mapping.uuid(),
        municipality_code(whose),
        step.code(),
    )?;
    let detail = detail(whose, Some(step), "…", "–");
    put_act(tx, at, by, Some(mapping), "participation.set", &detail).await
}

/// What the audit log says: who and where, from what to what; never the free texts, which may name people.
fn detail(whose: Municipality, step: Option<Step>, before: &str, after: &str) -> String {
    let step = step.map_or("serien", Step::code);
    format!("{whose} {step}: {before} → {after}")
}
