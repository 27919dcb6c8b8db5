//! The share of problems that is taken around the desk, by three estimators and a fourth.
//!
//! The desk knows what came to it. A pulse tells of some of the rest, site visits of others, and now and then a
//! technician logs late what was settled in the corridor.

use std::collections::{HashMap, HashSet};

use simulate::need::{NeedId, Outcome};
use simulate::pulse::{Pulse, Told};
use simulate::{Company, Settings, Ways};
use statistics::capture::{Cells, Lists, three_lists, two_lists};
use statistics::cluster::{effective_n, icc};
use statistics::interval::share::{Share, wilson, wilson_effective};

use super::{Case, Claim, END, Judged, LEVEL, Trial, over};

const OF: &str = "share that goes around the desk";
const PULSE: &str = "pulse";
const TWO_LISTS: &str = "two lists (Chapman)";
const THREE_LISTS: &str = "three lists";
const LEAKAGE: &str = "logged late";

/// Habit, and what the worlds are called in which all tell alike, and in which who goes around tells half as often.
const HABITS: [(f64, &str, &str); 4] = [
    (0.10, "habit 10%, all tell alike", "habit 10%, half conceal"),
    (0.20, "habit 20%, all tell alike", "habit 20%, half conceal"),
    (0.40, "habit 40%, all tell alike", "habit 40%, half conceal"),
    (0.60, "habit 60%, all tell alike", "habit 60%, half conceal"),
];

/// Ten to sixty of a hundred go around; in half of the worlds they half conceal it.
pub(super) fn judge(worlds: u64) -> Vec<Judged> {
    let mut all = Vec::new();
    for (habit, alike, conceal) in HABITS {
        for (world, tells_around, right) in [(alike, 0.9, Claim::Right), (conceal, 0.45, Claim::TooLow)] {
            let case = |by, claim| Case { of: OF, world, by, claim, nothing: None };
            let cases = [
                case(PULSE, right),
                case(TWO_LISTS, right),
                case(THREE_LISTS, Claim::Near),
                case(LEAKAGE, Claim::TooLow),
            ];
            all.extend(over(worlds, cases, |seed| tried(seed, habit, tells_around)));
        }
    }
    all
}

fn tried(seed: u64, habit: f64, tells_around: f64) -> [Trial; 4] {
    let settings = Settings { people: 1_500, months: 1, seed, end: END };
    let company = Company::with(settings, Ways { around: Some(habit), ..Ways::default() });
    let pulse = Pulse { at: END, days: 14, asked: 0.15, answering: 0.6, tells_desk: 0.9, tells_around, seed };
    let had = pulse.had(&company);
    let came = had.iter().filter(|had| !had.outcome.is_around()).count() as u64;
    let truth = 1.0 - came as f64 / had.len() as f64;

    let told = pulse.told(&company);
    let chapman =
        Lists { first: came, second: told.len() as u64, both: told.iter().filter(|t| !t.around).count() as u64 };
    // Everybody is asked, and others go round and look: more lists want more in each.
    let census = Pulse { asked: 0.8, seed: seed + 1_000_000, ..pulse }.told(&company);
    let visits =
        Pulse { asked: 0.4, answering: 1.0, tells_around: 0.9, seed: seed + 2_000_000, ..pulse }.told(&company);

    let late = had.iter().filter(|had| had.outcome == Outcome::WentAround);
    let late = late.filter(|had| company.journeys()[had.need.0 as usize].ticket.is_some()).count() as u64;
    let leaked = Share::new(late, late + came).ok();
    [
        Trial::of(truth, by_pulse(&told)),
        Trial::of(truth, two_lists(chapman, LEVEL).map(|all| all.share_missed(came))),
        Trial::of(truth, by_three(&had, &census, &visits).map(|all| all.share_missed(came))),
        match leaked {
            Some(leaked) => Trial::share(truth, leaked.value(), wilson(leaked, LEVEL)),
            None => Trial::value(truth, None),
        },
    ]
}

/// The share among what was told, its interval widened because one person may tell of several problems.
fn by_pulse(told: &[Told]) -> statistics::Result<statistics::interval::Estimate> {
    let mut people: HashMap<_, Vec<f64>> = HashMap::new();
    for problem in told {
        people.entry(problem.person).or_default().push(f64::from(u8::from(problem.around)));
    }
    let share = Share::new(told.iter().filter(|told| told.around).count() as u64, told.len() as u64)?;
    let answers: Vec<&[f64]> = people.values().map(Vec::as_slice).collect();
    let n = told.len() as f64;
    let n = effective_n(n, n / people.len() as f64, icc(&answers).unwrap_or(0.0))?;
    let interval = wilson_effective(share.value(), n, LEVEL)?;
    Ok(statistics::interval::Estimate { value: share.value(), interval })
}

fn by_three(
    had: &[simulate::pulse::Had],
    census: &[Told],
    visits: &[Told],
) -> statistics::Result<statistics::capture::Population> {
    let set = |told: &[Told]| told.iter().map(|told| told.need).collect::<HashSet<NeedId>>();
    let (census, visits) = (set(census), set(visits));
    let mut cells = [0_u64; 8];
    for had in had {
        let lists = [!had.outcome.is_around(), census.contains(&had.need), visits.contains(&had.need)];
        cells[lists.iter().fold(0, |cell, listed| cell * 2 + usize::from(*listed))] += 1;
    }
    let cells = Cells {
        all: cells[7],
        first_second: cells[6],
        first_third: cells[5],
        second_third: cells[3],
        first: cells[4],
        second: cells[2],
        third: cells[1],
    };
    three_lists(cells, LEVEL)
}
