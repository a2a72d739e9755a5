//! People who sign in, and their roles.

use std::collections::BTreeMap;

use domain::{
    ids::{AccountId, MappingId},
    rights::{Membership, Role},
    text::{Title, swedish_order},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Tx, row, rows, run},
    row::{choice, municipalities, municipality_code, text},
};

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// Name.
    pub name: Title,
    /// E-mail; may be empty.
    pub email: String,
    /// May start mappings of their own.
    pub may_start: bool,
}

#[derive(sqlx::FromRow)]
pub(crate) struct AccountRow {
    id: Uuid,
    name: String,
    email: String,
    may_start: bool,
}

impl AccountRow {
    pub(crate) fn read(self) -> Result<Account, StoreError> {
        Ok(Account {
            id: AccountId::new(self.id),
            name: text(self.name)?,
            email: self.email,
            may_start: self.may_start,
        })
    }
}

/// The form in which two addresses are the same; none for an empty one, which is nobody's.
pub(crate) fn email_key(email: &str) -> Option<String> {
    let email = email.trim();
    (!email.is_empty()).then(|| email.to_lowercase())
}

impl Store {
    /// Stores a new account. The e-mail may be empty; otherwise it is unique regardless of case.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `account_email` or `account_id`.
    pub async fn create_account(
        &self,
        id: AccountId,
        name: &Title,
        email: &str,
        may_start: bool,
        at: i64,
    ) -> Result<(), StoreError> {
        let (name, email) = (name.clone(), email.trim().to_owned());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    run!(
                        tx,
                        "INSERT INTO account (id, name, email, email_key, may_start, created_at)
                         VALUES ($1, $2, $3, $4, $5, $6)",
                        id.uuid(),
                        name.as_str(),
                        email.as_str(),
                        email_key(&email),
                        may_start,
                        at,
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// Gives an account an e-mail address, unique regardless of case.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `account_email`; [`StoreError::NotFound`] when there is no such account.
    pub async fn set_email(&self, id: AccountId, email: &str) -> Result<(), StoreError> {
        let email = email.trim().to_owned();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let changed = run!(
                        tx,
                        "UPDATE account SET email = $2, email_key = $3 WHERE id = $1",
                        id.uuid(),
                        email.as_str(),
                        email_key(&email),
                    )?;
                    if changed == 0 {
                        return Err(StoreError::NotFound);
                    }
                    Ok(())
                })
            })
            .await
    }

    /// One account.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        row!(
            AccountRow,
            self.db,
            "SELECT id, name, email, may_start FROM account WHERE id = $1",
            id.uuid(),
        )?
        .map(AccountRow::read)
        .transpose()
    }

    /// The account with this e-mail, regardless of case; nobody has an empty one.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<Account>, StoreError> {
        row!(
            AccountRow,
            self.db,
            "SELECT id, name, email, may_start FROM account WHERE email_key = $1",
            email_key(email),
        )?
        .map(AccountRow::read)
        .transpose()
    }

    /// The oldest account that may start mappings: the one that a lost sign-in link is renewed for.
    pub async fn first_starter(&self) -> Result<Option<AccountId>, StoreError> {
        let found = row!(
            (Uuid,),
            self.db,
            "SELECT id FROM account WHERE may_start ORDER BY created_at, id LIMIT 1",
        )?;
        Ok(found.map(|(id,)| AccountId::new(id)))
    }

    /// How many accounts there are.
    pub async fn count_accounts(&self) -> Result<u64, StoreError> {
        let count = row!((i64,), self.db, "SELECT count(*) FROM account")?;
        Ok(count.map_or(0, |(count,)| count.cast_unsigned()))
    }

    /// Those with a role in a mapping, in Swedish order of their names.
    pub async fn accounts_of(
        &self,
        mapping: MappingId,
    ) -> Result<Vec<(Account, Membership)>, StoreError> {
        let accounts = rows!(
            AccountRow,
            self.db,
            "SELECT a.id, a.name, a.email, a.may_start
             FROM account a JOIN membership m ON m.account = a.id WHERE m.mapping = $1",
            mapping.uuid(),
        )?;
        let found = rows!(
            MembershipRow,
            self.db,
            "SELECT m.account, m.mapping, m.role, c.municipality
             FROM membership m
             LEFT JOIN membership_municipality c ON c.account = m.account AND c.mapping = m.mapping
             WHERE m.mapping = $1",
            mapping.uuid(),
        )?;
        let mut memberships: BTreeMap<Uuid, Membership> = (grouped(found)?.into_iter())
            .map(|((account, _), membership)| (account, membership))
            .collect();
        let mut people = Vec::with_capacity(accounts.len());
        for account in accounts {
            if let Some(membership) = memberships.remove(&account.id) {
                people.push((account.read()?, membership));
            }
        }
        people.sort_by(|(a, _), (b, _)| {
            swedish_order(&a.name, &b.name).then_with(|| a.id.cmp(&b.id))
        });
        Ok(people)
    }

    /// Every role an account has.
    pub(crate) async fn memberships(
        &self,
        account: AccountId,
    ) -> Result<Vec<Membership>, StoreError> {
        let found = rows!(
            MembershipRow,
            self.db,
            "SELECT m.account, m.mapping, m.role, c.municipality
             FROM membership m
             LEFT JOIN membership_municipality c ON c.account = m.account AND c.mapping = m.mapping
             WHERE m.account = $1",
            account.uuid(),
        )?;
        Ok(grouped(found)?.into_values().collect())
    }

    /// Gives an account a role in a mapping, or changes the one it has. A mapping that has a coordinator keeps one, also
    /// when several roles are changed at once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such account or mapping; [`StoreError::Conflict`] `last_coordinator`
    /// when nobody would be coordinator any more.
    pub async fn set_membership(
        &self,
        account: AccountId,
        membership: &Membership,
    ) -> Result<(), StoreError> {
        let membership = membership.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let had = lock_coordinators(tx, membership.mapping).await?;
                    put_membership(tx, account, &membership).await?;
                    keep_coordinator(tx, membership.mapping, had).await
                })
            })
            .await
    }

    /// Takes an account's role in a mapping away; nothing happens when it has none. A mapping that has a coordinator
    /// keeps one, also when several roles are changed at once.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] `last_coordinator` when nobody would be coordinator any more.
    pub async fn remove_membership(
        &self,
        account: AccountId,
        mapping: MappingId,
    ) -> Result<(), StoreError> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let had = lock_coordinators(tx, mapping).await?;
                    run!(
                        tx,
                        "DELETE FROM membership WHERE account = $1 AND mapping = $2",
                        account.uuid(),
                        mapping.uuid(),
                    )?;
                    keep_coordinator(tx, mapping, had).await
                })
            })
            .await
    }
}

