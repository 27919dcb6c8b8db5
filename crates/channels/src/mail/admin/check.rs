//! The connection test: what the desk does with a mailbox, step by step, with the server's words and what to do; and the
//! set-up page, which tries what was typed and gives the lines for `thedesk.toml`. Nothing typed here is stored, and a
//! password is never shown again.

use std::time::Duration;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum_extra::extract::Query;
use base::config::{Account, Config, Overrides};
use serde::Deserialize;
use web::App;
use web::actor::Admin;
use web::error::{Error, Result};
use web::form::{Check, Errors, Input};
use web::page::{Page, Section, ui};

use super::super::mailroom::Mailroom;
use super::super::probe::{Step, StepOutcome, probe};

/// However many steps there are, an answer comes after this.
const PATIENCE: Duration = Duration::from_secs(90);

/// The steps, as both pages show them.
#[derive(Template)]
#[template(path = "mail/admin/steps.html")]
struct Steps<'s> {
    page: &'s Page,
    steps: &'s [Step],
}

impl Steps<'_> {
    fn side_key(step: &Step) -> String {
        format!("mail-side-{}", step.side)
    }

    fn what_key(step: &Step) -> String {
        format!("mail-step-{}", step.what)
    }

    /// Whether a side begins with this step.
    fn begins(&self, at: &usize) -> bool {
        *at == 0 || self.steps[at - 1].side != self.steps[*at].side
    }

    fn advice(step: &Step) -> Option<&'static str> {
        match step.outcome {
            StepOutcome::Ok => None,
            StepOutcome::Failed { advice_key } => Some(advice_key),
        }
    }

    fn took(step: &Step) -> String {
        format!("{}\u{a0}ms", step.took.as_millis())
    }
}

#[derive(Template)]
#[template(path = "mail/admin/check.html")]
struct Checked {
    page: Page,
    address: String,
    works: bool,
    steps: String,
}

/// Tries an account, in less time than the desk itself would give it: somebody waits.
async fn tried(app: &App, room: &Mailroom, account: &Account) -> Vec<Step> {
    let hurried = room.in_a_hurry();
    tokio::time::timeout(PATIENCE, probe(app, &hurried, account)).await.unwrap_or_default()
}

fn works(steps: &[Step]) -> bool {
    !steps.is_empty() && steps.iter().all(Step::is_ok)
}

/// POST /admin/mail/check: tries a mailbox as it is set up.
pub(super) async fn create(
    admin: Admin,
    State(app): State<App>,
    Extension(room): Extension<Mailroom>,
    input: Input,
) -> Result {
    let account = room.accounts().iter().find(|account| account.address == input.get("account")).cloned();
    let account = account.ok_or(Error::NotFound)?;
    let steps = tried(&app, &room, &account).await;
    let page = admin.visit.page(&app, &admin.visit.words.t("check-title"), Section::Admin);
    let shown = Steps { page: &page, steps: &steps }.render()?;
    Ok(Html(Checked { works: works(&steps), steps: shown, address: account.address, page }.render()?).into_response())
}

/// Who runs the mailbox.
const PROVIDERS: [&str; 3] = ["own", "google", "microsoft"];

#[derive(Deserialize)]
pub(super) struct For {
    #[serde(default, rename = "for")]
    provider: String,
}

#[derive(Template)]
#[template(path = "mail/admin/new.html")]
struct New {
    page: Page,
    provider: &'static str,
    input: Input,
    errors: Errors,
    /// What came of trying it: whether it works, the steps, and the lines.
    outcome: Option<(bool, String, String)>,
    /// What the file's reader says of it.
    wrong: Option<String>,
    tls: Vec<ui::Opt>,
}

impl New {
    fn providers() -> impl Iterator<Item = &'static str> {
        PROVIDERS.into_iter()
    }

    /// What is known of a provider's servers.
    fn value(&self, field: &str) -> String {
        let typed = self.input.get(field);
        if !typed.is_empty() {
            return typed.to_owned();
        }
        match (self.provider, field) {
            ("google", "imap_host") => "imap.gmail.com",
            ("google", "smtp_host") => "smtp.gmail.com",
            (_, "smtp_tls") => "starttls",
            (_, "imap_tls") => "implicit",
            _ => "",
        }
        .to_owned()
    }
}

/// GET /admin/mail/new
pub(super) async fn new(admin: Admin, State(app): State<App>, Query(place): Query<For>) -> Result {
    let provider = PROVIDERS.into_iter().find(|name| *name == place.provider).unwrap_or(PROVIDERS[0]);
    show(&admin, &app, provider, Input::default(), Errors::default(), None, None)
}

fn show(
    admin: &Admin,
    app: &App,
    provider: &'static str,
    input: Input,
    errors: Errors,
    outcome: Option<(bool, String, String)>,
    wrong: Option<String>,
) -> Result {
    let page = admin.visit.page(app, &admin.visit.words.t("mailbox-new"), Section::Admin);
    let tls = ["implicit", "starttls", "none"].map(|word| ui::Opt::new(word, page.t(format!("tls-{word}")))).to_vec();
    Ok(Html(New { page, provider, input, errors, outcome, wrong, tls }.render()?).into_response())
}

