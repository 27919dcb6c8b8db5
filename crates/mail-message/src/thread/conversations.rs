//! Which of many mails make one conversation, by what they say of themselves alone.
//!
//! This is the part of threading that is the same for everybody: links between mails. Who may speak in a conversation is
//! the desk's to know. The order in which mails are given does not change which of them belong together; it changes only
//! which of two mails is said to answer, and which to be answered.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use super::Evidence;

/// What ties a mail to those before it, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// It is the same mail once more.
    Copy,
    /// It came to the same address with a token.
    Token,
    /// It answers one of them.
    Held,
    /// One of them answers it.
    Answered,
    /// It answers the same mail, which is not there, as one of them.
    Sibling,
    /// It has the same number of ours in its subject, and the same sender.
    Number,
    /// Nothing: it begins a conversation.
    New,
}

/// One mail, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'m> {
    /// Its own id.
    pub message_id: Option<&'m str>,
    /// What it says.
    pub evidence: &'m Evidence,
    /// The address of who wrote it, in lower case.
    pub sender: &'m str,
}

/// Where a mail belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of its conversation, from 0 on, in the order of first mails.
    pub conversation: usize,
    /// What ties it to an earlier one.
    pub link: Link,
    /// Which earlier one, by its place in the list.
    pub to: Option<usize>,
}

/// The conversation of each mail, in the order given.
pub fn conversations(mails: &[Mail<'_>]) -> Vec<Place> {
    let mut groups = Groups::new(mails.len());
    let mut links = Vec::with_capacity(mails.len());
    let (mut held, mut mentioned, mut tokens, mut numbers) =
        (HashMap::new(), HashMap::new(), HashMap::new(), HashMap::new());
    for (at, mail) in mails.iter().enumerate() {
        let mut strongest = (Link::New, None);
        let mut tie = |link: Link, to: Option<&usize>| {
            let Some(&to) = to else { return };
            groups.join(at, to);
            if link < strongest.0 {
                strongest = (link, Some(to));
            }
        };
        let evidence = mail.evidence;
        if let Some(token) = &evidence.token {
            tie(Link::Token, tokens.get(&token.to_lowercase()));
        }
        if let Some(id) = mail.message_id {
            tie(Link::Copy, held.get(id));
            tie(Link::Answered, mentioned.get(id));
        }
        for id in &evidence.ids {
            tie(Link::Held, held.get(id.as_str()));
            tie(Link::Sibling, mentioned.get(id.as_str()));
        }
        if let Some(number) = &evidence.subject_number {
            tie(Link::Number, numbers.get(&(number.as_str(), mail.sender)));
        }
        links.push(strongest);
        first(&mut held, mail.message_id, at);
        for id in &evidence.ids {
            first(&mut mentioned, Some(id.as_str()), at);
        }
        first(&mut tokens, evidence.token.as_ref().map(|token| token.to_lowercase()), at);
        first(&mut numbers, evidence.subject_number.as_deref().map(|number| (number, mail.sender)), at);
    }
    let mut named = HashMap::new();
    let place = |(at, (link, to))| {
        let next = named.len();
        let conversation = *named.entry(groups.of(at)).or_insert(next);
        Place { conversation, link, to }
    };
    links.into_iter().enumerate().map(place).collect()
}

/// Notes the first mail with a mark.
fn first<K: Eq + Hash>(marks: &mut HashMap<K, usize>, mark: Option<K>, at: usize) {
    if let Some(mark) = mark {
        marks.entry(mark).or_insert(at);
    }
}

/// Mails that belong together (disjoint sets with path halving).
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn of(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        // The earlier stands for both, so that conversations are numbered by their first mails.
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(ids: &[&str], number: Option<&str>) -> Evidence {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        Evidence { ids, subject_number: number.map(str::to_owned), ..Evidence::default() }
    }

    fn places(mails: &[(&str, &Evidence, &str)]) -> Vec<(usize, Link)> {
        let mails: Vec<Mail> = mails
            .iter()
            .map(|(id, evidence, sender)| Mail {
                message_id: Some(id).copied().filter(|id| !id.is_empty()),
                evidence,
                sender,
            })
            .collect();
        conversations(&mails).into_iter().map(|place| (place.conversation, place.link)).collect()
    }

    #[test]
    fn mails_that_answer_each_other_are_one_conversation_in_any_order() {
        let (none, one, two) = (said(&[], None), said(&["a"], None), said(&["b", "a"], None));
        let told = places(&[("a", &none, "x"), ("b", &one, "y"), ("c", &two, "x"), ("d", &none, "z")]);
        assert_eq!(told, [(0, Link::New), (0, Link::Held), (0, Link::Held), (1, Link::New)]);
        let told = places(&[("c", &two, "x"), ("d", &none, "z"), ("b", &one, "y"), ("a", &none, "x")]);
        assert_eq!(told, [(0, Link::New), (1, Link::New), (0, Link::Answered), (0, Link::Answered)]);
    }

    #[test]
    fn siblings_share_an_ancestor_that_nobody_has() {
        let unknown = said(&["lost"], None);
        assert_eq!(places(&[("a", &unknown, "x"), ("b", &unknown, "y")]), [(0, Link::New), (0, Link::Sibling)]);
    }

    #[test]
    fn a_number_counts_only_for_who_used_it_and_a_middle_joins_its_ends() {
        let (none, number) = (said(&[], None), said(&[], Some("7")));
        let told = places(&[("", &number, "x"), ("", &number, "y"), ("", &number, "x"), ("", &none, "x")]);
        assert_eq!(told.iter().map(|(group, _)| *group).collect::<Vec<_>>(), [0, 1, 0, 2]);
        let (end, middle) = (said(&["m"], None), said(&["a"], None));
        let told = places(&[("a", &none, "x"), ("z", &end, "x"), ("m", &middle, "y")]);
        assert_eq!(told.iter().map(|(group, _)| *group).collect::<Vec<_>>(), [0, 0, 0]);
    }

    #[test]
    fn the_same_mail_twice_is_a_copy() {
        let none = said(&[], None);
        assert_eq!(places(&[("a", &none, "x"), ("a", &none, "x")])[1], (0, Link::Copy));
    }
}
