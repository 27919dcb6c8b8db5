//! A text while it is being read: which lines are new, which are quoted, from where on something is forwarded.

use super::forward::Forwarded;
use super::header_block::{self, Label};
use super::marker::{self, Subject};
use super::{Region, RegionIs, What, attribution, line};

/// A text while it is being read.
pub(super) struct Reading<'t> {
    lines: &'t [&'t str],
    pub(super) what: Vec<What>,
    labels: Vec<Option<Label>>,
    subject: Subject,
    pub(super) forwarded: Option<Forwarded>,
    pub(super) forwarded_at: Option<usize>,
}

impl<'t> Reading<'t> {
    /// First pass: quotes by `>`.
    pub(super) fn new(lines: &'t [&'t str], subject: Subject) -> Self {
        let kind = |line: &&str| match () {
            () if line.trim().is_empty() => What::Blank,
            () if line::unquoted(line).0 > 0 && !attribution::is_of_groupwise(line) => What::Quote,
            () => What::New,
        };
        let what = lines.iter().map(kind).collect();
        Self { lines, what, labels: header_block::labels(lines), subject, forwarded: None, forwarded_at: None }
    }

    /// Second pass: from the top, quotes by attribution line, by header block and by the lines that programs draw.
    pub(super) fn find_cut(&mut self) {
        let (mut at, mut introduced) = (0, false);
        while at < self.lines.len() {
            if self.what[at] != What::New {
                // Apple Mail marks what it forwards as a quote, the marker too; nobody is said to have written it.
                if self.what[at] == What::Quote && !introduced && self.forwards_in_quote(at) {
                    self.forward(at, at + 1, true);
                    return;
                }
                introduced |= self.what[at] == What::Quote && !line::unquoted(self.lines[at]).1.trim().is_empty();
                at += 1;
                continue;
            }
            if marker::forwards(self.lines[at]) {
                self.forward(at, at + 1, true);
                return;
            }
            match self.head_at(at) {
                Some(head) if head.is_block && self.is_forwarded(at, head.is_sure) => {
                    self.forward(at, head.headers, head.headers > at);
                    return;
                }
                Some(head) => {
                    let start = self.with_rule_above(at).min(head.start);
                    introduced = true;
                    let next = self.next_line(head.end);
                    if next.is_some_and(|next| self.what[next] == What::Quote) {
                        // The quote is marked line by line: whatever is not marked below is new.
                        self.quote(start, head.end);
                        at = head.end;
                    } else if head.by_program {
                        self.quote(start, self.lines.len());
                        return;
                    } else {
                        at = head.end;
                    }
                }
                None => at += 1,
            }
        }
    }

    fn forwards_in_quote(&self, at: usize) -> bool {
        let (depth, line) = line::unquoted(self.lines[at]);
        depth == 1 && self.subject != Subject::Answered && marker::forwards(line)
    }

    /// What introduces a quote at line `at`, if anything does: a marker, a block of headers, an attribution, or one
    /// below the other.
    fn head_at(&self, at: usize) -> Option<Head> {
        let lines = self.lines;
        if marker::opens_original(lines[at]) {
            let next = self.next_line(at + 1).filter(|next| self.what[*next] == What::New);
            let below = next.and_then(|next| self.block_at(next, true).or_else(|| self.attribution_at(next)));
            return Some(match below {
                Some(below) => Head { start: at, is_sure: true, by_program: true, ..below },
                None => {
                    Head { start: at, end: at + 1, headers: at + 1, is_block: true, is_sure: false, by_program: true }
                }
            });
        }
        if marker::reply_above(lines[at]) {
            let start = self.introduction_above(at);
            return Some(Head { start, end: at + 1, headers: at, is_block: false, is_sure: false, by_program: true });
        }
        self.block_at(at, self.with_rule_above(at) < at).or_else(|| self.attribution_at(at))
    }

    fn block_at(&self, at: usize, marked: bool) -> Option<Head> {
        let head =
            |end: usize, is_sure: bool| Head { start: at, end, headers: at, is_block: true, is_sure, by_program: true };
        let block = header_block::at(self.lines, &self.labels, at, marked);
        block.map(|block| head(block.end, block.is_sure())).or_else(|| {
            let subject = header_block::of_notes(self.lines, at)?;
            Some(head((subject + 1).min(self.lines.len()), true))
        })
    }

    fn attribution_at(&self, at: usize) -> Option<Head> {
        let above_quote = || self.next_line(at + 1).is_some_and(|next| self.what[next] == What::Quote);
        let found = attribution::find(self.lines, at)
            .or_else(|| attribution::without_colon(self.lines[at]).filter(|_| above_quote()))?;
        let end = at + found.lines;
        Some(Head { start: at, end, headers: at, is_block: false, is_sure: false, by_program: found.by_program })
    }

    /// Above the marker of a mail stands the attribution of whoever answers it, in whatever language: lines with a
    /// number in them that end with a colon.
    fn introduction_above(&self, at: usize) -> usize {
        let blanks = (0..at).rev().take(3).take_while(|above| self.what[*above] == What::Blank).count();
        let end = at - blanks;
        let start = end - (0..end).rev().take(3).take_while(|above| self.what[*above] == What::New).count();
        let closes = self.lines[..end].last().is_some_and(|line| line.trim_end().ends_with([':', '：']));
        let numbered = self.lines[start..end].concat().bytes().any(|b| b.is_ascii_digit());
        if closes && numbered { start } else { at }
    }

    /// Whether the block of headers at `at` opens something forwarded, though no marker says so.
    fn is_forwarded(&self, at: usize, is_sure: bool) -> bool {
        let alone = self.what[..self.with_rule_above(at)].iter().all(|what| *what == What::Blank);
        match self.subject {
            Subject::Forwarded => true,
            Subject::Answered => false,
            Subject::Either => !self.is_finnish(at),
            Subject::New => alone && is_sure,
        }
    }

    /// `VS:` is an answer in Finnish, and the headers of a Finnish program say so.
    fn is_finnish(&self, at: usize) -> bool {
        let near = self.lines[at..].iter().take(8);
        near.into_iter().any(|line| line.trim_start_matches(line::is_emphasis).to_lowercase().starts_with("lähet"))
    }

    fn forward(&mut self, at: usize, headers: usize, marked: bool) {
        let above = self.lines[..self.with_rule_above(at)].join("\n").trim().to_owned();
        self.forwarded = Some(Forwarded { above, ..Forwarded::read(self.lines, headers, marked) });
        self.forwarded_at = Some(at);
        // What is forwarded may itself be marked as a quote; it is content all the same.
        for (line, what) in self.lines[at..].iter().zip(&mut self.what[at..]) {
            *what = if line.trim().is_empty() { What::Blank } else { What::New };
        }
    }

    /// The structure of the HTML: the element of the quote is a quote, but for what is written between its marks.
    pub(super) fn apply(&mut self, region: Region) {
        let end = region.end.min(self.lines.len());
        let start = region.start.min(end);
        if self.forwarded_at.is_some_and(|at| at <= end) {
            return;
        }
        let is_quote = matches!(region.is, RegionIs::Quote | RegionIs::Attributed);
        let is_new = || self.what[start..end].iter().find(|what| **what != What::Blank) == Some(&What::New);
        match region.is {
            RegionIs::Forwarded => self.forward(start, start, true),
            _ if is_quote && self.subject == Subject::Forwarded && is_new() => self.forward(start, start, false),
            RegionIs::Signature => self.replace(start, end, What::Signature),
            RegionIs::Quote => self.quote(self.with_rule_above(start), end),
            RegionIs::Attributed => {
                let marked = self.what[start..end].iter().position(|what| *what == What::Quote);
                self.quote(start, marked.map_or(end, |first| start + first));
            }
        }
    }

    /// A line of a quote that some relay wrapped: the rest of it, without a mark, between two marked lines.
    pub(super) fn rejoin_wrapped(&mut self) {
        const WIDE: usize = 65;
        for at in 1..self.lines.len().saturating_sub(1) {
            let around =
                self.what[at] == What::New && self.what[at - 1] == What::Quote && self.what[at + 1] == What::Quote;
            if !around {
                continue;
            }
            let (above, line) = (self.lines[at - 1].trim_end(), self.lines[at].trim());
            let goes_on = line.starts_with(|c: char| c.is_lowercase()) && !above.ends_with(['.', '!', '?', ':']);
            if goes_on && above.chars().count() >= WIDE && line.len() < above.len() {
                self.what[at] = What::Quote;
            }
        }
    }

    fn quote(&mut self, start: usize, end: usize) {
        self.replace(start, end, What::Quote);
    }

    fn replace(&mut self, start: usize, end: usize, with: What) {
        for what in self.what[start..end].iter_mut().filter(|what| **what == What::New) {
            *what = with;
        }
    }

    /// The next line that is not blank.
    fn next_line(&self, from: usize) -> Option<usize> {
        (from..self.lines.len()).take(100).find(|next| self.what[*next] != What::Blank)
    }

    /// The first of the rule lines (`_____`, `----- words -----`) and blank lines directly above `at`.
    fn with_rule_above(&self, at: usize) -> usize {
        let mut above = at;
        while above > 0 && at - above < 20 && self.what[above - 1] == What::Blank {
            above -= 1;
        }
        let Some(rule) = above.checked_sub(1).map(|above| self.lines[above]) else { return at };
        let drawn =
            || line::ruled(rule).is_some_and(|(before, words, after)| before >= 4 && after >= 4 && words.len() < 80);
        if line::is_rule(rule) || drawn() { above - 1 } else { at }
    }
}

/// What introduces a quote.
#[derive(Debug, Clone, Copy)]
struct Head {
    /// Its first line.
    start: usize,
    /// One past its last line.
    end: usize,
    /// Where its headers begin.
    headers: usize,
    /// It holds headers, as a forwarded message has them too.
    is_block: bool,
    is_sure: bool,
    /// A program wrote it without doubt: all below is a quote, even without marks.
    by_program: bool,
}