/// Account, mapping, role and one municipality, if any.
type MembershipRow = (Uuid, Uuid, String, Option<i16>);

fn grouped(found: Vec<MembershipRow>) -> Result<BTreeMap<(Uuid, Uuid), Membership>, StoreError> {
    let mut roles: BTreeMap<(Uuid, Uuid), (Role, Vec<i16>)> = BTreeMap::new();
    for (account, mapping, role, code) in found {
        let role = choice(&role, Role::from_code)?;
        let (_, codes) = (roles.entry((account, mapping))).or_insert_with(|| (role, Vec::new()));
        codes.extend(code);
    }
    roles
        .into_iter()
        .map(|((account, mapping), (role, codes))| {
            let membership = Membership {
                mapping: MappingId::new(mapping),
                role,
                municipalities: municipalities(codes)?,
            };
            Ok(((account, mapping), membership))
        })
        .collect()
}

/// Holds every other change of the mapping's roles until the transaction is over; whether it has a coordinator.
async fn lock_coordinators(tx: &mut Tx, mapping: MappingId) -> Result<bool, StoreError> {
    run!(
        tx,
        "UPDATE mapping SET head = head WHERE id = $1",
        mapping.uuid(),
    )?;
    has_coordinator(tx, mapping).await
}

/// Refuses what took the last coordinator of a mapping that `had` one. Those that never had any may have members.
async fn keep_coordinator(tx: &mut Tx, mapping: MappingId, had: bool) -> Result<(), StoreError> {
    if had && !has_coordinator(tx, mapping).await? {
        return Err(StoreError::Conflict("last_coordinator"));
    }
    Ok(())
}

async fn has_coordinator(tx: &mut Tx, mapping: MappingId) -> Result<bool, StoreError> {
    let found = row!(
        (Uuid,),
        tx,
        "SELECT account FROM membership WHERE mapping = $1 AND role = $2 LIMIT 1",
        mapping.uuid(),
        Role::Coordinator.code(),
    )?;
    Ok(found.is_some())
}

pub(crate) async fn put_membership(
    tx: &mut Tx,
    account: AccountId,
    membership: &Membership,
) -> Result<(), StoreError> {
    let (account, mapping) = (account.uuid(), membership.mapping.uuid());
    run!(
        tx,
        "INSERT INTO membership (account, mapping, role) VALUES ($1, $2, $3)
         ON CONFLICT (account, mapping) DO UPDATE SET role = excluded.role",
        account,
        mapping,
        membership.role.code(),
    )?;
    run!(
        tx,
        "DELETE FROM membership_municipality WHERE account = $1 AND mapping = $2",
        account,
        mapping,
    )?;
    for municipality in &membership.municipalities {
        run!(
            tx,
            "INSERT INTO membership_municipality (account, mapping, municipality) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            account,
            mapping,
            municipality_code(*municipality),
        )?;
    }
    Ok(())
}
