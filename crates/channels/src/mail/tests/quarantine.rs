//! What agents do in the quarantine, and how every mail is found.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use testkit::both_engines;
use tower::ServiceExt;
use web::actor::Role;

use super::super::model::{Decision, Why};
use super::{DESK, Desk, POISON, mail};

async fn send(desk: &Desk, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = desk.app.router(super::super::routes(&desk.room)).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, headers, String::from_utf8_lossy(&body).into_owned())
}

fn request(method: &str, path: &str, cookie: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::HOST, "desk.test")
}

/// A page that is there.
pub(super) async fn get(desk: &Desk, path: &str, cookie: &str) -> String {
    let (status, _, page) = send(desk, request("GET", path, cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK, "{path}: {page}");
    page
}

/// How a page is answered.
pub(super) async fn status(desk: &Desk, path: &str, cookie: &str) -> StatusCode {
    send(desk, request("GET", path, cookie).body(Body::empty()).unwrap()).await.0
}

/// A form that answers with a page.
pub(super) async fn filled(desk: &Desk, path: &str, cookie: &str, fields: &str) -> (StatusCode, String) {
    let form = request("POST", path, cookie).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, _, page) = send(desk, form.body(Body::from(fields.to_owned())).unwrap()).await;
    (status, page)
}

/// A form, and where it leads.
pub(super) async fn post(desk: &Desk, path: &str, cookie: &str, fields: &str) -> (StatusCode, Option<String>) {
    let form = request("POST", path, cookie).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, headers, _) = send(desk, form.body(Body::from(fields.to_owned())).unwrap()).await;
    (status, headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()))
}

const ANA: &str = "Ana Silva <ana@lindenhof.example>";

