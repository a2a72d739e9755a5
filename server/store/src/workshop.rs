//! Workshops outside the log: which mapping they belong to, and the codes that people join with.

use domain::ids::{MappingId, WorkshopId};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{row, run},
};

impl Store {
    /// Makes room for a workshop's code and people. Done again for the same mapping, it changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping; [`StoreError::Conflict`] `workshop_id` when another
    /// mapping's workshop has the id.
    pub async fn create_workshop(
        &self,
        mapping: MappingId,
        workshop: WorkshopId,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let created = run!(
                        tx,
                        "INSERT INTO workshop (id, mapping) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
                        workshop.uuid(),
                        mapping.uuid(),
                    )?;
                    if created == 0 {
                        let same = row!(
                            (Uuid,),
                            tx,
                            "SELECT id FROM workshop WHERE id = $1 AND mapping = $2",
                            workshop.uuid(),
                            mapping.uuid(),
                        )?;
                        if same.is_none() {
                            return Err(StoreError::Conflict("workshop_id"));
                        }
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Which mapping a workshop belongs to; none when there is no such workshop.
    pub async fn workshop_mapping(
        &self,
        workshop: WorkshopId,
    ) -> Result<Option<MappingId>, StoreError> {
        let found = row!(
            (Uuid,),
            self.db,
            "SELECT mapping FROM workshop WHERE id = $1",
            workshop.uuid(),
        )?;
        Ok(found.map(|(mapping,)| MappingId::new(mapping)))
    }

    /// Sets the code that people join a workshop with, six characters; `None` when nobody may join any more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `workshop_code` when another workshop has it now; [`StoreError::NotFound`] when there
    /// is no such workshop.
    pub async fn set_code(
        &self,
        workshop: WorkshopId,
        code: Option<&str>,
    ) -> Result<(), StoreError> {
        let code = code.map(str::to_owned);
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let set = run!(
                        tx,
                        "UPDATE workshop SET code = $2 WHERE id = $1",
                        workshop.uuid(),
                        code.as_deref(),
                    )?;
                    if set == 0 {
                        return Err(StoreError::NotFound);
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The code that people join a workshop with; none while nobody may join, or when there is no such workshop.
    pub async fn code_of(&self, workshop: WorkshopId) -> Result<Option<String>, StoreError> {
        let found = row!(
            (Option<String>,),
            self.db,
            "SELECT code FROM workshop WHERE id = $1",
            workshop.uuid(),
        )?;
        Ok(found.and_then(|(code,)| code))
    }

    /// The workshop that has exactly this code now.
    pub async fn workshop_by_code(
        &self,
        code: &str,
    ) -> Result<Option<(MappingId, WorkshopId)>, StoreError> {
        let found = row!(
            (Uuid, Uuid),
            self.db,
            "SELECT mapping, id FROM workshop WHERE code = $1",
            code,
        )?;
        Ok(found.map(|(mapping, id)| (MappingId::new(mapping), WorkshopId::new(id))))
    }
}
