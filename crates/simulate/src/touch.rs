//! Contacts that are no part of a ticket: searching, reading, waiting in line, being told.

use crate::Text;
use crate::need::NeedId;
use crate::notice::NoticeId;
use crate::person::PersonId;
use crate::services::Service;

/// One contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Touch {
    /// When.
    pub at: i64,
    /// Whose.
    pub person: PersonId,
    /// About what, where that is known.
    pub service: Option<Service>,
    /// The need behind it (hidden truth, but what joins a story).
    pub need: Option<NeedId>,
    /// What happened.
    pub kind: TouchKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum TouchKind {
    /// A search with results.
    Searched {
        /// As typed.
        words: Text,
        /// How many results.
        hits: u16,
    },
    /// A search without any.
    SearchedInVain {
        /// As typed.
        words: Text,
    },
    /// The page of a service was read.
    ServiceRead {
        /// Seconds on the page.
        seconds: u32,
    },
    /// An article was read.
    ArticleRead {
        /// Position in [`crate::services::ARTICLES`].
        article: usize,
        /// Seconds on the page.
        seconds: u32,
        /// "Did this help?", which few answer.
        helped: Option<bool>,
    },
    /// A form was begun.
    FormStarted,
    /// A suggestion was due while typing: shown, or withheld from a random tenth.
    Suggested {
        /// Position in [`crate::services::ARTICLES`].
        article: usize,
        /// Withheld, for comparison.
        held_out: bool,
    },
    /// A form was left without sending it.
    FormGivenUp {
        /// How many fields were filled.
        filled: u8,
        /// After opening a suggestion.
        after_suggestion: bool,
    },
    /// The desk promised to call back between two times.
    CallbackPromised {
        /// Not before.
        from: i64,
        /// Not after.
        until: i64,
    },
    /// It called in time.
    CallbackKept,
    /// It did not.
    CallbackMissed {
        /// Minutes late; nothing if it never called.
        late: Option<u32>,
    },
    /// Took a number at the walk-up desk.
    LineJoined {
        /// Place in line, from 1.
        place: u8,
    },
    /// Was served there.
    LineServed {
        /// Minutes waited.
        waited: u32,
    },
    /// Left without being served.
    LineLeft {
        /// Minutes waited.
        waited: u32,
    },
    /// A notice was delivered.
    NoticeSent(NoticeId),
    /// A notice was really read.
    NoticeRead {
        /// Which.
        notice: NoticeId,
        /// Seconds on the page, five or more.
        seconds: u32,
    },
    /// "Me too", on an outage notice.
    MeToo(NoticeId),
    /// The code on a flyer was scanned.
    FlyerScanned {
        /// Which flyer.
        notice: NoticeId,
        /// Where it hung.
        place: &'static str,
    },
    /// Somebody who had raised something was told what came of it: position in [`crate::Company::improvements`].
    Told(usize),
}
