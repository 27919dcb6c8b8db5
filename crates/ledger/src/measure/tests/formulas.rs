use base::clock::{DAY, HOUR, MINUTE, Moment};

use super::*;
use crate::person::{Attributes, PersonId};
use crate::projection::{Entry, Person, View, of_entries};
use crate::segment::{Among, Rule};
use crate::touchpoint::{Kind, Kinds, Stage};

static ANSWERED: Kind =
    Kind::new("survey.answered", Stage::Improvement).with_numbers(&["satisfaction", "effort", "emotion", "lost"]);

fn people(count: i64) -> Vec<Person> {
    let site = |id| if id % 2 == 0 { "Lisbon" } else { "Porto" };
    let attributes = |id| Attributes::from([("site".to_owned(), site(id).to_owned())]);
    (1..=count).map(|id| Person { id: PersonId(id), attributes: attributes(id) }).collect()
}

fn view<'e>(entries: impl IntoIterator<Item = Entry<'e>>) -> View {
    of_entries(&Kinds::gather(&[&[&ANSWERED]]), entries)
}

const START: Moment = Moment(1_772_442_000_000);
const WHOLE: Period = Period { from: START, to: Moment(START.0 + 60 * DAY) };

fn ticket<'e>(kind: &'e str, person: &'e Person, number: i64, at: i64) -> Entry<'e> {
    Entry { object: Some(("ticket", number)), ..Entry::of(kind, START.plus(at), person) }
}

fn found(view: &View, key: &str) -> Finding {
    passed(key, &Evidence::gather(view, WHOLE).sample(measure(key), WHOLE, &Among::everybody()))
}

#[test]
fn answers_become_shares_of_answers() {
    // Satisfaction 1 to 5 twice over, effort 1 to 7 and 5, 6, 7, lost time in every class and more.
    let people = people(10);
    let given: Vec<[(&str, f64); 3]> = (0..10i32)
        .map(|place| {
            let effort = [1, 2, 3, 4, 5, 6, 7, 5, 6, 7][place as usize];
            let lost = [0, 0, 1, 1, 2, 2, 3, 3, 4, 5][place as usize];
            [("satisfaction", f64::from(place % 5 + 1)), ("effort", effort.into()), ("lost", lost.into())]
        })
        .collect();
    let view = view(
        people
            .iter()
            .zip(&given)
            .map(|(person, numbers)| Entry { numbers, ..Entry::of("survey.answered", START.plus(DAY), person) }),
    );
    let satisfaction = found(&view, "satisfaction");
    assert_eq!((satisfaction.value(), satisfaction.n(), satisfaction.people()), (0.4, 10, 10));
    assert_eq!(found(&view, "effort").value(), 0.6);
    // The middle of 0 0 1 1 2 2 3 3 4 5 is 2; ranks 2 and 9 are 0 and 4.
    let lost = found(&view, "lost-time");
    assert_eq!((lost.value(), lost.interval()), (2.0, (0.0, Some(4.0))));
    let evidence = Evidence::gather(&view, WHOLE);
    let lisbon =
        evidence.sample(measure("satisfaction"), WHOLE, &Rule::everybody().with("site", "Lisbon").among(&view));
    // People 2, 4, 6, 8, 10 said 2, 4, 1, 3, 5.
    assert_eq!(passed("satisfaction", &lisbon).value(), 0.4);
    assert_eq!(passed("satisfaction", &lisbon).n(), 5);
    assert!(matches!(
        Gate::default()
            .show(measure("emotion"), Asked::of(&evidence.sample(measure("emotion"), WHOLE, &Among::everybody()))),
        Shown::Refused(Refusal::Nothing)
    ));
}

