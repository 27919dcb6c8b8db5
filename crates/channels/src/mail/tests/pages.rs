//! The quarantine as agents see it, and others do not.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use testkit::both_engines;
use tower::ServiceExt;
use web::actor::Role;

use super::super::model::Decision;
use super::{Desk, mail};

async fn ask(desk: &Desk, method: &str, path: &str, cookie: &str) -> (StatusCode, String, Option<String>) {
    let router = desk.app.router(super::super::routes(&desk.room));
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::HOST, "desk.test")
        .body(Body::empty())
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap(), to)
}

both_engines! {
    async fn an_agent_looks_at_what_was_held_back(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        let held = desk.take("Subject: <script>alert(1)</script>\r\nX-Odd: \x07\r\n\r\n<b>Who</b> am I?\r\n").await;
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let (_, customer) = desk.app.person("Ana Silva", &[]).await;

        assert_eq!(ask(&desk, "GET", "/desk/quarantine", &customer).await.0, StatusCode::FORBIDDEN);
        let path = format!("/desk/quarantine/{}", held.mail);
        assert_eq!(ask(&desk, "GET", &path, &customer).await.0, StatusCode::FORBIDDEN);

        let (status, page, _) = ask(&desk, "GET", "/desk/quarantine", &agent).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("It does not say who wrote it."), "{page}");
        let (_, page, _) = ask(&desk, "GET", &path, &agent).await;
        assert!(page.contains("&#60;b&#62;Who&#60;/b&#62; am I?") && !page.contains("<b>Who"), "{page}");
        assert!(!page.contains("<script>alert"));

        let (status, _, to) = ask(&desk, "POST", &format!("{path}/admission"), &agent).await;
        assert_eq!((status, to), (StatusCode::SEE_OTHER, Some(path.clone())), "it still names nobody");
        let (status, _, to) = ask(&desk, "POST", &format!("{path}/discard"), &agent).await;
        assert_eq!((status, to.as_deref()), (StatusCode::SEE_OTHER, Some("/desk/quarantine")));
        assert_eq!(ask(&desk, "POST", &format!("{path}/discard"), &agent).await.0, StatusCode::CONFLICT);
        assert_eq!(desk.count("SELECT COUNT(*) FROM touchpoints WHERE kind = 'mail.discarded'").await, 1);
        let (_, page, _) = ask(&desk, "GET", "/desk/quarantine?view=discarded", &agent).await;
        assert!(page.contains(&path));
    }

    async fn a_mail_that_can_be_stored_again_is_taken_in(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.execute("ALTER TABLE ticket_messages RENAME TO elsewhere").await;
        let held = desk.take(&mail("ana@lindenhof.example", "1@lindenhof.example", "Door", "", "Stuck.")).await;
        assert_eq!(held.decision, Decision::Quarantined);
        desk.execute("ALTER TABLE elsewhere RENAME TO ticket_messages").await;
        let (_, agent) = desk.app.person("Noor Haddad", &[Role::Agent]).await;
        let (_, _, to) = ask(&desk, "POST", &format!("/desk/quarantine/{}/admission", held.mail), &agent).await;
        assert!(to.unwrap().starts_with("/desk/tickets/"));
        assert_eq!(desk.count("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(desk.count("SELECT COUNT(*) FROM mails WHERE decision = 'opened' AND decided_by IS NOT NULL").await, 1);
    }
}
