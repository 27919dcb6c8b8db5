//! The configuration: defaults, order of precedence, and errors that say where and what.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::path::Path;

use base::config::{Config, ConfigError, Overrides, Tls};

fn read(text: &str) -> Result<Config, ConfigError> {
    Config::read(text, Path::new("/data"), [], &Overrides::default())
}

fn with_environment(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::read(text, Path::new("/data"), variables, &Overrides::default())
}

/// The names of all keys of a table, sections too.
fn keys(table: &toml::Table) -> Vec<String> {
    let mut all = Vec::new();
    for (name, value) in table {
        match value {
            toml::Value::Table(section) => all.extend(keys(section).iter().map(|key| format!("{name}.{key}"))),
            _ => all.push(name.clone()),
        }
    }
    all
}

#[test]
fn nothing_set_is_every_default() {
    let config = read("").unwrap();
    assert_eq!(config, Config { data: "/data".into(), ..Config::default() });
    assert_eq!(config.database(), "sqlite:/data/desk.db");
    assert_eq!((config.limits.upload_bytes, config.privacy.k_numbers, config.privacy.k_comments), (25_000_000, 5, 8));
}

#[test]
fn the_reference_holds_every_key_with_its_default() {
    assert_eq!(read(&Config::reference()).unwrap(), read("").unwrap());
    let written = keys(&toml::from_str(&Config::reference()).unwrap());
    let known = keys(&toml::Table::try_from(Config::default()).unwrap());
    // Lists stand there as a comment, because a list written twice is an error.
    let lists = ["mail.accounts", "mail.identities", "mail.dkim"];
    assert_eq!(written.len(), known.len() - lists.len(), "{written:?} {known:?}");
    for key in known.into_iter().filter(|key| !lists.contains(&key.as_str())) {
        assert!(written.contains(&key), "{key} is not in the reference");
    }
}

#[test]
fn the_account_in_the_reference_can_be_uncommented() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("imap.password"), "from the file\n").unwrap();
    std::fs::write(home.path().join("dkim.pem"), "a key from a file\n").unwrap();
    let source = include_str!("../src/config/reference.toml").replace("#: ", "");
    let config = Config::read(&source, home.path(), [], &Overrides::default()).unwrap();
    let account = &config.mail.accounts[0];
    let (imap, smtp) = (account.imap.as_ref().unwrap(), account.smtp.as_ref().unwrap());
    assert_eq!((imap.port(), imap.tls, imap.password.expose()), (993, Tls::Implicit, "from the file"));
    assert_eq!((smtp.port(), smtp.tls, smtp.password.expose()), (587, Tls::Starttls, "in plain sight"));
    assert_eq!(config.mail.domain(), "example.org");
    assert_eq!((smtp.letters_a_day, account.sent_folder.as_deref()), (Some(2_000), Some("Sent")));
    assert_eq!(config.mail.addresses()[..2], ["billing@example.org", "help@example.org"]);
    assert_eq!(config.mail.server_of("billing@example.org"), Some(0));
    assert_eq!(config.mail.dkim[0].key.expose(), "a key from a file\n");
    let shown = format!("{config:?} {}", toml::to_string(&config).unwrap());
    assert!(!["plain sight", "from the file", "from a file"].iter().any(|secret| shown.contains(secret)), "{shown}");
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let text = "listen = \"127.0.0.1:1\"\n[brand]\nname = \"File\"\nhue = 1\n[limits]\nmail_bytes = 5000\n";
    let variables = [("THEDESK_LISTEN", "127.0.0.1:2"), ("THEDESK_BRAND_NAME", "42"), ("PATH", "/bin")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let flags = Overrides::default().set("listen", Some("127.0.0.1:3")).set("base_url", None::<String>);
    let config = Config::read(text, Path::new("/data"), variables, &flags).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!((config.brand.name.as_str(), config.brand.hue), ("42", 1));
    assert_eq!(config.limits.mail_bytes, 5_000);
}

