//! People and roles that come with a mapping's records.

use std::collections::HashMap;

use domain::ids::MappingId;
use uuid::Uuid;

use super::{
    field::Field,
    table::{Row, Table},
    write::WriteError,
};
use crate::{
    StoreError,
    database::{Tx, row, run},
};

fn id(row: &Row, table: &Table, name: &str) -> Result<Uuid, WriteError> {
    match table.place(name).and_then(|place| row.get(place)) {
        Some(Field::Id(id)) => Ok(*id),
        _ => Err(WriteError::Conflict),
    }
}

fn text<'r>(row: &'r Row, table: &Table, name: &str) -> &'r str {
    match table.place(name).and_then(|place| row.get(place)) {
        Some(Field::Text(text)) => text,
        _ => "",
    }
}

/// Stores an account unless it is here. One whose address somebody else has here gets none, and is noted in `others`:
/// its roles are that person's.
pub(super) async fn put_person(
    tx: &mut Tx,
    table: &Table,
    person: &Row,
    others: &mut HashMap<Uuid, Uuid>,
    at: i64,
) -> Result<(), WriteError> {
    let account = id(person, table, "id")?;
    let here = row!((Uuid,), tx, "SELECT id FROM account WHERE id = $1", account)?;
    if here.is_some() {
        return Ok(());
    }
    let mut email = text(person, table, "email").trim();
    if !email.is_empty() {
        let same = row!(
            (Uuid,),
            tx,
            "SELECT id FROM account WHERE email_key = $1",
            email.to_lowercase(),
        )?;
        if let Some((other,)) = same {
            others.insert(account, other);
            email = "";
        }
    }
    run!(
        tx,
        "INSERT INTO account (id, name, email, email_key, may_start, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        account,
        text(person, table, "name"),
        email,
        (!email.is_empty()).then(|| email.to_lowercase()),
        false,
        at,
    )?;
    Ok(())
}

/// Gives a role, or a municipality within one, to whom the account is here.
pub(super) async fn put_role(
    tx: &mut Tx,
    table: &Table,
    role: &Row,
    others: &HashMap<Uuid, Uuid>,
    mapping: MappingId,
) -> Result<(), WriteError> {
    let account = id(role, table, "account")?;
    let account = others.get(&account).copied().unwrap_or(account);
    if table.name == "membership" {
        // Two accounts may turn out to be one person here: the first role stays.
        run!(
            tx,
            "INSERT INTO membership (account, mapping, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            account,
            mapping.uuid(),
            text(role, table, "role"),
        )?;
        return Ok(());
    }
    let code = match table
        .place("municipality")
        .and_then(|place| role.get(place))
    {
        Some(Field::Number(code)) => *code,
        _ => return Err(StoreError::NotFound.into()),
    };
    run!(
        tx,
        "INSERT INTO membership_municipality (account, mapping, municipality) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
        account,
        mapping.uuid(),
        code,
    )?;
    Ok(())
}
