//! Mail: an mbox of many mails taken in by the command, in a process of its own, whose memory is watched.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Result;
use crate::load::{span, thousands};
use crate::machine::memory_of;
use crate::prose::{Dice, Language};
use crate::row::Row;

const MAILS: usize = 100_000;
/// How often the memory of the process is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// The row about an archive of mails.
pub(crate) fn measure() -> Result<Row> {
    let TakenIn { took, peak, halfway } = take_in(MAILS)?;
    let rate = MAILS as f64 / took.as_secs_f64();
    Ok(Row {
        work: format!("mail, {} of an mbox: parsed, threaded, stored", thousands(MAILS as f64)),
        measured: format!(
            "{}/s ({}); {} MB at most, {} MB at half of that time",
            thousands(rate),
            span(took),
            peak / 1_000,
            halfway / 1_000
        ),
        bar: ">= 1,000/s, flat memory",
        yardstick: "osTicket 13/s, RT 5/s",
        // By then every cache is full: what still grows would grow with the archive.
        met: Some(rate >= 1_000.0 && peak * 4 <= halfway * 5),
    })
}

/// How an archive was taken in.
struct TakenIn {
    took: Duration,
    /// The most memory that the process had, kB, and the most in the first half of the time.
    peak: u64,
    halfway: u64,
}

fn take_in(mails: usize) -> Result<TakenIn> {
    let folder = tempfile::tempdir_in(crate::machine::beside_the_binary()?)?;
    let archive = folder.path().join("archive.mbox");
    write(mails, &archive)?;
    let begun = Instant::now();
    let mut command = Command::new(testkit::desk::binary()?);
    command.args(["import", "--json", "--data"]).arg(folder.path().join("desk")).arg(&archive);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut peaks = Vec::new();
    while child.try_wait()?.is_none() {
        peaks.extend(memory_of(child.id(), "VmHWM"));
        std::thread::sleep(LOOK);
    }
    let took = begun.elapsed();
    let output = child.wait_with_output()?;
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let stored = told["done"]["opened"].as_u64().unwrap_or(0) + told["done"]["written"].as_u64().unwrap_or(0);
    if stored != mails as u64 {
        return Err(format!("of {mails} mails {stored} were stored: {told}").into());
    }
    let (peak, halfway) = (peaks.last().copied(), peaks.get(peaks.len() / 2).copied());
    Ok(TakenIn { took, peak: peak.unwrap_or(0), halfway: halfway.unwrap_or(0) })
}

/// An archive: conversations of one to nine mails between people and the desk, some with HTML, some with a file.
fn write(mails: usize, archive: &Path) -> Result<()> {
    let (mut dice, language) = (Dice::new(7), Language::new());
    let mut out = BufWriter::new(File::create(archive)?);
    let (mut person, mut chain, mut left) = (0, Vec::new(), 0);
    for number in 0..mails {
        if left == 0 {
            (person, left) = (dice.below(mails / 20 + 1), 1 + dice.below(9).min(dice.below(9)));
            chain.clear();
        }
        left -= 1;
        let at = 1_700_000_000 + number as i64 * 300;
        let date = base::clock::Moment(at * 1_000);
        let from = format!("Person {person} <person{person}@example.org>");
        let text = language.message(&mut dice, 20, 150);
        writeln!(out, "From person{person}@example.org Mon Mar  2 09:00:00 2026")?;
        writeln!(
            out,
            "Received: from relay.example.org by mx.example.net with ESMTPS id {number}; {}",
            rfc_2822(date)
        )?;
        writeln!(out, "From: {from}\nTo: IT <it@example.net>\nSubject: {}", language.line(&mut dice, 2, 8))?;
        writeln!(out, "Date: {}\nMessage-ID: <{number}@example.org>\nMIME-Version: 1.0", rfc_2822(date))?;
        if !chain.is_empty() {
            let chain: Vec<String> = chain.iter().map(|id: &usize| format!("<{id}@example.org>")).collect();
            writeln!(out, "In-Reply-To: {}\nReferences: {}", chain[chain.len() - 1], chain.join("\n "))?;
        }
        match number % 10 {
            0..6 => writeln!(out, "Content-Type: text/plain; charset=utf-8\n\n{text}\n")?,
            6..9 => writeln!(
                out,
                "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n\
                 {text}\n--b\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>{text}</p></body></html>\n--b--\n"
            )?,
            _ => writeln!(
                out,
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\
                 --b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=log.bin\n\
                 Content-Transfer-Encoding: base64\n\n{}\n--b--\n",
                "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5QUJDREVGR0hJSktMTU5PUFE=\n".repeat(100)
            )?,
        }
        chain.push(number);
    }
    Ok(out.flush()?)
}

fn rfc_2822(at: base::clock::Moment) -> String {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
