//! Bounces in words only: the dialects of mail servers. Who sent it, what the subject says, what the text says; two of
//! the three must agree, so that a person who quotes a bounce is not taken for one.

use std::cell::OnceCell;

use super::blocks::{self, Named};
use super::dialects::{self, Dialect};
use super::{Bounce, Failure, Reason, Said, original};
use crate::Message;
use crate::classify::{is_auto_reply, is_nobody};
use crate::header::addresses;

/// Longest notice that is read, in lines and in bytes.
const MOST_LINES: usize = 400;
const LONGEST: usize = 20_000;

/// Words of subjects, lower case; anywhere in it.
#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "delivery status notification", "delivery failure", "delivery failed", "delivery has failed", "failure notice",
    "mail delivery", "delivery notification", "undeliverable", "undelivered", "returned mail", "returned to sender",
    "could not be delivered", "couldn't be delivered", "not delivered", "delivery report", "delivery error",
    "mail system error", "returned message", "message you sent blocked", "bounce notification", "non-delivery",
    "nondeliverable", "non deliverable", "error sending your mail", "delivery problem", "mail failure",
    "warning: message", "delayed mail", "delivery delayed", "delivery temporarily", "message status - undeliverable",
    "postmaster notify", "unzustellbar", "nicht zustellbar", "zustellung fehlgeschlagen", "zustellfehler",
    "übermittlungsfehler", "échec de la remise", "non remis", "message non distribué", "échec de la distribution",
    "no se puede entregar", "no entregado", "error de entrega", "mancato recapito", "messaggio non recapitato",
    "recapito non riuscito", "falha na entrega", "não entregue", "niet bezorgd", "onbestelbaar",
    "kan niet worden bezorgd", "kunne ikke leveres", "kunde inte levereras", "ikke leveret", "niedostarczon",
    "nie można dostarczyć", "недоставлен", "не доставлено", "не может быть доставлено", "ошибка доставки", "退信",
    "系统退信", "邮件退回", "メールエラー", "配信でき", "配信不能", "送信エラー", "エラーメール", "配送できません",
    "반송",
];

/// Words of notices, lower case; anywhere above the copy of our mail.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "could not be delivered", "couldn't be delivered", "wasn't delivered", "was not delivered", "unable to deliver",
    "wasn't able to deliver", "not able to deliver", "delivery to the following recipient", "delivery has failed",
    "delivery failed", "failed permanently", "permanent error", "permanent fatal errors", "had delivery problems",
    "had delivery errors", "had permanent", "did not reach the following", "error delivering your mail",
    "undeliverable", "non-deliverable", "transcript of session follows", "error occurred while", "could not deliver",
    "cannot be delivered", "following recipients was rejected", "following address",
    "trouble delivering your message", "returned permanent errors", "failure reasons", "unknown user",
    "unknown recipient", "invalid user address", "user unknown", "message could not be sent",
    "rejected by the recipient", "no longer being tried", "message was not delivered", "delivery attempts",
    "this is the mailer-daemon", "mail delivery software", "non-delivered information", "не может быть доставлено",
    "не удалось доставить", "konnte nicht zugestellt", "nicht zugestellt werden", "n'a pas pu être",
    "no se ha podido entregar", "no pudo ser entregado", "non è stato possibile recapitare", "não pôde ser entregue",
    "kon niet worden bezorgd", "送信できませんでした", "送信に失敗", "配信できません", "無法投遞", "无法投递",
];

/// Words of subjects and of notices that nothing has failed for good yet, lower case.
#[rustfmt::skip]
const DELAYED_SUBJECTS: &[&str] = &[
    "delayed", "delay)", "will retry", "still being tried", "will be retried", "not yet been delivered",
    "will continue to be attempted", "temporarily",
];
#[rustfmt::skip]
const DELAYED_TEXTS: &[&str] = &[
    "you do not need to resend", "still trying", "will continue trying", "no action is required on your part",
    "will be retried",
];

