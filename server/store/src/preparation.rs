//! What people prepare with: what each municipality has done before, the text to read, and who has read it.

use domain::{
    ids::MappingId,
    participation::{Material, Readiness, Strategy},
    text::swedish_order,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{row, rows, run},
    row::{choice, municipality, municipality_code, number, text},
};

#[derive(sqlx::FromRow)]
struct ReadinessRow {
    municipality: i16,
    strategy: String,
    strategy_link: String,
    tool: String,
    year: Option<i64>,
    tool_link: String,
    note: String,
}

impl Store {
    /// What the municipalities of a mapping have done before, in Swedish order; only those about which something has
    /// been noted, also those that are no longer members.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn readiness(&self, mapping: MappingId) -> Result<Vec<Readiness>, StoreError> {
        let found = rows!(
            ReadinessRow,
            self.db,
            "SELECT municipality, strategy, strategy_link, tool, year, tool_link, note FROM readiness
             WHERE mapping = $1",
            mapping.uuid(),
        )?;
        let mut list = (found.into_iter())
            .map(|row| {
                Ok(Readiness {
                    municipality: municipality(row.municipality)?,
                    strategy: choice(&row.strategy, Strategy::from_code)?,
                    strategy_link: text(row.strategy_link)?,
                    tool: text(row.tool)?,
                    year: row.year.map(number).transpose()?,
                    tool_link: text(row.tool_link)?,
                    note: text(row.note)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        list.sort_by(|a, b| swedish_order(a.municipality.name(), b.municipality.name()));
        Ok(list)
    }

    /// Notes what a municipality has done before, in the place of what was noted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn set_readiness(
        &self,
        mapping: MappingId,
        readiness: &Readiness,
    ) -> Result<(), StoreError> {
        let readiness = readiness.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO readiness
                             (mapping, municipality, strategy, strategy_link, tool, year, tool_link, note)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                         ON CONFLICT (mapping, municipality) DO UPDATE SET
                             strategy = excluded.strategy, strategy_link = excluded.strategy_link,
                             tool = excluded.tool, year = excluded.year, tool_link = excluded.tool_link,
                             note = excluded.note",
                        mapping.uuid(),
                        municipality_code(readiness.municipality),
                        readiness.strategy.code(),
                        readiness.strategy_link.as_str(),
                        readiness.tool.as_str(),
                        readiness.year.map(i64::from),
                        readiness.tool_link.as_str(),
                        readiness.note.as_str(),
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// A mapping's own text to read, in Markdown, and when it was changed; none while the standard text is shown.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reading(&self, mapping: MappingId) -> Result<Option<(Material, i64)>, StoreError> {
        let found = row!(
            (String, i64),
            self.db,
            "SELECT body, changed_at FROM reading WHERE mapping = $1",
            mapping.uuid(),
        )?;
        found.map(|(body, at)| Ok((text(body)?, at))).transpose()
    }

    /// Changes the text to read; none brings the standard text back. `seen` is when the text had been changed that the
    /// writer had before them, none for the standard text.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `reading` when someone else has changed it to something else since;
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn set_reading(
        &self,
        mapping: MappingId,
        body: Option<Material>,
        seen: Option<i64>,
        at: i64,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    // Held, so that of two who write at once the second sees what the first wrote.
                    let held = run!(
                        tx,
                        "UPDATE mapping SET name = name WHERE id = $1",
                        mapping.uuid(),
                    )?;
                    if held == 0 {
                        return Err(StoreError::NotFound);
                    }
                    let stored = row!(
                        (String, i64),
                        tx,
                        "SELECT body, changed_at FROM reading WHERE mapping = $1",
                        mapping.uuid(),
                    )?;
                    let same = match (&stored, &body) {
                        (Some((stored, _)), Some(body)) => stored == body.as_str(),
                        (None, None) => true,
                        _ => false,
                    };
                    if same {
                        return Ok(());
                    }
                    let changed = stored.map(|(_, at)| at);
                    if changed != seen {
                        return Err(StoreError::Conflict("reading"));
                    }
                    match body {
                        Some(body) => run!(
                            tx,
                            "INSERT INTO reading (mapping, body, changed_at) VALUES ($1, $2, $3)
                             ON CONFLICT (mapping) DO UPDATE SET
                                 body = excluded.body, changed_at = excluded.changed_at",
                            mapping.uuid(),
                            body.as_str(),
                            // Never the same as before, so that a text is told from the one before it.
                            changed.map_or(at, |before| at.max(before + 1)),
                        )?,
                        None => {
                            run!(tx, "DELETE FROM reading WHERE mapping = $1", mapping.uuid(),)?
                        }
                    };
                    Ok(())
                })
            })
            .await
    }

    /// Notes that an invitee, a participant or an account says to have read the text, by their id, on a day such as
    /// 2026-11-22. Said again, it keeps the first day.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn set_has_read(
        &self,
        mapping: MappingId,
        reader: Uuid,
        day: &str,
    ) -> Result<(), StoreError> {
        let day = day.to_owned();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO has_read (mapping, reader, day) VALUES ($1, $2, $3)
                         ON CONFLICT (mapping, reader) DO NOTHING",
                        mapping.uuid(),
                        reader,
                        day.as_str(),
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// Takes back that someone has read the text. Harmless when they had not said so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unset_has_read(&self, mapping: MappingId, reader: Uuid) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "DELETE FROM has_read WHERE mapping = $1 AND reader = $2",
                        mapping.uuid(),
                        reader,
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// The day somebody said that they had read the text; none when they have not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_read(
        &self,
        mapping: MappingId,
        reader: Uuid,
    ) -> Result<Option<String>, StoreError> {
        let found = row!(
            (String,),
            self.db,
            "SELECT day FROM has_read WHERE mapping = $1 AND reader = $2",
            mapping.uuid(),
            reader,
        )?;
        Ok(found.map(|(day,)| day))
    }

    /// How many have said that they have read the text.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_readers(&self, mapping: MappingId) -> Result<u64, StoreError> {
        let found = row!(
            (i64,),
            self.db,
            "SELECT count(*) FROM has_read WHERE mapping = $1",
            mapping.uuid(),
        )?;
        number(found.map_or(0, |(count,)| count))
    }
}
