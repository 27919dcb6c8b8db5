//! The servers themselves: that they start, do what their tables promise, and leave nothing behind.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

#[path = "servers/smtp.rs"]
mod smtp;

mod on_postgres {
    use postgres::{Client, NoTls};
    use testkit::postgres::{Options, Server, shared};

    fn count(url: &str) -> i64 {
        let mut client = Client::connect(url, NoTls).unwrap();
        client.query_one("select count(*) from letters", &[]).unwrap().get(0)
    }

    fn fill(url: &str) -> Result<(), postgres::Error> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute("create table letters (id bigint); insert into letters values (1), (2)")
    }

    #[test]
    fn a_database_is_a_copy_of_its_template_and_of_no_other_test() {
        let server = shared().unwrap();
        let template = server.template("testkit_letters_1", fill).unwrap();
        let begun = std::time::Instant::now();
        let one = server.create_database(Some(&template)).unwrap();
        eprintln!("a database from a template took {:?}", begun.elapsed());
        let two = server.create_database(Some(&template)).unwrap();
        Client::connect(&one, NoTls).unwrap().batch_execute("insert into letters values (3)").unwrap();
        assert_eq!((count(&one), count(&two)), (3, 2));
        server.drop_database(&one).unwrap();
        server.drop_database(&two).unwrap();
        assert!(Client::connect(&one, NoTls).is_err());
    }

    #[test]
    fn a_template_is_built_once_however_many_ask() {
        let server = shared().unwrap();
        let built = std::sync::atomic::AtomicU32::new(0);
        let name = format!("testkit_asked_{}", std::process::id());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    server
                        .template(&name, |url| {
                            built.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                            fill(url)
                        })
                        .unwrap();
                });
            }
        });
        assert_eq!(built.into_inner(), 1);
        server.drop_database(&server.url(&name)).unwrap();
    }

    #[tokio::test]
    async fn an_asynchronous_test_may_ask_for_a_database_too() {
        let server = shared().unwrap();
        let url = server.create_database(None).unwrap();
        server.drop_database(&url).unwrap();
    }

    #[test]
    fn what_was_committed_outlives_a_kill() {
        let mut server = Server::start_with(Options { durable: true }).unwrap();
        let url = server.create_database(None).unwrap();
        fill(&url).unwrap();
        server.kill9();
        assert!(Client::connect(&url, NoTls).is_err());
        server.start_again().unwrap();
        assert_eq!(count(&url), 2);
    }
}

mod with_mail_servers {
    use std::time::Duration;

    use testkit::mail::{PASSWORD, Server};

    use crate::smtp::{Imap, Smtp};

    const LONG: Duration = Duration::from_secs(30);

    fn letter(subject: &str) -> String {
        format!("From: ana@lindenhof.example\r\nTo: desk@desk.example\r\nSubject: {subject}\r\n\r\nHello.\r\n")
    }

    #[test]
    fn mail_by_smtp_reaches_the_mailbox_and_wakes_an_idle_reader() {
        let server = Server::start().unwrap();
        let mut idle = Imap::log_in(server.imap_port(), "desk@desk.example", PASSWORD);
        idle.idle();
        let mut smtp = Smtp::connect(server.smtp_port());
        assert_eq!(smtp.send("ana@lindenhof.example", "Desk+token-7@desk.example", &letter("printer")), 250);
        let found = server.wait_for_mail("desk@desk.example", |letter| letter.subject() == "printer", LONG).unwrap();
        assert!(found.text().contains("Hello."));
        idle.wait_for("EXISTS");
    }