/// Names of senders that are programs, lower case.
#[rustfmt::skip]
const SENDERS: &[&str] = &[
    "mail delivery", "mail deliver", "mailer_daemon", "maildaemon", "mail-daemon", "post_master", "mailsystem",
    "mail-system", "bounces@", "bounce@", "daemon@", "mailer@", "mailer-daemon", "mailer daemon", "postmaster",
    "mail system", "delivery subsystem", "system administrator", "systemadministrator", "administrateur système",
    "microsoft exchange", "mail administrator", "mail.delivery", "mmsc", "internet mail", "delivery status",
    "interscan", "mail router", "returned mail",
];

/// A notice above the copy of our mail, in the forms in which it is looked at.
struct Notice<'a> {
    lines: Vec<&'a str>,
    text: String,
    lower: String,
    subject: String,
    dialect: Option<&'static Dialect>,
    /// What the whole says, read when it is asked for first: it may be asked for by many recipients.
    whole: OnceCell<Failure>,
}

impl<'a> Notice<'a> {
    fn of(message: &Message, text: &'a str) -> Self {
        let mut lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
        lines.truncate(original::line(&lines).unwrap_or(lines.len()));
        let mut room = LONGEST;
        let fitting = lines.iter().take_while(|line| {
            let fits = line.len() < room;
            room = if fits { room - line.len() - 1 } else { 0 };
            fits
        });
        let fitting = fitting.count();
        lines.truncate(fitting);
        let text = lines.join("\n");
        let (lower, subject) = (text.to_lowercase(), message.subject.to_lowercase());
        let sender = sender(message);
        let dialect = dialects::of(&sender, &subject, &lower, |name| message.headers.get(name).is_some());
        Self { lines, text, lower, subject, dialect, whole: OnceCell::new() }
    }

    fn is_delay(&self) -> bool {
        DELAYED_SUBJECTS.iter().any(|words| self.subject.contains(words))
            || DELAYED_TEXTS.iter().any(|words| self.lower.contains(words))
    }

    /// What is said about one recipient, or about the only one: from where the diagnosis begins, else from the start;
    /// and where even that gives no reason, the subject may.
    fn understood(&self, recipient: Option<String>, about: &str) -> Failure {
        let delayed = self.is_delay();
        let dialect = self.dialect;
        let read = |text: &str| {
            let said =
                Said { recipient: recipient.clone(), delayed, text: text.to_owned(), dialect, ..Said::default() };
            said.understood()
        };
        let mut failure = read(from_diagnosis(about, self.dialect));
        let known = |failure: &Failure| failure.reason != Reason::Unknown;
        if !known(&failure) && about != self.text {
            let whole = self.whole.get_or_init(|| read(&self.text));
            failure = more(failure, Failure { recipient: recipient.clone(), ..whole.clone() });
        } else if !known(&failure) {
            failure = more(failure, read(about));
        }
        if !known(&failure) {
            failure = more(failure, read(&format!("{}\n{about}", self.subject)));
        }
        failure
    }
}

/// The better understood of two readings.
fn more(one: Failure, other: Failure) -> Failure {
    if other.reason == Reason::Unknown && one.inferred <= other.inferred { one } else { other }
}

/// The part of a text that begins with the words of this server's diagnosis.
fn from_diagnosis<'a>(text: &'a str, dialect: Option<&Dialect>) -> &'a str {
    let words = dialect.map_or(&[][..], |dialect| dialect.diagnosis);
    let lower = text.to_ascii_lowercase();
    let at = words.iter().find_map(|word| lower.find(word)).unwrap_or(0);
    &text[at..]
}

