//! What becomes of letters when no server is there, and after a sender died.

use base::clock::MINUTE;
use ledger::outbox;
use testkit::both_engines;
use tokio::sync::watch;

use super::super::start;
use super::{Desk, mail};

both_engines! {
    async fn without_a_server_the_outbox_waits(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock);
        desk.take(&mail("ana@lindenhof.example", "1@lindenhof.example", "Door", "", "Stuck.")).await;
        let (stop, stopping) = watch::channel(false);
        let tasks = start(&desk.app, &desk.room, &stopping);
        stop.send_replace(true);
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(desk.letters("ana@lindenhof.example").await[0].1, "waiting");
    }

    async fn a_letter_whose_sender_died_is_settled_by_what_was_noted(db: Db, clock: Clock) {
        let desk = Desk::new(db, clock.clone());
        for (id, from) in [("1@x.example", "ana@lindenhof.example"), ("2@x.example", "bob@lindenhof.example")] {
            desk.take(&mail(from, id, "Door", "", "Stuck.")).await;
        }
        let now = clock.now();
        let claimed = desk.app.db.write(move |tx| outbox::claim(tx, now, MINUTE, 10)).await.unwrap();
        assert_eq!(claimed.len(), 2);
        let anas = claimed.iter().find(|letter| letter.address.starts_with("ana")).unwrap().id;
        assert!(desk.app.db.write(move |tx| outbox::handing(tx, anas, now, 2 * MINUTE)).await.unwrap());
        clock.advance(3 * MINUTE);
        let now = clock.now();
        assert!(!desk.app.db.write(move |tx| outbox::handing(tx, anas, now, MINUTE)).await.unwrap(), "too late");
        desk.app.db.write(move |tx| crate::mail::send::settle_lapsed(tx, now)).await.unwrap();
        let anas = desk.letters("ana@lindenhof.example").await.remove(0);
        assert_eq!(anas.1, "failed");
        assert!(anas.2.unwrap().contains("may have arrived"));
        assert_eq!(desk.letters("bob@lindenhof.example").await[0].1, "waiting");
    }
}
