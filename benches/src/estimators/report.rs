//! The report: one table for each thing that is estimated.

use super::{Claim, Judged};

/// The file `benches/ESTIMATORS.md`.
pub(crate) fn report(all: &[Judged], date: &str) -> String {
    let claimed = all.iter().filter(|judged| judged.case.claim != Claim::Shown);
    let (kept, broken): (Vec<_>, Vec<_>) = claimed.partition(|judged| judged.as_claimed());
    let mut text = format!(
        "# What the estimators are worth\n\n\
         Written by `bin/bench` on {date}; do not edit. {} claims hold, {} do not.\n\n\
         Each estimator saw what a desk could see of worlds whose truth is known (the crate `simulate`), and its 95%\n\
         intervals are held against that truth. *Bias* is estimate minus truth on average, with its standard error;\n\
         *covered* the share of intervals that hold the truth; *width* that of the interval in the middle; *tells* the\n\
         share of worlds in which the interval is clear of \"nothing changed\": where nothing did, that is the rate of\n\
         false alarms, elsewhere the power. A claim holds when it does up to the luck of so many worlds (three standard\n\
         errors).\n",
        kept.len(),
        broken.len(),
    );
    let mut subjects: Vec<&str> = Vec::new();
    for judged in all {
        if !subjects.contains(&judged.case.of) {
            subjects.push(judged.case.of);
        }
    }
    for subject in subjects {
        text.push_str(&format!("\n## {}\n\n", capital(subject)));
        text.push_str(&table(all.iter().filter(|judged| judged.case.of == subject)));
    }
    text
}

const HEAD: [&str; 10] =
    ["world", "estimator", "worlds", "refused", "truth", "bias", "covered", "width", "tells", "claim"];

fn table<'a>(rows: impl Iterator<Item = &'a Judged>) -> String {
    let rows: Vec<[String; 10]> = rows.map(cells).collect();
    let mut widths = HEAD.map(str::len);
    for row in &rows {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = (*width).max(cell.chars().count()));
    }
    let line = |cells: &[&str]| {
        let padded: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("| {} |\n", padded.join(" | "))
    };
    let rule = widths.map(|width| "-".repeat(width));
    let mut text = line(&HEAD) + &line(&rule.each_ref().map(String::as_str));
    for row in &rows {
        text.push_str(&line(&row.each_ref().map(String::as_str)));
    }
    text
}

fn cells(judged: &Judged) -> [String; 10] {
    let held = if judged.as_claimed() { "holds" } else { "**does not hold**" };
    let claim = match judged.case.claim {
        Claim::Right => "right",
        Claim::Near => "within 2 points",
        Claim::TooLow => "too low",
        Claim::TooHigh => "too high",
        Claim::Bounds => "bounds",
        Claim::Silent => "silent",
        Claim::Shown => "",
    };
    let claim = if claim.is_empty() { String::new() } else { format!("{claim}: {held}") };
    let percent = |share: f64| format!("{:.1}%", 100.0 * share);
    [
        judged.case.world.to_owned(),
        judged.case.by.to_owned(),
        judged.worlds.to_string(),
        if judged.refused == 0 { String::new() } else { judged.refused.to_string() },
        format!("{:.3}", judged.truth),
        format!("{:+.3} ± {:.3}", judged.bias, judged.error),
        judged.covered.map_or_else(String::new, |(held, of)| percent(held as f64 / of as f64)),
        judged.width.map_or_else(String::new, |width| format!("{width:.3}")),
        judged.told.map_or_else(String::new, percent),
        claim,
    ]
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
