//! What people and operators get from the real program, asked over HTTP and on the command line.

mod client;
mod command_line;
mod durability;
mod headers;
mod page;
mod program;
mod rights;
mod routes;
mod sign_in;
mod world;
