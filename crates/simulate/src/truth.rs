//! What really was: for judging estimators, never for showing to anyone in the company.

use crate::mood::Weights;
use crate::need::Need;
use crate::person::Person;
use crate::places::{Department, Site};
use crate::survey::Silent;
use crate::ticket::TicketId;

/// The truth behind the visible.
#[derive(Debug, Clone)]
pub struct Truth {
    /// Go-around rate of everyone.
    pub around: Rate,
    /// By department as of the need.
    pub around_by_department: Vec<(Department, Rate)>,
    /// By site as of the need.
    pub around_by_site: Vec<(Site, Rate)>,
    /// What moods are made of.
    pub weights: Weights,
    /// Answering by true satisfaction, 1 to 5.
    pub answer_chance: [f64; 5],
    /// Every ticket that ended and was not answered for: how its person felt.
    pub silent: Vec<Silent>,
    /// Of all tickets that ended: true satisfaction of 4 or 5.
    pub satisfied: Rate,
    /// The same among those who answered: what a naive report shows.
    pub satisfied_among_answers: Rate,
    /// Needs that a shown suggestion really spared a ticket, out of those shown one.
    pub spared_by_suggestion: Rate,
    /// Tickets that the outage caused.
    pub outage_tickets: Vec<TicketId>,
    /// By how much the needs behind each improvement fell after it was done: 0.4 is forty of a hundred fewer.
    pub effects: Vec<(usize, f64)>,
}

/// A count of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Rate {
    /// The fraction; 0 of nothing.
    pub fn value(self) -> f64 {
        if self.whole == 0 { 0.0 } else { self.part as f64 / self.whole as f64 }
    }

    pub(crate) fn count(&mut self, is: bool) {
        self.part += u64::from(is);
        self.whole += 1;
    }
}

/// Everyone, by department, by site.
pub(crate) type Around = (Rate, Vec<(Department, Rate)>, Vec<(Site, Rate)>);

/// Go-around rates: everyone, by department, by site.
pub(crate) fn around(needs: &[Need], people: &[Person]) -> Around {
    let mut all = Rate::default();
    let mut departments = Department::ALL.map(|department| (department, Rate::default())).to_vec();
    let mut sites = Site::ALL.map(|site| (site, Rate::default())).to_vec();
    for need in needs {
        let is = need.outcome.is_around();
        let (site, department) = people[need.person.0 as usize].then(need.at);
        all.count(is);
        departments[department as usize].1.count(is);
        sites[site as usize].1.count(is);
    }
    (all, departments, sites)
}
