//! Why a mail was not delivered: one table from servers' words to reasons, one from codes to reasons.

use serde::Serialize;

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
    pub(super) in_report: bool,
}

use Reason as R;

/// Words of servers, lower case, most telling reasons first. A phrase counts wherever it stands.
#[rustfmt::skip]
const WORDS: &[(Reason, &[&str])] = &[
    (R::HasMoved, &[
        "recipient no longer on server", "user has moved", "has moved to", "please try <", "address has changed",
        "551 user not local",
    ]),
    (R::Authentication, &[
        "dmarc", "dkim", "spf check", "spf fail", "spf validation", "unauthenticated email",
        "sender policy framework", "not pass authentication", "authentication checks",
    ]),
    (R::TooBig, &[
        "message too large", "message size exceeds", "size exceeds", "exceeds size", "maximum message size",
        "too big", "message length exceeds", "exceeded the maximum size", "message exceeds",
    ]),
    (R::MailboxFull, &[
        "mailbox full", "mailbox is full", "mailbox size", "mailfolder is full", "over quota", "overquota",
        "quota exceeded", "exceeded storage", "exceeded the local limit", "out of storage",
        "insufficient disk space for user", "disk quota", "mailbox has exceeded", "user is over",
        "inbox is full", "mailbox exceeds", "not enough storage space", "full mailbox",
        "storage allocation exceeded", "boîte pleine", "boite pleine", "postfach voll", "postfach ist voll",
        "メールボックスが一杯", "メールボックスに空きがありません", "buzón lleno", "casella piena", "ящик переполнен",
    ]),
    (R::Suspended, &[
        "is disabled", "account disabled", "mailbox disabled", "account has been disabled", "inactive",
        "suspended", "mailbox is frozen", "account is locked", "account closed", "deactivated",
        "temporarily unavailable mailbox", "mailbox currently suspended", "account expired", "not active",
    ]),
    (R::Virus, &["virus", "malware", "infected"]),
    (R::Spam, &[
        "spam", "unsolicited", " ube", "bulk email", "bulk mail", "junk mail", "content rejected",
        "looks like spam",
    ]),
    (R::RateLimited, &[
        "frequency limited", "too many connections", "too many messages", "rate limit", "rate-limited",
        "throttl", "sending rate", "too many errors", "aup#in-", "too many recipients", "try again later",
        "too fast",
    ]),
    (R::Blocked, &[
        "blocked", "blacklist", "block list", "blocklist", "black list", "banned sending ip", "dnsbl", " rbl", "-rbl",
        "is listed", "listed at", "listed by", "poor reputation", "bad reputation", "spamhaus", "aup#",
        "smtp server of your isp", "client host rejected", "cannot find your hostname", "reverse dns",
        "ptr record", "dynamic ip",
    ]),
    (R::NoRelaying, &[
        "relay access denied", "relaying denied", "unable to relay", "relay not permitted",
        "relaying not allowed", "we do not relay", "not permitted to relay", "not a gateway",
    ]),
    (R::Policy, &[
        "policy", "host network not allowed", "administrative prohibition", "administratively prohibited",
        "not allowed by", "prohibited",
    ]),
    (R::Security, &[
        "access denied", "smtp authentication", "authentication required", "permission denied", "not authorized",
        "not authorised", "unauthorized",
    ]),
    (R::UserUnknown, USER_UNKNOWN),
    (R::HostUnknown, &[
        "host unknown", "host not found", "domain not found", "unknown host", "name or service not known",
        "domain does not exist", "no such domain", "unrouteable mail domain", "unrouteable address", "nxdomain",
        "invalid domain", "bad destination host", "domain name not found", "unknown domain",
        "recipient domain not found", "illegal host/domain",
    ]),
    (R::NotAccept, &[
        "does not accept mail", "null mx", "nullmx", "domain does not accept", "host does not accept",
    ]),
    (R::Filtered, &[
        "filtered", "rejected by a remote mail server", "recipient refused", "refused by recipient",
        "this account is protected", "rejected due to user settings", "you have been blocked by the recipient",
        "不在サービス", "受信拒否",
    ]),
    (R::Rejected, &[
        "sender rejected", "sender address rejected", "invalid sender", "sender verify", "domain of sender",
        "from address", "permission to post", "not have permission", "投稿する権限", "members only",
    ]),
    (R::Network, &[
        "hop count", "too many hops", "mail loop", "routing loop", "loops back", "connection refused",
        "no route to host", "network is unreachable", "dns error", "dns query failed", "name service error",
        "could not connect", "temporary lookup failure",
    ]),
    (R::Expired, &[
        "expired", "connection timed out", "timed out", "retry timeout", "cannot send message for",
        "could not be delivered within", "delivery time", "has been in the queue", "message timeout",
        "giving up", "undeliverable for",
    ]),
    (R::SystemFull, &[
        "insufficient system storage", "not enough disk space", "no space left", "disk full", "system storage",
    ]),
    (R::MailerError, &[
        "procmail", "mailer error", "exit status", "can't create", "couldn't create", "pipe to |",
        "command died", "local delivery failed", "service unavailable to deliver",
    ]),
    (R::Content, &[
        "content format", "attachment is not allowed", "attachment not allowed", "malformed", "message format",
        "rejected for content", "bad header", "non-ascii",
    ]),
    (R::SystemError, &[
        "local error", "system error", "internal error", "server configuration", "config error",
        "service unavailable", "temporary failure", "internal server",
    ]),
];

