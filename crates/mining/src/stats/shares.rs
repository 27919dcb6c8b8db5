//! The cases of a log shared out to threads, in ranges of about as many events.

use std::num::NonZero;
use std::ops::Range;
use std::{panic, thread};

use crate::log::Log;

/// With fewer events than this for each, threads cost more than they bring.
const FEW: usize = 1 << 16;
/// Memory is the limit beyond this.
const MOST: usize = 8;

/// On how many threads a log's events are counted.
pub(super) fn threads(log: &Log) -> usize {
    let worth = (log.events() / FEW).clamp(1, MOST);
    if worth == 1 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(worth) }
}

/// Ranges of cases, one for each thread; at least one, and together all cases.
pub(super) fn split(log: &Log, threads: usize) -> Vec<Range<usize>> {
    let begins = |share: usize| log.case_at(log.events() / threads * share);
    (0..threads)
        .map(|share| begins(share)..if share + 1 == threads { log.cases() } else { begins(share + 1) })
        .collect()
}

/// What `work` makes of each share, in order; the first is done by the calling thread.
pub(super) fn shared<S: Send, T: Send>(shares: Vec<S>, work: impl Fn(S) -> T + Sync) -> Vec<T> {
    let mut shares = shares.into_iter();
    let own = shares.next();
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        let own = own.map(work);
        let others = others.into_iter().map(|other| other.join().unwrap_or_else(|why| panic::resume_unwind(why)));
        own.into_iter().chain(others).collect()
    })
}
