//! A real mail system on loopback: Exim takes mail in by SMTP, Dovecot keeps it and shows it by IMAP.
//!
//! Every address at a domain that ends in `.example` has a mailbox, with the same password; `name+anything@` lands in
//! the mailbox `name@`. How Exim treats a recipient is told by the name before the `@`, or before a `-` or `+` in it:
//!
//! | recipient | what happens |
//! |---|---|
//! | `refuse@`, `refuse-anything@` | 550 to RCPT, for good |
//! | `defer@` | 450 to RCPT, always |
//! | `greylist@` | 450 to RCPT the first time that a sender writes to this recipient, then accepted |
//! | `reject@` | 550 after DATA |
//! | `hang@` | no answer after DATA, for an hour |
//! | `bounce@` | accepted, then returned to the sender as an undeliverable message |
//! | anyone else at `.example` | delivered |
//! | anyone at another domain | 550, no relaying |

mod authority;
mod configuration;
mod letter;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Error;
use crate::error::io;
use crate::folder::{self, User};
use crate::port::Port;
use crate::process::{Background, PAUSE, greets, tail};

pub use authority::{Authority, Certificate};
pub use letter::Letter;

/// The password of every mailbox, for IMAP and for SMTP (which does not ask for one).
pub const PASSWORD: &str = "loopback-only";

/// What a test needs besides plain IMAP and SMTP.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Show this certificate, at the ports that begin with TLS and after STARTTLS at the others.
    pub certificate: Option<Certificate>,
    /// Speak POP3.
    pub pop3: bool,
    /// Take tokens (XOAUTH2, OAUTHBEARER) that this address, with the token at its end, speaks for.
    pub introspection: Option<String>,
    /// Say that IMAP can do these things and no others.
    pub imap_capability: Option<String>,
}

/// The ports of both.
#[derive(Debug)]
struct Ports {
    smtp: Port,
    smtps: Port,
    imap: Port,
    imaps: Port,
    pop3: Port,
    pop3s: Port,
}

/// A running pair of Exim and Dovecot.
#[derive(Debug)]
pub struct Server {
    // Order matters: the servers end before their folder goes.
    exim: Option<Background>,
    _dovecot: Background,
    folder: TempDir,
    user: User,
    ports: Ports,
    options: Options,
}

impl Server {
    /// Starts both, and waits until they greet.
    pub fn start() -> Result<Server, Error> {
        Server::with(Options::default())
    }

