//! Rules: how long what is kept, by which decision.

use domain::{
    ids::MappingId,
    records::{DisposalKind, Retention},
};

use crate::{
    Store, StoreError,
    database::{rows, run},
    row::{choice, number, text},
};

impl Store {
    /// A mapping's rules, in the order of [`DisposalKind::ALL`].
    pub async fn retention(&self, mapping: MappingId) -> Result<Vec<Retention>, StoreError> {
        let mut rules = rows!(
            (String, i64, String),
            self.db,
            "SELECT kind, CAST(months AS BIGINT), decision FROM retention WHERE mapping = $1",
            mapping.uuid(),
        )?
        .into_iter()
        .map(|(kind, months, decision)| {
            Ok(Retention {
                kind: choice(&kind, DisposalKind::from_code)?,
                months: number(months)?,
                decision: text(decision)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
        rules.sort_by_key(|rule| rule.kind);
        Ok(rules)
    }

    /// Lays down a rule, or changes it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub async fn save_retention(
        &self,
        mapping: MappingId,
        rule: &Retention,
    ) -> Result<(), StoreError> {
        let rule = rule.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO retention (mapping, kind, months, decision) VALUES ($1, $2, $3, $4)
                         ON CONFLICT (mapping, kind)
                         DO UPDATE SET months = excluded.months, decision = excluded.decision",
                        mapping.uuid(),
                        rule.kind.code(),
                        i64::from(rule.months),
                        rule.decision.as_str(),
                    )?;
                    Ok(())
                })
            })
            .await
    }
}
