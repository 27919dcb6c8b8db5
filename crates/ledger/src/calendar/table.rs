//! The open spans of many years with the time worked before each, so that any question is two binary searches.

use jiff::civil::Date;

use super::Calendar;

/// One open span.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: i64,
    end: i64,
    /// Milliseconds worked before it, since the table begins.
    before: i64,
}

/// The open spans of some years, about a megabyte for 130 years of five days a week.
#[derive(Debug, Clone)]
pub(super) struct Table {
    spans: Vec<Span>,
    from: i64,
    to: i64,
}

impl Table {
    /// From the midnight that begins `first` to the one that begins `end`.
    pub(super) fn of(calendar: &Calendar, first: Date, end: Date) -> Self {
        let midnight =
            |day: Date| day.to_zoned(calendar.zone.clone()).map_or(0, |zoned| zoned.timestamp().as_millisecond());
        let (from, to) = (midnight(first), midnight(end));
        let mut open: Vec<(i64, i64)> = Vec::new();
        let mut day = first.yesterday().unwrap_or(first);
        while day <= end {
            let spans = calendar.hours(day).instants(day, &calendar.zone).into_iter();
            open.extend(spans.map(|(start, end)| (start.max(from), end.min(to))).filter(|(start, end)| start < end));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        // Where clocks go back over midnight, the day before has hours after the first minute of the day.
        open.sort_unstable();
        let mut spans: Vec<Span> = Vec::with_capacity(open.len());
        let mut worked = 0;
        for (start, end) in open {
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
        Self { spans, from, to }
    }

    /// When it ends.
    pub(super) fn end(&self) -> i64 {
        self.to
    }

    /// Milliseconds worked in all of it.
    pub(super) fn all(&self) -> i64 {
        self.spans.last().map_or(0, |last| last.before + last.end - last.start)
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
