//! What stands of a conversation beneath an answer: as much as the operator set, and never more than its person sees.

use base::clock::Moment;
use base::config::Quote;
use base::db::{Result, Tx};
use base::text::Words;
use web::Voice;

use super::model::{Message, Ticket};
use super::store;

/// Most messages that are quoted, and most characters of all.
const MESSAGES: i64 = 20;
const CHARACTERS: usize = 20_000;

/// The conversation so far, newest first, each message under who wrote it and when; empty when nothing is to be quoted.
/// Notes and what programs wrote are not read at all.
pub(super) fn quoted(tx: &mut Tx, voice: &Voice, words: &Words, ticket: &Ticket) -> Result<String> {
    let most = match voice.senders().quote() {
        Quote::None => return Ok(String::new()),
        Quote::Last => 1,
        Quote::All => MESSAGES,
    };
    let visible = store::messages(tx, ticket.id, false, most)?;
    Ok(written(&visible, |at, name| {
        let when = words.moment(at.0, voice.zone());
        words.tn("ticket-mail-quote", &[("when", when.as_str().into()), ("name", name.into())])
    }))
}

fn written(messages: &[Message], introduced: impl Fn(Moment, &str) -> String) -> String {
    let (mut whole, mut room) = (String::new(), CHARACTERS);
    for message in messages.iter().rev() {
        let text: String = message.text.trim().chars().take(room).collect();
        if text.is_empty() {
            continue;
        }
        room -= text.chars().count();
        if !whole.is_empty() {
            whole.push_str("\n\n");
        }
        whole.push_str(&introduced(message.at, &message.name));
        for line in text.lines() {
            // A line that quotes already gets no blank between the marks, as programs expect.
            whole.push_str(if line.starts_with('>') || line.is_empty() { "\n>" } else { "\n> " });
            whole.push_str(line);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use ledger::touchpoint::Channel;

    use super::*;
    use crate::ticket::MessageId;
    use crate::ticket::model::Author;

    fn message(name: &str, text: &str) -> Message {
        Message {
            id: MessageId(1),
            at: Moment(0),
            author_id: None,
            name: name.to_owned(),
            author: Author::Person,
            channel: Channel::Email,
            text: text.to_owned(),
            quoted: "> much older".to_owned(),
            failed: None,
            extras: Default::default(),
            has_html: false,
        }
    }

    #[test]
    fn line_80_what_was_said_is_quoted_newest_first_and_within_bounds() {
        let said =
            [message("Ana", "It is stuck.\n\n> Which door?\nThe green one."), message("Noor", "Try the handle.")];
        let quoted = written(&said, |_, name| format!("{name} wrote:"));
        assert_eq!(
            quoted,
            "Noor wrote:\n> Try the handle.\n\nAna wrote:\n> It is stuck.\n>\n>> Which door?\n> The green one."
        );
        let long = [message("Ana", &"ä".repeat(CHARACTERS)), message("Noor", "Short.")];
        assert!(written(&long, |_, _| String::new()).chars().count() < CHARACTERS + 20);
    }
}
