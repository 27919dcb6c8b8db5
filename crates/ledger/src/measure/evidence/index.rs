//! Where things stand in the lists of evidence, so that a touchpoint finds what it changes without a search.
//!
//! Places are counted from 1; 0 is none.

use super::Who;
use crate::projection::NumberMap;

/// What leads from a touchpoint to what it changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// The life of each thing.
    pub life_of: Vec<u32>,
    /// The last contact of a person about a service.
    pub contact_of: NumberMap<u64, u32>,
    /// The answer that a person gave on a thing.
    pub answer_of: NumberMap<(Who, u32), u32>,
    /// The answer that a person gave to a pulse.
    pub pulse_of: NumberMap<(Who, u32), u32>,
    /// The last sending of a notice to a person.
    pub notice_of: NumberMap<(Who, u32), u32>,
    /// The last notice to a person on a service about which they have not come since.
    pub notice_on: NumberMap<u64, u32>,
    /// When people began something at the desk.
    pub begun: Vec<Begun>,
    /// By the code of the person who stands for them.
    people: Vec<Track>,
    /// Those who are told apart by the thing that they came with.
    others: NumberMap<Who, Track>,
}

/// A time at which somebody began something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    pub at: i64,
    /// The place of the same person's one before it.
    pub before: u32,
}

/// The latest of each kind that a person was part of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Track {
    /// The time of the latest touchpoint.
    pub latest: i64,
    pub begun: u32,
    pub first: u32,
    pub suggestion: u32,
    pub invited: u32,
    pub raised: u32,
    pub pulsed: u32,
    /// Whether they came before the stretch.
    pub came_before: bool,
}

impl Default for Track {
    fn default() -> Self {
        Self {
            latest: i64::MIN,
            begun: 0,
            first: 0,
            suggestion: 0,
            invited: 0,
            raised: 0,
            pulsed: 0,
            came_before: false,
        }
    }
}

/// A person and a service in one number.
pub(super) fn about(who: Who, service: u16) -> u64 {
    who << 16 | u64::from(service)
}

impl Index {
    /// Makes room for as many people and things.
    pub(super) fn grow(&mut self, people: usize, objects: usize) {
        self.people.resize(people.max(self.people.len()), Track::default());
        self.life_of.resize(objects.max(self.life_of.len()), 0);
    }

    /// Whether this is a person who can be known again.
    pub(super) fn is_known(&self, who: Who) -> bool {
        who < self.people.len() as u64
    }

    pub(super) fn track(&mut self, who: Who) -> &mut Track {
        if self.is_known(who) { &mut self.people[who as usize] } else { self.others.entry(who).or_default() }
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        let wide = self.answer_of.capacity() + self.pulse_of.capacity() + self.notice_of.capacity();
        let narrow = self.contact_of.capacity() + self.notice_on.capacity();
        self.life_of.capacity() * 4
            + self.begun.capacity() * size_of::<Begun>()
            + self.people.capacity() * size_of::<Track>()
            + self.others.capacity() * (size_of::<Track>() + 9)
            + wide * 25
            + narrow * 17
    }
}
