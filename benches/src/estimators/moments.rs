//! When to ask: at the end, people tell what they remember; right then, what they feel.

use simulate::ticket::{State, Ticket, What};
use simulate::{Company, Settings};
use statistics::interval::share::{Share, wilson};

use super::{Case, Claim, END, Judged, LEVEL, Trial, over};

/// One in so many is asked right then.
const ASKED: u64 = 4;

/// Journeys that were handed over twice or more.
pub(super) fn judge(worlds: u64) -> Vec<Judged> {
    let case = |by, claim| Case {
        of: "journeys with two hand-overs whose worst moment was bad",
        world: "Lindenhof's half year",
        by,
        claim,
        nothing: None,
    };
    let cases = [
        case("asked at the end", Claim::TooLow),
        case("asked right after the second hand-over", Claim::Shown),
        case("asked right after the last hand-over, chaser or return", Claim::Shown),
    ];
    over(worlds, cases, tried)
}

fn tried(seed: u64) -> [Trial; 3] {
    let company = Company::new(Settings { people: 2_000, months: 6, seed, end: END });
    let (mut worst, mut at_the_end, mut second, mut last) =
        (Heard::default(), Heard::default(), Heard::default(), Heard::default());
    for ticket in company.tickets().iter().filter(|ticket| ticket.state == State::Closed) {
        let Some(hand_over) = places(ticket, |what| matches!(what, What::HandedOver { .. })).nth(1) else { continue };
        let trouble = |what: &What| matches!(what, What::HandedOver { .. } | What::Chased { .. } | What::Reopened);
        let asked = worst.of % ASKED == 0;
        worst.hear(ticket.felt.iter().map(|felt| felt.face()).min());
        at_the_end.hear(ticket.felt.last().map(|felt| felt.face()));
        if asked {
            second.hear(ticket.felt.get(hand_over).map(|felt| felt.face()));
            last.hear(places(ticket, trouble).last().map(|place| ticket.felt[place].face()));
        }
    }
    let truth = worst.bad as f64 / worst.of as f64;
    [at_the_end, second, last].map(|heard| match Share::new(heard.bad, heard.of) {
        Ok(share) => Trial::share(truth, share.value(), wilson(share, LEVEL)),
        Err(_) => Trial::value(truth, None),
    })
}

/// Where in a ticket's events these stand.
fn places<'a>(ticket: &'a Ticket, is: impl Fn(&What) -> bool + 'a) -> impl Iterator<Item = usize> + 'a {
    (0..ticket.events.len()).filter(move |&at| is(&ticket.events[at].what))
}

/// Faces: how many are bad, of how many.
#[derive(Default)]
struct Heard {
    bad: u64,
    of: u64,
}

impl Heard {
    fn hear(&mut self, face: Option<u8>) {
        self.bad += u64::from(face.is_some_and(|face| face <= 2));
        self.of += u64::from(face.is_some());
    }
}
