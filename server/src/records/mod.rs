//! A mapping's records as one file: out, checked, and in again.
//!
//! The archive is a ZIP of canonical JSON, CSV and JSON Schema, one file of each a table, with a readable page. Its sum
//! is SHA-256 over what `sha256sum data/*.json` prints, so that anyone can check it.

mod bounded;
mod cell;
mod check;
pub(crate) mod command;
mod load;
mod manifest;
mod outcome;
mod pack;
mod readable;
mod schema;
mod sum;

pub(crate) use self::{
    check::Fault,
    load::{LoadError, load, load_file},
    pack::pack,
    readable::Readable,
};

use domain::ids::{AttendeeId, ContactId, InviteeId, ParticipantId};
use store::{
    TokenHash,
    records::{Bearer, Part, Table},
};
use uuid::Uuid;

use crate::link::LinkKey;

/// The largest archive that is taken.
pub(crate) const ARCHIVE_LIMIT: usize = 64 * 1024 * 1024;

/// A table's path in an archive, without its ending.
fn stem(table: &Table) -> String {
    let folder = match table.part {
        Part::Data => "data",
        Part::Access => "access",
    };
    format!("{folder}/{}", table.name)
}

/// What the database knows of a personal link on this installation.
pub(crate) fn link_hash(key: &LinkKey, bearer: Bearer, id: Uuid) -> TokenHash {
    match bearer {
        Bearer::Participant => key.participant(ParticipantId::new(id)),
        Bearer::Invitee => key.invitee(InviteeId::new(id)),
        Bearer::Contact => key.contact(ContactId::new(id)),
        Bearer::Attendee => key.seat(AttendeeId::new(id)),
    }
    .hash()
}
