use statistics::verdict::Verdict;

use super::*;

fn answers(yes: u64, no: u64, first: u64) -> Sample {
    Sample::share(Denominator::Answers, (0..yes + no).map(|place| (first + place, place < yes)))
}

#[test]
fn a_share_comes_with_wilsons_interval() {
    let finding = passed("satisfaction", &answers(16, 4, 0));
    let (low, high) = finding.interval();
    assert_eq!(((low * 100.0).round(), (high.unwrap() * 100.0).round()), (58.0, 92.0));
    assert_eq!((finding.n(), finding.people(), finding.method()), (20, 20, "Wilson score"));
    assert_eq!(finding.verdict(), Some(Verdict::CannotTell), "there is nothing to compare with");
}

#[test]
fn fewer_than_k_people_are_refused_however_often_they_answered() {
    let often = Sample::share(Denominator::Answers, (0..400u64).map(|place| (place % 4, true)));
    let shown = Gate::default().show(measure("satisfaction"), Asked::of(&often));
    assert_eq!(shown, Shown::Refused(Refusal::FewPeople { k: 5 }));
    assert!(matches!(Gate::new(4).show(measure("satisfaction"), Asked::of(&often)), Shown::Number(_)));
    let nothing = answers(0, 0, 0);
    assert_eq!(Gate::default().show(measure("told"), Asked::of(&nothing)), Shown::Refused(Refusal::Nothing));
}

#[test]
fn a_segment_that_leaves_few_others_is_refused() {
    let (now, others) = (answers(16, 4, 0), answers(1, 1, 100));
    let asked = Asked { others: Some(&others), ..Asked::of(&now) };
    assert_eq!(Gate::default().show(measure("satisfaction"), asked), Shown::Refused(Refusal::FewOthers { k: 5 }));
}

#[test]
fn a_median_of_five_says_that_six_are_needed() {
    let waits = Sample::spans(Denominator::Tickets, (0..5u64).map(|who| (who, 1_000, true)));
    let shown = Gate::default().show(measure("first-answer"), Asked::of(&waits));
    assert_eq!(shown, Shown::Refused(Refusal::FewAnswers { n: 5, needed: 6 }));
    let waits = Sample::spans(Denominator::Tickets, (0..9u64).map(|who| (who, 1_000, who < 3)));
    let shown = Gate::default().show(measure("first-answer"), Asked::of(&waits));
    assert_eq!(shown, Shown::Refused(Refusal::StillWaiting { n: 9, pending: 6 }));
}

/// Twenty people who say the same thing three times know no more than twenty people who say it once; when the answers of
/// a person have nothing to do with each other, sixty are sixty.
#[test]
fn people_who_answer_often_do_not_narrow_the_interval() {
    let once = passed("satisfaction", &answers(16, 4, 0));
    let thrice = Sample::share(Denominator::Answers, (0..60u64).map(|place| (place / 3, place / 3 < 16)));
    let thrice = passed("satisfaction", &thrice);
    let width = |finding: &Finding| finding.interval().1.unwrap() - finding.interval().0;
    assert_eq!((thrice.n(), thrice.people(), thrice.value()), (60, 20, 0.8));
    assert!((width(&once) - width(&thrice)).abs() < 1e-9, "{} {}", width(&once), width(&thrice));
    assert_eq!(thrice.method(), "Wilson score, effective n");

    let agreed = Sample::share(Denominator::Answers, (0..60u64).map(|place| (place / 3, true)));
    let agreed_once = passed("satisfaction", &answers(20, 0, 0));
    assert!((width(&passed("satisfaction", &agreed)) - width(&agreed_once)).abs() < 1e-9);
}

#[test]
fn a_large_change_is_seen_and_a_trifle_is_none() {
    let gate = Gate::default();
    let judged = |now: &Sample, before: &Sample| match gate
        .show(measure("satisfaction"), Asked { before: Some(before), ..Asked::of(now) })
    {
        Shown::Number(finding) => finding.verdict().unwrap(),
        Shown::Refused(why) => panic!("{why:?}"),
    };
    assert_eq!(judged(&answers(180, 20, 0), &answers(120, 80, 1_000)), Verdict::Better);
    assert_eq!(judged(&answers(120, 80, 0), &answers(180, 20, 1_000)), Verdict::Worse);
    assert_eq!(judged(&answers(8_010, 1_990, 0), &answers(8_000, 2_000, 20_000)), Verdict::NoVisibleChange);
    assert_eq!(judged(&answers(17, 3, 0), &answers(12, 8, 1_000)), Verdict::CannotTell);
    assert_eq!(judged(&answers(180, 20, 0), &answers(1, 3, 1_000)), Verdict::CannotTell, "few people before");
}

