//! Signed and locked mails, as stories. The mails and keys are those of `mail-seal`, where what a seal says is decided;
//! here is what the desk does with it.

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use mail_seal::Keyring;
use service::ticket::{Extras, Signature, TicketId};
use testkit::both_engines;
use tower::ServiceExt;
use web::actor::Role;

use super::super::mailroom::Mailroom;
use super::super::model::{Decision, Why};
use super::{Desk, accounts, hurry, mail};

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../mail-seal/tests");
const ADA: &str = "Ada Quill <ada@example.org>";

fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{TESTS}/{path}")).unwrap()
}

/// One of the mails of the conformance list, to desk@help.example.
fn sealed(name: &str) -> String {
    String::from_utf8(fixture(&format!("conformance/{name}.eml"))).unwrap()
}

impl Desk {
    /// A desk that has keys, and knows some people's.
    fn with_keys(db: base::db::Db, clock: base::clock::Clock) -> Self {
        let mut desk = Self::without_keys(db, clock);
        desk.fetch_keys();
        desk
    }

    fn without_keys(db: base::db::Db, clock: base::clock::Clock) -> Self {
        let config = accounts("[[mail.accounts]]\naddress = \"desk@help.example\"\n");
        Self::with(db, clock, &config, hurry())
    }

    fn fetch_keys(&mut self) {
        let mut ring = Keyring::new();
        ring.add_passphrase("first word");
        for name in ["desk", "ada", "rosa"] {
            ring.add_pgp(&fixture(&format!("keys/{name}.asc"))).unwrap();
        }
        ring.add_smime(&fixture("keys/desk.pem")).unwrap();
        ring.add_authorities(&fixture("keys/ca/root.pem")).unwrap();
        let config = accounts("[[mail.accounts]]\naddress = \"desk@help.example\"\n");
        self.room = Mailroom::with_keys(&config, hurry(), ring);
    }

    async fn last_extras(&self, id: TicketId) -> Extras {
        let sql = "SELECT extras FROM ticket_messages WHERE ticket_id = $1 ORDER BY id DESC LIMIT 1";
        let kept: String =
            self.app.db.read(move |tx| tx.one(sql, base::db::params![id], |row| row.read())).await.unwrap();
        serde_json::from_str(&kept).unwrap()
    }

    async fn files(&self, id: TicketId) -> Vec<String> {
        let sql = "SELECT name FROM ticket_files WHERE ticket_id = $1 ORDER BY id";
        self.app.db.read(move |tx| tx.query(sql, base::db::params![id], |row| row.read())).await.unwrap()
    }

