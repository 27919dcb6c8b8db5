//! The corpus that the fuzz targets left, replayed: what held for these logs holds still.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

#[path = "../../../fuzz/src/log.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod log;
#[path = "../../../fuzz/src/model.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod model;
#[path = "../../../fuzz/src/objects.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod objects;
#[path = "../../../fuzz/src/replay.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod replay;

use replay::replay;

#[test]
fn logs_of_any_kind() {
    replay("log", log::log);
}

#[test]
fn logs_that_are_written() {
    replay("table", log::table);
}

#[test]
fn logs_of_objects() {
    replay("objects", objects::objects);
}

#[test]
fn models() {
    replay("model", model::model);
}
