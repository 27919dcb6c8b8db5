//! Whose turn it is: a rotating panel. No I/O.

use jiff::civil::{Date, date};
use ledger::person::PersonId;

use crate::survey::model::chance;

/// A Monday, from which days are counted.
const MONDAY: Date = date(1970, 1, 5);
const WORKING_DAYS: u32 = 5;

/// A panel in which everybody has their turn once in so many weeks, on a working day of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel {
    weeks: u32,
}

impl Panel {
    /// A panel with a cycle of `weeks`; `None` for 0, when nobody is asked.
    pub fn of(weeks: u32) -> Option<Self> {
        (weeks > 0).then_some(Self { weeks })
    }

    /// Days from the beginning of one cycle to that of the next.
    pub fn days(self) -> i64 {
        i64::from(self.weeks) * 7
    }

    /// The last day on or before `day` on which it was this person's turn.
    pub fn last_turn(self, person: PersonId, day: Date) -> Date {
        let since = (number(day) - self.slot(person)).rem_euclid(self.days());
        day_of(number(day) - since)
    }

    /// The next day after `day` on which it is this person's turn.
    pub fn next_turn(self, person: PersonId, day: Date) -> Date {
        day_of(number(self.last_turn(person, day)) + self.days())
    }

    /// The day of the cycle that is this person's.
    fn slot(self, person: PersonId) -> i64 {
        let slots = self.weeks * WORKING_DAYS;
        let slot = ((chance(&format!("pulse {person}")) * f64::from(slots)) as u32).min(slots - 1);
        i64::from(slot / WORKING_DAYS * 7 + slot % WORKING_DAYS)
    }
}

/// Days since a Monday.
pub(super) fn number(day: Date) -> i64 {
    // Of civil dates only whole days can lie between.
    (day - MONDAY).get_days().into()
}

fn day_of(number: i64) -> Date {
    MONDAY.saturating_add(jiff::Span::new().try_days(number).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::Weekday;

    use super::*;

    #[test]
    fn everybody_has_one_turn_in_a_cycle_always_on_the_same_working_day() {
        let panel = Panel::of(12).unwrap();
        let begin = date(2026, 3, 11);
        for person in (1..400).map(PersonId) {
            let mut turns = Vec::new();
            for days in 0..84 * 3 {
                let day = begin.saturating_add(jiff::Span::new().days(days));
                if panel.last_turn(person, day) == day {
                    turns.push(day);
                }
                assert!(panel.next_turn(person, day) > day && panel.last_turn(person, day) <= day);
            }
            assert_eq!(turns.len(), 3, "{person}");
            assert!(turns.windows(2).all(|pair| number(pair[1]) - number(pair[0]) == 84), "{turns:?}");
            assert!(!matches!(turns[0].weekday(), Weekday::Saturday | Weekday::Sunday), "{turns:?}");
            assert_eq!(panel.next_turn(person, turns[0]), turns[1]);
        }
        assert_eq!(Panel::of(0), None);
    }

    /// Twelve thousand people over sixty working days are two hundred a day, give or take: with a standard deviation of
    /// 14, less than 130 or more than 270 would be no lot.
    #[test]
    fn turns_are_spread_evenly() {
        let (panel, day) = (Panel::of(12).unwrap(), date(2026, 3, 11));
        let mut on: BTreeMap<Date, u32> = BTreeMap::new();
        for person in (1..=12_000).map(PersonId) {
            *on.entry(panel.last_turn(person, day)).or_default() += 1;
        }
        assert_eq!(on.len(), 60);
        assert!(on.values().all(|people| (130..=270).contains(people)), "{on:?}");
    }
}
