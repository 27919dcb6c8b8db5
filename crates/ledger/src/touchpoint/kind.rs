//! Kinds of touchpoint: declared in code by the capability that writes them.

use std::collections::BTreeMap;

use super::model::{Direction, Initiator, Stage};

/// What a capability says of a kind of touchpoint that it writes.
///
/// The sentence for the timeline is the text `did-ticket-opened` of the capability's languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Dotted, past tense: `ticket.opened`.
    pub name: &'static str,
    /// The lifecycle stage it belongs to.
    pub stage: Stage,
    /// Who it goes to.
    pub direction: Direction,
    /// Who began it.
    pub initiator: Initiator,
    /// Whether the person sees it: which side of the line of visibility.
    pub visible: bool,
    /// Version of the shape of `detail`.
    pub version: i64,
    /// Fields of `detail` that hold numbers, which the projection keeps as columns.
    pub numbers: &'static [&'static str],
}

impl Kind {
    /// A kind that a person starts and sees, without numbers; the other shapes follow by `..`.
    pub const fn new(name: &'static str, stage: Stage) -> Self {
        Self {
            name,
            stage,
            direction: Direction::ToDesk,
            initiator: Initiator::Person,
            visible: true,
            version: 1,
            numbers: &[],
        }
    }

    /// The same kind, said or done by the desk to the person.
    pub const fn by_desk(self) -> Self {
        Self { direction: Direction::ToPerson, initiator: Initiator::Desk, ..self }
    }

    /// The same kind, done by a machine of ours.
    pub const fn by_machine(self) -> Self {
        Self { direction: Direction::ToPerson, initiator: Initiator::Machine, ..self }
    }

    /// The same kind, behind the line of visibility.
    pub const fn backstage(self) -> Self {
        Self { visible: false, ..self }
    }

    /// The same kind, with numbers in its detail.
    pub const fn with_numbers(self, numbers: &'static [&'static str]) -> Self {
        Self { numbers, ..self }
    }

    /// The key of its sentence: `did-ticket-opened`.
    pub fn text_key(&self) -> String {
        text_key(self.name)
    }
}

/// The key of the sentence of a kind by its name.
pub(crate) fn text_key(name: &str) -> String {
    format!("did-{}", name.replace(['.', '_'], "-"))
}

/// A step of a log that another desk wrote. Its own name stands after the colon of the stored kind.
pub static IMPORTED: Kind = Kind {
    name: "imported",
    stage: Stage::Use,
    direction: Direction::ToDesk,
    initiator: Initiator::Desk,
    visible: false,
    version: 1,
    numbers: &[],
};

/// The name of the step, when a stored kind is an imported one: `imported:Take in charge` is `Take in charge`.
pub fn imported_step(kind: &str) -> Option<&str> {
    kind.strip_prefix("imported:")
}

/// All kinds of the house by name.
#[derive(Debug, Clone, Default)]
pub struct Kinds(BTreeMap<&'static str, &'static Kind>);

impl Kinds {
    /// Gathers what the capabilities declare.
    ///
    /// # Panics
    /// When two capabilities claim one name: a mistake in the code, found by the first start.
    pub fn gather(declared: &[&[&'static Kind]]) -> Self {
        let mut all = BTreeMap::new();
        for kind in declared.iter().copied().flatten() {
            let earlier = all.insert(kind.name, *kind);
            assert!(earlier.is_none(), "two capabilities declare the touchpoint kind {}", kind.name);
        }
        Self(all)
    }

    /// The kind of this name.
    pub fn get(&self, name: &str) -> Option<&'static Kind> {
        self.0.get(name).copied()
    }

    /// All kinds, by name.
    pub fn iter(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.0.values().copied()
    }
}
