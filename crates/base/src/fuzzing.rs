//! Doors for the fuzz targets in `fuzz/`, and for the test that replays what they left: how a text is marked is no
//! business of other crates, but it is to hold for any text. Only there in tests and in builds for fuzzing.

use crate::index::Marked;

/// A text as a title and as a body are shown to who asked for these words.
pub fn marked(asked: &str, text: &str) -> (Marked, Marked) {
    crate::index::marked(asked, text)
}
