//! What the store promises, asked of both databases by the same tests.

mod crash;
mod databases;
mod enquiries;
mod log;
mod mail;
mod mappings;
mod password;
mod participation;
mod people;
mod reminders;
mod results;
mod schema;
mod sign_in;
mod survey;
mod together;
mod watch;
mod workshops;
