//! The desk itself as a process: the binary `thedesk` on a free port, killed or stopped at will.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use tempfile::TempDir;

use crate::Error;
use crate::error::io;
use crate::folder;
use crate::port::Port;
use crate::process::{Background, http_status, tail};

/// A running desk. Its log goes to a file, and to the test's output when the test fails.
#[derive(Debug)]
pub struct Process {
    running: Background,
    port: Port,
    recipe: Recipe,
    log_folder: TempDir,
}

/// What to run again after a kill.
#[derive(Debug)]
struct Recipe {
    program: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

impl Process {
    /// Runs `thedesk ARGUMENTS --listen 127.0.0.1:PORT` and waits until `/readyz` answers 200.
    /// Arguments are as on the command line: `["serve", "--data", "..."]`.
    pub fn start(arguments: &[&str]) -> Result<Process, Error> {
        Process::start_with(arguments, &[])
    }

    /// As [`Process::start`], with environment variables on top of the test's own.
    pub fn start_with(arguments: &[&str], environment: &[(&str, &str)]) -> Result<Process, Error> {
        Process::start_program(binary()?, arguments, environment)
    }

    fn start_program(program: PathBuf, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Process, Error> {
        let port = Port::reserve()?;
        let log_folder = folder::on_disk("process")?;
        let mut arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        arguments.extend(["--listen".into(), format!("127.0.0.1:{}", port.number())]);
        let environment = environment.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let recipe = Recipe { program, arguments, environment };
        let running = recipe.launch(port.number(), log_folder.path())?;
        Ok(Process { running, port, recipe, log_folder })
    }

    /// Where it answers, as `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port.number())
    }

    /// The process id, to measure it.
    pub fn id(&self) -> u32 {
        self.running.id()
    }

    /// Everything it has said on standard output and standard error since its first start.
    pub fn log(&self) -> String {
        tail(self.running.log(), usize::MAX)
    }

    /// `kill -9`: no time for a last word. The port stays reserved for [`Process::start_again`].
    pub fn kill9(&mut self) {
        self.running.kill9();
    }

    /// SIGTERM, as an operator or systemd would, and waits (killing it after ten seconds). How it ended.
    pub fn stop(&mut self) -> Option<ExitStatus> {
        self.running.stop()
    }

    /// Starts it again with the same arguments on the same port, after [`Process::kill9`] or [`Process::stop`]
    /// (a running one is stopped first), and waits until it is ready.
    pub fn start_again(&mut self) -> Result<(), Error> {
        self.running.stop();
        self.running = self.recipe.launch(self.port.number(), self.log_folder.path())?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- the desk's log ---\n{}\n--- end of the desk's log ---", tail(self.running.log(), 200));
        }
    }
}

/// Where the binary is: `THEDESK_TEST_BIN`, else `thedesk` in the target folder that this test was built into.
pub fn binary() -> Result<PathBuf, Error> {
    if let Some(path) = std::env::var_os("THEDESK_TEST_BIN") {
        return Ok(path.into());
    }
    let own = std::env::current_exe().map_err(io("find the path of this test"))?;
    let found = own.ancestors().skip(1).take(2).map(|folder| folder.join("thedesk")).find(|path| path.is_file());
    found.ok_or_else(|| Error::Io {
        doing: "find the binary thedesk; run `cargo build -p app` first, or set THEDESK_TEST_BIN".into(),
        source: std::io::ErrorKind::NotFound.into(),
    })
}

impl Recipe {
    fn launch(&self, port: u16, log_folder: &Path) -> Result<Background, Error> {
        let log = log_folder.join("thedesk.log");
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        let mut running = Background::start("thedesk", &mut command, "TERM", &log, Some(log_folder))?;
        running.wait_until(|| http_status(port, "/readyz") == Some(200))?;
        Ok(running)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands in for the desk: ready from the second request on, and ends well when asked to.
    const STAND_IN: &str = "
        const [host, port] = process.argv.at(-1).split(':');
        let asked = 0;
        console.log('hello from', process.env.WHO);
        process.on('SIGTERM', () => process.exit(7));
        require('node:http').createServer((request, response) => {
          response.writeHead(request.url === '/readyz' && asked++ > 0 ? 200 : 503);
          response.end();
        }).listen(Number(port), host);";

    fn start(script: &str) -> Result<Process, Error> {
        Process::start_program("node".into(), &["-e", script, "--"], &[("WHO", "the stand-in")])
    }

    #[test]
    fn a_desk_is_ready_survives_its_own_kill_and_can_be_asked_to_end() -> Result<(), Error> {
        let mut desk = start(STAND_IN)?;
        assert_eq!(http_status(desk.port.number(), "/readyz"), Some(200));
        let first = desk.id();
        desk.kill9();
        assert_eq!(http_status(desk.port.number(), "/readyz"), None);
        desk.start_again()?;
        assert_ne!(desk.id(), first);
        assert_eq!(desk.log().matches("hello from the stand-in").count(), 2, "{}", desk.log());
        assert_eq!(desk.stop().and_then(|status| status.code()), Some(7));
        Ok(())
    }

    #[test]
    fn a_desk_that_ends_at_once_is_an_error_with_its_last_words() {
        let error = start("console.error('the port is in use'); process.exit(1)").map(|desk| desk.url());
        let message = error.unwrap_or_else(|error| error.to_string());
        assert!(message.contains("exit status: 1") && message.contains("the port is in use"), "{message}");
    }
}
