//! Where it hurts: how often people come with something, times how often it leaves them displeased.

use std::collections::BTreeMap;

use crate::projection::View;
use crate::touchpoint::Channel;

use super::{Evidence, within};
use crate::measure::gate::{Asked, Finding, Gate, Shown};
use crate::measure::registry::by_key;
use crate::measure::release::{Cuts, Part, Release, place_of};
use crate::measure::suppress::hidden;
use crate::measure::week::Weeks;

/// Where people come with something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On a service, by name.
    Service(String),
    /// In a channel: when contacts are not told apart by service.
    Channel(Channel),
}

/// A place that hurts.
#[derive(Debug, Clone, PartialEq)]
pub struct Pain {
    /// Which.
    pub place: Place,
    /// How many contacts there were.
    pub contacts: u64,
    /// How those who answered felt about the way they were handled.
    pub satisfaction: Finding,
}

impl Pain {
    /// Contacts that probably left somebody displeased, lowest and highest: every contact weighs the same, whether it was
    /// answered for or not, and the interval is that of satisfaction.
    pub fn displeased(&self) -> (f64, f64) {
        let (low, high) = self.satisfaction.interval();
        let contacts = self.contacts as f64;
        (contacts * (1.0 - high.unwrap_or(1.0)), contacts * (1.0 - low))
    }
}

impl Evidence {
    /// What hurts most, the worst first by the middle of what is displeased. Places that too few people came to are left
    /// out, with the next smallest when there is a single one; and so are those of which no answers are released.
    pub fn pains(&self, gate: &Gate, view: &View, cuts: &Cuts, weeks: Weeks, part: Part) -> Vec<Pain> {
        let Some(measure) = by_key("satisfaction") else { return Vec::new() };
        let (period, among) = (weeks.period(), cuts.among(part));
        let mut contacts: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        for contact in within(&self.contacts, period, |contact| contact.at) {
            if among.holds(contact.attributes) {
                contacts.entry(place_of(contact.service, contact.channel)).or_default().push(contact.who);
            }
        }
        let is_service = |place: u32| place < 1 << 16;
        let by_service = contacts.keys().any(|place| is_service(*place));
        let mut answers = Release::new(self, gate, cuts).of(measure).by_place(weeks, part);
        let people = |who: &[u64]| who.iter().collect::<std::collections::HashSet<_>>().len() as u64;
        let counts: Vec<u64> = contacts.values().map(|who| people(who)).collect();
        let unseen = hidden(&counts, gate.k());
        let mut pains: Vec<Pain> = contacts
            .into_iter()
            .zip(unseen)
            .filter(|((place, _), unseen)| !unseen && is_service(*place) == by_service)
            .filter_map(|((place, who), _)| {
                let Shown::Number(satisfaction) = gate.show(measure, Asked::of(&answers.remove(&place)?)) else {
                    return None;
                };
                let place = if by_service {
                    Place::Service(view.services().name(place as usize).to_owned())
                } else {
                    Place::Channel(*Channel::ALL.get(place as usize & 0xFFFF)?)
                };
                Some(Pain { place, contacts: who.len() as u64, satisfaction })
            })
            .collect();
        let weight = |pain: &Pain| pain.contacts as f64 * (1.0 - pain.satisfaction.value());
        pains.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        pains
    }
}
