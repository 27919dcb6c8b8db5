//! Time in states: an activity is the state that a case is in until its next event.
//!
//! That is how audit logs of desks are read, where each row says what the ticket's state is now. The last state is open
//! until the end of the case, which is its last event, so it has no time. Rows that repeat a state prolong it.
//! States follow each other by time, also in a log whose traces
//! are in another order, as those of XES may be.
//!
//! ```
//! use mining::states::{Rules, states};
//! let csv = "case,activity,timestamp,resource\n1,New,2026-03-02 09:00,ana\n1,Waiting,2026-03-02 10:00,bo\n\
//!     1,Active,2026-03-02 13:00,ana\n1,Closed,2026-03-02 14:00,ana\n";
//! let (log, _) = mining::read_log(csv.as_bytes(), mining::read::Options::default())?;
//! let rules = Rules { pause: vec!["Waiting".into()], ..Rules::default() };
//! let case = states(&log, &rules).next().expect("there is one case");
//! assert_eq!((case.seconds, case.paused_seconds, case.active_seconds), (18_000.0, 10_800.0, 7_200.0));
//! assert_eq!((case.hand_overs, case.ping_pong), (2, 1));
//! # Ok::<(), mining::read::ReadError>(())
//! ```

use hashbrown::HashSet;
use serde::Serialize;

use crate::log::{Log, NO_TIME};

/// Working time between two instants (UTC milliseconds), in milliseconds. Calendars live above this crate.
pub type WorkingTime<'a> = dyn Fn(i64, i64) -> i64 + Sync + 'a;

/// What the states of a log mean.
#[derive(Default)]
pub struct Rules<'a> {
    /// States that pause the clock, such as waiting for the customer.
    pub pause: Vec<String>,
    /// Activities that close a case; another one after them opens it again.
    pub closed: Vec<String>,
    /// How long an interval counts; without, every second does.
    pub working: Option<&'a WorkingTime<'a>>,
}

impl Rules<'_> {
    /// Names in these rules that no event of the log has, which is mostly a slip of the pen.
    pub fn unknown(&self, log: &Log) -> Vec<&str> {
        let known = |name: &&String| log.activity_names().code(name).is_none();
        self.pause.iter().chain(&self.closed).filter(known).map(String::as_str).collect()
    }
}

/// Time in one state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State<'a> {
    /// The state's name.
    pub state: &'a str,
    /// Seconds in it, all stays together.
    pub seconds: f64,
    /// How often the case came into it.
    pub visits: u32,
    /// Whether it pauses the clock.
    pub paused: bool,
}

/// One case, as `thedesk log states FILE --json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseStates<'a> {
    /// The case's name.
    pub case: &'a str,
    /// Its states, in the order in which they were first entered.
    pub states: Vec<State<'a>>,
    /// Seconds from its first to its last event, as the rules count them.
    pub seconds: f64,
    /// Of those, seconds in states that pause the clock.
    pub paused_seconds: f64,
    /// The others.
    pub active_seconds: f64,
    /// Times at which the clock was paused: changes from a state that does not into one that does.
    pub pauses: u32,
    /// Changes from one person or team to another; events that name nobody are passed over.
    pub hand_overs: u32,
    /// Those that went back to one who had it before.
    pub ping_pong: u32,
    /// Times at which a closed case went on with another activity.
    pub reopens: u32,
    /// Times at which a state was entered that the case had been in before.
    pub returns: u32,
    /// Intervals that could not be counted, because a time is missing or runs backwards.
    pub untimed: u32,
}

