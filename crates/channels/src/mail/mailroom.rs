//! What the operator set about mail, in the form in which the channel uses it.

use std::sync::Arc;
use std::time::Duration;

use base::config::{Account, Config, Imap, Incoming, NewSubject, Smtp};
use mail_message::{Authenticity, Evidence, Message, Own};
use mail_seal::Keyring;

use super::health::{Health, Report};
use super::keys::{self, KeysError};
use super::send::Signer;

/// The version of the desk, by which it is known which one tried a mail in vain.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How a number looks in a subject.
const NUMBER: &str = "[D-{number}]";

/// How patient the channel is. The defaults are for the world; tests are in a hurry.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How often the outbox is looked at when nothing wakes the sender.
    pub outbox: Duration,
    /// How long a mail server may take for everything before it is handed a letter.
    pub greeting: Duration,
    /// How long it may take to say that it took the letter (RFC 5321, 4.5.3.2.6, allows ten minutes).
    pub answer: Duration,
    /// The first pause after a failure; each further one is twice as long, up to an hour for letters and five minutes
    /// for mailboxes.
    pub retry: Duration,
    /// How long reading one mail may take.
    pub reading: Duration,
    /// How long an IMAP server may take for one command.
    pub command: Duration,
    /// How long an IMAP connection is idle before we speak: shorter than what routers on the way forget, so that a
    /// connection that died without a word is found out.
    pub idle: Duration,
    /// Automatic letters to one address within an hour.
    pub automatic_an_hour: i64,
    /// Automatic letters about one ticket within an hour.
    pub automatic_a_ticket: i64,
    /// Letters within a minute.
    pub letters_a_minute: usize,
    /// How often it is looked whether mail flows.
    pub watch: Duration,
    /// For how long a mailbox or a server may fail before somebody is told.
    pub alarm: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            outbox: Duration::from_secs(5),
            greeting: Duration::from_mins(1),
            answer: Duration::from_mins(5),
            retry: Duration::from_secs(30),
            reading: Duration::from_secs(30),
            command: Duration::from_mins(2),
            idle: Duration::from_mins(4),
            automatic_an_hour: 10,
            automatic_a_ticket: 6,
            letters_a_minute: 600,
            watch: Duration::from_secs(30),
            alarm: Duration::from_mins(5),
        }
    }
}

/// The mail channel as set up. Cloning gives another handle.
#[derive(Clone)]
pub struct Mailroom(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    accounts: Vec<Account>,
    /// Every address of ours, those of the accounts first.
    own: Vec<String>,
    /// The accounts that letters go out by, each with the addresses whose letters it sends.
    servers: Vec<(usize, Vec<String>)>,
    signers: Vec<Arc<Signer>>,
    domain: String,
    separator: String,
    limit: u64,
    language: String,
    incoming: Incoming,
    mark: String,
    pace: Pace,
    health: Health,
    keys: Arc<Keyring>,
    version: String,
    operator: String,
}

impl Mailroom {
    /// The mail channel that this configuration describes, with the keys in its folder.
    ///
    /// # Errors
    /// When one of the key files cannot be used.
    pub fn of(config: &Config) -> Result<Self, KeysError> {
        Ok(Self::with_keys(config, Pace::default(), keys::read(config)?))
    }

    /// The same with another patience, and without keys.
    pub fn with_pace(config: &Config, pace: Pace) -> Self {
        Self::new(config, pace, VERSION, Keyring::new())
    }

    /// The same with keys.
    pub(super) fn with_keys(config: &Config, pace: Pace, keys: Keyring) -> Self {
        Self::new(config, pace, VERSION, keys)
    }

    /// The same as another version of the desk would have it.
    #[cfg(test)]
    pub(super) fn of_version(config: &Config, pace: Pace, version: &str) -> Self {
        Self::new(config, pace, version, Keyring::new())
    }

