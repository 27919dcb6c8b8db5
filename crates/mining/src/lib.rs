//! Event logs: reading, holding, summarising, comparing and drawing them. Pure, no I/O beyond readers and writers.
//!
//! A log is what a work system remembers: in which *case* (a ticket, an order, a person's episode) which *activity*
//! happened *when*, and perhaps by whom. The way through this crate is the way of the data:
//!
//! | I have, or want | module | what it does |
//! |---|---|---|
//! | a file of cases | [`read`] | XES and CSV, plain or gzipped, as a stream of borrowed [`Event`]s; says what it could not read |
//! | events in memory | [`log`] | [`Log`]: the events by case, in order, in columns, about 20 bytes each |
//! | events about several things at once | [`objects`] | OCEL 2.0 as JSON, XML and SQLite; flattened, and what that bends |
//! | figures | [`stats`] | activities, variants, starts, ends, directly-follows with exact median waits |
//! | intended and real | [`fit`] | optimal alignments with a path, a model or a net; deviations by name |
//! | time in states | [`states`] | pauses, changes of hands, ping-pong, reopens, returns |
//! | what takes unusually long | [`profile`] | mean and deviation between any two steps, and the cases far from it |
//! | a picture | [`map`] | the measured map as SVG, drawn from a [`map::Flow`] |
//! | a file | [`mod@write`] | XES and CSV; [`objects`] writes OCEL |
//! | people's words | [`time`] | instants and durations as people write them |
//!
//! The feature `sqlite` (off unless asked for) reads and writes OCEL as an SQLite database.
//!
//! ```
//! let csv = "case,activity,timestamp\n1,asked,2026-03-02 09:00\n1,solved,2026-03-02 11:00\n";
//! let (log, report) = mining::read_log(csv.as_bytes(), mining::read::Options::default())?;
//! assert!(report.is_clean());
//! let stats = mining::Stats::of(&log);
//! assert_eq!(stats.directly_follows[0].median_seconds, Some(7200.0));
//! # Ok::<(), mining::read::ReadError>(())
//! ```

#![deny(missing_docs)]

pub mod fit;
pub mod log;
pub mod map;
pub mod objects;
pub mod profile;
pub mod read;
pub mod states;
pub mod stats;
pub mod time;
pub mod write;

pub use crate::log::{Log, LogBuilder};
pub use crate::read::{Event, EventReader, read_log};
pub use crate::stats::Stats;
