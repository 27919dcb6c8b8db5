//! The corpus that the fuzz targets left, replayed: what held for these files holds still.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "modules of the fuzz targets too; a test ends where something is missing"
)]

#[path = "../../../fuzz/product/src/import.rs"]
mod import;
#[path = "../../../fuzz/src/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn files_that_are_looked_at() {
    replay("import", import::import);
}
