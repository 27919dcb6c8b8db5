//! What every floor stands on: database, jobs, files, full-text index, ids, clock, languages, configuration.
//! Knows nothing of desks, and nothing of HTTP.

pub mod clock;
pub mod code;
pub mod config;
pub mod db;
pub mod file;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod id;
pub mod index;
pub mod job;
pub mod metric;
pub mod text;

pub use serde;

// What the fuzz targets share with the test of their corpus names this crate as they do.
#[cfg(test)]
extern crate self as base;

#[cfg(test)]
mod corpus;
