//! Runs what the fuzz targets left through what must hold: for the tests of the crates that they are about.

use std::fs;
use std::path::Path;

/// Gives each kept input of a target to `run`.
pub fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut count = 0;
    for file in fs::read_dir(&folder).unwrap() {
        run(&fs::read(file.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 0, "nothing in {}", folder.display());
}
