//! Time in proportion to length: a piece is repeated until it is long, and four times as much may not take much longer
//! than four times the time.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What is shorter than this says nothing about how time grows.
const MEASURABLE: Duration = Duration::from_millis(15);

/// The time that this thread has computed: what others do on the machine does not count.
fn used() -> Duration {
    let used = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(used.tv_sec as u64, used.tv_nsec as u32)
}

/// `data` is a head, a piece and a tail, parted by the byte 255. `run` gets the head, the piece many times, and the tail.
///
/// # Panics
/// When the time that `run` takes grows much faster than the text.
pub fn linear(data: &[u8], run: fn(&[u8])) {
    let mut parts = data.splitn(3, |byte| *byte == 255);
    let (Some(head), Some(piece)) = (parts.next(), parts.next()) else { return };
    let tail = parts.next().unwrap_or_default();
    if piece.is_empty() {
        return;
    }
    let took = |length: usize| {
        let long = [head, &piece.repeat(length / piece.len() + 1), tail].concat();
        let begun = used();
        run(black_box(&long));
        used().saturating_sub(begun)
    };
    let quick = took(32_000);
    if quick < MEASURABLE {
        // Nothing that is fast here takes long at a size that a mail has, unless it grows very fast.
        return;
    }
    let grows = |from: usize| took(from * 4).as_secs_f64() / took(from).max(MEASURABLE).as_secs_f64();
    if grows(32_000) > 7.0 {
        let least = (0..3).map(|_| grows(128_000)).fold(f64::MAX, f64::min);
        assert!(least < 7.0, "four times as long took {least:.1} times the time");
    }
}