#[test]
fn the_environment_sets_lists_numbers_and_accounts() {
    let config = with_environment(
        "",
        &[
            ("THEDESK_DESK_OWN_DOMAINS", "lindenhof.example, werk.example"),
            ("THEDESK_SURVEY_SAMPLE_SHARE", "0.5"),
            ("THEDESK_DATABASE_URL", "postgres://desk:hush@db/desk"),
            ("THEDESK_MAIL_ACCOUNTS", "[{ address = \"Help@Example.org\" }]"),
            ("THEDESK_DATA", "/data"),
            ("THEDESK_TEST_POSTGRES", "postgres://somewhere"),
        ],
    )
    .unwrap();
    assert!(config.is_own("ana@Lindenhof.example") && !config.is_own("ana@elsewhere.example"));
    assert_eq!(config.survey.sample_share, 0.5);
    assert_eq!(config.database(), "postgres://desk:hush@db/desk");
    assert!(!format!("{config:?}").contains("hush"));
    assert_eq!(config.mail.accounts[0].address, "help@example.org");
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_what_is_allowed() {
    let cases = [
        ("listen = \"127.0.0.1:7300\"\nlisen = 1\n", "line 2, `lisen = 1`", "expected one of `listen`"),
        ("[limits]\nupload_bytes = \"big\"\n", "line 2, `upload_bytes = \"big\"`", "string \"big\""),
        ("[limits]\nupload_bytes = 3\n", "line 2", "found 3, expected a whole number from 1000"),
        ("listen = 7300\n", "line 1", "expected a string"),
        ("listen = \"here\"\n", "line 1", "found \"here\", expected an address and a port"),
        ("base_url = \"desk.example.org\"\n", "line 1", "expected a URL such as"),
        ("metrics_token = \"short\"\n", "line 1, `metrics_token`", "at least 16"),
        ("[mail]\noperator_address = \"me\"\n", "line 2", "expected a mail address"),
        ("\n[brand]\nhue = 400\n", "line 3", "from 0 to 360"),
        ("[desk]\nlanguage = \"xx\"\n", "line 2", "expected \"en\" or \"de\""),
        ("[desk]\ntime_zone = \"Mars/Olympus\"\n", "line 2", "expected a time zone"),
        ("[survey]\nsample_share = 1.5\n", "line 2", "from 0 to 1"),
        ("[privacy]\nk_numbers = 1\n", "line 2", "from 2 to 1000"),
        ("[mail]\naccounts = [{ address = \"nobody\" }]\n", "line 2", "expected a mail address"),
        (
            "[[mail.accounts]]\naddress = \"a@b.c\"\nimap = { host = \"h\", user = \"u\", tls = \"some\" }\n",
            "line 3",
            "`implicit`",
        ),
        ("listen = \n", "line 1", ""),
    ];
    for (text, place, what) in cases {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains("thedesk.toml") && error.contains(place) && error.contains(what), "{text:?}: {error}");
    }
}

#[test]
fn the_environment_and_the_flags_are_told_by_name() {
    let unknown = with_environment("", &[("THEDESK_LISEN", "x")]).unwrap_err().to_string();
    assert!(unknown.contains("THEDESK_LISEN") && unknown.contains("THEDESK_LISTEN"), "{unknown}");
    let wrong = with_environment("", &[("THEDESK_BRAND_HUE", "blue")]).unwrap_err().to_string();
    assert!(wrong.contains("THEDESK_BRAND_HUE") && wrong.contains("blue"), "{wrong}");
    let flags = Overrides::default().set("listen", Some("nowhere"));
    let wrong = Config::read("", Path::new("/data"), [], &flags).unwrap_err().to_string();
    assert!(wrong.contains("--listen") && wrong.contains("nowhere"), "{wrong}");
}