#[test]
fn waits_are_medians_and_the_unanswered_count_as_waiting() {
    let people = people(9);
    let mut entries: Vec<Entry> = people.iter().map(|p| ticket("ticket.opened", p, p.id.0, 0)).collect();
    // Eight are answered after 1 to 8 hours; the ninth waits to the end.
    entries.extend(people[..8].iter().map(|p| ticket("ticket.answered", p, p.id.0, p.id.0 * HOUR)));
    entries.extend(people[..8].iter().map(|p| ticket("ticket.answered", p, p.id.0, p.id.0 * HOUR + DAY)));
    let finding = found(&view(entries.clone()), "first-answer");
    // Kaplan-Meier: of nine at risk the fifth ended brings the curve to 4/9.
    assert_eq!((finding.value(), finding.n(), finding.pending()), ((5 * HOUR) as f64, 9, 1));
    assert_eq!(finding.method(), "Kaplan-Meier, log-log");
    entries.push(ticket("ticket.answered", &people[8], 9, 9 * HOUR));
    let finding = found(&view(entries), "first-answer");
    // Ranks 2 and 8 of nine: 96.1%.
    assert_eq!((finding.value(), finding.pending()), ((5 * HOUR) as f64, 0));
    assert_eq!(finding.interval(), ((2 * HOUR) as f64, Some((8 * HOUR) as f64)));
}

#[test]
fn a_ticket_that_came_back_is_sorted_when_it_is_sorted_again() {
    let people = people(6);
    let mut entries = Vec::new();
    for person in &people {
        let id = person.id.0;
        entries.push(ticket("ticket.opened", person, id, 0));
        entries.push(ticket("ticket.resolved", person, id, HOUR));
    }
    for person in &people[..3] {
        entries.push(ticket("ticket.reopened", person, person.id.0, 2 * HOUR));
        entries.push(ticket("ticket.resolved", person, person.id.0, 10 * HOUR));
    }
    let view = view(entries);
    // 1 1 1 10 10 10 hours.
    assert_eq!(found(&view, "resolution").value(), 5.5 * HOUR as f64);
    assert_eq!(found(&view, "reopened").value(), 0.5);
}

#[test]
fn once_is_enough_when_the_person_says_so_and_stays_quiet() {
    let people = people(8);
    let mut entries = Vec::new();
    for person in &people {
        entries.push(ticket("ticket.opened", person, person.id.0, 0));
        entries.push(ticket("ticket.resolved", person, person.id.0, HOUR));
    }
    // 1 and 2: yes and quiet. 3: yes, and back six days later. 4: yes, and back after eight days. 5: came back at once.
    // 6: wrote again before the answer. 7 and 8: never said anything.
    for person in &people[..6] {
        entries.push(ticket("ticket.confirmed", person, person.id.0, 2 * HOUR));
    }
    entries.push(ticket("ticket.opened", &people[2], 103, 6 * DAY));
    entries.push(ticket("ticket.opened", &people[3], 104, 8 * DAY));
    entries.push(ticket("ticket.reopened", &people[4], 5, 3 * HOUR));
    entries.push(ticket("ticket.written", &people[5], 6, 30 * MINUTE));
    entries.sort_by_key(|entry| entry.at);
    let view = view(entries);
    // 1, 2 and 4 of ten tickets: the two later ones have no yes.
    let finding = found(&view, "first-contact");
    assert_eq!((finding.value(), finding.n(), finding.people()), (0.3, 10, 8));
    // Contacts: ten openings, one return, one word; another within a week follows the openings of 3, 5 and 6.
    let finding = found(&view, "repeat-contact");
    assert_eq!((finding.value(), finding.n()), (0.25, 12));
}

#[test]
fn what_is_too_young_is_counted_apart() {
    let people = people(10);
    let at = |person: &Person| if person.id.0 <= 6 { 0 } else { 50 * DAY };
    let view = view(people.iter().map(|person| ticket("ticket.opened", person, person.id.0, at(person))));
    let finding = found(&view, "first-contact");
    assert_eq!((finding.n(), finding.young()), (6, 4));
}

#[test]
fn passing_on_is_counted_for_each_ticket() {
    let people = people(6);
    let mut entries = Vec::new();
    for person in &people {
        entries.push(ticket("ticket.opened", person, person.id.0, 0));
        // One to six assignments: 0 to 5 hand-overs, 2.5 on average.
        for time in 1..=person.id.0 {
            entries.push(ticket("ticket.assigned", person, person.id.0, time * HOUR));
        }
    }
    let finding = found(&view(entries), "hand-overs");
    assert_eq!((finding.value(), finding.method()), (2.5, "Student t"));
    // s = 1.8708, t(5) = 2.5706: 2.5 +- 1.9633.
    assert!((finding.interval().0 - 0.5367).abs() < 1e-3 && (finding.interval().1.unwrap() - 4.4633).abs() < 1e-3);
}

