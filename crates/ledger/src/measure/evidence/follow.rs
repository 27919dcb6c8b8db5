//! Reading the rows: all of them once, then only what is new.
//!
//! What comes next follows from what came before, so each person's touchpoints, and those of each thing, are taken in the
//! order of time. The ledger's order is that nearly always; where it is not (an import, something written down later), all
//! is gathered anew, sorted. The same holds when the past changes: people were merged, told apart again, or erased.

use base::clock::Moment;

use super::gather::Gathering;
use super::pulse::BACK;
use super::role::{Role, role};
use super::{Evidence, Period, Weeks, start_of, year_of};
use crate::projection::View;

/// How far a view was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    /// Of which past.
    past: u64,
    rows: usize,
    /// The earliest time of what was set aside, because it is dated later than what is looked at.
    aside: i64,
}

impl Default for Read {
    fn default() -> Self {
        Self { past: 0, rows: 0, aside: i64::MAX }
    }
}

/// Something is older than what was taken in before it.
struct Disorder;

impl Evidence {
    /// Gathers what is needed for these weeks and all that follow, until now. It begins with a year of the release grid,
    /// so that what is released does not depend on how far back one looks.
    pub fn since(view: &View, weeks: Weeks, now: Moment) -> Self {
        let from = Moment(Self::start(weeks));
        Self::gather(view, Period { from, to: now.plus(1) })
    }

    /// Where evidence for these weeks begins.
    pub(in crate::measure) fn start(weeks: Weeks) -> i64 {
        start_of(year_of(weeks.first()))
    }

    /// Gathers what happened within the stretch. Waits are followed up to its end, not further.
    pub(in crate::measure) fn gather(view: &View, stretch: Period) -> Self {
        let mut all = Self::empty(stretch);
        if all.take_new(view).is_err() {
            all = Self::empty(stretch);
            all.take_sorted(view);
        }
        all
    }

    /// Takes in what is new since the last time, until now: afterwards it is what [`Self::since`] would gather.
    pub fn follow(&mut self, view: &View, now: Moment) {
        let to = now.plus(1);
        let is_as_before = self.read.past == view.past() && self.read.rows <= view.rows() && self.now <= to.0;
        self.now = to.0;
        if !is_as_before || self.read.aside < to.0 || self.take_new(view).is_err() {
            *self = Self::gather(view, self.stretch());
        }
    }

    /// In the ledger's order.
    fn take_new(&mut self, view: &View) -> Result<(), Disorder> {
        let (mut row, stretch) = (self.read.rows, self.stretch());
        let mut aside = self.read.aside;
        let mut all = Gathering::new(self, view);
        let roles = roles(view);
        while row < view.rows() {
            let (chunk, first) = view.chunk_of(row);
            let rows = first..chunk.len();
            row += rows.len();
            if chunk.touches(stretch.from.0 - BACK, i64::MAX) {
                for row in rows {
                    let role = roles[usize::from(chunk.kind[row])];
                    if role == Role::None {
                    } else if chunk.at[row] >= stretch.to.0 {
                        aside = aside.min(chunk.at[row]);
                    } else if !all.take(role, chunk, row) {
                        return Err(Disorder);
                    }
                }
            } else {
                for row in rows.filter(|row| roles[usize::from(chunk.kind[*row])].begins()) {
                    if !all.came_before(chunk, row) {
                        return Err(Disorder);
                    }
                }
            }
        }
        self.read = Read { past: view.past(), rows: view.rows(), aside };
        Ok(())
    }

    /// All of it, in the order of time; of one moment in the ledger's.
    fn take_sorted(&mut self, view: &View) {
        let stretch = self.stretch();
        let (mut aside, since) = (i64::MAX, stretch.from.0 - BACK);
        let mut all = Gathering::new(self, view);
        let roles = roles(view);
        let mut sorted: Vec<(i64, u32)> = Vec::new();
        let mut begins = 0;
        for chunk in view.chunks() {
            for (row, (&at, &kind)) in chunk.at.iter().zip(&chunk.kind).enumerate() {
                let role = roles[usize::from(kind)];
                if role == Role::None {
                } else if at >= stretch.to.0 {
                    aside = aside.min(at);
                } else if at >= since {
                    sorted.push((at, begins + row as u32));
                } else if role.begins() {
                    all.came_before(chunk, row);
                }
            }
            begins += chunk.len() as u32;
        }
        sorted.sort_unstable();
        for (_, row) in sorted {
            let (chunk, row) = view.chunk_of(row as usize);
            let is_in_order = all.take(roles[usize::from(chunk.kind[row])], chunk, row);
            debug_assert!(is_in_order, "sorted");
        }
        self.read = Read { past: view.past(), rows: view.rows(), aside };
    }
}

fn roles(view: &View) -> Vec<Role> {
    view.kinds().iter().map(role).collect()
}
