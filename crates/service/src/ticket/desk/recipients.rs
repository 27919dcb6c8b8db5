//! Whom the composer names: who of those on the ticket gets the answer, and who else, this once.

use base::db::{Result, Tx};
use ledger::outbox::Mailbox;
use ledger::person::normal_email;
use web::form::{Check, Input};
use web::senders::Senders;

use crate::ticket::TicketId;
use crate::ticket::participant::{self, Participant, Recipients};

/// Most addresses that one field takes.
const MOST: usize = 20;

/// What was chosen, before it is known who is on the ticket.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// The addresses that stand ticked; `None` when the form did not ask.
    ticked: Option<Vec<String>>,
    also: Vec<Mailbox>,
    bcc: Vec<Mailbox>,
    from: Option<String>,
}

impl Chosen {
    pub(super) fn parse(check: &mut Check, input: &Input, senders: &Senders) -> Self {
        let asked = !input.get("recipients").is_empty();
        let ticked = asked.then(|| input.all("cc").map(str::to_lowercase).take(participant::MOST).collect());
        let from = senders.find(input.get("from")).map(|sender| sender.address.clone());
        Self { ticked, also: listed(check, "also_cc", senders), bcc: listed(check, "bcc", senders), from }
    }

    /// Everybody who gets it besides the person who asked.
    pub(super) fn recipients(&self, tx: &mut Tx, id: TicketId) -> Result<Recipients> {
        let on_it = participant::participants(tx, id)?;
        let mut cc: Vec<Mailbox> = on_it.iter().filter(|known| self.gets(known)).map(Participant::mailbox).collect();
        for other in &self.also {
            if !cc.iter().any(|known| known.address == other.address) {
                cc.push(other.clone());
            }
        }
        let is_open = |bcc: &&Mailbox| !cc.iter().any(|known| known.address == bcc.address);
        let bcc = self.bcc.iter().filter(is_open).cloned().collect();
        Ok(Recipients { cc, bcc, from: self.from.clone() })
    }

    fn gets(&self, known: &Participant) -> bool {
        self.ticked.as_ref().map_or(!known.is_muted, |ticked| ticked.contains(&known.address))
    }
}

/// Whether somebody's box stands ticked, in the form as it was sent or as it begins.
pub(super) fn is_ticked(input: &Input, known: &Participant) -> bool {
    if input.get("recipients").is_empty() { !known.is_muted } else { input.all("cc").any(|cc| cc == known.address) }
}

/// The addresses of a field, with their names when they are written `Bea Costa <bea@example.org>`.
fn listed(check: &mut Check, field: &'static str, senders: &Senders) -> Vec<Mailbox> {
    let typed = check.optional(field, 4_000);
    let mut found: Vec<Mailbox> = Vec::new();
    for piece in typed.split([',', ';', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
        match mailbox(piece) {
            // What we sent to ourselves would come back as a mail.
            Some(own) if senders.find(&own.address).is_some() => check.refuse(field, "recipient-ours"),
            Some(mailbox) if found.iter().any(|known| known.address == mailbox.address) => {}
            Some(_) if found.len() == MOST => check.refuse(field, "recipient-too-many"),
            Some(mailbox) => found.push(mailbox),
            None => check.refuse(field, "form-email"),
        }
    }
    found
}

/// An address, alone or behind a name.
pub(super) fn mailbox(typed: &str) -> Option<Mailbox> {
    let (name, address) = match typed.split_once('<') {
        Some((name, rest)) => (name.trim().trim_matches('"'), rest.trim_end().strip_suffix('>')?),
        None => ("", typed),
    };
    let address = normal_email(address).filter(|address| is_plain(address))?;
    Some(Mailbox { name: name.chars().take(200).collect(), address })
}

/// Whether a mail server could take it: a name, and a domain with letters or digits around each dot.
fn is_plain(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let plain = |c: char| !matches!(c, '"' | '(' | ')' | '[' | ']' | '\\' | ':' | '@');
    local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_76_what_is_typed_is_read_as_people_write_addresses() {
        let input = Input::with(&[("bcc", "Bea Costa <Bea@x.example>; chris@x.example, bea@x.example,\n"), ("cc", "")]);
        let mut check = Check::of(&input);
        let found = listed(&mut check, "bcc", &Senders::default());
        assert_eq!(
            found.iter().map(|one| one.address.as_str()).collect::<Vec<_>>(),
            ["bea@x.example", "chris@x.example"]
        );
        assert_eq!(found[0].name, "Bea Costa");
        assert!(check.finish(()).is_ok());
        for broken in ["nobody", "Bea <bea@x.example", "a@b@c.example", "a b@c.example", "x@-y.example", "x@y..example"]
        {
            let input = Input::with(&[("bcc", broken)]);
            let mut check = Check::of(&input);
            listed(&mut check, "bcc", &Senders::default());
            assert_eq!(check.finish(()).err().and_then(|errors| errors.get("bcc")), Some("form-email"), "{broken}");
        }
    }
}
