//! The text that Prometheus reads.

use std::fmt::Write;

use super::{BOUNDS, Histogram};

/// What kind of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows, until the desk is started anew.
    Counter,
    /// It goes up and down.
    Gauge,
    /// How often something took how long.
    Histogram,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// Figures being written down, family by family.
#[derive(Debug, Default)]
pub struct Exposition {
    text: String,
}

impl Exposition {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a family: what is said next belongs to it. `help` is one line.
    pub fn family(&mut self, name: &str, kind: Kind, help: &str) {
        debug_assert!(!help.contains('\n'), "{name}: the help is one line");
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {}", kind.word());
    }

    /// One figure.
    pub fn value(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        self.text.push_str(name);
        self.labels(labels, None);
        let _ = writeln!(self.text, " {value}");
    }

    /// A family of one figure without labels.
    pub fn single(&mut self, name: &str, kind: Kind, help: &str, value: f64) {
        self.family(name, kind, help);
        self.value(name, &[], value);
    }

    /// A histogram of the family that was begun last.
    pub fn histogram(&mut self, name: &str, labels: &[(&str, &str)], histogram: &Histogram) {
        let (sums, seconds) = histogram.read();
        let bounds = BOUNDS.iter().map(ToString::to_string).chain(["+Inf".to_owned()]);
        for (bound, sum) in bounds.zip(&sums) {
            let _ = write!(self.text, "{name}_bucket");
            self.labels(labels, Some(&bound));
            let _ = writeln!(self.text, " {sum}");
        }
        self.value(&format!("{name}_sum"), labels, seconds);
        self.value(&format!("{name}_count"), labels, sums.last().copied().unwrap_or(0) as f64);
    }

    /// What was written.
    pub fn into_text(self) -> String {
        self.text
    }

    fn labels(&mut self, labels: &[(&str, &str)], bound: Option<&str>) {
        let all = labels.iter().copied().chain(bound.map(|bound| ("le", bound)));
        for (at, (name, value)) in all.enumerate() {
            self.text.push(if at == 0 { '{' } else { ',' });
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.text, "{name}=\"{value}\"");
        }
        if !labels.is_empty() || bound.is_some() {
            self.text.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn figures_are_written_as_prometheus_reads_them() {
        let mut out = Exposition::new();
        out.single("desk_up", Kind::Gauge, "Whether it runs.", 1.0);
        out.family("mails_total", Kind::Counter, "Mails.");
        out.value("mails_total", &[("of", "a\"b\\c\nd"), ("x", "y")], 2.5);
        let histogram = Histogram::default();
        histogram.observe(Duration::from_millis(30));
        out.family("took_seconds", Kind::Histogram, "How long.");
        out.histogram("took_seconds", &[("door", "write")], &histogram);
        let text = out.into_text();
        assert!(text.starts_with("# HELP desk_up Whether it runs.\n# TYPE desk_up gauge\ndesk_up 1\n"), "{text}");
        assert!(text.contains("mails_total{of=\"a\\\"b\\\\c\\nd\",x=\"y\"} 2.5\n"), "{text}");
        assert!(text.contains("took_seconds_bucket{door=\"write\",le=\"0.025\"} 0\n"), "{text}");
        assert!(text.contains("took_seconds_bucket{door=\"write\",le=\"0.05\"} 1\n"), "{text}");
        assert!(text.contains("took_seconds_bucket{door=\"write\",le=\"+Inf\"} 1\n"), "{text}");
        assert!(
            text.contains("took_seconds_sum{door=\"write\"} 0.03\ntook_seconds_count{door=\"write\"} 1\n"),
            "{text}"
        );
    }
}
