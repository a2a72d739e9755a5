//! Live workshops: joining, what goes over the wire and to whom, and that nothing confirmed is lost.

mod hall;
mod joining;
mod leading;
mod privacy;
mod screen;
mod storm;
mod streams;
