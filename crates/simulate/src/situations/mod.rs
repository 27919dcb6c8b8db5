//! Situations: what happens to people, in their own words, and what helps.
//!
//! Texts hold places in braces, filled with what fits the person: {room}, {device}, {number}, {colleague}, {hour},
//! {day}, {site}, {app}.

mod access;
mod business;
mod communication;
mod customers;
mod premises;
mod workplace;

use crate::dice::Dice;
use crate::services::Service;

/// Something that happens to people.
#[derive(Debug, PartialEq, Eq)]
pub struct Situation {
    /// Stable, dotted: "vpn.drops".
    pub key: &'static str,
    /// With which service.
    pub service: Service,
    /// To whom.
    pub who: Who,
    /// How often, compared with others.
    pub weight: u32,
    /// Usual minutes of an agent's work.
    pub minutes: u32,
    /// How hurried people are: weights of now, today, this week, no hurry.
    pub hurry: [u32; 4],
    /// Who else often has to act, if anyone.
    pub party: Option<Party>,
    /// In English.
    pub en: Words,
    /// In German.
    pub de: Words,
}

/// What is said, in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// Subjects: each fits the body at its place, and those beyond the last body fit any.
    pub subjects: &'static [&'static str],
    /// What the person writes.
    pub bodies: &'static [&'static str],
    /// What the agent may have to ask.
    pub ask: &'static str,
    /// What the person answers.
    pub answer: &'static str,
    /// What the agent writes when it is done.
    pub done: &'static str,
}

impl Words {
    /// A body, and a subject that fits it.
    pub(crate) fn letter(&self, dice: &mut Dice) -> (&'static str, &'static str) {
        let body = dice.below(self.bodies.len());
        let general = self.subjects.len() - self.bodies.len();
        let subject = if dice.chance(0.3) && general > 0 { self.bodies.len() + dice.below(general) } else { body };
        (self.subjects[subject], self.bodies[body])
    }
}

/// Who has a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Employees.
    All,
    /// Employees with a desk.
    Office,
    /// Production and logistics.
    Shop,
    /// Those who work with the ERP.
    Booking,
    /// Customers from outside.
    Customers,
    /// Nobody by chance: only when an outage happens.
    Outage,
}

/// Somebody else who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// A delivery.
    Supplier,
    /// The maker of a program.
    Vendor,
    /// The person's own manager must agree.
    Manager,
    /// The facilities department.
    Facilities,
    /// The payroll department.
    Payroll,
    /// The phone or line company.
    Carrier,
    /// The calibration laboratory.
    Laboratory,
}

/// All situations.
pub fn all() -> impl Iterator<Item = &'static Situation> {
    [access::TABLE, workplace::TABLE, communication::TABLE, premises::TABLE, business::TABLE, customers::TABLE]
        .into_iter()
        .flatten()
}

pub(crate) const NOW: [u32; 4] = [60, 30, 8, 2];
pub(crate) const TODAY: [u32; 4] = [20, 50, 25, 5];
pub(crate) const WEEK: [u32; 4] = [3, 20, 55, 22];
pub(crate) const LATER: [u32; 4] = [1, 6, 43, 50];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_and_each_says_everything_in_both_languages() {
        let mut keys = std::collections::HashSet::new();
        for situation in all() {
            assert!(keys.insert(situation.key), "{} stands twice", situation.key);
            for words in [&situation.en, &situation.de] {
                let texts = words.subjects.iter().chain(words.bodies).chain([&words.ask, &words.answer, &words.done]);
                for text in texts {
                    let plain = crate::phrases::Details::sample().fill(text);
                    assert!(!plain.contains(['{', '}']) && !plain.is_empty(), "{}: {plain}", situation.key);
                }
                assert!(words.subjects.len() >= words.bodies.len(), "{} lacks a subject", situation.key);
                assert!(words.bodies.len() >= 2, "{} has too few bodies", situation.key);
            }
        }
        assert!(keys.len() >= 60, "{} situations", keys.len());
    }
}
