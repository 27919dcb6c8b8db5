//! The open spans of many years with the time worked before each, so that any question is two binary searches.

use jiff::civil::date;

use super::Calendar;

/// One open span.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: i64,
    end: i64,
    /// Milliseconds worked before it, since the table begins.
    before: i64,
}

/// The open spans from 1970 to the end of 2099, about a megabyte for a week of five days.
#[derive(Debug, Clone)]
pub(super) struct Table {
    spans: Vec<Span>,
    from: i64,
    to: i64,
}

impl Table {
    pub(super) fn of(calendar: &Calendar) -> Self {
        let (first, end) = (date(1970, 1, 1), date(2100, 1, 1));
        let midnight = |day: jiff::civil::Date| {
            day.to_zoned(calendar.zone.clone()).map_or(0, |zoned| zoned.timestamp().as_millisecond())
        };
        let mut spans: Vec<Span> = Vec::new();
        let (mut day, mut worked) = (first, 0);
        while day < end {
            for (start, end) in calendar.hours(day).instants(day, &calendar.zone) {
                match spans.last_mut() {
                    // Night to morning, or all day long: one span.
                    Some(last) if last.end >= start => {
                        worked += (end - last.end).max(0);
                        last.end = last.end.max(end);
                    }
                    _ => {
                        spans.push(Span { start, end, before: worked });
                        worked += end - start;
                    }
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Self { spans, from: midnight(first), to: midnight(end) }
    }

    /// Milliseconds worked until `at`; `None` outside the years of the table.
    pub(super) fn until(&self, at: i64) -> Option<i64> {
        if !(self.from..=self.to).contains(&at) {
            return None;
        }
        let after = self.spans.partition_point(|span| span.start <= at);
        Some(after.checked_sub(1).map_or(0, |last| {
            let span = self.spans[last];
            span.before + at.min(span.end) - span.start
        }))
    }

    /// The first instant at which `worked` milliseconds have been worked.
    pub(super) fn reaches(&self, worked: i64) -> Option<i64> {
        let after = self.spans.partition_point(|span| span.before < worked);
        let span = self.spans.get(after.checked_sub(1)?)?;
        let at = span.start + (worked - span.before);
        (at <= span.end).then_some(at)
    }
}
