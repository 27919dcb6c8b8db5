//! `thedesk user`: who works here.

use std::io::Read;

use base::clock::Clock;
use base::config::Config;
use base::db::{Db, Size};
use clap::Subcommand;
use ledger::person::{AddressKind, find_by_address, find_or_create_by_email};
use web::actor::{Role, Roles};
use web::session::{Account, password_hash, save_account};

use super::{Failure, Outcome, Place, say};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Give somebody roles; makes them when they are new, changes them when not
    Add(Add),
}

#[derive(clap::Args)]
pub(super) struct Add {
    /// Their mail address
    email: String,
    /// Their name, when they are new
    #[arg(long)]
    name: Option<String>,
    /// What they may be: agent, lead, stakeholder, admin; several with commas
    #[arg(long, value_delimiter = ',', required = true, value_parser = role)]
    roles: Vec<Role>,
    /// The team they work in
    #[arg(long)]
    team: Option<String>,
    /// Read their password from standard input; without one they sign in by a link
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    place: Place,
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| "roles are agent, lead, stakeholder and admin".to_owned())
}

pub(super) fn run(command: &Command) -> Outcome {
    let Command::Add(add) = command;
    let config = add.place.config()?;
    let hash = if add.password_stdin { Some(read_password()?) } else { None };
    let clock = Clock::default();
    let (db, now) = (Db::open(&config.database(), clock.clone(), Size::default())?, clock.now());
    let (email, name, team) = (add.email.clone(), add.name.clone(), add.team.clone());
    let roles = add.roles.iter().fold(Roles::CUSTOMER, |all, role| all.with(*role));
    let own = relation(&config);
    let person = db.write_now(move |tx| {
        let language = "en";
        let found = find_or_create_by_email(tx, &email, name.as_deref(), language, &own, now)?;
        let Some(person) = found else { return Ok(None) };
        let account = Account { person: person.id, roles, password_hash: hash.clone(), team: team.clone() };
        save_account(tx, &account)?;
        find_by_address(tx, AddressKind::Email, &email.to_lowercase())
    })?;
    match person {
        Some(person) => say(format!("{} may now be: {}.", person.name, roles.words())),
        None => {
            return Err(Failure::Failed(format!(
                "{:?} is not a mail address: give one such as ana@example.org",
                add.email
            )));
        }
    }
    Ok(())
}

fn relation(config: &Config) -> impl Fn(&str) -> ledger::person::Relation + Send + 'static + use<> {
    let config = config.clone();
    move |email| {
        if config.is_own(email) { ledger::person::Relation::Internal } else { ledger::person::Relation::External }
    }
}

fn read_password() -> Result<String, Failure> {
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed)?;
    let password = typed.trim_end_matches(['\r', '\n']);
    if password.chars().count() < 12 {
        return Err(Failure::Failed("a password has at least 12 characters".to_owned()));
    }
    Ok(password_hash(password)?)
}
