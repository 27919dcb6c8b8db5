//! Looks that took long are shown again for a while.
//!
//! What a look tells is about whole weeks that are over, so that it hardly changes from one minute to the next; on a
//! ledger of millions it takes seconds to find out. Whoever asks for the same within some times of that gets the same. A
//! look that was quick is never kept, so that on most desks everything is as of now.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ledger::segment::SegmentId;

use super::look::{Look, Span};

/// A quicker look is not kept.
const QUICK: Duration = Duration::from_millis(150);
/// For how many times as long as it took a look is shown: at most a tenth of one core goes into it.
const TIMES: u32 = 10;
/// Looks that are kept at once.
const MOST: usize = 64;

/// What was asked: the span, of whom, and the saved segments by which numbers are divided.
pub(super) type Asked = (Span, Option<SegmentId>, Vec<SegmentId>);

/// A look, and until when it is shown.
type Slot = Arc<Mutex<Option<(Instant, Arc<Look>)>>>;

/// The looks that are kept.
#[derive(Default)]
pub(super) struct Kept(Mutex<HashMap<Asked, Slot>>);

impl Kept {
    /// The look that was asked for: one that is kept, or what `find` finds. Who asks for the same while somebody looks
    /// waits for what they find, so this blocks.
    pub(super) fn look(&self, asked: Asked, find: impl FnOnce() -> Look) -> Arc<Look> {
        let slot = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() >= MOST && !all.contains_key(&asked) {
                all.clear();
            }
            Arc::clone(all.entry(asked).or_default())
        };
        let mut kept = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((until, look)) = &*kept
            && Instant::now() < *until
        {
            return Arc::clone(look);
        }
        let begun = Instant::now();
        let look = Arc::new(find());
        let took = begun.elapsed();
        *kept = (took >= QUICK).then(|| (Instant::now() + took * TIMES, Arc::clone(&look)));
        look
    }
}

#[cfg(test)]
mod tests {
    use base::clock::Moment;
    use ledger::measure::{Following, Gate};
    use ledger::projection::of_entries;
    use ledger::touchpoint::Kinds;

    use super::*;

    fn found(rows: usize) -> Look {
        let view = of_entries(&Kinds::gather(&[]), []);
        let look =
            Look::of(&view, &Following::default(), Gate::default(), Moment(1_772_442_000_000), Span::Month, &[], None);
        Look { rows, ..look }
    }

    fn slowly(rows: usize) -> Look {
        std::thread::sleep(QUICK);
        found(rows)
    }

    #[test]
    fn what_was_quick_is_found_anew_and_what_took_long_is_shown_again() {
        let (kept, everybody) = (Kept::default(), || (Span::Month, None, Vec::new()));
        assert_eq!(kept.look(everybody(), || found(1)).rows, 1);
        assert_eq!(kept.look(everybody(), || slowly(2)).rows, 2);
        assert_eq!(kept.look(everybody(), || found(3)).rows, 2, "kept");
        let another = (Span::Year, None, Vec::new());
        assert_eq!(kept.look(another, || found(4)).rows, 4, "somebody else asks for something else");
        let divided = (Span::Month, None, vec![SegmentId(7)]);
        assert_eq!(kept.look(divided, || found(5)).rows, 5, "a segment was saved");
    }

    #[test]
    fn who_asks_for_the_same_waits_for_it() {
        let kept = Kept::default();
        let looks = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    kept.look((Span::Month, None, Vec::new()), || {
                        slowly(looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                    })
                });
            }
        });
        assert_eq!(looks.into_inner(), 1);
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let kept = Kept::default();
        for id in 0..200 {
            kept.look((Span::Month, Some(SegmentId(id)), Vec::new()), || found(0));
        }
        assert!(kept.0.lock().unwrap().len() <= MOST);
    }
}