/// By hand for 180 of 200 against 120 of 200, at the level of a page: from 13 to 46 points.
#[test]
fn a_verdict_says_what_it_rests_on() {
    let (now, before) = (answers(180, 20, 0), answers(120, 80, 1_000));
    let asked = Asked { before: Some(&before), ..Asked::of(&now) };
    let Shown::Number(finding) = Gate::default().show(measure("satisfaction"), asked) else { panic!() };
    let change = finding.change().unwrap();
    assert_eq!((change.before, change.verdict, change.level), (0.6, Verdict::Better, 0.998));
    assert!(change.between.0 > 0.1 && change.between.0 < 0.3 && change.between.1 > 0.3, "{change:?}");
    let waits = |span: i64| Sample::spans(Denominator::Tickets, (0..200u64).map(|who| (who, span + who as i64, true)));
    let (now, before) = (waits(7_200_000), waits(3_600_000));
    let asked = Asked { before: Some(&before), ..Asked::of(&now) };
    let Shown::Number(finding) = Gate::default().show(measure("first-answer"), asked) else { panic!() };
    let (low, high) = finding.change().unwrap().between;
    assert!((low - 2.0).abs() < 1e-3 && (high - 2.0).abs() < 1e-3, "twice as long: {low} to {high}");
    assert_eq!(finding.verdict(), Some(Verdict::Worse));
    let held = passed("slowest-share", &Sample::top(Denominator::SortedTickets, (0..60u64).map(|n| (n, n as f64))));
    assert_eq!(held.verdict(), None, "neither way is better");
}

/// Nobody of thirty was passed on. By hand: nought events among thirty people, at most 3.689 / 30.
#[test]
fn what_did_not_happen_may_still() {
    let never = passed("hand-overs", &Sample::events(Denominator::Tickets, (0..60u64).map(|n| (n / 2, 0.0))));
    let (low, high) = never.interval();
    assert_eq!((never.value(), low), (0.0, 0.0));
    assert!((high.unwrap() - 0.122_963).abs() < 1e-5, "{high:?}");
    let once = passed("hand-overs", &Sample::events(Denominator::Tickets, (0..30u64).map(|n| (n, f64::from(n == 7)))));
    // One event: 5.572 / 30 by Garwood; Student's would end at 0.101.
    assert!((once.interval().1.unwrap() - 0.185_721).abs() < 1e-5, "{:?}", once.interval());
}

#[test]
fn what_is_only_too_recent_is_not_called_nothing() {
    let young = answers(0, 0, 0).without_young(70);
    let shown = Gate::default().show(measure("told"), Asked::of(&young));
    assert_eq!(shown, Shown::Refused(Refusal::TooRecent { young: 70 }));
    let waiting = answers(0, 0, 0).waiting();
    assert_eq!(Gate::default().show(measure("told"), Asked::of(&waiting)), Shown::Refused(Refusal::FewPeople { k: 5 }));
    assert!(passed("satisfaction", &answers(16, 4, 0).of_asked(100).waiting()).is_partial());
}

#[test]
fn a_trend_shows_no_slice_of_few_people_and_nothing_before_it() {
    let slices: Vec<Sample> = (0..12).map(|slice| answers(if slice == 3 { 2 } else { 8 }, 2, slice * 100)).collect();
    let run = |slices: &[Sample]| match Gate::default()
        .show(measure("satisfaction"), Asked { run: slices, ..Asked::of(&slices[slices.len() - 1]) })
    {
        Shown::Number(finding) => finding.run().cloned(),
        Shown::Refused(why) => panic!("{why:?}"),
    };
    let shown = run(&slices).unwrap();
    assert_eq!((shown.values.len(), shown.speaks), (8, false));
    assert_eq!(run(&slices[..5]), None);
}

#[test]
fn every_denominator_and_refusal_has_its_own_words() {
    let keys: std::collections::BTreeSet<_> = Denominator::ALL.iter().map(|denominator| denominator.key()).collect();
    assert_eq!(keys.len(), Denominator::ALL.len());
    let keys: std::collections::BTreeSet<_> = MEASURES.iter().map(|measure| measure.key).collect();
    assert_eq!(keys.len(), MEASURES.len());
}
