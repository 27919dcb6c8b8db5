use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::Error;
use crate::error::io;

/// How long a server may take to be ready. Generous: two cores may be compiling next door.
pub(crate) const START: Duration = Duration::from_mins(1);
/// How long a server may take to end by itself before it is killed.
const STOP: Duration = Duration::from_secs(10);
/// How often a condition is looked at again.
pub(crate) const PAUSE: Duration = Duration::from_millis(20);

/// Holds a pipe to the test process. When that process dies without a word, the pipe closes, and the server's process
/// group is ended and its folder removed. (The kernel's own parent-death signal would fire when the *thread* that
/// started the server ends, and tests are threads.)
const WATCHDOG: &str = r#"
read -r word && [ "$word" = leave ] && exit 0
kill -s "$2" -- "-$1" 2>/dev/null
tries=0
while [ "$tries" -lt 100 ] && kill -s 0 -- "-$1" 2>/dev/null; do sleep 0.1; tries=$((tries + 1)); done
kill -s KILL -- "-$1" 2>/dev/null
[ -z "$3" ] || rm -rf -- "$3"
"#;

/// A server in a process group of its own, with its output in a file.
#[derive(Debug)]
pub(crate) struct Background {
    name: String,
    child: Child,
    watchdog: Child,
    stop_signal: &'static str,
    log: PathBuf,
    ended: Option<ExitStatus>,
}

impl Background {
    /// Starts `command` with its output appended to `log`. `stop_signal` (as `TERM`) is what ends it politely;
    /// `folder` is removed by the watchdog if the test process dies.
    pub(crate) fn start(
        name: &str,
        command: &mut Command,
        stop_signal: &'static str,
        log: &Path,
        folder: Option<&Path>,
    ) -> Result<Background, Error> {
        let out = File::options().create(true).append(true).open(log);
        let out = out.map_err(io(format!("open the log {}", log.display())))?;
        let err = out.try_clone().map_err(io(format!("open the log {} twice", log.display())))?;
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .process_group(0)
            .spawn()
            .map_err(io(format!("run {program}")))?;
        let watchdog = Command::new("/bin/sh")
            .args(["-c", WATCHDOG, "watchdog", &child.id().to_string(), stop_signal])
            .arg(folder.unwrap_or(Path::new("")))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        let mut child = child;
        let watchdog = watchdog.map_err(|error| {
            // Without its watchdog the server could outlive us, so it does not get to live at all. Both calls can
            // only fail when it has ended already.
            let _ = child.kill();
            let _ = child.wait();
            io("run /bin/sh")(error)
        })?;
        Ok(Background { name: name.into(), child, watchdog, stop_signal, log: log.into(), ended: None })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn log(&self) -> &Path {
        &self.log
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().ok().flatten();
            if self.ended.is_some() {
                self.dismiss_watchdog();
            }
        }
        self.ended
    }

    /// Waits until `ready` says so; an exit or the end of the wait is an error that shows the log's end.
    pub(crate) fn wait_until(&mut self, mut ready: impl FnMut() -> bool) -> Result<(), Error> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return Err(self.did_not_start(format!("it ended with {status}")));
            }
            if ready() {
                return Ok(());
            }
            if begun.elapsed() > START {
                return Err(self.did_not_start(format!("it did not answer within {START:?}")));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// SIGKILL to the whole group, and only then the reaping, so that the number cannot have become another's.
    pub(crate) fn kill9(&mut self) {
        if self.ended().is_none() {
            self.signal("KILL");
            self.ended = self.child.wait().ok();
            self.dismiss_watchdog();
        }
    }

    /// Asks it to end, and kills it when it does not.
    pub(crate) fn stop(&mut self) -> Option<ExitStatus> {
        if self.ended().is_none() {
            self.signal(self.stop_signal);
            let begun = Instant::now();
            while self.ended().is_none() && begun.elapsed() < STOP {
                std::thread::sleep(PAUSE);
            }
            self.kill9();
        }
        self.ended
    }

    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        // A refusal means that the group is gone already, which is what was wanted.
        let _ = Command::new("/bin/sh")
            .args(["-c", r#"kill -s "$1" -- "$2" 2>/dev/null"#, "signal", signal, &group])
            .stdin(Stdio::null())
            .status();
    }

    fn dismiss_watchdog(&mut self) {
        if let Some(mut pipe) = self.watchdog.stdin.take() {
            // If the watchdog is gone there is nobody to dismiss.
            let _ = pipe.write_all(b"leave\n");
            drop(pipe);
            let _ = self.watchdog.wait();
        }
    }

    fn did_not_start(&self, why: String) -> Error {
        Error::DidNotStart { name: self.name.clone(), why, log: self.log.clone(), tail: tail(&self.log, 40) }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The last `count` lines of a file, or a word about why there are none.
pub(crate) fn tail(path: &Path, count: usize) -> String {
    match fs::read(path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let lines: Vec<&str> = text.lines().collect();
            lines[lines.len().saturating_sub(count)..].join("\n")
        }
        Err(error) => format!("(no log: {error})"),
    }
}

/// Whether a server on this port greets with `greeting` (SMTP and IMAP speak first).
pub(crate) fn greets(port: u16, greeting: &str) -> bool {
    let Ok(mut stream) = connect(port) else { return false };
    let mut start = vec![0; greeting.len()];
    stream.read_exact(&mut start).is_ok() && start == greeting.as_bytes()
}

/// The status of `GET path` on this port, or `None` while nothing answers.
pub(crate) fn http_status(port: u16, path: &str) -> Option<u16> {
    let mut stream = connect(port).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    std::str::from_utf8(&start).ok()?.strip_prefix("HTTP/1.1 ")?.parse().ok()
}

fn connect(port: u16) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    Ok(stream)
}
