//! What becomes of mail that comes in, where desks differ.

use serde::{Deserialize, Serialize};

/// The section `[incoming]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Incoming {
    /// What a reply becomes that has another subject than its ticket.
    pub new_subject: NewSubject,
    /// The name under which our own mail server says what it found out about senders. Nobody is believed when empty.
    pub trusted_authserv: String,
    /// Who passes on what customers wrote to them, besides agents: mail addresses.
    pub forwarders: Vec<String>,
    /// Whether the one who wrote a mail that was passed on is told that the desk has it.
    pub forwards_acknowledged: bool,
}

impl Default for Incoming {
    fn default() -> Self {
        Self {
            new_subject: NewSubject::default(),
            trusted_authserv: String::new(),
            forwarders: Vec::new(),
            forwards_acknowledged: true,
        }
    }
}

/// What a reply becomes that has another subject than its ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NewSubject {
    /// A message of the ticket, which shows its subject; an agent may make a ticket of its own of it.
    #[default]
    Keep,
    /// A ticket of its own.
    New,
}
