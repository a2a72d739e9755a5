//! One file a page or a family of pages: from what a handler has loaded to a view.

pub mod account;
pub mod after;
pub mod agreement;
pub mod effects;
pub mod error;
pub mod home;
pub mod join;
pub mod link_sheet;
pub mod mailings;
pub mod map;
pub mod mapping;
pub mod paper;
pub mod participants;
pub mod participation;
pub mod people;
pub mod preparation;
pub mod publication;
pub mod records;
pub mod remarks;
pub mod results;
pub mod round_progress;
pub mod rounds;
pub mod statement;
pub mod survey;
pub mod workshops;