both_engines! {
    async fn what_was_put_aside_is_taken_back_and_the_page_tells_who_did_what(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let held = desk.take("Subject: Odd\r\n\r\nWho am I?\r\n").await;
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let path = format!("/desk/quarantine/{}", held.mail);
        let (status, to) = post(&desk, &format!("{path}/discard"), &agent, "words=Only+a+test").await;
        assert_eq!((status, to.as_deref()), (StatusCode::SEE_OTHER, Some("/desk/quarantine")));
        let page = get(&desk, &path, &agent).await;
        assert!(page.contains("Only a test") && page.contains("Take it back"), "{page}");
        let (status, to) = post(&desk, &format!("{path}/restoration"), &agent, "").await;
        assert_eq!((status, to.as_deref()), (StatusCode::SEE_OTHER, Some(path.as_str())));
        assert_eq!(post(&desk, &format!("{path}/restoration"), &agent, "").await.0, StatusCode::CONFLICT);
        let page = get(&desk, &path, &agent).await;
        for told in ["A mail was held back (the desk itself)", "put aside (Noor Haddad)", "taken back (Noor Haddad)"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(get(&desk, "/desk/quarantine", &agent).await.contains(&path));
    }

    async fn a_mail_without_a_sender_becomes_a_ticket_of_whom_the_agent_names(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let held = desk.take("Subject: Lift\r\n\r\nIt hums.\r\n").await;
        assert_eq!(held.why, Why::NoSender);
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let path = format!("/desk/quarantine/{}/ticket", held.mail);
        assert_eq!(post(&desk, &path, &agent, "email=nobody").await.0, StatusCode::UNPROCESSABLE_ENTITY);
        let ours = format!("email={}", DESK.replace('@', "%40"));
        assert_eq!(post(&desk, &path, &agent, &ours).await.0, StatusCode::UNPROCESSABLE_ENTITY, "not ourselves");
        let (_, to) = post(&desk, &path, &agent, "email=Bea%40lindenhof.example").await;
        assert!(to.unwrap().starts_with("/desk/tickets/"));
        assert_eq!(desk.count("SELECT COUNT(*) FROM ticket_messages WHERE text = 'It hums.'").await, 1);
        assert_eq!(desk.count("SELECT COUNT(*) FROM outbox").await, 0, "no program tells her");
        assert_eq!(desk.count("SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.admitted'").await, 1);
        assert_eq!(post(&desk, &path, &agent, "email=bea%40lindenhof.example").await.0, StatusCode::CONFLICT, "once");
    }

    async fn line_74_what_cannot_be_read_becomes_a_ticket_with_the_mail_enclosed(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let raw = mail(ANA, "1@lindenhof.example", "Lift", POISON, "It hums.");
        let held = desk.take(&raw).await;
        assert_eq!((held.decision, held.why), (Decision::Quarantined, Why::Unreadable));
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let path = format!("/desk/quarantine/{}", held.mail);
        let (_, to) = post(&desk, &format!("{path}/admission"), &agent, "").await;
        assert_eq!(to.as_deref(), Some(path.as_str()), "it still cannot be read");
        assert_eq!(desk.count("SELECT tries FROM mails").await, 2);
        let page = get(&desk, &path, &agent).await;
        assert!(page.contains("2 times, the last by version"), "{page}");
        let (_, to) = post(&desk, &format!("{path}/ticket"), &agent, "email=ana%40lindenhof.example").await;
        assert!(to.unwrap().starts_with("/desk/tickets/"));
        let enclosed = "SELECT bytes FROM ticket_files WHERE name = 'mail.eml' AND kind = 'message/rfc822'";
        assert_eq!(desk.count(enclosed).await, raw.len() as i64);
    }

    async fn several_mails_are_put_aside_at_once_and_others_stay(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut held = Vec::new();
        for subject in ["One", "Two", "Three"] {
            held.push(desk.take(&format!("Subject: {subject}\r\n\r\nWho?\r\n")).await.mail);
        }
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let (_, customer) = desk.app.person("Ana Silva", &[]).await;
        let fields = format!("mail={}&mail={}&mail=x&words=Spam", held[0], held[2]);
        assert_eq!(post(&desk, "/desk/quarantine/discards", &customer, &fields).await.0, StatusCode::FORBIDDEN);
        post(&desk, "/desk/quarantine/discards", &agent, &fields).await;
        let waiting = get(&desk, "/desk/quarantine", &agent).await;
        assert!(waiting.contains("Two") && !waiting.contains("One") && !waiting.contains("Three"), "{waiting}");
        assert_eq!(desk.count("SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.discarded'").await, 2);
        // What names nobody cannot be taken in by trying again.
        post(&desk, "/desk/quarantine/admissions", &agent, &format!("mail={}", held[1])).await;
        assert!(get(&desk, "/desk/quarantine?view=waiting&why=no-sender", &agent).await.contains("Two"));
        assert!(!get(&desk, "/desk/quarantine?view=waiting&why=too-large", &agent).await.contains("Two"));
    }

    async fn every_mail_is_found_whatever_became_of_it(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.take(&mail(ANA, "door@lindenhof.example", "The door", "", "It is stuck.")).await;
        let dropped = desk.take(&mail(ANA, "away@lindenhof.example", "Abwesend: die Tür", "Auto-Submitted: auto-replied\r\n", "Back soon.")).await;
        assert_eq!(dropped.decision, Decision::Dropped);
        let held = desk.take("Subject: Lift\r\n\r\nWho?\r\n").await;
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        for (q, found) in [
            ("", vec!["The door", "die Tür", "Lift"]),
            ("ana%40lindenhof.example", vec!["The door", "die Tür"]),
            ("%3Caway%40lindenhof.example%3E", vec!["die Tür"]),
            ("T%C3%9CR", vec!["die Tür"]),
            ("lindenhof", vec!["The door", "die Tür"]),
            ("lift", vec!["Lift"]),
            ("window", vec![]),
        ] {
            let page = get(&desk, &format!("/desk/mails?q={q}"), &agent).await;
            for subject in ["The door", "die Tür", "Lift"] {
                let shown = page.contains(&format!("<span class=\"entry-subject\">{subject}")) || page.contains(&format!("<span class=\"entry-subject\">Abwesend: {subject}"));
                assert_eq!(shown, found.contains(&subject), "{q}: {subject}\n{page}");
            }
        }
        let page = get(&desk, &format!("/desk/quarantine/{}", dropped.mail), &agent).await;
        assert!(page.contains("A program answered, and nobody had asked it.") && page.contains("Make it a ticket"), "{page}");
        let page = get(&desk, &format!("/desk/mails?before={}", held.mail), &agent).await;
        assert!(page.contains("The door") && !page.contains("Lift"), "{page}");
    }

    async fn more_mails_than_a_page_holds_are_paged_without_leaving_one_out(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        for number in 0..85 {
            desk.take(&format!("Subject: Odd {number:02}.\r\n\r\nWho?\r\n")).await;
        }
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        for start in ["/desk/quarantine?view=waiting", "/desk/mails?q=odd", "/desk/mails?q="] {
            let (mut path, mut seen) = (start.to_owned(), Vec::new());
            loop {
                let page = get(&desk, &path, &agent).await;
                seen.extend((0..85).filter(|number| page.contains(&format!("Odd {number:02}."))));
                let Some(older) = page.split("rel=\"next\" href=\"").nth(1) else { break };
                path = older.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
            }
            assert_eq!(seen.len(), 85, "{start}");
            seen.sort_unstable();
            assert!(seen.iter().enumerate().all(|(at, number)| at == *number), "{start}: {seen:?}");
        }
    }

    async fn the_raw_mail_is_shown_as_text_and_saved_as_a_file_that_nothing_opens(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let held = desk.take("Subject: x\r\n\r\n<script>alert(1)</script>\0\u{202e}txt.exe\r\n").await;
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let path = format!("/desk/quarantine/{}", held.mail);
        let page = get(&desk, &path, &agent).await;
        assert!(page.contains("&#60;script&#62;") && !page.contains("<script>alert"), "{page}");
        assert!(page.contains("\u{2400}&#60;U+202E&#62;txt.exe"), "{page}");
        let saved = request("GET", &format!("{path}/raw"), &agent).body(Body::empty()).unwrap();
        let (status, headers, body) = send(&desk, saved).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_TYPE], "application/octet-stream");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], "default-src 'none'; sandbox");
        assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment; filename=\"mail-"));
        assert!(body.contains("<script>alert(1)</script>\0"), "byte for byte");
        let (_, customer) = desk.app.person("Ana Silva", &[]).await;
        let refused = request("GET", &format!("{path}/raw"), &customer).body(Body::empty()).unwrap();
        assert_eq!(send(&desk, refused).await.0, StatusCode::FORBIDDEN);
    }
}