/// POST /admin/mail/new: tries what was typed, and gives the lines. Nothing is stored.
pub(super) async fn create_new(
    admin: Admin,
    State(app): State<App>,
    Extension(room): Extension<Mailroom>,
    input: Input,
) -> Result {
    let provider = PROVIDERS.into_iter().find(|name| *name == input.get("provider")).unwrap_or(PROVIDERS[0]);
    let typed = match Typed::parse(&input) {
        Ok(typed) => typed,
        Err(errors) => return show(&admin, &app, provider, input, errors, None, None),
    };
    // Read as the file is read, so that what works here works there.
    let toml = typed.lines(&format!("password = {}", quoted(input.get("password"))));
    let read = Config::read(&toml, std::path::Path::new(""), [], &Overrides::default());
    let account = match read {
        Ok(config) => config.mail.accounts.into_iter().next().ok_or(Error::NotFound)?,
        Err(error) => return show(&admin, &app, provider, input, Errors::default(), None, Some(error.to_string())),
    };
    let steps = tried(&app, &room, &account).await;
    let page = admin.visit.page(&app, "", Section::Admin);
    let shown = Steps { page: &page, steps: &steps }.render()?;
    let lines = typed.lines("password_file = \"mail.password\"");
    show(&admin, &app, provider, input, Errors::default(), Some((works(&steps), shown, lines)), None)
}

/// What was typed, checked as far as lines go.
struct Typed {
    address: String,
    user: String,
    imap: Option<Server>,
    smtp: Option<Server>,
}

struct Server {
    host: String,
    port: String,
    tls: String,
}

impl Typed {
    fn parse(input: &Input) -> Result<Self, Errors> {
        let mut check = Check::of(input);
        let address = check.email("address");
        let user = check.optional("user", 254);
        let mut server = |side: &str| {
            let host = check.optional(&format!("{side}_host"), 253);
            let port = check.optional(&format!("{side}_port"), 5);
            if !port.is_empty() && port.parse::<u16>().is_err() {
                check.refuse(&format!("{side}_port"), "form-port");
            }
            let tls = check.choice(&format!("{side}_tls"), |word| {
                ["implicit", "starttls", "none"].contains(&word).then(|| word.to_owned())
            });
            (!host.is_empty()).then(|| Server { host, port, tls: tls.unwrap_or_else(|| "implicit".to_owned()) })
        };
        let (imap, smtp) = (server("imap"), server("smtp"));
        if imap.is_none() && smtp.is_none() {
            check.refuse("imap_host", "form-required");
        }
        let user = if user.is_empty() { address.clone() } else { user };
        check.finish(Self { address, user, imap, smtp })
    }

    /// The lines for the file; `password` is the one that names it.
    fn lines(&self, password: &str) -> String {
        let mut lines = format!("[[mail.accounts]]\naddress = {}\n", quoted(&self.address));
        for (side, server) in [("imap", &self.imap), ("smtp", &self.smtp)] {
            let Some(server) = server else { continue };
            lines.push_str(&format!("[mail.accounts.{side}]\nhost = {}\n", quoted(&server.host)));
            if !server.port.is_empty() {
                lines.push_str(&format!("port = {}\n", server.port.trim_start_matches('0')));
            }
            lines.push_str(&format!("tls = {}\nuser = {}\n{password}\n", quoted(&server.tls), quoted(&self.user)));
        }
        lines
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_lines_that_can_be_read() {
        let input = Input::with(&[
            ("address", "Help@example.org"),
            ("imap_host", "imap.example.org\"\n[mail]"),
            ("imap_port", "0993"),
            ("smtp_host", "smtp.example.org"),
            ("smtp_tls", "starttls"),
        ]);
        let typed = Typed::parse(&input).unwrap();
        let secret = quoted("a\"b\\c\u{7f}\n");
        let read = |toml: &str| Config::read(toml, std::path::Path::new(""), [], &Overrides::default()).unwrap();
        let config = read(&typed.lines(&format!("password = {secret}")));
        let account = &config.mail.accounts[0];
        let imap = account.imap.as_ref().unwrap();
        assert_eq!(
            (imap.port(), imap.user.as_str(), imap.password.expose()),
            (993, "help@example.org", "a\"b\\c\u{7f}\n")
        );
        assert_eq!(imap.host, "imap.example.org\"\n[mail]", "it stays one text, whatever is in it");
        assert_eq!(account.smtp.as_ref().unwrap().port(), 587);
        assert!(Typed::parse(&Input::with(&[("address", "help@example.org")])).is_err(), "a mailbox has a server");
        let port = [("address", "help@example.org"), ("imap_host", "x"), ("imap_port", "70000")];
        assert!(Typed::parse(&Input::with(&port)).is_err());
    }
}
