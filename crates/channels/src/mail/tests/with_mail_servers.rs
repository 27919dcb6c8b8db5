//! Mail through real servers: Exim takes it, Dovecot keeps it.

use std::path::{Path, PathBuf};
use std::time::Duration;

mod poison;

use base::clock::Clock;
use base::config::Config;
use base::db::Db;
use service::ticket::State;
use testkit::both_engines;
use testkit::mail::{Letter, PASSWORD, Server};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::super::{Fares, pipe, start};
use super::{DESK, Desk, accounts, hurry, mail};

const ANA: &str = "Ana Silva <ana@lindenhof.example>";
const SECOND: Duration = Duration::from_secs(1);

/// A desk whose mailboxes are read and whose letters are sent, until it is stopped.
pub(super) struct Office {
    pub(super) desk: Desk,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// One account: what is read and, for the first, where letters go out.
pub(super) fn account(servers: &Server, address: &str, sends: bool) -> String {
    let imap = format!(
        "[mail.accounts.imap]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nuser = \"{address}\"\n\
         password = \"{PASSWORD}\"\npoll_seconds = 5\n",
        servers.imap_port()
    );
    let smtp = format!("[mail.accounts.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n", servers.smtp_port());
    let smtp = if sends { smtp } else { String::new() };
    format!("[[mail.accounts]]\naddress = \"{address}\"\n{imap}{smtp}")
}

impl Office {
    pub(super) fn open(db: Db, servers: &Server) -> Self {
        Self::of(db, &accounts(&account(servers, DESK, true)))
    }

    pub(super) fn of(db: Db, config: &Config) -> Self {
        Self::with(Desk::with(db, Clock::System, config, hurry()))
    }

    pub(super) fn with(desk: Desk) -> Self {
        let mut office = Self { desk, stop: watch::channel(false).0, tasks: Vec::new() };
        office.start();
        office
    }

    pub(super) fn start(&mut self) {
        self.stop = watch::channel(false).0;
        self.tasks = start(&self.desk.app, &self.desk.room, &self.stop.subscribe());
    }

    pub(super) async fn stop(&mut self) {
        self.stop.send_replace(true);
        for task in self.tasks.drain(..) {
            tokio::time::timeout(10 * SECOND, task).await.expect("mail stops when it is told to").unwrap();
        }
    }

    /// Until this many mails were decided about.
    pub(super) async fn mails(&self, wanted: i64) {
        self.until(wanted, "SELECT COUNT(*) FROM mails").await;
    }

    /// Until this many letters are no longer on their way.
    pub(super) async fn settled(&self, wanted: i64) {
        self.until(wanted, "SELECT COUNT(*) FROM outbox WHERE state IN ('sent', 'failed')").await;
    }

    pub(super) async fn until(&self, wanted: i64, sql: &'static str) {
        let begun = std::time::Instant::now();
        loop {
            let found = self.desk.count(sql).await;
            if found == wanted {
                return;
            }
            assert!(found < wanted, "{sql}: {found}, wanted {wanted}");
            let reports = self.desk.room.reports();
            assert!(begun.elapsed() < 60 * SECOND, "{sql}: {found}, wanted {wanted}\n{reports:#?}");
            tokio::time::sleep(SECOND / 20).await;
        }
    }

