//! Time in states, hands and returns, on cases made by hand.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use mining::states::{Rules, Total, states};
use mining::{Log, LogBuilder};

/// Events as `state@minute by whom`.
fn log(cases: &[(&str, &str)]) -> Log {
    let mut builder = LogBuilder::default();
    for (case, events) in cases {
        for event in events.split(", ") {
            let (state, rest) = event.split_once('@').unwrap();
            let (minute, who) = rest.split_once(' ').map_or((rest, None), |(minute, who)| (minute, Some(who)));
            let time = minute.parse::<i64>().ok().map(|minute| minute * 60_000);
            builder.push(case, state, time, who, None);
        }
    }
    builder.finish()
}

fn rules() -> Rules<'static> {
    Rules { pause: vec!["wait".into()], closed: vec!["solved".into(), "closed".into()], working: None }
}

#[test]
fn each_state_lasts_until_the_next_event() {
    let log = log(&[("1", "new@0, new@5, work@10, wait@30, work@90, solved@100, closed@400")]);
    let rules = rules();
    let case = states(&log, &rules).next().unwrap();
    let seen: Vec<_> = case.states.iter().map(|s| (s.state, s.seconds / 60.0, s.visits, s.paused)).collect();
    let expected = [
        ("new", 10.0, 1, false),
        ("work", 30.0, 2, false),
        ("wait", 60.0, 1, true),
        ("solved", 300.0, 1, false),
        // Open until the end of the case, which is now.
        ("closed", 0.0, 1, false),
    ];
    assert_eq!(seen, expected);
    assert_eq!((case.seconds, case.paused_seconds, case.active_seconds), (24_000.0, 3_600.0, 20_400.0));
    // From solved to closed nothing is opened again.
    assert_eq!((case.pauses, case.returns, case.reopens, case.untimed), (1, 1, 0, 0));
}

#[test]
fn a_closed_case_that_goes_on_was_opened_again() {
    let log = log(&[
        ("1", "work@0, solved@1, work@2, closed@3, work@4, work@5"),
        ("2", "work@0, closed@1, closed@2"),
        ("3", "wait@0, wait@1, work@2, wait@3"),
    ]);
    let rules = rules();
    let all: Vec<_> = states(&log, &rules).collect();
    let seen: Vec<_> = all.iter().map(|c| (c.reopens, c.returns, c.pauses)).collect();
    assert_eq!(seen, [(2, 2, 0), (0, 0, 0), (0, 1, 2)]);
    let total = Total::of(&all).unwrap();
    assert_eq!((total.cases, total.reopened, total.returned), (3, 1.0 / 3.0, 2.0 / 3.0));
    assert_eq!((total.median_seconds, total.by_hand_overs[0]), (180.0, (3, Some(180.0))));
    assert_eq!(total.by_hand_overs[1], (0, None));
}

#[test]
fn hands_change_and_go_back() {
    let log = log(&[
        ("ana keeps it", "a@0 ana, b@1 ana, c@2 ana"),
        ("there", "a@0 ana, b@1 bo"),
        ("and back", "a@0 ana, b@1 bo, c@2, d@3 bo, e@4 ana"),
        ("a round of three", "a@0 ana, b@1 bo, c@2 cy, d@3 ana, e@4 bo"),
        ("nobody", "a@0, b@1"),
    ]);
    let rules = Rules::default();
    let seen: Vec<_> = states(&log, &rules).map(|case| (case.hand_overs, case.ping_pong)).collect();
    assert_eq!(seen, [(0, 0), (1, 0), (2, 1), (4, 2), (0, 0)]);
}

#[test]
fn working_time_is_the_callers() {
    let log = log(&[("1", "work@0, wait@100, work@200, closed@300")]);
    // Only what lies after the 150th minute is worked.
    let working = |start: i64, end: i64| (end - start.max(150 * 60_000)).max(0);
    let rules = Rules { working: Some(&working), ..rules() };
    let case = states(&log, &rules).next().unwrap();
    assert_eq!((case.seconds / 60.0, case.paused_seconds / 60.0, case.active_seconds / 60.0), (150.0, 50.0, 100.0));
}

#[test]
fn what_has_no_time_is_counted_and_what_is_unknown_is_told() {
    let log = log(&[("1", "work@5, wait@x, closed@9, work@7")]);
    let rules = Rules { pause: vec!["wait".into(), "asleep".into()], ..Rules::default() };
    let case = states(&log, &rules).next().unwrap();
    assert_eq!((case.untimed, case.seconds), (3, 0.0));
    assert_eq!(rules.unknown(&log), ["asleep"]);
    assert_eq!(Total::of(&[]), None);
}
