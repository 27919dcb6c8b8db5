//! The corpus that the fuzz targets left, replayed: what held for these logs holds still.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::fs;
use std::path::Path;

#[path = "../../../fuzz/src/log.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod log;

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut count = 0;
    for file in fs::read_dir(&folder).unwrap() {
        run(&fs::read(file.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 0, "nothing in {}", folder.display());
}

#[test]
fn logs_of_any_kind() {
    replay("log", log::log);
}

#[test]
fn logs_that_are_written() {
    replay("table", log::table);
}
