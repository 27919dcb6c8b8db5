//! How mail servers word their notices, one row a server: by which signs it is recognised (all of them must be there),
//! after which words its recipients stand, with which words its diagnosis begins, and what it means by words that other
//! servers use otherwise or not at all. What most servers do alike (an address alone on its line, "550 5.1.1", "user
//! unknown") needs no row: `notice` and `phrases` read it anyway.
//!
//! Everything is in lower case. A row applies when each of its signs has one of its words.
//!
//! Long because it is data: one row for each server that deserves one.

use super::reason::Reason as R;

/// Where a sign stands, and the words of which one must be there.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    /// The sender's address or name.
    From(&'static [&'static str]),
    /// The subject.
    Subject(&'static [&'static str]),
    /// The text above the copy of our mail.
    Text(&'static [&'static str]),
    /// A header with this name.
    Header(&'static str),
}

use Sign::{From, Header, Subject, Text};

/// One server's way of saying that a mail was not delivered.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    /// Whose words they are.
    pub(super) server: &'static str,
    pub(super) signs: &'static [Sign],
    /// Recipients stand behind or below one of these.
    pub(super) recipients: &'static [&'static str],
    /// The diagnosis begins with one of these.
    pub(super) diagnosis: &'static [&'static str],
    /// What its words mean, before the common table.
    pub(super) words: &'static [(&'static str, R)],
}

/// The dialect of a notice, from its sender, subject and text (all in lower case) and the names of its headers.
pub(super) fn of(from: &str, subject: &str, text: &str, has_header: impl Fn(&str) -> bool) -> Option<&'static Dialect> {
    let shows = |sign: &Sign| match sign {
        From(words) => words.iter().any(|word| from.contains(word)),
        Subject(words) => words.iter().any(|word| subject.contains(word)),
        Text(words) => words.iter().any(|word| text.contains(word)),
        Header(name) => has_header(name),
    };
    DIALECTS.iter().find(|dialect| dialect.signs.iter().all(shows))
}

const fn row(server: &'static str, signs: &'static [Sign]) -> Dialect {
    Dialect { server, signs, recipients: &[], diagnosis: &[], words: &[] }
}

impl Dialect {
    /// Whether the row knows the server by who it is, not only by its words, which anyone can quote.
    pub(super) fn knows_the_sender(&self) -> bool {
        self.signs.iter().any(|sign| matches!(sign, From(_) | Header(_)))
    }

    const fn names(mut self, words: &'static [&'static str]) -> Self {
        self.recipients = words;
        self
    }

    const fn because(mut self, words: &'static [&'static str]) -> Self {
        self.diagnosis = words;
        self
    }

    const fn means(mut self, words: &'static [(&'static str, R)]) -> Self {
        self.words = words;
        self
    }
}

