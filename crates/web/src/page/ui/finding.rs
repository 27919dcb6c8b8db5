//! A number with everything that keeps it honest: its interval, n, the response rate, how it ran, what that means, and
//! how it was computed. Where the gate refuses a number, the sentence why stands in its place.

use super::chip::{Chip, verdict};
use crate::page::Page;
use askama::Template;

/// One finding. Numbers come as the capability has them; words come as they will be read.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/finding.html")]
pub struct Finding {
    name: String,
    href: Option<String>,
    value: Option<(f64, String)>,
    refusal: Option<String>,
    interval: Option<Interval>,
    facts: Vec<String>,
    run: Option<Run>,
    verdict: Option<Chip>,
    how: Option<(String, Vec<String>)>,
}

/// What a comparison came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Better beyond noise.
    Better,
    /// Worse beyond noise.
    Worse,
    /// No visible change.
    Same,
    /// Cannot tell.
    Unknown,
}

#[derive(Debug, Clone)]
struct Interval {
    left: f64,
    width: f64,
    at: f64,
    spoken: String,
}

#[derive(Debug, Clone)]
struct Run {
    points: String,
    last: (f64, f64),
    middle: f64,
    limits: (f64, f64),
    spoken: String,
}

impl Finding {
    /// A number that may be shown: its name, the number, and the number as it is read ("87%").
    pub fn new(name: impl ToString, value: f64, said: impl ToString) -> Self {
        Self {
            name: name.to_string(),
            href: None,
            value: Some((value, said.to_string())),
            refusal: None,
            interval: None,
            facts: Vec::new(),
            run: None,
            verdict: None,
            how: None,
        }
    }

    /// A number that may not be shown, and the sentence why: too few answers, or too few people to stay unknown.
    pub fn refused(page: &Page, name: impl ToString, why: impl ToString) -> Self {
        let unknown = verdict(page, "unknown");
        Self { value: None, refusal: Some(why.to_string()), verdict: Some(unknown), ..Self::new(name, 0.0, "") }
    }

    /// The interval, drawn on a scale from `scale.0` to `scale.1`; `low` and `high` as they are read.
    pub fn interval(mut self, page: &Page, bounds: (f64, f64), said: (String, String), scale: (f64, f64)) -> Self {
        let place = |value: f64| ((value - scale.0) / (scale.1 - scale.0)).clamp(0.0, 1.0) * 100.0;
        let (left, right) = (place(bounds.0), place(bounds.1));
        let spoken = page.t2("finding-between", "low", said.0, "high", said.1);
        let at = place(self.value.as_ref().map_or(bounds.0, |value| value.0));
        self.facts.insert(0, spoken.clone());
        self.interval = Some(Interval { left, width: (right - left).max(0.5), at, spoken });
        self
    }

    /// How many stand behind the number.
    pub fn n(mut self, page: &Page, n: i64) -> Self {
        self.facts.push(page.t1("finding-n", "n", n));
        self
    }

    /// Which share of those asked answered, or at least did.
    pub fn response(mut self, page: &Page, share: f64, at_least: bool) -> Self {
        let key = if at_least { "finding-response-at-least" } else { "finding-response" };
        self.facts.push(page.t1(key, "share", page.share(share)));
        self
    }

    /// How the number ran, oldest first, with the middle and the natural process limits of its XmR chart; the first and
    /// the last value as they are read.
    pub fn run(
        mut self,
        page: &Page,
        values: &[f64],
        middle: f64,
        limits: (f64, f64),
        (first, last): (String, String),
    ) -> Self {
        if values.len() < 2 {
            return self;
        }
        let low = values.iter().copied().fold(limits.0, f64::min);
        let high = values.iter().copied().fold(limits.1, f64::max);
        let span = if high > low { high - low } else { 1.0 };
        let y = |value: f64| ((high - value) / span * 320.0).round() / 10.0 + 2.0;
        let x = |index: usize| (index as f64 / (values.len() - 1) as f64 * 1960.0).round() / 10.0 + 2.0;
        let points: Vec<String> =
            values.iter().enumerate().map(|(index, value)| format!("{},{}", x(index), y(*value))).collect();
        self.run = Some(Run {
            points: points.join(" "),
            last: (x(values.len() - 1), y(values[values.len() - 1])),
            middle: y(middle),
            limits: (y(limits.1), y(limits.0) - y(limits.1)),
            spoken: page
                .words
                .tn("finding-run", &[("n", values.len().into()), ("first", first.into()), ("last", last.into())]),
        });
        self
    }

    /// What the comparison came to.
    pub fn verdict(mut self, page: &Page, came_to: Verdict) -> Self {
        self.verdict = Some(verdict(
            page,
            match came_to {
                Verdict::Better => "better",
                Verdict::Worse => "worse",
                Verdict::Same => "same",
                Verdict::Unknown => "unknown",
            },
        ));
        self
    }

    /// How it was computed, in a few paragraphs, folded away.
    pub fn how<T: ToString>(mut self, page: &Page, paragraphs: impl IntoIterator<Item = T>) -> Self {
        self.how = Some((page.t("how"), paragraphs.into_iter().map(|text| text.to_string()).collect()));
        self
    }

    /// Where it can be looked into.
    pub fn href(mut self, href: impl ToString) -> Self {
        self.href = Some(href.to_string());
        self
    }
}
