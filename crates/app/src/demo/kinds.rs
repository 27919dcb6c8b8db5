//! Touchpoints of the simulated company that no capability writes yet: finding, reading, calling back, waiting in line,
//! being told. A capability that begins to write one of these takes its line from here.

use ledger::touchpoint::Direction::Alone;
use ledger::touchpoint::Stage::{Awareness, Evaluation, Investigation, Use};
use ledger::touchpoint::{Kind, Stage};

/// What a person does on their own, without a word to the desk.
const fn alone(name: &'static str, stage: Stage) -> Kind {
    Kind { direction: Alone, ..Kind::new(name, stage) }
}

/// Somebody searched and found something: `words`, `hits`.
pub(super) static SEARCH_MADE: Kind = alone("search.made", Evaluation).with_numbers(&["hits"]);
/// Somebody searched and found nothing: `words`.
pub(super) static SEARCH_EMPTY: Kind = alone("search.empty", Evaluation);
/// Somebody read what a service offers: `name`, `seconds` on the page.
pub(super) static SERVICE_READ: Kind = alone("service.read", Investigation).with_numbers(&["seconds"]);
/// Somebody read an article: `title`, `seconds` on the page, `helped` when they said so.
pub(super) static ARTICLE_READ: Kind = alone("article.read", Use).with_numbers(&["seconds"]);
/// An article was suggested while somebody typed: `title`, and the `odds` of its being withheld.
pub(super) static SUGGESTION_SHOWN: Kind = Kind::new("suggestion.shown", Use).by_machine();
/// One was due and not shown, for comparison: `title`, `odds`.
pub(super) static SUGGESTION_WITHHELD: Kind = Kind::new("suggestion.withheld", Use).by_machine().backstage();
/// A form was begun.
pub(super) static FORM_STARTED: Kind = alone("form.started", Use);
/// A form was left without sending it: how many fields were `filled`, and whether a suggestion was opened before.
pub(super) static FORM_GIVEN_UP: Kind = alone("form.given-up", Use).with_numbers(&["filled"]);
/// The desk promised to call back between `from` and the touchpoint's `promise_until`.
pub(super) static CALLBACK_PROMISED: Kind = Kind::new("callback.promised", Use).by_desk();
/// It called in time.
pub(super) static CALLBACK_KEPT: Kind = Kind::new("callback.kept", Use).by_desk();
/// It did not: `late` by so many minutes, or never when there is no such number.
pub(super) static CALLBACK_MISSED: Kind = Kind::new("callback.missed", Use).by_desk().with_numbers(&["late"]);
/// Somebody took a number at the walk-up desk: their `place` in line.
pub(super) static VISIT_JOINED: Kind = Kind::new("visit.joined", Use).with_numbers(&["place"]);
/// They were served: minutes `waited`.
pub(super) static VISIT_SERVED: Kind = Kind::new("visit.served", Use).by_desk().with_numbers(&["waited"]);
/// They left without being served: minutes `waited`.
pub(super) static VISIT_LEFT: Kind = Kind::new("visit.left", Use).with_numbers(&["waited"]);
/// A notice was delivered: `title`.
pub(super) static NOTICE_SENT: Kind = Kind::new("notice.sent", Awareness).by_desk();
/// It was really read: `title`, `seconds` on the page.
pub(super) static NOTICE_READ: Kind = alone("notice.read", Awareness).with_numbers(&["seconds"]);
/// "This is about me too": `title`.
pub(super) static NOTICE_ME_TOO: Kind = Kind::new("notice.me-too", Use);
/// The code on a flyer was scanned: `title`, and the `place` where it hung.
pub(super) static FLYER_SCANNED: Kind = alone("flyer.scanned", Awareness);

/// All of them.
pub(crate) const KINDS: &[&Kind] = &[
    &SEARCH_MADE,
    &SEARCH_EMPTY,
    &SERVICE_READ,
    &ARTICLE_READ,
    &SUGGESTION_SHOWN,
    &SUGGESTION_WITHHELD,
    &FORM_STARTED,
    &FORM_GIVEN_UP,
    &CALLBACK_PROMISED,
    &CALLBACK_KEPT,
    &CALLBACK_MISSED,
    &VISIT_JOINED,
    &VISIT_SERVED,
    &VISIT_LEFT,
    &NOTICE_SENT,
    &NOTICE_READ,
    &NOTICE_ME_TOO,
    &FLYER_SCANNED,
];
