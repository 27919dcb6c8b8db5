//! Tickets that suggestions spare: by a hold-out, and by the way of brochures.

use std::collections::HashSet;

use simulate::need::{FORMS_LEFT, NeedId};
use simulate::touch::TouchKind;
use simulate::{Company, Settings};
use statistics::interval::share::{Share, newcombe, wilson};

use super::{Case, Claim, END, Judged, LEVEL, Trial, over};

/// From a tenth of all who begin a form the suggestion is withheld by lot.
pub(super) fn judge(worlds: u64) -> Vec<Judged> {
    let case = |by, claim| Case {
        of: "tickets that suggestions spare, of all forms begun",
        world: "Lindenhof's year",
        by,
        claim,
        nothing: Some(0.0),
    };
    let cases = [case("hold-out", Claim::Right), case("read and sent no ticket", Claim::TooHigh)];
    over(worlds, cases, tried)
}

fn tried(seed: u64) -> [Trial; 2] {
    let company = Company::new(Settings { people: 2_000, months: 12, seed, end: END });
    // Of those who were spared a ticket, some would have given up anyway.
    let truth = company.truth().spared_by_suggestion.value() * (1.0 - FORMS_LEFT);
    let sent = |need: NeedId| company.journeys()[need.0 as usize].ticket.is_some();
    let (mut shown, mut withheld) = ((0, 0), (0, 0));
    let mut suggested = HashSet::new();
    let mut read = HashSet::new();
    for touch in company.touches() {
        let Some(need) = touch.need else { continue };
        match touch.kind {
            TouchKind::Suggested { held_out, .. } => {
                let counts = if held_out { &mut withheld } else { &mut shown };
                counts.0 += u64::from(sent(need));
                counts.1 += 1;
                if !held_out {
                    suggested.insert(need);
                }
            }
            TouchKind::ArticleRead { .. } if suggested.contains(&need) => {
                read.insert(need);
            }
            _ => {}
        }
    }
    let share = |(part, whole)| Share::new(part, whole).ok();
    let (Some(shown), Some(withheld)) = (share(shown), share(withheld)) else {
        return [Trial::value(truth, None), Trial::value(truth, None)];
    };
    let naive = share((read.iter().filter(|need| !sent(**need)).count() as u64, read.len() as u64));
    [
        Trial::share(truth, withheld.value() - shown.value(), newcombe(withheld, shown, LEVEL)),
        match naive {
            Some(naive) => Trial::share(truth, naive.value(), wilson(naive, LEVEL)),
            None => Trial::value(truth, None),
        },
    ]
}
