//! The corpus that the fuzz targets left, replayed: what held for these files and questions holds still.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "modules of the fuzz targets too; a test ends where something is missing"
)]

#[path = "../../../fuzz/product/src/config.rs"]
mod config;
#[path = "../../../fuzz/src/replay.rs"]
mod replay;
#[path = "../../../fuzz/product/src/search.rs"]
mod search;

use replay::replay;

#[test]
fn configurations() {
    replay("config", config::config);
}

#[test]
fn questions() {
    replay("search", search::search);
}