#[test]
fn invitations_searches_and_the_told() {
    let people = people(10);
    let mut entries = Vec::new();
    for person in &people {
        entries.push(Entry::of("survey.invited", START, person));
        let kind = if person.id.0 <= 4 { "search.empty" } else { "search.made" };
        entries.push(Entry::of(kind, START, person));
    }
    for person in &people[..6] {
        entries.push(Entry {
            numbers: &[("satisfaction", 5.0)],
            ..Entry::of("survey.answered", START.plus(HOUR), person)
        });
        entries.push(Entry::of("followup.opened", START.plus(HOUR), person));
        // The same answer opens two follow-ups: still one person, once.
        entries.push(Entry::of("followup.opened", START.plus(HOUR), person));
    }
    entries.extend(people[..3].iter().map(|person| Entry::of("improvement.told", START.plus(DAY), person)));
    // Told in the thirteenth week is late.
    entries.push(Entry::of("improvement.told", START.plus(85 * DAY), &people[3]));
    let view = view(entries);
    assert_eq!(found(&view, "response-rate").value(), 0.6);
    assert_eq!(found(&view, "search-in-vain").value(), 0.4);
    let long = Period { to: START.plus(100 * DAY), ..WHOLE };
    let sample = Evidence::gather(&view, long).sample(measure("told"), long, &Among::everybody());
    let told = passed("told", &sample);
    assert_eq!((told.value(), told.n()), (0.5, 6));
    let young = Evidence::gather(&view, WHOLE).sample(measure("told"), WHOLE, &Among::everybody());
    let refused = Gate::default().show(measure("told"), Asked::of(&young));
    assert!(matches!(refused, Shown::Refused(_)), "not heard yet is not told: {refused:?}");
    let satisfaction = found(&view, "satisfaction");
    assert_eq!(satisfaction.response(), Some(0.6));
    // All six say yes: between 0.6 x 1 and that plus the 0.4 who said nothing.
    assert_eq!(satisfaction.bounds(), Some((0.6, 1.0)));
}

#[test]
fn the_river_hides_what_few_people_did() {
    let people = people(20);
    let stage =
        |person: &Person, stage, kind| Entry { stage, ..Entry::of(kind, START, &people[person.id.0 as usize - 1]) };
    let mut entries: Vec<Entry> = people.iter().map(|p| stage(p, Stage::Evaluation, "search.made")).collect();
    entries.extend(people[..12].iter().map(|p| stage(p, Stage::Use, "ticket.opened")));
    entries.extend(people[..6].iter().map(|p| stage(p, Stage::Improvement, "survey.answered")));
    entries.extend(people[..2].iter().map(|p| stage(p, Stage::Awareness, "flyer.scanned")));
    entries.push(Entry { visible: false, ..stage(&people[19], Stage::Use, "ticket.noted") });
    let flow = Gate::default().flow(&view(entries), WHOLE, &Among::everybody());
    let told: Vec<Option<u64>> = flow.stages.iter().map(|stage| stage.people).collect();
    // Awareness has two people and is hidden, and with it the next smallest.
    assert_eq!(told, [Some(20), None, Some(0), Some(12), None]);
    assert_eq!((flow.people, flow.stages[0].left), (Some(20), Some(8)));
    assert_eq!(flow.stages[3].kinds, [("ticket.opened".to_owned(), 12, 12)]);
}

fn thing<'e>(kind: &'e str, person: &'e Person, about: (&'e str, i64), at: i64) -> Entry<'e> {
    Entry { object: Some(about), ..Entry::of(kind, START.plus(at), person) }
}