    #[test]
    fn a_delivered_message_is_there_byte_for_byte() {
        let server = Server::start().unwrap();
        let broken = b"Subject: no end\xff\nno colon here\r\n\n\0body";
        server.deliver("desk@desk.example", broken).unwrap();
        let letters = server.list("desk@desk.example").unwrap();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].raw(), broken);
        let mut imap = Imap::log_in(server.imap_port(), "desk@desk.example", PASSWORD);
        assert!(imap.command("select INBOX").contains("1 EXISTS"));
    }

    #[test]
    fn recipients_are_treated_as_their_names_say() {
        let server = Server::start().unwrap();
        let mut smtp = Smtp::connect(server.smtp_port());
        let mut send = |to: &str| smtp.send("ana@lindenhof.example", to, &letter("names"));
        assert_eq!(send("refuse@desk.example"), 550);
        assert_eq!(send("refuse-sales@lindenhof.example"), 550);
        assert_eq!(send("refused@desk.example"), 250, "another name that only begins alike");
        assert_eq!(send("defer@desk.example"), 450);
        assert_eq!(send("defer@desk.example"), 450);
        assert_eq!(send("greylist@desk.example"), 450);
        assert_eq!(send("greylist@desk.example"), 250);
        assert_eq!(send("greylist-2@desk.example"), 450, "another recipient is not known yet");
        assert_eq!(send("reject@desk.example"), 550);
        assert_eq!(send("someone@elsewhere.test"), 550);
        assert_eq!(send("bounce@desk.example"), 250);
        let returned = |letter: &testkit::mail::Letter| letter.header("x-failed-recipients").is_some();
        let bounce = server.wait_for_mail("ana@lindenhof.example", returned, LONG).unwrap();
        assert!(bounce.text().contains("bounce@desk.example"), "{}", bounce.text());
        assert_eq!(bounce.header("auto-submitted").as_deref(), Some("auto-replied"));
    }

    #[test]
    fn one_recipient_keeps_the_sender_waiting_after_data() {
        let server = Server::start().unwrap();
        let mut smtp = Smtp::connect(server.smtp_port());
        smtp.wait_at_most(Duration::from_secs(2));
        assert_eq!(smtp.send("ana@lindenhof.example", "hang@desk.example", &letter("silence")), 0, "no answer");
    }

    #[test]
    fn a_killed_smtp_server_comes_back_with_what_it_had_accepted() {
        let mut server = Server::start().unwrap();
        let send = |port| Smtp::connect(port).send("ana@lindenhof.example", "desk@desk.example", &letter("first"));
        assert_eq!(send(server.smtp_port()), 250);
        server.kill_smtp();
        assert!(std::net::TcpStream::connect(("127.0.0.1", server.smtp_port())).is_err());
        server.start_smtp().unwrap();
        assert_eq!(send(server.smtp_port()), 250);
        let begun = std::time::Instant::now();
        while server.list("desk@desk.example").unwrap().len() < 2 {
            assert!(begun.elapsed() < LONG, "{}", server.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn when_a_test_process_is_killed_its_servers_end_too() {
        use std::io::BufRead as _;
        use std::process::{Command, Stdio};
        let mut testbed = Command::new(env!("CARGO_BIN_EXE_testbed"))
            .args(["--engine", "postgres"])
            .env_remove(testkit::postgres::VARIABLE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        std::io::BufReader::new(testbed.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&ready).unwrap();
        let postgres = ready["postgres_server"].as_str().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        let port = |name: &str| u16::try_from(ready["mail"][name].as_u64().unwrap()).unwrap();
        let ports: [u16; 3] = [postgres, port("smtp"), port("imap")];
        let answers = |port: &u16| std::net::TcpStream::connect(("127.0.0.1", *port)).is_ok();
        assert!(ports.iter().all(answers));
        testbed.kill().unwrap();
        testbed.wait().unwrap();
        let begun = std::time::Instant::now();
        while ports.iter().any(answers) {
            assert!(begun.elapsed() < LONG, "servers outlived their test");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    #[test]
    fn a_wait_that_ends_in_vain_says_what_was_there() {
        let server = Server::start().unwrap();
        server.deliver("desk@desk.example", letter("other").as_bytes()).unwrap();
        let error = server.wait_for_mail("desk@desk.example", |_| false, Duration::from_millis(50)).unwrap_err();
        assert!(error.to_string().contains("\"other\""), "{error}");
    }
}
