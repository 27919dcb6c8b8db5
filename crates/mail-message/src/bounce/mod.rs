//! Mails that could not be delivered, and complaints: whose address, why, and for good or not.
//!
//! Read in this order, and the first that is there counts: the feedback report (`feedback`, RFC 5965), the
//! machine-readable report (`report`, RFC 3464), the words of the many servers that send neither (`notice`, which knows
//! them by the table in `dialects`). All three give a text and perhaps a code; `status` finds the codes, `reason` says
//! what codes and words mean, by the table in `phrases`.

mod blocks;
mod dialects;
mod feedback;
mod notice;
mod original;
mod phrases;
mod reason;
mod report;
mod status;

pub use reason::Reason;

use serde::Serialize;

use crate::Message;

/// A message about mails that were not delivered, or that were complained about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// One for each recipient that is named; at least one.
    pub failures: Vec<Failure>,
    /// The Message-ID of our mail that bounced, when it is quoted.
    pub message_id: Option<String>,
    /// The type of a feedback report: `abuse`, `fraud`, `auth-failure` ...
    pub feedback: Option<String>,
    /// What it was recognised by.
    #[serde(skip)]
    pub seen_in: &'static str,
}

/// What became of one recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The address that failed.
    pub recipient: Option<String>,
    /// The address that was written to, where the server names both (forwarding, aliases).
    pub original_recipient: Option<String>,
    /// Still being tried: nothing has failed for good yet.
    pub delayed: bool,
    /// The status code (RFC 3463): `5.1.1`. Where the server gave none, one inferred from the reason, of the form
    /// `5.0.9nn`, which no standard assigns, so that it cannot be taken for the server's.
    pub status: Option<String>,
    /// Whether `status` was inferred.
    pub inferred: bool,
    /// The three-digit SMTP reply code: `550`.
    pub reply: Option<String>,
    /// The server's words.
    pub diagnostic: Option<String>,
    /// What it comes down to.
    pub reason: Reason,
    /// The address will not work again: stop writing to it. Everything else may pass.
    pub hard: bool,
}

/// Reads `message` as a bounce or a report; `None` when it is neither.
pub fn read(message: &Message) -> Option<Bounce> {
    if let Some(bounce) = feedback::read(message) {
        return Some(bounce);
    }
    match report::read(message) {
        report::Report::Failures(failures) => Some(Bounce {
            failures: with_words(failures, message),
            message_id: original::of(message).message_id,
            feedback: None,
            seen_in: "delivery status",
        }),
        // A report that everything was delivered is no bounce, whatever its words.
        report::Report::Success => None,
        report::Report::None => notice::read(message).map(|bounce| or_wrapped(bounce, message)),
    }
}

/// A report that gives no reason at all (Exim's, of what it refused itself) may have one in the words beside it.
fn with_words(failures: Vec<Failure>, message: &Message) -> Vec<Failure> {
    let is_bare = |failure: &Failure| failure.reason == Reason::Unknown && failure.diagnostic.is_none();
    if !failures.iter().all(is_bare) {
        return failures;
    }
    let said = notice::read(message).map(|notice| notice.failures).unwrap_or_default();
    let explained = |failure: Failure| {
        let same = |other: &&Failure| other.recipient.is_some() && other.recipient == failure.recipient;
        match said.iter().find(same).filter(|other| other.reason != Reason::Unknown) {
            Some(other) => Failure {
                recipient: failure.recipient,
                original_recipient: failure.original_recipient,
                delayed: failure.delayed,
                hard: other.hard && !failure.delayed,
                ..other.clone()
            },
            None => failure,
        }
    };
    failures.into_iter().map(explained).collect()
}

/// A notice that gives no code may wrap a report that does.
fn or_wrapped(mut bounce: Bounce, message: &Message) -> Bounce {
    if bounce.failures.iter().all(|failure| failure.inferred && !failure.delayed)
        && let Some(failures) = report::read_wrapped(message)
    {
        bounce.failures = failures;
    }
    bounce
}

/// What a server said about one recipient, before it is understood.
#[derive(Default)]
struct Said {
    recipient: Option<String>,
    original_recipient: Option<String>,
    delayed: bool,
    /// The Status field.
    status: Option<String>,
    /// Diagnostic text, or the words of a notice.
    text: String,
    /// The diagnostic comes from a local program (`x-unix`), not from a mail server.
    local_program: bool,
    /// What the reporting server itself sorted it as, in a field of its own.
    sorted_as: Option<String>,
    /// The server whose words these are, when it is known by them.
    dialect: Option<&'static dialects::Dialect>,
}

impl Said {
    /// Finds codes and reason, and decides hard or soft.
    fn understood(self) -> Failure {
        let codes = status::find(&self.text);
        let stated = self.status.filter(|code| !code.is_empty());
        // The more exact of the two codes; the report's own when they say equally much.
        let status = match (stated, codes.status) {
            (Some(stated), Some(said)) if status::exactness(&said) > status::exactness(&stated) => Some(said),
            (stated, said) => stated.or(said),
        };
        let clues = reason::Clues {
            text: &self.text,
            status: status.as_deref(),
            reply: codes.reply.as_deref(),
            local_program: self.local_program,
            sorted_as: self.sorted_as.as_deref(),
            dialect: self.dialect.map_or(&[], |dialect| dialect.words),
        };
        let reason = reason::of(&clues);
        let temporary = self.delayed
            || match status.as_deref().or(codes.reply.as_deref()) {
                Some(code) => code.starts_with('4'),
                None => reason::says_temporary(&self.text),
            };
        let inferred = status.is_none();
        let status = status.unwrap_or_else(|| reason.inferred_status(temporary));
        Failure {
            recipient: self.recipient,
            original_recipient: self.original_recipient,
            delayed: self.delayed,
            status: Some(status),
            inferred,
            reply: codes.reply,
            diagnostic: Some(self.text.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|text| !text.is_empty())
                .map(|text| text.chars().take(1000).collect()),
            reason,
            hard: reason.is_about_the_address() && !temporary,
        }
    }
}

#[cfg(test)]
mod tests;
