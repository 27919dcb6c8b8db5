//! How a mail looks to agents: its letter in the ticket, and the frame with the mail as it was sent.

use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use testkit::both_engines;
use testkit::person::Person;
use tower::ServiceExt;
use web::actor::Role;

use super::super::receive::receive;
use super::{Desk, mail};
use service::ticket::{Ticket, TicketId};

/// A mail of the folder `tests/ugly`.
fn ugly(name: &str) -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ugly").join(name);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

struct Reader {
    router: Router,
    cookie: String,
    agent: Person,
}

impl Reader {
    async fn of(desk: &Desk) -> Self {
        let router = desk.app.router(service::routes());
        let (_, cookie) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        Self { agent: Person::with_cookie(&router, &cookie), router, cookie }
    }

    async fn page(&mut self, ticket: &Ticket) -> String {
        self.agent.get(&format!("/desk/tickets/{}", ticket.id)).await.ok()
    }

    /// What a path answers, with its headers and bytes.
    async fn fetch(&self, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        (status, headers, response.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    /// The page in the first frame of a ticket's page.
    async fn frame(&mut self, ticket: &Ticket) -> (HeaderMap, String) {
        let page = self.page(ticket).await;
        let path = between(&page, "<iframe class=\"letter-frame\" src=\"", "\"");
        let (status, headers, body) = self.fetch(path).await;
        assert_eq!(status, StatusCode::OK);
        (headers, String::from_utf8(body).unwrap())
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).map_or(rest, |(found, _)| found)
}

async fn arrived(desk: &Desk, bytes: Vec<u8>) -> Ticket {
    let outcome = receive(&desk.app, &desk.room, bytes, "test").await.unwrap();
    desk.ticket_of(outcome).await
}

fn html(html: &str) -> String {
    mail("ana@lindenhof.example", "html@lindenhof.example", "HTML", "Content-Type: text/html; charset=utf-8\r\n", html)
}

both_engines! {
    async fn line_59_the_frame_runs_nothing_and_fetches_nothing(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut reader = Reader::of(&desk).await;
        let hostile = html(
            "<h1>Hello</h1><script>alert(1)</script><img src=x onerror=alert(1)><img src=http://spy.example/p.gif?id=7 alt=Spy>\
             <a href=javascript:alert(1)>x</a><form action=https://spy.example><input></form><iframe src=//spy.example></iframe>",
        );
        let ticket = arrived(&desk, hostile.into_bytes()).await;
        let page = reader.page(&ticket).await;
        assert!(page.contains("sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\""), "{page}");
        assert!(!page.contains("allow-scripts") && !page.contains("onerror") && !page.contains("spy.example/p.gif"));
        let (headers, frame) = reader.frame(&ticket).await;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; img-src 'self' data:; "), "{policy}");
        assert!(policy.contains("sandbox allow-same-origin allow-popups") && policy.contains("frame-ancestors 'self'"));
        assert!(!policy.contains("script") && !policy.contains("https:"));
        assert_eq!(headers[header::X_FRAME_OPTIONS], "SAMEORIGIN");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
        for bad in ["<script", "onerror", "javascript:", "<form", "<iframe", "spy.example"] {
            assert!(!frame.contains(bad), "{bad} in {frame}");
        }
        assert!(frame.contains("<h1>Hello</h1>") && frame.contains("One picture from elsewhere is not shown."));
        let path = between(&page, "<iframe class=\"letter-frame\" src=\"", "\"").to_owned();
        let (_, headers, asked) = reader.fetch(&format!("{path}?remote=1")).await;
        let asked = String::from_utf8(asked).unwrap();
        assert!(asked.contains("src=\"https://spy.example/p.gif?id=7\""), "{asked}");
        assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("img-src 'self' data: https:;"));
        let (_, stranger) = desk.app.person("Ana Silva", &[]).await;
        let request = Request::get(&path).header(header::COOKIE, stranger).body(Body::empty()).unwrap();
        assert_eq!(reader.router.clone().oneshot(request).await.unwrap().status(), StatusCode::FORBIDDEN);
        let elsewhere = path.replace(&ticket.id.to_string(), &TicketId(7).to_string());
        assert_eq!(reader.fetch(&elsewhere).await.0, StatusCode::NOT_FOUND);
    }

    async fn line_62_pictures_stand_in_the_text(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut reader = Reader::of(&desk).await;
        for (name, pictures) in [("01-outlook-desktop.eml", 1), ("05-apple-mail.eml", 1), ("15-huge-signature.eml", 3)] {
            let ticket = arrived(&desk, ugly(name)).await;
            let (_, frame) = reader.frame(&ticket).await;
            let paths: Vec<&str> = frame.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let ours: Vec<&&str> = paths.iter().filter(|path| path.starts_with("/desk/tickets/")).collect();
            assert_eq!(ours.len(), pictures, "{name}: {paths:?}");
            for path in ours {
                let (status, headers, bytes) = reader.fetch(path).await;
                assert_eq!((status, headers[header::CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, "image/png"), "{path}");
                assert!(bytes.starts_with(b"\x89PNG"));
            }
            assert!(!frame.contains("cid:"), "{name}");
        }
    }

    async fn line_65_a_meeting_is_a_card(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut reader = Reader::of(&desk).await;
        let ticket = arrived(&desk, ugly("13-invitation.eml")).await;
        let page = reader.page(&ticket).await.replace('\u{a0}', " ");
        for said in [
            "Invites to a meeting",
            "<p class=\"meeting-title\" dir=\"auto\">Moving to the third floor: what IT must know</p>",
            "Thursday, 5 March 2026, 13:00 – 14:00",
            "and again",
            "href=\"https://meet.lindenhof.example/j/88123\"",
            "Hedda Lund",
            "(may come)",
            ".ics\"",
        ] {
            assert!(page.contains(said), "{said} is missing in {page}");
        }
    }

    async fn line_63_an_attached_mail_is_opened(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut reader = Reader::of(&desk).await;
        let ticket = arrived(&desk, ugly("14-forwarded-chain.eml")).await;
        let page = reader.page(&ticket).await;
        let path = between(&page, "</a><a class=\"attachment\" href=\"", "\"").to_owned();
        assert!(path.ends_with("/message"), "{path}");
        let attached = reader.agent.get(&path).await.ok();
        for said in ["Ines Faria &#60;ines@supplier.example&#62;", "Offer 7", "It holds until 15 March.", "offer-7.pdf"] {
            assert!(attached.contains(said), "{said} is missing in {attached}");
        }
        let picture = arrived(&desk, ugly("05-apple-mail.eml")).await;
        let (_, frame) = reader.frame(&picture).await;
        let file = between(&frame, "/files/", "/").to_owned();
        let wrong = format!("/desk/tickets/{}/files/{file}/message", picture.id);
        assert_eq!(reader.fetch(&wrong).await.0, StatusCode::NOT_FOUND, "a picture is no mail");
    }

    async fn line_58_text_is_shown_to_the_letter(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut reader = Reader::of(&desk).await;
        let ticket = arrived(&desk, ugly("18-flowed-inline-answers.eml")).await;
        let page = reader.page(&ticket).await;
        assert!(page.contains("so that nothing is lost; this paragraph was broken by the mail program and should be one."));
        assert!(page.contains("\n   indented   text   keeps\n   its        blanks if (a &#60; b &#38;&#38; c &#62; d) &#60;b&#62;not bold"), "{page}");
        assert!(page.contains("<a href=\"https://status.lindenhof.example/incidents/"));
        assert!(!page.contains("<iframe"), "there is nothing but text");
        let long = mail("ben@lindenhof.example", "long@x", "Long", "", &"A line that says little.\r\n".repeat(20_000));
        let ticket = arrived(&desk, long.into_bytes()).await;
        let page = reader.page(&ticket).await;
        assert!(page.len() < 250_000, "{} bytes", page.len());
        assert!(page.contains("Show the rest") && page.contains("This is not all of it."));
        let path = between(&page, "This is not all of it. <a href=\"", "\"").to_owned();
        let (status, headers, text) = reader.fetch(&path).await;
        assert_eq!((status, headers[header::CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, "text/plain; charset=utf-8"));
        assert!(text.len() > 190_000);
    }

    async fn line_53_every_ugly_mail_can_be_read(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let mut reader = Reader::of(&desk).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ugly");
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert!(names.len() >= 21);
        let says: &[(&str, &[&str])] = &[
            ("01", &["LH-20993", "p.MsoNormal"]),
            ("04", &["<details><summary>Earlier messages</summary>"]),
            ("07", &["3 pictures from elsewhere are not shown.", "@media only screen and (max-width:620px)"]),
            ("08", &["data-goes=\"pay.evil.example\"", "Toner, black", "£"]),
            ("09", &["三階東", "打印"]),
            ("10", &["dir=\"rtl\"", "مرحبا"]),
            ("11", &["--does--not--break"]),
            ("16", &["Marta Vogel", "&lt; 2 weeks old", "The end"]),
            ("19", &["data:image/png;base64,"]),
            ("20", &["Pia Keller-Brandt"]),
        ];
        for name in names.iter().filter(|name| !name.starts_with("21")) {
            let ticket = arrived(&desk, ugly(name)).await;
            let page = reader.page(&ticket).await;
            let Some((_, expected)) = says.iter().find(|(number, _)| name.starts_with(number)) else { continue };
            assert!(page.contains("<iframe"), "{name}");
            let (_, frame) = reader.frame(&ticket).await;
            for said in *expected {
                assert!(frame.contains(said), "{said} is missing in {name}: {frame}");
            }
        }
    }
}
