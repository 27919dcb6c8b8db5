//! What a message carries besides its words: a meeting, a signature or a lock, who forwarded it. Kept as JSON beside the
//! message; what is not there takes no room.

use serde::{Deserialize, Serialize};

/// Most people of a meeting that are kept; [`Meeting::more`] counts the rest.
pub const GUESTS: usize = 20;

/// What a message carries besides its words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extras {
    /// The meeting that it invites to, changes, answers or calls off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
    /// How it was signed and locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seal: Option<Seal>,
    /// Who passed it on to the desk, when that is not who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded_by: Option<String>,
    /// The subject that it gives the conversation, when that had another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The ticket that it quotes, though its sender has no part in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<Quoted>,
    /// The ticket that it answers, though it began this one with a subject of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Quoted>,
    /// What speaks against its sender being who they say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    /// Its HTML shows what its text cannot: pictures, tables, colours. A page then shows the mail as it was sent.
    #[serde(skip_serializing_if = "is_false")]
    pub is_rich: bool,
    /// It was longer than what is kept here; the mail itself is kept whole.
    #[serde(skip_serializing_if = "is_false")]
    pub is_cut: bool,
}

/// A ticket that a mail of somebody else quotes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quoted {
    /// Which one.
    pub id: i64,
    /// Its number.
    pub number: i64,
}

impl Quoted {
    /// Its number as people write it.
    pub fn label(&self) -> String {
        super::model::label(self.number)
    }
}

base::code::define! {
    /// What speaks against a sender being who they say.
    pub enum Doubt {
        /// It came from an agent's address, and no mail server that we trust vouches for it.
        Unverified = "unverified",
        /// The domain of its sender says that it is not from there.
        Forged = "forged",
    }
}

/// A meeting, as a mail tells of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meeting {
    /// What the mail is about to do with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<Ask>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it begins; when it happens more than once, the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Point>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Point>,
    /// It happens more than once.
    #[serde(skip_serializing_if = "is_false")]
    pub repeats: bool,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizer: Option<Guest>,
    /// Who is invited; of an answer, who answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guests: Vec<Guest>,
    /// How many more are invited.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: usize,
    /// Words that came with an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

base::code::define! {
    /// What a mail does with a meeting.
    pub enum Ask {
        /// It invites.
        Invited = "invited",
        /// It says what changed.
        Changed = "changed",
        /// It calls it off.
        Cancelled = "cancelled",
        /// The guest comes.
        Accepted = "accepted",
        /// The guest does not come.
        Declined = "declined",
        /// The guest may come.
        Tentative = "tentative",
        /// The guest proposes another time.
        Countered = "countered",
        /// It tells of it and asks nothing.
        Told = "told",
    }
}

/// A point in time as a calendar says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Point {
    /// The instant, milliseconds UTC, when it is certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// As written, for when the instant is not certain: `20240715T100000`, or `20240715` for a whole day.
    pub written: String,
    /// The zone as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// Someone of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guest {
    /// Their name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Their mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Whether they come, when they said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Ask>,
}

/// How a mail was signed and locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// By which method.
    pub kind: SealKind,
    /// It came encrypted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub encrypted: bool,
    /// We could open it: what is shown is what was locked in it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub opened: bool,
    /// What became of checking its signature; `None` when it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// Who signed, as the key or certificate says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    /// The id of the key that signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The ids of the keys that would open it, when we could not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked_for: Vec<String>,
    /// Keys that came along, by owner and id; who sends a key says whose it is, and nothing proves it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub came_along: Vec<String>,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<SealNote>,
}

base::code::define! {
    /// How mails are signed and locked.
    pub enum SealKind {
        /// OpenPGP.
        Pgp = "pgp",
        /// S/MIME.
        Smime = "smime",
    }
}

base::code::define! {
    /// What became of checking a signature.
    pub enum Signature {
        /// It is right, and the signer's address is the sender's.
        Valid = "valid",
        /// The mail was changed after it was signed.
        Invalid = "invalid",
        /// We do not know the key.
        UnknownKey = "unknown-key",
        /// It is right, and nobody whom we trust vouches for who made it; or it can be forged.
        Untrusted = "untrusted",
        /// Its key or certificate was out of date.
        Expired = "expired",
        /// Its key or certificate was called back.
        Revoked = "revoked",
        /// It is right, and of somebody else than the sender.
        Mismatch = "mismatch",
    }
}

base::code::define! {
    /// What else there is to say about a seal.
    pub enum SealNote {
        /// There is more in the mail than what was signed or locked.
        Beside = "beside",
        /// Only an attachment is signed.
        AttachmentOnly = "attachment-only",
        /// It was signed in a way that can be forged today.
        Weak = "weak",
        /// Nobody whom we trust vouches for the certificate.
        NoAuthority = "no-authority",
        /// No key that we have opens it.
        NoKey = "no-key",
        /// A key of ours would open it, and its passphrase is not known.
        NoPassphrase = "no-passphrase",
        /// It was damaged, or tampered with, on the way.
        Damaged = "damaged",
        /// What is in it is larger than what is taken in.
        TooLarge = "too-large",
        /// It is made in a way that is not read here.
        NotSupported = "not-supported",
    }
}

impl Seal {
    /// It came locked and stays so.
    pub fn is_locked(&self) -> bool {
        self.encrypted && !self.opened
    }
}

impl Extras {
    /// As it is stored: nothing when there is nothing to say.
    pub(super) fn to_json(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        serde_json::to_string(self).ok()
    }

    /// What was stored. What a later version wrote and this one cannot read is as if it were not there.
    pub(super) fn of_json(json: Option<&str>) -> Self {
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_takes_no_room() {
        assert_eq!(Extras::default().to_json(), None);
        let seal = Seal {
            kind: SealKind::Smime,
            encrypted: false,
            opened: false,
            signature: Some(Signature::UnknownKey),
            signer: None,
            key: None,
            locked_for: Vec::new(),
            came_along: Vec::new(),
            notes: Vec::new(),
        };
        let extras = Extras { seal: Some(seal), ..Extras::default() };
        let json = extras.to_json().unwrap();
        assert_eq!(json, r#"{"seal":{"kind":"smime","signature":"unknown-key"}}"#);
        assert_eq!(Extras::of_json(Some(&json)), extras);
    }

    #[test]
    fn what_another_version_wrote_never_hides_the_message() {
        for json in [None, Some(""), Some("{"), Some("[]"), Some(r#"{"seal":{"kind":"wax"}}"#), Some(r#"{"new":1}"#)] {
            assert_eq!(Extras::of_json(json), Extras::default());
        }
    }
}
