//! What the store promises, asked of both databases by the same tests.

mod alike;
mod confidential;
mod crash;
mod databases;
mod enquiries;
mod log;
mod mail;
mod mappings;
mod participation;
mod password;
mod people;
mod preparation;
mod publication;
mod records;
mod remarks;
mod reminders;
mod results;
mod schema;
mod secrecy;
mod sign_in;
mod survey;
mod together;
mod watch;
mod workshops;
