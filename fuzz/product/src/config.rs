//! What must hold for any configuration file, and any environment.

use std::path::Path;

use base::config::{Config, ConfigError, Overrides};

/// A password that no error may repeat.
const SECRET: &str = "Xq7secretXq7";

fn read(text: &str, environment: Vec<(String, String)>) -> Result<Config, ConfigError> {
    Config::read(text, Path::new("/nowhere"), environment, &Overrides::default())
}

/// A file; its first byte says what else there is.
pub fn config(data: &[u8]) {
    let Some((&how, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    // Files that it names are read: what is on this machine is no business of a fuzzer.
    if text.contains("_file") {
        return;
    }
    match how % 3 {
        0 => file(&text),
        1 => secret(&text),
        _ => environment(&text),
    }
}

fn file(text: &str) {
    let read_once = read(text, Vec::new());
    match (read_once, read(text, Vec::new())) {
        (Ok(one), Ok(two)) => {
            assert!(one == two, "read twice, two configurations");
            let shown = format!("{one:?} {}", one.database());
            assert!(!shown.is_empty());
            for account in &one.mail.accounts {
                lines(&account.lines());
            }
            one.is_own("somebody@example.org");
            one.mail.domain();
            for address in one.mail.addresses() {
                one.mail.server_of(address);
            }
        }
        (Err(one), Err(two)) => {
            assert_eq!(one, two);
            assert!(!one.to_string().is_empty());
        }
        _ => panic!("read twice, once an error"),
    }
}

/// What a mailbox's page gives to be put into the file can be put there.
fn lines(lines: &str) {
    // A password is not in them, and a mailbox without one is read all the same.
    let again: Result<toml::Table, _> = toml::from_str(lines);
    assert!(again.is_ok(), "{lines}: {again:?}");
}

/// A file with a password, before and behind which stands anything: no error tells it.
fn secret(text: &str) {
    // What ends the text that a password is in, or makes a key of it, makes it public.
    if text.contains("\"\"\"") || text.contains("'''") || text.contains('=') && text.ends_with('\\') {
        return;
    }
    let (before, after) = text.split_once('\u{1}').unwrap_or((text, ""));
    let places = [
        format!("{before}\nmetrics_token = \"{SECRET}\"\n{after}"),
        format!("{before}\ndatabase_url = \"postgres://desk:{SECRET}@db/desk\" {after}"),
        format!(
            "{before}\n[[mail.accounts]]\naddress = \"a@b.example\"\n[mail.accounts.imap]\nhost = \"h\"\nuser = \"u\"\n\
             password = \"{SECRET}\"\n{after}"
        ),
        format!(
            "{before}\n[[mail.accounts]]\naddress = \"a@b.example\"\n\
             smtp = {{ host = \"h\", user = \"u\", password = \"{SECRET}\"{after} }}\n"
        ),
        format!(
            "[[mail.accounts]]\naddress = \"a@b.example\"\n[mail.accounts.imap]\nhost = \"h\"\nuser = \"u\"\n\
             password = \"\"\"\n{before}\n{SECRET}\n{after}"
        ),
    ];
    for place in places {
        match read(&place, Vec::new()) {
            Ok(config) => {
                let shown = format!("{config:?}") + &toml::to_string(&config).unwrap_or_default();
                // Where what stands before made another text of it, it is no password.
                let known = [config.metrics_token.expose(), config.database_url.expose()];
                let of_mail = config.mail.accounts.iter().flat_map(|account| {
                    account
                        .imap
                        .iter()
                        .map(|imap| imap.password.expose())
                        .chain(account.smtp.iter().map(|smtp| smtp.password.expose()))
                });
                let is_secret = known.into_iter().chain(of_mail).any(|text| text.contains(SECRET));
                assert!(!is_secret || !shown.contains(SECRET), "shown: {shown}");
            }
            Err(error) => assert!(!error.to_string().contains(SECRET), "{error} of {place:?}"),
        }
    }
}

/// The environment over an empty file: `text` cut into names and values at line ends.
fn environment(text: &str) {
    const NAMES: [&str; 8] = [
        "THEDESK_LISTEN",
        "THEDESK_BASE_URL",
        "THEDESK_METRICS_TOKEN",
        "THEDESK_MAIL_ACCOUNTS",
        "THEDESK_DESK_OWN_DOMAINS",
        "THEDESK_DESK_TIME_ZONE",
        "THEDESK_SURVEY_SAMPLE_SHARE",
        "THEDESK_LIMITS_UPLOAD_BYTES",
    ];
    let variable = |line: &str| {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        let known = name.strip_prefix('#').and_then(|number| NAMES.get(number.parse::<usize>().ok()?));
        (known.map_or_else(|| format!("THEDESK_{name}"), |known| (*known).to_owned()), value.to_owned())
    };
    let variables: Vec<_> = text.split('\u{1}').map(variable).collect();
    match (read("", variables.clone()), read("", variables.iter().rev().cloned().collect())) {
        (Ok(one), Ok(two)) => {
            let twice =
                variables.iter().any(|(name, _)| variables.iter().filter(|(other, _)| other == name).count() > 1);
            assert!(twice || one == two, "in another order, another configuration");
        }
        (Err(one), _) | (_, Err(one)) => assert!(one.to_string().contains("THEDESK_"), "{one}"),
    }
}
