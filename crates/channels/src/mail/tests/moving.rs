//! Why a mail is where it is, and an agent who has it elsewhere.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::db::params;
use http_body_util::BodyExt;
use service::ticket::{State, merge};
use testkit::both_engines;
use tower::ServiceExt;
use web::actor::Role;

use super::super::model::{Decision, Outcome, Why};
use super::{DESK, Desk, mail};

const ANA: &str = "Ana Silva <ana@lindenhof.example>";
const BOB: &str = "Bob <bob@elsewhere.example>";

async fn ask(desk: &Desk, path: &str, form: Option<&str>, cookie: &str) -> (StatusCode, String, Option<String>) {
    let router = desk.app.router(super::super::routes(&desk.room));
    let request = Request::builder()
        .method(if form.is_some() { "POST" } else { "GET" })
        .uri(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::HOST, "desk.test")
        .body(Body::from(form.unwrap_or_default().to_owned()))
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap(), to)
}

impl Desk {
    /// The message that a mail became.
    async fn part(&self, outcome: Outcome) -> i64 {
        let id = outcome.mail;
        let sql = "SELECT part_id FROM mails WHERE id = $1";
        self.app.db.read(move |tx| tx.one(sql, params![id], |row| row.read::<i64>())).await.unwrap()
    }
}

