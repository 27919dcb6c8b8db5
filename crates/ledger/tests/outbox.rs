//! The outbox on both engines: one letter for one occasion, and each letter in one pair of hands.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::sync::Mutex;

use base::clock::{HOUR, MINUTE};
use base::db::Result;
use ledger::outbox::{self, LetterId, NewLetter, State};

fn letter(occasion: &str) -> NewLetter {
    NewLetter {
        person: None,
        address: "ana@lindenhof.example".to_owned(),
        occasion: occasion.to_owned(),
        subject: "Printer".to_owned(),
        text: "It prints.".to_owned(),
        html: None,
        reply_token: Some(format!("token-{occasion}")),
        in_reply_to: vec!["one@x".to_owned(), "two@x".to_owned()],
        files: vec![],
        automatic: false,
        object: Some(("ticket", 7)),
        ..NewLetter::default()
    }
}

testkit::both_engines! {
    fn one_occasion_has_one_letter(db: Db, clock: Clock) {
        let now = clock.now();
        let post = |occasion: &'static str| db.write_now(move |tx| outbox::post(tx, &letter(occasion), now)).unwrap();
        assert!(post("told:1:2").is_some());
        assert_eq!(post("told:1:2"), None);
        assert!(post("told:1:3").is_some());
        assert_eq!(db.read_now(|tx| outbox::of_object(tx, "ticket", 7)).unwrap().len(), 2);
    }

    fn many_who_want_to_say_the_same_say_it_once(db: Db, clock: Clock) {
        let now = clock.now();
        let posted = Mutex::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let id = db.write_now(move |tx| outbox::post(tx, &letter("told:1:2"), now)).unwrap();
                    *posted.lock().unwrap() += usize::from(id.is_some());
                });
            }
        });
        assert_eq!(posted.into_inner().unwrap(), 1);
    }

    fn two_workers_get_each_letter_once(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            for number in 0..40 {
                outbox::post(tx, &letter(&format!("reply:{number}")), now)?;
            }
            Ok(())
        }).unwrap();
        let claimed: Mutex<Vec<LetterId>> = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    loop {
                        let some = db.write_now(move |tx| outbox::claim(tx, now, MINUTE, 3)).unwrap();
                        if some.is_empty() {
                            return;
                        }
                        claimed.lock().unwrap().extend(some.iter().map(|letter| letter.id));
                    }
                });
            }
        });
        let mut claimed = claimed.into_inner().unwrap();
        claimed.sort_unstable();
        claimed.dedup();
        assert_eq!(claimed.len(), 40);
    }

    fn a_letter_goes_its_way(db: Db, clock: Clock) {
        let now = clock.now();
        db.write_now(move |tx| -> Result<()> {
            let id = outbox::post(tx, &letter("reply:1"), now)?.unwrap();
            let taken = outbox::claim(tx, now, MINUTE, 10)?.remove(0);
            assert_eq!((taken.id, taken.state, taken.attempts), (id, State::Sending, 1));
            assert_eq!(taken.in_reply_to, ["one@x", "two@x"]);
            assert_eq!(outbox::claim(tx, now, MINUTE, 10)?.len(), 0);
            outbox::try_again(tx, id, now.plus(HOUR), "the server said 450")?;
            assert_eq!(outbox::claim(tx, now.plus(HOUR - 1), MINUTE, 10)?.len(), 0);
            assert_eq!(outbox::claim(tx, now.plus(HOUR), MINUTE, 10)?[0].attempts, 2);
            outbox::sent(tx, id, now.plus(HOUR))?;
            let found = outbox::find_by_reply_token(tx, "token-reply:1")?.unwrap();
            assert_eq!((found.state, found.sent_at, found.error), (State::Sent, Some(now.plus(HOUR)), None));
            assert_eq!(outbox::find_by_message_id(tx, &found.message_id)?.unwrap().id, id);
            assert_eq!(outbox::find_by_reply_token(tx, "token-of-nobody")?.map(|letter| letter.id), None);
            outbox::failed(tx, id, "the address is not there")?;
            assert_eq!(outbox::of_object(tx, "ticket", 7)?[0].state, State::Failed);
            Ok(())
        }).unwrap();
    }
}