/// The rows, the more particular above the more common.
const DIALECTS: &[Dialect] = &[
    // Hosted mail
    row(
        "Google Groups",
        &[From(&["mailer-daemon@google"]), Text(&["groups.google.com", "google groups", "googlegroups.com"])],
    )
    .means(&[
        ("the group you tried to contact", R::Rejected),
        ("permission to post", R::Rejected),
        ("投稿する権限", R::Rejected),
        ("groups.google.com", R::Rejected),
    ]),
    row("Gmail and Google Workspace", &[From(&["mailer-daemon@google", "mailer-daemon@gmail"])])
        .names(&[
            "following recipient failed permanently:",
            "following recipients failed permanently:",
            "following recipient has been delayed:",
            "message wasn't delivered to",
            "your message to",
        ])
        .because(&[
            "the error that the other server returned was",
            "the response was:",
            "the response from the remote server was:",
            "technical details of permanent failure",
            "technical details of temporary failure",
        ])
        .means(&[
            ("dns error: dns type 'mx' lookup", R::HostUnknown),
            ("dns error: domain name not found", R::HostUnknown),
            ("over quota", R::MailboxFull),
            ("receiving mail too quickly", R::RateLimited),
        ]),
    row("Yahoo", &[From(&["mailer-daemon"]), Text(&["unable to deliver your message to the following address"])])
        .because(&["remote host said:", "unable to deliver"])
        .means(&[("mailbox is disabled", R::Suspended), ("unreachable for too long", R::Expired)]),
    row(
        "Exchange of any age, in many languages",
        &[Text(&[
            "generating server:",
            "generierender server:",
            "serveur de génération",
            "servidor generador",
            "server generatore",
            "server di generazione",
            "servidor de geração",
            "genererende server",
            "bronserver",
            "生成サーバー",
            "生成服务器",
        ])],
    )
    .because(&[
        "diagnostic information for admin",
        "diagnoseinformationen für",
        "informations de diagnostic",
        "información de diagnóstico",
        "informazioni di diagnostica",
        "informações de diagnóstico",
        "diagnostische gegevens",
        "管理者向けの診断情報",
        "管理员的诊断信息",
    ])
    .means(&[
        ("queue.expired", R::Expired),
        ("storedrv.deliver.exception:quota", R::MailboxFull),
        ("recipsizelimit", R::TooBig),
        ("sendsizelimit", R::TooBig),
        ("nonexistentdomain", R::HostUnknown),
        ("noconnectorforaddresstype", R::HostUnknown),
        ("not authorized", R::Rejected),
        ("rst.", R::Rejected),
    ]),
    row(
        "Exchange 5.5 to 2003",
        &[Text(&[
            "did not reach the following recipient(s)",
            "hat den/die folgenden empfänger nicht erreicht",
            "konnte einige oder alle empfänger nicht erreichen",
            "n'a pas été remis aux destinataires suivants",
            "n'a pas pu être remis aux destinataires",
        ])],
    )
    .names(&["following recipient(s)", "folgenden empfänger", "folgende empfänger", "destinataires"])
    .because(&["following recipient(s)", "folgenden empfänger", "folgende empfänger", "destinataires"])
    .means(&[
        ("000c05a6", R::UserUnknown),
        ("00010256", R::UserUnknown),
        ("000c0595", R::UserUnknown),
        ("00120270", R::TooBig),
        ("unable to deliver the message due to a communications failure", R::Network),
        ("unable to deliver the message due to a recipient problem", R::UserUnknown),
        ("unknown recipient", R::UserUnknown),
    ]),
    row("Amazon WorkMail and SES", &[From(&["amazonses.com", "amazonaws.com"])])
        .names(&["following recipients:", "following recipient:"])
        .because(&["technical report:", "following recipient"]),
    row("Zoho", &[From(&["zoho"])]).because(&["permanent error.", "delivery failed"]).means(&[
        ("mailbox full", R::MailboxFull),
        ("invalid address", R::UserUnknown),
        ("account that you tried to reach", R::UserUnknown),
    ]),
    row("1&1, Ionos, GMX, web.de: Kundenserver", &[Text(&["smtp error from remote server"])])
        .names(&["addresses failed:", "address failed:", "address\nfailed:", "failed:"])
        .because(&["smtp error from remote server"])
        .means(&[("general smtp/esmtp error", R::SystemError), ("delivery retry timeout exceeded", R::Expired)]),
    row("mail.ru", &[From(&["mail.ru"]), Text(&["mail.ru", "не может быть доставлено"])])
        .means(&[("unrouteable address", R::HostUnknown)]),
    row("QQ and Tencent", &[From(&["qq.com", "foxmail.com"])])
        .names(&["收件人", "无法送达", "said"])
        .because(&["退信原因", "host ", "原因"])
        .means(&[("收件人邮件地址", R::UserUnknown), ("邮件内容", R::Spam)]),
    row("NetEase, and desks that copy its words", &[Text(&["抱歉，您的邮件被退回来了", "您的邮件被退回"])])
        .names(&["收件人", "收件地址"])
        .because(&["退信原因", "原因"]),
    row(
        "iCloud and Sun, Oracle, PMDF messaging servers",
        &[
            Text(&["recipient address:", "diagnostic code:"]),
            Text(&["this report relates to a message you sent", "cannot be delivered to the following recipients"]),
        ],
    )
    .names(&["recipient address:", "original address:"])
    .because(&["reason:", "diagnostic code:"])
    .means(&[
        ("over quota", R::MailboxFull),
        ("illegal host/domain name", R::HostUnknown),
        ("unable to deliver this message after", R::Expired),
    ]),
    row("Facebook", &[From(&["facebook.com", "facebookmail.com"])]).means(&[
        ("rcp-p1", R::UserUnknown),
        ("rcp-p2", R::Filtered),
        ("rcp-p3", R::Filtered),
        ("rcp-p4", R::MailboxFull),
        ("pol-p5", R::Virus),
        ("pol-p6", R::Spam),
        ("pol-p7", R::Spam),
        ("msg-p1", R::TooBig),
    ]),
    row(
        "AT&T, Verizon and others: text messages and pictures",
        &[From(&["vtext.com", "vzwpix.com", "mms.", "txt.", "vtext.", "post_master@"])],
    )
    .names(&["rcpt to:", "to:"])
    .because(&["error message below:", "error:"])
    .means(&[("no valid recipients for this mm", R::UserUnknown)]),
    // Gateways and filters
    row("IronPort", &[Text(&["the following message to <"]), Text(&["was undeliverable"])])
        .names(&["the following message to <"])
        .because(&["the reason for the problem:"])
        .means(&[("5.4.7 - delivery expired", R::Expired), ("5.1.2 - bad destination host", R::HostUnknown)]),
    row("MessageLabs", &[Text(&["mail delivery agent at messagelabs", "messagelabs.com"])]).because(&[
        "remote host said:",
        "does not like",
        "following address",
    ]),
    row("Mimecast", &[From(&["mimecast"])]).because(&["reason:", "failed"]).means(&[
        ("envelope blocked", R::Policy),
        ("anti-spoofing", R::Policy),
        ("invalid recipient", R::UserUnknown),
    ]),
    row("McAfee WebShield and its heirs", &[Header("x-nai-header"), Text(&["delivery problems"])])
        .names(&["had delivery problems"])
        .because(&["had delivery problems"]),
    row("MXLogic", &[From(&["mxl", "mxlogic"])])
        .names(&["following address failed:", "following addresses failed:"])
        .because(&["address failed:", "addresses failed:"]),
    row("SurfControl", &[Text(&["a transcript of the attempts to send the message follows"])])
        .names(&["addressed to:"])
        .because(&["addressed to:"])
        .means(&[("failed to identify hosts", R::HostUnknown)]),
    row("InterScan", &[From(&["interscan"])]).names(&["rcpt to:", "to <", "unable to deliver"]).because(&[
        "sent <<<",
        "unable to deliver",
        "reason",
    ]),
    row("Trend Micro and MailMarshal", &[Text(&["the following recipients were affected"])])
        .names(&["recipients were affected:"])
        .because(&["could not be delivered because of", "could not be delivered"]),
    row(
        "Active!Hunter",
        &[Text(&["following addresses had permanent fatal errors"]), Text(&[">>> "]), Header("x-ahmailid")],
    )
    .names(&["fatal errors -----"])
    .because(&["transcript of session follows"])
    .means(&[("mailbox is full", R::MailboxFull)]),
    row("m-FILTER", &[Text(&["-------server message"])]).names(&["失敗しました"]).because(&["-------server message"]),
    row(
        "MailFoundry",
        &[Text(&["unable to deliver message to: <"]), Text(&["delivery failed for the following reason"])],
    )
    .names(&["unable to deliver message to: <"])
    .because(&["delivery failed for the following reason"])
    .means(&[("this is a problem with your recipient's mail server", R::SystemError)]),
    // Groupware
    row("Domino", &[Text(&["was not delivered to:"]), Text(&["because:"])])
        .names(&["was not delivered to:"])
        .because(&["because:"])
        .means(&[
            ("not listed in", R::UserUnknown),
            ("no route found to domain", R::HostUnknown),
            ("not unique", R::UserUnknown),
            ("no matches found", R::UserUnknown),
            ("unable to open mailbox file", R::SystemError),
            ("name or directory", R::UserUnknown),
            ("server error", R::SystemError),
        ]),
    row("Domino, German", &[Text(&["wurde nicht zugestellt an:", "konnte nicht zugestellt werden an:"])])
        .names(&["zugestellt an:", "zugestellt werden an:"])
        .because(&["grund:", "weil:", "zugestellt"]),
    row("Notes SMTP MTA", &[Text(&["failure reasons"])])
        .names(&["failure reasons"])
        .because(&["failure reasons"])
        .means(&[("user not listed in public name", R::UserUnknown), ("not listed in", R::UserUnknown)]),
    row("GroupWise", &[Subject(&["message status - undeliverable", "message status - delayed"])])
        .names(&["undeliverable to the following:", "undeliverable recipient(s):"])
        .because(&["undeliverable to the following:", "undeliverable recipient(s):"]),
    row("Kerio", &[Text(&["kerio connect", "kerio mailserver"])])
        .names(&["failed recipient", "following recipient"])
        .because(&["error:", "failed recipient", "following recipient"]),
    row("IceWarp and Merak", &[Text(&["icewarp", "merak mail server"])]).because(&[
        "reason:",
        "delivery failed",
        "failed",
    ]),
    row("MDaemon", &[Text(&["had permanent fatal delivery errors", "undeliverable-addresses", "session transcript"])])
        .names(&["failed address:", "undeliverable-addresses:", "addressee(s):"])
        .because(&["session transcript", "failed address:"]),
    row("MailEnable", &[Text(&["message could not be delivered to some recipients", "recipient: [smtp:"])])
        .names(&["recipient: [smtp:", "recipient: [sf:"])
        .because(&["reason:"]),
    row(
        "hMailServer",
        &[
            Text(&["your message did not reach some or all of the intended recipients"]),
            Text(&["hmailserver sent:", "error type: smtp", "could not be reached"]),
        ],
    )
    .names(&["could not be reached:"])
    .because(&["could not be reached:"]),
    row("SmarterMail", &[Text(&["failed recipient:"]), Text(&["could not deliver message to"])])
        .names(&["failed recipient:"])
        .because(&["reason:"]),
    row("CommuniGate Pro", &[Text(&["failed to deliver to '"])])
        .names(&["failed to deliver to '"])
        .because(&["failed to deliver to '"])
        .means(&[
            ("account is full", R::MailboxFull),
            ("no such", R::UserUnknown),
            ("unknown user account", R::UserUnknown),
        ]),
    row("Mercury", &[Text(&["one or more addresses in your message have failed"])])
        .names(&["the following responses:", "have failed"])
        .because(&["have failed"]),
    row(
        "IMail",
        &[
            Subject(&["undeliverable mail"]),
            Text(&[
                "unknown user:",
                "unknown host:",
                "undeliverable to",
                "delivery failed",
                "mailbox exceeds",
                "invalid final delivery",
            ]),
        ],
    )
    .names(&["unknown user:", "undeliverable to", "attempts:", "allowed size:", "unknown host:"])
    .means(&[
        ("delivery failed 20 attempts", R::Expired),
        ("unknown host", R::HostUnknown),
        ("invalid final delivery userid", R::UserUnknown),
    ]),
    row(
        "fml, a list that takes no mail from us",
        &[Header("x-mlserver"), Text(&["not member", "not a member", "rejected", "not permitted"])],
    )
    .means(&[("member", R::Rejected)]),
    // The classics
    row("qmail, netqmail, vpopmail", &[Text(&["this is the qmail-send program", "this is the qmail program"])])
        .names(&["following addresses.", "sorry it didn't work out"])
        .because(&["sorry it didn't work out", "following addresses."])
        .means(&[
            ("(#5.1.2)", R::HostUnknown),
            ("couldn't find any host", R::HostUnknown),
            ("couldn't find a mail exchanger", R::HostUnknown),
            ("message has been in the queue too long", R::Expired),
            ("sorry, i wasn't able to establish an smtp connection", R::Network),
        ]),
    row("Apache James", &[Text(&["this is the james mail server", "failed recipient(s):"])])
        .names(&["failed recipient(s):"])
        .because(&["error message:", "error message below:", "failed recipient(s):"]),
    row("Dovecot and Sieve", &[Text(&["was automatically rejected"])])
        .names(&["your message to <"])
        .because(&["automatically rejected"])
        .means(&[("not enough disk space", R::MailboxFull)]),
    row("nullmailer", &[Text(&["this is the nullmailer program"])])
        .names(&["following addresses"])
        .because(&["following addresses"]),
    row("Courier", &[Text(&["running the courier mail server"])])
        .names(&["recipients cannot be delivered:", "has not been delivered to", "recipients:"])
        .because(&["undeliverable mail", "delayed mail"])
        .means(&[("message exceeds", R::TooBig), ("dns lookup failure", R::HostUnknown)]),
    row("OpenSMTPD", &[Text(&["this is the mailer-daemon, please do not reply"])])
        .names(&["list of recipients:"])
        .because(&["list of recipients:"])
        .means(&[
            ("envelope expired", R::Expired),
            ("could not retrieve source address", R::Network),
            ("network error on destination mxs", R::Network),
            ("domain does not exist", R::HostUnknown),
            ("loop detected", R::Network),
        ]),
    row("DragonFly", &[Text(&["this is the dragonfly mail agent"])])
        .names(&["delivering your mail to <"])
        .because(&["delivering your mail to"]),
    row(
        "Postfix, when its report is lost",
        &[Text(&["this is the postfix program at host", "this is the mail system at host", "this is the postfix"])],
    )
    .names(&["postmaster>", "the mail system", "the postfix program", "own text"])
    .because(&["the mail system\n\n<", "the postfix program\n\n<"]),
    row("Smail and T-Online", &[Text(&["message log follows", "failed addresses follow"])])
        .names(&["failed addresses follow"])
        .because(&["message log follows"])
        .means(&[("no valid recipients were found", R::UserUnknown), ("unknown user", R::UserUnknown)]),
    row("Sendmail", &[Text(&["transcript of session follows", "transcript of the session follows"])])
        .names(&[
            "had permanent fatal errors",
            "had fatal errors",
            "had transient non-fatal errors",
            "had delivery errors",
            "had delivery problems",
            "unrecoverable",
            "bounced, cannot deliver",
            "transcript of session follows",
        ])
        .because(&[
            "had permanent fatal errors",
            "had fatal errors",
            "had transient non-fatal errors",
            "had delivery errors",
            "transcript of session follows",
            "transcript of the session follows",
        ])
        .means(&[
            ("cannot send message", R::Expired),
            ("cannot send within", R::Expired),
            ("deferred: connection timed out", R::Expired),
            ("message could not be delivered for", R::Expired),
        ]),
    row("V5 Sendmail", &[Subject(&["returned mail:"]), Text(&["transcript of session", "unsent message follows"])]),
    row("Momentum and Ecelerity", &[Text(&["created automatically by the mail system"])])
        .names(&["address(es) failed:"])
        .because(&["address(es) failed:"]),
    row("Exim", &[Text(&["created automatically by mail delivery software"])])
        .names(&[
            "address(es) failed:",
            "addresses failed:",
            "address failed:",
            "has not been delivered to",
            "not yet been delivered",
            "recipients:",
        ])
        .because(&[
            "address(es) failed:",
            "addresses failed:",
            "address failed:",
            "has not yet been delivered:",
            "the address to which",
            "the address(es) to which",
        ])
        .means(&[
            ("mailbox is full", R::MailboxFull),
            ("an mx or srv record indicated no smtp service", R::NotAccept),
            ("retry timeout exceeded", R::Expired),
            ("retry time not reached", R::Expired),
            ("was undeliverable for", R::Expired),
            ("delivery to file forbidden", R::SystemError),
            ("delivery to pipe forbidden", R::SystemError),
            ("too many \"received\" headers", R::Network),
        ]),
    // Japan's telephones and providers
    row("au, ezweb, KDDI", &[From(&["ezweb.ne.jp", "au.com", "dion.ne.jp", "auone-net.jp"])])
        .names(&["could not be delivered to:", "recipient:", "rejected by a remote mail server"])
        .because(&[
            "could not be delivered to:",
            "rejected by a remote",
            "the user(s) account",
            "recipient:",
            "following recipients",
        ])
        .means(&[
            ("mailbox is full", R::MailboxFull),
            ("temporarily limited", R::Suspended),
            ("account is disabled", R::Suspended),
            ("remote domain doesn't exist", R::HostUnknown),
            ("rejected by a remote mail server", R::Filtered),
            ("because they don't exist", R::UserUnknown),
            ("following recipients was rejected", R::Filtered),
        ]),
    row("Biglobe and others behind it", &[Text(&["non-delivered information"])])
        .names(&["had delivery problems"])
        .because(&["non-delivered information"])
        .means(&[
            ("exceeded the local limit", R::MailboxFull),
            ("recipient's mailbox", R::MailboxFull),
            ("unknown user", R::UserUnknown),
        ]),
    row("Bigfoot", &[From(&["bigfoot.com"])]).because(&["transcript of session follows"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_lower_case_and_has_a_sign() {
        for dialect in DIALECTS {
            let named = dialect.words.iter().map(|(words, _)| *words);
            let all = dialect.recipients.iter().chain(dialect.diagnosis).copied().chain(named);
            for words in all {
                assert!(!words.is_empty() && words == words.to_lowercase(), "{}: {words}", dialect.server);
            }
            assert!(!dialect.signs.is_empty(), "{}", dialect.server);
        }
    }

    #[test]
    fn a_server_is_known_by_its_words() {
        let of = |from: &str, text: &str| of(from, "", text, |_| false).map(|dialect| dialect.server);
        assert_eq!(of("", "hi. this is the qmail-send program at mx"), Some("qmail, netqmail, vpopmail"));
        assert_eq!(of("mailer-daemon@googlemail.com", ""), Some("Gmail and Google Workspace"));
        assert_eq!(of("ann@example.net", "good morning"), None);
    }
}
