//! How long a start takes, and what a desk holds in memory before anybody came.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use testkit::port::Port;

use crate::Result;
use crate::desk::copy_of;
use crate::fill::Filled;
use crate::load::{span, thousands};
use crate::machine::memory_of;
use crate::row::Row;

/// Whoever is not ready by then does not start at all.
const PATIENCE: Duration = Duration::from_mins(1);
const TIMES: usize = 5;

/// A desk started without anything in between, killed when dropped.
pub(crate) struct Bare(Child);

impl Bare {
    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // It may have ended already, which is what was wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The rows about starting.
pub(crate) fn measure(filled: &Filled) -> Result<Vec<Row>> {
    let port = Port::reserve()?;
    let (mut first, mut second, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let folder =
            tempfile::Builder::new().prefix("empty-").tempdir_in(filled.folder.parent().unwrap_or(&filled.folder))?;
        first.push(start(folder.path(), &port)?.0);
        let (took, desk) = start(folder.path(), &port)?;
        second.push(took);
        ask(&port, "/")?;
        memory.push(memory_of(desk.id(), "VmRSS")?);
    }
    memory.sort_unstable();
    let (first, second, megabytes) = (middle(first), middle(second), memory[TIMES / 2] / 1000);
    let copy = copy_of(filled)?;
    let mut full = Vec::new();
    for _ in 0..TIMES {
        full.push(start(copy.path(), &port)?.0);
    }
    let full = middle(full);
    Ok(vec![
        Row {
            work: "start on an empty folder, until ready".to_owned(),
            measured: format!("{}; the very first time, making the database, {}", span(second), span(first)),
            bar: "<= 0.2 s",
            yardstick: "FreeScout and osTicket 0.6 s, RT 2.7 s",
            met: Some(first.max(second) <= Duration::from_millis(200)),
        },
        Row::figure(
            format!("start with {} touchpoints, until ready", thousands(filled.touchpoints as f64)),
            span(full),
        ),
        Row {
            work: "memory, empty, after one page".to_owned(),
            measured: format!("{megabytes} MB"),
            bar: "<= 60 MB",
            yardstick: "FreeScout 640 MB, osTicket 760 MB, django-helpdesk 1.0 GB, RT 2.8 GB",
            met: Some(megabytes <= 60),
        },
    ])
}

/// The one in the middle.
pub(crate) fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Starts the desk and waits until it is ready; how long that took, looking each millisecond.
pub(crate) fn start(data: &Path, port: &Port) -> Result<(Duration, Bare)> {
    let address = format!("127.0.0.1:{}", port.number());
    let begun = Instant::now();
    let mut command = Command::new(testkit::desk::binary()?);
    command.args(["serve", "--listen", &address, "--data"]).arg(data);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut desk = Bare(child);
    loop {
        if ask(port, "/readyz").is_ok_and(|status| status == "200") {
            return Ok((begun.elapsed(), desk));
        }
        if let Some(status) = desk.0.try_wait()? {
            return Err(format!("the desk ended with {status} instead of starting").into());
        }
        if begun.elapsed() > PATIENCE {
            return Err(format!("the desk was not ready after {PATIENCE:?}").into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The status of a page; reads it to its end.
fn ask(port: &Port, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port.number()))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap_or_default().to_owned())
}
