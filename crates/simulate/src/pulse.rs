//! A pulse: people are asked whether anything got in the way of their work lately, and what they did about it: some of them
//! at once ([`Pulse`]), or each in their turn ([`Turns`]).
//!
//! It is asked of a company that has been lived through, so it changes nothing in it. Who tells and who keeps quiet is
//! known here, and nowhere else.

use crate::Company;
use crate::calendar::{DAY, MINUTE};
use crate::dice::Dice;
use crate::need::{First, Need, NeedId, Outcome};
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

/// Where somebody went first with a need, in their own eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Went {
    /// To the desk.
    Desk,
    /// To somebody in IT whom they know.
    Acquaintance,
    /// To a colleague.
    Colleague,
    /// Nowhere: they looked it up.
    Search,
    /// Nowhere: they lived with it.
    Bear,
}

impl Went {
    /// Where a person went with a need.
    pub fn of(need: &Need) -> Self {
        match need.first {
            First::AskedColleague => Self::Colleague,
            First::AskedTechnician => Self::Acquaintance,
            First::Waited => Self::Bear,
            First::Searched if need.outcome == Outcome::SelfService => Self::Search,
            First::Searched | First::Portal | First::Mailed | First::Called | First::WalkedUp => Self::Desk,
        }
    }
}

/// What somebody said in their turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// When.
    pub at: i64,
    /// Where they went first with the last thing that got in their way, and whether they told the desk of it then or
    /// later; `None` when nothing got in their way, or nothing that they remember.
    pub trouble: Option<(Went, bool)>,
}

/// Asking each person of a company in their turn.
pub struct Turns<'c> {
    company: &'c Company,
    /// The needs of each person, in the order of time.
    needs: Vec<Vec<u32>>,
}

/// How many of 100 who are asked in their turn answer.
const ANSWERING: f64 = 0.38;
/// How many of 100 remember what got in their way.
const REMEMBERING: f64 = 0.9;

impl<'c> Turns<'c> {
    /// Nobody is asked yet.
    pub fn new(company: &'c Company) -> Self {
        let mut needs = vec![Vec::new(); company.people().len()];
        for (place, need) in company.journeys().iter().enumerate() {
            needs[need.person.0 as usize].push(place as u32);
        }
        for own in &mut needs {
            own.sort_by_key(|place| company.journeys()[*place as usize].at);
        }
        Self { company, needs }
    }

    /// Where a person will go first the next time after `at`, which is the truth about what they would say; the desk where
    /// there is no next time.
    pub fn next(&self, person: PersonId, at: i64) -> Went {
        let own = &self.needs[person.0 as usize];
        let next = own.iter().map(|place| &self.company.journeys()[*place as usize]).find(|need| need.at > at);
        next.map_or(Went::Desk, Went::of)
    }

    /// Asks a person about the two weeks before `at`; what they answer before `end`, if anything. The same question gets
    /// the same answer.
    pub fn ask(&self, person: PersonId, at: i64, end: i64) -> Option<Answer> {
        let mut dice = Dice::new((u64::from(person.0) << 32) ^ at.cast_unsigned());
        let answers = dice.chance(ANSWERING);
        let later = dice.whole(5 * MINUTE, 4 * DAY);
        let remembers = dice.chance(REMEMBERING);
        let at = at + later;
        if !answers || at >= end {
            return None;
        }
        let lately = at - 14 * DAY..at;
        let needs = self.needs[person.0 as usize].iter().rev().map(|place| &self.company.journeys()[*place as usize]);
        let last = needs.filter(|need| lately.contains(&need.at)).find(|_| remembers);
        Some(Answer { at, trouble: last.map(|need| (Went::of(need), need.ticket.is_some())) })
    }
}
