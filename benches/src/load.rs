//! Clients that each wait for an answer before they ask again, and how long they waited.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::Result;

/// No measurement has more than this many answers of one client.
const MOST: usize = 200_000;

/// How long each answer took.
#[derive(Debug)]
pub(crate) struct Timing {
    /// Ascending.
    each: Vec<Duration>,
    took: Duration,
}

impl Timing {
    /// Answers in a second.
    pub(crate) fn rate(&self) -> f64 {
        self.each.len() as f64 / self.took.as_secs_f64()
    }

    /// How long the given share of the answers took at most.
    pub(crate) fn within(&self, share: f64) -> Duration {
        let place = (self.each.len() as f64 * share).ceil() as usize;
        self.each.get(place.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// "1,234/s, p50 1.2 ms, p99 3.4 ms".
    pub(crate) fn words(&self) -> String {
        format!("{}/s, {}", thousands(self.rate()), self.waits())
    }

    /// "p50 1.2 ms, p99 3.4 ms".
    pub(crate) fn waits(&self) -> String {
        format!("p50 {}, p99 {}", span(self.within(0.5)), span(self.within(0.99)))
    }
}

/// Lets `clients` do `work` again and again for `within`, all at once, after a warm-up of a fifth of it. `work` is given
/// the client and which time this is, and gives the client back.
pub(crate) fn closed<C, F, W>(runtime: &Runtime, clients: Vec<C>, within: Duration, work: F) -> Result<(Timing, Vec<C>)>
where
    C: Send + 'static,
    F: Fn(C, usize) -> W + Send + Sync + 'static,
    W: Future<Output = Result<C>> + Send,
{
    let work = Arc::new(work);
    let warm = round(runtime, clients, within / 5, 0, &work)?;
    round(runtime, warm.1, within, MOST, &work)
}

/// One round; the times are counted on from `first`, so that no two rounds do the same.
fn round<C, F, W>(
    runtime: &Runtime,
    clients: Vec<C>,
    within: Duration,
    first: usize,
    work: &Arc<F>,
) -> Result<(Timing, Vec<C>)>
where
    C: Send + 'static,
    F: Fn(C, usize) -> W + Send + Sync + 'static,
    W: Future<Output = Result<C>> + Send,
{
    let begun = Instant::now();
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let work = Arc::clone(work);
            runtime.spawn(async move {
                let mut each = Vec::new();
                while begun.elapsed() < within && each.len() < MOST {
                    let asked = Instant::now();
                    client = work(client, first + each.len()).await?;
                    each.push(asked.elapsed());
                }
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>((client, each))
            })
        })
        .collect();
    let (mut all, mut clients) = (Vec::new(), Vec::new());
    for task in tasks {
        let (client, each) = runtime.block_on(task)??;
        clients.push(client);
        all.extend(each);
    }
    let took = begun.elapsed();
    all.sort_unstable();
    Ok((Timing { each: all, took }, clients))
}

/// A span in three digits: "850 us", "1.23 ms", "2.10 s".
pub(crate) fn span(span: Duration) -> String {
    let micros = span.as_secs_f64() * 1e6;
    match micros {
        ..1e3 => format!("{micros:.0} us"),
        ..1e4 => format!("{:.2} ms", micros / 1e3),
        ..1e5 => format!("{:.1} ms", micros / 1e3),
        ..1e6 => format!("{:.0} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}

/// A whole number with commas: "12,345".
pub(crate) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes as kilobytes: "12.3 kB".
pub(crate) fn kilobytes(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_easy_to_read() {
        assert_eq!([0.0, 999.6, 12_345.0].map(thousands), ["0", "1,000", "12,345"]);
        let spans = [850, 1_234, 12_345, 123_456, 2_100_000].map(|micros| span(Duration::from_micros(micros)));
        assert_eq!(spans, ["850 us", "1.23 ms", "12.3 ms", "123 ms", "2.10 s"]);
    }

    #[test]
    fn a_share_of_the_answers_took_at_most_so_long() {
        let each = (1..=200).map(Duration::from_millis).collect();
        let timing = Timing { each, took: Duration::from_secs(2) };
        assert_eq!([0.5, 0.99, 1.0].map(|share| timing.within(share).as_millis()), [100, 198, 200]);
        assert_eq!(timing.words(), "100/s, p50 100 ms, p99 198 ms");
    }
}
