//! A long table read on several threads: the calling thread cuts the text where rows end, all of them read the parts, and
//! the calling thread puts these together in the order of the file. Where it is not plain where a row ends, the calling
//! thread goes on alone for a while, so the log is the same however many threads there are and wherever it was cut.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use super::super::report::KEPT;
use super::super::{Options, ReadError, Report, take};
use super::{CsvReader, Oddities};
use crate::log::LogBuilder;

/// More threads than this would wait for the one that cuts.
const MOST_THREADS: usize = 8;

/// Parts on their way beyond one for each thread: a thread that has to wait for a core does not stop the others at once.
const WAITING: usize = 6;

/// How the work is shared out.
#[derive(Debug, Clone, Copy)]
struct Shares {
    /// Threads that read, the calling one among them.
    threads: usize,
    /// Bytes of a part, about.
    size: usize,
    /// Rows that are read alone where no part could be cut.
    alone: u64,
}

/// Some whole rows, and what was read of them. Its room is used again.
#[derive(Default)]
struct Part {
    text: String,
    log: LogBuilder,
    rows: u64,
    refused: u64,
    /// Of those, how many fit with day and month the other way round.
    other_order: u64,
    oddities: Oddities,
    /// Row and reason of the first of them; rows are numbered from 1 in each part.
    problems: Vec<(u64, String)>,
}

impl CsvReader<'_> {
    /// Reads the rest into a builder, on as many threads as the machine has.
    pub(in super::super) fn collect_into(&mut self, builder: &mut LogBuilder) -> Result<(), ReadError> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        self.share(Shares { threads, size: 1 << 19, alone: 10_000 }, builder)
    }

    fn share(&mut self, shares: Shares, builder: &mut LogBuilder) -> Result<(), ReadError> {
        // A table that is shorter than two parts needs no help.
        let mut first = Part::default();
        if shares.threads > 1 && self.rows.cut(shares.size, &mut first.text)? {
            let (queue, (done, parts)) = (Queue::default(), channel());
            thread::scope(|scope| {
                for _ in 1..shares.threads {
                    let (mut reader, queue, done) = (self.of_parts(), &queue, done.clone());
                    scope.spawn(move || queue.serve(&mut reader, &done));
                }
                drop(done);
                let _closing = Closing(&queue);
                self.cut_up(shares, first, &queue, &parts, builder)
            })?;
        }
        while let Some(event) = self.next_event()? {
            take(builder, &event);
        }
        Ok(())
    }

    /// Cuts parts until the end is near, and takes what was read of them.
    fn cut_up(
        &mut self,
        shares: Shares,
        first: Part,
        queue: &Queue,
        parts: &Receiver<(usize, Part)>,
        builder: &mut LogBuilder,
    ) -> Result<(), ReadError> {
        let mut own = self.of_parts();
        let mut spare: Vec<Part> = Vec::new();
        let mut read: BTreeMap<usize, Part> = BTreeMap::new();
        let (mut cut, mut taken) = (1, 0);
        queue.give((0, first));
        loop {
            let mut cutting = true;
            // As many parts are on their way as keep all threads busy, and no more: memory stays flat.
            while cutting || taken < cut {
                read.extend(parts.try_iter());
                while let Some(mut part) = read.remove(&taken) {
                    self.take_part(&mut part, builder);
                    spare.push(part);
                    taken += 1;
                }
                if cutting && cut - taken < shares.threads + WAITING {
                    let mut part = spare.pop().unwrap_or_default();
                    cutting = self.rows.cut(shares.size, &mut part.text)?;
                    if cutting {
                        queue.give((cut, part));
                        cut += 1;
                    }
                } else if let Some((number, mut part)) = queue.try_take() {
                    own.read_part(&mut part);
                    read.insert(number, part);
                } else if taken < cut && !read.contains_key(&taken) {
                    // No sender is left when a thread has panicked, which ends this one too.
                    let Ok((number, part)) = parts.recv() else { return Ok(()) };
                    read.insert(number, part);
                }
            }
            if self.rows.is_ended() {
                return Ok(());
            }
            let until = self.rows.row + shares.alone;
            while self.rows.row < until {
                let Some(event) = self.next_event()? else { return Ok(()) };
                take(builder, &event);
            }
        }
    }

    /// A reader of the same layout, for parts.
    fn of_parts(&self) -> CsvReader<'static> {
        CsvReader {
            rows: self.rows.of_texts(),
            plan: self.plan.clone(),
            options: Options { zone: self.options.zone.clone(), ..Options::default() },
            report: Report::default(),
            oddities: Oddities::default(),
            time: 0,
            attributes: super::Buffer::default(),
            case_attributes: super::Buffer::default(),
            done: false,
        }
    }

    fn read_part(&mut self, part: &mut Part) {
        part.log.clear();
        (part.refused, part.rows) = (0, 0);
        part.problems.clear();
        self.rows.exchange(std::mem::take(&mut part.text));
        // No row of a text that is there can be too long, and nothing is read that could fail.
        while let Ok(true) = self.rows.advance() {
            if !self.is_event() {
                part.refused += 1;
                let reason = self.refused();
                if part.problems.len() < KEPT {
                    part.problems.push((self.rows.row, reason));
                }
            } else if let Some(event) = self.event() {
                take(&mut part.log, &event);
            }
        }
        part.rows = self.rows.row;
        part.oddities = std::mem::take(&mut self.oddities);
        part.other_order = std::mem::take(&mut self.report.other_order);
        part.text = self.rows.exchange(String::new());
    }

    fn take_part(&mut self, part: &mut Part, builder: &mut LogBuilder) {
        builder.append(&part.log);
        self.report.events += part.log.events() as u64;
        let untold = part.refused - part.problems.len() as u64;
        for (row, reason) in part.problems.drain(..) {
            self.report.refuse(format!("row {}", self.rows.row + row), reason);
        }
        self.report.refused += untold;
        self.report.other_order += part.other_order;
        self.oddities.append(&mut part.oddities, self.rows.row);
        self.rows.row += part.rows;
    }
}

