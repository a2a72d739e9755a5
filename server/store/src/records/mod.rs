//! A mapping's records: out as rows and in again, what is kept about a person, and what is taken out (gallring).

mod access;
mod backup;
mod disposal;
mod field;
mod own;
mod read;
mod remove;
mod retention;
mod steps;
mod table;
mod tables;
mod write;

pub use self::{
    backup::BackupError,
    disposal::Disposed,
    field::{Field, FieldError, canonical},
    own::{OwnAccount, OwnLetter, OwnParticipant, OwnWork},
    table::{Bearer, Column, Kind, Part, Row, Table},
    tables::TABLES,
    write::{Batch, WriteError},
};
