//! One mail message, understood: bytes in, a [`Message`] out.
//!
//! Everything here is pure: no clock, no network, no storage. Every function takes any input, answers in time
//! proportional to its length and never panics; what could not be understood becomes a [`Warning`], and the message
//! is still given. Each concern is a folder with its own readable table of rules:
//!
//! | folder | question it answers |
//! |---|---|
//! | `header` | who wrote to whom, when, under which ids, whatever the encoding |
//! | `body` | what is written, and what is attached |
//! | `reply` | which part is new, which is quoted, which is a signature |
//! | `classify` | who or what wrote this: a person, an auto-reply, a bounce, a list ... and what says so |
//! | `bounce` | which address failed, why, and for good or not |
//! | `calendar` | which meeting is asked for, moved or called off, and who comes |
//! | `tnef` | what is in a `winmail.dat` |
//! | `thread` | what the message itself says about the conversation it belongs to |
//! | `mbox` | where the mails lie in a file of many |
//! | `authenticity` | whether a server that we trust found the sender to be who they say |

pub mod authenticity;
mod body;
pub mod bounce;
mod calendar;
mod charset;
pub mod classify;
mod header;
mod inline;
mod inspect;
pub mod mbox;
mod message;
mod parse;
mod repair;
pub mod reply;
pub mod thread;
mod tnef;
mod transfer;
mod uuencode;
mod warning;

pub use authenticity::Authenticity;
pub use body::{Attachment, html_to_text};
pub use bounce::{Bounce, Failure, Reason};
pub use calendar::{Attendee, Calendar, When};
pub use classify::{Classification, Kind};
pub use header::{Address, Headers};
pub use inspect::inspect;
pub use message::{MachinePart, Message};
pub use reply::Reply;
pub use thread::{Evidence, Own, is_thanks};
pub use warning::Warning;