    /// Starts both with more than that.
    pub fn with(options: Options) -> Result<Server, Error> {
        let user = User::for_servers()?;
        let folder = folder::in_memory("mail")?;
        user.owns(folder.path())?;
        for below in ["mail", "dovecot", "exim/log", "exim/db", "exim/input", "exim/msglog"] {
            user.makes(folder.path(), below)?;
        }
        let ports = Ports {
            smtp: Port::reserve()?,
            smtps: Port::reserve()?,
            imap: Port::reserve()?,
            imaps: Port::reserve()?,
            pop3: Port::reserve()?,
            pop3s: Port::reserve()?,
        };
        let write = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::write(&file, text).map_err(io(format!("write {}", file.display())))?;
            user.owns(&file)
        };
        if let Some(shown) = &options.certificate {
            write("server.pem", &shown.certificate)?;
            write("server.key", &shown.key)?;
        }
        if let Some(address) = &options.introspection {
            let about = "introspection_mode = get\nusername_attribute = username\nactive_attribute = active\n\
                         active_value = true\n";
            write("oauth2.conf", &format!("introspection_url = {address}\n{about}"))?;
        }
        let dovecot = start_dovecot(folder.path(), user, &ports, &options)?;
        let exim = start_exim(folder.path(), user, &ports, &options)?;
        Ok(Server { exim: Some(exim), _dovecot: dovecot, folder, user, ports, options })
    }

    /// The port where Exim takes mail with TLS from the first byte; only with a certificate.
    pub fn smtps_port(&self) -> u16 {
        self.ports.smtps.number()
    }

    /// The port where Dovecot speaks IMAP with TLS from the first byte; only with a certificate.
    pub fn imaps_port(&self) -> u16 {
        self.ports.imaps.number()
    }

    /// The port where Dovecot speaks POP3; only when asked for.
    pub fn pop3_port(&self) -> u16 {
        self.ports.pop3.number()
    }

    /// The port where Dovecot speaks POP3 with TLS from the first byte; only when asked for, with a certificate.
    pub fn pop3s_port(&self) -> u16 {
        self.ports.pop3s.number()
    }

    /// The port of 127.0.0.1 where Exim takes mail: no TLS; PLAIN and LOGIN offered, not demanded.
    pub fn smtp_port(&self) -> u16 {
        self.ports.smtp.number()
    }

    /// The port of 127.0.0.1 where Dovecot speaks IMAP with IDLE: no TLS; user is the whole address, password
    /// [`PASSWORD`].
    pub fn imap_port(&self) -> u16 {
        self.ports.imap.number()
    }

    /// Lays a message into a mailbox, byte for byte as given, as if it had just come in. The way for broken mail;
    /// whole mail better comes by SMTP.
    pub fn deliver(&self, mailbox: &str, raw: &[u8]) -> Result<(), Error> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let maildir = self.maildir(mailbox)?;
        let nanoseconds = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos());
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let (seconds, rest) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
        let name = format!("{seconds}.N{rest:09}P{}Q{number}.testkit", std::process::id());
        let draft = maildir.join("tmp").join(&name);
        fs::write(&draft, raw).map_err(io(format!("write {}", draft.display())))?;
        self.user.owns(&draft)?;
        // The rename is what makes it appear whole.
        fs::rename(&draft, maildir.join("new").join(&name)).map_err(io("put a message into a maildir"))
    }

    /// Everything in a mailbox's inbox, read or not, oldest first.
    pub fn list(&self, mailbox: &str) -> Result<Vec<Letter>, Error> {
        let maildir = self.maildir(mailbox)?;
        let mut found = Vec::new();
        for part in ["new", "cur"] {
            let folder = maildir.join(part);
            let entries = fs::read_dir(&folder).map_err(io(format!("read {}", folder.display())))?;
            for entry in entries.flatten() {
                // A reader that moves it from new to cur at this moment shows it again at the next look.
                if let (Ok(raw), Ok(about)) = (fs::read(entry.path()), entry.metadata()) {
                    found.push((about.modified().ok(), entry.file_name(), Letter::new(raw)));
                }
            }
        }
        found.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
        Ok(found.into_iter().map(|(_, _, letter)| letter).collect())
    }

    /// Everything in another folder of a mailbox, each with its flags as Maildir writes them (`S` is read); nothing when
    /// there is no such folder.
    pub fn list_in(&self, mailbox: &str, folder: &str) -> Result<Vec<(Letter, String)>, Error> {
        let maildir = self.maildir(mailbox)?.join(format!(".{folder}"));
        let mut found = Vec::new();
        for part in ["new", "cur"] {
            for entry in fs::read_dir(maildir.join(part)).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let flags = name.split_once(":2,").map_or("", |(_, flags)| flags).to_owned();
                found.extend(fs::read(entry.path()).ok().map(|raw| (Letter::new(raw), flags)));
            }
        }
        Ok(found)
    }

    /// Waits until a letter in the mailbox satisfies `wanted`, and returns the first that does. The error lists what
    /// was in the mailbox instead.
    pub fn wait_for_mail(
        &self,
        mailbox: &str,
        wanted: impl Fn(&Letter) -> bool,
        at_most: Duration,
    ) -> Result<Letter, Error> {
        let begun = Instant::now();
        loop {
            let letters = self.list(mailbox)?;
            if let Some(found) = letters.iter().find(|letter| wanted(letter)) {
                return Ok(found.clone());
            }
            if begun.elapsed() > at_most {
                let subjects: Vec<String> = letters.iter().map(|letter| format!("{:?}", letter.subject())).collect();
                let seen = if subjects.is_empty() { "an empty mailbox".into() } else { subjects.join(", ") };
                let seen = format!("{seen}\nExim's log ends with:\n{}", self.log());
                return Err(Error::TimedOut { what: format!("a letter to {mailbox}"), waited: at_most, seen });
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// What Exim and Dovecot logged lately.
    pub fn log(&self) -> String {
        let exim = tail(&self.folder.path().join("exim/log/main"), 30);
        let dovecot = tail(&self.folder.path().join("dovecot.log"), 15);
        format!("{exim}\n{dovecot}")
    }

    /// `kill -9` of Exim and whatever it is receiving; [`Server::start_smtp`] brings it back on the same port.
    pub fn kill_smtp(&mut self) {
        if let Some(mut exim) = self.exim.take() {
            exim.kill9();
        }
    }

    /// Starts Exim again after [`Server::kill_smtp`]. Mail that it had accepted is still there.
    pub fn start_smtp(&mut self) -> Result<(), Error> {
        if self.exim.is_none() {
            self.exim = Some(start_exim(self.folder.path(), self.user, &self.ports, &self.options)?);
        }
        Ok(())
    }

    fn maildir(&self, mailbox: &str) -> Result<PathBuf, Error> {
        let mailbox = mailbox.to_lowercase();
        // An address is a folder's name here, so it must not lead elsewhere.
        let mailbox = mailbox.replace('/', "_");
        for part in ["cur", "new", "tmp"] {
            self.user.makes(&self.folder.path().join("mail"), &format!("{mailbox}/Maildir/{part}"))?;
        }
        Ok(self.folder.path().join("mail").join(mailbox).join("Maildir"))
    }
}

fn start_dovecot(folder: &Path, user: User, ports: &Ports, options: &Options) -> Result<Background, Error> {
    let program = program("/usr/sbin/dovecot", "dovecot-imapd")?;
    for (part, package) in [("imap", "dovecot-imapd"), ("lmtp", "dovecot-lmtpd"), ("pop3", "dovecot-pop3d")] {
        if (part != "pop3" || options.pop3) && !Path::new("/usr/lib/dovecot").join(part).is_file() {
            return Err(Error::Missing { program: format!("/usr/lib/dovecot/{part}"), package });
        }
    }
    let file = folder.join("dovecot.conf");
    fs::write(&file, configuration::dovecot(folder, user, ports, options)?)
        .map_err(io("write Dovecot's configuration"))?;
    // Dovecot opens its log by itself too, as the user that it runs as.
    let log = folder.join("dovecot.log");
    fs::File::create(&log).map_err(io("make Dovecot's log"))?;
    user.owns(&log)?;
    let mut command = Command::new(program);
    user.runs(command.arg("-F").arg("-c").arg(&file).current_dir(folder));
    let mut running = Background::start("Dovecot", &mut command, "TERM", &folder.join("dovecot.log"), Some(folder))?;
    running.wait_until(|| greets(ports.imap.number(), "* OK"))?;
    Ok(running)
}

fn start_exim(folder: &Path, user: User, ports: &Ports, options: &Options) -> Result<Background, Error> {
    let exim = program("/usr/sbin/exim4", "exim4-daemon-light")?;
    // setpriv keeps Exim's set-user-id bit from making it root: it has no business being that here.
    let setpriv = program("/usr/bin/setpriv", "util-linux")?;
    let file = folder.join("exim.conf");
    fs::write(&file, configuration::exim(folder, user, ports, options)?).map_err(io("write Exim's configuration"))?;
    let mut command = Command::new(setpriv);
    command.args(["--no-new-privs", "--"]).arg(exim).arg("-C").arg(&file).args(["-bdf", "-q2s"]).current_dir(folder);
    user.runs(&mut command);
    let mut running = Background::start("Exim", &mut command, "TERM", &folder.join("exim.out"), Some(folder))?;
    running.wait_until(|| greets(ports.smtp.number(), "220 "))?;
    Ok(running)
}

fn program(path: &'static str, package: &'static str) -> Result<&'static str, Error> {
    if Path::new(path).is_file() { Ok(path) } else { Err(Error::Missing { program: path.into(), package }) }
}
