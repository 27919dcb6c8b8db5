//! Then and now: whether needs really became fewer after an improvement was done; and how an outage in the time after
//! passes for the opposite, unless what it caused is told apart.

use simulate::situations::Who;
use simulate::{Company, Settings, Ways};
use statistics::interval::rate::{Events, ratio};

use super::{Case, Claim, END, Judged, LEVEL, Trial, over};

const OF: &str = "tickets about it, times as many as before";
const CONTROL: &str = "against all other tickets";
const DAYS: &str = "for each day";
const ALL: &str = "against all others, an outage among them";
/// "The VPN form asks for my serial number twice".
const STORY: &str = "vpn-serial";
const DAY: f64 = 86_400_000.0;

/// Nothing changes; a fifth, two fifths fewer.
pub(super) fn judge(worlds: u64) -> Vec<Judged> {
    let mut all = Vec::new();
    for (world, effect) in [("nothing changed", 0.0), ("20 of 100 fewer arise", 0.2), ("40 of 100 fewer arise", 0.4)] {
        let case = |by, claim| Case { of: OF, world, by, claim, nothing: Some(1.0) };
        let against = if effect == 0.0 { Claim::Silent } else { Claim::Right };
        let cases = [case(CONTROL, against), case(DAYS, Claim::Shown), case(ALL, Claim::TooHigh)];
        all.extend(over(worlds, cases, |seed| tried(seed, effect)));
    }
    all
}

fn tried(seed: u64, effect: f64) -> [Trial; 3] {
    let ways = Ways { effect: Some((STORY, effect)), ..Ways::default() };
    let company = Company::with(Settings { people: 2_000, months: 12, seed, end: END }, ways);
    let truth = 1.0 - effect;
    let told = company.improvements().iter().find(|improvement| improvement.story.key == STORY);
    let Some((story, done)) = told.and_then(|told| Some((told.story, told.done?))) else {
        return [0; 3].map(|_| Trial::value(truth, None));
    };
    // [about it, all others], before and after; with what an outage caused, and without it.
    let (mut counts, mut outage) = ([[0_u64; 2]; 2], [0_u64; 2]);
    for ticket in company.tickets() {
        let need = &company.journeys()[ticket.need.0 as usize];
        if need.situation.who == Who::Outage {
            outage[usize::from(need.at >= done)] += 1;
            continue;
        }
        let about = need.situation.key.starts_with(story.about);
        counts[usize::from(need.at >= done)][usize::from(!about)] += 1;
    }
    let [before, after] = counts;
    let events = |counts: [u64; 2], exposure: f64| Events { count: counts[0], exposure };
    let days = |from: i64, to: i64| (to - from) as f64 / DAY;
    [
        Trial::of(truth, ratio(events(after, after[1] as f64), events(before, before[1] as f64), LEVEL)),
        Trial::of(truth, ratio(events(after, days(done, END)), events(before, days(company.start(), done)), LEVEL)),
        Trial::of(
            truth,
            ratio(
                events([after[0] + outage[1], 0], after[1] as f64),
                events([before[0] + outage[0], 0], before[1] as f64),
                LEVEL,
            ),
        ),
    ]
}
