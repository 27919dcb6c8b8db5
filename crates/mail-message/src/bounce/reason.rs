//! Why a mail was not delivered: what servers' words (`phrases`) and codes come down to.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use super::phrases::{CODES, WORDS};

/// What a failure comes down to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The address does not exist.
    UserUnknown,
    /// Its domain does not exist or takes no mail.
    HostUnknown,
    /// The person moved to another address.
    HasMoved,
    /// This server takes no mail at all (null MX, 521, 556).
    NotAccept,
    /// The mailbox is full.
    MailboxFull,
    /// The mailbox exists and is switched off.
    Suspended,
    /// A filter of the recipient or their provider refused it, perhaps saying that the user is unknown.
    Filtered,
    /// It looked like spam.
    Spam,
    /// It looked like a virus.
    Virus,
    /// Its size or content was refused.
    TooBig,
    /// The content was refused.
    Content,
    /// Our SPF, DKIM or DMARC did not pass.
    Authentication,
    /// Our server or network is on a list.
    Blocked,
    /// Too many connections or messages; slower is fine.
    RateLimited,
    /// The server does not relay for us.
    NoRelaying,
    /// A policy of theirs.
    Policy,
    /// Access was denied, or a login was asked for.
    Security,
    /// The sender's address was refused.
    Rejected,
    /// It was tried for days.
    Expired,
    /// Name service, routing or connection.
    Network,
    /// Their disk is full.
    SystemFull,
    /// Their mail program failed.
    MailerError,
    /// Their server failed in another way.
    SystemError,
    /// A person complained.
    Feedback,
    /// Nothing says why.
    #[default]
    Unknown,
}

/// What is known about a failure.
pub(super) struct Clues<'a> {
    pub(super) text: &'a str,
    pub(super) status: Option<&'a str>,
    pub(super) reply: Option<&'a str>,
    pub(super) local_program: bool,
    pub(super) sorted_as: Option<&'a str>,
    pub(super) dialect: &'static [(&'static str, Reason)],
}

use Reason as R;

/// The reason behind what was said.
pub(super) fn of(clues: &Clues<'_>) -> Reason {
    let text = plain(clues.text);
    if let Some((_, reason)) = clues.dialect.iter().find(|(words, _)| text.contains(words)) {
        return *reason;
    }
    if let Some(reason) = clues.sorted_as.and_then(sorted) {
        return reason;
    }
    let detail = clues.status.and_then(|status| status.split_once('.')).map_or("", |(_, detail)| detail);
    let mut said = WORDS.iter().filter(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(r, _)| *r);
    let first = said.next();
    let unknown_user = first == Some(R::UserUnknown) || said.any(|reason| reason == R::UserUnknown);
    if clues.local_program && clues.reply.is_none() {
        // "No such user" of a delivery program is about its own configuration.
        return first.filter(|reason| *reason != R::UserUnknown).unwrap_or(R::MailerError);
    }
    let coded = coded(detail);
    match (first, coded) {
        // "5.2.0": something about a mailbox, which therefore exists, whatever the words.
        (Some(R::UserUnknown), Some(R::Filtered)) => R::Filtered,
        // Exact codes that leave no room: the mailbox is full, off, gone elsewhere, or never was there.
        (Some(said), Some(coded)) if is_settled(said, coded) => coded,
        // 5.7.6nn: a provider's lists.
        (_, Some(R::Blocked)) if detail.len() == 5 => R::Blocked,
        (Some(R::UserUnknown), code) if code != Some(R::UserUnknown) && is_unconfirmed(clues, detail, &text) => {
            R::Filtered
        }
        // The exact code for an unknown address outweighs words that stand in any refusal.
        (Some(said), Some(R::UserUnknown)) if detail != "1.0" && gives_way(said, unknown_user) => R::UserUnknown,
        (Some(R::SystemError | R::Network | R::Content | R::Rejected), Some(R::HostUnknown)) => R::HostUnknown,
        (Some(said), _) => said,
        (None, Some(coded)) => coded,
        (None, None) => by_class(detail, clues.reply),
    }
}

/// Whether a code says more than the words that stand beside it.
fn is_settled(said: Reason, coded: Reason) -> bool {
    match coded {
        R::MailboxFull => !matches!(said, R::TooBig | R::RateLimited),
        R::Suspended => matches!(said, R::UserUnknown | R::Filtered | R::Policy | R::Security | R::SystemError),
        R::HasMoved | R::TooBig | R::SystemFull | R::HostUnknown | R::NotAccept => said == R::UserUnknown,
        _ => false,
    }
}

/// Whether the words say that it may work later. Counts only where no code says it.
pub(super) fn says_temporary(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("temporar") && !text.contains("permanent")
}

/// Lower case, blanks and line ends as one blank, typographic apostrophes as typed ones, so that phrases match.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '’' | '‘' | '`' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    AGAIN.replace_all(&out, " ").into_owned()
}

/// The codes that begin each further line of an answer: they would stand in the middle of a phrase.
static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" [45][0-9]{2}(?:-(?:[45]\.[0-9]\.[0-9]{1,3} )?| [45]\.[0-9]\.[0-9]{1,3} )")
        .expect("this expression is fixed and was tried")
});

/// Whether `said` is milder than the code for an unknown address; with the words for it beside, more is.
fn gives_way(said: Reason, unknown_user: bool) -> bool {
    let mild = matches!(
        said,
        R::Policy | R::Security | R::SystemError | R::Network | R::Content | R::Expired | R::Filtered | R::MailerError
    );
    mild || unknown_user && matches!(said, R::Spam | R::Virus | R::TooBig | R::RateLimited | R::Authentication)
}

