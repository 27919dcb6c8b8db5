//! A pulse: some people are asked whether anything got in the way of their work lately, and what they did about it.
//!
//! It is asked of a company that has been lived through, so it changes nothing in it. Who tells and who keeps quiet is
//! known here, and nowhere else.

use crate::Company;
use crate::calendar::DAY;
use crate::dice::Dice;
use crate::need::{NeedId, Outcome};
use crate::person::{PersonId, Role};

/// How it is asked, and how people take it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pulse {
    /// When, UTC milliseconds.
    pub at: i64,
    /// About the last so many days.
    pub days: i64,
    /// The share of people who are asked, drawn by lot.
    pub asked: f64,
    /// The share of those asked who answer.
    pub answering: f64,
    /// The share of needs that an answer tells of, of those that came to the desk.
    pub tells_desk: f64,
    /// The same of those that were taken around it. When it is lower, people conceal that they go around; to a list of
    /// what the desk knows, the pulse is then no independent one.
    pub tells_around: f64,
    /// Chance of its own.
    pub seed: u64,
}

/// One problem that somebody told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub person: PersonId,
    /// Which: what matches it with what the desk knows.
    pub need: NeedId,
    /// It was taken elsewhere, or the person turned away.
    pub around: bool,
}

/// A need of the time that a pulse is about, as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Had {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub need: NeedId,
    /// How it ended.
    pub outcome: Outcome,
}

impl Pulse {
    /// All needs of the time that the pulse is about: the truth.
    pub fn had(&self, company: &Company) -> Vec<Had> {
        let from = self.at - self.days * DAY;
        let needs = company.journeys().iter().filter(|need| (from..self.at).contains(&need.at));
        needs.map(|need| Had { person: need.person, need: need.id, outcome: need.outcome }).collect()
    }

    /// Asks, and hears what people tell, in the order of the needs. One person may tell of several.
    pub fn told(&self, company: &Company) -> Vec<Told> {
        let mut dice = Dice::new(self.seed);
        let answers: Vec<bool> = company
            .people()
            .iter()
            .map(|person| {
                let asked = dice.chance(self.asked) && dice.chance(self.answering);
                asked && person.started < self.at && !matches!(person.role, Role::Agent(_))
            })
            .collect();
        let mut told = Vec::new();
        for had in self.had(company) {
            let around = had.outcome.is_around();
            let tells = dice.chance(if around { self.tells_around } else { self.tells_desk });
            if answers[had.person.0 as usize] && tells {
                told.push(Told { person: had.person, need: had.need, around });
            }
        }
        told
    }
}