#[test]
fn a_line_within_a_text_of_several_is_not_told_by_an_error() {
    for (text, place) in [("[mail]\nkeys = \"\"\"\nhush \\q\n\"\"\"", "line 3"), ("[hush", "line 1")] {
        let error = Config::read(text, Path::new("/d"), [], &Overrides::default()).unwrap_err().to_string();
        assert!(error.contains(place) && !error.contains("hush"), "{error}");
    }
    let error = Config::read("[brand]\nhue = 400", Path::new("/d"), [], &Overrides::default()).unwrap_err();
    assert!(error.to_string().contains("line 2, `hue = 400`"), "{error}");
}

#[test]
fn a_secret_is_not_told_by_an_error_either() {
    for text in
        ["database_url = 4711\n", "[[mail.accounts]]\naddress = \"a@b.c\"\nsmtp.host = \"h\"\nsmtp.password = 4711\n"]
    {
        let error = read(text).unwrap_err().to_string();
        assert!(!error.contains("4711"), "{error}");
    }
    let both = "[[mail.accounts]]\naddress = \"a@b.c\"\nimap = { host = \"h\", user = \"u\", password = \"p\", password_file = \"f\" }\n";
    assert!(read(both).unwrap_err().to_string().contains("expected one of them"));
    let absent = both.replace("password = \"p\", ", "");
    let error = read(&absent).unwrap_err().to_string();
    assert!(error.contains("/data/f") && error.contains("password_file"), "{error}");
}

#[test]
fn a_file_is_read_from_the_data_folder() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("thedesk.toml"), "[brand]\nname = \"Lindenhof\"\n").unwrap();
    let config = Config::load(home.path(), &Overrides::default()).unwrap();
    assert_eq!((config.brand.name.as_str(), config.data.as_path()), ("Lindenhof", home.path()));
}

#[test]
fn a_warning_does_not_go_to_a_mailbox_that_the_desk_reads() {
    let text = "[mail]\noperator_address = \"Help@example.org\"\n[[mail.accounts]]\naddress = \"help@example.org\"\n";
    let error = read(text).unwrap_err().to_string();
    assert!(error.contains("mail.operator_address") && error.contains("which the desk reads itself"), "{error}");
    assert!(read(&text.replace("Help@", "chief@")).is_ok());
}

#[test]
fn the_lines_of_an_account_show_no_secret_and_can_be_read_again() {
    let text = "[[mail.accounts]]\naddress = \"help@example.org\"\n[mail.accounts.imap]\nhost = \"imap.example.org\"\n\
                user = \"help\"\npassword = \"hush\"\n";
    let config = read(text).unwrap();
    let lines = config.mail.accounts[0].lines();
    assert!(!lines.contains("hush") && !lines.contains("(hidden)"), "{lines}");
    assert!(lines.contains("# password is not shown"), "{lines}");
    let again = read(&lines).unwrap();
    assert_eq!(again.mail.accounts[0].imap.as_ref().unwrap().host, "imap.example.org");
}

#[test]
fn line_78_a_signature_that_proves_nothing_is_a_mistake_of_the_configuration() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("key.pem"), "a key").unwrap();
    let with = |domain: &str| {
        let text = format!(
            "[[mail.accounts]]\naddress = \"help@mail.example.org\"\n\
             [[mail.dkim]]\ndomain = \"{domain}\"\nselector = \"desk\"\nkey_file = \"key.pem\"\n"
        );
        Config::read(&text, home.path(), [], &Overrides::default())
    };
    assert!(with("mail.example.org").is_ok() && with("Example.org").is_ok(), "the domain itself or one above it");
    for other in ["example.net", "ample.org", "help.mail.example.org"] {
        let why = with(other).unwrap_err().to_string();
        assert!(why.contains("help@mail.example.org is not of any domain that is signed"), "{other}: {why}");
    }
    let nobodys = "[[mail.identities]]\naddress = \"a@b.example\"\naccount = \"other@b.example\"\n";
    assert!(read(nobodys).unwrap_err().to_string().contains("expected an account with smtp"));
    let nowhere = "[[mail.accounts]]\naddress = \"a@b.example\"\nsent_folder = \"Sent\"\n";
    assert!(read(nowhere).unwrap_err().to_string().contains("expected an account with imap"));
}
