//! A brake on guessing: so many tries for an address in so much time, then a pause.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use base::clock::{MINUTE, Moment};

const TRIES: usize = 10;
const WINDOW: i64 = 10 * MINUTE;

static TRIED: LazyLock<Mutex<HashMap<String, Vec<Moment>>>> = LazyLock::new(Mutex::default);

/// Counts a try for this key; `false` when there were too many. Each node counts for itself.
pub(super) fn may_try(key: &str, now: Moment) -> bool {
    let mut tried = TRIED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if tried.len() > 10_000 {
        tried.retain(|_, times| times.last().is_some_and(|last| now.since(*last) < WINDOW));
    }
    let times = tried.entry(key.to_owned()).or_default();
    times.retain(|time| now.since(*time) < WINDOW);
    if times.len() >= TRIES {
        return false;
    }
    times.push(now);
    true
}
