//! An import on both engines: whole, cut off, gone on with, and never twice.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

use base::clock::Clock;
use base::db::Db;
use mining::read::Mapping;

use super::run::run_in;
use super::*;
use crate::touchpoint::{self, Source};

/// A log of our own: `cases` orders of a bicycle, told in turns as a shop's export would.
fn shop(cases: usize) -> String {
    let mut text = "Order,Step,When,Who\n".to_owned();
    for (number, step) in ["asked", "built", "collected"].into_iter().enumerate() {
        for case in 0..cases {
            let day = 1 + number * 3;
            writeln!(text, "B{case},{step},2026-03-{day:02} 10:{:02}:00,Rui {case}", case % 60).unwrap();
        }
    }
    text
}

fn how() -> How {
    let named = |name: &str| Some(name.to_owned());
    let mapping = Mapping {
        case: named("Order"),
        activity: named("Step"),
        time: named("When"),
        resource: named("Who"),
        ..Mapping::default()
    };
    How { mapping, ..How::default() }
}

struct File {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn file(name: &str, bytes: &[u8]) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    File { path, _folder: folder }
}

fn go_on(db: &Db, clock: &Clock, path: &std::path::Path, chunk: usize, chunks: usize) -> Result<Done, ImportError> {
    let looked = look(path, &how(), |_| {})?;
    let mut left = chunks;
    let stop = |_| {
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    run_in(db, clock, path, &how(), &looked, stop, chunk)
}

/// What is in the ledger: steps by case, in order.
fn told(db: &Db) -> Vec<(i64, i64, String)> {
    // Along the log, not as a follower: followers wait for other tests' transactions on a shared server.
    let logs = db.read_now(|tx| list(tx, 10)).unwrap();
    let of_log = |log: &Import| {
        let id = log.id.0;
        db.read_now(move |tx| touchpoint::of_object(tx, "log", id, 100_000)).unwrap()
    };
    let all: Vec<_> = logs.iter().flat_map(of_log).collect();
    assert!(all.iter().all(|step| step.source == Source::Imported && !step.visible && step.person.is_none()));
    let mut told: Vec<_> =
        all.iter().map(|step| (step.object("case").unwrap(), step.at.0, step.kind.clone())).collect();
    told.sort();
    told
}

testkit::both_engines! {
    fn a_log_is_in_the_ledger_once_wherever_it_was_cut_off(db: Db, clock: Clock) {
        let file = file("shop.csv", shop(40).as_bytes());
        for tries in 0..7 {
            match go_on(&db, &clock, &file.path, 7, 3) {
                Err(ImportError::Stopped { events, .. }) => assert_eq!(events, (21 * (tries + 1)).min(120)),
                Ok(done) => {
                    assert_eq!((done.before, done.events, done.cases, tries), (120, 120, 40, 6));
                    break;
                }
                Err(other) => panic!("{other}"),
            }
        }
        let twice = go_on(&db, &clock, &file.path, 7, 3).unwrap_err().to_string();
        assert!(twice.contains("in the ledger already") && twice.contains("120 events"), "{twice}");

        let told = told(&db);
        assert_eq!(told.len(), 120);
        let steps: Vec<&str> = told[..3].iter().map(|(_, _, kind)| kind.as_str()).collect();
        assert_eq!(steps, ["imported:asked", "imported:built", "imported:collected"]);
        let known = db.read_now(|tx| list(tx, 10)).unwrap();
        assert_eq!((known.len(), known[0].cases, known[0].events, known[0].name.as_str()), (1, 40, 120, "shop.csv"));
        assert!(known[0].finished_at.is_some() && known[0].kind.starts_with("csv case=Order"), "{known:?}");
        let id = known[0].id;
        assert_eq!(db.read_now(move |tx| find(tx, id)).unwrap().as_ref(), known.first());
        let of_log = db.read_now(move |tx| touchpoint::of_object(tx, "log", id.0, 1_000)).unwrap();
        assert_eq!(of_log.len(), 120);
        assert_eq!(of_log[0].detail, serde_json::json!({"by": "Rui 0"}));
    }

    fn a_file_cut_off_stays_out_unless_a_part_is_welcome(db: Db, clock: Clock) {
        let mut packed = Vec::new();
        let xes = "<log><trace><string key=\"concept:name\" value=\"1\"/>\
                   <event><string key=\"concept:name\" value=\"ask\"/><date key=\"time:timestamp\" value=\"2026-01-01T10:00:00Z\"/></event>\
                   <event><string key=\"concept:name\" value=\"wait\"/></event>\
                   <event><string key=\"concept:name\" value=\"solve\"/><date key=\"time:timestamp\" value=\"2026-01-02T10:00:00Z\"/></event>";
        packed.extend_from_slice(xes.as_bytes());
        let file = file("half.xes", &packed);
        let refused = look(&file.path, &How::default(), |_| {}).unwrap_err().to_string();
        assert!(refused.contains("cut off") && refused.contains("3 events") && refused.contains("Nothing"), "{refused}");
        assert!(told(&db).is_empty());

        let part = How { partial: true, ..How::default() };
        let looked = look(&file.path, &part, |_| {}).unwrap();
        let done = run(&db, &clock, &file.path, &part, &looked, |_| ControlFlow::Continue(())).unwrap();
        assert_eq!((done.events, done.cases), (3, 1));
        let told = told(&db);
        assert_eq!(told[0].1, told[1].1, "a step without a time took place with the one before it");
    }

    fn an_import_begun_otherwise_or_twice_at_once_is_refused(db: Db, clock: Clock) {
        let file = file("shop.csv", shop(10).as_bytes());
        assert!(matches!(go_on(&db, &clock, &file.path, 5, 1), Err(ImportError::Stopped { .. })));
        let other = How { mapping: Mapping { lifecycle: Some("Who".to_owned()), ..how().mapping }, ..How::default() };
        let looked = look(&file.path, &other, |_| {}).unwrap();
        let refused = run(&db, &clock, &file.path, &other, &looked, |_| ControlFlow::Continue(())).unwrap_err();
        assert!(matches!(refused, ImportError::Otherwise { events: 5, .. }), "{refused}");

        // Another process goes on with the same file while this one reads its next chunk.
        let looked = look(&file.path, &how(), |_| {}).unwrap();
        let mut first = true;
        let meanwhile = |_| {
            if std::mem::take(&mut first) {
                run_in(&db, &clock, &file.path, &how(), &looked, |_| ControlFlow::Continue(()), 100).unwrap();
            }
            ControlFlow::Continue(())
        };
        let refused = run_in(&db, &clock, &file.path, &how(), &looked, meanwhile, 5).unwrap_err();
        assert!(matches!(refused, ImportError::Elsewhere { .. }), "{refused}");
        assert_eq!(told(&db).len(), 30);
    }
}

#[test]
fn what_is_no_log_is_refused_in_words() {
    let missing = look(std::path::Path::new("/nowhere/log.csv"), &How::default(), |_| {}).unwrap_err().to_string();
    assert!(missing.contains("/nowhere/log.csv") && missing.contains("Check"), "{missing}");
    for (name, bytes) in
        [("a.xes", &b"<html></html>"[..]), ("b.csv", b"x,y\n1,2\n"), ("c.csv", b""), ("d.gz", b"\x1f\x8b\x08")]
    {
        let file = file(name, bytes);
        let refused = look(&file.path, &How::default(), |_| {}).unwrap_err().to_string();
        assert!(refused.contains(name) && refused.contains("Nothing of it was stored"), "{refused}");
    }
}
