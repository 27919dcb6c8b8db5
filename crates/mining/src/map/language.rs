//! What a map says, in any language: the words are given, and English without.

use std::borrow::Cow;

use super::flow::Unit;
use crate::time;

/// A sentence or a word. `{n}`, `{wait}` and the like stand for values, as each field of [`Words`] says.
pub type Text = Cow<'static, str>;

/// Everything that a map says; [`Words::default`] is English.
#[derive(Debug, Clone)]
pub struct Words {
    /// One case, and several.
    pub cases: [Text; 2],
    /// One person, and several.
    pub people: [Text; 2],
    /// Between groups of three digits.
    pub thousands: char,
    /// Before decimals.
    pub point: char,
    /// `{n}%`
    pub percent: Text,
    /// A share that rounds to nothing.
    pub under_one: Text,
    /// A share that rounds to all.
    pub over_ninety_nine: Text,
    /// A wait below a second.
    pub at_once: Text,
    /// Seconds, minutes, hours, days, months and years: `{n} s`.
    pub spans: [Text; 6],
    /// `after {wait}`
    pub after: Text,
    /// Moves from a step to itself: `again {n}×`.
    pub again: Text,
    /// Happened one time.
    pub once: Text,
    /// Happened `{n} times`.
    pub times: Text,
    /// `{from} to {to}`
    pub arc: Text,
    /// `median wait {wait}`
    pub median: Text,
    /// `{n} begin with {step}`
    pub begin: Text,
    /// `{n} end with {step}`
    pub finish: Text,
    /// Where cases come in.
    pub start: Text,
    /// Where they go out.
    pub end: Text,
    /// The heading of the colours.
    pub waits: Text,
    /// The five colours: under an hour, a day, a week, thirty days, and beyond.
    pub colours: [Text; 5],
    /// `The wider, the more {unit}.`
    pub wider: Text,
    /// Nothing is hidden.
    pub whole: Text,
    /// `{hidden} of {all} arcs hidden, {share} of moves`
    pub hidden: Text,
    /// One rare step is hidden, and `{n} rare steps hidden`.
    pub rare: [Text; 2],
    /// The description's beginning: `{n} {unit} through {steps} steps.`
    pub through: Text,
    /// `From {from} to {to}`
    pub from_to: Text,
}

impl Default for Words {
    fn default() -> Self {
        let text = Cow::Borrowed;
        Self {
            cases: ["case", "cases"].map(text),
            people: ["person", "people"].map(text),
            thousands: ',',
            point: '.',
            percent: text("{n}%"),
            under_one: text("under 1%"),
            over_ninety_nine: text("over 99%"),
            at_once: text("at once"),
            spans: ["{n} s", "{n} min", "{n} h", "{n} d", "{n} months", "{n} years"].map(text),
            after: text("after {wait}"),
            again: text("again {n}×"),
            once: text("once"),
            times: text("{n} times"),
            arc: text("{from} to {to}"),
            median: text("median wait {wait}"),
            begin: text("{n} begin with {step}"),
            finish: text("{n} end with {step}"),
            start: text("Start"),
            end: text("End"),
            waits: text("Median wait"),
            colours: ["under 1 h", "1 h to 1 d", "1 d to 1 week", "1 week to 30 d", "over 30 d"].map(text),
            wider: text("The wider, the more {unit}."),
            whole: text("All arcs are shown."),
            hidden: text("{hidden} of {all} arcs hidden, {share} of moves"),
            rare: ["1 rare step hidden", "{n} rare steps hidden"].map(text),
            through: text("{n} {unit} through {steps} steps."),
            from_to: text("From {from} to {to}"),
        }
    }
}

impl Words {
    /// The word for this many of a unit.
    pub fn unit(&self, unit: Unit, count: u64) -> &str {
        let pair = match unit {
            Unit::Cases => &self.cases,
            Unit::People => &self.people,
        };
        &pair[usize::from(count != 1)]
    }

    /// `4580` as `4,580`.
    pub fn count(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(self.thousands);
            }
            text.push(digit);
        }
        text
    }

    /// A share as `12%`; never 0% or 100% unless it is.
    pub fn share(&self, share: f64) -> String {
        match share * 100.0 {
            p if p > 0.0 && p < 1.0 => self.under_one.to_string(),
            p if p > 99.0 && p < 100.0 => self.over_ninety_nine.to_string(),
            p => filled(&self.percent, &[("n", &format!("{p:.0}"))]),
        }
    }

    /// A wait as one would say it: `3.5 h`.
    pub fn wait(&self, seconds: f64) -> String {
        // What `human` writes is a number, a blank and a unit, or that there was no wait.
        let english = time::human(seconds);
        let unit = |name: &str| ["s", "min", "h", "d", "months", "years"].iter().position(|unit| *unit == name);
        match english.split_once(' ').and_then(|(number, name)| Some((number, unit(name)?))) {
            Some((number, unit)) => {
                filled(&self.spans[unit], &[("n", &number.replace('.', self.point.encode_utf8(&mut [0; 4])))])
            }
            None => self.at_once.to_string(),
        }
    }

    /// A wait in a sentence: `after 3.5 h`, or `at once`.
    pub(super) fn after(&self, wait: &str) -> String {
        if wait == self.at_once { wait.to_owned() } else { filled(&self.after, &[("wait", wait)]) }
    }

    /// How often: `once`, `7 times`.
    pub(super) fn times(&self, number: u64) -> String {
        if number == 1 { self.once.to_string() } else { filled(&self.times, &[("n", &self.count(number))]) }
    }
}

/// A text with its values in place. What a value says is never taken for a place itself.
pub(super) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut whole = String::with_capacity(text.len() + 24);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        whole.push_str(before);
        let value = behind
            .split_once('}')
            .and_then(|(name, after)| Some((values.iter().find(|(known, _)| *known == name)?.1, after)));
        rest = if let Some((value, after)) = value {
            whole.push_str(value);
            after
        } else {
            whole.push('{');
            behind
        };
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        let words = Words::default();
        let counts = [0, 999, 1000, 12_345_678].map(|number| words.count(number));
        assert_eq!(counts, ["0", "999", "1,000", "12,345,678"]);
        let shares = [0.0, 0.004, 0.517, 0.999, 1.0].map(|share| words.share(share));
        assert_eq!(shares, ["0%", "under 1%", "52%", "over 99%", "100%"]);
        assert_eq!([0.2, 90.0, 5400.0].map(|wait| words.wait(wait)), ["at once", "2 min", "1.5 h"]);
    }

    #[test]
    fn another_language_writes_numbers_its_own_way() {
        let german = Words {
            thousands: '.',
            point: ',',
            percent: "{n} %".into(),
            spans: ["{n} s", "{n} min", "{n} Std.", "{n} T.", "{n} Monate", "{n} Jahre"].map(Cow::Borrowed),
            ..Words::default()
        };
        assert_eq!(
            (german.count(1234), german.share(0.5), german.wait(5400.0)),
            ("1.234".into(), "50 %".into(), "1,5 Std.".into())
        );
    }

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(filled("{from} to {to}: {n}", &[("from", "{to}"), ("to", "{n}"), ("n", "3")]), "{to} to {n}: 3");
        assert_eq!(filled("a { b {n", &[("n", "3")]), "a { b {n");
    }
}
