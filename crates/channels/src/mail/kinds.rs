//! The touchpoints that mail itself leaves; what people write in mails is the ticket's to record.

use ledger::touchpoint::{Kind, Stage::Use};

/// A mail of ours came back.
pub(super) static BOUNCED: Kind = Kind::new("mail.bounced", Use).by_machine().backstage();
/// A letter of ours was not taken, or not for everybody.
pub(super) static UNSENT: Kind = Kind::new("mail.unsent", Use).by_machine().backstage();
/// A mail could not be taken in.
pub(super) static QUARANTINED: Kind = Kind::new("mail.quarantined", Use).by_machine().backstage();
/// An agent had a mail of the quarantine taken in again.
pub(super) static ADMITTED: Kind = Kind::new("mail.admitted", Use).by_desk().backstage();
/// An agent put a mail of the quarantine aside for good.
pub(super) static DISCARDED: Kind = Kind::new("mail.discarded", Use).by_desk().backstage();

/// An agent took a mail back that had been put aside or left out, for another look.
pub(super) static RESTORED: Kind = Kind::new("mail.restored", Use).by_desk().backstage();

/// All of them.
pub const KINDS: &[&Kind] = &[&BOUNCED, &UNSENT, &QUARANTINED, &ADMITTED, &DISCARDED, &RESTORED];
