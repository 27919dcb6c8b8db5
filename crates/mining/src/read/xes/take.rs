//! What an attribute of a trace or event means.

use super::{Inside, Level};
use crate::read::attributes::Kind;
use crate::read::finer::finer;
use crate::read::{DateStyle, date};

/// Longest name of a case that is kept: it is handed out with each of its events.
const LONGEST_NAME: usize = 1000;

impl Inside<'_> {
    /// Takes an attribute of the present trace or event.
    pub(super) fn take(&mut self, kind: Kind, key: &str, value: &str) {
        let (level, direct) = (self.level, self.open.is_empty());
        match level {
            Level::Trace if direct && self.keys.case.sees(key) => self.name(value),
            Level::Trace if self.event > 0 && !self.holding && self.options.attributes => {
                self.report.note("a trace has attributes after more events than can wait for them; they are left out");
            }
            Level::Trace => self.case_attributes.push(&["case:", &self.prefix, key], value, kind),
            _ if direct && self.field(key, value) => {}
            _ => self.attributes.push(&[&self.prefix, key], value, kind),
        }
    }

    /// Takes the name of the present trace.
    fn name(&mut self, name: &str) {
        if name.len() > LONGEST_NAME {
            self.report.note("a trace has a name longer than 1000 bytes; its number stands for it");
            return;
        }
        if self.event > 0 && (self.named || !self.holding) {
            self.report.note(if self.named {
                "a trace has a second name after its events; its first stands for it"
            } else {
                "a trace has its name after more events than can wait for it; its number stands for it"
            });
            return;
        }
        self.named = true;
        self.case.clear();
        self.case.push_str(name);
        if self.numbers.taken(name, self.trace) {
            self.called_twice();
        }
        if self.case == self.last_case {
            self.report.note("several traces have the same name; they are taken as one case");
        }
        self.last_case.clone_from(&self.case);
    }

    /// Whether this is one of the fields that every event has. One key may be several of them, if that was asked for.
    #[inline]
    fn field(&mut self, key: &str, value: &str) -> bool {
        let activity = self.keys.activity.sees(key);
        if activity {
            self.own.activity.set(value);
        }
        let time = self.keys.time.sees(key);
        if time {
            self.own.time = date::parse(value.trim(), DateStyle::YearFirst, self.options.zone.as_ref());
            self.own.finer = finer(value);
            self.own.bad_time = self.own.time.is_none().then(|| value.to_owned());
            self.local += u64::from(self.own.time.is_some() && !date::has_offset(value));
        }
        let resource = self.keys.resource.sees(key);
        if resource {
            self.own.resource.set(value);
            self.own.resource.full = !value.is_empty();
        }
        let lifecycle = self.keys.lifecycle.sees(key);
        if lifecycle {
            self.own.lifecycle.set(value);
            self.own.lifecycle.full = !value.is_empty();
        }
        activity | time | resource | lifecycle
    }

    /// Gives the present event another activity than its own, which stays with it as an attribute.
    pub(super) fn call(&mut self, activity: &str) {
        if self.options.attributes
            && let Some(own) = self.own.activity.get().filter(|own| *own != activity)
        {
            self.attributes.push(&[&self.keys.activity.name], own, Kind::Text);
        }
        self.own.activity.set(activity);
    }
}
