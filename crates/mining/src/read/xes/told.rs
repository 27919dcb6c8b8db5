//! What a XES reader says: of events that it refuses, and of the log at its end.

use super::super::report::plural;
use super::Inside;
use crate::read::ReadError;
use crate::read::zone_name;

impl Inside<'_> {
    /// Refuses the present event, which lacks its activity, or a key of what was asked for.
    #[cold]
    pub(super) fn refuse(&mut self, asked: bool) -> bool {
        let wanted = self.declared.wanted(&self.options.activity).filter(|_| asked);
        let lacking = wanted.into_iter().flatten().find(|key| self.value(key).is_none());
        let reason = lacking.map_or_else(
            || "it has no concept:name, so no activity".to_owned(),
            |key| format!("it has no {key}, which names its activity"),
        );
        let place = format!("trace {} (\"{}\"), event {}", self.trace, self.case, self.event);
        self.report.refuse(place, reason);
        false
    }

    /// A trace has the name that another was given for want of one.
    pub(super) fn called_twice(&mut self) {
        if self.twice == 0 {
            self.report.note(&format!(
                "a trace has no name and is called by its number, and another is really called \"{}\"; the later of both is \
                 \"{0} (2)\"",
                self.case
            ));
        }
        self.twice += 1;
        self.case.push_str(" (2)");
    }

    /// A log with events of which none could be read is none, and neither is one without the keys that were asked for.
    pub(super) fn any_event(&self) -> Result<(), ReadError> {
        match self.report.problems.first() {
            Some(first) if self.report.events == 0 && self.report.refused > 0 => Err(ReadError::NoEvents {
                refused: self.report.refused,
                first: format!("{}: {}", first.place, first.reason),
                keys: self.keys.of_event.clone(),
            }),
            _ => self.any_asked(),
        }
    }

    /// Says at the end what is worth knowing.
    pub(super) fn conclude(&mut self, encoding: Option<String>) {
        let traces = |count: u64| plural(count, "trace");
        let missing = self.any_asked().err().map(|missing| missing.to_string());
        let notes = [
            (encoding.is_some(), encoding.unwrap_or_default()),
            (missing.is_some(), missing.unwrap_or_default()),
            (self.defaulted > 0, format!("{} took a value from the log's globals", plural(self.defaulted, "event"))),
            (self.case_defaulted > 0, format!("{} took a value from the log's globals", traces(self.case_defaulted))),
            (
                self.backwards > 0,
                format!(
                    "{} not in the order of time: variants, starts, ends and fits go by the order of the file, \
                     directly-follows, waits and states by time",
                    if self.backwards == 1 {
                        "1 trace is".to_owned()
                    } else {
                        format!("{} are", traces(self.backwards))
                    }
                ),
            ),
            (self.empty > 0, format!("{} without events left out", traces(self.empty))),
            (
                self.local > 0,
                format!(
                    "{} an offset, taken as {}",
                    if self.local == 1 {
                        "1 time is without".to_owned()
                    } else {
                        format!("{} times are without", self.local)
                    },
                    zone_name(self.options.zone.as_ref())
                ),
            ),
            (self.twice > 1, format!("{} so told apart", traces(self.twice))),
            (self.astray > 0, format!("{} outside of any trace left out", plural(self.astray, "event"))),
            (self.entities.left, "some entities that the file declares are left as they are written".to_owned()),
        ];
        for (_, note) in notes.iter().filter(|(is, _)| *is) {
            self.report.note(note);
        }
    }
}