/// The states of each case, in the log's order.
pub fn states<'a>(log: &'a Log, rules: &'a Rules<'a>) -> impl Iterator<Item = CaseStates<'a>> {
    let names = log.activity_names();
    let flags = |wanted: &[String]| {
        let mut flags = vec![false; names.len()];
        for code in wanted.iter().filter_map(|name| names.code(name)) {
            flags[code as usize] = true;
        }
        flags
    };
    let (pause, closed) = (flags(&rules.pause), flags(&rules.closed));
    // Where each state stands in the present case's list, and in which case that was noted.
    let mut place = vec![(usize::MAX, 0_usize); names.len()];
    (0..log.cases()).map(move |index| {
        let rows: Vec<usize> = log.by_time(index).collect();
        let activities: Vec<u32> = rows.iter().map(|&row| log.activity_column()[row]).collect();
        let times: Vec<i64> = rows.iter().map(|&row| log.time_column()[row]).collect();
        let mut stays: Vec<(u32, i64, u32)> = Vec::new();
        let mut found = CaseStates {
            case: log.case(index).name,
            states: Vec::new(),
            seconds: 0.0,
            paused_seconds: 0.0,
            active_seconds: 0.0,
            pauses: 0,
            hand_overs: 0,
            ping_pong: 0,
            reopens: 0,
            returns: 0,
            untimed: 0,
        };
        let (mut all, mut paused) = (0_i64, 0_i64);
        for (at, &code) in activities.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| activities[before]);
            let slot = &mut place[code as usize];
            let again = slot.0 == index;
            if !again {
                *slot = (index, stays.len());
                stays.push((code, 0, 0));
            }
            let stay = &mut stays[slot.1];
            if before != Some(code) {
                stay.2 += 1;
                found.returns += u32::from(again);
                let was_paused = before.is_some_and(|before| pause[before as usize]);
                found.pauses += u32::from(pause[code as usize] && !was_paused);
            }
            if before.is_some_and(|before| closed[before as usize]) && !closed[code as usize] {
                found.reopens += 1;
            }
            let Some(&next) = times.get(at + 1) else { continue };
            let time = times[at];
            if time == NO_TIME || next == NO_TIME || next < time {
                found.untimed += 1;
                continue;
            }
            let millis = rules.working.map_or_else(|| next.saturating_sub(time), |working| working(time, next));
            stay.1 = stay.1.saturating_add(millis);
            all = all.saturating_add(millis);
            if pause[code as usize] {
                paused = paused.saturating_add(millis);
            }
        }
        (found.hand_overs, found.ping_pong) = hand_overs(log, &rows);
        let seconds = |millis: i64| millis as f64 / 1000.0;
        found.states = stays
            .into_iter()
            .map(|(code, millis, visits)| State {
                state: names.get(code),
                seconds: seconds(millis),
                visits,
                paused: pause[code as usize],
            })
            .collect();
        found.seconds = seconds(all);
        found.paused_seconds = seconds(paused);
        found.active_seconds = seconds(all.saturating_sub(paused));
        found
    })
}

/// Changes of hands in a case, given as its events, and how many of them went back.
fn hand_overs(log: &Log, rows: &[usize]) -> (u32, u32) {
    let (mut changes, mut back) = (0, 0);
    let mut present: Option<&str> = None;
    let mut had: HashSet<&str> = HashSet::new();
    for &event in rows {
        let Some(next) = log.resource(event) else { continue };
        if let Some(before) = present.filter(|before| *before != next) {
            changes += 1;
            had.insert(before);
            back += u32::from(had.contains(next));
        }
        present = Some(next);
    }
    (changes, back)
}

/// All cases together, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Total {
    /// Number of cases.
    pub cases: usize,
    /// Share of cases with at least one change of hands; likewise the three below.
    pub handed_over: f64,
    /// Share of cases that went back to one who had them.
    pub ping_pong: f64,
    /// Share of cases that were opened again.
    pub reopened: f64,
    /// Share of cases that came back to a state.
    pub returned: f64,
    /// Median seconds from first to last event.
    pub median_seconds: f64,
    /// Median seconds by number of changes of hands: none, one, two, three, four or more; with the number of cases.
    pub by_hand_overs: Vec<(usize, Option<f64>)>,
}

impl Total {
    /// Sums up; `None` of no cases.
    pub fn of(cases: &[CaseStates<'_>]) -> Option<Self> {
        let share = |which: fn(&CaseStates<'_>) -> u32| {
            cases.iter().filter(|case| which(case) > 0).count() as f64 / cases.len() as f64
        };
        let by_hand_overs = (0..5_u32).map(|count| {
            let seconds: Vec<f64> =
                cases.iter().filter(|case| case.hand_overs.min(4) == count).map(|case| case.seconds).collect();
            (seconds.len(), median(seconds))
        });
        Some(Self {
            cases: cases.len(),
            handed_over: share(|case| case.hand_overs),
            ping_pong: share(|case| case.ping_pong),
            reopened: share(|case| case.reopens),
            returned: share(|case| case.returns),
            median_seconds: median(cases.iter().map(|case| case.seconds).collect())?,
            by_hand_overs: by_hand_overs.collect(),
        })
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let lower = if values.len().is_multiple_of(2) { values[middle - 1] } else { upper };
    Some(f64::midpoint(lower, upper))
}
