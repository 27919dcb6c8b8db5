//! People in a ledger.

use std::collections::BTreeMap;

use base::db::Db;
use ledger::person::{self, NewPerson, PersonId, Relation};

/// Somebody new, at a site.
pub(crate) fn someone(db: &Db, name: &str, site: &str) -> PersonId {
    let new = NewPerson {
        name: name.to_owned(),
        relation: Relation::Internal,
        language: "en".to_owned(),
        email: None,
        attributes: BTreeMap::from([("site".to_owned(), site.to_owned())]),
        simulated: false,
    };
    db.write_now(move |tx| person::insert(tx, &new, testkit::database::START)).unwrap().id
}
