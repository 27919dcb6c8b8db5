//! What must hold for any archive of mails.

use std::collections::{HashMap, HashSet};
use std::io::BufReader;

use mail_message::thread::{Mail, conversations, evidence};
use mail_message::{Message, Own, mbox};

/// Most mails of one archive that are put together.
const MOST: usize = 40;

/// Mails lie one behind the other, what parts them is all that is in none, and which of them belong together does not
/// depend on their order.
pub fn archive(data: &[u8]) {
    mbox::is_mbox(data);
    let found: Vec<mbox::Found> = mbox::mails(data).map(|mail| mail.expect("memory is read")).collect();
    let slowly: Vec<mbox::Found> =
        mbox::mails(BufReader::with_capacity(1, data)).map(|mail| mail.expect("memory is read")).collect();
    assert_eq!(found, slowly, "read byte by byte, other mails");
    let mut end = 0;
    for mail in &found {
        let (at, length) = (mail.at as usize, mail.length as usize);
        assert!(at >= end && at + length <= data.len(), "{at} and {length} behind {end} of {}", data.len());
        assert!(data[at..at + length].starts_with(&mail.head), "the head of the mail at {at} is not its beginning");
        between(&data[end..at]);
        end = at + length;
        let raw = data[at..end].to_vec();
        assert!(mbox::unmarked(raw).len() <= length);
    }
    between(&data[end..]);
    let mails: Vec<Message> = found
        .iter()
        .take(MOST)
        .map(|mail| Message::read(&mbox::unmarked(data[mail.at as usize..(mail.at + mail.length) as usize].to_vec())))
        .collect();
    together(&mails);
}

fn between(bytes: &[u8]) {
    for line in bytes.split(|byte| *byte == b'\n') {
        assert!(line.is_empty() || line == b"\r" || line.starts_with(b"From "), "in no mail: {line:?}");
    }
}

fn together(mails: &[Message]) {
    let own = Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" };
    let said: Vec<_> = mails.iter().map(|mail| evidence(mail, &own)).collect();
    let sender: Vec<String> =
        mails.iter().map(|mail| mail.from.as_ref().map(|from| from.key()).unwrap_or_default()).collect();
    let all: Vec<Mail<'_>> = (0..mails.len())
        .map(|at| Mail { message_id: mails[at].message_id.as_deref(), evidence: &said[at], sender: &sender[at] })
        .collect();
    let groups = |order: &[usize]| -> HashSet<Vec<usize>> {
        let listed: Vec<Mail<'_>> = order.iter().map(|at| all[*at]).collect();
        let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
        for (place, at) in conversations(&listed).iter().zip(order) {
            assert!(place.to.is_none_or(|to| to < listed.len()));
            groups.entry(place.conversation).or_default().push(*at);
        }
        groups
            .into_values()
            .map(|mut group| {
                group.sort_unstable();
                group
            })
            .collect()
    };
    let forward: Vec<usize> = (0..all.len()).collect();
    let backward: Vec<usize> = forward.iter().rev().copied().collect();
    assert_eq!(groups(&forward), groups(&backward), "in another order, other conversations");
}
