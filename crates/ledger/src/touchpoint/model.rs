//! What a touchpoint says.

use base::clock::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::TouchpointId;
use super::kind::Kind;
use crate::person::PersonId;

base::code::define! {
    /// Where a contact took place.
    pub enum Channel {
        /// The portal's pages.
        Portal = "portal",
        /// Mail.
        Email = "email",
        /// Live chat.
        Chat = "chat",
        /// A call.
        Phone = "phone",
        /// Someone came by.
        WalkUp = "walk-up",
        /// Articles and search.
        Knowledge = "knowledge",
        /// The forum.
        Forum = "forum",
        /// Social networks.
        Social = "social",
        /// Outages, maintenance, newsletters, flyers.
        Notice = "notice",
        /// A question of ours.
        Survey = "survey",
        /// Another program.
        Api = "api",
    }
}

base::code::define! {
    /// The five stages of the lifecycle.
    pub enum Stage {
        /// I have a problem: where do I look?
        Evaluation = "evaluation",
        /// I learn that the desk and its services exist.
        Awareness = "awareness",
        /// I read what it offers.
        Investigation = "investigation",
        /// Self-service, then the desk; again and again.
        Use = "use",
        /// I say how it was, and hear what came of it.
        Improvement = "improvement",
    }
}

base::code::define! {
    /// Who speaks to whom.
    pub enum Direction {
        /// A person to the desk.
        ToDesk = "to-desk",
        /// The desk to a person.
        ToPerson = "to-person",
        /// A person on their own: reading, searching.
        Alone = "self",
        /// People among themselves.
        Between = "between",
    }
}

base::code::define! {
    /// Who began it.
    pub enum Initiator {
        /// The person.
        Person = "person",
        /// Someone of the desk.
        Desk = "desk",
        /// A program.
        Machine = "machine",
    }
}

base::code::define! {
    /// How we know of it.
    pub enum Source {
        /// It happened here.
        Lived = "lived",
        /// Someone of the desk noted it for the person.
        OnBehalf = "on-behalf",
        /// Read from another desk's records.
        Imported = "imported",
        /// Made by the simulation.
        Simulated = "simulated",
    }
}

/// A thing that a touchpoint concerns (OCEL's relation).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// What it is: `ticket`, `article`, `improvement` ...
    #[serde(rename = "type")]
    pub kind: String,
    /// Which one.
    #[serde(with = "id_as_text")]
    pub id: i64,
    /// In which part, when that needs saying: `about`, `merged into` ...
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub qualifier: String,
}

/// Ids are text in JSON everywhere.
mod id_as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub(super) fn serialize<S: Serializer>(id: &i64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(id)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A touchpoint as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Touchpoint {
    /// Which one.
    pub id: TouchpointId,
    /// Its place for followers, with the id.
    pub position: i64,
    /// When it happened, which for an imported one is long before it was stored.
    pub at: Moment,
    /// Whom it concerns; nobody known, or a person since erased, when empty.
    pub person: Option<PersonId>,
    /// Their attributes as of then.
    pub person_version: i64,
    /// Where.
    pub channel: Channel,
    /// The stage of the lifecycle.
    pub stage: Stage,
    /// The kind's name.
    pub kind: String,
    /// The service concerned, by name.
    pub service: Option<String>,
    /// Who speaks to whom.
    pub direction: Direction,
    /// Who began it.
    pub initiator: Initiator,
    /// The team that acted.
    pub team: Option<String>,
    /// Whether the person sees it.
    pub visible: bool,
    /// How we know of it.
    pub source: Source,
    /// Until when something was promised.
    pub promise_until: Option<Moment>,
    /// What it concerns.
    pub objects: Vec<Object>,
    /// The rest, in the shape that the kind's version says.
    pub detail: Value,
}

impl Touchpoint {
    /// The id of the first object of this type.
    pub fn object(&self, kind: &str) -> Option<i64> {
        self.objects.iter().find(|object| object.kind == kind).map(|object| object.id)
    }

    /// The key of the sentence that tells it on a timeline.
    pub fn text_key(&self) -> String {
        super::kind::text_key(&self.kind)
    }
}

/// A touchpoint to be recorded.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(super) kind: &'static Kind,
    pub(super) step: Option<String>,
    pub(super) at: Moment,
    pub(super) channel: Channel,
    pub(super) person: Option<PersonId>,
    pub(super) initiator: Initiator,
    pub(super) direction: Direction,
    pub(super) service: Option<String>,
    pub(super) team: Option<String>,
    pub(super) source: Source,
    pub(super) promise_until: Option<Moment>,
    pub(super) objects: Vec<Object>,
    pub(super) detail: Value,
}

impl Draft {
    /// A touchpoint of this kind, at this time, in this channel; with the kind's own direction and initiator.
    pub fn of(kind: &'static Kind, at: Moment, channel: Channel) -> Self {
        Self {
            kind,
            step: None,
            at,
            channel,
            person: None,
            initiator: kind.initiator,
            direction: kind.direction,
            service: None,
            team: None,
            source: Source::Lived,
            promise_until: None,
            objects: Vec::new(),
            detail: Value::Null,
        }
    }

    /// Names the step of an imported log.
    pub fn step(mut self, name: &str) -> Self {
        self.step = Some(name.to_owned());
        self
    }

    /// Whom it concerns.
    pub fn person(mut self, person: impl Into<Option<PersonId>>) -> Self {
        self.person = person.into();
        self
    }

    /// Whether it was said whom it concerns.
    pub fn has_person(&self) -> bool {
        self.person.is_some()
    }

    /// What it concerns.
    pub fn object(mut self, kind: &str, id: i64) -> Self {
        self.objects.push(Object { kind: kind.to_owned(), id, qualifier: String::new() });
        self
    }

    /// Which service, by name.
    pub fn service(mut self, service: impl Into<Option<String>>) -> Self {
        self.service = service.into();
        self
    }

    /// Which team acted.
    pub fn team(mut self, team: impl Into<Option<String>>) -> Self {
        self.team = team.into();
        self
    }

    /// How we know of it.
    pub fn source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// Who began it, when not whom the kind says.
    pub fn initiator(mut self, initiator: Initiator) -> Self {
        self.initiator = initiator;
        self
    }

    /// Until when something is promised by it.
    pub fn promise_until(mut self, at: impl Into<Option<Moment>>) -> Self {
        self.promise_until = at.into();
        self
    }

    /// What else is to be known of it.
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// The kind's name as stored.
    pub(super) fn stored_kind(&self) -> std::borrow::Cow<'static, str> {
        match &self.step {
            Some(step) => format!("{}:{step}", self.kind.name).into(),
            None => self.kind.name.into(),
        }
    }
}
