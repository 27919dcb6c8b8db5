//! The corpus that the fuzz targets left, replayed: what held for these mails holds still.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

#[path = "../../../fuzz/src/mail.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod mail;
#[path = "../../../fuzz/src/mbox.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod mbox;
#[path = "../../../fuzz/src/replay.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod replay;
#[path = "../../../fuzz/src/tree.rs"]
#[allow(unreachable_pub, reason = "a module of the fuzz targets too")]
mod tree;

use replay::replay;

#[test]
fn mails() {
    replay("mail", mail::mail);
}

#[test]
fn trees_of_parts() {
    replay("tree", |data| mail::mail(&tree::mail(data)));
}

#[test]
fn fields() {
    replay("fields", mail::fields);
}

#[test]
fn reports() {
    replay("report", mail::report);
}

#[test]
fn pages() {
    replay("html", mail::html);
}

#[test]
fn texts() {
    replay("text", mail::text);
}

#[test]
fn calendars() {
    replay("calendar", mail::calendar);
}

#[test]
fn winmails() {
    replay("tnef", mail::tnef);
}

#[test]
fn archives() {
    replay("mbox", mbox::archive);
}