/// Ways to say that an address does not exist.
#[rustfmt::skip]
const USER_UNKNOWN: &[&str] = &[
    "user unknown", "unknown user", "no such user", "unknown recipient", "recipient unknown", "user not found",
    "recipient not found", "recipientnotfound", "recipnotfound", "no such recipient", "no such address",
    "no such mailbox", "no mailbox here", "mailbox not found", "mailbox unavailable", "mailbox does not exist",
    "does not exist", "doesn't exist", "not a valid mailbox", "invalid recipient", "invalid mailbox",
    "invalid address", "invalid user", "bad address", "unknown address", "address unknown", "address rejected",
    "unknown mailbox", "user invalid", "not exist", "no valid recipients", "not listed in", "not recognized",
    "not our customer", "no longer valid", "wasn't found", "wasn’t found", "could not be found", "couldn't be found",
    "no longer available", "there is no user", "no user", "not known here", "address not found",
    "name not recognized", "user doesn't have", "doesn't have a", "account not found",
    "account that you tried to reach does not", "user is unknown", "unbekannter benutzer", "empfänger unbekannt",
    "unbekannter empfänger", "existiert nicht", "utilisateur inconnu", "destinataire invalide",
    "destinataire inconnu", "n'existe pas", "usuario desconocido", "no existe", "destinatario sconosciuto",
    "utente sconosciuto", "non esiste", "usuário desconhecido", "não existe", "bestaat niet", "onbekende gebruiker",
    "nie istnieje", "не существует", "пользователь не найден", "宛先不明", "存在しません", "收件人不存在", "用户不存在",
];

/// Exact status codes that decide, whatever the words (RFC 3463, 7372, 7504 and what large providers document).
#[rustfmt::skip]
const CODES: &[(&str, Reason)] = &[
    ("1.1", R::UserUnknown), ("1.10", R::UserUnknown), ("1.3", R::UserUnknown), ("1.0", R::UserUnknown),
    ("1.2", R::HostUnknown), ("1.6", R::HasMoved), ("1.7", R::Rejected), ("1.8", R::Rejected),
    ("2.1", R::Suspended), ("2.2", R::MailboxFull), ("2.3", R::TooBig), ("3.4", R::TooBig),
    ("2.0", R::Filtered), ("3.1", R::SystemFull), ("3.2", R::NotAccept), ("4.1", R::Network),
    ("4.2", R::Network), ("4.3", R::Network), ("4.4", R::HostUnknown), ("4.6", R::Network),
    ("4.7", R::Expired), ("5.3", R::RateLimited), ("6.0", R::Content), ("7.0", R::Security),
    ("7.1", R::Security), ("7.8", R::Security), ("7.9", R::Policy), ("7.20", R::Authentication),
    ("7.21", R::Authentication), ("7.22", R::Authentication), ("7.23", R::Authentication),
    ("7.24", R::Authentication), ("7.25", R::Blocked), ("7.26", R::Authentication), ("7.27", R::NotAccept),
    ("1.9", R::NotAccept),
];

/// The reason behind what was said.
pub(super) fn of(clues: &Clues<'_>) -> Reason {
    let text = clues.text.to_lowercase();
    let detail = clues.status.and_then(|status| status.split_once('.')).map_or("", |(_, detail)| detail);
    if clues.local_program && clues.reply.is_none() {
        return R::MailerError;
    }
    let said = WORDS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(reason, _)| *reason);
    let coded = CODES.iter().find(|(code, _)| *code == detail).map(|(_, reason)| *reason);
    match (said, coded) {
        // "5.2.0": something about a mailbox, which therefore exists, whatever the words.
        (Some(R::UserUnknown), Some(R::Filtered)) => R::Filtered,
        // 5.7.6nn: a provider's lists.
        (Some(_) | None, _) if detail.starts_with("7.6") && detail.len() == 5 => R::Blocked,
        (Some(R::UserUnknown), code) if code != Some(R::UserUnknown) && is_unconfirmed(clues, &text) => R::Filtered,
        // The code for an unknown address outweighs words about anything milder than a block.
        (Some(R::SystemError | R::Network | R::Content | R::Rejected), Some(R::HostUnknown)) => R::HostUnknown,
        (Some(said), _) => said,
        (None, Some(coded)) => coded,
        (None, None) => R::Unknown,
    }
}

/// Words that show the refusal to be the answer to RCPT TO, where servers look addresses up.
#[rustfmt::skip]
const ASKED_FOR_RECIPIENT: &[&str] = &[
    "after rcpt", "rcpt to response", "rcpt command", "smtp:rcpt", ">>> rcpt", "<<< rcpt", "reply to rcpt",
    "response to rcpt", "during rcpt",
];

/// "User unknown" proves little when the server took the recipient first and refused after the text, or when it is
/// repeated from another server without a code: filters say that too. An address is given up on proof only.
fn is_unconfirmed(clues: &Clues<'_>, text: &str) -> bool {
    if ASKED_FOR_RECIPIENT.iter().any(|words| text.contains(words)) {
        return false;
    }
    match (clues.in_report, clues.status) {
        (_, Some(status)) if status.ends_with(".0.0") => true,
        (true, _) => false,
        (false, status) => clues.reply.is_some() && status.is_none(),
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
            R::SystemError => "900",
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
