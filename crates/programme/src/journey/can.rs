//! Who may see which part of a journey: pure functions of the reader's roles.

use web::actor::{Role, Roles};

/// Whether someone may see the journey of another person: those who work with them, and those who run the programme.
pub(super) fn see(roles: Roles) -> bool {
    roles.is_agent() || roles.has(Role::Lead)
}

/// Whether someone may read what a person wrote in a survey: only who may follow it up.
pub(super) fn read_comments(roles: Roles) -> bool {
    roles.has(Role::Lead)
}

/// Whether someone can open a ticket on the desk.
pub(super) fn open_tickets(roles: Roles) -> bool {
    roles.is_agent()
}
