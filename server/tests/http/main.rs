//! What people and operators get from the real program, asked over HTTP and on the command line.

mod after;
mod agreement;
mod bad_input;
mod client;
mod command_line;
mod doors;
mod durability;
mod headers;
mod hostile;
mod live;
mod mailings;
mod page;
mod people;
mod program;
mod repeated;
mod rights;
mod routes;
mod series;
mod sign_in;
mod sources;
mod survey;
mod table;
mod walk;
mod workshops;
mod world;