    fn new(config: &Config, pace: Pace, version: &str, keys: Keyring) -> Self {
        let separator = match config.mail.reply_separator.as_str() {
            "" => "+",
            given => given,
        };
        let mut own: Vec<String> = config.mail.accounts.iter().map(|account| account.address.clone()).collect();
        for address in config.mail.addresses() {
            if !own.iter().any(|known| known == address) {
                own.push(address.to_owned());
            }
        }
        let sends = |place: &usize| config.mail.accounts[*place].smtp.is_some();
        let sent_by = |place: usize| own.iter().filter(move |own| config.mail.server_of(own) == Some(place)).cloned();
        let servers = (0..config.mail.accounts.len()).filter(sends).map(|place| (place, sent_by(place).collect()));
        Self(Arc::new(Inner {
            servers: servers.collect(),
            own,
            // A key that cannot be used kept the desk from starting: see `check`.
            signers: config.mail.dkim.iter().filter_map(|dkim| Signer::of(dkim).ok().map(Arc::new)).collect(),
            accounts: config.mail.accounts.clone(),
            domain: config.mail.domain().to_owned(),
            separator: separator.to_owned(),
            limit: config.limits.mail_bytes,
            language: config.desk.language.clone(),
            incoming: config.incoming.clone(),
            // Two desks of one domain must not take each other's letters for their own.
            mark: base::id::digest(&format!("{} {}", config.base_url, config.mail.domain()))[..16].to_owned(),
            pace,
            health: Health::default(),
            keys: Arc::new(keys),
            version: version.to_owned(),
            operator: config.mail.operator_address.clone(),
        }))
    }

    /// Whether mail can be set up like this, as far as can be said without a connection.
    ///
    /// # Errors
    /// What is wrong, in words that say what to do.
    pub fn check(config: &Config) -> Result<(), String> {
        config.mail.dkim.iter().try_for_each(|dkim| Signer::of(dkim).map(drop))
    }

    /// How mailboxes and the sender fare, by name.
    pub fn reports(&self) -> Vec<Report> {
        self.0.health.reports()
    }

    /// For how many milliseconds something may fail before somebody is told.
    pub(super) fn alarm_after(&self) -> i64 {
        self.0.pace.alarm.as_millis() as i64
    }

    /// The same mailboxes for somebody who waits for an answer: no step takes long, and what comes of it is told to nobody
    /// else.
    pub(super) fn in_a_hurry(&self) -> Self {
        let step = Duration::from_secs(15);
        let pace = Pace { command: step, greeting: step, ..self.0.pace };
        Self(Arc::new(Inner { pace, health: Health::default(), ..Inner::clone(&self.0) }))
    }

    /// By which names the mails of this account are recorded, folder by folder.
    pub(super) fn names_of(account: &Account) -> Vec<String> {
        let pop3 = account.pop3.iter().map(|pop3| format!("{}@{}:{}", pop3.user, pop3.host, pop3.port()));
        let Some(imap) = &account.imap else { return pop3.collect() };
        let name = |folder: &str| format!("{}@{}:{}/{folder}", imap.user, imap.host, imap.port());
        imap.all_folders().into_iter().map(name).collect()
    }

    /// How the reading of this address fares, folder by folder.
    pub(super) fn reports_of_reading(&self, address: &str) -> Vec<Report> {
        let begin = format!("inbox {address} ");
        self.reports().into_iter().filter(|report| report.name.starts_with(&begin)).collect()
    }

    /// Whether there is a server to send by; without one the outbox waits.
    pub fn sends(&self) -> bool {
        self.sender().is_some()
    }

    pub(super) fn accounts(&self) -> &[Account] {
        &self.0.accounts
    }

    /// The address that letters come from, and the server that takes them.
    pub(super) fn sender(&self) -> Option<(&str, &Smtp)> {
        self.0.accounts.iter().find_map(|account| Some((account.address.as_str(), account.smtp.as_ref()?)))
    }

    /// The version of the desk.
    pub(super) fn version(&self) -> &str {
        &self.0.version
    }

    /// Who is written to when mail stops flowing; empty when nobody is.
    pub(super) fn operator(&self) -> &str {
        &self.0.operator
    }

    pub(super) fn pace(&self) -> &Pace {
        &self.0.pace
    }

    pub(super) fn health(&self) -> &Health {
        &self.0.health
    }

    /// What opens and checks mails.
    pub(super) fn keys(&self) -> &Keyring {
        &self.0.keys
    }

    /// The largest mail that is taken in, bytes.
    pub(super) fn limit(&self) -> u64 {
        self.0.limit
    }

    /// The language of people of whom nothing else is known.
    pub(super) fn language(&self) -> &str {
        &self.0.language
    }

    /// Whether a reply with a new subject opens a ticket of its own.
    pub(super) fn new_subject_opens(&self) -> bool {
        self.0.incoming.new_subject == NewSubject::New
    }

    /// Whether this address, in its normal form, passes on what customers wrote to it.
    pub(super) fn passes_on(&self, address: &str) -> bool {
        self.0.incoming.forwarders.iter().any(|forwarder| forwarder.trim().eq_ignore_ascii_case(address))
    }

