//! What is said about a seal.

use serde::Serialize;

/// A mail after its seals were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// The mail without its seals, as one whole message: its own headers, and what was signed or locked as its body.
    /// `None` when nothing was changed and the mail is to be read as it came.
    pub bytes: Option<Vec<u8>>,
    /// What the seals say; `None` when there are none.
    pub seal: Option<Seal>,
}

/// What the seals of a mail say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// By which method.
    pub kind: Kind,
    /// It came locked, or a part of it did.
    pub encrypted: bool,
    /// Everything that was locked could be opened.
    pub opened: bool,
    /// What became of checking its signature; `None` when it has none that we can see.
    pub signature: Option<Signature>,
    /// Who signed, as the key or certificate says.
    pub signer: Option<String>,
    /// The id of the key that signed.
    pub key: Option<String>,
    /// The ids of the keys that would open it, when it could not be opened.
    pub locked_for: Vec<String>,
    /// Keys that came along, by owner and id. They prove nothing: who sends a key says whose it is.
    pub came_along: Vec<String>,
    /// What else there is to say.
    pub notes: Vec<Note>,
}

/// How mails are signed and locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// OpenPGP.
    Pgp,
    /// S/MIME.
    Smime,
}

/// What became of checking a signature. In the order of the weight of what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// It holds, the key is known, and its owner's address is the sender's.
    Valid,
    /// The key is not known, so nothing can be said.
    UnknownKey,
    /// It holds, and nobody whom we trust vouches for who signed; or it was made in a way that can be forged today.
    Untrusted,
    /// It holds, and is of somebody else than the sender.
    Mismatch,
    /// It holds, and the key or certificate is out of date.
    Expired,
    /// It holds, and the key or certificate was called back.
    Revoked,
    /// It does not hold: what was signed is not what came.
    Invalid,
}

/// What else there is to say about a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// There is more in the mail than what was signed or locked: a list's footer, an attachment.
    Beside,
    /// Only an attachment is signed, not the text.
    AttachmentOnly,
    /// The signature was made in a way that can be forged today.
    Weak,
    /// Nobody whom we trust vouches for the certificate.
    NoAuthority,
    /// No key that we have opens it.
    NoKey,
    /// A key of ours would open it, and none of the passphrases opens that key.
    NoPassphrase,
    /// It was damaged, or tampered with, on the way.
    Damaged,
    /// What is in it is larger than what is taken in.
    TooLarge,
    /// It is made in a way that is not read here.
    NotSupported,
}

/// An id or a number as people read it.
pub(crate) fn id_text(id: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase();
    id.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// What was found out about one sealed part.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    pub(crate) encrypted: bool,
    pub(crate) opened: bool,
    pub(crate) signature: Option<Signature>,
    pub(crate) signer: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) locked_for: Vec<String>,
    pub(crate) came_along: Vec<String>,
    pub(crate) notes: Vec<Note>,
}

impl Finding {
    fn of(kind: Kind) -> Self {
        Self {
            kind,
            encrypted: false,
            opened: false,
            signature: None,
            signer: None,
            key: None,
            locked_for: Vec::new(),
            came_along: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(crate) fn signed(kind: Kind, signature: Signature) -> Self {
        Self { signature: Some(signature), ..Self::of(kind) }
    }

    pub(crate) fn opened(kind: Kind) -> Self {
        Self { encrypted: true, opened: true, ..Self::of(kind) }
    }

    pub(crate) fn locked(kind: Kind, note: Note, locked_for: Vec<String>) -> Self {
        Self { encrypted: true, locked_for, notes: vec![note], ..Self::of(kind) }
    }

    pub(crate) fn key_came_along(kind: Kind, owners: Vec<String>) -> Self {
        Self { came_along: owners, ..Self::of(kind) }
    }

    pub(crate) fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }
}

impl Seal {
    /// The seal of a mail, of what was found out about its parts. What is wrong with any of them is said of the mail.
    pub(crate) fn of(findings: Vec<Finding>, beside: bool) -> Option<Self> {
        let kind = findings.iter().find(|one| one.encrypted || one.signature.is_some()).or(findings.first())?.kind;
        let encrypted = findings.iter().any(|one| one.encrypted);
        let opened = encrypted && findings.iter().all(|one| !one.encrypted || one.opened);
        let worst = findings.iter().filter(|one| one.signature.is_some()).max_by_key(|one| one.signature);
        let (signature, signer, key) =
            worst.map_or((None, None, None), |one| (one.signature, one.signer.clone(), one.key.clone()));
        let mut seal = Self {
            kind,
            encrypted,
            opened,
            signature,
            signer,
            key,
            locked_for: vec![],
            came_along: vec![],
            notes: vec![],
        };
        for one in findings {
            seal.notes.extend(one.notes);
            seal.locked_for.extend(one.locked_for);
            seal.came_along.extend(one.came_along);
        }
        if beside && (seal.encrypted || seal.signature.is_some()) {
            seal.notes.push(Note::Beside);
        }
        seal.notes.sort_unstable();
        seal.notes.dedup();
        seal.locked_for.sort_unstable();
        seal.locked_for.dedup();
        seal.came_along.dedup();
        Some(seal)
    }
}
