//! Filling what events and traces lack from the log's globals.

use super::super::attributes::Attributes;
use super::super::{DateStyle, date};
use super::Inside;

impl Inside<'_> {
    /// Takes from the log's globals what the event lacks.
    pub(super) fn fill(&mut self) {
        let mut took = false;
        for (key, value, kind) in self.declared.of_event() {
            let keys = &self.keys;
            let own = match key.as_str() {
                key if keys.activity.is(key) => &mut self.own.activity,
                key if keys.resource.is(key) => &mut self.own.resource,
                key if keys.lifecycle.is(key) => &mut self.own.lifecycle,
                key if keys.time.is(key) => {
                    if self.own.time.is_none() && self.own.bad_time.is_none() {
                        self.own.time = date::parse(value.trim(), DateStyle::YearFirst, self.options.zone.as_ref());
                        took = true;
                    }
                    continue;
                }
                key => {
                    if Attributes::new(None, &self.attributes).get(key).is_none() {
                        self.attributes.push(&[key], value, *kind);
                        took = true;
                    }
                    continue;
                }
            };
            if !own.full {
                own.set(value);
                took = true;
            }
        }
        self.defaulted += u64::from(took);
        if self.event == 1 && !self.holding {
            self.fill_case();
        }
    }

    /// Takes from the log's globals what the trace lacks; once, as it may have many attributes and many events.
    pub(super) fn fill_case(&mut self) {
        let known = Attributes::new(None, &self.case_attributes);
        let lacks = |key: &str| known.iter().all(|a| a.key.strip_prefix("case:") != Some(key));
        let lacking: Vec<_> =
            self.declared.of_trace().iter().filter(|(key, _, _)| !self.keys.case.is(key) && lacks(key)).collect();
        for (key, value, kind) in &lacking {
            self.case_attributes.push(&["case:", key], value, *kind);
        }
        self.case_defaulted += u64::from(!lacking.is_empty());
    }
}