    /// Whether who wrote a mail that was passed on is told that we have it.
    pub(super) fn acknowledges_forwards(&self) -> bool {
        self.0.incoming.forwards_acknowledged
    }

    /// Whether our own mail server found that a message is from whom it says.
    pub(super) fn authenticity(&self, message: &Message) -> Authenticity {
        let domain = message.from.as_ref().map(|from| from.domain().to_owned()).unwrap_or_default();
        mail_message::authenticity::of(&message.headers, &self.0.incoming.trusted_authserv, &domain)
    }

    /// The domain of our Message-IDs.
    pub(super) fn domain(&self) -> &str {
        &self.0.domain
    }

    /// What stands in our header against loops.
    pub(super) fn mark(&self) -> &str {
        &self.0.mark
    }

    /// `desk+TOKEN@example.org` for `desk@example.org`.
    pub(super) fn with_token(&self, address: &str, token: &str) -> String {
        match address.rsplit_once('@') {
            Some((local, domain)) => format!("{local}{}{token}@{domain}", self.0.separator),
            None => address.to_owned(),
        }
    }

    /// Whether an address is one of ours, with or without a token.
    pub(super) fn is_ours(&self, address: &str) -> bool {
        self.own_address(address).is_some()
    }

    /// The address of ours that this one is, with or without a token.
    pub(super) fn own_address(&self, address: &str) -> Option<&str> {
        let address = address.to_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let name = local.split(self.0.separator.as_str()).next().unwrap_or(local);
        let is = |own: &&String| **own == address || own.rsplit_once('@') == Some((name, domain));
        self.0.own.iter().find(is).map(String::as_str)
    }

    /// The accounts that letters go out by, the usual one first, each with the addresses whose letters it sends.
    pub(super) fn servers(&self) -> Vec<(&Account, &Vec<String>)> {
        self.0.servers.iter().map(|(place, own)| (&self.0.accounts[*place], own)).collect()
    }

    /// Who signs letters from an address.
    pub(super) fn signer(&self, address: &str) -> Option<&Signer> {
        self.0.signers.iter().find(|signer| signer.covers(address)).map(AsRef::as_ref)
    }

    /// Where an account keeps copies of what went out.
    pub(super) fn sent_folder(&self, address: &str) -> Option<(&Account, &Imap, &str)> {
        let account = self.0.accounts.iter().find(|account| account.address == address)?;
        Some((account, account.imap.as_ref()?, account.sent_folder.as_deref()?))
    }

    /// Whether any account does.
    pub(super) fn files_copies(&self) -> bool {
        self.0.accounts.iter().any(|account| account.sent_folder.is_some() && account.smtp.is_some())
    }

    /// What a message says about the conversation that it belongs to, whichever of our addresses it came to.
    pub(super) fn evidence(&self, message: &Message) -> Evidence {
        let message = self.with_plus(message);
        let mut gathered = Vec::with_capacity(self.0.own.len());
        for own in &self.0.own {
            let (local, domain) = own.rsplit_once('@').unwrap_or((own, ""));
            let own = Own { address_local_part: local, domain, number_pattern: NUMBER };
            gathered.push(mail_message::thread::evidence(&message, &own));
        }
        let with_token = gathered.iter().position(|evidence| evidence.token.is_some()).unwrap_or(0);
        if gathered.is_empty() {
            let own = Own { address_local_part: "", domain: "", number_pattern: NUMBER };
            return mail_message::thread::evidence(&message, &own);
        }
        gathered.swap_remove(with_token)
    }

    /// The message with the operator's separator written as `+`, which is how evidence is read.
    fn with_plus<'m>(&self, message: &'m Message) -> std::borrow::Cow<'m, Message> {
        if self.0.separator == "+" {
            return std::borrow::Cow::Borrowed(message);
        }
        let mut message = message.clone();
        for address in message.to.iter_mut().chain(&mut message.cc).chain(&mut message.delivered_to) {
            for own in &self.0.own {
                let Some((local, domain)) = own.rsplit_once('@') else { continue };
                let start = format!("{local}{}", self.0.separator);
                let token = address.address.get(..start.len()).filter(|begin| begin.eq_ignore_ascii_case(&start));
                if token.is_some() && address.domain().eq_ignore_ascii_case(domain) {
                    address.address = format!("{local}+{}", &address.address[start.len()..]);
                }
            }
        }
        std::borrow::Cow::Owned(message)
    }
}