fn coded(detail: &str) -> Option<Reason> {
    let exact = CODES.iter().find(|(code, _)| *code == detail).map(|(_, reason)| *reason);
    // 5.7.5nn and 5.7.6nn: a provider's measures and lists.
    exact.or_else(|| (detail.len() == 5 && detail.starts_with("7.6")).then_some(R::Blocked))
}

/// The little that the class of a code says when nothing else is known.
fn by_class(detail: &str, reply: Option<&str>) -> Reason {
    match (detail.split('.').next(), reply) {
        (Some("6"), _) => R::Content,
        (Some("7"), _) => R::Security,
        (Some("3"), _) => R::SystemError,
        (_, Some("552")) => R::MailboxFull,
        (_, Some("530" | "534" | "535" | "538")) => R::Security,
        (_, Some("521" | "556")) => R::NotAccept,
        _ => R::Unknown,
    }
}

/// The categories that PowerMTA writes into its reports.
fn sorted(category: &str) -> Option<Reason> {
    Some(match category.trim().to_ascii_lowercase().as_str() {
        "bad-mailbox" => R::UserUnknown,
        "bad-domain" => R::HostUnknown,
        "inactive-mailbox" => R::Suspended,
        "quota-issues" => R::MailboxFull,
        "spam-related" => R::Spam,
        "virus-related" => R::Virus,
        "policy-related" => R::Policy,
        "content-related" | "protocol-errors" => R::Content,
        "relaying-issues" => R::NoRelaying,
        "routing-errors" | "bad-connection" | "no-answer-from-host" => R::Network,
        "message-expired" => R::Expired,
        _ => return None,
    })
}

/// Words that show the refusal to be the answer to RCPT TO, where servers look addresses up.
#[rustfmt::skip]
const ASKED_FOR_RECIPIENT: &[&str] = &[
    "after rcpt", "rcpt to response", "rcpt command", "smtp:rcpt", ">>> rcpt", "<<< rcpt", "reply to rcpt",
    "response to rcpt", "during rcpt", "for rcpt to", "[rcpt_to]", "rcpt to:<", "recipient address rejected",
    "(state 14)", "(state 13)", "does not like recipient", "rejected the recipient", "recipient was rejected",
    "sent <<< rcpt", "sent: rcpt", "our rcpt", "rejected address", "address lookup", "bei rcpt",
];

/// Words that show the refusal to be the answer to the text, when the recipient had been taken.
#[rustfmt::skip]
const ASKED_FOR_TEXT: &[&str] = &[
    "end of data", "after data", "data command", ">>> data", "<<< data", "reply to data", "response to data",
    "end of message", "data response", "data to response", "during data", "sent: data", "our data", "[data]",
    "final dot", "bei data",
];

/// Whether "user unknown" is what a filter says. It is when the server took the recipient first and refused after the
/// text, or when its code is one of access or protocol. In any other place the words mean what they say (RFC 3463,
/// 5.1.1), by whatever server: a code that tells nothing (5.0.0), or none, takes nothing away from them.
fn is_unconfirmed(clues: &Clues<'_>, detail: &str, text: &str) -> bool {
    if ASKED_FOR_RECIPIENT.iter().any(|words| text.contains(words)) {
        return false;
    }
    match clues.status {
        Some(_) if detail != "0.0" => detail.starts_with("7."),
        _ => ASKED_FOR_TEXT.iter().any(|words| text.contains(words)),
    }
}

impl Reason {
    /// Whether the address (or its domain) itself is the trouble, for good.
    pub fn is_about_the_address(self) -> bool {
        matches!(self, R::UserUnknown | R::HostUnknown | R::HasMoved | R::NotAccept)
    }

    /// A status for reports that give none: `x.0.9nn`. The numbers are those of Sisimai, for comparison with it.
    pub(super) fn inferred_status(self, temporary: bool) -> String {
        let detail = match self {
            R::Unknown | R::Feedback => "901",
            R::NoRelaying => "909",
            R::Filtered => "910",
            R::UserUnknown => "911",
            R::HostUnknown => "912",
            R::HasMoved => "916",
            R::Rejected => "918",
            R::Suspended => "921",
            R::MailboxFull => "922",
            R::SystemError => "930",
            R::SystemFull => "931",
            R::NotAccept => "932",
            R::TooBig => "934",
            R::MailerError => "939",
            R::Network => "944",
            R::RateLimited => "945",
            R::Expired => "947",
            R::Content => "960",
            R::Authentication | R::Security => "970",
            R::Blocked | R::Virus => "971",
            R::Policy => "972",
            R::Spam => "980",
        };
        format!("{}.0.{detail}", if temporary { 4 } else { 5 })
    }

    /// The word used in `thedesk mail inspect` and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            R::UserUnknown => "user_unknown",
            R::HostUnknown => "host_unknown",
            R::HasMoved => "has_moved",
            R::NotAccept => "not_accept",
            R::MailboxFull => "mailbox_full",
            R::Suspended => "suspended",
            R::Filtered => "filtered",
            R::Spam => "spam",
            R::Virus => "virus",
            R::TooBig => "too_big",
            R::Content => "content",
            R::Authentication => "authentication",
            R::Blocked => "blocked",
            R::RateLimited => "rate_limited",
            R::NoRelaying => "no_relaying",
            R::Policy => "policy",
            R::Security => "security",
            R::Rejected => "rejected",
            R::Expired => "expired",
            R::Network => "network",
            R::SystemFull => "system_full",
            R::MailerError => "mailer_error",
            R::SystemError => "system_error",
            R::Feedback => "feedback",
            R::Unknown => "unknown",
        }
    }
}