/// Reads a notice; `None` when the message is not one.
pub(super) fn read(message: &Message) -> Option<Bounce> {
    let failed: Vec<String> = message
        .headers
        .all("x-failed-recipients")
        .flat_map(addresses)
        .map(|a| a.address)
        .filter(|a| a.contains('@'))
        .take(100)
        .collect();
    let attached = if message.text.contains('@') { None } else { attached(message) };
    let whole = attached.map(|attached| format!("{}\n{attached}", message.text));
    let notice = Notice::of(message, whole.as_deref().unwrap_or(&message.text));
    if failed.is_empty() && !is_notice(message, &notice) {
        return None;
    }
    let original = original::of(message);
    let named = if failed.is_empty() { named(&notice, message) } else { lines_of(&notice, failed) };
    let failures = match &named[..] {
        [] => vec![notice.understood(original.recipient, &notice.text)],
        [one] => vec![notice.understood(Some(one.address.clone()), &notice.text)],
        several => {
            let about = blocks::about_each(&notice.lines, several);
            let each =
                several.iter().zip(about).map(|(one, about)| notice.understood(Some(one.address.clone()), &about));
            each.collect()
        }
    };
    let seen_in = notice.dialect.map_or("words of a mail server", |dialect| dialect.server);
    Some(Bounce { failures, message_id: original.message_id, feedback: None, seen_in })
}

fn named(notice: &Notice<'_>, message: &Message) -> Vec<Named> {
    let own: Vec<String> = message.to.iter().chain(&message.from).map(crate::Address::key).collect();
    blocks::recipients(&notice.lines, notice.dialect, &own)
}

/// The lines that speak of the recipients that a header names.
fn lines_of(notice: &Notice<'_>, failed: Vec<String>) -> Vec<Named> {
    let lower: Vec<String> = notice.lines.iter().map(|line| line.trim().to_lowercase()).collect();
    let line = |address: &str| {
        let address = address.to_lowercase();
        let leads =
            lower.iter().position(|line| line.trim_start_matches(['<', '*', '"', '>', ' ']).starts_with(&address));
        leads.or_else(|| lower.iter().position(|line| line.contains(&address))).unwrap_or(0)
    };
    failed.into_iter().map(|address| Named { line: line(&address), address }).collect()
}

/// The text of a small attached file: some servers attach what they have to say.
fn attached(message: &Message) -> Option<String> {
    let file = message.attachments.iter().find(|a| a.content_type.starts_with("text/plain"))?;
    (file.bytes.len() <= LONGEST).then(|| String::from_utf8_lossy(&file.bytes).into_owned())
}

/// Address and name of the sender, lower case.
fn sender(message: &Message) -> String {
    let from = message.from.as_ref();
    let name = from.and_then(|from| from.name.as_deref()).unwrap_or("");
    format!("{} {name}", from.map_or("", |from| from.address.as_str())).to_lowercase()
}

fn is_notice(message: &Message, notice: &Notice<'_>) -> bool {
    let from = message.from.as_ref();
    let says_subject = SUBJECTS.iter().any(|words| notice.subject.contains(words));
    let says_text = TEXTS.iter().any(|words| notice.lower.contains(words));
    let says = says_subject || says_text || notice.dialect.is_some();
    let by_server = from.is_none_or(|from| from.address.is_empty())
        || is_server(&sender(message))
        || reported(message)
        || notice.dialect.is_some_and(Dialect::knows_the_sender);
    if by_server {
        return says;
    }
    // A person's out-of-office has no return path either, and may speak of "the following address".
    let null_sender = message.return_path.as_deref().is_some_and(|path| path.is_empty() || is_nobody(path));
    let auto_reply = is_auto_reply(message);
    if null_sender {
        return says_subject || notice.dialect.is_some() || says_text && !auto_reply;
    }
    // Whoever tells of parcels that could not be delivered names no address.
    let by_nobody = from.is_some_and(|from| is_nobody(&from.address));
    (by_nobody || auto_reply) && says_subject && (says_text || notice.dialect.is_some()) && notice.text.contains('@')
}

fn is_server(sender: &str) -> bool {
    SENDERS.iter().any(|words| sender.contains(words))
}

/// multipart/report with a delivery status announced, whether or not the part is there.
fn reported(message: &Message) -> bool {
    message.headers.get("content-type").is_some_and(|value| {
        let lower = value.to_lowercase();
        lower.starts_with("multipart/report") && !lower.contains("disposition-notification")
    })
}