/// Parts that wait to be read.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    news: Condvar,
}

#[derive(Default)]
struct Waiting {
    parts: VecDeque<(usize, Part)>,
    closed: bool,
}

impl Queue {
    fn give(&self, part: (usize, Part)) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).parts.push_back(part);
        self.news.notify_one();
    }

    fn try_take(&self) -> Option<(usize, Part)> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).parts.pop_front()
    }

    /// The next part, as soon as there is one; nothing when no more will come.
    fn take(&self) -> Option<(usize, Part)> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = |waiting: &mut Waiting| waiting.parts.is_empty() && !waiting.closed;
        self.news.wait_while(waiting, idle).unwrap_or_else(PoisonError::into_inner).parts.pop_front()
    }

    /// Reads parts until no more will come.
    fn serve(&self, reader: &mut CsvReader<'_>, done: &Sender<(usize, Part)>) {
        while let Some((number, mut part)) = self.take() {
            reader.read_part(&mut part);
            if done.send((number, part)).is_err() {
                return;
            }
        }
    }
}

/// Sends the threads home, also when cutting has failed.
struct Closing<'a>(&'a Queue);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.0.news.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use proptest::prelude::*;

    use super::super::super::source::unpacked;
    use super::*;

    type Events = Vec<(String, String, i64, Option<String>, Option<String>)>;

    /// Everything that reading said: the log's events and cases in their order, the report, the error.
    fn said(source: impl Read + Send, shares: Shares, partial: bool) -> Result<(Events, bool, String), String> {
        let (_, source) = unpacked(Box::new(source), None).map_err(|error| error.to_string())?;
        let options = Options { partial, ..Options::default() };
        let mut reader = CsvReader::new(source, options).map_err(|error| error.to_string())?;
        let mut builder = LogBuilder::default();
        reader.share(shares, &mut builder).map_err(|error| error.to_string())?;
        let interleaved = builder.is_interleaved();
        let log = builder.finish();
        let mut events = Vec::new();
        for case in log.iter() {
            for event in log.range(case.index) {
                let code = log.activity_column()[event];
                // Codes too: names are numbered in the order of the file.
                events.push((
                    case.name.to_owned(),
                    format!("{code} {}", log.activity_names().get(code)),
                    log.time_column()[event],
                    log.resource(event).map(str::to_owned),
                    log.lifecycle(event).map(str::to_owned),
                ));
            }
        }
        Ok((events, interleaved, format!("{:?} {:?}", reader.report, log.activity_names().iter().collect::<Vec<_>>())))
    }

    const ONE: Shares = Shares { threads: 1, size: 0, alone: 0 };

    /// Rows with all that makes it hard to see where one ends: quotation marks that are not closed, line ends inside of
    /// them, blank lines, refused rows, odd bytes; in any dialect.
    fn rows() -> impl Strategy<Value = Vec<u8>> {
        (plain_rows(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(rows, single, backslash, spaced)| {
            let mut text = String::new();
            // Odd bytes stay: each is a letter here, and a byte again below.
            let mut rows: String = rows.into_iter().map(char::from).collect();
            for activity in (0..4).filter(|_| spaced).map(|number| format!("do {number}")) {
                rows = rows.replace(&activity, &format!("\"{activity}\""));
            }
            for letter in rows.replace("\"\"", "\u{1}").chars() {
                match letter {
                    '\u{1}' if backslash => text.push_str("\\\""),
                    '\u{1}' => text.push_str("\"\""),
                    ',' if spaced => text.push_str(",  "),
                    letter => text.push(letter),
                }
            }
            let text = if single { text.replace('"', "'") } else { text };
            text.chars().map(|letter| letter as u8).collect()
        })
    }

    fn plain_rows() -> impl Strategy<Value = Vec<u8>> {
        let case = prop_oneof![
            8 => (0_u8..6).prop_map(|case| format!("c{case}")),
            1 => Just("\"c \"\"1\"\"\"".to_owned()),
            1 => Just("\"two\nlines, one case\"".to_owned()),
            1 => Just(String::new()),
        ];
        let activity = prop_oneof![
            8 => (0_u8..4).prop_map(|activity| format!("do {activity}")),
            1 => Just("5\" disk".to_owned()),
            1 => Just("\"ü\r\n\n,\"".to_owned()),
            1 => Just("\"open".to_owned()),
            1 => Just("closed\"".to_owned()),
        ];
        let time = prop_oneof![
            9 => (0_u8..60).prop_map(|second| format!("2026-01-01 10:00:{second:02}")),
            1 => Just("soon".to_owned()),
        ];
        let who = prop_oneof![
            Just(",ana,complete"),
            Just(",?,"),
            Just(",\"bo, jr\",start"),
            Just(""),
            Just(",ana,complete,"),
            Just(",ana,complete,too,much"),
        ];
        let end = prop_oneof![
            6 => Just(&b"\n"[..]),
            2 => Just(&b"\r\n"[..]),
            1 => Just(&b"\n\n \n"[..]),
            1 => Just(&b"\xFC\n"[..]),
        ];
        let row = (case, activity, time, who, end).prop_map(|(case, activity, time, who, end)| {
            [format!("{case},{activity},{time}{who}").as_bytes(), end].concat()
        });
        let last = prop_oneof![Just(&b""[..]), Just(&b"c1,do 1,2026-01-"[..]), Just(&b"c1,\"do"[..])];
        (prop::collection::vec(row, 0..60), last).prop_map(|(rows, last)| {
            [b"case,activity,time,resource,lifecycle\n", rows.concat().as_slice(), last].concat()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn however_it_is_cut_a_table_is_the_same(
            text in rows(), threads in 2_usize..4, size in 1_usize..900, alone in 1_u64..5, partial: bool,
        ) {
            let shares = Shares { threads, size, alone };
            prop_assert_eq!(said(&text[..], shares, partial), said(&text[..], ONE, partial));
        }
    }

    /// Blocks end within long cells, at quotation marks, and within characters; the table is longer than any sample.
    #[test]
    fn a_long_table_with_marks_across_blocks_is_the_same() {
        let mut text = b"case,activity,time,note\n".to_vec();
        for row in 0..12_000_u32 {
            let note = match row % 7 {
                _ if row > 11_500 => "no more marks but one".into(),
                0 => "\"said \"\"no\"\",\n\nthen ä\"".to_owned(),
                1 => format!("\"{}\"", "ü\n".repeat(row as usize % 50)),
                2 => "plain".into(),
                _ => "x".repeat(row as usize % 90),
            };
            // The first makes a cell of two; the second is never closed.
            let mark = if [4_999, 11_600].contains(&row) { "\"" } else { "" };
            let around = if row > 11_500 { "" } else { "\"" };
            let (case, activity, second) = (row / 9 + row % 3, row % 11, row % 60);
            writeln!(text, "{mark}case {case},{around}do {activity}{around},2026-01-01 10:00:{second:02},{note}")
                .unwrap();
        }
        let one = said(&text[..], ONE, false);
        let (events, interleaved, report) = one.as_ref().unwrap();
        assert!(events.len() > 11_000 && *interleaved && report.contains("never closed"), "{} {report}", events.len());
        for (threads, size) in [(2, 1 << 12), (3, 77_777), (2, 1 << 17), (8, 1 << 19)] {
            let shares = Shares { threads, size, alone: 50 };
            assert_eq!(said(&text[..], shares, false), one, "{threads} threads, parts of {size}");
            // From a stream that gives little at a time.
            let slow = Little(&text, 0);
            assert_eq!(said(slow, shares, false), one, "{threads} threads, little at a time");
        }
    }

    /// A stream that gives between one and 5000 bytes at a time.
    struct Little<'a>(&'a [u8], usize);

    impl Read for Little<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            self.1 = (self.1 * 31 + 17) % 5_000;
            let room = into.len().min(1 + self.1);
            self.0.read(&mut into[..room])
        }
    }

    #[test]
    fn a_stream_that_fails_ends_all_threads() {
        let text = format!("case,activity,time\n{}", "1,ask,2026-01-01 10:00\n".repeat(100_000));
        let failing = text.as_bytes().chain(Failing);
        let said = said(failing, Shares { threads: 3, size: 1 << 12, alone: 1 }, true);
        assert!(said.unwrap_err().contains("unplugged"));
    }

    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
}
