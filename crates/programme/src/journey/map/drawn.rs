//! From touchpoints to a flow. Steps are read on a database thread, at most some hundred thousand, and counted on
//! another: a big ledger keeps nobody else waiting.

use std::collections::HashMap;

use base::clock::{DAY, Moment};
use base::text::Words;
use ledger::touchpoint::{Channel, imported_step};
use mining::map::Flow;
use mining::{LogBuilder, Stats};
use web::App;
use web::error::Result;

use super::chosen::{Chosen, Of};
use super::store::{self, STEPS, Step};
use crate::journey::told::step_name;

/// Steps as they were read, newest first.
pub(super) struct Gathered {
    names: Names,
    steps: Vec<(i64, i64, u32)>,
    /// When what is chosen begins: cases that began earlier are left out.
    since: Option<i64>,
    /// Whether cases are known by how they begin, as tickets are.
    of_tickets: bool,
}

/// What a map shows.
pub(super) struct Drawn {
    pub flow: Flow,
    pub cases: i64,
    pub steps: i64,
    /// First and last time, UTC milliseconds.
    pub span: Option<(i64, i64)>,
    /// Whether only the newest steps were read.
    pub cut: bool,
}

/// Names of steps in the reader's words, by a small number.
struct Names {
    words: Words,
    by_kind: HashMap<(String, Channel), u32>,
    spoken: Vec<String>,
    /// Whether a case begins with it.
    opens: Vec<bool>,
}

impl Names {
    fn code(&mut self, kind: &str, channel: Channel) -> u32 {
        if let Some(code) = self.by_kind.get(&(kind.to_owned(), channel)) {
            return *code;
        }
        let step = step_name(&self.words, kind);
        let name = if imported_step(kind).is_some() {
            step
        } else {
            format!("{step} · {}", self.words.t(&format!("channel-{}", channel.as_str())))
        };
        self.spoken.push(name);
        self.opens.push(kind.ends_with(".opened"));
        let code = self.spoken.len() as u32 - 1;
        self.by_kind.insert((kind.to_owned(), channel), code);
        code
    }
}

/// Reads the steps of what is chosen.
pub(super) async fn gather(app: &App, chosen: &Chosen, words: Words) -> Result<Gathered> {
    let (now, of, days, all) = (app.clock.now(), chosen.of.clone(), chosen.days, chosen.all);
    app.db
        .read(move |tx| {
            let mut names =
                Names { words: words.clone(), by_kind: HashMap::new(), spoken: Vec::new(), opens: Vec::new() };
            let mut steps: Vec<(i64, i64, u32)> = Vec::new();
            let keep = |step: Step<'_>| steps.push((step.case, step.at, names.code(step.kind, step.channel)));
            let of_tickets = of == Of::Desk;
            match &of {
                Of::Desk => {
                    let since = if days > 0 { now.plus(-days * DAY) } else { Moment(i64::MIN) };
                    store::ticket_steps(tx, since, all, keep)?;
                }
                Of::Log(log) => store::log_steps(tx, log.id, keep)?,
            }
            let end = if of_tickets { Some(now.0) } else { steps.first().map(|(_, at, _)| *at) };
            let since = end.filter(|_| days > 0).map(|end| end.saturating_sub(days * DAY));
            Ok(Gathered { names, steps, since, of_tickets })
        })
        .await
}

impl Gathered {
    /// Counts. Takes a moment for many steps: not for a thread that serves.
    pub(super) fn drawn(mut self) -> Drawn {
        let cut = self.steps.len() as i64 == STEPS;
        self.steps.reverse();
        let mut begun: HashMap<i64, bool> = HashMap::new();
        for (case, at, name) in &self.steps {
            begun.entry(*case).or_insert_with(|| {
                // A ticket of which only the later part was read began before the period.
                let whole = !self.of_tickets || self.names.opens[*name as usize];
                whole && self.since.is_none_or(|since| *at >= since)
            });
        }
        let mut log = LogBuilder::default();
        for (case, at, name) in &self.steps {
            if begun.get(case) == Some(&true) {
                log.push(&case.to_string(), &self.names.spoken[*name as usize], Some(*at), None, None);
            }
        }
        let log = log.finish();
        Drawn {
            flow: Flow::from(&Stats::with_top(&log, 0)),
            cases: log.cases() as i64,
            steps: log.events() as i64,
            span: log.span(),
            cut,
        }
    }
}
