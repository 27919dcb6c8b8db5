//! Evidence that is kept between looks, so that each look takes in only what is new.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::clock::Moment;

use super::evidence::Evidence;
use super::week::Weeks;
use crate::projection::View;

/// Evidence that nobody looked at for this long is let go.
const IDLE: Duration = Duration::from_mins(30);
/// As many are kept: spans of different lengths begin in different years.
const MOST: usize = 3;

/// One that is kept; `None` before it is gathered, and while it is brought up to date.
type Slot = Arc<Mutex<Option<Evidence>>>;

/// The evidence of a projection, by where it begins.
#[derive(Debug, Default)]
pub struct Following(Mutex<BTreeMap<i64, (Instant, Slot)>>);

impl Following {
    /// Looks at the evidence for these weeks and all that follow, until now. Blocks while it gathers, and while somebody
    /// else looks.
    pub fn look<T>(&self, view: &View, weeks: Weeks, now: Moment, look: impl FnOnce(&Evidence) -> T) -> T {
        let slot = self.slot(Evidence::start(weeks));
        // Whoever stopped halfway took it out: only what is up to date is put back.
        let mut kept = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let evidence = match kept.take() {
            Some(mut evidence) => {
                evidence.follow(view, now);
                evidence
            }
            None => Evidence::since(view, weeks, now),
        };
        look(kept.insert(evidence))
    }

    fn slot(&self, start: i64) -> Slot {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        all.retain(|own, (at, _)| *own == start || now.duration_since(*at) < IDLE);
        while all.len() >= MOST && !all.contains_key(&start) {
            let oldest = all.iter().min_by_key(|(_, (at, _))| *at).map(|(own, _)| *own);
            oldest.and_then(|oldest| all.remove(&oldest));
        }
        let (at, slot) = all.entry(start).or_insert_with(|| (now, Slot::default()));
        *at = now;
        Arc::clone(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::{Entry, Person, of_entries};
    use crate::touchpoint::Kinds;
    use base::clock::DAY;

    fn view(entries: i64) -> View {
        let people: Vec<Person> = (0..entries)
            .map(|id| Person { id: crate::person::PersonId(id + 1), attributes: Default::default() })
            .collect();
        let entries = people.iter().map(|person| Entry {
            object: Some(("ticket", person.id.0)),
            ..Entry::of("ticket.opened", Moment(1_772_442_000_000), person)
        });
        of_entries(&Kinds::gather(&[]), entries)
    }

    #[test]
    fn each_look_sees_what_is_there_now_and_few_years_are_kept() {
        let (following, now) = (Following::default(), Moment(1_772_442_000_000 + 30 * DAY));
        let weeks = Weeks::until(now, 12);
        for rows in [3, 9, 5] {
            let view = view(rows);
            let kept = following.look(&view, weeks, now, |evidence| format!("{evidence:?}"));
            assert_eq!(kept.matches("Life {").count() as i64, rows);
        }
        for years in 0..5 {
            following.look(&view(1), Weeks::until(now.plus(-years * 364 * DAY), 1), now, |_| ());
        }
        assert_eq!(following.0.lock().unwrap().len(), MOST);
    }

    #[test]
    fn a_look_that_stumbles_leaves_nothing_half_done() {
        let (following, now) = (Following::default(), Moment(1_772_442_000_000 + 30 * DAY));
        let weeks = Weeks::until(now, 12);
        let stumbled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            following.look(&view(3), weeks, now, |_| panic!("stumbled"))
        }));
        assert!(stumbled.is_err());
        assert_eq!(
            following.look(&view(4), weeks, now, |evidence| format!("{evidence:?}")).matches("Life {").count(),
            4
        );
    }
}
