//! Event logs: reading, holding, summarising and drawing them. Pure, no I/O beyond readers and writers.
//!
//! A log is what a work system remembers: in which *case* (a ticket, an order, a person's episode) which *activity*
//! happened *when*, and perhaps by whom. The way through this crate is the way of the data:
//!
//! | module | what it does |
//! |---|---|
//! | [`read`] | XES and CSV, plain or gzipped, as a stream of borrowed [`Event`]s |
//! | [`log`] | [`Log`]: the events by case and time in columns, about 20 bytes each |
//! | [`stats`] | activities, variants, starts, ends, directly-follows with exact median waits |
//! | [`map`] | the measured map as SVG, drawn from a [`map::Flow`] |
//! | [`mod@write`] | logs as CSV |
//! | [`time`] | instants and durations as people write them |
//!
//! ```
//! let csv = "case,activity,timestamp\n1,asked,2026-03-02 09:00\n1,solved,2026-03-02 11:00\n";
//! let (log, report) = mining::read_log(csv.as_bytes(), mining::read::Options::default())?;
//! assert!(report.is_clean());
//! let stats = mining::Stats::of(&log);
//! assert_eq!(stats.directly_follows[0].median_seconds, Some(7200.0));
//! # Ok::<(), mining::read::ReadError>(())
//! ```

pub mod fit;
pub mod log;
pub mod map;
pub mod objects;
pub mod read;
pub mod states;
pub mod stats;
pub mod time;
pub mod write;

pub use crate::log::{Log, LogBuilder};
pub use crate::read::{Event, EventReader, read_log};
pub use crate::stats::Stats;
