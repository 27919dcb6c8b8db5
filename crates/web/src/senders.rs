//! Whom letters come from: which of the desk's addresses, under which name, with what beneath an answer.

use std::sync::Arc;

use base::config::{Mail, Quote};

/// An address of ours that letters come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The address, in lower case.
    pub address: String,
    /// The name beside it; the brand's when empty.
    pub name: String,
    /// The team that writes under it; none in particular when empty.
    pub team: String,
    /// What stands beneath an answer, as set; agent and desk when empty.
    pub signature: String,
}

/// All of them, and what holds for all. Cloning copies a pointer.
#[derive(Debug, Clone, Default)]
pub struct Senders(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    all: Vec<Sender>,
    first: Option<usize>,
    name: String,
    separator: String,
    quote: Quote,
}

impl Senders {
    /// As the operator set them.
    pub fn of(mail: &Mail) -> Self {
        let identity = |address: &str| mail.identities.iter().find(|identity| identity.address == address);
        let sender = |address: &str| Sender {
            address: address.to_owned(),
            name: identity(address).map(|own| own.name.clone()).unwrap_or_default(),
            team: identity(address).map(|own| own.team.clone()).unwrap_or_default(),
            signature: identity(address).map(|own| own.signature.clone()).unwrap_or_default(),
        };
        let all: Vec<Sender> = mail.addresses().into_iter().map(sender).collect();
        let usual = mail.accounts.iter().find(|account| account.smtp.is_some()).or(mail.accounts.first());
        let first = usual.and_then(|usual| all.iter().position(|sender| sender.address == usual.address));
        let (name, separator) = (mail.sender_name.clone(), mail.reply_separator.clone());
        Self(Arc::new(Inner { all, first, name, separator, quote: mail.quote }))
    }

    /// All addresses, as they are to be chosen from.
    pub fn all(&self) -> &[Sender] {
        &self.0.all
    }

    /// How much of the conversation stands beneath an answer.
    pub fn quote(&self) -> Quote {
        self.0.quote
    }

    /// The one of this address, with or without the token of a reply address.
    pub fn find(&self, address: &str) -> Option<&Sender> {
        let address = address.to_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let plain = match self.0.separator.as_str() {
            "" => local,
            separator => local.split(separator).next().unwrap_or(local),
        };
        let is =
            |sender: &&Sender| sender.address == address || sender.address.rsplit_once('@') == Some((plain, domain));
        self.0.all.iter().find(is)
    }

    /// Whom an answer comes from: the address that the person wrote to, else the team's, else the first account's.
    /// Nobody when there is no account.
    pub fn pick(&self, written_to: Option<&str>, team: Option<&str>) -> Option<&Sender> {
        let of_team = |team: &str| self.0.all.iter().find(|sender| sender.team.eq_ignore_ascii_case(team));
        written_to
            .and_then(|address| self.find(address))
            .or_else(|| team.filter(|team| !team.is_empty()).and_then(of_team))
            .or_else(|| self.0.first.map(|first| &self.0.all[first]))
    }

    /// The name that a letter comes from: as the operator set it for what somebody of the desk writes, the desk's for
    /// what a program does.
    pub fn name(&self, sender: &Sender, brand: &str, by: Option<(&str, Option<&str>)>) -> String {
        let desk = if sender.name.is_empty() { brand } else { &sender.name };
        match by {
            Some((agent, team)) if !self.0.name.is_empty() => filled(&self.0.name, agent, team, desk),
            _ => desk.to_owned(),
        }
    }

    /// What stands beneath an answer.
    pub fn signature(sender: Option<&Sender>, brand: &str, agent: &str, team: Option<&str>) -> String {
        let set = sender.map_or("", |sender| sender.signature.as_str());
        let desk = sender.map(|sender| sender.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(brand);
        let text = if set.is_empty() { "{agent}\n{desk}" } else { set };
        filled(text, agent, team, desk)
    }
}

/// A text with its places filled in. What is filled in is not looked at again.
fn filled(text: &str, agent: &str, team: Option<&str>, desk: &str) -> String {
    let (mut whole, mut rest) = (String::with_capacity(text.len() + 40), text);
    while let Some(start) = rest.find('{') {
        whole.push_str(&rest[..start]);
        rest = &rest[start..];
        let places = [("{agent}", agent), ("{team}", team.unwrap_or_default()), ("{desk}", desk)];
        if let Some((place, value)) = places.into_iter().find(|(place, _)| rest.starts_with(place)) {
            whole.push_str(value);
            rest = &rest[place.len()..];
        } else {
            whole.push('{');
            rest = &rest[1..];
        }
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use base::config::{Config, Overrides};

    use super::*;

    fn senders() -> Senders {
        let toml = "[mail]\nsender_name = \"{agent} at {desk}\"\n\
             [[mail.accounts]]\naddress = \"help@desk.example\"\n\
             [[mail.identities]]\naddress = \"billing@desk.example\"\nname = \"Billing\"\nteam = \"Billing\"\n\
             signature = \"{agent}, {team}\\n{unknown}\"\n";
        let config = Config::read(toml, Path::new("."), [], &Overrides::default());
        Senders::of(&config.unwrap_or_else(|error| panic!("{error}")).mail)
    }

    #[test]
    fn line_25_the_alias_counts_more_than_the_team_and_that_more_than_the_first() {
        let senders = senders();
        let picked = |to, team| senders.pick(to, team).map(|sender| sender.address.as_str());
        assert_eq!(picked(Some("Help@desk.example"), Some("Billing")), Some("help@desk.example"));
        assert_eq!(picked(Some("billing+0abc@desk.example"), None), Some("billing@desk.example"));
        assert_eq!(picked(Some("else@desk.example"), Some("billing")), Some("billing@desk.example"));
        assert_eq!(picked(None, Some("First line")), Some("help@desk.example"));
        assert_eq!(Senders::default().pick(Some("help@desk.example"), None), None);
    }

    #[test]
    fn line_78_names_and_signatures_are_filled_in_once() {
        let senders = senders();
        let (help, billing) = (senders.find("help@desk.example").expect("ours"), senders.find("billing@desk.example"));
        let by = Some(("Noor {desk}", Some("First line")));
        assert_eq!(senders.name(help, "The Desk", by), "Noor {desk} at The Desk");
        assert_eq!(senders.name(help, "The Desk", None), "The Desk");
        assert_eq!(senders.name(billing.expect("ours"), "The Desk", by), "Noor {desk} at Billing");
        assert_eq!(Senders::signature(billing, "The Desk", "Noor", Some("Accounts")), "Noor, Accounts\n{unknown}");
        assert_eq!(Senders::signature(None, "The Desk", "Noor", None), "Noor\nThe Desk");
    }
}