both_engines! {
    async fn line_16_an_agent_sees_why_and_moves_a_strangers_mail_to_where_it_belongs(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let (_, customer) = desk.app.person("Una Customer", &[]).await;
        let ticket = desk.ticket_of(desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await).await;
        let quoting = desk.take(&mail(BOB, "2@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "I have the key.")).await;
        assert_eq!(quoting.why, Why::Stranger);
        let own = desk.ticket_of(quoting).await;
        let part = desk.part(quoting).await;

        let of = format!("/desk/mails/of?message={part}");
        assert_eq!(ask(&desk, &of, None, &customer).await.0, StatusCode::FORBIDDEN);
        let (status, page, _) = ask(&desk, &of, None, &agent).await;
        assert_eq!(status, StatusCode::OK);
        for words in ["It quotes a conversation in which its sender has no part.", &ticket.label(), "bob@elsewhere.example", "A person&#8217;s mail", "/desk/quarantine/"] {
            let plain = words.replace("&#8217;", "’");
            assert!(page.contains(words) || page.contains(&plain), "{words}: {page}");
        }

        assert_eq!(ask(&desk, "/desk/mails/move", Some(&format!("message={part}&into=D-1")), &customer).await.0, StatusCode::FORBIDDEN);
        let (status, page, _) = ask(&desk, "/desk/mails/move", Some(&format!("message={part}&into=D-999999")), &agent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("There is no ticket with this number."), "{page}");
        let (status, _, to) = ask(&desk, "/desk/mails/move", Some(&format!("message={part}&into={}", ticket.label())), &agent).await;
        assert_eq!((status, to), (StatusCode::SEE_OTHER, Some(format!("/desk/tickets/{}#m{part}", ticket.id))));

        assert_eq!(desk.messages(ticket.id).await.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["It is stuck.", "I have the key."]);
        assert_eq!(desk.ticket(ticket.id).await.person, ticket.person, "she stays the one who asked");
        let left = desk.ticket(own.id).await;
        assert_eq!((left.id, left.state), (own.id, State::Closed), "whoever has its link sees nothing of hers");
        assert!(desk.messages(own.id).await.is_empty());
        for kind in ["ticket.gave-mail", "ticket.took-mail"] {
            let sql = "SELECT COUNT(*) FROM touchpoints WHERE kind = $1";
            assert_eq!(desk.app.db.read(move |tx| tx.one(sql, params![kind], |row| row.read::<i64>())).await.unwrap(), 1, "{kind}");
        }
        let contacts = "SELECT COUNT(*) FROM touchpoints WHERE kind IN ('ticket.opened', 'ticket.written')";
        assert_eq!(desk.count(contacts).await, 2, "each came once");
        let (_, page, _) = ask(&desk, &of, None, &agent).await;
        assert!(page.contains("Noor Haddad"), "{page}");

        // What answers the moved mail, or what we wrote about it, follows.
        let by_id = desk.take(&mail(BOB, "3@x.example", "Re: Door", "In-Reply-To: <2@x.example>\r\n", "And a crowbar.")).await;
        let to_token = mail(BOB, "4@x.example", "Re: Door", "", "Hello?").replace(DESK, &format!("it+{}@desk.example", own.reply_token));
        let by_token = desk.take(&to_token).await;
        assert_eq!((by_id.ticket, by_token.ticket), (Some(ticket.id), Some(ticket.id)));
    }

    async fn line_11_a_mail_about_something_else_becomes_a_ticket_of_its_own_and_stays_one(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let door = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let headers = "In-Reply-To: <1@x.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
        let parts = "--b\r\nContent-Type: text/plain\r\n\r\nIt is open.\r\n--b\r\nContent-Disposition: attachment; filename=window.txt\r\n\r\nsee\r\n--b--";
        let window = desk.take(&mail(ANA, "2@x.example", "Window", headers, parts)).await;
        assert_eq!(window.ticket, door.ticket);

        let alone = format!("message={}", desk.part(door).await);
        let split = format!("message={}", desk.part(window).await);
        let (status, _, to) = ask(&desk, "/desk/mails/split", Some(&split), &agent).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let own = to.unwrap().split(['/', '#']).nth(3).unwrap().parse::<i64>().unwrap();
        let own = desk.ticket(service::ticket::TicketId(own)).await;
        assert_eq!((own.subject.as_str(), own.state, own.waiting_since.is_some()), ("Window", State::Open, true));
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_files f JOIN ticket_messages m ON m.id = f.message_id AND m.ticket_id = f.ticket_id WHERE f.name = 'window.txt'").await, 1);
        let (status, page, _) = ask(&desk, "/desk/mails/split", Some(&alone), &agent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("It is all that this ticket has."), "{page}");

        // Mails that name both do not make them one again; each goes where its parent is.
        let both = "References: <1@x.example> <2@x.example>\r\n";
        let more = desk.take(&mail(ANA, "3@x.example", "Re: Window", both, "Still open.")).await;
        assert_eq!((more.decision, more.ticket), (Decision::Written, Some(own.id)));
        let more = desk.take(&mail(ANA, "4@x.example", "Re: Door", "In-Reply-To: <1@x.example>\r\n", "Still stuck.")).await;
        assert_eq!(more.ticket, door.ticket);
        assert_eq!(desk.count("SELECT COUNT(*) FROM tickets WHERE is_open = 1").await, 2);
        assert_eq!(desk.count("SELECT COUNT(*) FROM touchpoints WHERE kind = 'ticket.opened'").await, 1, "the contact counts once");

        // And when an agent merges them after all, they are one.
        let (kept, now) = (desk.ticket_of(door).await, desk.app.clock.now());
        desk.app.db.write(move |tx| merge::merge(tx, own.clone(), kept.clone(), None, now)).await.unwrap();
        let more = desk.take(&mail(ANA, "5@x.example", "Re: Window", "In-Reply-To: <2@x.example>\r\n", "Closed now.")).await;
        assert_eq!(more.ticket, door.ticket);
    }

    async fn what_the_desk_wrote_and_what_does_not_exist_cannot_be_moved(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let (_, agent) = desk.app.person("Ines Costa", &[Role::Agent]).await;
        let opened = desk.take(&mail(ANA, "1@x.example", "Door", "", "It is stuck.")).await;
        let writer = desk.agent().await;
        desk.answer(writer, opened.ticket.unwrap(), "Push.", State::WaitingPerson).await;
        let other = desk.take(&mail(ANA, "2@x.example", "Bike", "", "Where?")).await;
        let ours = desk.count("SELECT id FROM ticket_messages WHERE author = 'desk'").await;
        let into = desk.ticket_of(other).await.label();
        let (status, ..) = ask(&desk, "/desk/mails/move", Some(&format!("message={ours}&into={into}")), &agent).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "it was no mail that came in");
        let (status, ..) = ask(&desk, "/desk/mails/of?message=12345", None, &agent).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        // The whole of a person's ticket into another of theirs is a merge.
        let part = desk.part(other).await;
        let into = desk.ticket_of(opened).await.label();
        let (status, ..) = ask(&desk, "/desk/mails/move", Some(&format!("message={part}&into={into}")), &agent).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_merges").await, 1);
        assert_eq!(desk.messages(opened.ticket.unwrap()).await.len(), 3);
    }
}