    /// The mail as it is kept.
    async fn raw(&self) -> String {
        let sql = "SELECT raw FROM mails ORDER BY id DESC LIMIT 1";
        let key: String = self.app.db.read(move |tx| tx.one(sql, &[], |row| row.read())).await.unwrap();
        let bytes = self.app.files.get(&base::file::Key::parse(&key).unwrap()).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// The ticket's page as an agent sees it.
    async fn page(&self, id: TicketId, agent: &str) -> String {
        let request = Request::builder()
            .uri(format!("/desk/tickets/{id}"))
            .header(header::COOKIE, agent)
            .header(header::HOST, "desk.test")
            .body(Body::empty())
            .unwrap();
        let response = self.app.router(service::ticket::routes()).oneshot(request).await.unwrap();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(body.to_vec()).unwrap()
    }
}

both_engines! {
    async fn line_69_a_signed_mail_says_who_signed_it(db: Db, clock: Clock) {
        let desk = Desk::with_keys(db, clock);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let outcome = desk.take(&sealed("069-mime-signed")).await;
        let id = outcome.ticket.unwrap();
        let seal = desk.last_extras(id).await.seal.unwrap();
        assert_eq!((seal.signature, seal.signer.as_deref()), (Some(Signature::Valid), Some(ADA)));
        assert_eq!(desk.files(id).await, Vec::<String>::new(), "the signature is no file of the conversation");
        let page = desk.page(id, &agent).await;
        assert!(page.contains("and the signature holds.") && page.contains("seal-good"), "{page}");
    }

    async fn line_69_a_signature_that_does_not_hold_is_told_and_the_mail_is_taken_in(db: Db, clock: Clock) {
        let desk = Desk::with_keys(db, clock);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let id = desk.take(&sealed("069-mime-signed-changed")).await.ticket.unwrap();
        assert_eq!(desk.last_extras(id).await.seal.unwrap().signature, Some(Signature::Invalid));
        assert!(desk.messages(id).await[0].1.contains("room 5"));
        assert!(desk.page(id, &agent).await.contains("The signature does not hold"));
        let id = desk.take(&sealed("069-mime-signed-list-footer")).await.ticket.unwrap();
        let page = desk.page(id, &agent).await;
        assert!(page.contains("There is more in this mail than what was signed"), "{page}");
    }

    async fn line_70_certificates_are_told_like_keys(db: Db, clock: Clock) {
        let desk = Desk::with_keys(db, clock);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let id = desk.take(&sealed("070-signed-inside-enveloped")).await.ticket.unwrap();
        let seal = desk.last_extras(id).await.seal.unwrap();
        assert!(seal.encrypted && seal.opened && seal.signature == Some(Signature::Valid), "{seal:?}");
        let id = desk.take(&sealed("070-detached-untrusted")).await.ticket.unwrap();
        assert_eq!(desk.last_extras(id).await.seal.unwrap().signature, Some(Signature::Untrusted));
        assert!(desk.page(id, &agent).await.contains("Nobody whom the desk trusts vouches for the certificate."));
    }

    async fn line_71_a_locked_mail_is_read_and_stays_locked_where_it_is_kept(db: Db, clock: Clock) {
        let desk = Desk::with_keys(db, clock);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let outcome = desk.take(&sealed("071-pgp-read-as-the-mail")).await;
        let id = outcome.ticket.unwrap();
        // Search reads the texts of the conversation, so what was locked is found like any other.
        assert!(desk.messages(id).await[0].1.contains("The lamp in room 4 is broken."));
        assert_eq!(desk.files(id).await, ["bill.pdf"]);
        let raw = desk.raw().await;
        assert!(raw.contains("-----BEGIN PGP MESSAGE-----") && !raw.contains("lamp in room 4 is"), "{raw}");
        assert!(desk.page(id, &agent).await.contains("Came encrypted, and was opened with a key of the desk."));
    }

    async fn line_71_a_locked_answer_finds_its_conversation_by_what_is_locked(db: Db, clock: Clock) {
        let desk = Desk::with_keys(db, clock);
        let first = desk.take(&mail(ADA, "first@help.example", "Lamp", "", "It flickers.")).await;
        let answer = desk.take(&sealed("069-mime-encrypted-protected-headers")).await;
        assert_eq!((answer.decision, answer.why, answer.ticket), (Decision::Written, Why::Held, first.ticket));
    }

    async fn line_71_what_nothing_opens_is_kept_whole_and_says_so(db: Db, clock: Clock) {
        let mut desk = Desk::without_keys(db, clock);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let locked = sealed("069-mime-encrypted");
        let outcome = desk.take(&locked).await;
        let id = outcome.ticket.unwrap();
        assert_eq!(outcome.decision, Decision::Opened);
        let seal = desk.last_extras(id).await.seal.unwrap();
        assert!(seal.is_locked());
        let text = desk.messages(id).await[0].1.clone();
        assert!(text.contains("could not be opened here") && text.contains(&seal.locked_for[0]), "{text}");
        assert!(desk.files(id).await.contains(&"encrypted.asc".to_owned()), "the locked part can be fetched");
        assert_eq!(desk.raw().await, locked);
        let page = desk.page(id, &agent).await;
        assert!(page.contains("no key of the desk opens it") && page.contains("seal-bad"), "{page}");

        // The same mail once more, now that there is a key: it is known by what it was when it came.
        desk.fetch_keys();
        let again = desk.take(&locked).await;
        assert!(again.repeated && again.ticket == Some(id), "{again:?}");
    }

    async fn line_71_a_strangers_valid_signature_lets_nobody_into_a_conversation(db: Db, clock: Clock) {
        let desk = Desk::with_keys(db, clock);
        let first = desk.take(&mail(ADA, "first@help.example", "Lamp", "", "It flickers.")).await;
        let headers = "References: <first@help.example>\r\n";
        let strange = desk.take(&format!("{headers}{}", sealed("069-mime-signed-rsa"))).await;
        assert_eq!((strange.decision, strange.why), (Decision::Opened, Why::Stranger));
        assert_ne!(strange.ticket, first.ticket);
        let seal = desk.last_extras(strange.ticket.unwrap()).await.seal.unwrap();
        assert_eq!(seal.signature, Some(Signature::Valid), "the signature holds, and gives no rights");
    }

    async fn line_69_html_around_a_lock_never_meets_what_was_locked(db: Db, clock: Clock) {
        let desk = Desk::with_keys(db, clock);
        let id = desk.take(&sealed("069-mime-encrypted-between-html")).await.ticket.unwrap();
        let sql = "SELECT COALESCE(html, '') FROM ticket_messages ORDER BY id DESC LIMIT 1";
        let html: String = desk.app.db.read(move |tx| tx.one(sql, &[], |row| row.read())).await.unwrap();
        assert!(!html.contains("example.net"), "{html}");
        assert!(desk.messages(id).await[0].1.contains("The lamp in room 4 is broken."));
        assert_eq!(desk.files(id).await.len(), 2, "what stood around it is kept beside it");
    }
}
