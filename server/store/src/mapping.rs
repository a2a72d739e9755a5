//! Mappings and their municipalities.

use std::collections::HashMap;

use domain::{
    ids::{AccountId, MappingId},
    mapping::{Language, Mapping, Member, Participation},
    rights::{Membership, Role},
    text::swedish_order,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    account::put_membership,
    database::{Tx, row, rows, run},
    row::{choice, municipality, municipality_code, text},
};

#[derive(sqlx::FromRow)]
struct MappingRow {
    id: Uuid,
    name: String,
    period: String,
    language: String,
    example: bool,
}

type MemberRow = (i16, String, String);

impl MappingRow {
    fn read(self, members: Vec<MemberRow>) -> Result<Mapping, StoreError> {
        let mut members = members
            .into_iter()
            .map(|(code, participation, note)| {
                Ok(Member {
                    municipality: municipality(code)?,
                    participation: choice(&participation, Participation::from_code)?,
                    note: text(note)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        members.sort_by(|a, b| swedish_order(a.municipality.name(), b.municipality.name()));
        Ok(Mapping {
            id: MappingId::new(self.id),
            name: text(self.name)?,
            period: text(self.period)?,
            language: choice(&self.language, Language::from_code)?,
            example: self.example,
            members,
        })
    }
}

impl Store {
    /// Stores a new mapping; whoever created it becomes its coordinator in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `mapping_id` when the id is taken.
    pub async fn create_mapping(
        &self,
        mapping: &Mapping,
        created_by: Option<AccountId>,
        at: i64,
    ) -> Result<(), StoreError> {
        let mapping = mapping.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO mapping (id, name, period, language, example, created_by, created_at)
                         VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        mapping.id.uuid(),
                        mapping.name.as_str(),
                        mapping.period.as_str(),
                        mapping.language.code(),
                        mapping.example,
                        created_by.map(AccountId::uuid),
                        at,
                    )?;
                    put_members(tx, &mapping).await?;
                    if let Some(account) = created_by {
                        let membership = Membership {
                            mapping: mapping.id,
                            role: Role::Coordinator,
                            municipalities: Vec::new(),
                        };
                        put_membership(tx, account, &membership).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// All mappings: real ones before examples, then in Swedish alphabetical order.
    pub async fn mappings(&self) -> Result<Vec<Mapping>, StoreError> {
        let found = rows!(
            MappingRow,
            self.db,
            "SELECT id, name, period, language, example FROM mapping"
        )?;
        let mut members: HashMap<Uuid, Vec<MemberRow>> = HashMap::new();
        for (mapping, code, participation, note) in rows!(
            (Uuid, i16, String, String),
            self.db,
            "SELECT mapping, municipality, participation, note FROM mapping_member"
        )? {
            (members.entry(mapping).or_default()).push((code, participation, note));
        }
        let mut mappings = found
            .into_iter()
            .map(|row| {
                let members = members.remove(&row.id).unwrap_or_default();
                row.read(members)
            })
            .collect::<Result<Vec<_>, _>>()?;
        mappings.sort_by(|a, b| {
            (a.example.cmp(&b.example))
                .then_with(|| swedish_order(&a.name, &b.name))
                .then_with(|| a.id.cmp(&b.id))
        });
        Ok(mappings)
    }

    /// One mapping.
    pub async fn mapping(&self, id: MappingId) -> Result<Option<Mapping>, StoreError> {
        let Some(found) = row!(
            MappingRow,
            self.db,
            "SELECT id, name, period, language, example FROM mapping WHERE id = $1",
            id.uuid(),
        )?
        else {
            return Ok(None);
        };
        let members = rows!(
            MemberRow,
            self.db,
            "SELECT municipality, participation, note FROM mapping_member WHERE mapping = $1",
            id.uuid(),
        )?;
        found.read(members).map(Some)
    }

    /// Replaces a mapping's name, period, language and municipalities. Whether it is an example never changes.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn save_mapping(&self, mapping: &Mapping) -> Result<(), StoreError> {
        let mapping = mapping.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let changed = run!(
                        tx,
                        "UPDATE mapping SET name = $2, period = $3, language = $4 WHERE id = $1",
                        mapping.id.uuid(),
                        mapping.name.as_str(),
                        mapping.period.as_str(),
                        mapping.language.code(),
                    )?;
                    if changed == 0 {
                        return Err(StoreError::NotFound);
                    }
                    let kept: Vec<_> = (mapping.members.iter())
                        .map(|member| municipality_code(member.municipality))
                        .collect();
                    for (code,) in rows!(
                        (i16,),
                        tx,
                        "SELECT municipality FROM mapping_member WHERE mapping = $1",
                        mapping.id.uuid(),
                    )? {
                        if !kept.contains(&code) {
                            run!(
                                tx,
                                "DELETE FROM mapping_member WHERE mapping = $1 AND municipality = $2",
                                mapping.id.uuid(),
                                code,
                            )?;
                        }
                    }
                    put_members(tx, &mapping).await
                })
            })
            .await
    }
}

async fn put_members(tx: &mut Tx, mapping: &Mapping) -> Result<(), StoreError> {
    for member in &mapping.members {
        // The day and the source are those of the grade: they go when it does.
        run!(
            tx,
            "INSERT INTO mapping_member (mapping, municipality, participation, note)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (mapping, municipality) DO UPDATE SET
                 since = CASE WHEN mapping_member.participation = excluded.participation
                     THEN mapping_member.since ELSE '' END,
                 source = CASE WHEN mapping_member.participation = excluded.participation
                     THEN mapping_member.source ELSE '' END,
                 participation = excluded.participation, note = excluded.note",
            mapping.id.uuid(),
            municipality_code(member.municipality),
            member.participation.code(),
            member.note.as_str(),
        )?;
    }
    Ok(())
}
