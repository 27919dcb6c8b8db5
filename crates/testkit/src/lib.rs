//! What tests stand on: a database per test on either engine, real servers on loopback, a person as a client with cookies.
//!
//! Every server here is real, listens on a free port of 127.0.0.1, lives in a temporary folder of its own, needs no
//! configuration, and ends with its handle; when the test process dies without dropping it, a watchdog ends it.
//! As root the servers run as the user `nobody`, otherwise as whoever runs the test: the same path for both.
//!
//! Which part of `bin/test` runs a test is told by its path: a module named `on_postgres`, `with_mail_servers` or
//! `under_faults`; everything else is `unit`.

pub mod database;
pub mod desk;
mod error;
pub mod folder;
pub mod mail;
pub mod person;
pub mod port;
pub mod postgres;
mod process;

pub use error::Error;
