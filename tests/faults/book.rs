//! What clients were told: the one thing that a desk must hold to.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use stories::client::Answer;

/// What one kind of write was asked for, each by words that stand nowhere else.
#[derive(Debug, Default)]
pub(crate) struct Page {
    acknowledged: BTreeSet<String>,
    /// No answer came: it may be there or not.
    unanswered: BTreeSet<String>,
    /// Answers that no client should have got, with the words.
    refused: Vec<(u16, String)>,
}

/// Everything that a client wrote down, by kind of write.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// Requests, by subject.
    pub(crate) tickets: Page,
    /// What people wrote to their tickets.
    pub(crate) messages: Page,
    /// What agents answered.
    pub(crate) answers: Page,
}

impl Page {
    /// Notes how a write went: done when the desk led on to `target`.
    pub(crate) fn note(&mut self, words: String, outcome: &io::Result<Answer>, target: &str) {
        match outcome {
            Ok(answer) if answer.leads_to(target) => drop(self.acknowledged.insert(words)),
            Ok(answer) => self.refused.push((answer.status, words)),
            Err(_) => drop(self.unanswered.insert(words)),
        }
    }

    /// How many writes were acknowledged, and of how many no answer came.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.acknowledged.len(), self.unanswered.len())
    }

    fn join(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.unanswered.extend(other.unanswered);
        self.refused.extend(other.refused);
    }

    /// What is wrong with what is stored: words and how often they are there.
    fn objections(&self, what: &str, stored: &BTreeMap<String, i64>) -> Vec<String> {
        let doubled = stored.iter().filter(|(_, count)| **count != 1);
        let doubled = doubled.map(|(words, count)| format!("{what} {words:?} is there {count} times"));
        let lost = self.acknowledged.iter().filter(|words| !stored.contains_key(*words));
        let lost = lost.map(|words| format!("{what} {words:?} was acknowledged and is lost"));
        let known = |words: &String| self.acknowledged.contains(words) || self.unanswered.contains(words);
        let unknown = stored.keys().filter(|words| !known(words));
        let unknown = unknown.map(|words| format!("{what} {words:?} is there, and nobody could know of it"));
        let refused = self.refused.iter();
        let refused = refused.map(|(status, words)| format!("{what} {words:?} was answered with {status}"));
        doubled.chain(lost).chain(unknown).chain(refused).collect()
    }
}

impl Book {
    /// Takes in what another client wrote down.
    pub(crate) fn join(&mut self, other: Self) {
        self.tickets.join(other.tickets);
        self.messages.join(other.messages);
        self.answers.join(other.answers);
    }

    /// What is wrong with what is stored; nothing when all that was acknowledged is there once, and nothing else is
    /// there but writes whose answer was cut off.
    pub(crate) fn objections(&self, stored: &Stored) -> Vec<String> {
        let mut all = self.tickets.objections("the request", &stored.tickets);
        all.extend(self.messages.objections("the message", &stored.messages));
        all.extend(self.answers.objections("the answer", &stored.answers));
        all
    }
}

/// What is stored: each text, and how often it is there.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    /// Tickets by subject.
    pub(crate) tickets: BTreeMap<String, i64>,
    /// Messages of people but the first of each ticket.
    pub(crate) messages: BTreeMap<String, i64>,
    /// Messages of the desk.
    pub(crate) answers: BTreeMap<String, i64>,
}

#[test]
fn a_lost_a_doubled_an_unknown_and_a_refused_write_are_each_objected_to() {
    let words = |given: &[&str]| given.iter().map(ToString::to_string).collect::<BTreeSet<String>>();
    let page = Page {
        acknowledged: words(&["kept", "lost", "twice"]),
        unanswered: words(&["cut off", "cut off and there"]),
        refused: vec![(500, "refused".to_owned())],
    };
    let stored = [("kept", 1), ("twice", 2), ("cut off and there", 1), ("from nowhere", 1)];
    let stored = stored.into_iter().map(|(words, count)| (words.to_owned(), count)).collect();
    let objections = page.objections("it", &stored).join("\n");
    assert_eq!(objections.lines().count(), 4, "{objections}");
    for word in ["\"twice\" is there 2", "\"lost\" was", "\"from nowhere\" is", "\"refused\" was answered with 500"] {
        assert!(objections.contains(word), "{word} is missing in:\n{objections}");
    }
}
