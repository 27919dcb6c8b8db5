//! Just enough SMTP and IMAP, spoken by hand, to see what a client would see.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

fn connect(port: u16) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    BufReader::new(stream)
}

pub(crate) struct Smtp(BufReader<TcpStream>);

impl Smtp {
    pub(crate) fn connect(port: u16) -> Smtp {
        let mut smtp = Smtp(connect(port));
        assert_eq!(smtp.answer(), 220);
        assert_eq!(smtp.command("EHLO client.lindenhof.example"), 250);
        smtp
    }

    pub(crate) fn wait_at_most(&mut self, time: Duration) {
        self.0.get_ref().set_read_timeout(Some(time)).unwrap();
    }

    /// The code that ended the attempt: of RCPT when it was refused, else of the message; 0 when none came.
    pub(crate) fn send(&mut self, from: &str, to: &str, message: &str) -> u16 {
        assert_eq!(self.command(&format!("MAIL FROM:<{from}>")), 250);
        let code = self.command(&format!("RCPT TO:<{to}>"));
        if code != 250 {
            assert_eq!(self.command("RSET"), 250);
            return code;
        }
        assert_eq!(self.command("DATA"), 354);
        self.command(&format!("{message}."))
    }

    fn command(&mut self, line: &str) -> u16 {
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes()).unwrap();
        self.answer()
    }

    fn answer(&mut self) -> u16 {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).is_err() || line.len() < 4 {
                return 0;
            }
            if line.as_bytes()[3] == b' ' {
                return line[..3].parse().unwrap();
            }
        }
    }
}

pub(crate) struct Imap(BufReader<TcpStream>);

impl Imap {
    pub(crate) fn log_in(port: u16, user: &str, password: &str) -> Imap {
        let mut imap = Imap(connect(port));
        imap.wait_for("* OK");
        imap.command(&format!("login \"{user}\" \"{password}\""));
        imap
    }

    /// Runs a command that must succeed, and returns all that was said.
    pub(crate) fn command(&mut self, line: &str) -> String {
        self.0.get_mut().write_all(format!("a {line}\r\n").as_bytes()).unwrap();
        self.wait_for("a OK")
    }

    pub(crate) fn idle(&mut self) {
        self.command("select INBOX");
        self.0.get_mut().write_all(b"b idle\r\n").unwrap();
        self.wait_for("+ idling");
    }

    pub(crate) fn wait_for(&mut self, word: &str) -> String {
        let mut said = String::new();
        loop {
            let start = said.len();
            let read = self.0.read_line(&mut said).unwrap_or(0);
            assert!(read > 0 && !said[start..].starts_with("a NO"), "no {word:?}, but:\n{said}");
            if said[start..].contains(word) {
                return said;
            }
        }
    }
}