    pub(super) async fn only_ticket(&self) -> service::ticket::TicketId {
        let id = self.desk.count("SELECT id FROM tickets ORDER BY id LIMIT 1").await;
        service::ticket::TicketId(id)
    }
}

pub(super) fn wait(servers: &Server, mailbox: &str, words: &str) -> Letter {
    servers.wait_for_mail(mailbox, |letter| letter.text().contains(words), 20 * SECOND).unwrap()
}

both_engines! {
    async fn a_mail_comes_in_and_the_answer_goes_out_and_back(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::open(db, &servers);
        servers.deliver(DESK, mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.").as_bytes()).unwrap();
        office.mails(1).await;
        let id = office.only_ticket().await;

        let received = servers.wait_for_mail("ana@lindenhof.example", |_| true, 20 * SECOND).unwrap();
        assert_eq!(received.header("auto-submitted").as_deref(), Some("auto-replied"));
        assert_eq!(received.header("x-auto-response-suppress").as_deref(), Some("All"));
        assert_eq!(received.references(), ["1@lindenhof.example"]);

        let agent = office.desk.agent().await;
        let ticket = office.desk.answer(agent, id, "Try the handle.\n\nSee https://desk.example/door.", State::WaitingPerson).await;
        let answer = wait(&servers, "ana@lindenhof.example", "Try the handle");
        assert_eq!(answer.from(), DESK);
        assert_eq!(answer.header("auto-submitted"), None, "a person wrote it");
        assert_eq!(answer.header("reply-to"), Some(format!("it+{}@desk.example", ticket.reply_token)));
        assert!(answer.message_id().ends_with("@desk.example"));
        assert!(answer.html().contains("<a href=\"https://desk.example/door\">"));
        assert!(answer.subject().contains(&ticket.label()));

        // She answers in her mail program; some write to the address, some only name the mail.
        let reply_to = answer.header("reply-to").unwrap();
        let threaded = format!("In-Reply-To: <{}>\r\n", answer.message_id());
        let reply = mail(ANA, "2@lindenhof.example", "Re: Door", &threaded, "That helped.").replace(DESK, &reply_to);
        servers.deliver(DESK, reply.as_bytes()).unwrap();
        servers.deliver(DESK, mail(ANA, "3@lindenhof.example", "Re: Door", &threaded, "One more thing.").as_bytes()).unwrap();
        office.mails(3).await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(office.desk.messages(id).await.len(), 4);
        office.settled(2).await;
        assert!(office.desk.room.reports().iter().all(|report| report.fares == Fares::Well));
        office.stop().await;
    }

    async fn what_a_server_says_to_a_letter_is_what_becomes_of_it(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::open(db, &servers);
        for name in ["refuse", "reject", "hang", "greylist", "defer"] {
            let from = format!("{name}@lindenhof.example");
            let opened = pipe(&office.desk.app, &office.desk.room, mail(&from, &format!("{name}@x"), "Door", "", "It is stuck.").into_bytes());
            assert!(opened.await.unwrap().ticket.is_some());
        }
        office.settled(4).await;
        for (address, state, words) in [
            ("refuse@lindenhof.example", "failed", "no such person here"),
            ("reject@lindenhof.example", "failed", "we do not like what this says"),
            ("hang@lindenhof.example", "failed", "may have arrived"),
            ("defer@lindenhof.example", "waiting", "mailbox busy"),
        ] {
            let (_, found, error) = office.desk.letters(address).await.remove(0);
            assert!(found == state || found == "sending", "{address}: {found}");
            let error = error.unwrap_or_default();
            assert!(error.contains(words), "{address}: {error}");
        }
        assert_eq!(office.desk.letters("greylist@lindenhof.example").await[0].1, "sent");
        servers.wait_for_mail("greylist@lindenhof.example", |_| true, 20 * SECOND).unwrap();
        tokio::time::sleep(SECOND).await;
        assert_eq!(servers.list("hang@lindenhof.example").unwrap().len(), 0);
        assert_eq!(servers.list("greylist@lindenhof.example").unwrap().len(), 1);
        office.stop().await;
    }

    async fn line_32_a_real_bounce_marks_the_letter_and_shows_on_the_ticket(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::open(db, &servers);
        let written = mail("Bea <bounce-bea@lindenhof.example>", "1@lindenhof.example", "Door", "", "It is stuck.");
        servers.deliver(DESK, written.as_bytes()).unwrap();
        // Her mail, and what Exim returns of our acknowledgement.
        let returned = servers.wait_for_mail(DESK, |letter| letter.from().to_lowercase().contains("mailer-daemon"), 30 * SECOND);
        returned.unwrap_or_else(|error| panic!("{error}"));
        office.mails(2).await;
        let id = office.only_ticket().await;
        let messages = office.desk.messages(id).await;
        assert_eq!(messages.iter().map(|(author, _)| author.as_str()).collect::<Vec<_>>(), ["person", "machine"]);
        assert_eq!(office.desk.ticket(id).await.state, State::New);
        let letters = office.desk.letters("bounce-bea@lindenhof.example").await;
        assert_eq!((letters.len(), letters[0].1.as_str()), (1, "failed"), "{letters:?}");
        assert!(letters[0].2.as_deref().unwrap_or_default().contains("it came back"), "{letters:?}");
        office.stop().await;
    }

    async fn line_21_one_mail_in_two_mailboxes_lands_once(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let config = format!("{}{}", account(&servers, DESK, true), account(&servers, "help@desk.example", false));
        let mut office = Office::of(db, &accounts(&config));
        let written = mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.");
        servers.deliver(DESK, format!("Delivered-To: {DESK}\r\n{written}").as_bytes()).unwrap();
        servers.deliver("help@desk.example", format!("Delivered-To: help@desk.example\r\n{written}").as_bytes()).unwrap();
        office.until(2, "SELECT COALESCE(MAX(copies), 0) FROM mails").await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        office.settled(1).await;
        office.stop().await;
    }

    async fn line_24_a_mail_that_was_stored_and_not_noted_is_known_again(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::open(db, &servers);
        servers.deliver(DESK, mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.").as_bytes()).unwrap();
        office.mails(1).await;
        office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE last_uid > 0").await;
        office.stop().await;
        // As if the machine had died between storing and noting; and then as if the server's numbers began anew.
        for damage in ["UPDATE mailboxes SET last_uid = 0", "UPDATE mailboxes SET uid_validity = 1, last_uid = 99"] {
            let before = office.desk.count("SELECT copies FROM mails").await;
            office.desk.execute(damage).await;
            office.start();
            office.until(before + 1, "SELECT copies FROM mails").await;
            office.until(1, "SELECT COUNT(*) FROM mailboxes WHERE last_uid = 1").await;
            office.stop().await;
        }
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(servers.list("ana@lindenhof.example").unwrap().len(), 1, "she was told once");
    }

    async fn line_72_mail_that_others_read_is_not_left_out(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::open(db, &servers);
        office.until(1, "SELECT COUNT(*) FROM mailboxes").await;
        office.stop().await;
        servers.deliver(DESK, mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.").as_bytes()).unwrap();
        let other = base::config::Imap::clone(office.desk.room.accounts()[0].imap.as_ref().unwrap());
        let mut session = crate::mail::fetch::open_for_test(&other).await;
        session.select("INBOX").await.unwrap();
        session.tell("UID STORE 1:* +FLAGS (\\Seen)").await.unwrap();
        office.start();
        office.mails(1).await;
        office.stop().await;
    }

    async fn line_74_a_poisoned_mail_does_not_stop_the_next(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let toml = format!("[limits]\nmail_bytes = 100000\n{}", account(&servers, DESK, false));
        let desk = Desk::with(db, Clock::System, &accounts(&toml), hurry());
        desk.execute("ALTER TABLE ticket_files RENAME TO elsewhere").await;
        let large = mail(ANA, "1@lindenhof.example", "Film", "", &"la ".repeat(50_000));
        let headers = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
        let poison = "--b\r\nContent-Type: text/plain\r\n\r\nSee.\r\n--b\r\nContent-Disposition: attachment; filename=a\r\n\r\n1\r\n--b--";
        let poison = mail(ANA, "2@lindenhof.example", "Plan", headers, poison);
        for raw in [large.as_str(), poison.as_str(), "", "\0\u{1}\u{2}", &mail(ANA, "3@lindenhof.example", "Door", "", "Stuck.")] {
            servers.deliver(DESK, raw.as_bytes()).unwrap();
        }
        let mut office = Office { desk, stop: watch::channel(false).0, tasks: Vec::new() };
        office.start();
        office.mails(5).await;
        office.stop().await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails WHERE decision = 'quarantined'").await, 4);
        let too_large = "SELECT COUNT(*) FROM mails WHERE why = 'too-large' AND subject = 'Film' AND bytes > 100000";
        assert_eq!(office.desk.count(too_large).await, 1);
    }

    async fn line_28_two_desks_that_answer_by_themselves_come_to_rest(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let mut office = Office::open(db, &servers);
        let other = testkit::database::Database::sqlite();
        let config = format!("base_url = \"http://other.test\"\n{}", account(&servers, "service@other.example", true));
        let mut others = Office::of(other.db(), &accounts(&config));
        let written = mail("Other desk <service@other.example>", "1@lindenhof.example", "Door", "", "It is stuck.");
        servers.deliver(DESK, written.as_bytes()).unwrap();
        office.mails(1).await;
        others.mails(1).await;
        tokio::time::sleep(3 * SECOND).await;
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails").await, 1);
        assert_eq!(others.desk.count("SELECT COUNT(*) FROM mails").await, 1);
        assert_eq!(others.desk.count("SELECT COUNT(*) FROM tickets").await, 0, "an acknowledgement is no request");
        office.stop().await;
        others.stop().await;
    }

    async fn a_server_that_comes_back_is_found_again(db: Db, clock: Clock) {
        let mut servers = Server::start().unwrap();
        let mut office = Office::open(db, &servers);
        servers.kill_smtp();
        servers.deliver(DESK, mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.").as_bytes()).unwrap();
        office.mails(1).await;
        tokio::time::sleep(SECOND).await;
        let failing = office.desk.room.reports().into_iter().any(|report| matches!(report.fares, Fares::Failing { .. }));
        assert!(failing, "{:?}", office.desk.room.reports());
        servers.start_smtp().unwrap();
        office.settled(1).await;
        servers.wait_for_mail("ana@lindenhof.example", |_| true, 20 * SECOND).unwrap();
        office.stop().await;
    }

    async fn a_simulated_desk_opens_no_connection(db: Db, clock: Clock) {
        let servers = Server::start().unwrap();
        let desk = Desk::simulated(db, &accounts(&account(&servers, DESK, true)));
        let mut office = Office { desk, stop: watch::channel(false).0, tasks: Vec::new() };
        office.start();
        assert_eq!(office.tasks.len(), 1, "nothing is read");
        office.desk.take(&mail(ANA, "1@lindenhof.example", "Door", "", "It is stuck.")).await;
        office.settled(1).await;
        office.stop().await;
        assert!(servers.list("ana@lindenhof.example").unwrap().is_empty());
    }
}

/// Real mails, which lie outside the repository: in the folder that `THEDESK_SHARED_DATA` names, or in `../shared/data`
/// beside it.
fn real_mails() -> Vec<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let root = std::env::var_os("THEDESK_SHARED_DATA").map_or(beside, PathBuf::from);
    let mut found = Vec::new();
    for folder in ["mail-bounces", "mail-plain"] {
        let files = std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten().map(|entry| entry.path());
        found.extend(files.filter(|path| path.extension().is_some_and(|end| end == "eml")));
    }
    found.sort();
    found
}

both_engines! {
    async fn every_real_mail_ends_somewhere(db: Db, clock: Clock) {
        let files = real_mails();
        if files.is_empty() {
            eprintln!("skipped: there are no real mails here (set THEDESK_SHARED_DATA to the folder that has them)");
            return;
        }
        let servers = Server::start().unwrap();
        for file in &files {
            servers.deliver(DESK, &std::fs::read(file).unwrap()).unwrap();
        }
        let desk = Desk::with(db, Clock::System, &accounts(&account(&servers, DESK, false)), hurry());
        let mut office = Office { desk, stop: watch::channel(false).0, tasks: Vec::new() };
        office.start();
        office.until(files.len() as i64, "SELECT CAST(COALESCE(SUM(copies), 0) AS BIGINT) FROM mails").await;
        office.stop().await;
        let in_tickets = "SELECT COUNT(*) FROM mails WHERE decision IN ('opened', 'written') AND ticket_id IS NOT NULL";
        let elsewhere = "SELECT COUNT(*) FROM mails WHERE decision IN ('dropped', 'quarantined', 'kept')";
        let (told, left) = (office.desk.count(in_tickets).await, office.desk.count(elsewhere).await);
        assert_eq!(told + left, office.desk.count("SELECT COUNT(*) FROM mails").await);
        assert!(told > 0);
        assert_eq!(office.desk.count("SELECT COUNT(*) FROM mails WHERE why IN ('unstorable', 'unreadable', 'unfetchable')").await, 0);
    }
}
