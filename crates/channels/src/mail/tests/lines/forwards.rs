//! Line 42: mails that somebody passed on. Lines 55 and 57: nothing of a mail is lost, and what is always there is folded.

use base::db::params;
use testkit::both_engines;

use super::super::{Desk, mail};
use super::{ANA, desk_with, raw};
use crate::mail::model::{Decision, Why};

both_engines! {
    async fn line_42_what_an_agent_passes_on_is_the_customers_request(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.agent().await;
        let opened = desk.take(raw!("042-forwarded-by-agent")).await;
        assert_eq!((opened.decision, opened.why), (Decision::Opened, Why::New));
        let ticket = desk.ticket_of(opened).await;
        assert_eq!(ticket.subject, "Lamp flickers");
        let person = desk.app.db.read(move |tx| ledger::person::find(tx, ticket.person)).await.unwrap().unwrap();
        assert_eq!(person.name, "Lena Lund");
        let messages = desk.messages(ticket.id).await;
        assert_eq!(messages[0], ("person".to_owned(), "The lamp in room 12 flickers since noon.\n\nLena".to_owned()));
        assert_eq!(messages[1], ("note".to_owned(), "She called twice. Between us: the third one this week.\n\nNoor".to_owned()));
        assert_eq!(desk.extras(ticket.id).await[0]["forwarded_by"], "Noor Haddad");
        // She is told, so that she knows who answers from now on, and by which number; nothing of the agent's words.
        let letters = desk.letters("lena@example.com").await;
        assert_eq!(letters.iter().map(|(occasion, ..)| occasion.as_str()).collect::<Vec<_>>(), ["ticket.received"]);
        assert_eq!(desk.count("SELECT COUNT(*) FROM outbox WHERE text LIKE '%Between us%' OR in_reply_to LIKE '%noor%'").await, 0);
        assert!(desk.letters("noor.haddad@lindenhof.example").await.is_empty());
        // Her answer goes on in it.
        let id = desk.issued(ticket.id).await.remove(0);
        let answer = mail("Lena Lund <lena@example.com>", "lena-2@example.com", "Re: Lamp flickers", &format!("In-Reply-To: <{id}>\r\n"), "Still.");
        assert_eq!(desk.take(&answer).await.ticket, Some(ticket.id));
        assert!(desk.take(raw!("042-forwarded-by-agent")).await.repeated);
    }

    async fn line_42_a_mail_that_is_attached_is_passed_on_as_well(db: Db, clock: Clock) {
        let desk = desk_with(db, clock, "forwards_acknowledged = false");
        desk.agent().await;
        let ticket = desk.ticket_of(desk.take(raw!("042-attached-by-agent")).await).await;
        assert_eq!(ticket.subject, "Chair squeaks");
        assert_eq!(desk.texts(ticket.id).await, ["Mine squeaks when I breathe.", "For facilities, I think."]);
        assert!(desk.letters("olaf@example.net").await.is_empty(), "the desk chose not to tell");
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_files WHERE name = 'Chair squeaks.eml'").await, 1);
    }

    async fn line_42_a_mailbox_that_is_named_may_pass_on_too_and_a_customer_stays_who_asked(db: Db, clock: Clock) {
        let desk = desk_with(db, clock, "forwarders = [\"Reception@lindenhof.example\"]");
        let by = |from: &str, id: &str| raw!("042-forwarded-by-agent").replace("Noor Haddad <noor.haddad@lindenhof.example>\nTo: it@", &format!("{from}\nTo: it@")).replace("noor-1@", id);
        let passed = desk.ticket_of(desk.take(&by("Reception <reception@lindenhof.example>", "r-1@")).await).await;
        assert_eq!(desk.extras(passed.id).await[0]["forwarded_by"], "Reception");
        assert_eq!(desk.letters("lena@example.com").await.len(), 1);
        let asked = desk.ticket_of(desk.take(&by(ANA, "a-1@")).await).await;
        assert_ne!(asked.person, passed.person);
        assert_eq!(desk.authors(asked.id).await, ["person"]);
        assert!(desk.texts(asked.id).await[0].contains("The lamp in room 12 flickers"), "with what she forwards");
        assert_eq!(desk.letters("ana@lindenhof.example").await.len(), 1);
        assert_eq!(desk.letters("lena@example.com").await.len(), 1, "whom a customer forwards hears nothing");
    }

    async fn line_42_an_agent_passes_a_reply_on_into_its_ticket(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.agent().await;
        let ticket = desk.ticket_of(desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await).await;
        let issued = desk.issued(ticket.id).await.remove(0);
        let text = "FYI\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ana Silva <ana@lindenhof.example>\r\n\
            Date: Mon, Mar 4, 2024 at 4:05 PM\r\nSubject: Re: Door\r\nTo: Noor <noor.haddad@lindenhof.example>\r\n\r\nIt opened.";
        let headers = format!("References: <{issued}>\r\n");
        let passed = desk.take(&mail("Noor Haddad <noor.haddad@lindenhof.example>", "2@x.example", "Fwd: Re: Door", &headers, text)).await;
        assert_eq!((passed.decision, passed.ticket), (Decision::Written, Some(ticket.id)));
        assert_eq!(desk.authors(ticket.id).await, ["person", "person", "note"]);
        assert_eq!(desk.texts(ticket.id).await[1..], ["It opened.", "FYI"]);
    }

    async fn line_55_all_of_a_mail_is_there_above_beneath_and_as_it_came(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let cases = [
            ("2@x.example", "Above.\r\n\r\nOn Mon, 2 Mar 2026, IT wrote:\r\n> quoted line\r\n", "Above.", true),
            ("3@x.example", "> quoted line\r\n\r\nBelow.\r\n", "Below.", false),
            ("4@x.example", "> first question\r\n\r\nAn answer in between.\r\n\r\n> quoted line\r\n\r\nAnd another.\r\n", "An answer in between.", false),
            ("5@x.example", "On Mon, 2 Mar 2026, IT wrote:\r\n> quoted line\r\n", "quoted line", false),
        ];
        for (id, text, visible, hidden) in cases {
            let outcome = desk.take(&mail(ANA, id, "Re: Door", "In-Reply-To: <1@x.example>\r\n", text)).await;
            let sql = "SELECT p.text, p.quoted, m.raw FROM mails m JOIN ticket_messages p ON p.id = m.part_id WHERE m.id = $1";
            let mail_id = outcome.mail;
            let (shown, quoted, raw): (String, String, String) = desk.app.db
                .read(move |tx| tx.one(sql, params![mail_id], |row| Ok((row.read()?, row.read()?, row.read()?)))).await.unwrap();
            assert!(shown.contains(visible), "{id}: {shown}");
            assert_eq!(quoted.contains("quoted line"), hidden, "{id}: {quoted}");
            assert!(format!("{shown}\n{quoted}").contains("quoted line"), "{id}: nothing is gone");
            let kept = desk.app.files.get(&base::file::Key::parse(&raw).unwrap()).await.unwrap();
            assert!(String::from_utf8_lossy(&kept).contains(text.trim_end()), "{id}: and the mail is kept as it came");
        }
    }

    async fn line_57_a_signature_that_all_mails_of_a_sender_share_is_folded_away(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let signature = "Kind regards\r\nAna Silva\r\nLindenhof, Tel. 555 0100";
        let mut texts = Vec::new();
        for (number, words) in ["The door is stuck.", "The lamp is out.", "The chair squeaks.", "All of them again."].iter().enumerate() {
            let sent = mail(ANA, &format!("{number}@x.example"), &format!("Matter {number}"), "", &format!("{words}\r\n\r\n{signature}"));
            let ticket = desk.take(&sent).await.ticket.unwrap();
            texts.extend(desk.texts(ticket).await);
        }
        assert!(texts[0].contains("Tel. 555 0100") && texts[1].contains("Tel. 555 0100"), "two may be chance");
        assert_eq!(texts[2..], ["The chair squeaks.", "All of them again."]);
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_messages WHERE quoted LIKE '%Tel. 555 0100%'").await, 2, "it can be shown");
        let short = desk.take(&mail(ANA, "9@x.example", "Short", "", "One\r\ntwo\r\nthree lines without it.")).await.ticket.unwrap();
        assert_eq!(desk.texts(short).await, ["One\ntwo\nthree lines without it."]);
    }
}
