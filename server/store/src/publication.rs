//! What of a mapping is open data.

use std::collections::BTreeMap;

use domain::{
    ids::{CapabilityId, MappingId},
    municipality::Municipality,
    publication::{Opened, Publication},
    text::swedish_order,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{rows, run},
    row::{day, municipality, municipality_code, text},
};

impl Store {
    /// What of a mapping is open: municipalities in Swedish order, also those that are no longer members.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn publication(&self, mapping: MappingId) -> Result<Publication, StoreError> {
        let mut municipalities = rows!(
            (i16, String, String),
            self.db,
            "SELECT municipality, ground, since FROM opened_municipality WHERE mapping = $1",
            mapping.uuid(),
        )?
        .into_iter()
        .map(|(code, ground, since)| {
            Ok(Opened {
                municipality: municipality(code)?,
                ground: text(ground)?,
                since: day(&since)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
        municipalities.sort_by(|a, b| swedish_order(a.municipality.name(), b.municipality.name()));
        let capabilities: BTreeMap<_, _> = rows!(
            (Uuid, bool),
            self.db,
            "SELECT capability, is_open FROM opened_capability WHERE mapping = $1",
            mapping.uuid(),
        )?
        .into_iter()
        .map(|(id, open)| (CapabilityId::new(id), open))
        .collect();
        Ok(Publication {
            municipalities,
            capabilities,
        })
    }

    /// Opens a municipality's agreed levels, or changes what that rests on; the day it was opened stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn open_municipality(
        &self,
        mapping: MappingId,
        opened: &Opened,
    ) -> Result<(), StoreError> {
        let opened = opened.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO opened_municipality (mapping, municipality, ground, since)
                         VALUES ($1, $2, $3, $4)
                         ON CONFLICT (mapping, municipality) DO UPDATE SET ground = excluded.ground",
                        mapping.uuid(),
                        municipality_code(opened.municipality),
                        opened.ground.as_str(),
                        opened.since.to_string(),
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// Closes a municipality's levels. Done again it changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_municipality(
        &self,
        mapping: MappingId,
        municipality: Municipality,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "DELETE FROM opened_municipality WHERE mapping = $1 AND municipality = $2",
                        mapping.uuid(),
                        municipality_code(municipality),
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// Says of these capabilities whether they are open.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn open_capabilities(
        &self,
        mapping: MappingId,
        open: &BTreeMap<CapabilityId, bool>,
    ) -> Result<(), StoreError> {
        let open = open.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    for (capability, open) in open {
                        run!(
                            tx,
                            "INSERT INTO opened_capability (mapping, capability, is_open) VALUES ($1, $2, $3)
                             ON CONFLICT (mapping, capability) DO UPDATE SET is_open = excluded.is_open",
                            mapping.uuid(),
                            capability.uuid(),
                            open,
                        )?;
                    }
                    Ok(())
                })
            })
            .await
    }
}
