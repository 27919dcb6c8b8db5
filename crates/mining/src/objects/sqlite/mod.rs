//! OCEL 2.0 as an SQLite database: tables `event`, `object`, `event_object`, `object_object`, the two `_map_type` tables
//! that name a table for each type, and those tables with times and attributes.
//!
//! Behind the feature `sqlite`, since it brings SQLite itself.

mod read;
mod write;

pub use read::read;
pub use write::write;

/// A name as SQL takes it, whatever it holds.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
