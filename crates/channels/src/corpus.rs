//! The corpus that the fuzz targets left, replayed: what held for what these servers said holds still.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "modules of the fuzz targets too; a test ends where something is missing"
)]

#[path = "../../../fuzz/channels/src/dialogue.rs"]
mod dialogue;
#[path = "../../../fuzz/src/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn dialogues() {
    replay("dialogue", dialogue::dialogue);
}

#[test]
fn names_of_folders() {
    replay("name", dialogue::name);
}

#[test]
fn keys_and_certificates() {
    replay("key", dialogue::key);
}

/// What becomes of a letter when the server answers so; `|` parts what it says at one time.
fn sent(said: &str) -> (&'static str, Vec<String>) {
    let said = format!("220 mx|250-mx\r\n250 AUTH PLAIN|235 in|250 mx|{said}").replace('|', "\r\n\u{1}") + "\r\n";
    let said: Vec<u8> = said.bytes().map(|byte| if byte == 1 { 255 } else { byte }).collect();
    dialogue::run(channels::mail::fuzzing::smtp(dialogue::Server::saying(&said), false))
}

#[test]
fn a_letter_is_taken_when_the_server_says_so_and_only_then() {
    for (said, came_to) in [
        ("250 ok|250 ok|250 ok|354 go on|250 queued|221 bye", "taken"),
        // It would take the letter's lines for commands.
        ("250 ok|250 ok|250 ok|250 ok|250 queued|221 bye", "unreachable"),
        ("250 ok|250 ok|250 ok|354 go on|354 go on", "perhaps"),
        ("250 ok|250 ok|250 ok|354 go on", "perhaps"),
        ("250 ok|550 no|550 no", "refused"),
        ("250 ok|550 no|450 later", "not now"),
    ] {
        assert_eq!(sent(said).0, came_to, "{said}");
    }
}

#[test]
fn a_server_that_answers_with_a_line_of_blanks_is_one_that_cannot_be_reached() {
    let said = b"220 mx\r\n\xff250-mx\r\n250 AUTH PLAIN\r\n\xff235 in\r\n\xff250-mx\r\n250-  \r\n250 AUTH PLAIN\r\n";
    let sent = dialogue::run(channels::mail::fuzzing::smtp(dialogue::Server::saying(said), false));
    assert_eq!(sent.0, "unreachable");
    assert!(sent.1[0].contains("EHLO"), "{:?}", sent.1);
}

#[test]
fn what_a_server_says_can_be_stored_whatever_it_is() {
    let (came_to, words) = sent("250 ok|250 ok|250 ok|554 5.7.1 \u{0}no\u{1b}[31m\u{7}");
    assert_eq!(came_to, "refused");
    assert!(words[0].contains("no") && !words[0].contains(char::is_control), "{words:?}");
}
