//! A finding of the gate as the part of a page.

use ledger::measure::{Finding, Measure, Refusal, Shown, Unit};
use statistics::verdict::Verdict;
use web::page::{Page, ui};

use base::text::Value;

/// A value in its unit, as it is read: "87%", "2 h 10 min", "15 min to an hour", "0.4".
pub fn value(page: &Page, unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => page.share(value),
        Unit::Span => page.words.span(value as i64),
        Unit::Class => page.t(format!("measure-lost-{}", (value.round() as i64).clamp(0, 5))),
        Unit::PerTicket | Unit::Number => page.words.number(value, 2),
        Unit::Net | Unit::Difference => page.t1("measure-points", "n", page.words.number(value * 100.0, 0)),
    }
}

/// The sentence why a number is not shown.
pub fn refusal(page: &Page, why: Refusal) -> String {
    let numbers = why.numbers();
    let values: Vec<(&str, Value)> =
        numbers.iter().map(|(name, number)| (*name, Value::Number(*number as f64))).collect();
    page.words.tn(why.key(), &values)
}

/// A measure as it came out of the gate.
pub fn card(page: &Page, measure: &Measure, shown: &Shown) -> ui::Finding {
    let name = page.t(measure.name_key());
    match shown {
        Shown::Refused(why) => {
            ui::Finding::refused(page, name, refusal(page, *why)).how(page, [of_measure(page, measure)])
        }
        Shown::Number(finding) => number(page, name, finding),
    }
}

fn number(page: &Page, name: String, finding: &Finding) -> ui::Finding {
    let measure = finding.measure();
    let say = |number| value(page, measure.unit, number);
    let (low, high) = finding.interval();
    let scale = match (measure.unit, high) {
        (Unit::Share, _) => (0.0, 1.0),
        (Unit::Class, _) => (0.0, 5.0),
        (Unit::Net | Unit::Difference, _) => (-1.0, 1.0),
        (_, high) => (0.0, (high.unwrap_or(finding.value() * 2.0) * 1.2).max(1e-9)),
    };
    let said = (say(low), high.map_or_else(|| page.t("measure-no-end-yet"), say));
    let mut card = ui::Finding::new(name, finding.value(), say(finding.value()))
        .interval(page, (low, high.unwrap_or(scale.1)), said, scale)
        .n(page, finding.n() as i64)
        .how(page, how(page, finding));
    if let Some(word) = finding.verdict() {
        card = card.verdict(page, verdict(word));
    }
    if let Some(share) = finding.response() {
        card = card.response(page, share, finding.is_partial());
    }
    if let Some(run) = finding.run() {
        let ends = [run.values.first(), run.values.last()].map(|end| end.copied().map(say).unwrap_or_default());
        card = card.run(page, &run.values, run.centre, run.limits, ends.into());
    }
    card
}

fn verdict(word: Verdict) -> ui::Verdict {
    match word {
        Verdict::Better => ui::Verdict::Better,
        Verdict::Worse => ui::Verdict::Worse,
        Verdict::NoVisibleChange => ui::Verdict::Same,
        Verdict::CannotTell => ui::Verdict::Unknown,
    }
}

fn of_measure(page: &Page, measure: &Measure) -> String {
    format!("{} {}", page.t(measure.question_key()), page.t(measure.formula_key()))
}

/// Everything that keeps the number honest: what is asked, what was counted, how it changed, how it ran.
fn how(page: &Page, finding: &Finding) -> [String; 4] {
    let mut counted = vec![
        page.t1(finding.denominator().key(), "n", finding.n() as f64),
        page.t1("measure-of-people", "n", finding.people() as f64),
        page.t1("measure-interval", "method", finding.method()),
    ];
    if finding.pending() > 0 {
        counted.push(page.t1("measure-pending", "n", finding.pending() as f64));
    }
    if finding.young() > 0 {
        counted.push(page.t1("measure-young", "n", finding.young() as f64));
    }
    if finding.is_partial() {
        counted.push(page.t("measure-waiting"));
    }
    if let Some((low, high)) = finding.bounds() {
        counted.push(page.t2("measure-bounds", "low", page.share(low), "high", page.share(high)));
    }
    let changed = format!("{} {}", changed(page, finding), smallest(page, finding.measure()));
    [of_measure(page, finding.measure()), counted.join(" "), changed, ran(page, finding)]
}

/// What the number was before, and between what the change lies.
fn changed(page: &Page, finding: &Finding) -> String {
    let measure = finding.measure();
    let Some(change) = finding.change() else { return page.t("measure-change-none") };
    let number = |value: f64, decimals| page.words.number(value, decimals);
    let (key, end): (&str, &dyn Fn(f64) -> String) = match measure.unit {
        Unit::Share | Unit::Net | Unit::Difference => ("measure-change-points", &|value| number(value * 100.0, 0)),
        Unit::Span => ("measure-change-factor", &|value| number(value, 2)),
        Unit::Class => ("measure-change-chance", &|value| page.share(value)),
        Unit::PerTicket | Unit::Number => ("measure-change-times", &|value| number(value, 2)),
    };
    let values: [(&str, Value); 4] = [
        ("before", value(page, measure.unit, change.before).into()),
        ("low", end(change.between.0).into()),
        ("high", end(change.between.1).into()),
        ("level", number(change.level * 100.0, 1).into()),
    ];
    page.words.tn(key, &values)
}

/// The points of the line in words, for who cannot see it or wants to know it exactly.
fn ran(page: &Page, finding: &Finding) -> String {
    let Some(run) = finding.run() else { return page.t("measure-run-none") };
    let say = |number: &f64| value(page, finding.measure().unit, *number);
    let points: Vec<String> = run.values.iter().map(say).collect();
    // What is usual ends where the scale does.
    let (least, most) = match finding.measure().unit {
        Unit::Share => (0.0, 1.0),
        Unit::Net | Unit::Difference => (-1.0, 1.0),
        Unit::Span | Unit::Class | Unit::PerTicket => (0.0, f64::INFINITY),
        Unit::Number => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let (low, high) = (run.limits.0.max(least), run.limits.1.min(most));
    let values: [(&str, Value); 3] =
        [("points", points.join(", ").into()), ("low", say(&low).into()), ("high", say(&high).into())];
    page.words.tn("measure-run", &values)
}

/// The smallest change that matters, which the verdict was held against.
pub(super) fn smallest(page: &Page, measure: &Measure) -> String {
    match measure.unit {
        Unit::Share | Unit::Net | Unit::Difference => page.t1("measure-smallest-points", "n", measure.smallest * 100.0),
        Unit::Span => page.t1("measure-smallest-part", "share", page.share(measure.smallest)),
        Unit::Class => page.t1("measure-smallest-chance", "n", measure.smallest * 100.0),
        Unit::PerTicket | Unit::Number => page.t1("measure-smallest-times", "n", measure.smallest),
    }
}