#[test]
fn a_notice_is_read_by_whom_it_was_sent_to_and_after_it_was_sent() {
    let people = people(8);
    let mut entries: Vec<Entry> =
        people.iter().map(|person| thing("notice.sent", person, ("notice", 1), DAY)).collect();
    // 1, 2, 3 read it, one of them twice; 4 read another one; 5 read it before it was sent to them.
    for (person, notice, at) in [(0, 1, 2), (1, 1, 3), (2, 1, 30), (2, 1, 31), (3, 2, 2), (4, 1, 0)] {
        entries.push(thing("notice.read", &people[person], ("notice", notice), at * DAY));
    }
    // Sent yesterday: nobody knows yet.
    entries.push(thing("notice.sent", &people[7], ("notice", 3), 59 * DAY));
    entries.sort_by_key(|entry| entry.at.0);
    let finding = found(&view(entries), "notice-read");
    assert_eq!((finding.value(), finding.n(), finding.young()), (3.0 / 8.0, 8, 1));
}

/// Ten saw a suggestion, two of them came within a week; ten did not by lot, five of them came: 0.5 - 0.2.
/// Wilson's limits are 0.2366 to 0.7634 and 0.0567 to 0.5098, so Newcombe's are 0.3 - hypot(0.2634, 0.3098) and
/// 0.3 + hypot(0.2634, 0.1433).
#[test]
fn what_suggestions_avoid_is_a_difference_by_lot() {
    let people = people(20);
    let mut entries = Vec::new();
    for (place, person) in people.iter().enumerate() {
        let kind = if place < 10 { "suggestion.shown" } else { "suggestion.withheld" };
        entries.push(thing(kind, person, ("article", 1), DAY));
        let came = if place < 10 { place < 2 } else { place < 15 };
        // By phone or by a ticket; who comes three weeks later comes for something else.
        let at = if came { 3 * DAY } else { 22 * DAY };
        entries.push(ticket(if place % 2 == 0 { "call.taken" } else { "ticket.opened" }, person, place as i64, at));
    }
    entries.sort_by_key(|entry| entry.at.0);
    let finding = found(&view(entries), "avoided");
    let (low, high) = finding.interval();
    assert!((finding.value() - 0.3).abs() < 1e-12);
    assert!((low + 0.1066).abs() < 5e-4 && (high.unwrap() - 0.5999).abs() < 5e-4, "{low} {high:?}");
    assert_eq!((finding.n(), finding.people(), finding.method()), (20, 20, "Newcombe hybrid score"));
}

#[test]
fn promises_and_lines_are_counted_as_they_ended() {
    let people = people(10);
    let of = |yes: &'static str, no: &'static str, count: usize| {
        people.iter().enumerate().map(move |(place, person)| (if place < count { yes } else { no }, person))
    };
    let all = of("callback.kept", "callback.missed", 7).chain(of("visit.left", "visit.served", 2));
    let view = view(all.map(|(kind, person)| Entry::of(kind, START.plus(DAY), person)));
    assert_eq!(found(&view, "promise-kept").value(), 0.7);
    assert_eq!(found(&view, "abandoned").value(), 0.2);
}

#[test]
fn a_need_is_met_by_the_time_that_was_said() {
    static OPENED: Kind = Kind::new("ticket.opened", Stage::Use).with_numbers(&["need"]);
    let people = people(8);
    let need = [("need", 3_600.0)];
    let late = [("need", 90.0 * 86_400.0)];
    let mut entries = Vec::new();
    for person in &people {
        let id = person.id.0;
        // The eighth needs it in ninety days, which have not passed.
        let numbers: &[(&str, f64)] = if id == 8 { &late } else { &need };
        entries.push(Entry { numbers, ..ticket("ticket.opened", person, id, 0) });
        match id {
            1..=3 => entries.push(ticket("ticket.resolved", person, id, HOUR)),
            4 => entries.push(ticket("ticket.resolved", person, id, HOUR + 1)),
            // Came back, and was sorted too late.
            5 => entries.extend([
                ticket("ticket.resolved", person, id, MINUTE),
                ticket("ticket.reopened", person, id, 2 * MINUTE),
                ticket("ticket.resolved", person, id, 2 * HOUR),
            ]),
            _ => {}
        }
    }
    entries.sort_by_key(|entry| entry.at.0);
    let view = of_entries(&Kinds::gather(&[&[&ANSWERED, &OPENED]]), entries);
    let finding = found(&view, "need-met");
    assert_eq!((finding.value(), finding.n(), finding.young()), (3.0 / 7.0, 7, 1));
}
